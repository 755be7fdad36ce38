//! Values as Go prints them in errors.

use meta::{codec::json, go_quote};
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

/// Go's `%v` of a number.
pub(crate) fn number_text(number: &Number) -> String {
    match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(value), ..) => value.to_string(),
        (_, Some(value), _) => value.to_string(),
        (.., Some(value)) => float_text(value),
        (None, None, None) => number.to_string(),
    }
}

/// Go's `%v` of a float: an exponent below 1e-4 and from 1e21 on.
pub(crate) fn float_text(value: f64) -> String {
    let text = format!("{value:e}");
    let Some((mantissa, exponent)) = text.split_once('e') else {
        // Infinities and NaN do not come out of JSON.
        return text;
    };
    let exponent: i32 = exponent.parse().expect("Rust prints exponents as integers");
    if (-4..21).contains(&exponent) {
        return value.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

/// `encoding/json`'s text: no spaces, HTML characters escaped.
pub(crate) fn json_text(value: &Value) -> String {
    let mut out = Vec::new();
    put(&mut out, value);
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn put(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null | Value::Bool(_) => out.extend_from_slice(value.to_string().as_bytes()),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => json::put_f64(out, float),
            _ => out.extend_from_slice(number.to_string().as_bytes()),
        },
        Value::String(text) => json::put_string(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                put(out, item);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            out.push(b'{');
            for (index, (name, value)) in members.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                json::put_string(out, name);
                out.push(b':');
                put(out, value);
            }
            out.push(b'}');
        }
    }
}
