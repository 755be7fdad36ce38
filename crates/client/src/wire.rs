//! The one place that knows the encoding between client and server: JSON, through `meta::codec`.

use crate::{Error, Metadata, WatchEvent, cache::Decode};
use bytes::Bytes;
use http::StatusCode;
use meta::{
    ApiError, Kind, ObjectMeta, Str,
    codec::{self, Projection, json::Reader},
};
use serde::Deserialize;
use serde_json::value::RawValue;

pub(crate) const JSON: &str = "application/json";

/// An object with its `apiVersion` and `kind`.
pub(crate) fn encode<K: Kind>(object: &K) -> Bytes {
    Bytes::from(codec::kind_to_json(object))
}

pub(crate) fn decode<D: Decode>(what: &str, bytes: &[u8]) -> Result<D, Error> {
    decode_parts(what, bytes, Projection::WHOLE)
}

fn decode_parts<D: Decode>(what: &str, bytes: &[u8], parts: Projection) -> Result<D, Error> {
    D::decode(bytes, parts).map_err(|message| Error::Decode {
        what: what.to_owned(),
        message,
    })
}

/// One page of a list.
#[derive(Debug)]
pub(crate) struct Page<D> {
    pub(crate) revision: Str,
    pub(crate) continue_: Str,
    pub(crate) remaining: Option<i64>,
    pub(crate) items: Vec<D>,
}

#[derive(Deserialize)]
struct RawList<'a> {
    #[serde(default)]
    metadata: RawListMeta,
    #[serde(default, borrow)]
    items: Option<Vec<&'a RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawListMeta {
    #[serde(default)]
    resource_version: String,
    #[serde(default, rename = "continue")]
    continue_: String,
    #[serde(default)]
    remaining_item_count: Option<i64>,
}

pub(crate) fn decode_list<D: Decode>(
    what: &str,
    bytes: &[u8],
    parts: Projection,
) -> Result<Page<D>, Error> {
    let raw: RawList<'_> =
        serde_json::from_slice(bytes).map_err(|error| malformed(what, &error))?;
    let items = raw.items.unwrap_or_default();
    Ok(Page {
        revision: Str::from(raw.metadata.resource_version),
        continue_: Str::from(raw.metadata.continue_),
        remaining: raw.metadata.remaining_item_count,
        items: items
            .into_iter()
            .map(|item| decode_parts(what, item.get().as_bytes(), parts))
            .collect::<Result<_, _>>()?,
    })
}

#[derive(Deserialize)]
struct RawEvent<'a> {
    #[serde(rename = "type")]
    type_: &'a str,
    #[serde(borrow)]
    object: &'a RawValue,
}

