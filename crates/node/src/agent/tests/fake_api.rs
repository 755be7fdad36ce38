//! An API server in a map: create, get, list, watch, patch and delete of anything, without rules.

use bytes::Bytes;
use client::transport::{Body, full};
use client::{BoxFuture, Transport, TransportError};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::watch;

/// plural, namespace, name.
pub(super) type Key = (String, String, String);

#[derive(Debug, Default)]
struct State {
    objects: BTreeMap<Key, Value>,
    /// Every change, oldest first; its index is its revision minus one.
    log: Vec<(&'static str, Key, Value)>,
}

#[derive(Clone, Debug)]
pub(super) struct FakeApi {
    state: Arc<Mutex<State>>,
    revision: watch::Sender<usize>,
}

/// Where a request goes.
struct Place {
    plural: String,
    namespace: String,
    name: String,
    subresource: String,
    query: String,
}

impl Place {
    fn of(uri: &http::Uri) -> Self {
        let mut parts: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
        parts.drain(..if parts[0] == "api" { 2 } else { 3 });
        let namespaced = parts[0] == "namespaces" && parts.len() > 2;
        let namespace = if namespaced {
            parts.drain(..2).nth(1).unwrap()
        } else {
            ""
        };
        let part = |at: usize| parts.get(at).copied().unwrap_or_default().to_owned();
        Self {
            plural: part(0),
            namespace: namespace.to_owned(),
            name: part(1),
            subresource: part(2),
            query: uri.query().unwrap_or_default().to_owned(),
        }
    }

    fn key(&self) -> Key {
        (
            self.plural.clone(),
            self.namespace.clone(),
            self.name.clone(),
        )
    }

    fn selects(&self, key: &Key) -> bool {
        let named = self
            .query
            .split('&')
            .find_map(|pair| pair.strip_prefix("fieldSelector=metadata.name%3D"));
        key.0 == self.plural
            && (self.namespace.is_empty() || key.1 == self.namespace)
            && named.is_none_or(|name| name == key.2)
    }
}

fn merge(target: &mut Value, patch: &Value) {
    match (target, patch) {
        (Value::Object(target), Value::Object(patch)) => {
            for (name, value) in patch {
                if value.is_null() {
                    target.remove(name);
                } else {
                    merge(target.entry(name.clone()).or_insert(Value::Null), value);
                }
            }
        }
        (target, Value::Array(items)) => {
            let items = items
                .iter()
                .filter(|item| item.get("$patch").is_none())
                .cloned();
            *target = Value::Array(items.collect());
        }
        (target, patch) => *target = patch.clone(),
    }
}

impl FakeApi {
    pub(super) fn new() -> Self {
        Self {
            state: Arc::default(),
            revision: watch::Sender::new(0),
        }
    }

    /// Writes `object` as it is.
    pub(super) fn put(&self, key: Key, mut object: Value) -> Value {
        let mut state = self.state.lock();
        let kind = if state.objects.contains_key(&key) {
            "MODIFIED"
        } else {
            "ADDED"
        };
        let revision = state.log.len() + 1;
        object["metadata"]["resourceVersion"] = revision.to_string().into();
        if object["metadata"]["uid"].is_null() {
            object["metadata"]["uid"] = format!("uid-{revision}").into();
        }
        state.objects.insert(key.clone(), object.clone());
        state.log.push((kind, key, object.clone()));
        self.revision.send_replace(revision);
        object
    }

    fn remove(&self, key: &Key) {
        let mut state = self.state.lock();
        if let Some(object) = state.objects.remove(key) {
            state.log.push(("DELETED", key.clone(), object));
            self.revision.send_replace(state.log.len());
        }
    }

    pub(super) fn get(&self, key: &Key) -> Option<Value> {
        self.state.lock().objects.get(key).cloned()
    }

