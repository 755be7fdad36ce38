//! [`TypeMeta`]: what a body says that it is, read before the body is decoded.

use super::{decode::DecodeError, json};
use crate::{GroupVersionKind, Str};

/// `apiVersion` and `kind` of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeMeta {
    /// `group/version`, or the version alone for the core group; empty if absent.
    pub api_version: Str,
    /// Empty if absent.
    pub kind: Str,
}

impl TypeMeta {
    /// Group, version and kind.
    #[must_use]
    pub fn group_version_kind(&self) -> GroupVersionKind {
        let (group, version) = self
            .api_version
            .split_once('/')
            .unwrap_or(("", &self.api_version));
        GroupVersionKind {
            group: group.into(),
            version: version.into(),
            kind: self.kind.clone(),
        }
    }
}

/// Reads the root's `apiVersion` and `kind` without decoding the rest, which is only checked for syntax. As in Go, their letters may be
/// large or small.
///
/// # Errors
/// Upstream's words when the text is not JSON, or the two are not strings.
pub fn peek_type_meta(text: &[u8]) -> Result<TypeMeta, DecodeError> {
    // To Go null leaves a field as it is.
    peek(text, str::eq_ignore_ascii_case, |_| ())
}

/// The same of an object whose fields nobody declared: their names are as they are written.
///
/// # Errors
/// As of [`peek_type_meta`].
pub fn peek_undeclared_type_meta(text: &[u8]) -> Result<TypeMeta, DecodeError> {
    peek(
        text,
        |key, name| key == name,
        |place| *place = Str::default(),
    )
}

fn peek(
    text: &[u8],
    is: fn(&str, &str) -> bool,
    null: fn(&mut Str),
) -> Result<TypeMeta, DecodeError> {
    let mut found = TypeMeta::default();
    let mut reader = json::Reader::new(text);
    let first = reader.peek()?;
    if first != b'{' {
        reader.skip_value()?;
        reader.end()?;
        // To Go `null` is an object without members.
        return match first {
            b'n' => Ok(found),
            _ => Err(DecodeError::kind_of(text)),
        };
    }
    let mut members = reader.begin_object()?;
    while let Some(key) = reader.next_key(&mut members)? {
        let (field, place) = if is(&key, "apiVersion") {
            ("apiVersion", &mut found.api_version)
        } else if is(&key, "kind") {
            ("kind", &mut found.kind)
        } else {
            reader.skip_member()?;
            continue;
        };
        match reader.peek()? {
            b'"' => *place = reader.string()?.into(),
            b'n' => {
                reader.skip_member()?;
                null(place);
            }
            first => {
                reader.skip_member()?;
                return Err(DecodeError::type_meta(json::noun(first), field));
            }
        }
    }
    reader.end()?;
    Ok(found)
}
