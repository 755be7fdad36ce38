//! Values as Go prints them in errors.

use meta::{codec::json, go_float, go_quote};
use serde_json::{Number, Value};

/// As upstream's field errors show a value: scalars plain, strings quoted, the rest as JSON.
pub(crate) fn show(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number_text(number),
        Value::String(text) => go_quote(text),
        Value::Array(_) | Value::Object(_) => json_text(value),
    }
}

/// Go's `%v` of a number: what no 64-bit integer holds was read as a float.
pub(crate) fn number_text(number: &Number) -> String {
    match (number.as_i64(), number.as_f64()) {
        (Some(value), _) => value.to_string(),
        (None, Some(value)) => go_float(value),
        (None, None) => number.to_string(),
    }
}

/// `encoding/json`'s text: no spaces, HTML characters escaped.
pub(crate) fn json_text(value: &Value) -> String {
    let mut out = Vec::new();
    json::put_tree(&mut out, value);
    String::from_utf8(out).expect("JSON is UTF-8")
}
