//! Frames of watches. For JSON and protobuf of whole objects one frame serves all watchers of an event.
use super::{Renderer, head, partial_json, put_bytes, table};
use crate::{
    body::{Piece, Segments},
    cache::{Change, Entry, FrameKind, WatchEvent},
    negotiate::{Form, Media},
    options::IncludeObject,
};
use bytes::Bytes;
use meta::{ApiError, ListMeta, codec};
use resource::{Object, ResourceInfo};
use std::{cell::Cell, sync::Arc};

/// Makes the frames of one watch.
pub(crate) struct Frames<'a> {
    pub(crate) renderer: Renderer<'a>,
    /// Whether the next table says what its columns are: the first of a watch does.
    pub(crate) heads: &'a Cell<bool>,
}

impl Frames<'_> {
    /// Appends the frame of an event.
    pub(crate) fn event(&self, out: &mut Segments, change: Change, event: &WatchEvent) {
        let frame = match (self.renderer.accepted.form, self.renderer.accepted.media) {
            (Form::Object, media) => {
                let kind = FrameKind {
                    api_version: self.info().api_version.clone(),
                    media,
                    change,
                };
                event.frame(kind, |entry| self.whole(media, change, entry))
            }
            _ => self.formed(change, event.shown(change)),
        };
        out.push(Piece::Bytes(frame));
    }

    /// Appends an object that existed when the watch began, as ADDED. JSON is not copied.
    pub(crate) fn initial(&self, out: &mut Segments, entry: &Arc<Entry>) {
        match (self.renderer.accepted.form, self.renderer.accepted.media) {
            (Form::Object, Media::Protobuf) => {
                out.push(Piece::Bytes(self.protobuf(Change::Added, entry)))
            }
            (Form::Object, _) => {
                let Some(entry) = self.renderer.endpoint.in_version(entry) else {
                    return;
                };
                out.push(Piece::Static(b"{\"type\":\"ADDED\",\"object\":"));
                out.push(Piece::Bytes(head(self.info())));
                out.push(Piece::Object(entry));
                out.push(Piece::Static(b"}\n"));
            }
            _ => out.push(Piece::Bytes(self.formed(Change::Added, entry))),
        }
    }

    fn info(&self) -> &ResourceInfo {
        self.renderer.endpoint.info()
    }

    fn whole(&self, media: Media, change: Change, entry: &Arc<Entry>) -> Bytes {
        match media {
            Media::Protobuf => self.protobuf(change, entry),
            Media::Json | Media::Yaml => self.json(change, entry),
        }
    }

    fn json(&self, change: Change, entry: &Arc<Entry>) -> Bytes {
        let Some(entry) = self.renderer.endpoint.in_version(entry) else {
            return Bytes::new();
        };
        let mut out = Vec::with_capacity(entry.size_bytes() + 128);
        out.extend_from_slice(b"{\"type\":\"");
        out.extend_from_slice(change.as_str().as_bytes());
        out.extend_from_slice(b"\",\"object\":");
        out.extend_from_slice(&head(self.info()));
        entry.write_document(&mut out);
        out.extend_from_slice(b"}\n");
        Bytes::from(out)
    }

    fn protobuf(&self, change: Change, entry: &Entry) -> Bytes {
        let endpoint = self.renderer.endpoint;
        let object = endpoint.decode(entry);
        let raw = object.map_or_else(Vec::new, |object| {
            codec::to_protobuf(endpoint.served.shown(&object).as_message())
        });
        delimited(change.as_str(), &raw)
    }

    /// Tables and partial metadata, made for one watcher.
    fn formed(&self, change: Change, entry: &Entry) -> Bytes {
        let endpoint = self.renderer.endpoint;
        if let Some(body) = self.renderer.partial(entry) {
            return wrapped(change.as_str(), &body);
        }
        let Some(stored) = endpoint.decode(entry) else {
            return Bytes::new();
        };
        self.formed_of(change.as_str(), &stored)
    }

    fn formed_of(&self, type_: &str, stored: &Object) -> Bytes {
        let object = &*self.renderer.endpoint.served.shown(stored);
        let version = self.renderer.accepted.meta_version;
        let body = match (self.renderer.accepted.form, self.renderer.accepted.media) {
            (Form::Table, _) => {
                let meta = ListMeta {
                    resource_version: object.metadata().resource_version.clone(),
                    ..ListMeta::default()
                };
                let objects = std::slice::from_ref(stored);
                table::table(
                    &self.renderer.look(),
                    self.renderer.endpoint,
                    &meta,
                    objects,
                    self.heads.take(),
                )
            }
            (Form::Object, Media::Protobuf) => {
                return delimited(type_, &codec::to_protobuf(object.as_message()));
            }
            (Form::Object, _) => codec::to_json(object.as_message()),
            (_, Media::Protobuf) => {
                let raw = codec::envelope(version, "PartialObjectMetadata", |out| {
                    super::partial_protobuf(out, object)
                });
                return delimited(type_, &raw);
            }
            _ => partial_json(version, object),
        };
        wrapped(type_, &body)
    }

    /// A BOOKMARK: the zero object with a resource version, in the form of the others.
    pub(crate) fn bookmark(&self, revision: u64, initial_events_end: bool) -> Bytes {
        let mut object: Object = self.renderer.endpoint.served.blank();
        let metadata = object.metadata_mut();
        metadata.resource_version = meta::Str::from(itoa::Buffer::new().format(revision));
        let mut renderer = self.renderer;
        if initial_events_end {
            let key = "k8s.io/initial-events-end";
            metadata.annotations.insert(key, "true".into());
            // The mark is in the metadata: these are there even where no objects are wanted.
            if renderer.include == IncludeObject::None {
                renderer.include = IncludeObject::Metadata;
            }
        }
        let frames = Frames {
            renderer,
            heads: self.heads,
        };
        frames.formed_of("BOOKMARK", &object)
    }
}

/// An ERROR with a Status.
pub(crate) fn failure(media: Media, error: &ApiError) -> Bytes {
    let status = error.to_status();
    match media {
        Media::Protobuf => delimited("ERROR", &codec::to_protobuf(&status)),
        _ => wrapped("ERROR", &codec::to_json(&status)),
    }
}

fn wrapped(type_: &str, body: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(body.len() + 40);
    out.extend_from_slice(b"{\"type\":\"");
    out.extend_from_slice(type_.as_bytes());
    out.extend_from_slice(b"\",\"object\":");
    out.extend_from_slice(body);
    out.extend_from_slice(b"}\n");
    Bytes::from(out)
}

/// `meta/v1` WatchEvent {type = 1, object = 2 {raw = 1}}, after its length in four big-endian bytes.
fn delimited(type_: &str, document: &[u8]) -> Bytes {
    let mut extension = Vec::with_capacity(document.len() + 8);
    put_bytes(&mut extension, 1, document);
    let mut event = Vec::with_capacity(extension.len() + 24);
    put_bytes(&mut event, 1, type_.as_bytes());
    put_bytes(&mut event, 2, &extension);
    let mut out = Vec::with_capacity(event.len() + 4);
    out.extend_from_slice(&u32::try_from(event.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(&event);
    Bytes::from(out)
}
