//! Structs into canonical JSON: Go's field order, `omitempty`, nulls.

use super::{
    json::{put_f64, put_i64, put_string},
    message::{FieldInfo, Message, MessageInfo, Shape},
    value::{List, Ref, StringMap, Value},
};
use crate::{KindObject, dynamic::dynamic};
use base64::Engine as _;

/// Most documents fit without growing; the slack is given back.
pub(super) const CAPACITY_BYTES: usize = 4096;

/// The document of `message`, with `kind` and `apiVersion` first when its type has them.
#[must_use]
pub fn to_json(message: &dyn Message) -> Vec<u8> {
    let mut out = Vec::with_capacity(CAPACITY_BYTES);
    append_json(&mut out, message);
    out.shrink_to_fit();
    out
}

/// The same for a kind.
#[must_use]
pub fn kind_to_json(object: &dyn KindObject) -> Vec<u8> {
    to_json(object.as_message())
}

/// Appends the document of `message`, with `kind` and `apiVersion` first when its type has them.
pub fn append_json(out: &mut Vec<u8>, message: &dyn Message) {
    if let Some(dynamic) = dynamic(message) {
        return dynamic.append_json(out);
    }
    let info = message.info();
    if info.kind.is_empty() {
        return Encoder::EXACT.message(out, message);
    }
    put_type(out, info);
    Encoder::EXACT.fields(out, message, &mut true);
    out.push(b'}');
}

/// A document as it comes back from upstream's store: empty lists are nil, kinds inside of kinds have their type.
#[must_use]
pub fn to_stored_json(message: &dyn Message) -> Vec<u8> {
    let mut out = Vec::with_capacity(CAPACITY_BYTES);
    if let Some(dynamic) = dynamic(message) {
        dynamic.append_json(&mut out);
        return out;
    }
    Encoder { stored: true }.message(&mut out, message);
    out
}

/// Appends the beginning of a document up to its first field.
fn put_type(out: &mut Vec<u8>, info: &MessageInfo) {
    out.extend_from_slice(b"{\"kind\":");
    put_string(out, info.kind);
    out.extend_from_slice(b",\"apiVersion\":");
    put_string(out, info.api_version);
}

/// Appends the JSON of any value, without type.
pub fn value_to_json(out: &mut Vec<u8>, value: &dyn Value) {
    Encoder::EXACT.value(out, value.view());
}

/// How far the text follows the struct.
#[derive(Clone, Copy)]
pub(super) struct Encoder {
    /// As it comes back from upstream's store: protobuf does not tell nil from empty, so that empty lists are nil, and
    /// kinds inside of kinds (`volumeClaimTemplates`) have been given their type.
    pub stored: bool,
}

impl Encoder {
    pub(super) const EXACT: Self = Self { stored: false };

    pub(super) fn value(self, out: &mut Vec<u8>, value: Ref<'_>) {
        match value {
            Ref::Null => out.extend_from_slice(b"null"),
            Ref::Str(text) => put_string(out, text),
            Ref::Bool(true) => out.extend_from_slice(b"true"),
            Ref::Bool(false) => out.extend_from_slice(b"false"),
            Ref::I32(value) => put_i64(out, value.into()),
            Ref::I64(value) => put_i64(out, value),
            Ref::F64(value) => put_f64(out, value),
            Ref::Bytes(bytes) => put_base64(out, bytes),
            Ref::Message(message) => self.message(out, message),
            Ref::List(list) | Ref::WrappedList(list) => self.list(out, list),
            Ref::Map(map) => self.map(out, map),
            Ref::Scalar(scalar) => scalar.encode_json(out),
        }
    }

    fn list(self, out: &mut Vec<u8>, list: &dyn List) {
        if list.is_nil() || (self.stored && list.is_empty()) {
            return out.extend_from_slice(b"null");
        }
        out.push(b'[');
        for index in 0..list.len() {
            if index != 0 {
                out.push(b',');
            }
            self.value(out, list.at(index).view());
        }
        out.push(b']');
    }

    fn map(self, out: &mut Vec<u8>, map: &dyn StringMap) {
        if map.is_nil() || (self.stored && map.is_empty()) {
            return out.extend_from_slice(b"null");
        }
        out.push(b'{');
        for index in 0..map.len() {
            if index != 0 {
                out.push(b',');
            }
            let (key, value) = map.at(index);
            put_string(out, key);
            out.push(b':');
            self.value(out, value.view());
        }
        out.push(b'}');
    }

    pub(super) fn message(self, out: &mut Vec<u8>, message: &dyn Message) {
        if message.info().shape != Shape::Struct {
            return self.union(out, message);
        }
        let mut typed = self.stored && !message.info().kind.is_empty();
        if typed {
            put_type(out, message.info());
        } else {
            out.push(b'{');
        }
        self.fields(out, message, &mut typed);
        out.push(b'}');
    }

    fn union(self, out: &mut Vec<u8>, message: &dyn Message) {
        let (first, second) = (message.field(0), message.field(1));
        let chosen = if second.is_empty() { first } else { second };
        self.value(out, chosen.view());
    }

    /// `comma`: whether a member stands before.
    pub(super) fn fields(self, out: &mut Vec<u8>, message: &dyn Message, comma: &mut bool) {
        for (index, field) in message.info().fields.iter().enumerate() {
            self.field(out, field, message.field(index), comma);
        }
    }

    pub(super) fn field(
        self,
        out: &mut Vec<u8>,
        field: &FieldInfo,
        value: &dyn Value,
        comma: &mut bool,
    ) {
        if field.flags.inline() {
            if let Ref::Message(inlined) = value.view() {
                self.fields(out, inlined, comma);
            }
            return;
        }
        if is_omitted(field, value) {
            return;
        }
        if std::mem::replace(comma, true) {
            out.push(b',');
        }
        // Field names have nothing to escape.
        out.push(b'"');
        out.extend_from_slice(field.json_name.as_bytes());
        out.extend_from_slice(b"\":");
        self.value(out, value.view());
    }
}

/// Whether JSON leaves the field out (`omitempty`, `omitzero`).
#[must_use]
pub fn is_omitted(field: &FieldInfo, value: &dyn Value) -> bool {
    if field.flags.omit_zero() && matches!(value.view(), Ref::Scalar(scalar) if scalar.is_zero()) {
        return true;
    }
    field.flags.omit_empty() && value.is_empty()
}

fn put_base64(out: &mut Vec<u8>, bytes: &[u8]) {
    let engine = base64::engine::general_purpose::STANDARD;
    let start = out.len() + 1;
    let len = bytes.len().div_ceil(3) * 4;
    out.push(b'"');
    out.resize(start + len, 0);
    engine
        .encode_slice(bytes, &mut out[start..])
        .expect("the buffer has the encoded length");
    out.push(b'"');
}
