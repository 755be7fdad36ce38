//! JSON, protobuf and YAML of API objects, driven by tables: no code per type but two `match`es.

mod body;
mod debug;
mod decode;
mod difference;
mod encode;
pub mod json;
mod message;
mod projection;
pub(crate) mod protobuf;
mod tree;
mod type_meta;
mod value;
pub mod wire;
pub mod yaml;

pub use self::{
    body::{Body, body_with_revision, decode_body, encode_body},
    debug::debug,
    decode::{
        DecodeError, Decoded, StrictError, Strictness, decode_into, from_json, from_json_parts,
    },
    difference::{difference, identical, same},
    encode::{append_json, is_omitted, kind_to_json, to_json, to_stored_json, value_to_json},
    message::{FieldInfo, Flags, Message, MessageInfo, Shape, field, key, keys, no_field},
    projection::{Part, Projection},
    protobuf::{
        PROTOBUF_MAGIC, Unknown, envelope, from_protobuf, from_protobuf_into, message_to_protobuf,
        to_protobuf,
    },
    tree::{to_value, value_to_tree},
    type_meta::{TypeMeta, peek_type_meta, peek_undeclared_type_meta},
    value::{List, Mut, Optional, Ref, Scalar, StringMap, Value},
    wire::ProtobufError,
};

use crate::Kind;
pub use crate::impl_value;

/// The inverse of [`to_value`]: strict errors are collected, not returned as failures.
///
/// # Errors
/// When a value has the wrong type for its field.
pub fn from_value<T: Message + Default>(
    value: &serde_json::Value,
) -> Result<Decoded<T>, DecodeError> {
    from_json(value.to_string().as_bytes(), Strictness::Strict)
}

/// The table of a kind.
#[must_use]
pub fn info_of<K: Kind>() -> &'static MessageInfo {
    K::default().info()
}
