//! Who writes roles and bindings must hold what they grant, or have the verbs `escalate` and `bind`.
use super::{Attributes, Authorizer, aggregate, rules};
use api::rbac::v1::{ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef};
use meta::{ApiError, Reason, Str, go_quote};
use resource::{Object, ResourceInfo, User};
use std::collections::BTreeSet;

const GROUP: &str = "rbac.authorization.k8s.io";

/// Checks a write of one of the four RBAC kinds; all others pass.
///
/// # Errors
/// 403 with the rules that are missing, 404 when a binding names no role.
pub(crate) async fn check_write(
    authorizer: &Authorizer,
    user: &User,
    info: &ResourceInfo,
    new: &Object,
    old: Option<&Object>,
) -> Result<(), ApiError> {
    let gc_only = old.is_some_and(|old| changes_nothing_but_owners(new, old));
    if !grants(info) || user.in_group("system:masters") || gc_only {
        return Ok(());
    }
    let any = new.as_any();
    let write = Write {
        authorizer,
        user,
        info,
        namespace: &new.metadata().namespace,
        name: &new.metadata().name,
    };
    if let Some(role) = any.downcast_ref::<ClusterRole>() {
        if write.may_escalate(old).await {
            return Ok(());
        }
        write.role(&role.rules)?;
        let old = old.and_then(|old| old.as_any().downcast_ref::<ClusterRole>());
        let aggregates = |role: &ClusterRole| {
            let rule = role.aggregation_rule.as_ref();
            rule.is_some_and(|rule| !rule.cluster_role_selectors.is_empty())
        };
        if aggregates(role) || old.is_some_and(aggregates) {
            write.aggregation()?;
        }
        Ok(())
    } else if let Some(role) = any.downcast_ref::<Role>() {
        if write.may_escalate(old).await {
            return Ok(());
        }
        write.role(&role.rules)
    } else if let Some(binding) = any.downcast_ref::<ClusterRoleBinding>() {
        write.binding(&binding.role_ref).await
    } else if let Some(binding) = any.downcast_ref::<RoleBinding>() {
        write.binding(&binding.role_ref).await
    } else {
        Ok(())
    }
}

/// Whether a resource is one of the four.
pub(crate) fn grants(info: &ResourceInfo) -> bool {
    info.group == GROUP
}

/// The garbage collector takes owners and finalizers from objects that it could not write otherwise.
fn changes_nothing_but_owners(new: &Object, old: &Object) -> bool {
    let same = |field| resource::same_field(new.as_message(), old.as_message(), field);
    let rest = |object: &Object| {
        let mut metadata = object.metadata().clone();
        metadata.owner_references = Vec::new();
        metadata.finalizers = Vec::new();
        metadata.managed_fields = Vec::new();
        metadata
    };
    same("rules")
        && same("subjects")
        && same("roleRef")
        && same("aggregationRule")
        && rest(new) == rest(old)
}

struct Write<'a> {
    authorizer: &'a Authorizer,
    user: &'a User,
    info: &'a ResourceInfo,
    namespace: &'a str,
    name: &'a str,
}

