//! Which names of resources (`cpu`, `requests.memory`, `example.com/gpu`) are known where: containers, quotas, limits.

use crate::rules;
use meta::{FieldErrors, FieldPath, Map, Quantity, Str, validation};

pub(crate) const HUGE_PAGES: &str = "hugepages-";
const QUOTA_PREFIX: &str = "requests.";
const NATIVE_DOMAIN: &str = "kubernetes.io/";
const CONTAINER: &[&str] = &["cpu", "ephemeral-storage", "memory"];
/// What quotas count and add up, by names without a domain.
const QUOTA: &[&str] = &[
    "configmaps",
    "cpu",
    "ephemeral-storage",
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "memory",
    "persistentvolumeclaims",
    "pods",
    "replicationcontrollers",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
    "requests.storage",
    "resourcequotas",
    "secrets",
    "services",
    "services.loadbalancers",
    "services.nodeports",
];
/// Those that are counted whole.
const COUNTED: &[&str] = &[
    "configmaps",
    "persistentvolumeclaims",
    "pods",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
    "services",
    "services.loadbalancers",
    "services.nodeports",
];

/// What every list of resources gets with its defaults: amounts are whole thousandths, rounded up.
pub(crate) fn round_up(list: &mut Map<Str, Quantity>) {
    list.values_mut().for_each(Quantity::round_up_to_milli);
}

/// A name without a domain is one that Kubernetes knows; false if not.
pub(crate) fn check(errors: &mut FieldErrors, path: &FieldPath, name: &str) -> bool {
    let problems = validation::qualified_name(name);
    let good = problems.is_empty();
    rules::each(errors, path, name, problems);
    if good && !name.contains('/') && name != "storage" && !is_quota(name) {
        let words = "must be a standard resource type or fully qualified";
        errors.invalid(path, name, words);
        return false;
    }
    good
}

/// A resource that a container may have.
pub(crate) fn check_container(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    check(errors, path, name);
    if !name.contains('/') {
        if !CONTAINER.contains(&name) && !name.starts_with(HUGE_PAGES) {
            errors.invalid(path, name, "must be a standard resource for containers");
        }
    } else if !is_native(name) && !is_extended(name) {
        let words = "doesn't follow extended resource name standard";
        errors.invalid(path, name, words);
    }
}

/// A resource that a quota may limit.
pub(crate) fn check_quota(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    check(errors, path, name);
    if !name.contains('/') && !is_quota(name) {
        errors.invalid(path, name, "must be a standard resource for quota");
    }
}

/// How much of a resource: not negative, and whole where it is counted.
pub(crate) fn check_amount(
    errors: &mut FieldErrors,
    path: &FieldPath,
    name: &str,
    amount: &Quantity,
) {
    if amount.sign() < 0 {
        let words = "must be greater than or equal to 0";
        errors.invalid(path, amount, words);
    }
    let whole = COUNTED.contains(&name) || is_extended(name);
    if whole && !amount.is_whole() {
        errors.invalid(path, amount, "must be an integer");
    }
}

/// Known to the quota system without a domain.
pub(crate) fn is_quota(name: &str) -> bool {
    let bare = name.strip_prefix(QUOTA_PREFIX).unwrap_or(name);
    QUOTA.contains(&name) || bare.starts_with(HUGE_PAGES)
}

/// Of Kubernetes' own domain, or of none.
pub(crate) fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains(NATIVE_DOMAIN)
}

/// A resource of a domain of its own: counted whole and never overcommitted.
pub(crate) fn is_extended(name: &str) -> bool {
    !is_native(name)
        && !name.starts_with(QUOTA_PREFIX)
        && validation::qualified_name(&format!("{QUOTA_PREFIX}{name}")).is_empty()
}

/// Whether more may be promised than there is.
pub(crate) fn may_overcommit(name: &str) -> bool {
    is_native(name) && !name.starts_with(HUGE_PAGES)
}
