//! Values of the wrong type: upstream converts what comes of a strategic merge patch field by field, and says why where it cannot.

use serde_json::Value;

use crate::go;
use crate::node::{Kind, Node};

/// The first value that cannot be converted to the type of its field, in the words of upstream's converter; `None` when all can, or when
/// it is a value with a reader of its own (times, quantities).
pub fn mismatch(node: Node<'_>, value: &Value) -> Option<String> {
    match (node.kind(), value) {
        (_, Value::Null) | (Kind::Untyped, _) => None,
        (Kind::Struct { .. }, Value::Object(fields)) => fields.iter().find_map(|(name, value)| {
            let field = node.field(name)?;
            mismatch(field.node, value)
        }),
        (Kind::Struct { .. }, other) => Some(format!(
            "cannot restore struct from: {}",
            go::kind_name(other)
        )),
        (Kind::Map { .. }, Value::Object(fields)) => fields
            .values()
            .find_map(|value| mismatch(node.element(), value)),
        (Kind::Map { .. }, other) => {
            Some(format!("cannot restore map from {}", go::kind_name(other)))
        }
        (Kind::List(_), Value::Array(items)) => {
            items.iter().find_map(|item| mismatch(node.element(), item))
        }
        (Kind::List(_), other) => Some(format!(
            "cannot restore slice from {}",
            go::kind_name(other)
        )),
        (Kind::Scalar(_), value) => of_scalar(node, value),
    }
}

fn of_scalar(node: Node<'_>, value: &Value) -> Option<String> {
    let wanted = node.go_scalar()?;
    let unrecognized = || Some(format!("unrecognized type: {wanted}"));
    match (wanted, value) {
        ("string", Value::String(_)) | ("bool", Value::Bool(_)) | ("float64", Value::Number(_)) => {
            None
        }
        // Go makes a character of an integer: upstream asks whether it could, and refuses.
        ("string", Value::Number(number)) if !number.is_f64() => {
            Some("cannot convert int64 to string".to_owned())
        }
        ("int32" | "int64", Value::Number(number)) => {
            let whole = number.as_f64().is_none_or(|float| float.fract() == 0.0);
            (!whole).then(|| format!("cannot convert float64 to {wanted}"))
        }
        _ => unrecognized(),
    }
}
