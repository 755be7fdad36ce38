//! Whether a user may: `system:masters`, then the configured authorizers in their order, of which the first that has an opinion decides.
mod abac;
mod conditions;
mod configuration;
mod escalation;
mod node;
mod rbac;
mod rules;
mod selectors;
mod webhook;

pub use self::{
    abac::{AbacError, AbacPolicies},
    webhook::{FailurePolicy, WebhookAuthorization, WebhookSettings},
};
pub(crate) use self::{
    escalation::{check_write, grants},
    node::uses,
    selectors::{Selectors, unread},
};

use crate::{
    cache::Caches,
    metrics::{Authorizers, Decisions},
    request_info::RequestInfo,
};
use api::rbac::v1::PolicyRule;
use meta::{ApiError, go_quote};
use node::NodeAuthorizer;
use parking_lot::RwLock;
use platform::Clock;
use rbac::Rbac;
use resource::User;
use std::sync::Arc;
use webhook::Webhook;

/// Which authorizers decide, in their order.
#[derive(Debug)]
pub struct Authorization {
    pub modes: Vec<AuthorizationMode>,
}

/// One authorizer.
#[derive(Debug)]
pub enum AuthorizationMode {
    /// Everyone may everything.
    AlwaysAllow,
    /// Nobody may anything, but for what another authorizer allows.
    AlwaysDeny,
    /// Nodes for themselves.
    Node,
    Rbac,
    /// Whoever a file of policies names.
    Abac(Arc<AbacPolicies>),
    Webhook(Box<WebhookAuthorization>),
}

impl Authorization {
    /// Everyone may everything: for tests.
    #[must_use]
    pub fn always_allow() -> Self {
        Self {
            modes: vec![AuthorizationMode::AlwaysAllow],
        }
    }

    /// Nodes for themselves, RBAC for everyone.
    #[must_use]
    pub fn node_rbac() -> Self {
        Self {
            modes: vec![AuthorizationMode::Node, AuthorizationMode::Rbac],
        }
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Attributes<'a> {
    pub(crate) verb: &'a str,
    pub(crate) group: &'a str,
    pub(crate) version: &'a str,
    /// Empty for paths that are no resource.
    pub(crate) resource: &'a str,
    pub(crate) subresource: &'a str,
    pub(crate) namespace: &'a str,
    pub(crate) name: &'a str,
    pub(crate) path: &'a str,
    pub(crate) selectors: Selectors<'a>,
}

impl<'a> Attributes<'a> {
    pub(crate) fn of(info: &'a RequestInfo) -> Self {
        Self {
            verb: &info.verb,
            group: &info.group,
            version: &info.version,
            resource: &info.resource,
            subresource: &info.subresource,
            namespace: &info.namespace,
            name: &info.name,
            path: &info.path,
            selectors: Selectors::Texts {
                field: info.field_selector.as_deref(),
                label: info.label_selector.as_deref(),
            },
        }
    }
}

/// What an authorizer thinks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Allow,
    /// Whatever the next ones think.
    Deny,
    /// The next one is asked; nobody's opinion is a refusal.
    NoOpinion,
}

/// A decision with the words that reviews and refusals show.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) decision: Decision,
    pub(crate) reason: Arc<str>,
    /// What went wrong on the way.
    pub(crate) error: Option<String>,
}

impl Verdict {
    fn new(decision: Decision, reason: impl Into<Arc<str>>) -> Self {
        Self {
            decision,
            reason: reason.into(),
            error: None,
        }
    }

    fn allow() -> Self {
        Self::new(Decision::Allow, Arc::default())
    }

    fn no_opinion() -> Self {
        Self::new(Decision::NoOpinion, Arc::default())
    }

    pub(crate) fn allows(&self) -> bool {
        self.decision == Decision::Allow
    }
}

enum Mode {
    AlwaysAllow,
    AlwaysDeny,
    Node,
    Rbac,
    Abac(Arc<AbacPolicies>),
    Webhook(Box<Webhook>),
}

