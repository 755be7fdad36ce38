//! Requests that may not last end after a deadline: 504, with upstream's words.
use super::Call;
use crate::{body::Body, shared::Api, status};
use futures::future::BoxFuture;
use http::Response;
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
        let long = call.info.is_long_running();
        let wanted = call
            .request
            .uri()
            .query()
            .and_then(timeout)
            .unwrap_or(self.0.limits.request_timeout);
        let limit = wanted.min(self.0.limits.request_timeout);
        let headers = call.request.headers().get(http::header::ACCEPT).cloned();
        let inner = self.1.call(call);
        if long {
            return Box::pin(inner);
        }
        let clock = self.0.platform.clock.clone();
        Box::pin(async move {
            match clock.timeout(limit, inner).await {
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

/// `timeout=34s`, in Go's form; only the simple one-unit forms that clients send.
fn timeout(query: &str) -> Option<Duration> {
    let (_, value) = crate::query::pairs(query).find(|(key, _)| key == "timeout")?;
    let parsed = meta::Duration::parse(&value).ok()?.to_std();
    (!parsed.is_zero()).then_some(parsed)
}

fn too_late() -> ApiError {
    let words = "Timeout: request did not complete within the allotted timeout";
    ApiError {
        details: Some(Box::new(StatusDetails::default())),
        ..ApiError::new(Reason::Timeout, words)
    }
}
