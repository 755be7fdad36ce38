//! Structs in protobuf as gogo's generated code writes them: everything that is not a nil pointer, by field number.

use super::{
    json::replace_invalid,
    message::Message,
    value::{List, Mut, Ref, StringMap},
    wire::{
        Fields, ProtobufError, Wire, put_bytes_field, put_nested_field, put_varint,
        put_varint_field, signed,
    },
};
use crate::Str;

/// What begins a protobuf document of Kubernetes.
pub const PROTOBUF_MAGIC: &[u8; 4] = b"k8s\0";
const RECURSION_MAX: u32 = 150;

/// The envelope `runtime.Unknown`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown<'a> {
    /// `group/version` or version.
    pub api_version: Str,
    /// The kind.
    pub kind: Str,
    /// The message.
    pub raw: &'a [u8],
    /// Mostly empty.
    pub content_encoding: Str,
    /// Mostly empty.
    pub content_type: Str,
}

impl<'a> Unknown<'a> {
    /// Opens a document.
    ///
    /// # Errors
    /// When the four bytes are missing or the envelope is broken.
    pub fn parse(document: &'a [u8]) -> Result<Self, ProtobufError> {
        let body = document
            .strip_prefix(PROTOBUF_MAGIC)
            .ok_or(ProtobufError::Magic)?;
        if body.is_empty() {
            return Err(ProtobufError::Empty);
        }
        let mut unknown = Unknown::default();
        let mut fields = Fields::new("Unknown", body);
        while let Some((number, wire)) = fields.next_field()? {
            match (number, wire) {
                (1, Wire::Bytes(bytes)) => unknown.type_meta(bytes)?,
                (2, Wire::Bytes(bytes)) => unknown.raw = bytes,
                (3, Wire::Bytes(bytes)) => unknown.content_encoding = text(bytes),
                (4, Wire::Bytes(bytes)) => unknown.content_type = text(bytes),
                (1, wire) => return wrong_type("TypeMeta", wire),
                (2, wire) => return wrong_type("Raw", wire),
                (3, wire) => return wrong_type("ContentEncoding", wire),
                (4, wire) => return wrong_type("ContentType", wire),
                (_, wire) => fields.skip(wire)?,
            }
        }
        Ok(unknown)
    }

    fn type_meta(&mut self, body: &[u8]) -> Result<(), ProtobufError> {
        let mut fields = Fields::new("TypeMeta", body);
        while let Some((number, wire)) = fields.next_field()? {
            match (number, wire) {
                (1, Wire::Bytes(bytes)) => self.api_version = text(bytes),
                (2, Wire::Bytes(bytes)) => self.kind = text(bytes),
                (1, wire) => return wrong_type("APIVersion", wire),
                (2, wire) => return wrong_type("Kind", wire),
                (_, wire) => fields.skip(wire)?,
            }
        }
        Ok(())
    }
}

/// The document of `message`: magic, envelope, message.
#[must_use]
pub fn to_protobuf(message: &dyn Message) -> Vec<u8> {
    let info = message.info();
    envelope(info.api_version, info.kind, |out| put_message(out, message))
}

/// A document around a message that is already encoded or that `write` appends.
#[must_use]
pub fn envelope(api_version: &str, kind: &str, write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    out.extend_from_slice(PROTOBUF_MAGIC);
    put_nested_field(&mut out, 1, |out| {
        put_bytes_field(out, 1, api_version.as_bytes());
        put_bytes_field(out, 2, kind.as_bytes());
    });
    put_nested_field(&mut out, 2, write);
    put_bytes_field(&mut out, 3, b"");
    put_bytes_field(&mut out, 4, b"");
    out
}

/// The message alone.
#[must_use]
pub fn message_to_protobuf(message: &dyn Message) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    put_message(&mut out, message);
    out
}

