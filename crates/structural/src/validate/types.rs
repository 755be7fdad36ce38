//! `type`, `nullable` and `enum`.

use super::{Validation, outcome::Outcome, path::Path};
use crate::structural::{Node, Type};
use serde_json::{Number, Value};

impl Node {
    /// Whether a value of this type is accepted. No type accepts none: callers look before.
    fn accepts(&self, type_: Type) -> bool {
        if self.int_or_string {
            return matches!(type_, Type::Integer | Type::String);
        }
        self.type_ == type_
    }

    fn type_words(&self) -> &'static str {
        if self.int_or_string {
            return "integer,string";
        }
        self.type_.as_str()
    }

    fn has_type(&self) -> bool {
        self.int_or_string || self.type_ != Type::Unset
    }

    /// The one type whose range numbers must keep.
    pub(super) fn type_of_numbers(&self) -> Type {
        match self.type_ {
            Type::Integer | Type::Number if !self.int_or_string => self.type_,
            _ => Type::Unset,
        }
    }
}

/// Checks `type`, `nullable`, and that a format is one of the value's type.
pub(super) fn check(
    node: &Node,
    validation: Option<&Validation>,
    path: &Path<'_>,
    value: &Value,
    outcome: &mut Outcome,
) {
    let format = validation.map_or("", |validation| &validation.format);
    if value.is_null() {
        if node.has_type() && !node.nullable {
            outcome.wrong_type(path, node.type_words(), "null");
        } else {
            outcome.matches += 1;
        }
        return;
    }
    if !node.has_type() && format.is_empty() {
        return;
    }
    outcome.matches += 1;
    let (type_, own_format) = type_of(value);
    let fits = node.accepts(type_)
        || match value {
            Value::Number(number) => fits_as_number(node, number, type_),
            _ => false,
        };
    let formatted = matches!(value, Value::String(_) | Value::Array(_));
    if !formatted && !format.is_empty() && !fits && format != own_format {
        outcome.wrong_type(path, format, own_format);
        return;
    }
    let numeric = node.accepts(Type::Number) || node.accepts(Type::Integer);
    if formatted && !format.is_empty() && !numeric {
        outcome.matches += 1;
        return;
    }
    if fits {
        outcome.matches += 1;
    } else {
        outcome.wrong_type(path, node.type_words(), type_.as_str());
    }
}

/// An integer is a number, and a number without fraction an integer.
fn fits_as_number(node: &Node, number: &Number, type_: Type) -> bool {
    match type_ {
        Type::Integer => node.accepts(Type::Number),
        _ => node.accepts(Type::Integer) && number.as_f64().is_some_and(is_whole),
    }
}

/// What a value is, and the format that numbers have by themselves.
fn type_of(value: &Value) -> (Type, &'static str) {
    match value {
        Value::Null => (Type::Unset, ""),
        Value::Bool(_) => (Type::Boolean, ""),
        Value::Number(number) if number.is_i64() => (Type::Integer, "int64"),
        Value::Number(_) => (Type::Number, "float64"),
        Value::String(_) => (Type::String, ""),
        Value::Array(_) => (Type::Array, ""),
        Value::Object(_) => (Type::Object, ""),
    }
}

/// What JavaScript can hold as an integer.
const WHOLE_MAX: f64 = 9_007_199_254_740_991.0;
const WHOLE_EPSILON: f64 = 1e-9;

/// Whether a float is an integer, or so near above one that upstream takes it for one.
pub(super) fn is_whole(value: f64) -> bool {
    if !(-WHOLE_MAX..=WHOLE_MAX).contains(&value) {
        return false;
    }
    let below = value.trunc();
    if value == below {
        return true;
    }
    below > 0.0 && (value - below) / (value + below) < WHOLE_EPSILON
}

/// Checks `enum`. Upstream accepts no null here, not even a listed one.
pub(super) fn check_enum(
    validation: Option<&Validation>,
    path: &Path<'_>,
    value: &Value,
    outcome: &mut Outcome,
) {
    let Some(validation) = validation else { return };
    if validation.enum_.is_empty() {
        return;
    }
    let mut listed = validation.enum_.iter();
    if !listed.any(|allowed| equals_listed(value, allowed)) {
        outcome.not_supported(path, value, &validation.enum_);
    }
}

fn equals_listed(value: &Value, allowed: &Value) -> bool {
    match (value, allowed) {
        (Value::Null, _) => false,
        (Value::Number(value), Value::Number(allowed)) => equal_numbers(value, allowed),
        _ => value == allowed,
    }
}

/// As Go compares after converting to the type of what is listed: fractions are cut off for an integer.
fn equal_numbers(value: &Number, allowed: &Number) -> bool {
    match (value.as_i64(), allowed.as_i64()) {
        (Some(value), Some(allowed)) => value == allowed,
        (None, Some(_)) => value.as_f64().map(f64::trunc) == allowed.as_f64(),
        _ => value.as_f64() == allowed.as_f64(),
    }
}
