//! ResourceQuota: how much all objects of a namespace may have together.

#[cfg(test)]
mod tests;

use super::{pod, resource_names};
use api::core::v1::{ResourceQuota, ResourceQuotaSpec, ScopeSelector};
use meta::{FieldErrors, FieldPath, Map, Quantity, Str, Verbatim};
use resource::{Column, Part, RequestContext, Strategy, Subresources};
use std::collections::BTreeSet;

pub(crate) struct ResourceQuotas;

const SCOPES: &[&str] = &[
    "BestEffort",
    "CrossNamespacePodAffinity",
    "NotBestEffort",
    "NotTerminating",
    "PriorityClass",
    "Terminating",
    "VolumeAttributesClass",
];
/// No object is in both.
const CONFLICTS: &[(&str, &str)] = &[
    ("BestEffort", "NotBestEffort"),
    ("Terminating", "NotTerminating"),
];
const OF_PODS: &[&str] = &[
    "cpu",
    "limits.cpu",
    "limits.memory",
    "memory",
    "pods",
    "requests.cpu",
    "requests.memory",
];
const OF_CLAIMS: &[&str] = &["persistentvolumeclaims", "requests.storage"];
const UNSUPPORTED: &str = "unsupported scope";
const MISMATCH: &str = "unsupported scope applied to resource";

impl Strategy for ResourceQuotas {
    type Object = ResourceQuota;
    const RETURNS_DELETED_OBJECT: bool = true;
    const SHORT_NAMES: &'static [&'static str] = &["quota"];
    const COLUMNS: &'static [Column<ResourceQuota>] = &[
        Column::NAME,
        Column::text(
            "Request",
            "Request represents a minimum amount of cpu/memory that a container may consume.",
            |quota: &ResourceQuota, _| amounts(quota, false).into(),
        ),
        Column::text(
            "Limit",
            "Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node.",
            |quota: &ResourceQuota, _| amounts(quota, true).into(),
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;

    fn subresources(&self) -> Subresources<ResourceQuota> {
        Subresources::none().status_with(|to, from| to.status = from.status.clone(), StatusPart)
    }

    fn set_defaults(&self, quota: &mut ResourceQuota) {
        resource_names::round_up(&mut quota.spec.hard);
        resource_names::round_up(&mut quota.status.hard);
        resource_names::round_up(&mut quota.status.used);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, quota: &ResourceQuota) {
        check(errors, &quota.spec);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ResourceQuota,
        old: &ResourceQuota,
    ) {
        check(errors, &new.spec);
        let set = |quota: &ResourceQuota| -> BTreeSet<Str> {
            quota.spec.scopes.iter().cloned().collect()
        };
        if set(new) != set(old) {
            errors.immutable(&FieldPath::new("spec.scopes"), &new.spec.scopes);
        }
    }
}

/// `cpu: 1/2, …` of the limits, or of all else.
fn amounts(quota: &ResourceQuota, limits: bool) -> String {
    let status = &quota.status;
    let hard = status
        .hard
        .iter()
        .filter(|(name, _)| name.starts_with("limits.") == limits);
    let nothing = Quantity::default();
    let shown = hard.map(|(name, hard)| {
        let used = status.used.get(name).unwrap_or(&nothing);
        format!("{name}: {used}/{hard}")
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn check(errors: &mut FieldErrors, spec: &ResourceQuotaSpec) {
    let path = FieldPath::new("spec");
    check_amounts(errors, &path.child("hard"), &spec.hard);
    check_scopes(errors, &path.child("scopes"), spec);
    if let Some(selector) = &spec.scope_selector {
        check_selector(errors, &path.child("scopeSelector"), selector, spec);
    }
}

fn check_amounts(errors: &mut FieldErrors, path: &FieldPath, amounts: &Map<Str, Quantity>) {
    for (name, amount) in amounts.iter() {
        let path = path.key(name);
        resource_names::check_quota(errors, &path, name);
        resource_names::check_amount(errors, &path, name, amount);
    }
}

/// Whether a scope makes sense for every known resource that is limited.
fn fits(scope: &str, spec: &ResourceQuotaSpec) -> impl Iterator<Item = bool> {
    let known = spec.hard.keys();
    let known = known.filter(|name| resource_names::is_quota(name));
    known.map(move |name| match scope {
        "BestEffort" => name == "pods",
        "VolumeAttributesClass" => OF_CLAIMS.contains(&name.as_str()),
        scope if SCOPES.contains(&scope) => OF_PODS.contains(&name.as_str()),
        _ => true,
    })
}

fn check_scopes(errors: &mut FieldErrors, path: &FieldPath, spec: &ResourceQuotaSpec) {
    let scopes = &spec.scopes;
    for scope in scopes {
        if !SCOPES.contains(&scope.as_str()) {
            errors.invalid(path, scopes, UNSUPPORTED);
        }
        for _ in fits(scope, spec).filter(|fits| !fits) {
            errors.invalid(path, scopes, MISMATCH);
        }
    }
    check_conflicts(errors, path, scopes.iter(), spec);
}

fn check_conflicts<'s>(
    errors: &mut FieldErrors,
    path: &FieldPath,
    scopes: impl Iterator<Item = &'s Str>,
    spec: &ResourceQuotaSpec,
) {
    let scopes: Vec<&Str> = scopes.collect();
    let has = |scope: &str| scopes.iter().any(|one| *one == scope);
    for (one, other) in CONFLICTS {
        if has(one) && has(other) {
            errors.invalid(path, &spec.scopes, "conflicting scopes");
        }
    }
}

fn check_selector(
    errors: &mut FieldErrors,
    path: &FieldPath,
    selector: &ScopeSelector,
    spec: &ResourceQuotaSpec,
) {
    let path = path.child("matchExpressions");
    for requirement in &selector.match_expressions {
        let scope = requirement.scope_name.as_str();
        if !SCOPES.contains(&scope) {
            errors.invalid(&path.child("scopeName"), scope, UNSUPPORTED);
        }
        for _ in fits(scope, spec).filter(|fits| !fits) {
            let shown = pod::validate::internal_form(selector);
            errors.invalid(&path, Verbatim(&shown), MISMATCH);
        }
        let (operator, at) = (requirement.operator.as_str(), path.child("operator"));
        let valued = ["PriorityClass", "VolumeAttributesClass"].contains(&scope);
        if SCOPES.contains(&scope) && !valued && operator != "Exists" {
            let words = "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
            errors.invalid(&at, operator, words);
        }
        let values = path.child("values");
        match operator {
            "In" | "NotIn" if requirement.values.is_empty() => {
                let words = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
                errors.required(&values, words);
            }
            "Exists" | "DoesNotExist" if !requirement.values.is_empty() => {
                let words = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
                errors.invalid(&values, &requirement.values, words);
            }
            "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
            other => errors.invalid(&at, other, "not a valid selector operator"),
        }
    }
    let scopes = selector.match_expressions.iter();
    check_conflicts(errors, &path, scopes.map(|one| &one.scope_name), spec);
}

struct StatusPart;

impl Part<ResourceQuota> for StatusPart {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ResourceQuota,
        _old: &ResourceQuota,
    ) {
        let path = FieldPath::new("status");
        check_amounts(errors, &path.child("hard"), &new.status.hard);
        check_amounts(errors, &path.child("used"), &new.status.used);
    }
}
