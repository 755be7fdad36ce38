//! JSON merge patch, RFC 7386, as upstream's library does it.

use std::collections::{BTreeMap, HashSet};

use meta::codec::{DecodeError, json};
use serde_json::{Map, Value};

use crate::PatchError;
use crate::document;

/// Reads a merge patch. Also returns what strict field validation complains of.
///
/// # Errors
/// No JSON object.
pub fn decode(json: &[u8]) -> Result<(Value, Vec<String>), PatchError> {
    let (patch, complaints) = document::parse(json)?;
    match &patch {
        Value::Object(_) => Ok((patch, complaints)),
        Value::Null => Err(PatchError::Null),
        other => {
            let kind = document::json_kind(other);
            Err(PatchError::Shape(format!(
                "error decoding patch: json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}"
            )))
        }
    }
}

/// Lays `patch` over `target`: null removes, objects merge, everything else replaces.
pub fn apply(target: &mut Value, patch: Value) {
    match (target, patch) {
        (Value::Object(target), Value::Object(patch)) => merge(target, patch),
        (Value::Object(_), patch) if patch.is_null() => {}
        (target @ Value::Object(_), patch) => *target = patch,
        (target, mut patch) => {
            prune_nulls(&mut patch);
            *target = patch;
        }
    }
}

fn merge(target: &mut Map<String, Value>, patch: Map<String, Value>) {
    for (key, mut value) in patch {
        if value.is_null() {
            target.remove(&key);
            continue;
        }
        match target.get_mut(&key) {
            Some(current) if !current.is_null() => apply(current, value),
            _ => {
                prune_nulls(&mut value);
                target.insert(key, value);
            }
        }
    }
}

/// [`apply`] to a document that is text: what the patch does not name is copied as it is.
///
/// # Errors
/// The document is no JSON object.
pub fn apply_to_text(document: &[u8], patch: &Value) -> Result<Vec<u8>, DecodeError> {
    let mut merged = Merged {
        document,
        reader: json::Reader::new(document),
        out: Vec::with_capacity(document.len() + 256),
    };
    let nothing = Map::new();
    merged.object(patch.as_object().unwrap_or(&nothing))?;
    merged.reader.end()?;
    Ok(merged.out)
}

/// A walk over a document that writes what a patch makes of it.
struct Merged<'d> {
    document: &'d [u8],
    reader: json::Reader<'d>,
    out: Vec<u8>,
}

impl Merged<'_> {
    /// Members stand sorted where the patch reaches, as upstream has them.
    fn object(&mut self, patch: &Map<String, Value>) -> Result<(), DecodeError> {
        let mut members = self.reader.begin_object()?;
        let mut made: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut named = HashSet::new();
        let outer = std::mem::take(&mut self.out);
        while let Some(key) = self.reader.next_key(&mut members)? {
            let change = patch.get_key_value(&*key);
            named.extend(change.map(|(key, _)| key.as_str()));
            match (self.reader.peek()?, change.map(|(_, value)| value)) {
                (_, None) => {
                    let from = self.reader.offset();
                    self.reader.skip_value()?;
                    let copied = &self.document[from..self.reader.offset()];
                    self.out.extend_from_slice(copied);
                }
                (_, Some(Value::Null)) => {
                    self.reader.skip_value()?;
                    continue;
                }
                (b'{', Some(Value::Object(change))) => self.object(change)?,
                (first, Some(value)) => {
                    self.reader.skip_value()?;
                    self.value(value, first == b'{');
                }
            }
            made.insert(key.into_owned(), std::mem::take(&mut self.out));
        }
        for (key, value) in patch {
            if !value.is_null() && !named.contains(key.as_str()) {
                self.value(value, false);
                made.insert(key.clone(), std::mem::take(&mut self.out));
            }
        }
        self.out = outer;
        self.out.push(b'{');
        for (index, (key, value)) in made.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            json::put_string(&mut self.out, key);
            self.out.push(b':');
            self.out.extend_from_slice(value);
        }
        self.out.push(b'}');
        Ok(())
    }

    /// Nulls stay in what replaces an object.
    fn value(&mut self, value: &Value, replaces_object: bool) {
        let written = if replaces_object {
            serde_json::to_writer(&mut self.out, value)
        } else {
            let mut value = value.clone();
            prune_nulls(&mut value);
            serde_json::to_writer(&mut self.out, &value)
        };
        written.expect("a tree can be written to memory");
    }
}

/// Removes the null fields of all objects within; nulls in lists stay.
fn prune_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(prune_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(prune_nulls),
        _ => {}
    }
}