/// Opens a document and decodes its message; the caller has looked at its kind.
///
/// # Errors
/// When the bytes are not such a document.
pub fn from_protobuf<T: Message + Default>(document: &[u8]) -> Result<T, ProtobufError> {
    let mut message = T::default();
    from_protobuf_into(&mut message, Unknown::parse(document)?.raw)?;
    Ok(message)
}

/// Decodes a message without envelope over what `message` already holds.
///
/// # Errors
/// When the bytes are not such a message.
pub fn from_protobuf_into(message: &mut dyn Message, body: &[u8]) -> Result<(), ProtobufError> {
    read_message(message, body, 0)
}

fn put_message(out: &mut Vec<u8>, message: &dyn Message) {
    let info = message.info();
    for position in 0..info.fields.len() {
        let index = info
            .protobuf_order
            .get(position)
            .map_or(position, |index| usize::from(*index));
        let number = info.fields[index].number;
        if number != 0 {
            put_field(out, number, message.field(index).view());
        }
    }
}

fn put_field(out: &mut Vec<u8>, number: u16, value: Ref<'_>) {
    match value {
        Ref::Null => {}
        Ref::Str(text) => put_bytes_field(out, number, text.as_bytes()),
        Ref::Bool(value) => put_varint_field(out, number, value.into()),
        Ref::I32(value) => put_varint_field(out, number, signed(value.into())),
        Ref::I64(value) => put_varint_field(out, number, signed(value)),
        Ref::F64(value) => {
            put_varint(out, u64::from(number) << 3 | 1);
            out.extend_from_slice(&value.to_bits().to_le_bytes());
        }
        Ref::Bytes([]) => {}
        Ref::Bytes(bytes) => put_bytes_field(out, number, bytes),
        Ref::Message(message) => put_nested_field(out, number, |out| put_message(out, message)),
        Ref::List(list) => put_list(out, number, list),
        Ref::WrappedList(list) => put_nested_field(out, number, |out| put_list(out, 1, list)),
        Ref::Map(map) => put_map(out, number, map),
        Ref::Scalar(scalar) => put_nested_field(out, number, |out| scalar.encode_protobuf(out)),
    }
}

fn put_list(out: &mut Vec<u8>, number: u16, list: &dyn List) {
    for index in 0..list.len() {
        put_element(out, number, list.at(index).view());
    }
}

fn put_map(out: &mut Vec<u8>, number: u16, map: &dyn StringMap) {
    for index in 0..map.len() {
        let (key, value) = map.at(index);
        put_nested_field(out, number, |out| {
            put_bytes_field(out, 1, key.as_bytes());
            put_element(out, 2, value.view());
        });
    }
}

/// Elements are there even when they are empty.
fn put_element(out: &mut Vec<u8>, number: u16, value: Ref<'_>) {
    match value {
        Ref::Bytes(bytes) => put_bytes_field(out, number, bytes),
        other => put_field(out, number, other),
    }
}

fn read_message(message: &mut dyn Message, body: &[u8], depth: u32) -> Result<(), ProtobufError> {
    if depth > RECURSION_MAX {
        return Err(ProtobufError::Depth);
    }
    let info = message.info();
    let mut fields = Fields::new(info.go_name, body);
    let mut hint = 0;
    while let Some((number, wire)) = fields.next_field()? {
        let is_field = |field: &super::FieldInfo| u64::from(field.number) == number;
        let (before, after) = info.fields.split_at(hint);
        let found = after
            .iter()
            .position(is_field)
            .map(|index| index + before.len())
            .or_else(|| before.iter().position(is_field));
        if let Some(index) = found {
            hint = index;
            let name = info.fields[index].go_name;
            read_field(message.field_mut(index).view_mut(), wire, name, depth)?;
        } else {
            fields.skip(wire)?;
        }
    }
    Ok(())
}

