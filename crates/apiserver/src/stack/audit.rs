//! The audit ID that the client may give, and the audit log's events.
use super::Call;
use crate::{
    audit::{self, Auditor, Decision, Event, Level, Outcome, Record, Stage, Upgraded},
    body::{Body, Segments, Streaming},
    decode,
    request_info::RequestInfo,
    shared::Api,
    status,
};
use bytes::Bytes;
use futures::{
    FutureExt,
    future::{BoxFuture, Either},
};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use http_body::Body as _;
use meta::Reason;
use serde_json::{Value, json};
use std::{
    convert::Infallible,
    io,
    panic::{AssertUnwindSafe, resume_unwind},
    pin::Pin,
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll},
};
use tower::{Layer, Service};

/// Names a request in the logs of all servers that it passes.
pub(crate) const AUDIT_ID: HeaderName = HeaderName::from_static("audit-id");

#[derive(Clone)]
pub(super) struct AuditLayer(pub(super) Arc<Api>);

#[derive(Clone)]
pub(super) struct Audit<S>(Arc<Api>, S);

impl<S> Layer<S> for AuditLayer {
    type Service = Audit<S>;
    fn layer(&self, inner: S) -> Self::Service {
        Audit(Arc::clone(&self.0), inner)
    }
}

impl<S> Service<Call> for Audit<S>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send + Unpin + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Named<S::Future>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, mut call: Call) -> Self::Future {
        let id = audit_id(&self.0, call.request.headers());
        call.audit_id.clone_from(&id);
        let api = Arc::clone(&self.0);
        let auditor = api.auditor.as_ref();
        let recorded =
            auditor.and_then(|auditor| Some((Arc::clone(auditor), decide(&api, auditor, &call)?)));
        let answer = match recorded {
            None => Either::Left(self.1.call(call)),
            Some((auditor, decision)) => {
                let text = id
                    .as_ref()
                    .map(|id| String::from_utf8_lossy(id.as_bytes()).into_owned());
                let received = api.platform.clock.now();
                let event = Event::of(&call, text.unwrap_or_default(), &decision, received);
                let recorder = Recorder {
                    api: Arc::clone(&api),
                    auditor,
                    decision,
                    event,
                };
                Either::Right(recorder.serve(call, self.1.clone()).boxed())
            }
        };
        Named { answer, id }
    }
}

/// An answer to come that says its audit ID.
pub(super) struct Named<F> {
    answer: Either<F, BoxFuture<'static, Result<Response<Body>, Infallible>>>,
    id: Option<HeaderValue>,
}

impl<F: Future<Output = Result<Response<Body>, Infallible>> + Unpin> Future for Named<F> {
    type Output = F::Output;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Ok(mut response) = std::task::ready!(self.answer.poll_unpin(context));
        if let Some(id) = self.id.take() {
            response.headers_mut().insert(AUDIT_ID, id);
        }
        Poll::Ready(Ok(response))
    }
}

/// The answer to somebody who is not let in, with the one event that tells of it.
pub(super) async fn not_let_in(
    api: Arc<Api>,
    call: Call,
    mut response: Response<Body>,
) -> Response<Body> {
    let id = audit_id(&api, call.request.headers());
    let decided = api
        .auditor
        .as_ref()
        .and_then(|auditor| Some((Arc::clone(auditor), decide(&api, auditor, &call)?)));
    if let Some((auditor, decision)) = decided {
        let text = id
            .as_ref()
            .map(|id| String::from_utf8_lossy(id.as_bytes()).into_owned());
        let received = api.platform.clock.now();
        let event = Event::of(&call, text.unwrap_or_default(), &decision, received);
        let (whole, body) = audit::whole(response);
        response = whole;
        let read = |body| audit::document(&api, &call.info, response.headers(), &body);
        let document = body.and_then(read);
        let code = response.status().as_u16();
        let annotations = call.notes.annotations.iter();
        let outcome = Outcome {
            status: Some(audit::response_status(code, document.as_ref())),
            response_object: document.filter(|document| audit::is_told(&call.info, document)),
            annotations: annotations
                .map(|(key, value)| ((*key).into(), value.clone()))
                .collect(),
            ..Outcome::default()
        };
        let recorder = Recorder {
            api: Arc::clone(&api),
            auditor,
            decision,
            event,
        };
        recorder.write(Stage::ResponseStarted, &outcome).await;
    }
    id.map(|id| response.headers_mut().insert(AUDIT_ID, id));
    response
}

