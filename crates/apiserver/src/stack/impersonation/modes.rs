//! The ways in which somebody may be allowed to be somebody else: the narrow ones, which also ask what is done meanwhile, and then the
//! one that Kubernetes has always had. The first that allows it counts; when none does, the first refusal is the answer.
use crate::{
    authz::{Attributes, forbidden},
    request_info::RequestInfo,
    shared::Api,
    stack::Call,
};
use meta::{ApiError, Str, go_quote, validation};
use parking_lot::Mutex;
use resource::User;
use std::collections::HashMap;

const AUTHENTICATED: &str = "system:authenticated";
const UNAUTHENTICATED: &str = "system:unauthenticated";
const GROUP: &str = "authentication.k8s.io";
const NODE_NAME: &str = "authentication.kubernetes.io/node-name";
/// From so many checks on, one for all of them is tried first.
const MANY: usize = 4;
/// Users whose last way is remembered.
const USERS_MAX: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A service account as the node that its pod runs on.
    AssociatedNode,
    ArbitraryNode,
    ServiceAccount,
    /// Those that are neither.
    UserInfo,
    Legacy,
}

const MODES: [Mode; 5] = [
    Mode::AssociatedNode,
    Mode::ArbitraryNode,
    Mode::ServiceAccount,
    Mode::UserInfo,
    Mode::Legacy,
];

/// Which way somebody went last: it is tried first. Upstream: `cache.go` there.
#[derive(Debug, Default)]
pub(super) struct LastModes(Mutex<HashMap<Str, Mode>>);

impl LastModes {
    fn get(&self, user: &Str) -> Option<Mode> {
        self.0.lock().get(user).copied()
    }

    fn put(&self, user: &Str, mode: Mode) {
        let mut all = self.0.lock();
        if all.len() >= USERS_MAX {
            all.clear();
        }
        all.insert(user.clone(), mode);
    }
}

/// The user that somebody becomes, and the verb that allowed it; none for the way that there has always been.
pub(super) struct Impersonated {
    pub(super) user: User,
    pub(super) mode: Mode,
    pub(super) constraint: Option<String>,
}

/// The user that `wanted` becomes, when whoever calls may be it.
pub(super) async fn impersonate(
    api: &Api,
    last: &LastModes,
    call: &Call,
    wanted: &User,
) -> Result<Impersonated, ApiError> {
    let first = last.get(&call.user.name);
    let others = MODES.into_iter().filter(|mode| Some(*mode) != first);
    let mut refusal = None;
    for mode in first.into_iter().chain(others) {
        if !mode.applies(&call.user, wanted) {
            continue;
        }
        let check = Check {
            api,
            mode,
            who: mode.asking(&call.user),
        };
        match check.user(&call.info, wanted).await {
            Ok(user) => {
                last.put(&call.user.name, mode);
                let constraint = check.constrained().then(|| check.verb());
                return Ok(Impersonated {
                    user,
                    mode,
                    constraint,
                });
            }
            Err(error) => refusal = refusal.or(Some(error)),
        }
    }
    Err(refusal.expect("the last mode applies to everyone"))
}

impl Mode {
    fn name(self) -> &'static str {
        match self {
            Self::AssociatedNode => "associated-node",
            Self::ArbitraryNode => "arbitrary-node",
            Self::ServiceAccount => "serviceaccount",
            Self::UserInfo => "user-info",
            Self::Legacy => "",
        }
    }

    /// As metrics call it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            mode => mode.name(),
        }
    }

    fn applies(self, who: &User, wanted: &User) -> bool {
        let alone = wanted.uid.is_empty() && wanted.groups.is_empty() && wanted.extra.is_empty();
        let (node, account) = (node(&wanted.name), service_account(&wanted.name));
        match self {
            Self::AssociatedNode => {
                alone
                    && node.is_some()
                    && service_account(&who.name).is_some()
                    && own_node(who) == node
            }
            Self::ArbitraryNode => alone && node.is_some(),
            Self::ServiceAccount => alone && account.is_some(),
            Self::UserInfo => node.is_none() && account.is_none(),
            Self::Legacy => true,
        }
    }

    /// Whom authorizers see: where the node is known to be the caller's own, the checks are the same for all nodes.
    fn asking(self, who: &User) -> User {
        let mut who = who.clone();
        if self == Self::AssociatedNode {
            let mut keys: Vec<Str> = who.extra.iter().map(|(key, _)| key.clone()).collect();
            keys.sort();
            let key = "authentication.kubernetes.io/associated-node-keys";
            who.extra = vec![(key.into(), keys)];
        }
        who
    }
}

