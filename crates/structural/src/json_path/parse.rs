//! From text to steps.

use super::{Filter, JsonPathError, Operator, Slice, Step, Test};
use expr::go_regex;
use serde_json::Value;

/// Filters in filters.
const DEPTH_MAX: usize = 8;

/// The steps in the first braces of a text.
pub(super) fn action(text: &str) -> Result<Vec<Step>, JsonPathError> {
    nested_action(text, 0)
}

fn nested_action(text: &str, depth: usize) -> Result<Vec<Step>, JsonPathError> {
    if depth > DEPTH_MAX {
        return Err(error("filters are nested too deep"));
    }
    let inside = text.find('{').map_or("", |open| &text[open + 1..]);
    let mut parser = Parser {
        rest: inside,
        depth,
    };
    parser.steps()
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// The steps up to the closing brace.
    fn steps(&mut self) -> Result<Vec<Step>, JsonPathError> {
        let mut steps = Vec::new();
        loop {
            if self.take("}") {
                return Ok(steps);
            }
            if self.take("[?(") {
                steps.push(self.filter()?);
            } else if self.take("..") {
                self.recursive(&mut steps)?;
            } else {
                self.step(&mut steps)?;
            }
        }
    }

    fn step(&mut self, steps: &mut Vec<Step>) -> Result<(), JsonPathError> {
        let Some(char) = self.rest.chars().next() else {
            return Err(error("unclosed action"));
        };
        match char {
            '\r' | '\n' => return Err(error("unclosed action")),
            ' ' | '@' | '$' => self.skip(1),
            '[' => {
                self.skip(1);
                self.array(steps)?;
            }
            '"' | '\'' => steps.push(Step::Literal(Value::String(self.quoted(char)?))),
            '.' => {
                self.skip(1);
                steps.push(self.field());
            }
            '+' | '-' => steps.push(self.number()?),
            char if char.is_numeric() => steps.push(self.number()?),
            char if char == '_' || char.is_alphabetic() => steps.push(self.identifier()?),
            char => {
                let code = u32::from(char);
                let words = format!("unrecognized character in action: U+{code:04X} '{char}'");
                return Err(error(&words));
            }
        }
        Ok(())
    }

    fn recursive(&mut self, steps: &mut Vec<Step>) -> Result<(), JsonPathError> {
        if matches!(steps.last(), Some(Step::Recursive)) {
            return Err(error("invalid multiple recursive descent"));
        }
        steps.push(Step::Recursive);
        let next = self.rest.chars().next();
        if next.is_some_and(|char| char == '_' || char.is_alphanumeric()) {
            let field = self.field();
            steps.push(field);
        }
        Ok(())
    }

    /// A name up to a character that ends it, unless that is escaped.
    fn field(&mut self) -> Step {
        let mut end = self.rest.len();
        let mut chars = self.rest.char_indices();
        while let Some((at, char)) = chars.next() {
            if char == '\\' {
                chars.next();
            } else if is_terminator(char) {
                end = at;
                break;
            }
        }
        let name = self.cut(end);
        match name {
            "*" => Step::Wildcard,
            name => Step::Field(name.replace('\\', "")),
        }
    }

    fn number(&mut self) -> Result<Step, JsonPathError> {
        let sign = usize::from(self.rest.starts_with(['+', '-']));
        let is_part = |char: char| char == '.' || char.is_numeric();
        let len = self.rest[sign..].find(|char| !is_part(char));
        let text = self.cut(len.map_or(self.rest.len(), |len| len + sign));
        if let Ok(number) = text.parse::<i64>() {
            return Ok(Step::Literal(number.into()));
        }
        match text.parse::<f64>() {
            Ok(number) => Ok(Step::Literal(number.into())),
            Err(_) => Err(error(&format!("cannot parse number {text}"))),
        }
    }

    /// Templates have more of these than `true` and `false`, which no path has.
    fn identifier(&mut self) -> Result<Step, JsonPathError> {
        let end = self.rest.find(is_terminator).unwrap_or(self.rest.len());
        match self.cut(end) {
            "true" => Ok(Step::Literal(Value::Bool(true))),
            "false" => Ok(Step::Literal(Value::Bool(false))),
            name => Err(error(&format!("unrecognized identifier {name}"))),
        }
    }

    fn quoted(&mut self, quote: char) -> Result<String, JsonPathError> {
        let Some(end) = end_of_quoted(self.rest, quote) else {
            return Err(error("unterminated quoted string"));
        };
        let text = self.cut(end + 1);
        unquote(&text[1..end], text)
    }

    /// What stands in brackets: an index, a slice, a key, or several of these.
    fn array(&mut self, steps: &mut Vec<Step>) -> Result<(), JsonPathError> {
        let end = self.rest.find([']', '\n']);
        let Some(end) = end.filter(|end| self.rest[*end..].starts_with(']')) else {
            return Err(error("unterminated array"));
        };
        let inside = self.cut(end);
        self.skip(1);
        let parts: Vec<&str> = inside.split(',').collect();
        if let [part] = parts[..] {
            steps.extend(self.element(part)?);
            return Ok(());
        }
        let union = parts
            .iter()
            .map(|part| self.element(part.trim_matches(' ')));
        steps.push(Step::Union(union.collect::<Result<_, _>>()?));
        Ok(())
    }

    fn element(&self, text: &str) -> Result<Vec<Step>, JsonPathError> {
        let key = text
            .strip_prefix('\'')
            .and_then(|text| text.strip_suffix('\''));
        if let Some(key) = key.filter(|key| !key.contains('\'')) {
            return nested_action(&format!("{{.{key}}}"), self.depth + 1);
        }
        let text = if text == "*" { ":" } else { text };
        Ok(vec![Step::Slice(slice(text)?)])
    }

    /// What stands between `[?(` and `)]`: a path, or a comparison of two.
    fn filter(&mut self) -> Result<Step, JsonPathError> {
        let Some(end) = end_of_filter(self.rest) else {
            return Err(error("unterminated filter"));
        };
        let text = self.cut(end);
        self.skip(1);
        if !self.take("]") {
            return Err(error("unclosed array expect ]"));
        }
        let action = |text: &str| nested_action(&format!("{{{text}}}"), self.depth + 1);
        let Some((left, operator, right)) = split_comparison(text) else {
            return Ok(Step::Filter(Filter {
                left: action(text)?,
                test: Test::Exists,
            }));
        };
        let left = action(left)?;
        let right = action(right)?;
        let test = match operator {
            "<" => Test::Compare(Operator::Less, right),
            "<=" => Test::Compare(Operator::LessOrEqual, right),
            "==" => Test::Compare(Operator::Equal, right),
            "!=" => Test::Compare(Operator::NotEqual, right),
            ">=" => Test::Compare(Operator::GreaterOrEqual, right),
            ">" => Test::Compare(Operator::Greater, right),
            "=~" => Test::Matches(expression(&right)?),
            operator => {
                let words = format!("unrecognized filter operator {operator}");
                return Err(error(&words));
            }
        };
        Ok(Step::Filter(Filter { left, test }))
    }

    fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn skip(&mut self, len: usize) {
        self.rest = &self.rest[len..];
    }

    fn cut(&mut self, len: usize) -> &'a str {
        let (text, rest) = self.rest.split_at(len);
        self.rest = rest;
        text
    }
}

