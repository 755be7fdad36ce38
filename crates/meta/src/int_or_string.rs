//! [`IntOrString`]: a port, or its name; a count, or a percentage.

use crate::{
    Str,
    codec::{DecodeError, Mut, ProtobufError, Ref, Scalar, Value, json, protobuf, wire},
};
use std::fmt;

/// Default is the integer 0.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum IntOrString {
    /// An `int32`.
    Int(i32),
    /// A name or percentage.
    String(Str),
}

impl IntOrString {
    /// The integer.
    #[must_use]
    pub const fn as_int(&self) -> Option<i32> {
        match self {
            Self::Int(value) => Some(*value),
            Self::String(_) => None,
        }
    }
    /// The string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Int(_) => None,
            Self::String(value) => Some(value),
        }
    }
    /// An integer as it is, a percentage of `total` rounded up or down; none for any other string.
    #[must_use]
    pub fn scaled(&self, total: i32, round_up: bool) -> Option<i32> {
        let percent = match self {
            Self::Int(value) => return Some(*value),
            Self::String(text) => i64::from(text.strip_suffix('%')?.parse::<i32>().ok()?),
        };
        let product = percent * i64::from(total);
        let res = if round_up {
            -(-product).div_euclid(100)
        } else {
            product.div_euclid(100)
        };
        i32::try_from(res).ok()
    }
}

impl Default for IntOrString {
    fn default() -> Self {
        Self::Int(0)
    }
}
impl From<i32> for IntOrString {
    fn from(value: i32) -> Self {
        Self::Int(value)
    }
}
impl From<&str> for IntOrString {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}
impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => value.fmt(f),
            Self::String(value) => f.write_str(value),
        }
    }
}
impl fmt::Debug for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Value for IntOrString {
    fn view(&self) -> Ref<'_> {
        Ref::Scalar(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Scalar(self)
    }
}
impl Scalar for IntOrString {
    fn is_zero(&self) -> bool {
        *self == Self::Int(0)
    }
    fn encode_json(&self, out: &mut Vec<u8>) {
        match self {
            Self::Int(value) => json::put_i64(out, (*value).into()),
            Self::String(value) => json::put_string(out, value),
        }
    }
    fn decode_json(&mut self, reader: &mut json::Reader<'_>) -> Result<(), DecodeError> {
        let first = reader.peek()?;
        match first {
            b'"' => *self = Self::String(reader.string()?.into()),
            b'-' | b'0'..=b'9' => {
                let text = reader.number()?;
                let value = text
                    .parse()
                    .map_err(|_| reader.mismatch(&format!("number {text}"), "int32"))?;
                *self = Self::Int(value);
            }
            b'n' => {
                reader.literal()?;
                *self = Self::default();
            }
            _ => return Err(reader.mismatch(json::noun(first), "int32")),
        }
        Ok(())
    }
    fn encode_protobuf(&self, out: &mut Vec<u8>) {
        let (kind, int, text) = match self {
            Self::Int(value) => (0, *value, ""),
            Self::String(value) => (1, 0, &**value),
        };
        wire::put_varint_field(out, 1, kind);
        wire::put_varint_field(out, 2, wire::signed(int.into()));
        wire::put_bytes_field(out, 3, text.as_bytes());
    }
    fn decode_protobuf(&mut self, body: &[u8]) -> Result<(), ProtobufError> {
        let (mut is_string, mut int, mut text) = (false, 0, Str::default());
        let mut fields = wire::Fields::new("IntOrString", body);
        while let Some((number, wire)) = fields.next_field()? {
            match (number, wire) {
                (1, wire::Wire::Varint(kind)) => is_string = kind == 1,
                (2, wire::Wire::Varint(value)) => {
                    int = i32::try_from(value.cast_signed()).unwrap_or(0)
                }
                (3, wire::Wire::Bytes(bytes)) => text = protobuf::text(bytes),
                (_, wire) => fields.skip(wire)?,
            }
        }
        *self = if is_string {
            Self::String(text)
        } else {
            Self::Int(int)
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests;
