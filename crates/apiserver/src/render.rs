//! Answers from stored objects: JSON by reference, other encodings and forms made for the request. What a webhook must convert has been
//! converted before ([`Endpoint::shown`]).
mod compress;
mod frames;
mod pretty;
mod single;
mod table;
mod yaml;

pub(crate) use self::{
    compress::compressed,
    frames::{Frames, failure},
    pretty::indent as pretty,
    single::{document, unlisted, view},
    yaml::yaml,
};

use crate::{
    body::{Body, Piece},
    cache::Entry,
    endpoint::Endpoint,
    negotiate::{Accepted, Form, Media},
    options::IncludeObject,
    status,
};
use bytes::Bytes;
use http::{Response, StatusCode};
use meta::{ApiError, KindObject, ListMeta, Reason, Str, Time, codec};
use resource::{Object, ResourceInfo, Shown};
use std::sync::Arc;

/// How one answer is to look.
#[derive(Clone, Copy)]
pub(crate) struct Renderer<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) accepted: Accepted,
    pub(crate) include: IncludeObject,
    pub(crate) now: Time,
}

/// `{"kind":"Pod","apiVersion":"v1",`: what stands before a document. Documents without a struct are sorted by key.
pub(crate) fn head(info: &ResourceInfo) -> Bytes {
    if info.dynamic {
        let (api_version, kind) = (&info.api_version, &info.kind);
        let text = format!("{{\"apiVersion\":\"{api_version}\",\"kind\":\"{kind}\",");
        return Bytes::from(text);
    }
    Bytes::from(format!(
        "{{\"kind\":\"{}\",\"apiVersion\":\"{}\",",
        info.kind, info.api_version
    ))
}

/// What of a [`Renderer`] does not depend on the endpoint.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) accepted: Accepted,
    pub(crate) include: IncludeObject,
    pub(crate) now: Time,
}

