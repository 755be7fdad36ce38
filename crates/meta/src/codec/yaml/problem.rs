//! What is wrong with a text that is not YAML, in the words of Go's library.

/// What is wrong before anything is read: characters that may stand nowhere, and directives that are not Go's.
pub(super) fn at_once(text: &str) -> Option<String> {
    let words = control(text).map(str::to_owned);
    words
        .or_else(|| directive(text))
        .or_else(|| at_the_beginning(text))
}

/// The first directive before the document that Go does not know.
fn directive(text: &str) -> Option<String> {
    let is_before = |line: &&str| line.is_empty() || line.starts_with(['%', '#']);
    let lines = text.lines().take_while(is_before).enumerate();
    let mut wrong = lines.filter_map(|(before, line)| {
        let directive = line.strip_prefix('%')?;
        let end = directive.find([' ', '\t']).unwrap_or(directive.len());
        let (name, rest) = directive.split_at(end);
        let words = match (name, rest.trim()) {
            ("YAML", "1.1") | ("TAG" | "", _) => return None,
            ("YAML", "") => "did not find expected version number",
            ("YAML", _) => "found incompatible YAML document",
            _ => UNKNOWN_DIRECTIVE,
        };
        Some(in_line(before + 1, words))
    });
    wrong.next()
}

/// What stands before there is anything: a tab, or the end of a document.
fn at_the_beginning(text: &str) -> Option<String> {
    for (before, line) in text.lines().enumerate() {
        let content = line.trim_start_matches(' ');
        if content.starts_with('\t') {
            return Some(in_line(before + 1, NO_TOKEN));
        }
        if !content.is_empty() && !content.starts_with('#') {
            let rest = line.strip_prefix("...")?;
            let is_end = rest.is_empty() || rest.starts_with([' ', '\t']);
            return is_end.then(|| after(before, NO_CONTENT));
        }
    }
    None
}

/// Go tells no line of what its scanner finds in the first.
fn in_line(line: usize, words: &str) -> String {
    match line {
        1 => words.to_owned(),
        _ => format!("line {line}: {words}"),
    }
}

/// Go tells no line where none is before.
fn after(lines: usize, words: &str) -> String {
    match lines {
        0 => words.to_owned(),
        _ => format!("line {lines}: {words}"),
    }
}

/// A character that may stand nowhere.
pub(super) fn control(text: &str) -> Option<&'static str> {
    let found = text.chars().any(is_control);
    found.then_some("control characters are not allowed")
}

fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

const NO_CONTENT: &str = "did not find expected node content";
const UNCLOSED: &str = "found unexpected end of stream";
const UNKNOWN_DIRECTIVE: &str = "found unknown directive name";
const NO_KEY: &str = "did not find expected key";
const BRACKET: &str = "misplaced bracket";
const NO_TOKEN: &str = "found character that cannot start any token";

/// Beginnings of our scanner's words, and what Go's says.
const SCANNER: &[(&str, &str)] = &[
    (
        "mapping values are not allowed",
        "mapping values are not allowed in this context",
    ),
    ("unclosed quote", UNCLOSED),
    ("invalid indentation in multiline quoted scalar", UNCLOSED),
    ("unexpected character", NO_TOKEN),
    (
        "block sequence entries are not allowed",
        "block sequence entries are not allowed in this context",
    ),
    ("tabs disallowed", NO_TOKEN),
    (
        "while parsing a quoted scalar, found invalid Unicode",
        "found invalid Unicode character escape code",
    ),
    (
        "while parsing a quoted scalar, found unknown escape character",
        "found unknown escape character",
    ),
    (
        "while parsing a quoted scalar, did not find expected hexadecimal number",
        "did not find expected hexdecimal number",
    ),
    (
        "while scanning an anchor or alias, did not find",
        "did not find expected alphabetic or numeric character",
    ),
    (
        "while scanning a directive, could not find",
        "could not find expected directive name",
    ),
    (
        "while scanning a block scalar, found an indentation indicator",
        "found an indentation indicator equal to 0",
    ),
    (
        "while scanning a block scalar, did not find expected comment or line break",
        "did not find expected comment or line break",
    ),
    (
        "while parsing a tag, did not find expected tag URI",
        "did not find expected tag URI",
    ),
    ("missing explicit document end marker", UNKNOWN_DIRECTIVE),
];

/// The same of our parser's words.
const PARSER: &[(&str, &str)] = &[
    (BRACKET, NO_CONTENT),
    (
        "invalid trailing content after double-quoted scalar",
        NO_KEY,
    ),
    (
        "while parsing a node, did not find expected node content",
        NO_CONTENT,
    ),
    ("unexpected EOF while parsing a", NO_CONTENT),
    ("\"-\" is only valid inside a block", NO_CONTENT),
    (
        "while parsing a block mapping, did not find expected key",
        NO_KEY,
    ),
    ("wrongly indented line in block scalar", NO_KEY),
    (
        "while parsing a flow mapping, did not find expected ',' or '}'",
        "did not find expected ',' or '}'",
    ),
    (
        "while parsing a flow sequence, expected ',' or ']'",
        "did not find expected ',' or ']'",
    ),
    ("the handle wasn't declared", "found undefined tag handle"),
    (
        "duplicate version directive",
        "found duplicate %YAML directive",
    ),
];

/// A bracket that closes nothing.
pub(super) fn is_bracket(info: &str) -> bool {
    info.starts_with(BRACKET)
}

/// What Go says of a line that should go on with a key.
pub(super) fn no_key(line: usize) -> String {
    after(line.saturating_sub(1), NO_KEY)
}

/// `line` counts from one. Of what its parser misses Go tells the line before.
pub(super) fn words(line: usize, info: &str, text: &str) -> String {
    if let Some((_, words)) = SCANNER.iter().find(|row| info.starts_with(row.0)) {
        // A quote that is not closed is missed where the text ends.
        let line = match *words {
            UNCLOSED => text.matches('\n').count() + 1,
            _ => line,
        };
        return in_line(line, words);
    }
    if let Some((_, words)) = PARSER.iter().find(|row| info.starts_with(row.0)) {
        return after(line.saturating_sub(1), words);
    }
    if info.starts_with("recursion limit") {
        return "exceeded max depth of 10000".to_owned();
    }
    if info.ends_with("unknown anchor")
        && let Some(name) = alias(line, text)
    {
        return format!("unknown anchor '{name}' referenced");
    }
    for (bracket, close) in [("unclosed bracket '{'", '}'), ("unclosed bracket '['", ']')] {
        if info.starts_with(bracket) {
            let wanted = match text.trim_end().chars().last() {
                Some('{' | '[' | ',' | ':') => "node content".to_owned(),
                _ => format!("',' or '{close}'"),
            };
            return format!(
                "line {}: did not find expected {wanted}",
                text.lines().count()
            );
        }
    }
    format!("line {line}: {info}")
}

/// The last alias of a line.
pub(super) fn alias(line: usize, text: &str) -> Option<&str> {
    let line = text.lines().nth(line.checked_sub(1)?)?;
    let (_, rest) = line.rsplit_once('*')?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
    Some(&rest[..end.unwrap_or(rest.len())])
}

#[cfg(test)]
mod tests;