fn read_field(
    value: Mut<'_>,
    wire: Wire<'_>,
    name: &'static str,
    depth: u32,
) -> Result<(), ProtobufError> {
    match (value, wire) {
        (Mut::Optional(optional), wire) => {
            read_field(optional.get_or_default().view_mut(), wire, name, depth)?;
        }
        (Mut::Str(place), Wire::Bytes(bytes)) => *place = text(bytes),
        (Mut::Bool(place), Wire::Varint(value)) => *place = value != 0,
        (Mut::I32(place), Wire::Varint(value)) => *place = truncate(value),
        (Mut::I64(place), Wire::Varint(value)) => *place = value.cast_signed(),
        (Mut::F64(place), Wire::Fixed64(bits)) => *place = f64::from_bits(bits),
        (Mut::Bytes(place), Wire::Bytes(bytes)) => place.0 = bytes.to_vec(),
        (Mut::Message(message), Wire::Bytes(body)) => read_message(message, body, depth + 1)?,
        (Mut::List(list), wire) => read_element(list, wire, name, depth)?,
        (Mut::WrappedList(list), Wire::Bytes(body)) => {
            let mut fields = Fields::new(name, body);
            list.reset(false);
            while let Some((number, wire)) = fields.next_field()? {
                match number {
                    1 => read_element(list, wire, name, depth)?,
                    _ => fields.skip(wire)?,
                }
            }
        }
        (Mut::Map(map), Wire::Bytes(body)) => read_entry(map, body, name, depth)?,
        (Mut::Scalar(scalar), Wire::Bytes(body)) => scalar.decode_protobuf(body)?,
        (_, wire) => return wrong_type(name, wire),
    }
    Ok(())
}

fn wrong_type<T>(field: &'static str, wire: Wire<'_>) -> Result<T, ProtobufError> {
    Err(ProtobufError::WireType {
        field,
        wire_type: wire.wire_type(),
    })
}

/// One element, or several packed ones.
fn read_element(
    list: &mut dyn List,
    wire: Wire<'_>,
    name: &'static str,
    depth: u32,
) -> Result<(), ProtobufError> {
    let place = list.push_default().view_mut();
    let packed = matches!(place, Mut::I32(_) | Mut::I64(_) | Mut::Bool(_));
    let Wire::Bytes(body) = wire else {
        return read_field(place, wire, name, depth);
    };
    if !packed {
        return read_field(place, wire, name, depth);
    }
    let mut values = Fields::new(name, body);
    if values.is_empty() {
        list.reset(false);
        return Ok(());
    }
    read_field(place, Wire::Varint(values.varint()?), name, depth)?;
    while !values.is_empty() {
        let value = Wire::Varint(values.varint()?);
        read_field(list.push_default().view_mut(), value, name, depth)?;
    }
    Ok(())
}

fn read_entry(
    map: &mut dyn StringMap,
    body: &[u8],
    name: &'static str,
    depth: u32,
) -> Result<(), ProtobufError> {
    let mut key = Str::default();
    let mut value = None;
    let mut fields = Fields::new(name, body);
    while let Some((number, wire)) = fields.next_field()? {
        match (number, wire) {
            (1, Wire::Bytes(bytes)) => key = text(bytes),
            (2, wire) => value = Some(wire),
            (_, wire) => fields.skip(wire)?,
        }
    }
    let place = map.insert_default(key).view_mut();
    value.map_or(Ok(()), |wire| read_field(place, wire, name, depth))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "protobuf cuts an int32 to its low 32 bits"
)]
fn truncate(value: u64) -> i32 {
    value.cast_signed() as i32
}

/// As in JSON, what is not UTF-8 becomes U+FFFD: Go's decoder takes it, and so its clients see it.
pub(crate) fn text(bytes: &[u8]) -> Str {
    match std::str::from_utf8(bytes) {
        Ok(text) => Str::new(text),
        Err(_) => Str::from(replace_invalid(bytes)),
    }
}

#[cfg(test)]
mod tests;
