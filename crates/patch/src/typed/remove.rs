//! Takes fields out of a value.

use serde_json::{Map, Value};

use super::Atom;
use super::item;
use crate::field_set::FieldSet;
use crate::node::{ListKind, Node};
use crate::path::PathElement;

/// `value` without the fields in `set`. What becomes empty, and atomic lists and maps of which a part
/// is to go, become null.
pub fn remove_items(node: Node<'_>, value: &Value, set: &FieldSet) -> Value {
    match (Atom::of(node, value), value) {
        (Atom::Scalar(_), _) => value.clone(),
        (Atom::Map { atomic: false }, Value::Object(fields)) => {
            let kept: Map<_, _> = fields
                .iter()
                .filter_map(|(name, value)| {
                    let element = PathElement::field(name);
                    kept(node.child(name), value, &element, set).map(|value| (name.clone(), value))
                })
                .collect();
            if kept.is_empty() {
                Value::Null
            } else {
                Value::Object(kept)
            }
        }
        (Atom::List(kind), Value::Array(items)) if kind != ListKind::Atomic => {
            let kept: Vec<_> = items
                .iter()
                .filter_map(|value| match item::element(node, kind, value) {
                    Ok(element) => kept(node.element(), value, &element, set),
                    Err(_) => Some(value.clone()),
                })
                .collect();
            if kept.is_empty() {
                Value::Null
            } else {
                Value::Array(kept)
            }
        }
        (Atom::Map { .. } | Atom::List(_), _) => Value::Null,
    }
}

fn kept(node: Node<'_>, value: &Value, element: &PathElement, set: &FieldSet) -> Option<Value> {
    if set.is_member(element) {
        return None;
    }
    Some(match set.below(element) {
        Some(below) => remove_items(node, value, below),
        None => value.clone(),
    })
}
