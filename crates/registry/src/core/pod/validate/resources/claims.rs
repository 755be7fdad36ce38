//! Claims of devices: those of the pod, and those of its containers.

use super::super::internal;
use crate::rules;
use api::core::v1::{PodSpec, ResourceClaim};
use meta::{FieldError, FieldErrors, FieldPath};
use std::collections::BTreeSet;

/// `validateResourceClaimNames`: `path` is that of a container's claims.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    claims: &[ResourceClaim],
    spec: &PodSpec,
) {
    let known: BTreeSet<&str> = spec
        .resource_claims
        .iter()
        .map(|c| c.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    let mut seen = BTreeSet::new();
    for (index, claim) in claims.iter().enumerate() {
        let path = path.index(index);
        if claim.name.is_empty() {
            errors.required(&path, "");
            continue;
        }
        check_overlap(errors, &path, claim, &mut seen);
        if !known.contains(claim.name.as_str()) {
            missing(errors, &path, &claim.name, &known);
        }
    }
}

/// Each request of a claim is named once, alone or with the whole claim.
fn check_overlap(
    errors: &mut FieldErrors,
    path: &FieldPath,
    claim: &ResourceClaim,
    seen: &mut BTreeSet<String>,
) {
    let name = claim.name.as_str();
    if seen.contains(name) {
        return errors.duplicate(path, name);
    }
    let mut key = name.to_owned();
    if !claim.request.is_empty() {
        rules::label(errors, &path.child("request"), &claim.request);
        key = format!("{name}/{}", claim.request);
    }
    let part = format!("{name}/");
    if seen.contains(&key) {
        errors.duplicate(path, key.as_str());
    } else if claim.request.is_empty() && seen.iter().any(|one| one.starts_with(&part)) {
        errors.duplicate(path, name);
    }
    seen.insert(key);
}

fn missing(errors: &mut FieldErrors, path: &FieldPath, name: &str, known: &BTreeSet<&str>) {
    let mut detail = "must be one of the names in pod.spec.resourceClaims".to_owned();
    if known.is_empty() {
        detail += " which is empty";
    } else {
        let known: Vec<&str> = known.iter().copied().collect();
        detail += &format!(": {}", known.join(", "));
    }
    let mut one = FieldErrors::new();
    one.not_found(path, name);
    for error in one.iter() {
        errors.push(FieldError {
            detail: detail.clone(),
            ..error.clone()
        });
    }
}

/// `spec.resourceClaims`: what containers may claim.
pub(in super::super) fn check_pod_claims(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &PodSpec,
) {
    let mut seen = BTreeSet::new();
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
        let shown = internal::compact(claim);
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