impl Renderer<'_> {
    pub(crate) fn look(&self) -> Look {
        Look {
            accepted: self.accepted,
            include: self.include,
            now: self.now,
        }
    }

    /// One stored object.
    pub(crate) fn entry(&self, code: StatusCode, entry: &Arc<Entry>) -> Response<Body> {
        if self.accepted.form == Form::PartialMetadataList {
            return self.no_list();
        }
        if self.accepted.form == Form::Object
            && self.accepted.media == Media::Json
            && !self.accepted.pretty
        {
            let Some(shown) = self.endpoint.in_version(entry) else {
                return status::error(&undecodable(&entry.key), self.accepted.media);
            };
            let pieces = vec![
                Piece::Bytes(head(self.info())),
                Piece::Object(shown),
                Piece::Static(b"\n"),
            ];
            return status::with_body(code, status::JSON, Body::pieces(pieces));
        }
        if let Some(json) = self.partial(entry) {
            return single::json(self.accepted, code, json);
        }
        match self.endpoint.decode(entry) {
            Some(object) => self.object(code, &object),
            None => status::error(&undecodable(&entry.key), self.accepted.media),
        }
    }

    /// One object that need not be stored: dry runs, deleted ones.
    pub(crate) fn object(&self, code: StatusCode, stored: &Object) -> Response<Body> {
        match self.accepted.form {
            Form::Table => single::one_row(&self.look(), code, self.endpoint, stored),
            Form::PartialMetadataList => self.no_list(),
            _ => {
                let info = self.info();
                let object = self.endpoint.served.shown(stored);
                if self.accepted.form == Form::Object {
                    let message = object.as_message();
                    return single::document(self.accepted, code, message, codec::to_stored_json);
                }
                single::unlisted(self.accepted, code, (&info.group, &info.kind), &object)
            }
        }
    }

    /// A list of stored objects.
    pub(crate) fn list(&self, entries: Vec<Arc<Entry>>, meta: &ListMeta) -> Response<Body> {
        if self.accepted.form == Form::PartialMetadata {
            let list = match self.info().dynamic {
                true => "*unstructured.UnstructuredList".to_owned(),
                false => format!("{}List", self.go_type()),
            };
            let words = format!(
                "you requested PartialObjectMetadata, but the requested object is a list ({list})"
            );
            return self.no_such_form(words);
        }
        if self.accepted.form == Form::Object
            && self.accepted.media == Media::Json
            && !self.accepted.pretty
        {
            let entries = self.in_version(entries);
            return status::with_body(
                StatusCode::OK,
                status::JSON,
                Body::pieces(list_pieces(self.info(), entries, meta)),
            );
        }
        if let Some(json) = self.partial_list(&entries, meta) {
            return single::json(self.accepted, StatusCode::OK, json);
        }
        let stored: Vec<Object> = entries
            .iter()
            .filter_map(|entry| self.endpoint.decode(entry))
            .collect();
        let objects: Vec<Shown<'_>> = stored
            .iter()
            .map(|object| self.endpoint.served.shown(object))
            .collect();
        match (self.accepted.form, self.accepted.media) {
            (Form::Table, _) => single::json(
                self.accepted,
                StatusCode::OK,
                table::table(&self.look(), self.endpoint, meta, &stored, true),
            ),
            (_, Media::Protobuf) => {
                let body = list_protobuf(self.info(), self.accepted, meta, &objects);
                status::with_body(
                    StatusCode::OK,
                    Media::Protobuf.content_type(),
                    Body::from(body),
                )
            }
            (Form::PartialMetadata | Form::PartialMetadataList, _) => single::json(
                self.accepted,
                StatusCode::OK,
                partial_list_json(self.accepted.meta_version, meta, &objects),
            ),
            (Form::Object, _) => {
                let frame = ListFrame::new(self.info(), meta);
                let mut json = frame.before.to_vec();
                for (index, entry) in self.in_version(entries).iter().enumerate() {
                    let lead = if index == 0 {
                        &frame.first
                    } else {
                        &frame.next
                    };
                    json.extend_from_slice(lead);
                    entry.write_document(&mut json);
                }
                json.extend_from_slice(frame.after.trim_ascii_end());
                single::json(self.accepted, StatusCode::OK, json)
            }
        }
    }

    fn no_list(&self) -> Response<Body> {
        if self.info().dynamic {
            // Upstream takes any object without a struct for a list, until it looks for the items.
            return status::unformed(&ApiError::new(Reason::Unknown, "content is not a list"));
        }
        single::no_list(&self.go_type())
    }

    fn no_such_form(&self, words: String) -> Response<Body> {
        status::unformed(&ApiError::new(Reason::NotAcceptable, words))
    }

    /// What upstream calls the type of the objects.
    fn go_type(&self) -> String {
        let info = self.info();
        single::go_type((&info.group, &info.kind))
    }

    fn info(&self) -> &ResourceInfo {
        self.endpoint.info()
    }

    /// Partial metadata in JSON, cut out of what is stored. `None` where something else is wanted, or in another version, whose metadata
    /// may differ.
    fn partial(&self, entry: &Entry) -> Option<Vec<u8>> {
        let partial = matches!(
            self.accepted.form,
            Form::PartialMetadata | Form::PartialMetadataList
        );
        // Documents without a struct are sorted by key, their metadata alone are not.
        if !partial
            || self.info().dynamic
            || self.accepted.media == Media::Protobuf
            || !self.endpoint.is_document(entry)
        {
            return None;
        }
        let mut out = partial_head(self.accepted.meta_version);
        entry.write_metadata(&mut out).then(|| {
            out.push(b'}');
            out
        })
    }

    fn partial_list(&self, entries: &[Arc<Entry>], meta: &ListMeta) -> Option<Vec<u8>> {
        if self.accepted.form != Form::PartialMetadataList {
            return None;
        }
        let version = self.accepted.meta_version;
        if entries.is_empty() {
            return Some(partial_list_json(version, meta, &[]));
        }
        let mut json = list_head("PartialObjectMetadataList", version, meta);
        for (index, entry) in entries.iter().enumerate() {
            if index > 0 {
                json.push(b',');
            }
            json.extend_from_slice(&self.partial(entry)?);
        }
        json.extend_from_slice(b"]}");
        Some(json)
    }

    fn in_version(&self, entries: Vec<Arc<Entry>>) -> Vec<Arc<Entry>> {
        if self.endpoint.served.is_stored() {
            return entries;
        }
        let converted = entries
            .iter()
            .filter_map(|entry| self.endpoint.in_version(entry));
        converted.collect()
    }
}

/// A stored object that cannot be read.
pub(crate) fn undecodable(key: &str) -> meta::ApiError {
    meta::ApiError::internal(format!("the stored object {key} cannot be decoded"))
}

fn list_pieces(info: &ResourceInfo, entries: Vec<Arc<Entry>>, meta: &ListMeta) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(entries.len() * 2 + 2);
    let frame = ListFrame::new(info, meta);
    pieces.push(Piece::Bytes(frame.before));
    for (index, entry) in entries.into_iter().enumerate() {
        let lead = if index == 0 {
            &frame.first
        } else {
            &frame.next
        };
        pieces.push(Piece::Bytes(lead.clone()));
        pieces.push(Piece::Object(entry));
    }
    pieces.push(Piece::Bytes(frame.after));
    pieces
}

/// What stands around the documents of a list. Those without a struct say what they are, and the list is sorted by key.
struct ListFrame {
    before: Bytes,
    first: Bytes,
    next: Bytes,
    after: Bytes,
}

