//! What is reported of containers: where they stand, as whom they run, what devices they have.

use super::lists;
use crate::rules;
use api::core::v1::{
    Container, ContainerRestartRule, ContainerStatus, Pod, PodSpec, ResourceStatus,
};
use meta::{FieldErrors, FieldPath};
use std::collections::HashSet;

const ENDED: &str = "may not be transitioned to non-terminated state";
const MESSAGE_BYTES_MAX: usize = 1024;
const NEVER: &str = "Never";
const ON_FAILURE: &str = "OnFailure";
const BAD_CLAIM: &str = "must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty";

/// A container that ended and is not to be restarted stays as it is.
pub(super) fn check_transitions(errors: &mut FieldErrors, path: &FieldPath, new: &Pod, old: &Pod) {
    let spec = &old.spec;
    for ((name, new), (_, old)) in lists(new).into_iter().zip(lists(old)) {
        let path = path.child(name);
        for (index, held) in old.iter().enumerate() {
            let Some(end) = &held.state.terminated else {
                continue;
            };
            if may_restart(spec, name, &held.name, end.exit_code) {
                continue;
            }
            let moved =
                |one: &&ContainerStatus| one.name == held.name && one.state.terminated.is_none();
            for _ in new.iter().filter(moved) {
                errors.forbidden(&path.index(index).child("state"), ENDED);
            }
        }
    }
}

/// Upstream's `ContainerShouldRestart`, and `AllContainersCouldRestart` before it: one rule that restarts all is enough for all.
fn may_restart(spec: &PodSpec, list: &str, name: &str, code: i32) -> bool {
    let containers: &[Container] = match list {
        "containerStatuses" => &spec.containers,
        "initContainerStatuses" => &spec.init_containers,
        _ => return false,
    };
    let mut all = spec.containers.iter().chain(spec.init_containers.iter());
    let restarts_all = |rule: &ContainerRestartRule| rule.action == "RestartAllContainers";
    if all.any(|container| container.restart_policy_rules.iter().any(restarts_all)) {
        return true;
    }
    let found = containers.iter().find(|container| container.name == name);
    found.is_some_and(|container| {
        let own = container.restart_policy.as_deref();
        if own.is_some() && has_rule(container, code) {
            return true;
        }
        match own.unwrap_or(spec.restart_policy.as_str()) {
            NEVER => false,
            ON_FAILURE => code != 0,
            _ => true,
        }
    })
}

/// The first rule for this exit code restarts the container.
fn has_rule(container: &Container, code: i32) -> bool {
    let mut rules = container.restart_policy_rules.iter();
    let matching = rules.find(|rule| {
        rule.exit_codes.as_ref().is_some_and(|codes| {
            let listed = codes.values.contains(&code);
            match codes.operator.as_str() {
                "In" => listed,
                "NotIn" => !listed,
                _ => false,
            }
        })
    });
    matching.is_some_and(|rule| rule.action == "Restart")
}

/// `validateContainerStatusUsers`.
pub(super) fn check_users(errors: &mut FieldErrors, path: &FieldPath, pod: &Pod) {
    let os = pod.spec.os.as_ref().map_or("linux", |os| os.name.as_str());
    for (name, statuses) in lists(pod) {
        for (index, status) in statuses.iter().enumerate() {
            let user = status.user.as_ref().and_then(|user| user.linux.as_ref());
            let Some(user) = user else {
                continue;
            };
            let path = path.child(name).index(index).child("user").child("linux");
            if os == "windows" {
                errors.forbidden(&path, "cannot be set for a windows pod");
            } else if os == "linux" {
                check_id(errors, &path.child("uid"), user.uid);
                check_id(errors, &path.child("gid"), user.gid);
                let path = path.child("supplementalGroups");
                for (index, group) in user.supplemental_groups.iter().enumerate() {
                    check_id(errors, &path.index(index), *group);
                }
            }
        }
    }
}

fn check_id(errors: &mut FieldErrors, path: &FieldPath, id: i64) {
    if !(0..=i64::from(i32::MAX)).contains(&id) {
        errors.invalid(path, id, "must be between 0 and 2147483647, inclusive");
    }
}

/// `validateContainerStatusAllocatedResourcesStatus`.
pub(super) fn check_devices(errors: &mut FieldErrors, path: &FieldPath, pod: &Pod) {
    let none: &[Container] = &[];
    let [containers, init, ephemeral] = lists(pod);
    let init_containers: &[Container] = &pod.spec.init_containers;
    let containers_of_pod: &[Container] = &pod.spec.containers;
    for ((name, statuses), specs) in [
        (containers, containers_of_pod),
        (init, init_containers),
        (ephemeral, none),
    ] {
        let path = path.child(name);
        for (index, status) in statuses.iter().enumerate() {
            let path = path.index(index).child("allocatedResourcesStatus");
            if name == "ephemeralContainerStatuses" {
                if !status.allocated_resources_status.is_empty() {
                    errors.forbidden(&path, "must not be specified in container status");
                }
                continue;
            }
            let container = specs.iter().find(|container| container.name == status.name);
            for (index, resource) in status.allocated_resources_status.iter().enumerate() {
                check_device(errors, &path.index(index), resource, container);
            }
        }
    }
}

fn check_device(
    errors: &mut FieldErrors,
    path: &FieldPath,
    resource: &ResourceStatus,
    container: Option<&Container>,
) {
    let name = resource.name.as_str();
    if let Some(container) = container {
        let resources = &container.resources;
        let claimed = resources.claims.iter().any(|claim| {
            let whole = format!("claim:{}", claim.name);
            match claim.request.as_str() {
                "" => name == whole,
                request => name == format!("{whole}/{request}"),
            }
        });
        if name.starts_with("claim:") {
            if !claimed {
                errors.invalid(&path.child("name"), name, BAD_CLAIM);
            }
        } else if !resources.requests.contains_key(name) {
            let words = "must match one of the container's resource requests";
            errors.invalid(&path.child("name"), name, words);
        }
    }
    let mut seen = HashSet::new();
    for (index, health) in resource.resources.iter().enumerate() {
        let path = path.child("resources").index(index);
        let known = &["Healthy", "Unhealthy", "Unknown"];
        let own = Some(&health.health);
        rules::optional_one_of(errors, &path.child("health"), own, known);
        if let Some(message) = &health.message {
            let path = path.child("message");
            if message.is_empty() {
                errors.required(&path, "must be non-empty if specified");
            } else if message.len() > MESSAGE_BYTES_MAX {
                errors.too_long(&path, MESSAGE_BYTES_MAX);
            }
        }
        if !seen.insert(&health.resource_id) {
            errors.duplicate(&path.child("resourceID"), &health.resource_id);
        }
    }
}
