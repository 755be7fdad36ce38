//! Validation of pods and of the pods in templates (`pkg/apis/core/validation`). One file a concern; the order of calls is upstream's, since
//! messages list errors in it.

mod affinity;
mod containers;
mod difference;
mod dns;
mod ephemeral;
mod fields;
mod internal;
mod mounts;
mod placement;
mod probes;
mod resources;
mod security;
#[cfg(test)]
mod tests;
mod update;
mod variables;
mod volumes;

pub(super) use self::update::{ephemeral_update, status_update, update};
pub(crate) use self::{
    affinity::check_term as check_node_term,
    difference::unified,
    internal::{compact as internal_form, indented},
    placement::check_tolerations,
    resources::check_overhead,
    volumes::{host_path, shared},
};

use crate::{rules, selector};
use api::core::v1::{Container, Pod, PodSpec};
use meta::{FieldErrors, FieldPath};

const RESTART_POLICIES: &[&str] = &["Always", "OnFailure", "Never"];

/// What the rules of a container have to know of its pod.
struct Scope<'p> {
    spec: &'p PodSpec,
    volumes: volumes::Valid<'p>,
    host_users: bool,
}

pub(crate) fn create(errors: &mut FieldErrors, pod: &Pod) {
    whole(errors, pod);
    let path = FieldPath::new("spec");
    if !pod.spec.ephemeral_containers.is_empty() {
        errors.forbidden(
            &path.child("ephemeralContainers"),
            "cannot be set on create",
        );
    }
    if !pod.spec.node_name.is_empty() && !pod.spec.scheduling_gates.is_empty() {
        errors.forbidden(
            &path.child("nodeName"),
            "cannot be set until all schedulingGates have been cleared",
        );
    }
}

/// What holds for every pod, new or changed.
pub(super) fn whole(errors: &mut FieldErrors, pod: &Pod) {
    rules::finalizers(errors, &pod.metadata);
    let path = FieldPath::new("spec");
    if pod
        .metadata
        .annotations
        .contains_key("kubernetes.io/config.mirror")
        && pod.spec.node_name.is_empty()
    {
        let annotations = FieldPath::new("metadata").child("annotations");
        errors.invalid(
            &annotations.key("kubernetes.io/config.mirror"),
            pod.metadata.annotations.get("kubernetes.io/config.mirror"),
            "must set spec.nodeName if mirror pod annotation is set",
        );
    }
    spec(errors, &path, &pod.spec);
    tokens_need_an_account(errors, &path, &pod.spec);
    for (name, containers) in lists(&pod.spec) {
        for (index, container) in containers.iter().enumerate() {
            if container.image.trim() != container.image {
                let image = path.child(name).index(index).child("image");
                errors.invalid(
                    &image,
                    &container.image,
                    "must not have leading or trailing whitespace",
                );
            }
        }
    }
}

pub(super) fn lists(spec: &PodSpec) -> [(&'static str, &[Container]); 2] {
    [
        ("containers", &spec.containers),
        ("initContainers", &spec.init_containers),
    ]
}

fn tokens_need_an_account(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    if !spec.service_account_name.is_empty() {
        return;
    }
    for (index, volume) in spec.volumes.iter().enumerate() {
        let Some(projected) = &volume.volume_source.projected else {
            continue;
        };
        let path = path
            .child("volumes")
            .index(index)
            .child("projected")
            .child("sources");
        for (index, source) in projected.sources.iter().enumerate() {
            if source.service_account_token.is_some() {
                errors.forbidden(
                    &path.index(index).child("serviceAccountToken"),
                    "must not be specified when serviceAccountName is not set",
                );
            }
        }
    }
}

/// The spec of a pod, or of a template at `path`.
pub(crate) fn spec(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    let valid = volumes::check(errors, &path.child("volumes"), &spec.volumes);
    let scope = Scope {
        spec,
        volumes: valid,
        host_users: spec.host_users != Some(false),
    };
    resources::check_pod_claims(errors, &path.child("resourceClaims"), spec);
    containers::check(errors, path, &scope);
    ephemeral::check(errors, &path.child("ephemeralContainers"), &scope);
    if let Some(whole) = &spec.resources {
        resources::check_pod(errors, &path.child("resources"), whole, spec);
    }
    containers::check_host_network(errors, &path.child("containers"), spec);
    rules::one_of(
        errors,
        &path.child("restartPolicy"),
        &spec.restart_policy,
        RESTART_POLICIES,
    );
    dns::check_policy(errors, &path.child("dnsPolicy"), spec);
    selector::check_labels(errors, &path.child("nodeSelector"), &spec.node_selector);
    security::check_pod(errors, &path.child("securityContext"), spec);
    check_pull_secrets(errors, &path.child("imagePullSecrets"), spec);
    if let Some(affinity) = &spec.affinity {
        affinity::check(errors, &path.child("affinity"), affinity);
    }
    dns::check_config(errors, &path.child("dnsConfig"), spec);
    placement::check_gates(errors, path, spec);
    placement::check_spread(errors, &path.child("topologySpreadConstraints"), spec);
    check_identity(errors, path, spec);
    placement::check_tolerations(errors, &path.child("tolerations"), &spec.tolerations);
    dns::check_aliases(errors, &path.child("hostAliases"), spec);
    check_classes(errors, path, spec);
    variables::check_file_volumes(errors, path, &scope);
}

fn check_pull_secrets(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    for (index, secret) in spec.image_pull_secrets.iter().enumerate() {
        rules::required(errors, &path.index(index).child("name"), &secret.name);
    }
}

/// Who the pod is, where it runs and for how long.
fn check_identity(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    dns::check_hostname_override(errors, &path.child("hostnameOverride"), spec);
    if !spec.service_account_name.is_empty() {
        rules::subdomain(
            errors,
            &path.child("serviceAccountName"),
            &spec.service_account_name,
        );
    }
    if !spec.node_name.is_empty() {
        rules::subdomain(errors, &path.child("nodeName"), &spec.node_name);
    }
    if let Some(seconds) = spec.active_deadline_seconds
        && !(1..=i64::from(i32::MAX)).contains(&seconds)
    {
        errors.invalid(
            &path.child("activeDeadlineSeconds"),
            seconds,
            "must be between 1 and 2147483647, inclusive",
        );
    }
    for (name, value) in [("hostname", &spec.hostname), ("subdomain", &spec.subdomain)] {
        if !value.is_empty() {
            rules::label(errors, &path.child(name), value);
        }
    }
}

fn check_classes(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    if !spec.priority_class_name.is_empty() {
        rules::subdomain(
            errors,
            &path.child("priorityClassName"),
            &spec.priority_class_name,
        );
    }
    if let Some(class) = &spec.runtime_class_name {
        rules::subdomain(errors, &path.child("runtimeClassName"), class);
    }
    if let Some(policy) = &spec.preemption_policy {
        rules::one_of(
            errors,
            &path.child("preemptionPolicy"),
            policy,
            &["PreemptLowerPriority", "Never"],
        );
    }
    resources::check_overhead(errors, &path.child("overhead"), &spec.overhead);
    if let Some(os) = &spec.os {
        if os.name.is_empty() {
            errors.required(&path.child("os").child("name"), "cannot be empty");
        } else {
            rules::one_of(errors, &path.child("os"), &os.name, &["linux", "windows"]);
        }
    }
}
