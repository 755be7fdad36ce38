//! Requests that may not last end after a deadline: 504, with upstream's words.
use super::Call;
use crate::{body::Body, shared::Api, status};
use futures::future::BoxFuture;
use http::{HeaderValue, Method, Response, header::CONTENT_LENGTH};
use meta::{ApiError, Reason, StatusDetails};
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
                let refused = status::error_for(&error, call.request.headers());
                return Box::pin(std::future::ready(Ok(refused)));
            }
        };
        let headers = call.request.headers().get(http::header::ACCEPT).cloned();
        let is_head = call.request.method() == Method::HEAD;
        let inner = self.1.call(call);
        let clock = self.0.platform.clock.clone();
        Box::pin(async move {
            match clock.timeout(limit, inner).await {
                Ok(answer) if is_head => answer.map(without_body),
                Ok(answer) => answer,
                Err(_) => {
                    let mut accept = http::HeaderMap::new();
                    headers.map(|value| accept.insert(http::header::ACCEPT, value));
                    Ok(status::error_for(&too_late(), &accept))
                }
            }
        })
    }
}

/// What a GET would be told of its answer: with HTTP/2 nobody below takes the body away.
fn without_body(mut response: Response<Body>) -> Response<Body> {
    let body = std::mem::replace(response.body_mut(), Body::empty());
    if let Some(length) = body.exact_len() {
        let length = HeaderValue::from(length);
        response.headers_mut().insert(CONTENT_LENGTH, length);
    }
    response
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

fn too_late() -> ApiError {
    let words = "Timeout: request did not complete within the allotted timeout";
    ApiError {
        details: Some(Box::new(StatusDetails::default())),
        ..ApiError::new(Reason::Timeout, words)
    }
}
