//! Values that a definition points at: printer columns, selectable fields, the fields of scale.

#[cfg(test)]
mod tests;

use crate::{JsonPath, print};
use meta::Time;
use serde_json::{Map, Value};

/// The cell of an additional printer column for `object`. `age` prints how long ago a time was.
pub fn printer_cell(
    path: &JsonPath,
    column_type: &str,
    object: &Value,
    age: &dyn Fn(Time) -> String,
) -> Value {
    let Some(value) = path.first(object) else {
        return Value::Null;
    };
    match (column_type, value) {
        ("string", value) => Value::String(plain_text(value)),
        ("integer", Value::Number(number)) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => integer.into(),
            (None, Some(float)) => truncated(float).into(),
            (None, None) => Value::Null,
        },
        ("number", Value::Number(_)) | ("boolean", Value::Bool(_)) => value.clone(),
        ("date", Value::String(text)) => Value::String(date(text, age)),
        _ => Value::Null,
    }
}

fn date(text: &str, age: &dyn Fn(Time) -> String) -> String {
    if matches!(text, "" | "null") {
        return "<unknown>".to_owned();
    }
    match Time::parse(text) {
        Ok(time) if time.is_zero() => "<unknown>".to_owned(),
        Ok(time) => age(time),
        Err(_) => "<invalid>".to_owned(),
    }
}

/// As Go prints a value: strings as they are, objects and lists as JSON.
fn plain_text(value: &Value) -> String {
    match value {
        Value::Null => "<no value>".to_owned(),
        Value::String(text) => text.clone(),
        value => print::show(value),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float in a column of integers is cut, as upstream does; out of range saturates"
)]
fn truncated(value: f64) -> i64 {
    value as i64
}

/// The value of a selectable field, as field selectors compare it; empty when it is missing.
#[must_use]
pub fn selectable_value(path: &JsonPath, object: &Value) -> String {
    match path.first(object) {
        None | Some(Value::Null) => String::new(),
        Some(value) => plain_text(value),
    }
}

/// The value at a path of names with dots, as scale's paths are: `.spec.replicas`.
#[must_use]
pub fn value_at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let mut names = names(path);
    names.try_fold(value, |value, name| value.get(name))
}

/// Why no value can be set at a path: on the way stands what is no object.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("value cannot be set because {0} is not a map[string]interface{{}}")]
pub struct NotAnObject(String);

/// Sets the value at a path of names with dots; objects on the way are made.
///
/// # Errors
/// On the way stands what is no object.
pub fn set_value_at(value: &mut Value, path: &str, new: Value) -> Result<(), NotAnObject> {
    let mut at = value;
    let mut before = String::new();
    for name in names(path) {
        let members = match at {
            Value::Object(members) => members,
            _ => return Err(NotAnObject(before)),
        };
        before.push('.');
        before.push_str(name);
        let next = members.entry(name);
        at = next.or_insert_with(|| Value::Object(Map::new()));
    }
    *at = new;
    Ok(())
}

fn names(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('.').unwrap_or(path).split('.')
}
