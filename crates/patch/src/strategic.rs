//! Strategic merge patch: merge patch that knows how a kind's lists merge, and takes directives.
//!
//! `$patch: replace|delete|merge`, `$retainKeys`, `$deleteFromPrimitiveList/<field>`,
//! `$setElementOrder/<field>`. The rules, the order of lists and the words are upstream's
//! `strategicpatch`. Where it walks a map in random order, this walks it sorted.

mod error;
mod list;
mod mismatch;
mod order;

pub use error::StrategicError;
pub use mismatch::{mismatch, narrow};

use serde_json::{Map, Value};

use crate::PatchError;
use crate::document;
use crate::go;
use crate::node::{Field, Kind, Node};

const DIRECTIVE: &str = "$patch";
const RETAIN_KEYS: &str = "$retainKeys";
const DELETE_FROM_PRIMITIVE_LIST: &str = "$deleteFromPrimitiveList";
const SET_ELEMENT_ORDER: &str = "$setElementOrder";

/// Reads a strategic merge patch. Also returns what strict field validation complains of.
///
/// # Errors
/// No JSON object.
pub fn decode(json: &[u8]) -> Result<(Value, Vec<String>), PatchError> {
    let (patch, complaints) = document::parse(json)?;
    match &patch {
        Value::Object(_) => Ok((patch, complaints)),
        Value::Null => Ok((Value::Object(Map::new()), complaints)),
        other => {
            let kind = document::json_kind(other);
            Err(PatchError::Shape(format!(
                "json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}"
            )))
        }
    }
}

/// `current` with `patch` laid over it, by the schema of the kind.
///
/// # Errors
/// The patch contradicts itself or the schema; see [`StrategicError`].
pub fn apply(node: Node<'_>, current: Value, patch: Value) -> Result<Value, PatchError> {
    merge_values(node, current, patch).map_err(PatchError::Strategic)
}

type Fields = Map<String, Value>;
type Result<T, E = StrategicError> = std::result::Result<T, E>;

fn merge_values(node: Node<'_>, current: Value, patch: Value) -> Result<Value> {
    match (current, patch) {
        (Value::Object(current), Value::Object(patch)) => {
            merge_fields(node, current, patch).map(Value::Object)
        }
        (Value::Object(_), other) | (other, _) => Err(StrategicError::expected_map(&other)),
    }
}

fn merge_fields(node: Node<'_>, mut current: Fields, mut patch: Fields) -> Result<Fields> {
    if let Some(directive) = patch.remove(DIRECTIVE) {
        return replace_or_delete(&directive, patch);
    }
    retain_keys(&mut current, &mut patch)?;
    order_lists(node, &mut current, &mut patch)?;
    let mut keys: Vec<_> = patch.keys().cloned().collect();
    keys.sort();
    for key in keys {
        let value = patch.remove(&key).unwrap_or_default();
        if key.starts_with(DELETE_FROM_PRIMITIVE_LIST) {
            let field = target(&key).ok_or(StrategicError::PrimitiveList)?;
            // No list has an empty name: nothing is to go.
            if !field.is_empty() {
                delete_from_list(node, &mut current, field, value)?;
            }
        } else {
            merge_field(node, &mut current, key, value)?;
        }
    }
    Ok(current)
}

/// A `$patch` in an object.
fn replace_or_delete(directive: &Value, patch: Fields) -> Result<Fields> {
    match directive.as_str() {
        Some("replace") => Ok(patch),
        Some("delete") => Ok(Fields::new()),
        _ => {
            let mut whole = patch;
            whole.insert(DIRECTIVE.into(), directive.clone());
            Err(StrategicError::directive(directive, &Value::Object(whole)))
        }
    }
}

/// Clears what `$retainKeys` does not name.
fn retain_keys(current: &mut Fields, patch: &mut Fields) -> Result<()> {
    let Some(keys) = patch.remove(RETAIN_KEYS) else {
        return Ok(());
    };
    let keys = keys.as_array().ok_or(StrategicError::RetainKeys)?;
    let retained = |key: &str| keys.iter().any(|it| it.as_str() == Some(key));
    let is_directive = |key: &str| {
        key.starts_with(DELETE_FROM_PRIMITIVE_LIST) || key.starts_with(SET_ELEMENT_ORDER)
    };
    let strays =
        |(key, value): (&String, &Value)| !value.is_null() && !is_directive(key) && !retained(key);
    if patch.iter().any(strays) {
        return Err(StrategicError::RetainKeys);
    }
    current.retain(|key, _| retained(key));
    Ok(())
}

