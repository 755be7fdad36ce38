//! Audit: who asked for what, and what came of it, as a policy chooses; `audit.k8s.io/v1` Events in a log, one a line, or for a webhook.
//!
//! The layer in `stack::audit` drives it; the verbs know nothing of it but [`resource::Annotations`].
mod batch;
mod event;
mod log;
mod policy;
mod truncate;
mod webhook;

pub use self::{
    batch::{Batch, Throttle},
    log::{LogFormat, LogMode, LogSettings},
    policy::{Policy, PolicyError},
    truncate::Truncation,
    webhook::{AuditWebhook, WebhookMode},
};

pub(crate) use self::{
    event::{Event, Outcome},
    policy::{Decision, Level, Stage},
};

use self::{log::Log, truncate::Truncating, webhook::Webhook};

use crate::{
    body::{Body, Segments},
    endpoint::Endpoint,
    metrics::Audits,
    negotiate::{self, Media},
    request_info::RequestInfo,
    shared::Api,
};
use bytes::Bytes;
use http::{HeaderMap, Response, header};
use meta::{
    ListMeta, ObjectMeta, Str,
    codec::{
        self,
        wire::{Fields, Wire},
    },
};
use parking_lot::Mutex;
use resource::{Annotations, Encoding, Object, User};
use serde_json::{Value, json};
use std::{
    io::Read,
    sync::{Arc, atomic::AtomicBool},
};

/// Answers that are told in events are read up to here when they come compressed (16 MiB).
const ANSWER_BYTES_MAX: u64 = 16 << 20;

/// More than a Status of success has: it names one object.
const SUCCESS_BYTES_MAX: u64 = 4096;

/// What is recorded, and where.
#[derive(Clone, Debug)]
pub struct Audit {
    pub policy: Policy,
    pub log: Option<LogSettings>,
    pub webhook: Option<AuditWebhook>,
    /// Of events in the log.
    pub log_truncation: Option<Truncation>,
    /// Of events for the webhook.
    pub webhook_truncation: Option<Truncation>,
}

/// A policy with the ways to where events go.
#[derive(Debug)]
pub(crate) struct Auditor {
    pub(crate) policy: Policy,
    log: Option<(Truncating, Log)>,
    webhook: Option<(Truncating, Webhook)>,
}

impl Auditor {
    pub(crate) fn start(
        audit: Audit,
        platform: &platform::Platform,
        counts: &Audits,
    ) -> std::io::Result<Self> {
        let truncating = |bound| Truncating::new(bound, counts.lost_by("truncate"));
        let log = audit.log.map(|settings| {
            let (lost, overflown) = (counts.lost_by("log"), counts.lost_by("buffered"));
            Log::start(settings, platform, lost, overflown)
        });
        let log = log.transpose()?;
        let webhook = audit.webhook;
        let webhook = webhook.map(|settings| Webhook::start(settings, platform, counts));
        Ok(Self {
            policy: audit.policy,
            log: log.map(|log| (truncating(audit.log_truncation), log)),
            webhook: webhook.map(|webhook| (truncating(audit.webhook_truncation), webhook)),
        })
    }

    /// Keeps an event, in JSON without kind and version. Says whether the request that it is of may go on.
    pub(crate) async fn record(&self, event: Vec<u8>) -> bool {
        let mut goes_on = true;
        if let Some((truncating, log)) = &self.log
            && let Some(event) = truncating.bounded(&event)
        {
            goes_on = log.write(&event).await;
        }
        if let Some((truncating, webhook)) = &self.webhook
            && let Some(event) = truncating.bounded(&event)
        {
            goes_on &= webhook.write(event.into_owned()).await;
        }
        goes_on
    }
}

/// Beside an answer whose connection goes on as something else: closed when that has ended.
#[derive(Clone, Debug)]
pub(crate) struct Upgraded(pub(crate) tokio::sync::watch::Receiver<()>);

/// Keys of annotations that hold patches of webhooks begin so. They are for events that hold the objects too.
pub(crate) const PATCH_ANNOTATIONS: &str = "patch.webhook.admission.k8s.io";

/// What the layers below leave for the event of a request.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) annotations: Arc<Annotations>,
    pub(crate) impersonated: Mutex<Option<(User, Option<String>)>>,
    pub(crate) sent: Mutex<Sent>,
    /// Whether the event holds what was sent.
    pub(crate) tells_objects: bool,
    /// Whether a patch was not looked at, for its options are wrong.
    pub(crate) is_unread: AtomicBool,
}

impl Record {
    /// Takes what was sent of a kind that is not stored, as it was understood.
    pub(crate) fn unstored(&self, (group, version, kind): (&str, &str, &str), object: &Object) {
        let document = || {
            let mut document = codec::to_value(object.as_message());
            let api_version = match group {
                "" => version.to_owned(),
                group => format!("{group}/{version}"),
            };
            document["kind"] = kind.into();
            document["apiVersion"] = api_version.into();
            document
        };
        *self.sent.lock() = Sent {
            names: Sent::names_of(object.metadata()),
            object: self.tells_objects.then(document),
        };
    }
}

impl Sent {
    /// What an event's reference takes from an object.
    pub(crate) fn names_of(metadata: &ObjectMeta) -> [Str; 4] {
        let names = [
            &metadata.namespace,
            &metadata.name,
            &metadata.uid,
            &metadata.resource_version,
        ];
        names.map(Clone::clone)
    }
}

/// What is known of the object that was sent, once it is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    /// Namespace, name, UID and resource version.
    pub(crate) names: [Str; 4],
    /// All of it, in the request's version, with defaults: where the event tells it.
    pub(crate) object: Option<Value>,
}

