//! What is wrong with a text that is not YAML, in the words of Go's library.

/// What is wrong before anything is read: characters that may stand nowhere, and a version that is not Go's.
pub(super) fn at_once(text: &str) -> Option<&'static str> {
    let version = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("%YAML"));
    control(text).or_else(|| {
        let is_other = version.is_some_and(|version| version.trim() != "1.1");
        is_other.then_some("found incompatible YAML document")
    })
}

/// A character that may stand nowhere.
pub(super) fn control(text: &str) -> Option<&'static str> {
    let found = text.chars().any(is_control);
    found.then_some("control characters are not allowed")
}

fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// Beginnings of our scanner's words, and what Go's says.
const SCANNER: &[(&str, &str)] = &[
    (
        "mapping values are not allowed",
        "mapping values are not allowed in this context",
    ),
    ("unclosed quote", "found unexpected end of stream"),
    (
        "unexpected character",
        "found character that cannot start any token",
    ),
    (
        "tabs disallowed",
        "found character that cannot start any token",
    ),
    (
        "while parsing a quoted scalar, found invalid Unicode",
        "found invalid Unicode character escape code",
    ),
    (
        "while parsing a quoted scalar, found unknown escape character",
        "found unknown escape character",
    ),
    (
        "while scanning a block scalar, did not find expected comment or line break",
        "did not find expected comment or line break",
    ),
];

/// The same of our parser's words.
const PARSER: &[(&str, &str)] = &[
    ("misplaced bracket", "did not find expected node content"),
    (
        "while parsing a block mapping, did not find expected key",
        "did not find expected key",
    ),
];

/// `line` counts from one. Go tells no line of what its scanner finds in the first, and of what its parser misses the one before.
pub(super) fn words(line: usize, info: &str, text: &str) -> String {
    if let Some((_, words)) = SCANNER.iter().find(|row| info.starts_with(row.0)) {
        // A quote that is not closed is missed where the text ends.
        let line = match info.starts_with("unclosed quote") {
            true => text.matches('\n').count() + 1,
            false => line,
        };
        return match line {
            1 => (*words).to_owned(),
            _ => format!("line {line}: {words}"),
        };
    }
    if let Some((_, words)) = PARSER.iter().find(|row| info.starts_with(row.0)) {
        return match line {
            0 | 1 => (*words).to_owned(),
            _ => format!("line {}: {words}", line - 1),
        };
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
fn alias(line: usize, text: &str) -> Option<&str> {
    let line = text.lines().nth(line.checked_sub(1)?)?;
    let (_, rest) = line.rsplit_once('*')?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
    Some(&rest[..end.unwrap_or(rest.len())])
}

#[cfg(test)]
mod tests;