impl ListFrame {
    fn new(info: &ResourceInfo, meta: &ListMeta) -> Self {
        if !info.dynamic {
            return Self {
                before: list_head(&info.list_kind, &info.api_version, meta).into(),
                first: Bytes::from_static(b"{"),
                next: Bytes::from_static(b",{"),
                after: Bytes::from_static(b"]}\n"),
            };
        }
        let first = head(info);
        let mut after = format!("],\"kind\":\"{}\",\"metadata\":", info.list_kind).into_bytes();
        let mut tree = codec::value_to_tree(meta);
        if let serde_json::Value::Object(members) = &mut tree {
            members.entry("continue").or_insert_with(|| "".into());
        }
        codec::json::put_tree(&mut after, &tree);
        after.extend_from_slice(b"}\n");
        let before = format!("{{\"apiVersion\":\"{}\",\"items\":[", info.api_version);
        Self {
            before: before.into(),
            next: [b",", &first[..]].concat().into(),
            first,
            after: after.into(),
        }
    }
}

fn list_head(kind: &str, api_version: &str, meta: &ListMeta) -> Vec<u8> {
    let mut out = list_meta_head(kind, api_version, meta);
    out.extend_from_slice(b",\"items\":[");
    out
}

fn list_meta_head(kind: &str, api_version: &str, meta: &ListMeta) -> Vec<u8> {
    let mut out = format!("{{\"kind\":\"{kind}\",\"apiVersion\":\"{api_version}\",\"metadata\":")
        .into_bytes();
    codec::value_to_json(&mut out, meta);
    out
}

/// `version` is that of the group `meta.k8s.io`.
fn partial_head(version: &str) -> Vec<u8> {
    format!("{{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"{version}\",\"metadata\":")
        .into_bytes()
}

fn partial_json(version: &str, object: &dyn PartialSource) -> Vec<u8> {
    let mut out = partial_head(version);
    codec::value_to_json(&mut out, object.meta());
    out.push(b'}');
    out
}

/// What has metadata.
trait PartialSource {
    fn meta(&self) -> &meta::ObjectMeta;
}
impl PartialSource for Object {
    fn meta(&self) -> &meta::ObjectMeta {
        let object: &dyn KindObject = &**self;
        object.metadata()
    }
}

fn partial_list_json(version: &str, meta: &ListMeta, objects: &[Shown<'_>]) -> Vec<u8> {
    if objects.is_empty() {
        let mut json = list_meta_head("PartialObjectMetadataList", version, meta);
        json.extend_from_slice(b",\"items\":null}");
        return json;
    }
    let mut json = list_head("PartialObjectMetadataList", version, meta);
    for (index, object) in objects.iter().enumerate() {
        if index > 0 {
            json.push(b',');
        }
        json.extend_from_slice(&partial_json(version, &**object));
    }
    json.extend_from_slice(b"]}");
    json
}

fn partial_protobuf(out: &mut Vec<u8>, object: &Object) {
    put_bytes(out, 1, &codec::message_to_protobuf(object.metadata()));
}

fn list_protobuf(
    info: &ResourceInfo,
    accepted: Accepted,
    meta: &ListMeta,
    objects: &[Shown<'_>],
) -> Vec<u8> {
    let partial = accepted.form == Form::PartialMetadataList;
    let (api_version, kind) = if partial {
        (accepted.meta_version, "PartialObjectMetadataList")
    } else {
        (&*info.api_version, &*info.list_kind)
    };
    codec::envelope(api_version, kind, |out| {
        put_bytes(out, 1, &codec::message_to_protobuf(meta));
        for object in objects {
            if partial {
                let mut item = Vec::new();
                partial_protobuf(&mut item, object);
                put_bytes(out, 2, &item);
            } else {
                put_bytes(out, 2, &codec::message_to_protobuf(object.as_message()));
            }
        }
    })
}

/// A length-delimited protobuf field.
pub(crate) fn put_bytes(out: &mut Vec<u8>, field: u8, bytes: &[u8]) {
    out.push(field << 3 | 2);
    let mut length = bytes.len();
    while length >= 0x80 {
        out.push(u8::try_from(length & 0x7F).expect("seven bits") | 0x80);
        length >>= 7;
    }
    out.push(u8::try_from(length).expect("seven bits"));
    out.extend_from_slice(bytes);
}

/// List metadata at a revision.
pub(crate) fn list_meta(revision: u64, continue_: String, remaining: Option<i64>) -> ListMeta {
    let resource_version = Str::from(itoa::Buffer::new().format(revision));
    ListMeta {
        resource_version,
        continue_: Str::from(continue_),
        remaining_item_count: remaining,
        ..ListMeta::default()
    }
}
