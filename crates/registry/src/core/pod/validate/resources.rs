//! Requests and limits, resource claims, resize policies, overhead.

use crate::{
    core::resource_names::{self, HUGE_PAGES, is_extended},
    rules,
};
use api::core::v1::{Container, PodSpec, ResourceClaim, ResourceRequirements};
use meta::{FieldErrors, FieldPath, Map, Quantity, Str};
use std::collections::HashSet;

const POD: &[&str] = &["cpu", "memory"];
const MILLI: i64 = 1000;

/// Whose resources these are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Container,
    Pod,
}

/// `resources` and `resizePolicy` of the container at `path`.
pub(super) fn check_container(
    errors: &mut FieldErrors,
    path: &FieldPath,
    container: &Container,
    spec: &PodSpec,
) {
    let own = path.child("resources");
    check(errors, &own, &container.resources, spec, Owner::Container);
    let path = path.child("resizePolicy");
    let mut seen = HashSet::new();
    for policy in &container.resize_policy {
        if !seen.insert(&policy.resource_name) {
            errors.duplicate(&path, &policy.resource_name);
        }
        rules::one_of(errors, &path, &policy.resource_name, POD);
        let known = &["NotRequired", "RestartContainer"];
        rules::one_of(errors, &path, &policy.restart_policy, known);
        if spec.restart_policy == "Never" && policy.restart_policy == "RestartContainer" {
            errors.invalid(
                &path,
                &policy.restart_policy,
                "must be 'NotRequired' when `restartPolicy` is 'Never'",
            );
        }
    }
}

/// Resources of the pod as a whole.
pub(super) fn check_pod(
    errors: &mut FieldErrors,
    path: &FieldPath,
    resources: &ResourceRequirements,
    spec: &PodSpec,
) {
    if !resources.claims.is_empty() {
        errors.forbidden(
            &path.child("claims"),
            "claims may not be set for Resources at pod-level",
        );
    }
    check(errors, path, resources, spec, Owner::Pod);
    for (name, limit) in resources.limits.iter() {
        check_fits(errors, &path.child("limits").key(name), name, limit, spec);
    }
}

/// No container may have a limit above that of its pod.
fn check_fits(
    errors: &mut FieldErrors,
    _path: &FieldPath,
    name: &Str,
    limit: &Quantity,
    spec: &PodSpec,
) {
    for (index, container) in spec.containers.iter().enumerate() {
        if let Some(own) = container.resources.limits.get(name)
            && own > limit
        {
            let path = FieldPath::new("spec").child("containers").index(index);
            let words = format!("must be less than or equal to pod limits of {limit}");
            errors.invalid(
                &path.child("resources").child("limits").key(name),
                own.to_string(),
                words,
            );
        }
    }
}

fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    resources: &ResourceRequirements,
    spec: &PodSpec,
    owner: Owner,
) {
    let limits = path.child("limits");
    for (name, amount) in resources.limits.iter() {
        check_amount(errors, &limits.key(name), name, amount, owner);
    }
    for (name, amount) in resources.requests.iter() {
        let path = path.child("requests").key(name);
        check_amount(errors, &path, name, amount, owner);
        check_within_limit(errors, &path, &limits, name, amount, resources);
    }
    let all = || resources.limits.iter().chain(resources.requests.iter());
    let has = |known: fn(&str) -> bool| all().any(|(name, _)| known(name));
    if has(|name| name.starts_with(HUGE_PAGES)) && !has(|name| POD.contains(&name)) {
        errors.forbidden(path, "HugePages require cpu or memory");
    }
    check_claims(errors, &path.child("claims"), &resources.claims, spec);
}

