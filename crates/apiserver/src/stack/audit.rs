//! One count a request, and the audit ID that the client may give.
use super::Call;
use crate::{body::Body, metrics::Labels, shared::Api};
use futures::{FutureExt, future::Map};
use http::{HeaderName, HeaderValue, Response};
use platform::Monotonic;
use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};
use tower::{Layer, Service};

const AUDIT_ID: HeaderName = HeaderName::from_static("audit-id");

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

type Finished = Box<
    dyn FnOnce(Result<Response<Body>, Infallible>) -> Result<Response<Body>, Infallible> + Send,
>;

impl<S> Service<Call> for Audit<S>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Map<S::Future, Finished>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, call: Call) -> Self::Future {
        let id = call.request.headers().get(&AUDIT_ID).cloned();
        let began: Monotonic = self.0.platform.clock.monotonic();
        let labels = Labels::of(&self.0, &call);
        let api = Arc::clone(&self.0);
        let finished: Finished = Box::new(move |answer| {
            let Ok(mut response) = answer;
            let took = api.platform.clock.monotonic().since(began);
            api.metrics
                .answered(&labels, response.status().as_u16(), took);
            let id = id.or_else(|| HeaderValue::from_str(&api.platform.rng.uuid()).ok());
            id.map(|id| response.headers_mut().insert(AUDIT_ID, id));
            Ok(response)
        });
        self.1.call(call).map(finished)
    }
}
