//! Bodies for encode-once: a kind's JSON without type and resource version, shared by all who read that revision.

use super::{
    decode::{DecodeError, Decoded, Strictness, from_json},
    encode::{CAPACITY_BYTES, Encoder, is_omitted},
    message::Message,
    value::Ref,
};
use crate::{Kind, KindObject, dynamic::dynamic};

/// Where a member `"resourceVersion":"…",` belongs in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// `{"metadata":{…},…}` without `kind`, `apiVersion` and `metadata.resourceVersion`.
    pub json: Vec<u8>,
    /// Offset in `json` at which `"resourceVersion":"N",` is to be inserted, comma included.
    pub resource_version_at: u32,
}

/// The body of `object`. Empty lists become nil, as they do in upstream's store. The object must have a creation
/// time or labels or anything else that follows `resourceVersion` in the order of fields, as every stored object has.
///
/// # Panics
/// When the body would be larger than 4 GiB.
#[must_use]
pub fn encode_body(object: &dyn KindObject) -> Body {
    let message = object.as_message();
    if let Some(dynamic) = dynamic(message) {
        return dynamic.body();
    }
    let encoder = Encoder { stored: true };
    let mut json = Vec::with_capacity(CAPACITY_BYTES);
    let mut at = 0;
    let mut comma = false;
    json.push(b'{');
    for (index, field) in message.info().fields.iter().enumerate() {
        let value = message.field(index);
        match value.view() {
            Ref::Message(metadata) if field.json_name == "metadata" => {
                json.extend_from_slice(if comma {
                    b",\"metadata\":{"
                } else {
                    b"\"metadata\":{"
                });
                at = encode_metadata(encoder, &mut json, metadata);
                json.push(b'}');
                comma = true;
            }
            _ => encoder.field(&mut json, field, value, &mut comma),
        }
    }
    json.push(b'}');
    Body {
        json,
        resource_version_at: u32::try_from(at).expect("a body is far below 4 GiB"),
    }
}

fn encode_metadata(encoder: Encoder, json: &mut Vec<u8>, metadata: &dyn Message) -> usize {
    let start = json.len();
    let mut at = None;
    let mut comma = false;
    for (index, field) in metadata.info().fields.iter().enumerate() {
        let value = metadata.field(index);
        if field.json_name == "resourceVersion" {
            at = Some(json.len() + usize::from(comma));
        } else if !is_omitted(field, value) {
            encoder.field(json, field, value, &mut comma);
        }
    }
    // Without a follower the comma would be left over; at the front it never is.
    at.filter(|at| *at < json.len()).unwrap_or(start)
}

/// The document of a body at `revision`: type and resource version put in.
#[must_use]
pub fn body_with_revision(
    api_version: &str,
    kind: &str,
    json: &[u8],
    at: u32,
    revision: u64,
) -> Vec<u8> {
    let (before, after) = json.split_at(at as usize);
    let mut out = Vec::with_capacity(json.len() + 128);
    out.extend_from_slice(
        format!("{{\"kind\":\"{kind}\",\"apiVersion\":\"{api_version}\",").as_bytes(),
    );
    out.extend_from_slice(before.get(1..).unwrap_or_default());
    out.extend_from_slice(format!("\"resourceVersion\":\"{revision}\",").as_bytes());
    out.extend_from_slice(after);
    out
}

/// The object of a body at `revision`.
///
/// # Errors
/// When the bytes are not a body of this kind.
pub fn decode_body<K: Kind>(json: &[u8], revision: u64) -> Result<K, DecodeError> {
    let Decoded { mut object, .. } = from_json::<K>(json, Strictness::Lenient)?;
    object.metadata_mut().resource_version = crate::Str::from(itoa::Buffer::new().format(revision));
    Ok(object)
}