/// An answer to a request that no audit event tells of, with its name.
pub(super) fn identified(
    api: &Api,
    headers: &HeaderMap,
    mut response: Response<Body>,
) -> Response<Body> {
    let id = audit_id(api, headers);
    id.map(|id| response.headers_mut().insert(AUDIT_ID, id));
    response
}

/// What names a request in the audit log: what its sender says, or one of our own.
pub(super) fn audit_id(api: &Api, headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get(&AUDIT_ID).cloned();
    id.or_else(|| HeaderValue::from_str(&api.platform.rng.uuid()).ok())
}

fn decide(api: &Api, auditor: &Auditor, call: &Call) -> Option<Decision> {
    let decision = auditor.policy.decide(&call.user, &call.info);
    api.metrics.audits.decided(decision.as_ref());
    decision
}

/// Writes the events of one request.
struct Recorder {
    api: Arc<Api>,
    auditor: Arc<Auditor>,
    decision: Decision,
    event: Event,
}

impl Recorder {
    /// Whether the request may go on.
    async fn write(&self, stage: Stage, outcome: &Outcome) -> bool {
        if !self.decision.wants(stage) {
            return true;
        }
        let now = self.api.platform.clock.now();
        let event = self.event.document(stage, outcome, now);
        self.api.metrics.audits.events.increment();
        self.auditor.record(event).await
    }

    /// Serves the request, with an event before and after.
    async fn serve<S>(self, mut call: Call, mut inner: S) -> Result<Response<Body>, Infallible>
    where
        S: Service<Call, Response = Response<Body>, Error = Infallible>,
        S::Future: Send + 'static,
    {
        let record = Arc::new(Record {
            tells_objects: self.decision.level >= Level::Request,
            ..Record::default()
        });
        let info = call.info.clone();
        for (key, value) in std::mem::take(&mut call.notes.annotations) {
            record.annotations.add(key, value);
        }
        call.record = Some(Arc::clone(&record));
        let unknown = Outcome::default();
        if !self.write(Stage::RequestReceived, &unknown).await {
            self.api.metrics.audits.rejected.increment();
            let uri = call.request.uri();
            return Ok(status::internal_error(uri, "failed to store audit event"));
        }
        let mut outcome = Outcome::default();
        let lasts = info.is_long_running();
        if self.decision.level >= Level::Request && info.is_resource && !lasts {
            let headers = call.request.headers().clone();
            let (parts, body) = call.take_request().into_parts();
            match decode::read(body).await {
                Ok(body) => {
                    outcome.request_object = self.as_sent(&info, &headers, &body);
                    call.request = http::Request::from_parts(
                        parts,
                        http_body_util::Either::Right(body.into()),
                    );
                }
                // Whoever may not send it at all is told that first, by the layers below.
                Err(error) if error.reason == Reason::RequestEntityTooLarge => {
                    let body = http_body_util::Either::Right(decode::too_large().into());
                    call.request = http::Request::from_parts(parts, body);
                }
                Err(error) => return Ok(status::error_for(&error, &headers)),
            }
        }
        let served = AssertUnwindSafe(inner.call(call)).catch_unwind().await;
        self.left(&record, &mut outcome);
        let response = match served {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(panic) => {
                outcome.status = Some(panicked());
                self.write(Stage::Panic, &outcome).await;
                resume_unwind(panic)
            }
        };
        let code = response.status().as_u16();
        outcome.status = Some(audit::response_status(code, None));
        // A list need not be gathered and read for its event to say that it was answered. What lasts is whole when it was refused.
        let told = self.decision.level >= Level::RequestResponse || audit::may_be_status(&response);
        let told = if lasts { code >= 400 } else { told };
        let (response, body) = if told {
            audit::whole(response)
        } else {
            (response, None)
        };
        // Who accepts nothing that there is gets a text of which the event does not tell.
        let unacceptable = code == StatusCode::NOT_ACCEPTABLE.as_u16();
        if let Some(body) = body.filter(|_| !unacceptable) {
            let document = audit::document(&self.api, &info, response.headers(), &body);
            outcome.status = Some(audit::response_status(code, document.as_ref()));
            let document = document.filter(|document| audit::is_told(&info, document));
            outcome.response_object = self.told(document);
        }
        if lasts {
            return Ok(self.last(response, outcome).await);
        }
        self.write(Stage::ResponseComplete, &outcome).await;
        Ok(response)
    }

