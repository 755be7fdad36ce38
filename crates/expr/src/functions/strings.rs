//! Strings and patterns.

use super::{Context, Implementation, fail, no_overload};
use crate::{
    EvaluationError, List, Value,
    evaluate::{Out, position},
    value::characters,
};

pub(super) fn implementation(name: &str) -> Option<Implementation> {
    Some(match name {
        "contains" => |_, a| test(a, |text, other| text.contains(other)),
        "startsWith" => |_, a| test(a, |text, other| text.starts_with(other)),
        "endsWith" => |_, a| test(a, |text, other| text.ends_with(other)),
        "matches" => matches,
        "find" => find,
        "findAll" => find_all,
        "charAt" => char_at,
        "indexOf" => index_of,
        "lastIndexOf" => last_index_of,
        "lowerAscii" => |c, a| mapped(c, a, "lowerAscii", str::to_ascii_lowercase),
        "upperAscii" => |c, a| mapped(c, a, "upperAscii", str::to_ascii_uppercase),
        "trim" => |c, a| mapped(c, a, "trim", |text| text.trim().to_owned()),
        "replace" => replace,
        "split" => split,
        "substring" => substring,
        "join" => join,
        "strings.quote" => |c, a| mapped(c, a, "strings.quote", quote),
        "format" => super::format::format,
        "jsonpatch.escapeKey" => |c, a| {
            let escape = |text: &str| text.replace('~', "~0").replace('/', "~1");
            mapped(c, a, "jsonpatch.escapeKey", escape)
        },
        _ => return None,
    })
}

fn test<'a>(arguments: &[Value<'a>], test: fn(&str, &str) -> bool) -> Out<'a> {
    match arguments {
        [Value::String(text), Value::String(other)] => {
            Ok(Value::Bool(test(text.as_str(), other.as_str())))
        }
        _ => Err(EvaluationError::no_such_overload()),
    }
}

fn mapped<'a>(
    context: &mut Context<'_>,
    arguments: &[Value<'a>],
    name: &str,
    map: impl Fn(&str) -> String,
) -> Out<'a> {
    match arguments {
        [Value::String(text)] => context.text(map(text.as_str())),
        _ => no_overload(name, arguments),
    }
}

fn matches<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match &*arguments {
        [Value::String(text), Value::String(pattern)] => {
            let regex = context.pattern(pattern.as_str(), "")?;
            Ok(Value::Bool(regex.is_match(text.as_str())))
        }
        _ => Err(EvaluationError::no_such_overload()),
    }
}

fn find<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match &*arguments {
        [Value::String(text), Value::String(pattern)] => {
            let regex = context.pattern(pattern.as_str(), "Illegal regex: ")?;
            let found = regex.find(text.as_str());
            let found = found.map_or("", |found| found.as_str()).to_owned();
            context.text(found)
        }
        _ => Err(EvaluationError::no_such_overload()),
    }
}

fn find_all<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (text, pattern, limit) = match &*arguments {
        [Value::String(text), Value::String(pattern)] => (text, pattern, -1),
        [
            Value::String(text),
            Value::String(pattern),
            Value::Int(limit),
        ] => (text, pattern, *limit),
        _ => return Err(EvaluationError::no_such_overload()),
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let regex = context.pattern(pattern.as_str(), "Illegal regex: ")?;
    let found = regex.find_iter(text.as_str()).take(limit);
    let found: Vec<_> = found
        .map(|found| Value::from(found.as_str().to_owned()))
        .collect();
    context.meter.work(found.len())?;
    Ok(Value::list(found))
}

/// The byte at which the character of this index starts; the end counts.
fn byte_at(text: &str, index: i64) -> Option<usize> {
    let index = usize::try_from(index).ok()?;
    if text.is_ascii() {
        return (index <= text.len()).then_some(index);
    }
    let mut starts = text.char_indices().map(|(at, _)| at);
    starts
        .nth(index)
        .or_else(|| (characters(text) == index).then_some(text.len()))
}

fn out_of_range<'a>(index: i64) -> Out<'a> {
    fail(format!("index out of range: {index}"))
}

fn char_at<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match &*arguments {
        [Value::String(text), Value::Int(index)] => {
            let text = text.as_str();
            let Some(at) = byte_at(text, *index) else {
                return out_of_range(*index);
            };
            let found: String = text[at..].chars().take(1).collect();
            context.text(found)
        }
        _ => no_overload("charAt", arguments),
    }
}

fn substring<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match &*arguments {
        [Value::String(text), Value::Int(start)] => match byte_at(text.as_str(), *start) {
            Some(at) => context.text(text.as_str()[at..].to_owned()),
            None => out_of_range(*start),
        },
        [Value::String(text), Value::Int(start), Value::Int(end)] => {
            if start > end {
                return fail(format!(
                    "invalid substring range. start: {start}, end: {end}"
                ));
            }
            let text = text.as_str();
            match (byte_at(text, *start), byte_at(text, *end)) {
                (Some(start), Some(end)) => context.text(text[start..end].to_owned()),
                (None, _) => out_of_range(*start),
                (_, None) => out_of_range(*end),
            }
        }
        _ => no_overload("substring", arguments),
    }
}

