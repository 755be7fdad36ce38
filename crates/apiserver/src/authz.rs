//! Whether a user may: `system:masters`, nodes for what is theirs, and RBAC over the cached roles and bindings.
mod escalation;
mod node;
mod rbac;
mod rules;

pub(crate) use self::escalation::check_write;

use crate::{cache::Caches, request_info::RequestInfo};
use meta::ApiError;
use rbac::Rbac;
use resource::User;
use std::sync::Arc;

/// Which authorizers decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// Everyone may everything: for tests.
    AlwaysAllow,
    /// Nodes for themselves, RBAC for everyone.
    NodeRbac,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributes<'a> {
    pub(crate) verb: &'a str,
    pub(crate) group: &'a str,
    /// Empty for paths that are no resource.
    pub(crate) resource: &'a str,
    pub(crate) subresource: &'a str,
    pub(crate) namespace: &'a str,
    pub(crate) name: &'a str,
    pub(crate) path: &'a str,
}

impl<'a> Attributes<'a> {
    pub(crate) fn of(info: &'a RequestInfo) -> Self {
        Self {
            verb: info.verb,
            group: &info.group,
            resource: &info.resource,
            subresource: &info.subresource,
            namespace: &info.namespace,
            name: &info.name,
            path: &info.path,
        }
    }
}

/// The answer, with words for reviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Allow,
    Deny(String),
}

/// Decides.
pub(crate) struct Authorizer {
    mode: Authorization,
    pub(crate) rbac: Rbac,
    caches: Arc<Caches>,
}

impl Authorizer {
    pub(crate) fn new(mode: Authorization, caches: Arc<Caches>) -> Self {
        Self {
            mode,
            rbac: Rbac::new(Arc::clone(&caches)),
            caches,
        }
    }

    pub(crate) fn authorize(&self, user: &User, attributes: &Attributes<'_>) -> Decision {
        if self.mode == Authorization::AlwaysAllow || user.in_group("system:masters") {
            return Decision::Allow;
        }
        if node::name(user)
            .is_some_and(|node| node::allows(&self.caches, &self.rbac, node, attributes))
        {
            return Decision::Allow;
        }
        if self.rbac.allows(user, attributes) {
            Decision::Allow
        } else {
            Decision::Deny(String::new())
        }
    }

    /// The 403 of a request that was denied.
    pub(crate) fn forbidden(&self, user: &User, attributes: &Attributes<'_>) -> ApiError {
        let Attributes {
            verb,
            group,
            resource,
            subresource,
            namespace,
            name,
            path,
            ..
        } = *attributes;
        let who = format!("User {:?} cannot {verb}", user.name.as_str());
        if resource.is_empty() {
            return ApiError::forbidden("", "", "", &format!("{who} path {path:?}"));
        }
        let what = if subresource.is_empty() {
            resource.to_owned()
        } else {
            format!("{resource}/{subresource}")
        };
        let place = if namespace.is_empty() {
            "at the cluster scope".to_owned()
        } else {
            format!("in the namespace {namespace:?}")
        };
        let why = format!("{who} resource {what:?} in API group {group:?} {place}");
        ApiError::forbidden(group, resource, name, &why)
    }
}

impl std::fmt::Debug for Authorizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authorizer")
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}
