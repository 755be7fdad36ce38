//! Whether they may.
use super::{Answer, Call, now};
use crate::{
    audit::Record,
    authz::{Attributes, Decision},
    body::Body,
    shared::Api,
    status,
};
use futures::future::Either;
use http::Response;
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
    S: Service<Call, Response = Response<Body>, Error = Infallible>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer<S::Future>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, call: Call) -> Self::Future {
        let attributes = Attributes::of(&call.info);
        let decision = self.0.authorizer.authorize(&call.user, &attributes);
        if let Some(record) = &call.record {
            record_decision(record, &decision);
        }
        match decision {
            Decision::Allow => Either::Right(self.1.call(call)),
            Decision::Deny(_) => {
                let error = self.0.authorizer.forbidden(&call.user, &attributes);
                now(status::error_for(&error, call.request.headers()))
            }
        }
    }
}

/// Upstream's annotations of a decision.
fn record_decision(record: &Record, decision: &Decision) {
    let (word, reason) = match decision {
        Decision::Allow => ("allow", ""),
        Decision::Deny(reason) => ("forbid", reason.as_str()),
    };
    let annotations = &record.annotations;
    annotations.add("authorization.k8s.io/decision", word);
    annotations.add("authorization.k8s.io/reason", reason);
}