fn check_amount(
    errors: &mut FieldErrors,
    path: &FieldPath,
    name: &str,
    amount: &Quantity,
    owner: Owner,
) {
    check_name(errors, path, name, owner);
    if amount.sign() < 0 {
        errors.invalid(path, amount, "must be greater than or equal to 0");
    }
    let whole = is_extended(name) || name.starts_with(HUGE_PAGES);
    if whole && amount.milli_value() % MILLI != 0 {
        errors.invalid(path, amount, "must be an integer");
    }
}

fn check_name(errors: &mut FieldErrors, path: &FieldPath, name: &str, owner: Owner) {
    match owner {
        Owner::Container => resource_names::check_container(errors, path, name),
        Owner::Pod => {
            let good = resource_names::check(errors, path, name);
            if good && !POD.contains(&name) && !name.starts_with(HUGE_PAGES) {
                errors.not_supported(path, name, POD);
            }
        }
    }
}

fn check_within_limit(
    errors: &mut FieldErrors,
    path: &FieldPath,
    limits: &FieldPath,
    name: &str,
    amount: &Quantity,
    resources: &ResourceRequirements,
) {
    let overcommitted = !is_extended(name) && !name.starts_with(HUGE_PAGES);
    match resources.limits.get(name) {
        Some(limit) if !overcommitted && limit != amount => {
            let words = format!("must be equal to {name} limit of {limit}");
            errors.invalid(path, amount, words);
        }
        Some(limit) if amount > limit => {
            let words = format!("must be less than or equal to {name} limit of {limit}");
            errors.invalid(path, amount, words);
        }
        None if !overcommitted => {
            errors.required(limits, "Limit must be set for non overcommitable resources")
        }
        _ => {}
    }
}

fn check_claims(
    errors: &mut FieldErrors,
    path: &FieldPath,
    claims: &[ResourceClaim],
    spec: &PodSpec,
) {
    let mut seen = HashSet::new();
    for (index, claim) in claims.iter().enumerate() {
        let path = path.index(index);
        let name = path.child("name");
        if claim.name.is_empty() {
            errors.required(&name, "");
        } else {
            if !seen.insert((&claim.name, &claim.request)) {
                errors.duplicate(&path, &claim.name);
            }
            if !spec
                .resource_claims
                .iter()
                .any(|one| one.name == claim.name)
            {
                let shown = format!("{:?}", claim.name.as_str());
                errors.not_found(&name, meta::Verbatim(&shown));
            }
        }
        if !claim.request.is_empty() {
            rules::label(errors, &path.child("request"), &claim.request);
        }
    }
}

/// `spec.resourceClaims`: what containers may claim.
pub(super) fn check_pod_claims(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    let mut seen = HashSet::new();
    for (index, claim) in spec.resource_claims.iter().enumerate() {
        let path = path.index(index);
        let name = path.child("name");
        if claim.name.is_empty() {
            errors.required(&name, "");
        } else if !seen.insert(&claim.name) {
            errors.duplicate(&name, &claim.name);
        } else {
            rules::label(errors, &name, &claim.name);
        }
        let named = &claim.resource_claim_name;
        let template = &claim.resource_claim_template_name;
        let shown = super::internal::compact(claim);
        match (named, template) {
            (Some(_), Some(_)) => errors.invalid(
                &path,
                meta::Verbatim(&shown),
                "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified",
            ),
            (None, None) => errors.invalid(
                &path,
                meta::Verbatim(&shown),
                "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`",
            ),
            _ => {}
        }
        if let Some(named) = named {
            rules::subdomain(errors, &path.child("resourceClaimName"), named);
        }
        if let Some(template) = template {
            let path = path.child("resourceClaimTemplateName");
            rules::subdomain(errors, &path, template);
        }
    }
}

/// What the runtime itself takes.
pub(crate) fn check_overhead(
    errors: &mut FieldErrors,
    path: &FieldPath,
    overhead: &Map<Str, Quantity>,
) {
    for (name, amount) in overhead.iter() {
        let path = path.child("limits").key(name);
        check_amount(errors, &path, name, amount, Owner::Container);
    }
}
