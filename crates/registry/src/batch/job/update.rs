//! What of a job may change.

use super::{NAME_LABELS, UID_LABELS, indexed, status::holds, validate};
use crate::core::pod::validate::internal_form;
use api::{
    batch::v1::{Job, JobSpec},
    core::v1::{Affinity, Container, PodTemplateSpec},
};
use meta::{FieldErrors, FieldPath, Verbatim, codec::Message};

pub(super) fn check(errors: &mut FieldErrors, new: &Job, old: &Job) {
    let labels = &old.spec.template.metadata.labels;
    let prefixed = labels.contains_key(UID_LABELS[1]) && labels.contains_key(NAME_LABELS[1]);
    validate::job(errors, new, prefixed);
    let (path, spec, before) = (FieldPath::new("spec"), &new.spec, &old.spec);
    // Upstream looks at the spec once more.
    validate::spec(errors, &path, spec);
    check_completions(errors, &path.child("completions"), spec, before);
    if spec.selector != before.selector {
        let shown = spec
            .selector
            .as_deref()
            .map(|selector| meta::Json(selector));
        errors.immutable(&path.child("selector"), shown);
    }
    check_template(errors, &path, new, old);
    if spec.completion_mode != before.completion_mode {
        errors.immutable(&path.child("completionMode"), spec.completion_mode.as_ref());
    }
    if spec.pod_failure_policy != before.pod_failure_policy {
        let policy = spec.pod_failure_policy.as_deref();
        fixed(
            errors,
            &path.child("podFailurePolicy"),
            policy.map(|p| p as &dyn Message),
        );
    }
    if spec.backoff_limit_per_index != before.backoff_limit_per_index {
        errors.immutable(
            &path.child("backoffLimitPerIndex"),
            spec.backoff_limit_per_index,
        );
    }
    if spec.managed_by != before.managed_by {
        errors.immutable(&path.child("managedBy"), spec.managed_by.as_ref());
    }
    if spec.success_policy != before.success_policy {
        let policy = spec.success_policy.as_deref();
        fixed(
            errors,
            &path.child("successPolicy"),
            policy.map(|p| p as &dyn Message),
        );
    }
}

fn fixed(errors: &mut FieldErrors, path: &FieldPath, value: Option<&dyn Message>) {
    let shown = value.map_or_else(|| "null".to_owned(), internal_form);
    errors.immutable(path, Verbatim(&shown));
}

/// Indexed jobs grow and shrink together with their parallelism, others do not.
fn check_completions(errors: &mut FieldErrors, path: &FieldPath, new: &JobSpec, old: &JobSpec) {
    if new.completions == old.completions {
        return;
    }
    if !indexed(new) {
        errors.immutable(path, new.completions);
    } else if new.completions.is_some() && new.completions != new.parallelism {
        let words = "can only be modified in tandem with spec.parallelism";
        errors.invalid(path, new.completions, words);
    }
}

/// The pods of a job are all alike; while it is suspended and none run, where they may run and what they need may change.
fn check_template(errors: &mut FieldErrors, path: &FieldPath, new: &Job, old: &Job) {
    let suspended = old.spec.suspend == Some(true);
    let stands = old.status.start_time.is_none() || holds(&old.status, "Suspended");
    let open = suspended && stands && old.status.active == 0;
    let template = &new.spec.template;
    let mut allowed = old.spec.template.clone();
    if open {
        allow_placement(&mut allowed, template);
        allow_resources(&mut allowed.spec.containers, &template.spec.containers);
        allow_resources(
            &mut allowed.spec.init_containers,
            &template.spec.init_containers,
        );
        // The metadata is free then.
        if template.spec != allowed.spec {
            fixed(errors, &path.child("template.spec"), Some(&template.spec));
        }
        return;
    }
    if *template != allowed {
        fixed(errors, &path.child("template"), Some(template));
    }
}

fn allow_placement(allowed: &mut PodTemplateSpec, new: &PodTemplateSpec) {
    let affinity = new.spec.affinity.as_deref();
    match (&mut allowed.spec.affinity, affinity) {
        (Some(old), new) => {
            old.node_affinity = new.and_then(|new| new.node_affinity.clone());
            if new.is_none() && **old == Affinity::default() {
                allowed.spec.affinity = None;
            }
        }
        (none @ None, Some(new)) => {
            none.insert(Box::default())
                .node_affinity
                .clone_from(&new.node_affinity);
        }
        (None, None) => {}
    }
    allowed
        .spec
        .node_selector
        .clone_from(&new.spec.node_selector);
    allowed.spec.tolerations.clone_from(&new.spec.tolerations);
    allowed
        .spec
        .scheduling_gates
        .clone_from(&new.spec.scheduling_gates);
    allowed
        .metadata
        .annotations
        .clone_from(&new.metadata.annotations);
    allowed.metadata.labels.clone_from(&new.metadata.labels);
}

fn allow_resources(allowed: &mut [Container], new: &[Container]) {
    if allowed.len() != new.len() {
        return;
    }
    for (old, new) in allowed.iter_mut().zip(new) {
        if old.name == new.name {
            old.resources.clone_from(&new.resources);
        }
    }
}
