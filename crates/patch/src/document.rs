//! Reads JSON that a client sent, and notices keys that it repeats.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::PatchError;
use crate::go;

/// Parses a document. The last of several values of one key counts; each repetition is worded as
/// `duplicate field "spec.containers[0].name"`.
pub(crate) fn parse(json: &[u8]) -> Result<(Value, Vec<String>), PatchError> {
    let mut duplicates = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let mut path = String::new();
    let place = Place {
        path: &mut path,
        duplicates: &mut duplicates,
    };
    let value = place
        .deserialize(&mut deserializer)
        .map_err(PatchError::Malformed)?;
    deserializer.end().map_err(PatchError::Malformed)?;
    Ok((value, duplicates))
}

/// How Go's decoder calls what it found instead of what it wanted.
pub(crate) fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

struct Place<'a> {
    path: &'a mut String,
    duplicates: &'a mut Vec<String>,
}

impl Place<'_> {
    fn below(&mut self) -> Place<'_> {
        Place {
            path: self.path,
            duplicates: self.duplicates,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        let length = self.path.len();
        loop {
            self.path.push_str(&format!("[{}]", items.len()));
            let item = seq.next_element_seed(self.below())?;
            self.path.truncate(length);
            match item {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        let length = self.path.len();
        while let Some(key) = map.next_key::<String>()? {
            if length > 0 {
                self.path.push('.');
            }
            self.path.push_str(&key);
            if fields.contains_key(&key) {
                let path = go::quote(self.path);
                self.duplicates.push(format!("duplicate field {path}"));
            }
            let value = map.next_value_seed(self.below())?;
            self.path.truncate(length);
            fields.insert(key, value);
        }
        Ok(Value::Object(fields))
    }
}