#[derive(Deserialize)]
struct RawBookmark {
    metadata: RawBookmarkMeta,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawBookmarkMeta {
    resource_version: String,
    #[serde(default)]
    annotations: std::collections::BTreeMap<String, String>,
}

/// One line of a watch.
pub(crate) fn decode_event<D: Decode>(
    what: &str,
    line: &[u8],
    parts: Projection,
) -> Result<WatchEvent<D>, Error> {
    if let Some(event) = usual_event(line, parts) {
        return Ok(event);
    }
    let raw: RawEvent<'_> =
        serde_json::from_slice(line).map_err(|error| malformed(what, &error))?;
    let object = raw.object.get().as_bytes();
    let decoded = || decode_parts(what, object, parts);
    Ok(match raw.type_ {
        "ADDED" => WatchEvent::Added(decoded()?),
        "MODIFIED" => WatchEvent::Modified(decoded()?),
        "DELETED" => WatchEvent::Deleted(decoded()?),
        "BOOKMARK" => decode_bookmark(what, object)?,
        "ERROR" => {
            return Err(Error::Api(decode_failure(
                StatusCode::INTERNAL_SERVER_ERROR,
                object,
            )));
        }
        other => {
            return Err(Error::Decode {
                what: what.to_owned(),
                message: format!("unknown watch event type {other:?}"),
            });
        }
    })
}

/// An event as servers write it, the type first and nothing after the object: read without looking for the object's end before. `None`
/// when it looks otherwise, or is wrong.
fn usual_event<D: Decode>(line: &[u8], parts: Projection) -> Option<WatchEvent<D>> {
    let line = line.trim_ascii_end().strip_suffix(b"}")?;
    let rest = line.strip_prefix(br#"{"type":""#)?;
    let (kind, rest) = rest.split_at(memchr::memchr(b'"', rest)?);
    let event = match kind {
        b"ADDED" => WatchEvent::Added,
        b"MODIFIED" => WatchEvent::Modified,
        b"DELETED" => WatchEvent::Deleted,
        _ => return None,
    };
    let object = rest.strip_prefix(br#"","object":"#)?;
    D::decode(object, parts).ok().map(event)
}

fn decode_bookmark<D>(what: &str, object: &[u8]) -> Result<WatchEvent<D>, Error> {
    let raw: RawBookmark =
        serde_json::from_slice(object).map_err(|error| malformed(what, &error))?;
    let initial_end = raw.metadata.annotations.get("k8s.io/initial-events-end");
    Ok(WatchEvent::Bookmark {
        revision: Str::from(raw.metadata.resource_version),
        initial_events_end: initial_end.is_some_and(|value| value == "true"),
    })
}

/// A refusal. What is no `Status` (a proxy's page, an empty body) keeps its code and first bytes.
pub(crate) fn decode_failure(code: StatusCode, body: &[u8]) -> ApiError {
    match codec::from_json::<meta::v1::Status>(body, codec::Strictness::Lenient) {
        Ok(codec::Decoded { object: status, .. })
            if status.code != 0 || !status.reason.is_empty() =>
        {
            ApiError::from_status(status)
        }
        _ => {
            let text = String::from_utf8_lossy(&body[..body.len().min(1024)]).into_owned();
            ApiError::from_status(meta::v1::Status {
                status: Str::const_new("Failure"),
                code: i32::from(code.as_u16()),
                message: Str::from(text),
                reason: Str::new(code.canonical_reason().unwrap_or_default().replace(' ', "")),
                ..meta::v1::Status::default()
            })
        }
    }
}

fn malformed(what: &str, error: &serde_json::Error) -> Error {
    Error::Decode {
        what: what.to_owned(),
        message: error.to_string(),
    }
}

impl<K: Kind> Decode for K {
    const ACCEPT: &'static str = JSON;
    const ACCEPT_LIST: &'static str = JSON;

    fn decode(bytes: &[u8], parts: Projection) -> Result<Self, String> {
        codec::from_json_parts(bytes, parts).map_err(|error| error.to_string())
    }

    fn object_meta(&self) -> &ObjectMeta {
        Kind::metadata(self)
    }
}

impl Decode for Metadata {
    const ACCEPT: &'static str =
        "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    const ACCEPT_LIST: &'static str =
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    fn decode(bytes: &[u8], parts: Projection) -> Result<Self, String> {
        decode_metadata(bytes, parts).map_err(|error| error.to_string())
    }

    fn object_meta(&self) -> &ObjectMeta {
        &self.metadata
    }
}

fn decode_metadata(bytes: &[u8], parts: Projection) -> Result<Metadata, codec::DecodeError> {
    let mut object = Metadata::default();
    let mut reader = Reader::new(bytes);
    let mut members = reader.begin_object()?;
    while let Some(key) = reader.next_raw_key(&mut members)? {
        if key.is("apiVersion") {
            object.api_version = reader.optional_string()?.unwrap_or_default().into();
        } else if key.is("kind") {
            object.kind = reader.optional_string()?.unwrap_or_default().into();
        } else if key.is("metadata") {
            object.metadata = codec::from_json_parts(reader.raw_value()?, parts)?;
        } else {
            reader.skip_value()?;
        }
    }
    reader.end()?;
    Ok(object)
}

#[cfg(test)]
mod tests;
