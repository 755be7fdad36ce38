//! Documents as protobuf: the messages of gnostic's `openapi.v2` and `openapi.v3`, which client-go asks for.
//!
//! One encoder is driven by tables of what the documents here use; a key that no table knows came from another server and is left out.

mod v2;
mod v3;
mod writer;

use serde_json::Value;

/// A document of version 2, as `openapi.v2.Document`.
#[must_use]
pub fn v2_to_protobuf(document: &Value) -> Vec<u8> {
    writer::message(&v2::DOCUMENT, document)
}

/// A document of version 3, as `openapi.v3.Document`.
#[must_use]
pub fn v3_to_protobuf(document: &Value) -> Vec<u8> {
    writer::message(&v3::DOCUMENT, document)
}

#[cfg(test)]
mod tests;
