//! Whether they may.
use super::{Call, Later, now, take_ready};
use crate::{
    authz::{self, Attributes, Decision, Verdict},
    body::Body,
    metrics::{Decided, Filter},
    shared::Api,
    status,
};
use futures::future::Either;
use http::Response;
use platform::Monotonic;
use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};
use tower::{Layer, Service};

#[derive(Clone)]
pub(super) struct AuthorizationLayer(pub(super) Arc<Api>);

#[derive(Clone)]
pub(super) struct Authorization<S>(Arc<Api>, S);

impl<S> Layer<S> for AuthorizationLayer {
    type Service = Authorization<S>;
    fn layer(&self, inner: S) -> Self::Service {
        Authorization(Arc::clone(&self.0), inner)
    }
}

impl<S> Service<Call> for Authorization<S>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Later<S::Future>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, mut call: Call) -> Self::Future {
        let began = call.passed(&self.0, Filter::PriorityAndFairness);
        if let Some(verdict) = self
            .0
            .authorizer
            .decide(&call.user, &Attributes::of(&call.info))
        {
            count(&self.0, &verdict, began);
            record_decision(&call, &verdict);
            return Either::Left(match refusal(&call, &verdict) {
                None => Either::Right(self.1.call(call)),
                Some(refused) => now(refused),
            });
        }
        let (api, mut next) = (Arc::clone(&self.0), take_ready(&mut self.1));
        Either::Right(Box::pin(async move {
            let attributes = Attributes::of(&call.info);
            let verdict = api.authorizer.authorize(&call.user, &attributes).await;
            count(&api, &verdict, began);
            record_decision(&call, &verdict);
            match refusal(&call, &verdict) {
                None => next.call(call).await,
                Some(refused) => Ok(refused),
            }
        }))
    }
}

fn count(api: &Api, verdict: &Verdict, began: Monotonic) {
    let decided = match verdict.decision {
        Decision::Allow => Decided::Allowed,
        _ if verdict.error.is_some() => Decided::Error,
        Decision::Deny => Decided::Denied,
        Decision::NoOpinion => Decided::NoOpinion,
    };
    let took = api.platform.clock.monotonic().since(began);
    api.metrics.who.decided(decided, took);
}

/// Upstream's annotations of a decision.
fn record_decision(call: &Call, verdict: &Verdict) {
    const REASON: &str = "authorization.k8s.io/reason";
    if let Some(record) = &call.record {
        let annotations = &record.annotations;
        if !verdict.allows() && verdict.error.is_some() {
            return annotations.add(REASON, "internal error");
        }
        let word = if verdict.allows() { "allow" } else { "forbid" };
        annotations.add("authorization.k8s.io/decision", word);
        annotations.add(REASON, &*verdict.reason);
    }
}

fn refusal(call: &Call, verdict: &Verdict) -> Option<Response<Body>> {
    if verdict.allows() {
        return None;
    }
    if let Some(error) = &verdict.error {
        return Some(status::internal_error(call.request.uri(), error));
    }
    let error = authz::forbidden(&call.user, &Attributes::of(&call.info), &verdict.reason);
    let query = call.request.uri().query().unwrap_or("");
    let refused = status::error_at(&error, call.request.headers(), query);
    Some(status::without_sniffing(refused))
}
