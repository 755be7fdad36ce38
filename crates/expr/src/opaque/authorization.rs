//! Authorizers as expressions have them, and what they answer. Who answers is not known here.

use std::{fmt, sync::Arc};

/// Answers whether somebody may.
pub trait Authorize: fmt::Debug + Send + Sync {
    fn authorize(&self, check: &Check) -> Answer;
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Namespace and name of the service account about which it is; none for whoever sent the request.
    pub account: Option<(Arc<str>, Arc<str>)>,
    pub target: Target,
    pub verb: String,
}

/// What somebody wants to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// That is no resource.
    Path(Arc<str>),
    Resource(Arc<ResourceTarget>),
}

/// Empty is not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceTarget {
    pub group: String,
    pub resource: String,
    pub subresource: String,
    pub namespace: String,
    pub name: String,
    pub field_selector: String,
    pub label_selector: String,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub allowed: bool,
    pub reason: String,
    pub error: Option<String>,
}

/// A value of the authorization library.
#[derive(Clone, Debug, PartialEq)]
pub enum Authorization {
    Authorizer(Who),
    PathCheck(Who, Arc<str>),
    GroupCheck(Who, Arc<str>),
    ResourceCheck(Who, Arc<ResourceTarget>),
    Decision(Answer),
}

/// Who is asked, about whom.
#[derive(Clone, Debug)]
pub struct Who {
    authorizer: Arc<dyn Authorize>,
    account: Option<(Arc<str>, Arc<str>)>,
}

impl PartialEq for Who {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.authorizer, &other.authorizer) && self.account == other.account
    }
}

impl Who {
    pub(crate) fn new(authorizer: Arc<dyn Authorize>) -> Self {
        Self {
            authorizer,
            account: None,
        }
    }

    pub(crate) fn account(&self, namespace: &str, name: &str) -> Self {
        Self {
            authorizer: Arc::clone(&self.authorizer),
            account: Some((namespace.into(), name.into())),
        }
    }

    pub(crate) fn ask(&self, target: Target, verb: &str) -> Answer {
        self.authorizer.authorize(&Check {
            account: self.account.clone(),
            target,
            verb: verb.to_owned(),
        })
    }
}

impl Authorization {
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Self::Authorizer(_) => "kubernetes.authorization.Authorizer",
            Self::PathCheck(..) => "kubernetes.authorization.PathCheck",
            Self::GroupCheck(..) => "kubernetes.authorization.GroupCheck",
            Self::ResourceCheck(..) => "kubernetes.authorization.ResourceCheck",
            Self::Decision(_) => "kubernetes.authorization.Decision",
        }
    }
}
