//! A server that answers list and watch requests as a script says, one line per request.
//!
//! `list REVISION [next=TOKEN] OBJECT…`; `watch EVENT… (end|break|hang)`; `watch CODE` refuses.
//! An object is `namespace/name@revision`, with `#uid` when it is not the usual one.

use crate::{Body, BoxFuture, Client, Transport, TransportError};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, StreamBody};
use parking_lot::Mutex;
use platform::Platform;
use serde_json::{Value, json};
use std::{collections::VecDeque, sync::Arc};
use tokio::sync::Notify;

#[derive(Debug)]
pub(super) struct Script {
    lines: Mutex<VecDeque<String>>,
    requests: Mutex<Vec<String>>,
    played: Notify,
}

impl Script {
    pub(super) fn new(_: &Platform, lines: &[&str]) -> Self {
        Self {
            lines: Mutex::new(lines.iter().map(ToString::to_string).collect()),
            requests: Mutex::default(),
            played: Notify::new(),
        }
    }

    pub(super) fn client(self: &Arc<Self>, platform: &Platform) -> Client {
        Client::new(
            Arc::clone(self) as Arc<dyn Transport>,
            platform.clone(),
            "test",
        )
    }

    /// The last line has been asked for.
    pub(super) async fn played(&self) {
        self.played.notified().await;
    }

    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().clone()
    }

    fn note(&self, request: &Request<Bytes>) {
        let path = request.uri().to_string().replace("/api/v1/", "");
        let parameters = path
            .split('&')
            .map(|parameter| match parameter.split_once('=') {
                Some(("timeoutSeconds", _)) => "timeoutSeconds=T".to_owned(),
                _ => parameter.to_owned(),
            });
        let path = parameters.collect::<Vec<_>>().join("&");
        self.requests
            .lock()
            .push(format!("{} {path}", request.method()));
    }
}

impl Transport for Script {
    fn call(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.note(&request);
        let (line, is_last) = {
            let mut lines = self.lines.lock();
            let line = lines.pop_front();
            (line, lines.is_empty())
        };
        if is_last {
            self.played.notify_one();
        }
        let line = line.unwrap_or_else(|| "watch hang".to_owned());
        Box::pin(async move { Ok(answer(&line)) })
    }
}

fn answer(line: &str) -> Response<Body> {
    let (verb, rest) = line.split_once(' ').expect("a verb and what it answers");
    let words: Vec<_> = rest.split(' ').collect();
    match (verb, words[0].parse::<u16>()) {
        ("watch", Ok(code)) => Response::builder()
            .status(code)
            .body(bytes(&status(code)))
            .unwrap(),
        ("watch", Err(_)) => Response::new(watch(&words)),
        _ => Response::new(bytes(&list(&words))),
    }
}

fn list(words: &[&str]) -> Value {
    let token = words
        .iter()
        .find_map(|word| word.strip_prefix("next="))
        .unwrap_or_default();
    let objects = words[1..].iter().filter(|word| !word.starts_with("next="));
    let items: Vec<_> = objects.map(|word| object(word)).collect();
    json!({"metadata": {"resourceVersion": words[0], "continue": token}, "items": items})
}

fn watch(words: &[&str]) -> Body {
    let mut frames: Vec<Result<_, TransportError>> = Vec::new();
    for word in words {
        if let Some((type_, what)) = word.split_once(':') {
            let line = format!(
                "{}\n",
                json!({"type": type_, "object": event_object(type_, what)})
            );
            // Cut in the middle, as a network does.
            let (head, tail) = line.split_at(line.len() / 2);
            frames.push(Ok(http_body::Frame::data(Bytes::from(head.to_owned()))));
            frames.push(Ok(http_body::Frame::data(Bytes::from(tail.to_owned()))));
        }
    }
    let last = *words.last().expect("a watch says how it ends");
    if last == "break" {
        frames.push(Err(TransportError::Receive("the connection broke".into())));
    }
    let events = futures::stream::iter(frames);
    if last == "hang" {
        let forever = futures::StreamExt::chain(events, futures::stream::pending());
        return BodyExt::boxed_unsync(StreamBody::new(forever));
    }
    BodyExt::boxed_unsync(StreamBody::new(events))
}

fn event_object(type_: &str, what: &str) -> Value {
    match type_ {
        "ERROR" => status(what.parse().unwrap()),
        "BOOKMARK" => {
            let revision = what.trim_start_matches('@').trim_end_matches('!');
            let annotations = match what.ends_with('!') {
                true => json!({"k8s.io/initial-events-end": "true"}),
                false => json!({}),
            };
            json!({"metadata": {"resourceVersion": revision, "annotations": annotations}})
        }
        _ => object(what),
    }
}

fn object(word: &str) -> Value {
    let (key, revision) = word.split_once('@').expect("namespace/name@revision");
    let (namespace, name) = key.split_once('/').expect("namespace/name");
    let (revision, uid) = revision.split_once('#').unwrap_or((revision, "uid"));
    json!({"metadata": {
        "namespace": namespace, "name": name, "resourceVersion": revision, "uid": format!("{uid}-{name}"),
        "ownerReferences": [{"apiVersion": "v1", "kind": "Any", "name": namespace, "controller": true,
            "uid": format!("owner-{namespace}")}],
    }})
}

fn status(code: u16) -> Value {
    let reason = if code == 410 { "Expired" } else { "Invalid" };
    json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code, "reason": reason})
}

fn bytes(value: &Value) -> Body {
    crate::transport::full(Bytes::from(value.to_string()))
}
