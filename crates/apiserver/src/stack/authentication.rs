//! Who asks.
use super::{Call, Later, now, take_ready};
use crate::{authn::Sender, body::Body, shared::Api, status};
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
        let token = match self.0.authenticator.sender(&self.0, &call) {
            Sender::User(user) => {
                self.0.authenticator.forget(&mut call);
                call.user = *user;
                return Either::Left(Either::Right(self.1.call(call)));
            }
            Sender::Unknown => return Either::Left(now(unauthorized(&call))),
            Sender::Token(token) => token,
        };
        let (api, mut next) = (Arc::clone(&self.0), take_ready(&mut self.1));
        Either::Right(Box::pin(async move {
            let Ok((user, _)) = api.authenticator.token(&api, &token, &[]).await else {
                return Ok(unauthorized(&call));
            };
            api.authenticator.forget(&mut call);
            call.user = user;
            next.call(call).await
        }))
    }
}

fn unauthorized(call: &Call) -> Response<Body> {
    let error = ApiError::unauthorized("Unauthorized");
    status::error_for(&error, call.request.headers())
}
