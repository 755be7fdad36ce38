//! Opaque bytes: base64 strings, raw JSON, and named string lists.

use crate::{
    Slice, Str,
    codec::{
        DecodeError, List, Mut, PROTOBUF_MAGIC, ProtobufError, Ref, Scalar, Value, json, wire,
    },
};
use std::ops::{Deref, DerefMut};

/// Go's `[]byte`: base64 in JSON, bytes in protobuf. Secret data is not printed.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteString(pub Vec<u8>);

impl Deref for ByteString {
    type Target = Vec<u8>;
    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}
impl DerefMut for ByteString {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}
impl From<Vec<u8>> for ByteString {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}
impl From<&[u8]> for ByteString {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}
impl From<&str> for ByteString {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}
impl std::fmt::Debug for ByteString {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "({} bytes)", self.0.len())
    }
}

/// JSON of any shape, kept byte for byte (compacted): `RawExtension`, `FieldsV1`, `JSON`. Empty is Go's nil: `null`.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct RawJson(Box<[u8]>);

impl RawJson {
    /// Takes text that the caller knows to be JSON.
    #[must_use]
    pub fn from_json(json: Vec<u8>) -> Self {
        Self(json.into_boxed_slice())
    }
    /// The text of `value`.
    #[must_use]
    pub fn from_value(value: &serde_json::Value) -> Self {
        Self::from_json(value.to_string().into_bytes())
    }
    /// The JSON text; empty when nil.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
    /// Whether it is nil.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.0.is_empty()
    }
    /// The parsed tree; nil is `null`.
    #[must_use]
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::from_slice(&self.0).unwrap_or_default()
    }
}

impl std::fmt::Debug for RawJson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

impl Value for RawJson {
    fn view(&self) -> Ref<'_> {
        Ref::Scalar(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Scalar(self)
    }
}

impl Scalar for RawJson {
    fn is_zero(&self) -> bool {
        self.is_nil()
    }
    fn encode_json(&self, out: &mut Vec<u8>) {
        if self.is_nil() || self.0.starts_with(PROTOBUF_MAGIC) {
            out.extend_from_slice(b"null");
        } else {
            json::compact(&self.0, out);
        }
    }
    fn decode_json(&mut self, reader: &mut json::Reader<'_>) -> Result<(), DecodeError> {
        let text = reader.raw_value()?;
        if text == b"null" {
            self.0 = Box::default();
            return Ok(());
        }
        self.0 = compacted(text);
        Ok(())
    }
    fn encode_protobuf(&self, out: &mut Vec<u8>) {
        if !self.is_nil() {
            wire::put_bytes_field(out, 1, &self.0);
        }
    }
    fn decode_protobuf(&mut self, body: &[u8]) -> Result<(), ProtobufError> {
        self.0 = Box::default();
        let mut fields = wire::Fields::new("RawExtension", body);
        while let Some((number, wire)) = fields.next_field()? {
            match (number, wire) {
                // An object in protobuf, as in the frames of a watch, is kept as it is.
                (1, wire::Wire::Bytes(bytes)) if bytes.starts_with(PROTOBUF_MAGIC) => {
                    self.0 = bytes.into();
                }
                (1, wire::Wire::Bytes(bytes)) => self.0 = compacted(bytes),
                (_, wire) => fields.skip(wire)?,
            }
        }
        Ok(())
    }
}

/// One form, however it was spelled, which is that in which it is stored: what must not change is compared with that. What is not UTF-8
/// becomes U+FFFD, so that everything we write is.
fn compacted(text: &[u8]) -> Box<[u8]> {
    let mut compact = Vec::with_capacity(text.len());
    json::compact(text, &mut compact);
    let text = String::from_utf8(compact)
        .unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned());
    text.into_bytes().into()
}

/// A named `[]string` (`ExtraValue`, `Verbs`): a list in JSON, a message with `items` in protobuf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StringList(pub Slice<Str>);

impl Deref for StringList {
    type Target = Slice<Str>;
    fn deref(&self) -> &Slice<Str> {
        &self.0
    }
}
impl DerefMut for StringList {
    fn deref_mut(&mut self) -> &mut Slice<Str> {
        &mut self.0
    }
}
impl<S: Into<Str>> FromIterator<S> for StringList {
    fn from_iter<I: IntoIterator<Item = S>>(iter: I) -> Self {
        Self(iter.into_iter().map(Into::into).collect())
    }
}
impl Value for StringList {
    fn view(&self) -> Ref<'_> {
        Ref::WrappedList(&self.0 as &dyn List)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::WrappedList(&mut self.0)
    }
}
