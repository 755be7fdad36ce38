//! Resources of the pod as a whole (`validatePodResources`).

use super::{super::Scope, COMPUTE, check, claims};
use crate::core::{
    pod::amounts,
    resource_names::{self, HUGE_PAGES},
};
use api::core::v1::{PodSpec, ResourceRequirements};
use meta::{FieldErrors, FieldPath};

const KNOWN: &[&str] = &["cpu", "hugepages-", "memory"];

pub(in super::super) fn check_pod(
    errors: &mut FieldErrors,
    path: &FieldPath,
    resources: &ResourceRequirements,
    scope: &Scope<'_>,
) {
    let spec = scope.spec;
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        return errors.forbidden(path, "may not be set for a windows pod");
    }
    if !resources.claims.is_nil() {
        let words = "claims may not be set for Resources at pod-level";
        errors.forbidden(&path.child("claims"), words);
    }
    check(errors, path, resources, scope.rules.lenient, check_name);
    claims::check(errors, &path.child("claims"), &resources.claims, spec);
    check_requests(errors, &path.child("requests"), resources, spec);
    check_limits(errors, path, resources, spec);
}

fn check_name(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    let good = resource_names::check(errors, path, name);
    if good && !COMPUTE.contains(&name) && !name.starts_with(HUGE_PAGES) {
        errors.not_supported(path, name, KNOWN);
    }
}

/// The pod asks for no less than its containers together.
fn check_requests(
    errors: &mut FieldErrors,
    path: &FieldPath,
    resources: &ResourceRequirements,
    spec: &PodSpec,
) {
    for (name, sum) in amounts::together(spec, |of| &of.requests).iter() {
        let Some(request) = resources.requests.get(name) else {
            continue;
        };
        if sum > request {
            let words =
                format!("must be greater than or equal to aggregate container requests of {sum}");
            errors.invalid(&path.key(name), request.to_string(), words);
        }
    }
}

/// No container may have more than its pod.
fn check_limits(
    errors: &mut FieldErrors,
    path: &FieldPath,
    resources: &ResourceRequirements,
    spec: &PodSpec,
) {
    for (name, sum) in amounts::together(spec, |of| &of.limits).iter() {
        let Some(limit) = resources.limits.get(name) else {
            continue;
        };
        if name.starts_with(HUGE_PAGES) && sum > limit {
            let words =
                format!("must be greater than or equal to aggregate container limits of {sum}");
            let path = path.child("limits").key(name);
            errors.invalid(&path, limit.to_string(), words);
        }
    }
    for (index, container) in spec.containers.iter().enumerate() {
        for (name, own) in container.resources.limits.iter() {
            let limit = resources.limits.get(name);
            if let Some(limit) = limit.filter(|limit| own > limit) {
                let path = path.child("containers").index(index).key(name);
                let words = format!("must be less than or equal to pod limits of {limit}");
                errors.invalid(&path.child("limits"), own.to_string(), words);
            }
        }
    }
}
