//! A bug in one request is that request's 500, not the server's end.
use super::Call;
use crate::{body::Body, shared::Api, status};
use futures::FutureExt;
use futures::future::BoxFuture;
use http::{HeaderMap, Response};
use meta::{ApiError, Reason};
use std::{
    convert::Infallible,
    panic::AssertUnwindSafe,
    sync::Arc,
    task::{Context, Poll},
};
use tower::{Layer, Service};

#[derive(Clone)]
pub(super) struct PanicGuardLayer(pub(super) Arc<Api>);

#[derive(Clone)]
pub(super) struct PanicGuard<S>(Arc<Api>, S);

impl<S> Layer<S> for PanicGuardLayer {
    type Service = PanicGuard<S>;
    fn layer(&self, inner: S) -> Self::Service {
        PanicGuard(Arc::clone(&self.0), inner)
    }
}

impl<S> Service<Call> for PanicGuard<S>
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
        let (verb, path) = (call.info.verb.clone(), call.info.path.clone());
        let started = std::panic::catch_unwind(AssertUnwindSafe(|| self.1.call(call)));
        let api = Arc::clone(&self.0);
        Box::pin(async move {
            let caught = match started {
                Ok(inner) => AssertUnwindSafe(inner).catch_unwind().await,
                Err(panic) => Err(panic),
            };
            caught.unwrap_or_else(|panic| {
                let what = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
                let what = what
                    .or_else(|| panic.downcast_ref::<String>().cloned())
                    .unwrap_or_default();
                tracing::error!(verb = &*verb, path, panic = what, "a request panicked");
                api.metrics.panicked();
                let words = "This request caused apiserver to panic. Look in the logs for details.";
                let error = ApiError::new(
                    Reason::InternalError,
                    format!("Internal error occurred: {words}"),
                );
                Ok(status::error_for(&error, &HeaderMap::new()))
            })
        })
    }
}
