//! Whether a value fits its schema, as far as server-side apply cares.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::item;
use super::{Atom, TypedErrors};
use crate::go;
use crate::node::{Kind, ListKind, Node, ScalarKind};
use crate::path::PathElement;

/// Whether several items of a list may have one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// In live objects: validation may have let them pass long ago.
    Allowed,
    /// In what is applied.
    Refused,
}

/// Checks a value against its schema.
///
/// # Errors
/// Everything that does not fit, but only the first undeclared field of an object.
pub fn validate(node: Node<'_>, value: &Value, duplicates: Duplicates) -> Result<(), TypedErrors> {
    let mut errors = TypedErrors::default();
    walk(node, value, duplicates, &mut errors);
    if errors.0.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}

/// Refuses two scalars of which neither is of the declared kind.
pub(super) fn either_scalar(
    kind: ScalarKind,
    left: Option<&Value>,
    right: Option<&Value>,
) -> Result<(), TypedErrors> {
    let check = |value: Option<&Value>| value.and_then(|value| scalar(kind, value));
    match (check(left), check(right)) {
        (Some(left), Some(right)) => {
            let mut errors = TypedErrors::one(format!("lhs: {left}"));
            errors.0.extend(TypedErrors::one(format!("rhs: {right}")).0);
            Err(errors)
        }
        _ => Ok(()),
    }
}

/// What is wrong with a scalar.
fn scalar(kind: ScalarKind, value: &Value) -> Option<String> {
    let fits = match (kind, value) {
        (_, Value::Null) => true,
        (ScalarKind::Any, value) => !value.is_array() && !value.is_object(),
        (ScalarKind::Boolean, value) => value.is_boolean(),
        (ScalarKind::Numeric, value) => value.is_number(),
        (ScalarKind::String, value) => value.is_string(),
    };
    if fits {
        return None;
    }
    Some(match kind {
        ScalarKind::Numeric => {
            let got = go::type_name(value);
            format!("expected numeric (int or float), got {got}")
        }
        ScalarKind::String => {
            let got = go::syntax(value);
            format!("expected string, got &value.valueUnstructured{{Value:{got}}}")
        }
        ScalarKind::Boolean => format!("expected boolean, got {}", got(value)),
        ScalarKind::Any => format!("expected any scalar, got {}", got(value)),
    })
}

/// How upstream prints a value that is of another shape.
fn got(value: &Value) -> String {
    format!("&{{{}}}", go::print(value))
}

fn walk(node: Node<'_>, value: &Value, duplicates: Duplicates, errors: &mut TypedErrors) {
    match (Atom::of(node, value), value) {
        (Atom::Scalar(kind), _) => {
            if let Some(message) = scalar(kind, value) {
                errors.0.extend(TypedErrors::one(message).0);
            }
        }
        (_, Value::Null) => {}
        (Atom::Map { .. }, Value::Object(fields)) => {
            walk_fields(node, fields, duplicates, errors);
        }
        (Atom::List(kind), Value::Array(items)) => {
            walk_items(node, kind, items, duplicates, errors);
        }
        (Atom::Map { .. }, _) => {
            let message = format!("expected map, got {}", got(value));
            errors.0.extend(TypedErrors::one(message).0);
        }
        (Atom::List(_), _) => {
            let message = format!("expected list, got {}", got(value));
            errors.0.extend(TypedErrors::one(message).0);
        }
    }
}

fn below(
    step: &PathElement,
    node: Node<'_>,
    value: &Value,
    duplicates: Duplicates,
    errors: &mut TypedErrors,
) {
    let mut found = TypedErrors::default();
    walk(node, value, duplicates, &mut found);
    if !found.0.is_empty() {
        errors.0.extend(found.below(step).0);
    }
}

fn walk_fields(
    node: Node<'_>,
    fields: &Map<String, Value>,
    duplicates: Duplicates,
    errors: &mut TypedErrors,
) {
    let is_struct = matches!(node.kind(), Kind::Struct { .. });
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(name, _)| *name);
    for (name, value) in fields {
        let element = PathElement::field(name);
        let declared = node.field(name);
        if is_struct && declared.is_none() && !node.open() {
            let undeclared = TypedErrors::one("field not declared in schema").below(&element);
            errors.0.extend(undeclared.0);
            return;
        }
        let child = declared.map_or_else(|| node.element(), |field| field.node);
        below(&element, child, value, duplicates, errors);
    }
}

fn walk_items(
    node: Node<'_>,
    kind: ListKind<'_>,
    items: &[Value],
    duplicates: Duplicates,
    errors: &mut TypedErrors,
) {
    let mut seen = BTreeSet::new();
    for (at, value) in items.iter().enumerate() {
        let element = match kind {
            ListKind::Atomic => PathElement::Index(i64::try_from(at).unwrap_or(i64::MAX)),
            ListKind::Set | ListKind::Map { .. } => match item::element(node, kind, value) {
                Ok(element) => element,
                Err(why) => {
                    let message = format!("element {at}: {why}");
                    errors.0.extend(TypedErrors::one(message).0);
                    return;
                }
            },
        };
        if kind != ListKind::Atomic && duplicates == Duplicates::Refused && seen.contains(&element)
        {
            let message = format!("duplicate entries for key {element}");
            errors.0.extend(TypedErrors::one(message).0);
        }
        below(&element, node.element(), value, duplicates, errors);
        seen.insert(element);
    }
}
