//! Requests and limits, resize policies, overhead.

mod claims;
mod whole;

pub(super) use self::{claims::check_pod_claims, whole::check_pod};

use super::{Lenient, Scope};
use crate::{
    core::resource_names::{self, HUGE_PAGES},
    rules,
};
use api::core::v1::{Container, PodSpec, ResourceRequirements};
use meta::{FieldErrors, FieldPath, Map, Quantity, Str};
use std::collections::HashSet;

const COMPUTE: &[&str] = &["cpu", "memory"];

/// How names of resources are looked at.
type Names = fn(&mut FieldErrors, &FieldPath, &str);

/// `resources` and `resizePolicy` of the container at `path`.
pub(super) fn check_container(
    errors: &mut FieldErrors,
    path: &FieldPath,
    container: &Container,
    scope: &Scope<'_>,
) {
    let own = path.child("resources");
    let names = resource_names::check_container;
    check(
        errors,
        &own,
        &container.resources,
        scope.rules.lenient,
        names,
    );
    let claims = &container.resources.claims;
    claims::check(errors, &own.child("claims"), claims, scope.spec);
    check_resize_policy(errors, &path.child("resizePolicy"), container, scope);
}

fn check_resize_policy(
    errors: &mut FieldErrors,
    path: &FieldPath,
    container: &Container,
    scope: &Scope<'_>,
) {
    let mut seen = HashSet::new();
    for (index, policy) in container.resize_policy.iter().enumerate() {
        let resource = &policy.resource_name;
        if !seen.insert(resource) {
            errors.duplicate(&path.index(index), resource);
        }
        rules::one_of(errors, path, resource, COMPUTE);
        let known = &["NotRequired", "RestartContainer"];
        rules::one_of(errors, path, &policy.restart_policy, known);
        if scope.spec.restart_policy == "Never" && policy.restart_policy != "NotRequired" {
            let words = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
            errors.invalid(path, &policy.restart_policy, words);
        }
    }
}

/// The policies of an init container by which it restarts when it is resized: only sidecars may.
pub(super) fn vain_restarts(container: &Container) -> impl Iterator<Item = usize> + '_ {
    let plain = container.restart_policy.as_deref() != Some("Always");
    let policies = container.resize_policy.iter().enumerate();
    policies
        .filter(move |(_, policy)| plain && policy.restart_policy == "RestartContainer")
        .map(|(index, _)| index)
}

/// `ValidateContainerResourceRequirements` without its claims.
fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    resources: &ResourceRequirements,
    lenient: Lenient,
    names: Names,
) {
    let (limits, requests) = (path.child("limits"), path.child("requests"));
    for (name, amount) in resources.limits.iter() {
        let path = limits.key(name);
        names(errors, &path, name);
        resource_names::check_amount(errors, &path, name, amount);
        check_pages(errors, &path, name, amount, lenient);
    }
    for (name, amount) in resources.requests.iter() {
        let path = requests.key(name);
        names(errors, &path, name);
        resource_names::check_amount(errors, &path, name, amount);
        let limit = resources.limits.get(name);
        check_within(errors, (&requests, &limits), name, amount, limit);
        check_pages(errors, &path, name, amount, lenient);
    }
    let all = || resources.limits.keys().chain(resources.requests.keys());
    let pages = all().any(|name| name.starts_with(HUGE_PAGES));
    if pages && !all().any(|name| COMPUTE.contains(&name.as_str())) {
        errors.forbidden(path, "HugePages require cpu or memory");
    }
}

fn check_within(
    errors: &mut FieldErrors,
    (requests, limits): (&FieldPath, &FieldPath),
    name: &str,
    amount: &Quantity,
    limit: Option<&Quantity>,
) {
    let fixed = !resource_names::may_overcommit(name);
    match limit {
        Some(limit) if fixed && limit != amount => {
            let words = format!("must be equal to {name} limit of {limit}");
            errors.invalid(requests, amount.to_string(), words);
        }
        Some(limit) if amount > limit => {
            let words = format!("must be less than or equal to {name} limit of {limit}");
            errors.invalid(requests, amount.to_string(), words);
        }
        None if fixed => {
            let words = "Limit must be set for non overcommitable resources";
            errors.required(limits, words);
        }
        _ => {}
    }
}

/// Huge pages come whole.
fn check_pages(
    errors: &mut FieldErrors,
    path: &FieldPath,
    name: &str,
    amount: &Quantity,
    lenient: Lenient,
) {
    if !lenient.parts_of_huge_pages && is_part_of_page(name, amount) {
        let words = format!("{amount} is not positive integer multiple of {name}");
        errors.invalid(path, amount.to_string(), words);
    }
}

fn is_part_of_page(name: &str, amount: &Quantity) -> bool {
    let Some(size) = name.strip_prefix(HUGE_PAGES) else {
        return false;
    };
    let size = Quantity::parse(size).map_or(0, |size| size.value());
    size <= 0 || amount.value() % size != 0
}

/// Whether some container already has a part of a huge page.
pub(super) fn has_parts_of_huge_pages(spec: &PodSpec) -> bool {
    let parts = |list: &Map<Str, Quantity>| {
        list.iter()
            .any(|(name, amount)| is_part_of_page(name, amount))
    };
    super::visit(spec).any(|(_, _, container)| {
        let resources = container.resources();
        parts(&resources.limits) || parts(&resources.requests)
    })
}

/// What the runtime itself takes.
pub(super) fn check_amounts(
    errors: &mut FieldErrors,
    path: &FieldPath,
    overhead: &Map<Str, Quantity>,
    lenient: Lenient,
) {
    let resources = ResourceRequirements {
        limits: overhead.clone(),
        ..ResourceRequirements::default()
    };
    let names = resource_names::check_container;
    check(errors, path, &resources, lenient, names);
}

pub(crate) fn check_overhead(
    errors: &mut FieldErrors,
    path: &FieldPath,
    overhead: &Map<Str, Quantity>,
) {
    check_amounts(errors, path, overhead, Lenient::default());
}
