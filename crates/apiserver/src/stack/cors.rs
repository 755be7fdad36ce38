//! Lets pages of chosen origins read answers (CORS).
//!
//! Source: `filters/cors.go` of upstream's API server.
use super::{
    Call, Later,
    audit::{AUDIT_ID, audit_id},
};
use crate::{body::Body, shared::Api, status};
use futures::future::{BoxFuture, Either};
use http::{
    HeaderMap, HeaderValue, Method, Response,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
        ORIGIN,
    },
};
use regex::Regex;
use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};
use tower::{Layer, Service};

const ALLOWED_METHODS: HeaderValue =
    HeaderValue::from_static("POST, GET, OPTIONS, PUT, DELETE, PATCH");
const ALLOWED_HEADERS: HeaderValue = HeaderValue::from_static(
    "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since",
);
const EXPOSED_HEADERS: HeaderValue = HeaderValue::from_static("Date");
const WITH_CREDENTIALS: HeaderValue = HeaderValue::from_static("true");

/// Origins whose pages may read answers: a regular expression in Go's syntax.
#[derive(Clone, Debug)]
pub struct CorsOrigins(Regex);

impl CorsOrigins {
    /// # Errors
    /// When it is no expression, or one that an origin can match beside its host.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        let pinned = |marks: [&str; 2]| marks.iter().any(|mark| pattern.contains(mark));
        let regex = expr::go_regex(pattern)?;
        if pinned(["^", "//"]) && pinned(["$", ":"]) {
            return Ok(Self(regex));
        }
        Err(
            "regular expression does not pin to start/end of host in the origin header: \
             it must have ^ or //, and $ or :"
                .to_owned(),
        )
    }
}

impl PartialEq for CorsOrigins {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for CorsOrigins {}

#[derive(Clone)]
pub(super) struct CorsLayer(pub(super) Arc<Api>);

#[derive(Clone)]
pub(super) struct Cors<S>(Arc<Api>, S);

impl<S> Layer<S> for CorsLayer {
    type Service = Cors<S>;
    fn layer(&self, inner: S) -> Self::Service {
        Cors(Arc::clone(&self.0), inner)
    }
}

impl<S> Service<Call> for Cors<S>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Later<S::Future>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, call: Call) -> Self::Future {
        let Some(origin) = allowed(&self.0.cors, call.request.headers()) else {
            return Either::Left(Either::Right(self.1.call(call)));
        };
        if call.request.method() == Method::OPTIONS {
            let mut response = status::no_content();
            let id = audit_id(&self.0, call.request.headers());
            id.map(|id| response.headers_mut().insert(AUDIT_ID, id));
            share(&mut response, origin);
            return Either::Left(super::now(response));
        }
        let answer = self.1.call(call);
        let shared: BoxFuture<'static, _> = Box::pin(async move {
            let mut response = answer.await?;
            share(&mut response, origin);
            Ok(response)
        });
        Either::Right(shared)
    }
}

/// The origin of the page that asks, where it may.
fn allowed(origins: &[CorsOrigins], headers: &HeaderMap) -> Option<HeaderValue> {
    if origins.is_empty() {
        return None;
    }
    let origin = headers.get(ORIGIN)?;
    let text = origin.to_str().ok().filter(|text| !text.is_empty())?;
    let matches = origins.iter().any(|origins| origins.0.is_match(text));
    matches.then(|| origin.clone())
}

fn share(response: &mut Response<Body>, origin: HeaderValue) {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, ALLOWED_METHODS);
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS);
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, WITH_CREDENTIALS);
}
