//! Paths into a schema that a definition names: `.spec.replicas`, `.labels['app.kubernetes.io/name']`.

#[cfg(test)]
mod tests;

use crate::{Structural, structural::Additional};
use meta::FieldPath;

/// Whether a path may use brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrays {
    /// `['key']` is a name as well.
    Allowed,
    /// Names follow dots only: selectable fields.
    Forbidden,
}

/// Why a path is none into a schema. `Display` is upstream's text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FieldPathError(String);

/// The path as errors print it, and the schema it leads to.
///
/// # Errors
/// It is no path of names and keys, or leads to what is not declared.
pub fn resolve<'s>(
    path: &str,
    schema: &'s Structural,
    arrays: Arrays,
) -> Result<(FieldPath, &'s Structural), FieldPathError> {
    let mut rest = path;
    let mut found = (FieldPath::root(), schema);
    while let Some(token) = token(&mut rest) {
        let name = match token {
            "." => {
                let name = token_or_end(&mut rest)?;
                name.to_owned()
            }
            "[" if arrays == Arrays::Forbidden => {
                return Err(error("array notation is not allowed"));
            }
            "[" => key(&mut rest)?,
            token => return Err(error(&format!("expected [ or . but got: {token}"))),
        };
        found = step(found, &name)?;
    }
    Ok(found)
}

fn error(words: &str) -> FieldPathError {
    FieldPathError(words.to_owned())
}

/// A key in quotes and the bracket behind it.
fn key(rest: &mut &str) -> Result<String, FieldPathError> {
    let token = token_or_end(rest)?;
    let inside = token
        .strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''));
    let Some(inside) = inside else {
        let words = format!("expected single quoted string but got {token}");
        return Err(error(&words));
    };
    let key = unescape(inside)?;
    match token_or_end(rest)? {
        "]" => Ok(key),
        token => Err(error(&format!("expected ] but got {token}"))),
    }
}

fn token_or_end<'t>(rest: &mut &'t str) -> Result<&'t str, FieldPathError> {
    token(rest).ok_or_else(|| error("unexpected end of JSON path"))
}

/// A delimiter, a string in quotes, or what stands up to the next delimiter.
fn token<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let is_delimiter = |char: char| matches!(char, '.' | '[' | ']');
    let first = rest.chars().next()?;
    let len = if first == '\'' {
        let mut before = first;
        let closing = rest.char_indices().skip(1).find(|(_, char)| {
            let closes = *char == '\'' && before != '\\';
            before = *char;
            closes
        });
        closing.map_or(rest.len(), |(at, _)| at + 1)
    } else if is_delimiter(first) {
        1
    } else {
        rest.find(is_delimiter).unwrap_or(rest.len())
    };
    let (token, after) = rest.split_at(len);
    *rest = after;
    Some(token)
}

fn unescape(text: &str) -> Result<String, FieldPathError> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        out.push(match chars.next() {
            Some('a') => '\u{7}',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('v') => '\u{b}',
            Some(char @ ('\'' | '\\')) => char,
            other => {
                let char = other.map(String::from).unwrap_or_default();
                let words = format!("invalid string literal: invalid escape char \\{char}");
                return Err(error(&words));
            }
        });
    }
    Ok(out)
}

/// One name further: a declared property, or a key where any are allowed.
fn step<'s>(
    (path, schema): (FieldPath, &'s Structural),
    name: &str,
) -> Result<(FieldPath, &'s Structural), FieldPathError> {
    let unknown = || error("does not refer to a valid field");
    if !schema.0.properties.is_empty() {
        let property = schema.property(name).ok_or_else(unknown)?;
        return Ok((path.child(name), property));
    }
    match &schema.0.additional {
        Additional::Schema(values) => Ok((path.key(name), values)),
        Additional::Absent | Additional::Denied | Additional::Any => Err(unknown()),
    }
}
