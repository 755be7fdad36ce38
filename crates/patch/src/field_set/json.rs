//! `fieldsV1`: a field set as nested JSON objects.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use thiserror::Error;

use super::FieldSet;
use crate::go;
use crate::path::PathElement;

/// Why bytes are no `fieldsV1`.
#[derive(Debug, Error)]
#[error("error decoding set")]
pub struct FieldSetError(#[source] serde_json::Error);

impl FieldSet {
    /// Reads `fieldsV1`. Path elements of a kind that a later version may know are dropped.
    ///
    /// # Errors
    /// Bytes that are no JSON object of path elements, or nest deeper than 128.
    pub fn from_json(json: &[u8]) -> Result<Self, FieldSetError> {
        let mut deserializer = serde_json::Deserializer::from_slice(json);
        let (set, _) = Level
            .deserialize(&mut deserializer)
            .map_err(FieldSetError)?;
        deserializer.end().map_err(FieldSetError)?;
        Ok(set)
    }

    /// Reads `fieldsV1` that is already decoded.
    ///
    /// # Errors
    /// As [`FieldSet::from_json`].
    pub fn from_value(value: &Value) -> Result<Self, FieldSetError> {
        let (set, _) = Level.deserialize(value).map_err(FieldSetError)?;
        Ok(set)
    }

    /// Writes `fieldsV1` in the canonical order.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(32 * self.entries.len() + 64);
        out.push('{');
        self.write_json(&mut String::new(), &mut out);
        out.push('}');
        out
    }

    /// `fieldsV1` as a value, for callers that hold the whole object as one.
    pub fn to_value(&self) -> Value {
        self.to_value_with(false)
    }

    fn to_value_with(&self, itself: bool) -> Value {
        let mut fields = Map::new();
        if itself {
            fields.insert(".".into(), Value::Object(Map::new()));
        }
        for entry in &self.entries {
            let mut key = String::new();
            entry.element.write_key(&mut key);
            fields.insert(key, entry.children.to_value_with(entry.is_both()));
        }
        Value::Object(fields)
    }

    fn write_json(&self, key: &mut String, out: &mut String) {
        for (at, entry) in self.entries.iter().enumerate() {
            out.push_str(if at > 0 { ",\"" } else { "\"" });
            if let PathElement::Field(name) = &entry.element {
                out.push_str("f:");
                go::write_json_string_content(name, false, out);
            } else {
                key.clear();
                entry.element.write_key(key);
                go::write_json_string_content(key, false, out);
            }
            out.push_str("\":{");
            if entry.is_both() {
                out.push_str("\".\":{},");
            }
            entry.children.write_json(key, out);
            out.push('}');
        }
    }
}

impl super::Entry {
    /// In the set itself, with fields below it: written with a `"."`.
    fn is_both(&self) -> bool {
        self.member && !self.children.is_empty()
    }
}

/// Reads one object: what is below, and whether the field that the object belongs to is in the set.
struct Level;

impl<'de> DeserializeSeed<'de> for Level {
    type Value = (FieldSet, bool);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = (FieldSet, bool);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of path elements")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok((FieldSet::new(), true))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut set = FieldSet::new();
        let mut member = false;
        while let Some(key) = map.next_key_seed(Key)? {
            if key == "." {
                member = true;
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            match PathElement::parse(&key).map_err(A::Error::custom)? {
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
                Some(element) => {
                    let (children, is_member) = map.next_value_seed(Level)?;
                    set.push(element, is_member, children);
                }
            }
        }
        set.sort();
        let member = member || set.is_empty();
        Ok((set, member))
    }
}

/// A key, borrowed where it needs no unescaping.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a path element")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.into()))
    }
}
