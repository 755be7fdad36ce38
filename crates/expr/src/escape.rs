//! Field names of JSON as identifiers, as `k8s.io/apiserver/pkg/cel` escapes them.

/// Words of CEL that no field can have for a name.
const RESERVED: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
];
const ESCAPES: &[(&str, char)] = &[("dot", '.'), ("dash", '-'), ("slash", '/')];

/// Whether it is a word of CEL that no variable can have for a name.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// The name by which expressions know a field, or none if there is no way to write it: then expressions cannot see the field.
#[must_use]
pub fn escape(name: &str) -> Option<String> {
    if RESERVED.contains(&name) {
        return Some(format!("__{name}__"));
    }
    let starts = name.starts_with(|first: char| first.is_ascii_digit());
    if name.is_empty() || starts {
        return None;
    }
    let mut escaped = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(next) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("__") {
            escaped.push_str("__underscores__");
            rest = after;
            continue;
        }
        if let Some((word, _)) = ESCAPES.iter().find(|(_, character)| *character == next) {
            escaped.extend(["__", word, "__"]);
        } else if next.is_ascii_alphanumeric() || next == '_' {
            escaped.push(next);
        } else {
            return None;
        }
        rest = &rest[next.len_utf8()..];
    }
    Some(escaped)
}

/// The name in JSON of what [`escape`] gave, or none if it cannot have.
#[must_use]
pub fn unescape(escaped: &str) -> Option<String> {
    let reserved = escaped
        .strip_prefix("__")
        .and_then(|rest| rest.strip_suffix("__"));
    if let Some(word) = reserved.filter(|word| RESERVED.contains(word)) {
        return Some(word.to_owned());
    }
    let mut name = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(at) = rest.find("__") {
        name.push_str(&rest[..at]);
        let (word, after) = rest[at + 2..].split_once("__")?;
        match ESCAPES.iter().find(|(known, _)| *known == word) {
            Some((_, character)) => name.push(*character),
            None if word == "underscores" => name.push_str("__"),
            None => return None,
        }
        rest = after;
    }
    name.push_str(rest);
    Some(name)
}