    /// What is told as it came: patches, and options of deletes. Of other objects those tell who understand them.
    fn as_sent(&self, info: &RequestInfo, headers: &HeaderMap, body: &Bytes) -> Option<Value> {
        let deletes = matches!(&*info.verb, "delete" | "deletecollection");
        if !deletes && info.verb != "patch" {
            return None;
        }
        let mut sent = audit::document(&self.api, info, headers, body);
        if deletes {
            sent.iter_mut().for_each(audit::as_delete_options);
        }
        sent
    }

    /// Takes what the layers below have left.
    fn left(&self, record: &Record, outcome: &mut Outcome) {
        outcome.annotations = record.annotations.all();
        // What nobody was allowed to send has not been looked at.
        let decision = outcome.annotations.get("authorization.k8s.io/decision");
        let is_forbidden = decision.is_some_and(|decision| decision == "forbid");
        if is_forbidden || record.is_unread.load(Ordering::Relaxed) {
            outcome.request_object = None;
        }
        if self.decision.level < Level::Request {
            let told = |key: &str| !key.starts_with(audit::PATCH_ANNOTATIONS);
            outcome.annotations.retain(|key, _| told(key));
        }
        outcome.impersonated = record.impersonated.lock().take();
        let sent = std::mem::take(&mut *record.sent.lock());
        outcome.names = sent.names;
        if let Some(object) = sent.object {
            outcome.request_object = self.told(Some(object));
        }
    }

    /// Without managed fields where the policy says so. Patches are told as they came.
    fn told(&self, mut document: Option<Value>) -> Option<Value> {
        if self.decision.omit_managed_fields {
            document.iter_mut().for_each(audit::without_managed_fields);
        }
        document
    }

    /// An answer that goes on: one event at its start, one when the last byte is gone or the client is.
    async fn last(self, mut response: Response<Body>, outcome: Outcome) -> Response<Body> {
        self.write(Stage::ResponseStarted, &outcome).await;
        let ending = Ending(Some((self, outcome)));
        if let Some(Upgraded(mut connection)) = response.extensions_mut().remove() {
            ending.when_closed(async move { while connection.changed().await.is_ok() {} });
            return response;
        }
        response.map(|body| {
            Body::streaming(Lasting {
                body,
                _ending: ending,
            })
        })
    }
}

fn panicked() -> Value {
    json!({
        "metadata": {},
        "status": "Failure",
        "message": "APIServer panic'd",
        "reason": "InternalError",
        "code": 500,
    })
}

/// A body that tells its end.
struct Lasting {
    body: Body,
    _ending: Ending,
}

impl Streaming for Lasting {
    fn poll_segments(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Segments>>> {
        let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(context));
        let data = |frame: http_body::Frame<Segments>| frame.into_data().unwrap_or_default();
        Poll::Ready(frame.map(|frame| frame.map(data)))
    }
}

/// Writes the last event when it is dropped.
struct Ending(Option<(Recorder, Outcome)>);

impl Ending {
    /// Writes it when something has ended, or the server does.
    fn when_closed(self, closed: impl Future<Output = ()> + Send + 'static) {
        let Some((recorder, _)) = &self.0 else {
            return;
        };
        let tasks = recorder.api.platform.tasks.clone();
        let draining = tasks.draining();
        drop(tasks.spawn("audited connection", async move {
            tokio::select! {
                () = closed => {}
                () = draining => {}
            }
            drop(self);
        }));
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        if let Some((recorder, outcome)) = self.0.take() {
            let tasks = recorder.api.platform.tasks.clone();
            drop(tasks.spawn("audit event", async move {
                recorder.write(Stage::ResponseComplete, &outcome).await;
            }));
        }
    }
}