impl Write<'_> {
    /// Whoever may this may also gather roles.
    async fn may_escalate(&self, old: Option<&Object>) -> bool {
        // A create's path has no name.
        let name = if old.is_some() { self.name } else { "" };
        self.may("escalate", &self.info.plural, name).await
    }

    fn role(&self, rules: &[PolicyRule]) -> Result<(), ApiError> {
        self.holds(rules).map_err(|why| self.forbidden(&why))
    }

    /// An aggregation rule can gather anything.
    fn aggregation(&self) -> Result<(), ApiError> {
        let words = "must have cluster-admin privileges to use the aggregationRule";
        self.holds(&rules::everything())
            .map_err(|_| self.forbidden(words))
    }

    async fn binding(&self, role: &RoleRef) -> Result<(), ApiError> {
        let is_role = role.kind == "Role";
        let (plural, home) = if is_role {
            ("roles", self.namespace)
        } else {
            ("clusterroles", "")
        };
        if self.may("bind", plural, &role.name).await {
            return Ok(());
        }
        check_role(role, is_role && home.is_empty())?;
        let rules = self.authorizer.rbac.rules_of_role(home, &role.name);
        // Upstream's storage of roles calls what it has not found by what the request is about.
        let missing = || ApiError::not_found(&self.info.group, &self.info.plural, &role.name);
        let rules = rules.ok_or_else(missing)?;
        self.holds(&rules).map_err(|why| self.forbidden(&why))
    }

    async fn may(&self, verb: &str, resource: &str, name: &str) -> bool {
        let asked = Attributes {
            verb,
            group: GROUP,
            version: "*",
            resource,
            namespace: self.namespace,
            name,
            ..Attributes::default()
        };
        self.authorizer.authorize(self.user, &asked).await.allows()
    }

    /// Whether the user has all of these rules; the error lists those that are missing.
    fn holds(&self, rules: &[PolicyRule]) -> Result<(), String> {
        let (owned, unknown) = self.authorizer.rbac.rules_of(self.user, self.namespace);
        let missing = rules::covers(&owned, rules);
        if missing.is_empty() {
            return Ok(());
        }
        let missing: BTreeSet<String> = compact(missing).iter().map(shown).collect();
        let missing: Vec<String> = missing.into_iter().collect();
        let mut words = format!(
            "user {} (groups={}) is attempting to grant RBAC permissions not currently held:\n{}",
            go_quote(&self.user.name),
            quoted(&self.user.groups),
            missing.join("\n")
        );
        if !unknown.is_empty() {
            words.push_str(&format!("; resolution errors: [{}]", aggregate(&unknown)));
        }
        Err(words)
    }

    fn forbidden(&self, why: &str) -> ApiError {
        ApiError::forbidden(&self.info.group, &self.info.plural, self.name, why)
    }
}

/// What upstream says of a role that nobody can look up.
fn check_role(role: &RoleRef, nowhere: bool) -> Result<(), ApiError> {
    if !matches!(&*role.kind, "Role" | "ClusterRole") {
        let kind = go_quote(&role.kind);
        let words = format!("unsupported role reference kind: {kind}");
        return Err(ApiError::new(Reason::Unknown, words));
    }
    if nowhere {
        return Err(ApiError::bad_request("Namespace parameter required."));
    }
    if role.name.is_empty() {
        return Err(ApiError::bad_request("Name parameter required."));
    }
    Ok(())
}

/// Rules that differ in their verbs alone become one.
fn compact(rules: Vec<PolicyRule>) -> Vec<PolicyRule> {
    let mut res: Vec<PolicyRule> = Vec::new();
    for rule in rules {
        let same = |known: &&mut PolicyRule| {
            rule.non_resource_urls.is_empty()
                && known.non_resource_urls.is_empty()
                && known.api_groups == rule.api_groups
                && known.resources == rule.resources
                && known.resource_names == rule.resource_names
        };
        match res.iter_mut().find(same) {
            Some(known) => {
                let verbs = known.verbs.iter().chain(rule.verbs.iter());
                known.verbs = verbs.cloned().collect();
            }
            None => res.push(rule),
        }
    }
    res
}

/// A rule as upstream prints it.
fn shown(rule: &PolicyRule) -> String {
    let parts = [
        ("APIGroups", rule.api_groups.as_slice()),
        ("Resources", rule.resources.as_slice()),
        ("NonResourceURLs", rule.non_resource_urls.as_slice()),
        ("ResourceNames", rule.resource_names.as_slice()),
        ("Verbs", &rule.verbs),
    ];
    let parts = parts.iter().filter(|(_, values)| !values.is_empty());
    let parts: Vec<String> = parts
        .map(|(name, values)| format!("{name}:{}", quoted(values)))
        .collect();
    format!("{{{}}}", parts.join(", "))
}

/// Go's `%q` of a list.
fn quoted(values: &[Str]) -> String {
    let values: Vec<String> = values.iter().map(|value| go_quote(value)).collect();
    format!("[{}]", values.join(" "))
}