/// Of bytes as an index of characters.
fn index_in(text: &str, at: Option<usize>) -> Value<'static> {
    Value::Int(at.map_or(-1, |at| position(characters(&text[..at]))))
}

fn index_of<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (text, part, offset) = match &*arguments {
        [Value::String(text), Value::String(part)] => (text.as_str(), part.as_str(), 0),
        [Value::String(text), Value::String(part), Value::Int(offset)] => {
            (text.as_str(), part.as_str(), *offset)
        }
        [Value::List(list), element] => return super::lists::index_of(context, list, element),
        _ => return no_overload("indexOf", arguments),
    };
    if offset < 0 {
        return out_of_range(offset);
    }
    let Some(start) = byte_at(text, offset) else {
        let past = if part.is_empty() {
            position(characters(text))
        } else {
            -1
        };
        return Ok(Value::Int(past));
    };
    Ok(index_in(
        text,
        text[start..].find(part).map(|at| start + at),
    ))
}

fn last_index_of<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match &*arguments {
        [Value::String(text), Value::String(part)] => {
            let text = text.as_str();
            Ok(index_in(text, text.rfind(part.as_str())))
        }
        [Value::String(text), Value::String(part), Value::Int(offset)] => {
            let (text, part) = (text.as_str(), part.as_str());
            if *offset < 0 {
                return out_of_range(*offset);
            }
            let length = position(characters(text));
            if part.is_empty() {
                return Ok(Value::Int((*offset).min(length)));
            }
            if *offset >= length {
                return Ok(Value::Int(-1));
            }
            // What is found starts at the offset at the latest.
            let latest = byte_at(text, *offset).unwrap_or(text.len());
            let end = text.floor_char_boundary(latest.saturating_add(part.len()));
            Ok(index_in(text, text[..end].rfind(part)))
        }
        [Value::List(list), element] => super::lists::last_index_of(context, list, element),
        _ => no_overload("lastIndexOf", arguments),
    }
}

fn replace<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (text, old, new, limit) = match &*arguments {
        [Value::String(text), Value::String(old), Value::String(new)] => (text, old, new, -1),
        [
            Value::String(text),
            Value::String(old),
            Value::String(new),
            Value::Int(limit),
        ] => (text, old, new, *limit),
        _ => return no_overload("replace", arguments),
    };
    let (text, old, new) = (text.as_str(), old.as_str(), new.as_str());
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let count = text.matches(old).take(limit).count();
    // Known before it is made, since it may be much.
    context.meter.work(count.saturating_mul(new.len()) / 16)?;
    context.text(text.replacen(old, new, limit))
}

fn split<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (text, separator, limit) = match &*arguments {
        [Value::String(text), Value::String(separator)] => (text, separator, -1),
        [
            Value::String(text),
            Value::String(separator),
            Value::Int(limit),
        ] => (text, separator, *limit),
        _ => return no_overload("split", arguments),
    };
    let (text, separator) = (text.as_str(), separator.as_str());
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let parts: Vec<&str> = if limit == 0 {
        Vec::new()
    } else if separator.is_empty() {
        pieces(text, limit)
    } else {
        text.splitn(limit, separator).collect()
    };
    context.meter.work(parts.len() * 2 + text.len() / 16)?;
    let parts = parts.into_iter();
    Ok(Value::list(
        parts.map(|part| Value::from(part.to_owned())).collect(),
    ))
}

/// Characters, the last piece being the rest.
fn pieces(text: &str, limit: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if parts.len() + 1 == limit {
            parts.push(rest);
            break;
        }
        let (piece, after) = rest.split_at(next.len_utf8());
        parts.push(piece);
        rest = after;
    }
    parts
}

fn join<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (list, separator) = match &*arguments {
        [Value::List(list)] => (list, ""),
        [Value::List(list), Value::String(separator)] => (list, separator.as_str()),
        _ => return no_overload("join", arguments),
    };
    joined(context, list, separator)
}

fn joined<'a>(context: &mut Context<'_>, list: &List<'a>, separator: &str) -> Out<'a> {
    let mut text = String::new();
    for (index, element) in list.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        match element? {
            Value::String(element) => {
                let added = element.as_str().len() + separator.len();
                context.meter.work(added / 16)?;
                text.push_str(element.as_str());
            }
            other => return fail(format!("join: invalid input: {}", other.shown())),
        }
    }
    context.text(text)
}

/// As Go writes strings in source, but that other characters stand as they are.
fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '\x07' => quoted.push_str("\\a"),
            '\x08' => quoted.push_str("\\b"),
            '\x0c' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\x0b' => quoted.push_str("\\v"),
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
