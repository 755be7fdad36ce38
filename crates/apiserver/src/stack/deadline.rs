//! Requests that may not last end after a deadline: 504, with upstream's words.
use super::{
    Call,
    audit::{AUDIT_ID, audit_id, identified},
    length,
};
use crate::{body::Body, metrics::Labels, request_info, shared::Api, status};
use futures::future::BoxFuture;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri,
    header::{ACCEPT, CONTENT_TYPE},
};
use meta::ApiError;
use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tower::{Layer, Service};

#[derive(Clone)]
pub(super) struct DeadlineLayer(pub(super) Arc<Api>);

#[derive(Clone)]
pub(super) struct Deadline<S>(Arc<Api>, S);

impl<S> Layer<S> for DeadlineLayer {
    type Service = Deadline<S>;
    fn layer(&self, inner: S) -> Self::Service {
        Deadline(Arc::clone(&self.0), inner)
    }
}

impl<S> Service<Call> for Deadline<S>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, call: Call) -> Self::Future {
        if call.info.is_long_running() {
            return Box::pin(self.1.call(call));
        }
        let limit = match limit(&self.0, call.request.uri().query().unwrap_or("")) {
            Ok(limit) => limit,
            Err(why) => {
                let words = format!("invalid timeout specified in the request URL - {why}");
                let error = ApiError::bad_request(words);
                let headers = call.request.headers();
                let refused = status::error_for(&error, headers);
                let refused = identified(&self.0, headers, refused);
                return Box::pin(std::future::ready(Ok(refused)));
            }
        };
        let asked = Asked::of(&call);
        // What had less time than it took to get here is not begun.
        let passed = self.0.platform.clock.monotonic().since(call.times.received);
        if passed >= limit {
            return Box::pin(std::future::ready(Ok(asked.too_late(&self.0))));
        }
        let version = call.request.version();
        let inner = self.1.call(call);
        let api = Arc::clone(&self.0);
        Box::pin(async move {
            match api.platform.clock.timeout(limit, inner).await {
                Ok(answer) => answer.map(|answer| length::told(version, &asked.method, answer)),
                Err(_) => Ok(asked.too_late(&api)),
            }
        })
    }
}

const KEPT: [HeaderName; 3] = [ACCEPT, CONTENT_TYPE, AUDIT_ID];

/// What is still to be known of a request when it is too late.
struct Asked {
    method: Method,
    uri: Uri,
    /// What it accepts, what it sends, and its name.
    kept: [Option<HeaderValue>; 3],
}

impl Asked {
    fn of(call: &Call) -> Self {
        let request = &call.request;
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            kept: KEPT.map(|name| request.headers().get(name).cloned()),
        }
    }

    /// Counts it, and gives the answer.
    fn too_late(self, api: &Api) -> Response<Body> {
        let query = self.uri.query().unwrap_or("");
        let info = request_info::parse(&self.method, self.uri.path(), query);
        let mut headers = HeaderMap::new();
        for (name, value) in KEPT.into_iter().zip(self.kept) {
            value.map(|value| headers.insert(name, value));
        }
        let labels = Labels::of(&info, &self.method, &self.uri, &headers);
        api.metrics.timed_out(&labels, &info.path);
        too_late(audit_id(api, &headers))
    }
}

/// How long a request that does not last may take.
///
/// # Errors
/// In Go's words, where the query's `timeout` cannot be read.
pub(super) fn limit(api: &Api, query: &str) -> Result<Duration, String> {
    let limit = api.limits.request_timeout;
    let wanted = timeout(query)?;
    Ok(wanted.map_or(limit, |wanted| wanted.min(limit)))
}

/// `timeout=34s`, in Go's form. Nothing, zero and less are no limit.
fn timeout(query: &str) -> Result<Option<Duration>, String> {
    let given = crate::query::first(query, "timeout").filter(|given| !given.is_empty());
    let Some(given) = given else { return Ok(None) };
    let parsed = meta::Duration::parse(&given).map_err(|error| error.to_string())?;
    let parsed = parsed.to_std();
    Ok((!parsed.is_zero()).then_some(parsed))
}

/// Upstream writes it where nothing is known of types yet: without a kind, and of no type.
fn too_late(id: Option<HeaderValue>) -> Response<Body> {
    const BODY: &str = "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"Timeout: request did not complete within the allotted timeout\",\"reason\":\"Timeout\",\"details\":{},\"code\":504}\n";
    let body = Body::from(BODY.as_bytes().to_vec());
    let mut answer = status::with_body(StatusCode::GATEWAY_TIMEOUT, status::TEXT, body);
    id.map(|id| answer.headers_mut().insert(AUDIT_ID, id));
    answer
}

#[cfg(test)]
mod tests;