/// Merges and orders the lists that have a `$setElementOrder`.
fn order_lists(node: Node<'_>, current: &mut Fields, patch: &mut Fields) -> Result<()> {
    let mut directives: Vec<_> = patch
        .keys()
        .filter(|key| key.starts_with(SET_ELEMENT_ORDER))
        .cloned()
        .collect();
    directives.sort();
    for directive in directives {
        let order = match patch.remove(&directive).unwrap_or_default() {
            Value::Array(order) => order,
            other => return Err(StrategicError::expected_list(&other)),
        };
        let field = target(&directive).ok_or(StrategicError::SetElementOrder)?;
        let before = take_list(current, field)?;
        let after = take_list(patch, field)?;
        let declared = list_field(node, field)?;
        if let Some(ordered) = list::merge_ordered(&declared, before, after, &order)? {
            current.insert(field.into(), Value::Array(ordered));
        }
    }
    Ok(())
}

fn take_list(fields: &mut Fields, name: &str) -> Result<Option<Vec<Value>>> {
    match fields.remove(name) {
        None => Ok(None),
        Some(Value::Array(items)) => Ok(Some(items)),
        Some(other) => Err(StrategicError::expected_list(&other)),
    }
}

/// The field that a directive with a `/` is about.
fn target(directive: &str) -> Option<&str> {
    let (prefix, field) = directive.split_once('/')?;
    matches!(prefix, DELETE_FROM_PRIMITIVE_LIST | SET_ELEMENT_ORDER).then_some(field)
}

fn delete_from_list(node: Node<'_>, current: &mut Fields, field: &str, value: Value) -> Result<()> {
    if value.is_null() {
        current.remove(field);
        return Ok(());
    }
    match (current.get_mut(field), value) {
        (Some(Value::Array(items)), Value::Array(gone)) => {
            let declared = list_field(node, field)?;
            *items = list::delete(&declared, std::mem::take(items), gone)?;
            Ok(())
        }
        // What is no list is merged as if the directive were not there.
        (Some(present), value) if go::type_name(present) == go::type_name(&value) => {
            merge_field(node, current, field.to_owned(), value)
        }
        _ => Ok(()),
    }
}

fn merge_field(node: Node<'_>, current: &mut Fields, key: String, value: Value) -> Result<()> {
    if value.is_null() {
        current.remove(&key);
        return Ok(());
    }
    let merged = match (current.get_mut(&key), value) {
        (Some(Value::Object(before)), Value::Object(after)) => {
            let declared = object_field(node, &key)?;
            let before = std::mem::take(before);
            Some(Value::Object(if declared.strategy.replace {
                after
            } else {
                merge_fields(declared.node, before, after)?
            }))
        }
        (Some(Value::Array(before)), Value::Array(after)) => {
            let declared = list_field(node, &key)?;
            let before = std::mem::take(before);
            Some(Value::Array(if declared.strategy.merge {
                list::merge(&declared, before, after)?
            } else {
                after
            }))
        }
        (_, mut value) => {
            discard_nulls(&mut value);
            without_directives(value)
        }
    };
    match merged {
        Some(merged) => current.insert(key, merged),
        None => current.remove(&key),
    };
    Ok(())
}

/// A field that holds an object on both sides.
fn object_field<'s>(node: Node<'s>, name: &str) -> Result<Field<'s>> {
    let unknown = || StrategicError::Field {
        name: node.type_name().into(),
        field: name.into(),
    };
    match node.kind() {
        Kind::Struct { .. } => node.field(name).ok_or_else(unknown),
        Kind::Untyped => Err(unknown()),
        Kind::Map { .. } => Err(StrategicError::NotStruct("map")),
        Kind::List(_) => Err(StrategicError::NotStruct("slice")),
        Kind::Scalar(_) => Err(StrategicError::NotStruct("string")),
    }
}

/// A field that holds a list on both sides; its node is that of the items.
fn list_field<'s>(node: Node<'s>, name: &str) -> Result<Field<'s>> {
    let field = object_field(node, name)?;
    match field.node.kind() {
        Kind::List(_) => Ok(Field {
            node: field.node.element(),
            ..field
        }),
        _ => Err(StrategicError::NotList),
    }
}

/// A value that is taken as it is, without the objects in it that carry directives.
fn without_directives(value: Value) -> Option<Value> {
    match value {
        Value::Object(fields) if fields.contains_key(DIRECTIVE) => None,
        Value::Object(fields) => Some(Value::Object(
            fields
                .into_iter()
                .filter_map(|(key, value)| Some((key, without_directives(value)?)))
                .collect(),
        )),
        Value::Array(items) => Some(Value::Array(
            items.into_iter().filter_map(without_directives).collect(),
        )),
        scalar => Some(scalar),
    }
}

fn discard_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(discard_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(discard_nulls),
        _ => {}
    }
}
