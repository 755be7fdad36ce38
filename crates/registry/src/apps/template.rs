//! What workloads share: validation of their pod template and selector, the scale view, the columns about containers.

use crate::{core::pod, rules, selector};
use api::{
    autoscaling::v1::Scale,
    core::v1::{Container, PodTemplateSpec},
};
use meta::{FieldErrors, FieldPath, LabelSelector, ObjectMeta, Str, labels::Selector};

const ALWAYS: &str = "Always";

/// The selector must match the template's labels, and the template must be one that can be kept running. `empty` is what is said of an empty
/// selector.
pub(super) fn check(
    errors: &mut FieldErrors,
    spec: &FieldPath,
    selector: Option<&LabelSelector>,
    template: &PodTemplateSpec,
    empty: &str,
) {
    let path = spec.child("selector");
    match selector {
        None => errors.required(&path, ""),
        Some(selector) => {
            selector::check(errors, &path, selector);
            if selector.match_labels.is_empty() && selector.match_expressions.is_empty() {
                errors.invalid(&path, meta::Json(selector), empty);
            }
        }
    }
    match Selector::from_label_selector(selector) {
        Err(_) => errors.invalid(
            &path,
            selector.map(|selector| meta::Json(selector)),
            "invalid label selector",
        ),
        Ok(parsed) => check_running(errors, &spec.child("template"), &parsed, template),
    }
}

fn check_running(
    errors: &mut FieldErrors,
    path: &FieldPath,
    selector: &Selector,
    template: &PodTemplateSpec,
) {
    let labels = &template.metadata.labels;
    if !selector.is_everything() && !selector.matches(labels) {
        let path = path.child("metadata").child("labels");
        let words = "`selector` does not match template `labels`";
        if labels.is_empty() {
            errors.invalid(&path, meta::Verbatim("{}"), words);
        } else {
            errors.invalid(&path, labels, words);
        }
    }
    check_pods(errors, path, template);
    let (path, spec) = (path.child("spec"), &template.spec);
    if spec.restart_policy != ALWAYS {
        errors.not_supported(
            &path.child("restartPolicy"),
            &spec.restart_policy,
            &[ALWAYS],
        );
    }
    if spec.active_deadline_seconds.is_some() {
        errors.forbidden(
            &path.child("activeDeadlineSeconds"),
            "activeDeadlineSeconds in ReplicaSet is not Supported",
        );
    }
}

/// `ValidatePodTemplateSpec`, of the template at `path`.
pub(crate) fn check_pods(errors: &mut FieldErrors, path: &FieldPath, template: &PodTemplateSpec) {
    selector::check_labels(errors, &path.child("labels"), &template.metadata.labels);
    let annotations = path.child("annotations");
    for key in template.metadata.annotations.keys() {
        let problems = meta::validation::qualified_name(&key.to_lowercase());
        rules::each(errors, &annotations, key, problems);
    }
    pod::validate::spec(errors, &path.child("spec"), &template.spec);
    if !template.spec.ephemeral_containers.is_empty() {
        errors.forbidden(
            &path.child("spec").child("ephemeralContainers"),
            "ephemeral containers not allowed in pod template",
        );
    }
}

/// Warnings about a workload and its template.
pub(super) fn warnings(metadata: &ObjectMeta, template: &PodTemplateSpec) -> Vec<String> {
    let name = pod::warnings::of_name(&metadata.name, "Pod names and hostnames");
    let path = FieldPath::new("spec").child("template");
    let others = pod::warnings::of(&path, &template.spec, &template.metadata);
    name.into_iter().chain(others).collect()
}

pub(super) fn check_not_negative(errors: &mut FieldErrors, path: &FieldPath, value: i64) {
    if value < 0 {
        errors.invalid(path, value, "must be greater than or equal to 0");
    }
}

pub(super) fn scale(
    replicas: Option<i32>,
    current: i32,
    selector: Option<&LabelSelector>,
) -> Scale {
    let mut scale = Scale::default();
    scale.spec.replicas = replicas.unwrap_or(0);
    scale.status.replicas = current;
    scale.status.selector = shown(selector).into();
    scale
}

pub(super) fn check_scale(errors: &mut FieldErrors, scale: &Scale) {
    check_not_negative(
        errors,
        &FieldPath::new("spec").child("replicas"),
        scale.spec.replicas.into(),
    );
}

pub(super) fn names(containers: &[Container]) -> String {
    join(containers.iter().map(|container| &container.name))
}

pub(super) fn images(containers: &[Container]) -> String {
    join(containers.iter().map(|container| &container.image))
}

fn join<'s>(words: impl Iterator<Item = &'s Str>) -> String {
    words.map(Str::as_str).collect::<Vec<_>>().join(",")
}

/// A selector as clients write it: `app=web,tier in (a,b)`.
pub(super) fn shown(selector: Option<&LabelSelector>) -> String {
    let Some(selector) = selector else {
        return "<none>".to_owned();
    };
    let equal = selector
        .match_labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"));
    let others = LabelSelector {
        match_expressions: selector.match_expressions.clone(),
        ..LabelSelector::default()
    };
    let others = Selector::from_label_selector(Some(&others)).map(|others| others.to_string());
    let all: Vec<String> = equal
        .chain(others.ok().filter(|others| !others.is_empty()))
        .collect();
    all.join(",")
}