struct Check<'a> {
    api: &'a Api,
    mode: Mode,
    who: User,
}

impl Check<'_> {
    async fn user(&self, info: &RequestInfo, wanted: &User) -> Result<User, ApiError> {
        if self.mode != Mode::Legacy {
            let mut meanwhile = Attributes::of(info);
            let verb = format!("impersonate-on:{}:{}", self.mode.name(), meanwhile.verb);
            meanwhile.verb = &verb;
            self.allowed(&meanwhile).await?;
        }
        let mut user = wanted.clone();
        self.name(wanted, &mut user).await?;
        if !wanted.uid.is_empty() {
            self.may(GROUP, "uids", "", "", &wanted.uid).await?;
        }
        self.groups(wanted).await?;
        self.extra(wanted).await?;
        complete(&mut user);
        Ok(user)
    }

    async fn name(&self, wanted: &User, user: &mut User) -> Result<(), ApiError> {
        if let (Some(name), true) = (node(&wanted.name), self.constrained()) {
            user.groups = vec!["system:nodes".into()];
            let name = if self.mode == Mode::AssociatedNode {
                "*"
            } else {
                name
            };
            return self.may(self.group(), "nodes", "", "", name).await;
        }
        match service_account(&wanted.name) {
            Some((namespace, name)) => {
                if wanted.groups.is_empty() {
                    user.groups = vec![
                        "system:serviceaccounts".into(),
                        format!("system:serviceaccounts:{namespace}").into(),
                    ];
                }
                self.may(self.group(), "serviceaccounts", "", namespace, name)
                    .await
            }
            None => self.may(self.group(), "users", "", "", &wanted.name).await,
        }
    }

    async fn groups(&self, wanted: &User) -> Result<(), ApiError> {
        let groups = &wanted.groups;
        if self.constrained() && !groups.is_empty() {
            let refuse = |name: &str, words: &str| {
                let verb = self.verb();
                let asked = self.attributes(&verb, self.group(), "groups", "", "", name);
                Err(forbidden(&self.who, &asked, words))
            };
            if groups.iter().any(Str::is_empty) {
                return refuse("", "impersonating the empty string group is not allowed");
            }
            if groups.iter().any(|group| group == "system:masters") {
                let words = "impersonating the system:masters group is not allowed";
                return refuse("system:masters", words);
            }
            if groups.len() >= MANY && self.may(self.group(), "groups", "", "", "*").await.is_ok() {
                return Ok(());
            }
        }
        for group in groups {
            self.may(self.group(), "groups", "", "", group).await?;
        }
        Ok(())
    }

    async fn extra(&self, wanted: &User) -> Result<(), ApiError> {
        let extra = &wanted.extra;
        if self.constrained() && !extra.is_empty() {
            if let Err(words) = check_extra(extra) {
                let verb = self.verb();
                let asked = self.attributes(&verb, GROUP, "userextras", "", "", "");
                return Err(forbidden(&self.who, &asked, &words));
            }
            let values: usize = extra.iter().map(|(_, values)| values.len()).sum();
            let many = extra.len() >= MANY || values >= MANY;
            if many && self.may(GROUP, "userextras", "*", "", "*").await.is_ok() {
                return Ok(());
            }
        }
        for (key, values) in extra {
            for value in values {
                self.may(GROUP, "userextras", key, "", value).await?;
            }
        }
        Ok(())
    }

    fn constrained(&self) -> bool {
        self.mode != Mode::Legacy
    }

    fn verb(&self) -> String {
        match self.mode {
            Mode::Legacy => "impersonate".to_owned(),
            mode => format!("impersonate:{}", mode.name()),
        }
    }

    /// Of users and groups.
    fn group(&self) -> &'static str {
        if self.constrained() { GROUP } else { "" }
    }

    fn attributes<'a>(
        &self,
        verb: &'a str,
        group: &'a str,
        resource: &'a str,
        subresource: &'a str,
        namespace: &'a str,
        name: &'a str,
    ) -> Attributes<'a> {
        Attributes {
            verb,
            group,
            version: "v1",
            resource,
            subresource,
            namespace,
            name,
            ..Attributes::default()
        }
    }

    async fn may(
        &self,
        group: &str,
        resource: &str,
        subresource: &str,
        namespace: &str,
        name: &str,
    ) -> Result<(), ApiError> {
        let verb = self.verb();
        let asked = self.attributes(&verb, group, resource, subresource, namespace, name);
        self.allowed(&asked).await
    }

    async fn allowed(&self, asked: &Attributes<'_>) -> Result<(), ApiError> {
        let clock = &self.api.platform.clock;
        let begun = clock.monotonic();
        let verdict = self.api.authorizer.authorize(&self.who, asked).await;
        let took = clock.monotonic().since(begun);
        let counts = &self.api.metrics.impersonations;
        counts.checked(self.mode.label(), verdict.allows(), took);
        if verdict.allows() {
            Ok(())
        } else {
            let words = match &verdict.error {
                Some(error) if verdict.reason.is_empty() => error.clone(),
                Some(error) => format!("{error}: {}", verdict.reason),
                None => verdict.reason.to_string(),
            };
            Err(forbidden(&self.who, asked, &words))
        }
    }
}

