//! All fields that a value mentions: what its applier owns.

use serde_json::Value;

use super::item;
use super::{Atom, TypedErrors};
use crate::field_set::FieldSet;
use crate::node::{ListKind, Node};
use crate::path::PathElement;

/// The leaves of a value and the items of its lists and maps. Structs are not in the set, and neither
/// are granular lists and maps themselves, unless they are null or empty maps.
///
/// # Errors
/// A list's items cannot be told apart.
pub fn field_set_of(node: Node<'_>, value: &Value) -> Result<FieldSet, TypedErrors> {
    Ok(walk(node, value)?.0)
}

/// What is below, and whether the place itself is a leaf.
fn walk(node: Node<'_>, value: &Value) -> Result<(FieldSet, bool), TypedErrors> {
    match (Atom::of(node, value), value) {
        (Atom::Scalar(_), _) | (Atom::Map { atomic: true } | Atom::List(ListKind::Atomic), _) => {
            Ok((FieldSet::new(), true))
        }
        (Atom::Map { .. }, Value::Object(fields)) => {
            let mut set = FieldSet::new();
            for (name, value) in fields {
                let element = PathElement::field(name);
                let declared = node.field(name);
                let child = declared.map_or_else(|| node.element(), |field| field.node);
                let (below, leaf) = walk(child, value).map_err(|errors| errors.below(&element))?;
                let nothing = match value {
                    Value::Null => true,
                    Value::Object(fields) => fields.is_empty(),
                    _ => false,
                };
                set.push(element, leaf || nothing || declared.is_none(), below);
            }
            set.sort();
            Ok((set, false))
        }
        (Atom::List(kind), Value::Array(items)) => {
            let mut set = FieldSet::new();
            let indexed = item::index(node, kind, items)?;
            let mut rest = &indexed[..];
            while let [first, more @ ..] = item::take_group(&mut rest) {
                let (element, value) = first;
                let below = if more.is_empty() {
                    walk(node.element(), value)
                        .map_err(|errors| errors.below(element))?
                        .0
                } else {
                    FieldSet::new()
                };
                set.push(element.clone(), true, below);
            }
            Ok((set, false))
        }
        (Atom::Map { .. } | Atom::List(_), _) => Ok((FieldSet::new(), false)),
    }
}
