//! `Impersonate-*`: asking as someone else, for those who may.
use super::{Answer, Call, now};
use crate::{
    authz::{Attributes, Decision},
    body::Body,
    shared::Api,
    status,
};
use futures::future::Either;
use http::{HeaderMap, Response};
use meta::{ApiError, Str};
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
pub(super) struct ImpersonationLayer(pub(super) Arc<Api>);

#[derive(Clone)]
pub(super) struct Impersonation<S>(Arc<Api>, S);

impl<S> Layer<S> for ImpersonationLayer {
    type Service = Impersonation<S>;
    fn layer(&self, inner: S) -> Self::Service {
        Impersonation(Arc::clone(&self.0), inner)
    }
}

impl<S> Service<Call> for Impersonation<S>
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
        if !call
            .request
            .headers()
            .keys()
            .any(|name| name.as_str().starts_with("impersonate-"))
        {
            return Either::Right(self.1.call(call));
        }
        match impersonated(&self.0, &call.user, call.request.headers()) {
            Ok(user) => {
                if let Some(record) = &call.record {
                    *record.impersonated.lock() = Some(user.clone());
                }
                call.impersonator = Some(Box::new(std::mem::replace(&mut call.user, user)));
                Either::Right(self.1.call(call))
            }
            Err(error) => now(status::error_for(&error, call.request.headers())),
        }
    }
}

/// The user that is asked for, when `who` may be all of it.
fn impersonated(api: &Api, who: &User, headers: &HeaderMap) -> Result<User, ApiError> {
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(Str::from)
    };
    let name = text(USER).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| {
        let words = "requested [{Group  map[]}] without impersonating a user";
        ApiError::internal(words)
    })?;
    let groups = headers
        .get_all(GROUP)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .map(Str::from);
    let mut user = User {
        name,
        uid: text(UID).unwrap_or_default(),
        groups: groups.collect(),
        extra: Vec::new(),
    };
    for (header, value) in headers {
        if let (Some(key), Ok(value)) = (header.as_str().strip_prefix(EXTRA), value.to_str()) {
            add_extra(&mut user, &crate::query::percent_decode(key, false), value);
        }
    }
    check_all(api, who, &user)?;
    complete(&mut user);
    Ok(user)
}

fn add_extra(user: &mut User, key: &str, value: &str) {
    match user.extra.iter_mut().find(|(known, _)| known == key) {
        Some((_, values)) => values.push(Str::from(value)),
        None => user.extra.push((Str::from(key), vec![Str::from(value)])),
    }
}

fn check_all(api: &Api, who: &User, user: &User) -> Result<(), ApiError> {
    match service_account(&user.name) {
        Some((namespace, name)) => check(api, who, "", "serviceaccounts", "", namespace, name)?,
        None => check(api, who, "", "users", "", "", &user.name)?,
    }
    for group in &user.groups {
        check(api, who, "", "groups", "", "", group)?;
    }
    if !user.uid.is_empty() {
        check(api, who, "authentication.k8s.io", "uids", "", "", &user.uid)?;
    }
    for (key, values) in &user.extra {
        for value in values {
            check(
                api,
                who,
                "authentication.k8s.io",
                "userextras",
                key,
                "",
                value,
            )?;
        }
    }
    Ok(())
}

fn check(
    api: &Api,
    who: &User,
    group: &str,
    resource: &str,
    subresource: &str,
    namespace: &str,
    name: &str,
) -> Result<(), ApiError> {
    let attributes = Attributes {
        verb: "impersonate",
        group,
        resource,
        subresource,
        namespace,
        name,
        path: "",
    };
    match api.authorizer.authorize(who, &attributes) {
        Decision::Allow => Ok(()),
        Decision::Deny(_) => Err(api.authorizer.forbidden(who, &attributes)),
    }
}

/// Groups that follow from the name.
fn complete(user: &mut User) {
    let mut add = |group: String| {
        if !user.groups.iter().any(|known| *known == group) {
            user.groups.push(Str::from(group));
        }
    };
    if let Some((namespace, _)) = service_account(&user.name.clone()) {
        add("system:serviceaccounts".to_owned());
        add(format!("system:serviceaccounts:{namespace}"));
    }
    if user.name == "system:anonymous" {
        add("system:unauthenticated".to_owned());
    } else {
        add("system:authenticated".to_owned());
    }
}

fn service_account(user: &str) -> Option<(&str, &str)> {
    user.strip_prefix("system:serviceaccount:")?.split_once(':')
}
