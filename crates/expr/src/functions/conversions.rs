//! Sizes, types, and conversions between them; optional values.

use super::{Context, Implementation, fail, no_overload, no_trait};
use crate::{
    Value,
    evaluate::{Out, position},
    opaque::Opaque,
    value::{duration, duration_text, of_seconds, timestamp},
};
use std::sync::Arc;

pub(super) fn implementation(name: &str) -> Option<Implementation> {
    Some(match name {
        "size" => size,
        "type" => |_, arguments| match arguments {
            [value] => Ok(Value::Type(value.type_name().into())),
            _ => no_overload("type", arguments),
        },
        "dyn" => |_, arguments| match arguments {
            [value] => Ok(value.clone()),
            _ => no_overload("dyn", arguments),
        },
        "bool" => to_bool,
        "bytes" => to_bytes,
        "double" => to_double,
        "duration" => to_duration,
        "int" => to_int,
        "string" => to_string,
        "timestamp" => to_timestamp,
        "uint" => to_uint,
        "optional.of" => |_, arguments| match arguments {
            [value] => Ok(Value::some(value.clone())),
            _ => no_overload("optional.of", arguments),
        },
        "optional.ofNonZeroValue" => |_, arguments| match arguments {
            [value] if value.is_zero() => Ok(Value::Optional(None)),
            [value] => Ok(Value::some(value.clone())),
            _ => no_overload("optional.ofNonZeroValue", arguments),
        },
        "optional.none" => |_, _| Ok(Value::Optional(None)),
        "value" => |_, arguments| match arguments {
            [Value::Optional(Some(value))] => Ok((**value).clone()),
            [Value::Optional(None)] => fail("optional.none() dereference"),
            _ => no_overload("value", arguments),
        },
        "hasValue" => |_, arguments| match arguments {
            [Value::Optional(held)] => Ok(Value::Bool(held.is_some())),
            _ => no_overload("hasValue", arguments),
        },
        _ => return None,
    })
}

fn size<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [value @ (Value::String(_) | Value::Bytes(_) | Value::List(_) | Value::Map(_))] => {
            let size = usize::try_from(value.size()).unwrap_or(usize::MAX);
            Ok(Value::Int(position(size)))
        }
        _ => no_trait("size", arguments, |_| false),
    }
}

fn to_bool<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Bool(value)] => Ok(Value::Bool(*value)),
        [Value::String(text)] => match text.as_str() {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Value::Bool(true)),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Value::Bool(false)),
            _ => not_a("bool"),
        },
        _ => no_overload("bool", arguments),
    }
}

fn to_bytes<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Bytes(bytes)] => Ok(Value::Bytes(Arc::clone(bytes))),
        [Value::String(text)] => Ok(Value::Bytes(text.as_str().as_bytes().into())),
        _ => no_overload("bytes", arguments),
    }
}

#[expect(clippy::cast_precision_loss, reason = "as CEL converts")]
fn to_double<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Double(value)] => Ok(Value::Double(*value)),
        [Value::Int(value)] => Ok(Value::Double(*value as f64)),
        [Value::Uint(value)] => Ok(Value::Double(*value as f64)),
        [Value::String(text)] => match text.as_str().parse() {
            Ok(value) => Ok(Value::Double(value)),
            Err(_) => not_a("double"),
        },
        _ => no_overload("double", arguments),
    }
}

fn to_duration<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Duration(nanos)] => Ok(Value::Duration(*nanos)),
        [Value::String(text)] => duration(text.as_str()).map(Value::Duration),
        // It is declared, and fails.
        [Value::Int(_)] => fail("type conversion error from 'int' to 'google.protobuf.Duration'"),
        _ => no_overload("duration", arguments),
    }
}

fn to_timestamp<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Timestamp(time)] => Ok(Value::Timestamp(*time)),
        [Value::String(text)] => match timestamp(text.as_str()) {
            Ok(time) => Ok(Value::Timestamp(time)),
            Err(_) => fail("type conversion error from 'string' to 'google.protobuf.Timestamp'"),
        },
        [Value::Int(seconds)] => match of_seconds(*seconds) {
            Some(time) => Ok(Value::Timestamp(time)),
            None => fail("timestamp overflow"),
        },
        _ => no_overload("timestamp", arguments),
    }
}

/// A text that is no value of this type.
fn not_a<'a>(type_: &str) -> Out<'a> {
    fail(format!("type conversion error from 'string' to '{type_}'"))
}

#[expect(clippy::cast_possible_truncation, reason = "checked to be within")]
fn to_int<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Int(value) | Value::Duration(value)] => Ok(Value::Int(*value)),
        [Value::Uint(value)] => match i64::try_from(*value) {
            Ok(value) => Ok(Value::Int(value)),
            Err(_) => fail("integer overflow"),
        },
        [Value::Double(value)] => {
            if value.is_finite() && value.abs() < 9_223_372_036_854_775_807.0 {
                Ok(Value::Int(*value as i64))
            } else {
                fail("integer overflow")
            }
        }
        [Value::String(text)] => match text.as_str().parse() {
            Ok(value) => Ok(Value::Int(value)),
            Err(_) => not_a("int"),
        },
        [Value::Timestamp(time)] => Ok(Value::Int(time.unix_seconds())),
        _ => no_overload("int", arguments),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be within"
)]
fn to_uint<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Uint(value)] => Ok(Value::Uint(*value)),
        [Value::Int(value)] => match u64::try_from(*value) {
            Ok(value) => Ok(Value::Uint(value)),
            Err(_) => fail("unsigned integer overflow"),
        },
        [Value::Double(value)] => {
            if (0.0..18_446_744_073_709_551_615.0).contains(value) {
                Ok(Value::Uint(*value as u64))
            } else {
                fail("unsigned integer overflow")
            }
        }
        [Value::String(text)] => match text.as_str().parse() {
            Ok(value) if !text.as_str().starts_with('+') => Ok(Value::Uint(value)),
            _ => not_a("uint"),
        },
        _ => no_overload("uint", arguments),
    }
}

fn to_string<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let text = match arguments {
        [Value::String(text)] => return Ok(Value::String(text.clone())),
        [Value::Bool(value)] => value.to_string(),
        [Value::Int(value)] => value.to_string(),
        [Value::Uint(value)] => value.to_string(),
        [Value::Double(value)] => meta::go_float(*value),
        [Value::Duration(nanos)] => duration_text(*nanos),
        [Value::Timestamp(time)] => time.to_string(),
        [Value::Bytes(bytes)] => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => return fail("invalid UTF-8 in bytes, cannot convert to string"),
        },
        [Value::Opaque(opaque)] if matches!(**opaque, Opaque::Ip(_) | Opaque::Cidr(_)) => {
            opaque.to_string()
        }
        _ => return no_overload("string", arguments),
    };
    context.text(text)
}
