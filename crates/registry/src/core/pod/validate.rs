//! Validation of pods and of the pods in templates (`pkg/apis/core/validation`). One file a concern; the order of calls is upstream's, since
//! messages list errors in it.

mod affinity;
mod annotations;
mod containers;
mod difference;
mod dns;
mod ephemeral;
mod fields;
mod gated;
mod internal;
mod label_keys;
mod mounts;
mod placement;
mod probes;
mod ratchet;
mod resize;
mod resources;
mod security;
mod status;
#[cfg(test)]
mod tests;
mod update;
mod variables;
mod visit;
mod volumes;
mod windows;

pub(crate) use self::{
    affinity::check_term as check_node_term,
    annotations::{APP_ARMOR, SECCOMP_CONTAINER, SECCOMP_POD, app_armor_field},
    difference::unified,
    internal::{compact as internal_form, indented},
    placement::check_tolerations,
    ratchet::Lenient,
    resources::check_overhead,
    security::check_app_armor,
    visit::{AnyContainer, visit},
    volumes::{host_path, shared},
};
pub(super) use self::{
    resize::resize,
    status::status_update,
    update::{ephemeral_update, update},
};

use crate::{rules, selector};
use api::core::v1::{Container, Pod, PodSpec, PodTemplateSpec};
use meta::{FieldErrors, FieldPath, ObjectMeta};

const RESTART_POLICIES: &[&str] = &["Always", "OnFailure", "Never"];

/// Whose spec is checked, and how strictly.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'p> {
    /// The metadata of the pod; none of a template.
    pub(super) pod: Option<&'p ObjectMeta>,
    pub(super) lenient: Lenient,
}

/// What the rules of a container have to know of its pod.
struct Scope<'p> {
    spec: &'p PodSpec,
    volumes: volumes::Valid<'p>,
    host_users: bool,
    rules: Rules<'p>,
}

pub(crate) fn create(errors: &mut FieldErrors, pod: &Pod) {
    whole(errors, pod, Lenient::default());
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
    annotations::check_agreement(errors, &path, &pod.metadata.annotations, &pod.spec);
}

/// What holds for every pod, new or changed (`validatePodMetadataAndSpec`).
pub(super) fn whole(errors: &mut FieldErrors, pod: &Pod, lenient: Lenient) {
    let rules = Rules {
        pod: Some(&pod.metadata),
        lenient,
    };
    let path = FieldPath::new("metadata").child("annotations");
    annotations::check(errors, &path, &pod.metadata.annotations, &pod.spec, &rules);
    let path = FieldPath::new("spec");
    spec(errors, &path, &pod.spec, &rules);
    tokens_need_an_account(errors, &path, &pod.spec);
    for (name, containers) in lists(&pod.spec) {
        for (index, container) in containers.iter().enumerate() {
            check_image(errors, &path.child(name).index(index), &container.image);
        }
    }
}

fn check_image(errors: &mut FieldErrors, path: &FieldPath, image: &meta::Str) {
    if image.trim() != image.as_str() {
        let words = "must not have leading or trailing whitespace";
        errors.invalid(&path.child("image"), image, words);
    }
}

/// `ValidatePodTemplateSpec`, of the template at `path`.
pub(crate) fn template(
    errors: &mut FieldErrors,
    path: &FieldPath,
    template: &PodTemplateSpec,
    lenient: Lenient,
) {
    let rules = Rules { pod: None, lenient };
    check_metadata(errors, path, template, &rules);
    let path = path.child("spec");
    spec(errors, &path, &template.spec, &rules);
    annotations::check_agreement(
        errors,
        &path,
        &template.metadata.annotations,
        &template.spec,
    );
    if !template.spec.ephemeral_containers.is_empty() {
        errors.forbidden(
            &path.child("ephemeralContainers"),
            "ephemeral containers not allowed in pod template",
        );
    }
}

/// Labels and annotations of the template at `path`.
pub(crate) fn template_metadata(
    errors: &mut FieldErrors,
    path: &FieldPath,
    template: &PodTemplateSpec,
) {
    let rules = Rules {
        pod: None,
        lenient: Lenient::default(),
    };
    check_metadata(errors, path, template, &rules);
}

fn check_metadata(
    errors: &mut FieldErrors,
    path: &FieldPath,
    template: &PodTemplateSpec,
    rules: &Rules<'_>,
) {
    let metadata = &template.metadata;
    selector::check_labels(errors, &path.child("labels"), &metadata.labels);
    let path = path.child("annotations");
    for key in metadata.annotations.keys() {
        let problems = meta::validation::qualified_name(&key.to_lowercase());
        rules::each(errors, &path, key, problems);
    }
    annotations::check(errors, &path, &metadata.annotations, &template.spec, rules);
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

/// The spec of a pod, or of a template at `path` (`ValidatePodSpec`).
fn spec(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec, rules: &Rules<'_>) {
    let valid = volumes::check(errors, &path.child("volumes"), &spec.volumes, rules);
    let scope = Scope {
        spec,
        volumes: valid,
        host_users: spec.host_users != Some(false),
        rules: *rules,
    };
    resources::check_pod_claims(errors, &path.child("resourceClaims"), spec);
    containers::check(errors, path, &scope);
    ephemeral::check(errors, &path.child("ephemeralContainers"), &scope);
    if let Some(whole) = &spec.resources {
        resources::check_pod(errors, &path.child("resources"), whole, &scope);
    }
    containers::check_host_network(errors, &path.child("containers"), &scope);
    rules::one_of(
        errors,
        &path.child("restartPolicy"),
        &spec.restart_policy,
        RESTART_POLICIES,
    );
    dns::check_policy(errors, &path.child("dnsPolicy"), spec);
    selector::check_labels(errors, &path.child("nodeSelector"), &spec.node_selector);
    security::check_pod(errors, &path.child("securityContext"), &scope);
    if let Some(affinity) = &spec.affinity {
        let lenient = rules.lenient;
        affinity::check(errors, &path.child("affinity"), affinity, lenient);
    }
    dns::check_config(errors, &path.child("dnsConfig"), spec);
    placement::check_gates(errors, path, spec);
    let spread = path.child("topologySpreadConstraints");
    placement::check_spread(errors, &spread, spec, rules.lenient);
    windows::check_host_process(errors, path, spec);
    security::check_host_users(errors, path, &scope);
    check_identity(errors, path, spec);
    placement::check_tolerations(errors, &path.child("tolerations"), &spec.tolerations);
    dns::check_aliases(errors, &path.child("hostAliases"), spec);
    check_classes(errors, path, &scope);
    variables::check_file_volumes(errors, path, &scope);
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

fn check_classes(errors: &mut FieldErrors, path: &FieldPath, scope: &Scope<'_>) {
    let spec = scope.spec;
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
    let lenient = scope.rules.lenient;
    resources::check_amounts(errors, &path.child("overhead"), &spec.overhead, lenient);
    match spec.os.as_ref().map(|os| os.name.as_str()) {
        None => {}
        Some("") => errors.required(&path.child("os").child("name"), ""),
        Some("linux") => windows::check_linux(errors, path, spec),
        Some("windows") => windows::check_windows(errors, path, spec),
        Some(other) => errors.not_supported(&path.child("os"), other, &["linux", "windows"]),
    }
}