impl Mode {
    /// The type and the name by which metrics tell it from others.
    fn names(&self) -> (&'static str, &str) {
        match self {
            Self::AlwaysAllow => ("AlwaysAllow", "alwaysallow"),
            Self::AlwaysDeny => ("AlwaysDeny", "alwaysdeny"),
            Self::Node => ("Node", "node"),
            Self::Rbac => ("RBAC", "rbac"),
            Self::Abac(_) => ("ABAC", "abac"),
            Self::Webhook(webhook) => ("Webhook", webhook.name()),
        }
    }
}

/// One that is asked, and what it decided.
struct Asked {
    mode: Mode,
    decisions: Decisions,
}

impl Asked {
    fn count(&self, verdict: &Verdict) {
        match verdict.decision {
            Decision::Allow => self.decisions.allowed(),
            Decision::Deny => self.decisions.denied(),
            Decision::NoOpinion => {}
        }
    }
}

/// Decides.
pub(crate) struct Authorizer {
    /// Replaced whole when the configuration changes.
    modes: RwLock<Arc<[Asked]>>,
    pub(crate) rbac: Rbac,
    node: NodeAuthorizer,
    clock: Clock,
    counts: Arc<Authorizers>,
}

impl Authorizer {
    pub(crate) fn new(
        config: Authorization,
        caches: Arc<Caches>,
        clock: Clock,
        counts: Arc<Authorizers>,
    ) -> Self {
        let res = Self {
            modes: RwLock::new(Arc::new([])),
            rbac: Rbac::new(Arc::clone(&caches)),
            node: NodeAuthorizer::new(caches),
            clock,
            counts,
        };
        res.configure(config);
        res
    }

    /// Puts other authorizers in the place of those that decide now.
    pub(crate) fn configure(&self, config: Authorization) {
        let modes = config.modes.into_iter().map(|mode| match mode {
            AuthorizationMode::AlwaysAllow => Mode::AlwaysAllow,
            AuthorizationMode::AlwaysDeny => Mode::AlwaysDeny,
            AuthorizationMode::Node => Mode::Node,
            AuthorizationMode::Rbac => Mode::Rbac,
            AuthorizationMode::Abac(policies) => Mode::Abac(policies),
            AuthorizationMode::Webhook(config) => {
                let (clock, counts) = (self.clock.clone(), Arc::clone(&self.counts));
                Mode::Webhook(Box::new(Webhook::new(*config, clock, counts)))
            }
        });
        let counted = |mode: Mode| {
            let (kind, name) = mode.names();
            let decisions = self.counts.of(kind, name);
            Asked { mode, decisions }
        };
        let modes: Arc<[Asked]> = modes.map(counted).collect();
        *self.modes.write() = modes;
    }

    /// The verdict, unless a webhook has to be asked for it.
    pub(crate) fn decide(&self, user: &User, attributes: &Attributes<'_>) -> Option<Verdict> {
        if user.in_group("system:masters") {
            return Some(Verdict::allow());
        }
        let modes = Arc::clone(&self.modes.read());
        let mut opinions = Opinions::default();
        for asked in &*modes {
            let verdict = match &asked.mode {
                Mode::Webhook(webhook) => webhook.decide(user, attributes)?,
                mode => self.local(mode, user, attributes),
            };
            if let Some(last) = opinions.add(verdict) {
                asked.count(&last);
                return Some(last);
            }
        }
        Some(opinions.none())
    }

    /// The verdict, webhooks asked where they have to be.
    pub(crate) async fn authorize(&self, user: &User, attributes: &Attributes<'_>) -> Verdict {
        if let Some(verdict) = self.decide(user, attributes) {
            return verdict;
        }
        let modes = Arc::clone(&self.modes.read());
        let mut opinions = Opinions::default();
        for asked in &*modes {
            let verdict = match &asked.mode {
                Mode::Webhook(webhook) => webhook.authorize(user, attributes).await,
                mode => self.local(mode, user, attributes),
            };
            if let Some(last) = opinions.add(verdict) {
                asked.count(&last);
                return last;
            }
        }
        opinions.none()
    }

