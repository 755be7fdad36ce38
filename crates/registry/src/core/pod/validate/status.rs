//! What the status of a pod may become (`ValidatePodStatusUpdate`).

mod addresses;
mod claims;
mod containers;

use super::{Lenient, Rules, annotations};
use crate::rules;
use api::core::v1::{ContainerStatus, Pod, PodCondition};
use meta::{FieldErrors, FieldPath};
use std::collections::HashSet;

const OWN_CONDITIONS: &[&str] = &["PodScheduled", "Ready", "Initialized"];

pub(in crate::core::pod) fn status_update(errors: &mut FieldErrors, new: &Pod, old: &Pod) {
    let lenient = Lenient::of(&old.spec, &old.metadata);
    let rules = Rules {
        pod: Some(&new.metadata),
        lenient,
    };
    annotations::check_update(errors, new, old, &rules);
    let path = FieldPath::new("status");
    check_conditions(errors, &path.child("conditions"), &new.status.conditions);
    if new.spec.node_name != old.spec.node_name {
        let words = "may not be changed directly";
        errors.forbidden(&path.child("nodeName"), words);
    }
    let nominated = &new.status.nominated_node_name;
    if !nominated.is_empty() && *nominated != old.status.nominated_node_name {
        let path = path.child("nominatedNodeName");
        rules::subdomain(errors, &path, nominated);
        if !old.spec.node_name.is_empty() {
            let words = "may not be set on pods that are already bound to a node";
            errors.forbidden(&path, words);
        }
    }
    check_generation(errors, &path, new.status.observed_generation);
    if new.status.qos_class != old.status.qos_class {
        errors.immutable(&path.child("qosClass"), &new.status.qos_class);
    }
    containers::check_transitions(errors, &path, new, old);
    check_claims(errors, &path.child("resourceClaimStatuses"), new);
    claims::check_extended(errors, &path.child("extendedResourceClaimStatus"), new);
    addresses::check_pod(errors, &path.child("podIPs"), new, old);
    addresses::check_host(errors, &path.child("hostIPs"), new, old);
    containers::check_users(errors, &path, new);
    containers::check_devices(errors, &path, new);
}

fn check_conditions(errors: &mut FieldErrors, path: &FieldPath, conditions: &[PodCondition]) {
    for (index, condition) in conditions.iter().enumerate() {
        check_generation(errors, &path.index(index), condition.observed_generation);
        if !OWN_CONDITIONS.contains(&condition.type_.as_str()) {
            let path = path.index(index).child("Type");
            rules::qualified_name(errors, &path, &condition.type_);
        }
    }
}

/// What generation of the pod the status, or a condition at `path`, speaks of.
fn check_generation(errors: &mut FieldErrors, path: &FieldPath, seen: i64) {
    if seen < 0 {
        let words = "must be a non-negative integer";
        errors.invalid(&path.child("observedGeneration"), seen, words);
    }
}

/// The claims that were made for the pod.
fn check_claims(errors: &mut FieldErrors, path: &FieldPath, pod: &Pod) {
    let mut seen = HashSet::new();
    for (index, status) in pod.status.resource_claim_statuses.iter().enumerate() {
        let whole = path.index(index);
        let path = whole.child("name");
        let mut claims = pod.spec.resource_claims.iter();
        if !claims.any(|claim| claim.name == status.name) {
            let words = "must match the name of an entry in `spec.resourceClaims`";
            errors.invalid(&path, &status.name, words);
        }
        if !seen.insert(&status.name) {
            errors.duplicate(&path, &status.name);
        }
        if let Some(name) = &status.resource_claim_name {
            rules::subdomain(errors, &whole.child("resourceClaimName"), name);
        }
    }
}

/// The lists of statuses of containers with their names.
fn lists(pod: &Pod) -> [(&'static str, &[ContainerStatus]); 3] {
    let status = &pod.status;
    [
        ("containerStatuses", &status.container_statuses),
        ("initContainerStatuses", &status.init_container_statuses),
        (
            "ephemeralContainerStatuses",
            &status.ephemeral_container_statuses,
        ),
    ]
}
