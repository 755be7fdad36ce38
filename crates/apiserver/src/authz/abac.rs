//! A file of policies: who may what, one JSON object a line, read once at the start. Upstream: `pkg/auth/authorizer/abac`.
use super::{Attributes, Decision, Verdict};
use api::rbac::v1::PolicyRule;
use meta::Str;
use resource::User;
use serde_json::Value;

const GROUP: &str = "abac.authorization.kubernetes.io";
const AUTHENTICATED: &str = "system:authenticated";

/// Why a file is none of policies; in upstream's words.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("error reading policy file {path}, line {line}: {text}: {reason}")]
pub struct AbacError {
    pub path: String,
    /// Counts from 1.
    pub line: usize,
    pub text: String,
    pub reason: String,
}

/// The policies of a file.
#[derive(Debug, Default)]
pub struct AbacPolicies(Vec<Policy>);

/// Somebody may something. An empty field matches what is empty, `*` matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Policy {
    user: String,
    group: String,
    readonly: bool,
    api_group: String,
    resource: String,
    namespace: String,
    non_resource_path: String,
}

impl AbacPolicies {
    /// Reads a file's text; lines that are blank or begin with `#` say nothing. `path` is for the error.
    ///
    /// # Errors
    /// At the first line that is no policy.
    pub fn parse(path: &str, text: &str) -> Result<Self, AbacError> {
        let mut policies = Vec::new();
        let mut unversioned = false;
        for (index, line) in text.lines().enumerate() {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            let (policy, versioned) = policy(trimmed).map_err(|reason| AbacError {
                path: path.to_owned(),
                line: index + 1,
                text: line.to_owned(),
                reason,
            })?;
            unversioned |= !versioned;
            policies.push(policy);
        }
        if unversioned {
            tracing::warn!(path, "the policy file contains unversioned rules");
        }
        Ok(Self(policies))
    }

    pub(super) fn authorize(&self, user: &User, asked: &Attributes<'_>) -> Verdict {
        if self.0.iter().any(|policy| policy.allows(user, asked)) {
            Verdict::allow()
        } else {
            Verdict::new(Decision::NoOpinion, "No policy matched.")
        }
    }

    /// What a user may in a namespace.
    pub(super) fn rules_of(&self, user: &User, namespace: &str) -> Vec<PolicyRule> {
        let here = |policy: &&Policy| {
            policy.is_about(user) && (policy.namespace == "*" || policy.namespace == namespace)
        };
        let rules = self.0.iter().filter(here).flat_map(Policy::rules);
        rules.collect()
    }
}

/// A line's policy, and whether it says of which version it is.
fn policy(line: &str) -> Result<(Policy, bool), String> {
    let document: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = |name: &str| document[name].as_str().unwrap_or_default();
    let (version, kind) = (text("apiVersion"), text("kind"));
    if version.is_empty() && kind.is_empty() {
        return v0(&document).map(|policy| (policy, false));
    }
    match (version.strip_prefix(GROUP), kind) {
        (Some("/v1beta1"), "Policy") => v1beta1(&document["spec"]).map(|policy| (policy, true)),
        (Some("/v0"), "Policy") => v0(&document).map(|policy| (policy, true)),
        _ => Err(format!(
            "no kind {kind:?} is registered for version {version:?}"
        )),
    }
}

fn fields(object: &Value) -> Result<Policy, String> {
    let text = |name: &str| match &object[name] {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        _ => Err(format!("{name} must be a string")),
    };
    let readonly = match &object["readonly"] {
        Value::Null => false,
        Value::Bool(readonly) => *readonly,
        _ => return Err("readonly must be true or false".to_owned()),
    };
    Ok(Policy {
        user: text("user")?,
        group: text("group")?,
        readonly,
        api_group: text("apiGroup")?,
        resource: text("resource")?,
        namespace: text("namespace")?,
        non_resource_path: text("nonResourcePath")?,
    })
}

fn v1beta1(spec: &Value) -> Result<Policy, String> {
    let mut policy = fields(spec)?;
    if policy.user == "*" || policy.group == "*" {
        AUTHENTICATED.clone_into(&mut policy.group);
    }
    Ok(policy)
}

/// What was left out meant all.
fn v0(document: &Value) -> Result<Policy, String> {
    let mut policy = fields(document)?;
    let all = || "*".to_owned();
    let nobody = policy.user.is_empty() && policy.group.is_empty();
    if nobody || policy.user == "*" || policy.group == "*" {
        AUTHENTICATED.clone_into(&mut policy.group);
    }
    let anything = policy.namespace.is_empty() && policy.resource.is_empty();
    policy.non_resource_path = if anything { all() } else { String::new() };
    if policy.namespace.is_empty() {
        policy.namespace = all();
    }
    if policy.resource.is_empty() {
        policy.resource = all();
    }
    policy.api_group = all();
    Ok(policy)
}

impl Policy {
    fn allows(&self, user: &User, asked: &Attributes<'_>) -> bool {
        let reads = matches!(asked.verb, "get" | "list" | "watch");
        self.is_about(user) && (reads || !self.readonly) && self.covers(asked)
    }

    /// Both must fit where both are said.
    fn is_about(&self, user: &User) -> bool {
        let is_user = self.user == "*" || user.name == self.user.as_str();
        let is_group = self.group == "*" || user.in_group(&self.group);
        match (self.user.is_empty(), self.group.is_empty()) {
            (true, true) => false,
            (false, true) => is_user,
            (true, false) => is_group,
            (false, false) => is_user && is_group,
        }
    }

    fn covers(&self, asked: &Attributes<'_>) -> bool {
        let fits = |own: &str, asked: &str| own == "*" || own == asked;
        if !asked.resource.is_empty() {
            return fits(&self.namespace, asked.namespace)
                && fits(&self.resource, asked.resource)
                && fits(&self.api_group, asked.group);
        }
        let path = &self.non_resource_path;
        fits(path, asked.path)
            || path.ends_with('*') && asked.path.starts_with(path.trim_end_matches('*'))
    }

    fn rules(&self) -> impl Iterator<Item = PolicyRule> {
        let verbs: &[&str] = if self.readonly {
            &["get", "list", "watch"]
        } else {
            &["*"]
        };
        let verbs = || verbs.iter().map(|verb| Str::from(*verb)).collect();
        let of_resources = (!self.resource.is_empty()).then(|| PolicyRule {
            verbs: verbs(),
            api_groups: [self.api_group.as_str().into()].into(),
            resources: [self.resource.as_str().into()].into(),
            ..PolicyRule::default()
        });
        let of_paths = (!self.non_resource_path.is_empty()).then(|| PolicyRule {
            verbs: verbs(),
            non_resource_urls: [self.non_resource_path.as_str().into()].into(),
            ..PolicyRule::default()
        });
        of_resources.into_iter().chain(of_paths)
    }
}

#[cfg(test)]
mod tests;
