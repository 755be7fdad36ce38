//! Who asks.
use super::{Answer, Call, now};
use crate::{body::Body, shared::Api, status};
use futures::future::Either;
use http::Response;
use meta::ApiError;
use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};
use tower::{Layer, Service};

#[derive(Clone)]
pub(super) struct AuthenticationLayer(pub(super) Arc<Api>);

#[derive(Clone)]
pub(super) struct Authentication<S>(Arc<Api>, S);

impl<S> Layer<S> for AuthenticationLayer {
    type Service = Authentication<S>;
    fn layer(&self, inner: S) -> Self::Service {
        Authentication(Arc::clone(&self.0), inner)
    }
}

impl<S> Service<Call> for Authentication<S>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer<S::Future>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, mut call: Call) -> Self::Future {
        match self.0.authenticator.authenticate(&self.0, &call) {
            Some(user) => {
                call.request
                    .headers_mut()
                    .remove(http::header::AUTHORIZATION);
                call.user = user;
                Either::Right(self.1.call(call))
            }
            None => now(status::error_for(
                &ApiError::unauthorized("Unauthorized"),
                call.request.headers(),
            )),
        }
    }
}
