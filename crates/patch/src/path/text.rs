//! The two texts of a path element: the key in `fieldsV1`, and the form in messages.

use std::fmt;

use compact_str::CompactString;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use thiserror::Error;

use super::{KeyField, KeyValue, Path, PathElement};
use crate::go;

/// Why the key of a `fieldsV1` object is no path element.
#[derive(Debug, Error)]
pub enum ElementError {
    /// Shorter than `f:`.
    #[error("key must be 2 characters long:")]
    Short,
    /// No colon after the letter.
    #[error("missing colon: {0}")]
    Colon(String),
    /// What follows `i:`.
    #[error("strconv.Atoi: parsing {0}: invalid syntax")]
    Index(String),
    /// What follows `k:` or `v:`.
    #[error("{0}")]
    Json(#[source] serde_json::Error),
}

impl PathElement {
    /// Reads the key of a `fieldsV1` object. `None` for a letter that a later version may know:
    /// upstream drops those.
    ///
    /// # Errors
    /// The key is none.
    pub fn parse(text: &str) -> Result<Option<Self>, ElementError> {
        let bytes = text.as_bytes();
        if bytes.len() < 2 {
            return Err(ElementError::Short);
        }
        if bytes[1] != b':' {
            return Err(ElementError::Colon(text.into()));
        }
        let rest = text.get(2..).unwrap_or_default();
        Ok(Some(match bytes[0] {
            b'f' => Self::field(rest),
            b'v' => {
                let value: Value = serde_json::from_str(rest).map_err(ElementError::Json)?;
                Self::Value(KeyValue::from(&value))
            }
            b'k' => {
                let KeyFields(mut fields) =
                    serde_json::from_str(rest).map_err(ElementError::Json)?;
                fields.sort_by(|a, b| a.name.cmp(&b.name));
                Self::Key(fields.into())
            }
            b'i' => Self::Index(
                rest.parse()
                    .map_err(|_| ElementError::Index(go::quote(rest)))?,
            ),
            _ => return Ok(None),
        }))
    }

    /// Appends the key of this element in a `fieldsV1` object, without the quotes around it.
    pub(crate) fn write_key(&self, out: &mut String) {
        match self {
            Self::Field(name) => {
                out.push_str("f:");
                out.push_str(name);
            }
            Self::Key(fields) => {
                out.push_str("k:{");
                for (at, field) in fields.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    go::write_json_string(&field.name, false, out);
                    out.push(':');
                    field.value.write_json(out);
                }
                out.push('}');
            }
            Self::Value(value) => {
                out.push_str("v:");
                value.write_json(out);
            }
            Self::Index(index) => {
                out.push_str("i:");
                out.push_str(&index.to_string());
            }
        }
    }
}

impl KeyValue {
    fn write_json(&self, out: &mut String) {
        match self {
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::String(text) => go::write_json_string(text, true, out),
            Self::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Other(value) => go::write_json(value, out),
        }
    }
}

impl fmt::Display for KeyValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => f.write_str(&go::number(number)),
            Self::String(text) => f.write_str(&go::quote(text)),
            Self::Bool(flag) => write!(f, "{flag}"),
            Self::Other(value) => match &**value {
                Value::Array(items) => {
                    f.write_str("[")?;
                    for (at, item) in items.iter().enumerate() {
                        if at > 0 {
                            f.write_str(",")?;
                        }
                        write!(f, "{}", KeyValue::from(item))?;
                    }
                    f.write_str("]")
                }
                Value::Object(fields) => fields
                    .iter()
                    .try_for_each(|(key, value)| write!(f, "{key}={}", KeyValue::from(value))),
                _ => f.write_str("null"),
            },
        }
    }
}

impl fmt::Display for PathElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => write!(f, ".{name}"),
            Self::Key(fields) => {
                f.write_str("[")?;
                for (at, field) in fields.iter().enumerate() {
                    let comma = if at > 0 { "," } else { "" };
                    write!(f, "{comma}{}={}", field.name, field.value)?;
                }
                f.write_str("]")
            }
            Self::Value(value) => write!(f, "[={value}]"),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|element| write!(f, "{element}"))
    }
}

/// The object after `k:`, in its own order and with duplicates, as upstream reads it.
struct KeyFields(Vec<KeyField>);

impl<'de> Deserialize<'de> for KeyFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = KeyFields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of key fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = map.next_entry::<CompactStringKey, Value>()? {
                    fields.push(KeyField {
                        name: name.0,
                        value: KeyValue::from(&value),
                    });
                }
                Ok(KeyFields(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

struct CompactStringKey(CompactString);

impl<'de> Deserialize<'de> for CompactStringKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<str>::deserialize(deserializer)
            .map(|text| Self(CompactString::new(text)))
    }
}
