//! Takes fields out of a value.

use serde_json::{Map, Value};

use super::Atom;
use super::item;
use crate::field_set::FieldSet;
use crate::node::{ListKind, Node};
use crate::path::PathElement;

/// `value` without the fields in `set`. A list or map of which anything is to go stays, though it may become empty: atomic ones do.
pub fn remove_items(node: Node<'_>, value: &Value, set: &FieldSet) -> Value {
    match (Atom::of(node, value), value) {
        (Atom::Scalar(_), _) => value.clone(),
        (Atom::Map { atomic: false }, Value::Object(fields)) => {
            let kept = fields.iter().filter_map(|(name, value)| {
                let element = PathElement::field(name);
                kept(node.child(name), value, &element, set).map(|value| (name.clone(), value))
            });
            Value::Object(kept.collect())
        }
        (Atom::List(kind), Value::Array(items)) if kind != ListKind::Atomic => {
            let kept = items
                .iter()
                .filter_map(|value| match item::element(node, kind, value) {
                    Ok(element) => kept(node.element(), value, &element, set),
                    Err(_) => Some(value.clone()),
                });
            Value::Array(kept.collect())
        }
        (Atom::Map { .. } | Atom::List(_), Value::Object(_)) => Value::Object(Map::new()),
        (Atom::Map { .. } | Atom::List(_), Value::Array(_)) => Value::Array(Vec::new()),
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
