//! The table of targets. Each takes any bytes and panics where a promise does not hold.

mod apply;
mod certificates;
mod dns_query;
mod expr;
mod fields_v1;
mod image_documents;
mod image_layer;
mod json_decode;
mod json_patch;
mod protobuf_decode;
mod proxied_page;
mod quantity;
mod requests;
mod selectors;
mod store_record;
mod strategic_merge;
mod stream_frames;
mod structural;
mod tokens;
mod yaml;

/// One decoder under test.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Also the folder of its seeds.
    pub name: &'static str,
    /// Panics where the decoder breaks a promise.
    pub run: fn(&[u8]),
}

/// In alphabetical order.
pub const TARGETS: &[Target] = &[
    target("apply", apply::run),
    target("certificates", certificates::run),
    target("dns_query", dns_query::run),
    target("expr", expr::run),
    target("fields_v1", fields_v1::run),
    target("image_documents", image_documents::run),
    target("image_layer", image_layer::run),
    target("json_decode", json_decode::run),
    target("json_patch", json_patch::run),
    target("protobuf_decode", protobuf_decode::run),
    target("proxied_page", proxied_page::run),
    target("quantity", quantity::run),
    target("requests", requests::run),
    target("selectors", selectors::run),
    target("store_record", store_record::run),
    target("strategic_merge", strategic_merge::run),
    target("stream_frames", stream_frames::run),
    target("structural", structural::run),
    target("tokens", tokens::run),
    target("yaml", yaml::run),
];

const fn target(name: &'static str, run: fn(&[u8])) -> Target {
    Target { name, run }
}

/// The target of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// A first line and the rest, both JSON: a document and what is done to it.
fn document_and_patch(input: &[u8]) -> Option<(serde_json::Value, &[u8])> {
    let at = input.iter().position(|byte| *byte == b'\n')?;
    let document = serde_json::from_slice(&input[..at]).ok()?;
    Some((document, &input[at + 1..]))
}
