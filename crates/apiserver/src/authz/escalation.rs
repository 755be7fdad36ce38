//! Who writes roles and bindings must hold what they grant, or have the verbs `escalate` and `bind`.
use super::{Attributes, Authorizer, Decision, rules};
use api::rbac::v1::{ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef};
use meta::ApiError;
use resource::{Object, ResourceInfo, User};
use std::fmt::Write;

const GROUP: &str = "rbac.authorization.k8s.io";

/// Checks a write of one of the four RBAC kinds; all others pass.
///
/// # Errors
/// 403 with the rules that are missing.
pub(crate) fn check_write(
    authorizer: &Authorizer,
    user: &User,
    info: &ResourceInfo,
    new: &Object,
    old: Option<&Object>,
) -> Result<(), ApiError> {
    if info.group != GROUP || user.in_group("system:masters") {
        return Ok(());
    }
    let any = new.as_any();
    let namespace = new.metadata().namespace.as_str();
    let name = new.metadata().name.as_str();
    let (rules, verb): (Vec<PolicyRule>, &str) =
        if let Some(role) = any.downcast_ref::<ClusterRole>() {
            (role.rules.to_vec(), "escalate")
        } else if let Some(role) = any.downcast_ref::<Role>() {
            (role.rules.to_vec(), "escalate")
        } else if let Some(binding) = any.downcast_ref::<ClusterRoleBinding>() {
            (referenced(authorizer, "", &binding.role_ref), "bind")
        } else if let Some(binding) = any.downcast_ref::<RoleBinding>() {
            (referenced(authorizer, namespace, &binding.role_ref), "bind")
        } else {
            return Ok(());
        };
    if old.is_some_and(|old| same_grant(new, old)) || may(authorizer, user, info, verb, new) {
        return Ok(());
    }
    let missing = rules::covers(&authorizer.rbac.rules_of(user, namespace), &rules);
    if missing.is_empty() {
        return Ok(());
    }
    let mut why = format!(
        "user {:?} (groups={:?}) is attempting to grant RBAC permissions not currently held:",
        user.name.as_str(),
        user.groups
            .iter()
            .map(meta::Str::as_str)
            .collect::<Vec<_>>()
    );
    for rule in &missing {
        let _ = write!(why, "\n{}", shown(rule));
    }
    Err(ApiError::forbidden(&info.group, &info.plural, name, &why))
}

fn same_grant(new: &Object, old: &Object) -> bool {
    let same = |field| resource::same_field(new.as_message(), old.as_message(), field);
    same("rules") && same("subjects") && same("roleRef") && same("aggregationRule")
}

fn referenced(authorizer: &Authorizer, namespace: &str, role: &RoleRef) -> Vec<PolicyRule> {
    let home = if role.kind == "Role" { namespace } else { "" };
    authorizer
        .rbac
        .rules_of_role(home, &role.name)
        .map(|rules| rules.to_vec())
        .unwrap_or_default()
}

/// `escalate` is asked of the role itself, `bind` of the role that a binding names.
fn may(
    authorizer: &Authorizer,
    user: &User,
    info: &ResourceInfo,
    verb: &str,
    new: &Object,
) -> bool {
    let any = new.as_any();
    let role = any
        .downcast_ref::<ClusterRoleBinding>()
        .map(|b| &b.role_ref)
        .or(any.downcast_ref::<RoleBinding>().map(|b| &b.role_ref));
    let (resource, name) = match role {
        Some(role) if role.kind == "Role" => ("roles", role.name.as_str()),
        Some(role) => ("clusterroles", role.name.as_str()),
        None => (info.plural.as_str(), new.metadata().name.as_str()),
    };
    let namespace = new.metadata().namespace.as_str();
    let asked = Attributes {
        verb,
        group: GROUP,
        resource,
        subresource: "",
        namespace,
        name,
        path: "",
    };
    authorizer.authorize(user, &asked) == Decision::Allow
}

/// A rule as upstream prints it.
fn shown(rule: &PolicyRule) -> String {
    let mut parts = Vec::new();
    let mut add = |name: &str, values: &[meta::Str]| {
        if !values.is_empty() {
            let quoted: Vec<String> = values
                .iter()
                .map(|value| format!("{:?}", value.as_str()))
                .collect();
            parts.push(format!("{name}:[{}]", quoted.join(", ")));
        }
    };
    add("APIGroups", &rule.api_groups);
    add("Resources", &rule.resources);
    add("ResourceNames", &rule.resource_names);
    add("NonResourceURLs", &rule.non_resource_urls);
    add("Verbs", &rule.verbs);
    format!("{{{}}}", parts.join(", "))
}
