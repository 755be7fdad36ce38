//! JSON merge patch, RFC 7386, as upstream's library does it.

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
