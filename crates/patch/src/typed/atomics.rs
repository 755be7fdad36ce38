//! What of a value is atomic: laid over something, it would replace the whole of it.

use serde_json::Value;

use super::Atom;
use crate::node::{ListKind, Node};
use crate::path::PathElement;

/// The paths of the atomic lists, maps and structs in a value that fits its schema, outer ones first.
#[must_use]
pub fn atomics(node: Node<'_>, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(node, value, &mut String::new(), &mut found);
    found
}

fn walk(node: Node<'_>, value: &Value, path: &mut String, found: &mut Vec<String>) {
    let length = path.len();
    match (Atom::of(node, value), value) {
        (Atom::Map { atomic }, Value::Object(fields)) => {
            if atomic {
                found.push(path.clone());
            }
            for (name, value) in fields {
                // Only declared fields are looked into.
                if let Some(field) = node.field(name) {
                    path.push_str(&PathElement::field(name).to_string());
                    walk(field.node, value, path, found);
                    path.truncate(length);
                }
            }
        }
        (Atom::List(kind), Value::Array(items)) => {
            if kind == ListKind::Atomic {
                found.push(path.clone());
            }
            for (at, value) in items.iter().enumerate() {
                let element = PathElement::Index(i64::try_from(at).unwrap_or(i64::MAX));
                path.push_str(&element.to_string());
                walk(node.element(), value, path, found);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
