//! What is wrong with a text that is not YAML, in the words of Go's library.

/// Whether its reader refuses the character wherever it stands.
pub(super) fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
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
];

/// `line` counts from one. Go tells no line of what its scanner finds in the first, and of what its parser misses the one before.
pub(super) fn words(line: usize, info: &str, text: &str) -> String {
    if let Some((_, words)) = SCANNER.iter().find(|row| info.starts_with(row.0)) {
        return match line {
            1 => (*words).to_owned(),
            _ => format!("line {line}: {words}"),
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
