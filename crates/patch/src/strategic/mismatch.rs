//! Values of the wrong type: upstream converts what comes of a strategic merge patch field by field, and says why where it cannot.

use serde_json::{Number, Value};

use crate::document::json_kind;
use crate::go;
use crate::node::{BYTES, GoScalar, INT_OR_STRING, Kind, Node, TIME};

/// What every object says of its type, beside the fields of its kind.
const TYPE_META: [&str; 2] = ["kind", "apiVersion"];

const STRING: GoScalar = GoScalar::plain("string");
const UINT8: GoScalar = GoScalar::plain("uint8");

/// The first value of an object that cannot be converted to the type of its field, in the words of upstream's converter; `None` when all
/// can, or when it is a value with a reader of its own (times, quantities).
pub fn mismatch(node: Node<'_>, object: &Value) -> Option<String> {
    let mut types = TYPE_META.iter().filter_map(|name| object.get(name));
    let wrong = types.find_map(|value| of_scalar(STRING, value).filter(|_| !value.is_null()));
    wrong.or_else(|| within(node, object))
}

fn within(node: Node<'_>, value: &Value) -> Option<String> {
    match (node.kind(), value) {
        (_, Value::Null) => None,
        (Kind::Untyped, value) if node.go_scalar() == Some(INT_OR_STRING) => {
            of_int_or_string(value)
        }
        (Kind::Untyped, _) => None,
        (Kind::Struct { .. }, Value::Object(fields)) => fields.iter().find_map(|(name, value)| {
            let field = node.field(name)?;
            within(field.node, value)
        }),
        (Kind::Struct { .. }, other) => Some(format!(
            "cannot restore struct from: {}",
            go::kind_name(other)
        )),
        (Kind::Map { .. }, Value::Object(fields)) => fields
            .values()
            .find_map(|value| within(node.element(), value)),
        (Kind::Map { .. }, other) => {
            Some(format!("cannot restore map from {}", go::kind_name(other)))
        }
        (Kind::List(_), Value::Array(items)) => {
            items.iter().find_map(|item| within(node.element(), item))
        }
        (Kind::List(_), other) => Some(cannot_restore_slice(other)),
        (Kind::Scalar(_), value) => of_scalar(node.go_scalar()?, value),
    }
}

/// Numbers as upstream's converter puts them into their fields: cut to the width of the field, not refused.
pub fn narrow(node: Node<'_>, value: &mut Value) {
    match (node.kind(), value) {
        (Kind::Struct { .. }, Value::Object(fields)) => {
            for (name, value) in fields {
                if let Some(field) = node.field(name) {
                    narrow(field.node, value);
                }
            }
        }
        (Kind::Map { .. }, Value::Object(fields)) => {
            let values = fields.values_mut();
            values.for_each(|value| narrow(node.element(), value));
        }
        (Kind::List(_), Value::Array(items)) => {
            let items = items.iter_mut();
            items.for_each(|item| narrow(node.element(), item));
        }
        (Kind::Scalar(_), Value::Array(items)) if node.go_scalar() == Some(BYTES) => {
            let items = items.iter_mut();
            items.for_each(|item| cut(UINT8, item));
        }
        (Kind::Scalar(_), value) => {
            if let Some(go) = node.go_scalar() {
                cut(go, value);
            }
        }
        _ => {}
    }
}

fn cut(wanted: GoScalar, value: &mut Value) {
    if let Value::Number(number) = value
        && let Some(narrowed) = narrowed(wanted.kind, number)
    {
        *number = narrowed.into();
    }
}

/// What an integer field gets of a number that it cannot hold.
fn narrowed(wanted: &str, number: &Number) -> Option<i64> {
    let wide = match number.as_i64() {
        Some(wide) => wide,
        None => whole(number.as_f64()?)?,
    };
    let [a, b, c, d, ..] = wide.to_le_bytes();
    match wanted {
        "uint8" => Some(a.into()),
        "int32" => Some(i32::from_le_bytes([a, b, c, d]).into()),
        "int64" => Some(wide),
        _ => None,
    }
}

/// As Go makes integers of floats on x86-64: what is too large is the smallest.
fn whole(float: f64) -> Option<i64> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number within the bounds"
    )]
    let within = (-LIMIT..LIMIT).contains(&float).then_some(float as i64);
    (float.fract() == 0.0).then_some(within.unwrap_or(i64::MIN))
}

fn of_int_or_string(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(_) => return None,
        Value::Number(number) => match number.as_i64() {
            Some(whole) if i32::try_from(whole).is_ok() => return None,
            _ => format!("number {}", go::number(number)),
        },
        other => json_kind(other).to_owned(),
    };
    Some(format!(
        "json: cannot unmarshal {found} into Go value of type int32"
    ))
}

fn of_bytes(value: &Value) -> Option<String> {
    match value {
        Value::String(_) => None,
        Value::Array(items) => {
            let mut given = items.iter().filter(|item| !item.is_null());
            given.find_map(|item| of_scalar(UINT8, item))
        }
        other => Some(cannot_restore_slice(other)),
    }
}

fn cannot_restore_slice(found: &Value) -> String {
    format!("cannot restore slice from {}", go::kind_name(found))
}

fn of_time(value: &Value) -> Option<String> {
    let found = json_kind(value);
    (!value.is_string())
        .then(|| format!("json: cannot unmarshal {found} into Go value of type string"))
}

fn of_scalar(wanted: GoScalar, value: &Value) -> Option<String> {
    if wanted == TIME {
        return of_time(value);
    }
    if wanted == BYTES {
        return of_bytes(value);
    }
    let unrecognized = || Some(format!("unrecognized type: {}", wanted.kind));
    match (wanted.kind, value) {
        ("string", Value::String(_)) | ("bool", Value::Bool(_)) | ("float64", Value::Number(_)) => {
            None
        }
        // Go makes a character of an integer: upstream asks whether it could, and refuses.
        ("string", Value::Number(number)) if !number.is_f64() => {
            Some(format!("cannot convert int64 to {}", wanted.name))
        }
        ("uint8" | "int32" | "int64", Value::Number(number)) => {
            let whole = number.as_f64().is_none_or(|float| float.fract() == 0.0);
            (!whole).then(|| format!("cannot convert float64 to {}", wanted.name))
        }
        _ => unrecognized(),
    }
}
