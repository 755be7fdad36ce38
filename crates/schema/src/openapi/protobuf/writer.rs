//! The encoder: JSON values to protobuf by tables.

use serde_json::Value;

/// How a JSON value becomes a message.
pub(super) enum Message {
    /// An object with these fields. Keys that begin with `x-` become pairs of name and value.
    Object {
        fields: &'static [Field],
        extensions: u32,
    },
    /// An object with free keys, as repeated pairs of name and value.
    Entries { number: u32, value: Shape },
    /// A value, or each of several, in one field.
    Wrapped { number: u32, value: Shape },
    /// One of several, by the value.
    Choice(fn(&Value) -> (u32, Shape)),
}

/// A key of an object and the field it becomes.
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) number: u32,
    pub(super) shape: Shape,
}

/// What a field holds. A list repeats the field.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Text,
    Flag,
    Double,
    /// `int64`.
    Integer,
    /// The value as JSON text.
    Json,
    Nothing,
    /// `Any`: the value as YAML, of which JSON is a part.
    Any,
    Message(&'static Message),
}

pub(super) const fn field(key: &'static str, number: u32, shape: Shape) -> Field {
    Field { key, number, shape }
}

/// A value as a message.
pub(super) fn message(table: &Message, value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    match table {
        Message::Object { fields, extensions } => object(&mut out, fields, *extensions, value),
        Message::Entries {
            number,
            value: shape,
        } => {
            for (name, value) in value.as_object().into_iter().flatten() {
                pair(&mut out, *number, name, *shape, value);
            }
        }
        Message::Wrapped {
            number,
            value: shape,
        } => put(&mut out, *number, *shape, value),
        Message::Choice(choose) => {
            let (number, shape) = choose(value);
            put(&mut out, number, shape, value);
        }
    }
    out
}

fn object(out: &mut Vec<u8>, fields: &[Field], extensions: u32, value: &Value) {
    let Some(object) = value.as_object() else {
        return;
    };
    // In the order of the numbers, as encoders of protobuf write.
    for field in fields {
        if let Some(value) = object.get(field.key) {
            put(out, field.number, field.shape, value);
        }
    }
    // What else there is has no place in the message: it came from another server.
    let extended = object.iter().filter(|(key, _)| key.starts_with("x-"));
    extended.for_each(|(key, value)| pair(out, extensions, key, Shape::Any, value));
}

/// `Named…`: a name and a value.
fn pair(out: &mut Vec<u8>, number: u32, name: &str, shape: Shape, value: &Value) {
    let mut inner = Vec::new();
    bytes(&mut inner, 1, name.as_bytes());
    put(&mut inner, 2, shape, value);
    bytes(out, number, &inner);
}

fn put(out: &mut Vec<u8>, number: u32, shape: Shape, value: &Value) {
    match (shape, value) {
        (Shape::Any, _) => {
            let mut any = Vec::new();
            bytes(&mut any, 2, value.to_string().as_bytes());
            bytes(out, number, &any);
        }
        (Shape::Message(table), _) if !repeats(table, value) => {
            bytes(out, number, &message(table, value));
        }
        (_, Value::Array(items)) => items.iter().for_each(|item| put(out, number, shape, item)),
        (Shape::Text, _) => bytes(out, number, value.as_str().unwrap_or("").as_bytes()),
        (Shape::Flag, _) => {
            varint(out, u64::from(number) << 3);
            varint(out, value.as_bool().unwrap_or(false).into());
        }
        (Shape::Double, _) => {
            varint(out, u64::from(number) << 3 | 1);
            let double = value.as_f64().unwrap_or(0.0);
            out.extend_from_slice(&double.to_le_bytes());
        }
        (Shape::Integer, _) => {
            varint(out, u64::from(number) << 3);
            varint(out, value.as_i64().unwrap_or(0).cast_unsigned());
        }
        (Shape::Json, _) => bytes(out, number, value.to_string().as_bytes()),
        (Shape::Nothing, _) => {}
        (Shape::Message(table), _) => bytes(out, number, &message(table, value)),
    }
}

/// A list of messages repeats the field, unless the message wraps the list.
fn repeats(table: &Message, value: &Value) -> bool {
    value.is_array() && !matches!(table, Message::Wrapped { .. })
}

fn bytes(out: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    varint(out, u64::from(number) << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7F).expect("seven bits") | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).expect("seven bits"));
}