fn error(words: &str) -> JsonPathError {
    JsonPathError(words.to_owned())
}

fn is_terminator(char: char) -> bool {
    matches!(
        char,
        ' ' | '\t' | '\r' | '\n' | '.' | ',' | '[' | ']' | '$' | '@' | '{' | '}'
    )
}

/// Where the quote ends that `text` begins with.
fn end_of_quoted(text: &str, quote: char) -> Option<usize> {
    let mut before = quote;
    for (at, char) in text.char_indices().skip(1) {
        if char == '\n' {
            return None;
        }
        if char == quote && before != '\\' {
            return Some(at);
        }
        before = char;
    }
    None
}

fn unquote(inside: &str, whole: &str) -> Result<String, JsonPathError> {
    if !inside.contains('\\') {
        return Ok(inside.to_owned());
    }
    let invalid = || error(&format!("unquote string {whole} error invalid syntax"));
    let mut out = String::with_capacity(inside.len());
    let mut chars = inside.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        out.push(match chars.next().ok_or_else(invalid)? {
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            char @ ('\\' | '"' | '\'') => char,
            _ => return Err(invalid()),
        });
    }
    Ok(out)
}

/// Where the parenthesis of a filter closes, outside of quotes.
fn end_of_filter(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_closed = false;
    let mut before = '(';
    for (at, char) in text.char_indices() {
        match char {
            '\n' => return None,
            '"' | '\'' if quote.is_none() => quote = Some(char),
            '"' | '\'' if before != '\\' && quote == Some(char) => is_closed = true,
            ')' if quote.is_some() == is_closed => return Some(at),
            _ => {}
        }
        before = char;
    }
    None
}

/// The two sides of a comparison and its operator.
fn split_comparison(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(['!', '<', '>', '=']).filter(|start| *start > 0)?;
    let is_operator = |char: char| matches!(char, '!' | '<' | '>' | '=' | '~');
    let len = text[start..].find(|char| !is_operator(char))?;
    let (left, rest) = text.split_at(start);
    let (operator, right) = rest.split_at(len);
    Some((left, operator, right))
}

fn expression(right: &[Step]) -> Result<regex::Regex, JsonPathError> {
    match right {
        [Step::Literal(Value::String(pattern))] => go_regex(pattern).map_err(|words| error(&words)),
        _ => Err(error("regexp search only support string now")),
    }
}

/// `start:end:step`, each of which may be missing.
fn slice(text: &str) -> Result<Slice, JsonPathError> {
    let invalid = || error(&format!("invalid array index {text}"));
    let parts: Vec<&str> = text.split(':').collect();
    let is_part = |part: &&str| {
        let digits = part.strip_prefix('-').unwrap_or(part);
        digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.len() > 3 || !parts.iter().all(is_part) {
        return Err(invalid());
    }
    let number = |index: usize| -> Result<Option<i64>, JsonPathError> {
        match parts.get(index).copied().unwrap_or_default() {
            "" => Ok(None),
            part => match part.parse() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(error(&format!("array index {part} is not a number"))),
            },
        }
    };
    let start = number(0)?;
    let is_index = parts.len() == 1;
    let end = match is_index {
        true => Some(start.unwrap_or_default() + 1),
        false => number(1)?,
    };
    Ok(Slice {
        start,
        end,
        is_index,
        step: number(2)?,
    })
}