    fn local(&self, mode: &Mode, user: &User, attributes: &Attributes<'_>) -> Verdict {
        match mode {
            Mode::AlwaysAllow => Verdict::allow(),
            Mode::Node => self.node.authorize(user, attributes),
            Mode::Rbac => self.rbac.authorize(user, attributes),
            Mode::Abac(policies) => policies.authorize(user, attributes),
            Mode::AlwaysDeny | Mode::Webhook(_) => {
                Verdict::new(Decision::NoOpinion, "Everything is forbidden.")
            }
        }
    }

    /// What a user may in a namespace, as far as it can be listed.
    pub(crate) fn rules(&self, user: &User, namespace: &str) -> Listed {
        let modes = Arc::clone(&self.modes.read());
        let mut listed = Listed::default();
        for asked in &*modes {
            match &asked.mode {
                Mode::AlwaysAllow => listed.rules.extend(rules::everything()),
                Mode::AlwaysDeny => {}
                Mode::Node if node::is_node(user) => listed.unlistable("node"),
                Mode::Node => {}
                Mode::Rbac => {
                    let (rules, missing) = self.rbac.rules_of(user, namespace);
                    listed.rules.extend(rules);
                    listed.errors.extend(missing);
                }
                Mode::Abac(policies) => listed.rules.extend(policies.rules_of(user, namespace)),
                Mode::Webhook(_) => listed.unlistable("webhook"),
            }
        }
        listed
    }
}

/// What a user may.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    pub(crate) rules: Vec<PolicyRule>,
    /// An authorizer cannot tell.
    pub(crate) incomplete: bool,
    pub(crate) errors: Vec<String>,
}

impl Listed {
    fn unlistable(&mut self, authorizer: &str) {
        self.incomplete = true;
        self.errors.push(format!(
            "{authorizer} authorizer does not support user rule resolution"
        ));
    }
}

impl std::fmt::Debug for Authorizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authorizer")
            .field("modes", &self.modes.read().len())
            .finish_non_exhaustive()
    }
}

/// Those who have none, until one has.
#[derive(Default)]
struct Opinions {
    reasons: Vec<Arc<str>>,
    errors: Vec<String>,
}

impl Opinions {
    /// The verdict, when it is one.
    fn add(&mut self, verdict: Verdict) -> Option<Verdict> {
        if verdict.decision != Decision::NoOpinion {
            return Some(verdict);
        }
        if !verdict.reason.is_empty() {
            self.reasons.push(verdict.reason);
        }
        self.errors.extend(verdict.error);
        None
    }

    fn none(self) -> Verdict {
        Verdict {
            decision: Decision::NoOpinion,
            reason: self.reasons.join("\n").into(),
            error: (!self.errors.is_empty()).then(|| aggregate(&self.errors)),
        }
    }
}

/// Several errors as upstream prints them: one as it is, several in brackets, equal ones once.
pub(crate) fn aggregate(errors: &[String]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for error in errors {
        if !seen.contains(&error.as_str()) {
            seen.push(error);
        }
    }
    match seen.as_slice() {
        [one] => (*one).to_owned(),
        many => format!("[{}]", many.join(", ")),
    }
}

/// The 403 of a request that was denied. Upstream keeps the message free of what could be markup.
pub(crate) fn forbidden(user: &User, attributes: &Attributes<'_>, reason: &str) -> ApiError {
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
    let who = format!("User {} cannot {verb}", go_quote(&user.name));
    let mut why = if resource.is_empty() {
        format!("{who} path {}", go_quote(path))
    } else {
        let what = if subresource.is_empty() {
            go_quote(resource)
        } else {
            go_quote(&format!("{resource}/{subresource}"))
        };
        let place = if namespace.is_empty() {
            "at the cluster scope".to_owned()
        } else {
            format!("in the namespace {}", go_quote(namespace))
        };
        format!(
            "{who} resource {what} in API group {} {place}",
            go_quote(group)
        )
    };
    why = why
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    if !reason.is_empty() {
        why = format!("{why}: {reason}");
    }
    ApiError::forbidden(group, resource, name, &why)
}

#[cfg(test)]
mod tests;