/// Options of a delete, as upstream tells them: of the type that it works on.
pub(crate) fn as_delete_options(document: &mut Value) {
    if let Value::Object(options) = document {
        options.insert("kind".to_owned(), "DeleteOptions".into());
        options.insert("apiVersion".to_owned(), "meta.k8s.io/__internal".into());
    }
}

/// The document of a body, a request's or an answer's; `None` where there is none that can be told: an empty body, or text.
pub(crate) fn document(
    api: &Api,
    info: &RequestInfo,
    headers: &HeaderMap,
    body: &Bytes,
) -> Option<Value> {
    if body.is_empty() {
        return None;
    }
    if headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| encoding == "gzip")
    {
        let mut plain = Vec::new();
        let mut inflated = flate2::read::GzDecoder::new(&body[..]).take(ANSWER_BYTES_MAX);
        inflated.read_to_end(&mut plain).ok()?;
        return read(api, info, headers, &plain);
    }
    read(api, info, headers, body)
}

fn read(api: &Api, info: &RequestInfo, headers: &HeaderMap, body: &[u8]) -> Option<Value> {
    match negotiate::request_media(headers) {
        Ok(Media::Protobuf) => {
            let endpoint = api.served(&info.group, &info.version, &info.resource)?;
            let kind = codec::Unknown::parse(body).ok()?;
            if kind.kind.ends_with("List") {
                return list(&endpoint, &kind);
            }
            object(&endpoint, body)
        }
        // Patches have types of their own: JSON, but for apply's.
        media
            if matches!(media, Ok(Media::Yaml))
                || negotiate::media_type(headers).ends_with("yaml") =>
        {
            let json = codec::yaml::to_json(std::str::from_utf8(body).ok()?)
                .ok()?
                .0;
            serde_json::from_slice(&json).ok()
        }
        _ => serde_json::from_slice(body).ok(),
    }
}

/// An object in protobuf.
fn object(endpoint: &Endpoint, document: &[u8]) -> Option<Value> {
    let strictness = codec::Strictness::Lenient;
    let decoded = endpoint
        .served
        .decode(document, Encoding::Protobuf, strictness);
    Some(codec::to_value(decoded.ok()?.object.as_message()))
}

/// A list in protobuf: its metadata, and items that do not say of which kind they are.
fn list(endpoint: &Endpoint, unknown: &codec::Unknown<'_>) -> Option<Value> {
    let kind = unknown.kind.strip_suffix("List")?;
    let (mut meta, mut items) = (ListMeta::default(), Vec::new());
    let mut fields = Fields::new("List", unknown.raw);
    while let Some((number, wire)) = fields.next_field().ok()? {
        match (number, wire) {
            (1, Wire::Bytes(bytes)) => codec::from_protobuf_into(&mut meta, bytes).ok()?,
            (2, Wire::Bytes(bytes)) => {
                let document = codec::envelope(&unknown.api_version, kind, |out| {
                    out.extend_from_slice(bytes);
                });
                let mut item = object(endpoint, &document)?;
                let members = item.as_object_mut()?;
                members.remove("kind");
                members.remove("apiVersion");
                items.push(item);
            }
            (_, wire) => fields.skip(wire).ok()?,
        }
    }
    Some(json!({
        "kind": unknown.kind.as_str(),
        "apiVersion": unknown.api_version.as_str(),
        "metadata": codec::to_value(&meta),
        "items": items,
    }))
}

/// Leaves the managed fields of an object, or of a list's items, out.
pub(crate) fn without_managed_fields(document: &mut Value) {
    let drop_from = |object: &mut Value| {
        if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
            metadata.remove("managedFields");
        }
    };
    drop_from(document);
    if let Some(items) = document.get_mut("items").and_then(Value::as_array_mut) {
        items.iter_mut().for_each(drop_from);
    }
    let rows = document.get_mut("rows").and_then(Value::as_array_mut);
    for row in rows.into_iter().flatten() {
        row.get_mut("object").map(drop_from);
    }
}

/// Whether events tell an answer: an object of the API, such as discovery's, not a page about the program or OpenAPI.
pub(crate) fn is_told(info: &RequestInfo, answer: &Value) -> bool {
    info.is_resource || answer["kind"].is_string()
}

/// The code, and what a Status in the body adds to it.
pub(crate) fn response_status(code: u16, body: Option<&Value>) -> Value {
    let mut status = json!({"metadata": {}, "code": code});
    let told = body.filter(|body| body["kind"] == "Status" && body["apiVersion"] == "v1");
    for key in ["status", "message", "reason", "details"] {
        if let Some(value) = told.and_then(|told| told.get(key)) {
            status[key] = value.clone();
        }
    }
    status
}

/// Whether the body may be a Status, which the event of any level tells: that of a failure, or a small one of a success.
pub(crate) fn may_be_status(response: &Response<Body>) -> bool {
    let small = |length| length <= SUCCESS_BYTES_MAX;
    response.status().as_u16() >= 400 || response.body().exact_len().is_some_and(small)
}

/// Takes the bytes of a whole answer out and puts them back; `None` where it streams.
pub(crate) fn whole(response: Response<Body>) -> (Response<Body>, Option<Bytes>) {
    let (parts, body) = response.into_parts();
    match body.into_pieces() {
        Ok(pieces) => {
            let mut segments = Segments::default();
            pieces.into_iter().for_each(|piece| segments.push(piece));
            let bytes = segments.into_bytes();
            (
                Response::from_parts(parts, Body::from(bytes.clone())),
                Some(bytes),
            )
        }
        Err(streaming) => (Response::from_parts(parts, streaming), None),
    }
}
