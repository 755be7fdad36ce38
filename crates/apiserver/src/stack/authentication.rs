//! Who asks.
use super::{Call, Later, Peer, audit::not_let_in, take_ready};
use crate::{
    authn::{Notes, Sender},
    body::Body,
    metrics::{Authenticated, Filter},
    shared::Api,
    status,
    verbs::write_warnings,
};
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
        let mut notes = Notes::default();
        let sender = self.0.authenticator.sender(&self.0, &call, &mut notes);
        call.notes = notes;
        let refuse = |mut call: Call, result| -> Self::Future {
            count(&self.0, result, &mut call);
            let api = Arc::clone(&self.0);
            Either::Right(Box::pin(async move { Ok(unauthorized(api, call).await) }))
        };
        let token = match sender {
            Sender::User(user) => {
                self.0.authenticator.forget(&mut call);
                call.user = *user;
                count(&self.0, Authenticated::Success, &mut call);
                if call.notes.warnings.is_empty() {
                    return Either::Left(Either::Right(self.1.call(call)));
                }
                let next = take_ready(&mut self.1);
                return Either::Right(Box::pin(warned(next, call)));
            }
            Sender::Token(token) => token,
            Sender::Refused => return refuse(call, Authenticated::Error),
            Sender::Unknown => return refuse(call, Authenticated::Failure),
        };
        let (api, next) = (Arc::clone(&self.0), take_ready(&mut self.1));
        Either::Right(Box::pin(async move {
            let proof = match api.authenticator.token(&api, &token, &[]).await {
                Ok(proof) => proof,
                Err(error) => {
                    tracing::debug!(error, "a token is no good");
                    count(&api, Authenticated::Error, &mut call);
                    return Ok(unauthorized(api, call).await);
                }
            };
            api.authenticator.forget(&mut call);
            call.user = proof.user;
            call.notes = proof.notes;
            count(&api, Authenticated::Success, &mut call);
            warned(next, call).await
        }))
    }
}

fn count(api: &Api, result: Authenticated, call: &mut Call) {
    let took = call
        .passed(api, Filter::Authentication)
        .since(call.times.received);
    let who = &api.metrics.who;
    if let Peer::Tls(peer) = &call.peer
        && let Some(expires) = peer.expires_at
    {
        #[expect(clippy::cast_precision_loss, reason = "sorted into some buckets")]
        let expires = expires.as_secs() as f64;
        let now = api.platform.clock.now();
        who.certified(expires - now.as_duration().as_secs_f64());
    }
    who.authenticated(result, &call.user.name, took);
}

/// What authentication has to say is said first, also where the request comes to no verb.
async fn warned<S>(mut next: S, mut call: Call) -> Result<Response<Body>, Infallible>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible>,
{
    let warnings = Arc::clone(&call.warnings);
    for warning in std::mem::take(&mut call.notes.warnings) {
        warnings.add(warning);
    }
    let mut response = next.call(call).await?;
    write_warnings(&mut response, &warnings);
    Ok(response)
}

async fn unauthorized(api: Arc<Api>, call: Call) -> Response<Body> {
    let error = ApiError::unauthorized("Unauthorized");
    let response = status::error_for(&error, call.request.headers());
    not_let_in(api, call, response).await
}
