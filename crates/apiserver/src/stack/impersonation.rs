//! `Impersonate-*`: asking as someone else, for those who may. Upstream: `pkg/endpoints/filters/impersonation`.
mod modes;

use self::modes::{Impersonated, LastModes};

use super::{Call, Later, now, take_ready};
use crate::{authn::header_text as text, body::Body, metrics::Filter, query, shared::Api, status};
use futures::future::Either;
use http::{HeaderMap, HeaderName, Response};
use meta::{ApiError, Str, go_quote};
use resource::User;
use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};
use tower::{Layer, Service};

const USER: &str = "impersonate-user";
const GROUP: &str = "impersonate-group";
const UID: &str = "impersonate-uid";
const EXTRA: &str = "impersonate-extra-";

#[derive(Clone)]
pub(super) struct ImpersonationLayer(Arc<Api>, Arc<LastModes>);

impl ImpersonationLayer {
    pub(super) fn new(api: &Arc<Api>) -> Self {
        Self(Arc::clone(api), Arc::default())
    }
}

#[derive(Clone)]
pub(super) struct Impersonation<S>(Arc<Api>, S, Arc<LastModes>);

impl<S> Layer<S> for ImpersonationLayer {
    type Service = Impersonation<S>;
    fn layer(&self, inner: S) -> Self::Service {
        Impersonation(Arc::clone(&self.0), inner, Arc::clone(&self.1))
    }
}

impl<S> Service<Call> for Impersonation<S>
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
        call.passed(&self.0, Filter::Audit);
        let wanted = match wanted(call.request.headers()) {
            Ok(Some(wanted)) => wanted,
            Ok(None) => return Either::Left(Either::Right(self.1.call(call))),
            Err(error) => {
                let refused = status::error_for(&error, call.request.headers());
                return Either::Left(now(status::without_sniffing(refused)));
            }
        };
        forget(call.request.headers_mut());
        let (api, mut next) = (Arc::clone(&self.0), take_ready(&mut self.1));
        let last = Arc::clone(&self.2);
        Either::Right(Box::pin(async move {
            let begun = api.platform.clock.monotonic();
            let impersonated = modes::impersonate(&api, &last, &call, &wanted).await;
            let took = api.platform.clock.monotonic().since(begun);
            let mode = impersonated.as_ref().ok().map(|found| found.mode.label());
            api.metrics.impersonations.attempted(mode, took);
            match impersonated {
                Ok(Impersonated {
                    user, constraint, ..
                }) => {
                    if let Some(record) = &call.record {
                        *record.impersonated.lock() = Some((user.clone(), constraint));
                    }
                    call.impersonator = Some(Box::new(std::mem::replace(&mut call.user, user)));
                    next.call(call).await
                }
                Err(error) => {
                    let refused = status::error_for(&error, call.request.headers());
                    Ok(status::without_sniffing(refused))
                }
            }
        }))
    }
}

/// Who the headers say to be, word for word; `None` when they say nothing.
fn wanted(headers: &HeaderMap) -> Result<Option<User>, ApiError> {
    let first = |name: &str| headers.get(name).map(text).unwrap_or_default();
    let groups = headers.get_all(GROUP).iter();
    let mut user = User {
        name: first(USER),
        uid: first(UID),
        groups: groups.map(text).collect(),
        extra: Vec::new(),
    };
    for (header, value) in headers {
        if let Some(key) = header.as_str().strip_prefix(EXTRA) {
            let key = query::path_unescape(key);
            match user.extra.iter_mut().find(|(known, _)| *known == key) {
                Some((_, values)) => values.push(text(value)),
                None => user.extra.push((key.into(), vec![text(value)])),
            }
        }
    }
    if !user.name.is_empty() {
        return Ok(Some(user));
    }
    if user.uid.is_empty() && user.groups.is_empty() && user.extra.is_empty() {
        return Ok(None);
    }
    let shown = shown(&user);
    let words = format!("requested {shown} without impersonating a user name");
    Err(ApiError::bad_request(words))
}

/// A user as Go's `%#v` prints it.
fn shown(user: &User) -> String {
    let list = |values: &[Str]| {
        let quoted: Vec<String> = values.iter().map(|value| go_quote(value)).collect();
        format!("[]string{{{}}}", quoted.join(", "))
    };
    let groups = match user.groups.as_slice() {
        [] => "[]string(nil)".to_owned(),
        groups => list(groups),
    };
    let mut extra: Vec<String> = user
        .extra
        .iter()
        .map(|(key, values)| format!("{}:{}", go_quote(key), list(values)))
        .collect();
    extra.sort();
    let extra = match extra.as_slice() {
        [] => "(nil)".to_owned(),
        extra => format!("{{{}}}", extra.join(", ")),
    };
    format!(
        "&user.DefaultInfo{{Name:{}, UID:{}, Groups:{groups}, Extra:map[string][]string{extra}}}",
        go_quote(&user.name),
        go_quote(&user.uid)
    )
}

/// Nothing behind this layer is to know that somebody is impersonated.
fn forget(headers: &mut HeaderMap) {
    let ours = |name: &&HeaderName| {
        matches!(name.as_str(), USER | GROUP | UID) || name.as_str().starts_with(EXTRA)
    };
    let names: Vec<HeaderName> = headers.keys().filter(ours).cloned().collect();
    for name in names {
        headers.remove(name);
    }
}