fn check_extra(extra: &[(Str, Vec<Str>)]) -> Result<(), String> {
    for (key, values) in extra {
        if key.is_empty() {
            return Err("impersonating the empty string key in extra is not allowed".into());
        }
        let mut errors = meta::FieldErrors::new();
        let path = meta::FieldPath::new("extra").child("key");
        crate::authn::domain_prefixed_path(&mut errors, &path, key);
        if !errors.is_empty() {
            let words = errors.aggregate();
            return Err(format!(
                "impersonating an invalid key in extra is not allowed: {words}"
            ));
        }
        if *key != key.to_lowercase() {
            let key = go_quote(key);
            return Err(format!(
                "impersonating a non-lowercase key in extra is not allowed: {key}"
            ));
        }
        if values.iter().any(Str::is_empty) {
            return Err("impersonating the empty string value in extra is not allowed".into());
        }
    }
    Ok(())
}

/// The group that follows from the name, or from what was asked for.
fn complete(user: &mut User) {
    let group = if user.name == "system:anonymous" {
        UNAUTHENTICATED
    } else if user.in_group(UNAUTHENTICATED) {
        return;
    } else {
        AUTHENTICATED
    };
    if !user.in_group(group) {
        user.groups.push(group.into());
    }
}

fn service_account(user: &str) -> Option<(&str, &str)> {
    let (namespace, name) = user
        .strip_prefix("system:serviceaccount:")?
        .split_once(':')?;
    let whole = validation::dns1123_label(namespace).is_empty()
        && validation::dns1123_subdomain(name).is_empty();
    whole.then_some((namespace, name))
}

fn node(user: &str) -> Option<&str> {
    let name = user.strip_prefix("system:node:")?;
    validation::dns1123_subdomain(name)
        .is_empty()
        .then_some(name)
}

fn own_node(user: &User) -> Option<&str> {
    let (_, values) = user.extra.iter().find(|(key, _)| key == NODE_NAME)?;
    match values.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}