    /// Messages of all events so far.
    pub(super) fn event_messages(&self) -> Vec<String> {
        let state = self.state.lock();
        let events = state.objects.iter().filter(|(key, _)| key.0 == "events");
        events
            .map(|(_, event)| event["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Waits until `test` holds for the object, or until there is none if it takes `None`.
    pub(super) async fn wait(
        &self,
        key: &Key,
        test: impl Fn(Option<&Value>) -> bool,
    ) -> Option<Value> {
        let mut revision = self.revision.subscribe();
        let holds = async {
            loop {
                let object = self.get(key);
                if test(object.as_ref()) {
                    return object;
                }
                revision.changed().await.unwrap();
            }
        };
        let clock = platform::Clock::real();
        match clock
            .timeout(std::time::Duration::from_secs(10), holds)
            .await
        {
            Ok(object) => object,
            Err(_) => panic!("{key:?} stays {:#}", self.get(key).unwrap_or_default()),
        }
    }

    /// As a user deletes: graceful for pods.
    pub(super) fn delete_gracefully(&self, key: &Key, seconds: i64) {
        let mut object = self.get(key).unwrap();
        object["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
        object["metadata"]["deletionGracePeriodSeconds"] = seconds.into();
        self.put(key.clone(), object);
    }

    fn answer(&self, request: &Request<Bytes>) -> Response<Body> {
        let place = Place::of(request.uri());
        let key = place.key();
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        match *request.method() {
            Method::GET if place.query.contains("watch=true") => self.watch(place),
            Method::GET if place.name.is_empty() => ok(&self.list(&place)),
            Method::GET => self
                .get(&key)
                .map_or_else(|| failure(404, "NotFound"), |object| ok(&object)),
            Method::POST if place.subresource == "token" => {
                let mut token = body;
                token["status"] =
                    json!({"token": "secret-token", "expirationTimestamp": "2099-01-01T00:00:00Z"});
                ok(&token)
            }
            Method::POST => {
                let name = body["metadata"]["name"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
                let key = (key.0, key.1, name);
                if self.get(&key).is_some() {
                    failure(409, "AlreadyExists")
                } else {
                    ok(&self.put(key, body))
                }
            }
            Method::PUT => ok(&self.put(key, body)),
            Method::PATCH => match self.get(&key) {
                None => failure(404, "NotFound"),
                Some(mut object) => {
                    merge(&mut object, &body);
                    ok(&self.put(key, object))
                }
            },
            _ => {
                self.remove(&key);
                ok(&json!({"kind": "Status", "apiVersion": "v1", "status": "Success"}))
            }
        }
    }

    fn list(&self, place: &Place) -> Value {
        let state = self.state.lock();
        let items: Vec<&Value> = state
            .objects
            .iter()
            .filter(|(key, _)| place.selects(key))
            .map(|(_, o)| o)
            .collect();
        json!({"metadata": {"resourceVersion": state.log.len().to_string()}, "items": items})
    }

    fn watch(&self, place: Place) -> Response<Body> {
        let from = place
            .query
            .split('&')
            .find_map(|pair| pair.strip_prefix("resourceVersion="));
        let from: usize = from.and_then(|text| text.parse().ok()).unwrap_or(0);
        let (state, revision) = (Arc::clone(&self.state), self.revision.subscribe());
        let stream = futures::stream::unfold(
            (from, state, revision, place),
            |(mut at, state, mut revision, place)| async move {
                loop {
                    let next = state.lock().log.get(at).cloned();
                    match next {
                        Some((kind, key, object)) => {
                            at += 1;
                            if place.selects(&key) {
                                let line = format!("{}\n", json!({"type": kind, "object": object}));
                                return Some((
                                    Ok::<_, TransportError>(Frame::data(Bytes::from(line))),
                                    (at, state, revision, place),
                                ));
                            }
                        }
                        None => revision.changed().await.ok()?,
                    }
                }
            },
        );
        Response::new(BodyExt::boxed_unsync(StreamBody::new(stream)))
    }
}

fn ok(value: &Value) -> Response<Body> {
    Response::new(full(Bytes::from(value.to_string())))
}

fn failure(code: u16, reason: &str) -> Response<Body> {
    let status = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "code": code, "message": reason});
    let mut response = ok(&status);
    *response.status_mut() = StatusCode::from_u16(code).unwrap();
    response
}

impl Transport for FakeApi {
    fn call(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let response = self.answer(&request);
        Box::pin(std::future::ready(Ok(response)))
    }
}
