//! The claim that stands for extended resources of the containers (`validatePodExtendedResourceClaimStatus`).

use crate::rules;
use api::core::v1::Pod;
use meta::{FieldErrors, FieldPath};
use std::collections::HashSet;

const NO_RESOURCE: &str = "must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests";
const NO_CONTAINER: &str =
    "must match the name of an entry in spec.initContainers.name or spec.containers.name";

pub(super) fn check_extended(errors: &mut FieldErrors, path: &FieldPath, pod: &Pod) {
    let Some(status) = &pod.status.extended_resource_claim_status else {
        return;
    };
    let mappings = path.child("requestMappings");
    if status.request_mappings.is_empty() {
        errors.required(&mappings, "at least one request mapping is required");
    }
    let mut seen = HashSet::new();
    for (index, mapping) in status.request_mappings.iter().enumerate() {
        let whole = mappings.index(index);
        let fields = [
            ("containerName", &mapping.container_name),
            ("resourceName", &mapping.resource_name),
            ("requestName", &mapping.request_name),
        ];
        // Of two containers of one name, the last of the main ones counts.
        let mut containers = pod.spec.init_containers.iter();
        let mut all = containers.by_ref().chain(pod.spec.containers.iter()).rev();
        match all.find(|container| container.name == mapping.container_name) {
            None => errors.invalid(&whole.child(fields[0].0), fields[0].1, NO_CONTAINER),
            Some(container) => {
                let requests = &container.resources.requests;
                if !requests.contains_key(mapping.resource_name.as_str()) {
                    errors.invalid(&whole.child(fields[1].0), fields[1].1, NO_RESOURCE);
                }
            }
        }
        // Upstream leaves the list and the index out of this path.
        rules::label(errors, &path.child("requestName"), &mapping.request_name);
        if !seen.insert(fields.map(|(_, value)| value)) {
            for (name, value) in fields {
                errors.duplicate(&whole.child(name), value);
            }
        }
    }
    let name = path.child("resourceClaimName");
    if status.resource_claim_name.is_empty() {
        errors.required(&name, "");
    } else {
        rules::subdomain(errors, &name, &status.resource_claim_name);
    }
}
