//! What workloads share: validation of their pod template and selector, the scale view, the columns about containers.

use crate::{
    core::pod::{self, validate::Lenient},
    rules, selector,
};
use api::{
    autoscaling::v1::Scale,
    core::v1::{Container, PodSpec, PodTemplateSpec},
};
use meta::{
    ApiError, FieldErrors, FieldPath, Kind, LabelSelector, Map, ObjectMeta, Str, labels::Selector,
};
use resource::{Column, RequestContext, View};

const ALWAYS: &str = "Always";
const MISMATCH: &str = "`selector` does not match template `labels`";

/// The selector must match the template's labels, and the template must be one that can be kept running. `empty` is what is said of an empty
/// selector.
pub(crate) fn check(
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
        mismatch(errors, &path.child("metadata").child("labels"), labels);
    }
    check_pods(errors, path, template);
    check_kept_running(errors, &path.child("spec"), &template.spec, "ReplicaSet");
}

/// Labels at `path` that the selector beside them does not match.
pub(crate) fn mismatch(errors: &mut FieldErrors, path: &FieldPath, labels: &Map<Str, Str>) {
    if labels.is_nil() {
        errors.invalid(path, meta::Verbatim("null"), MISMATCH);
    } else if labels.is_empty() {
        errors.invalid(path, meta::Verbatim("{}"), MISMATCH);
    } else {
        errors.invalid(path, labels, MISMATCH);
    }
}

/// Pods that their controller replaces do not end by themselves.
pub(crate) fn check_kept_running(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &PodSpec,
    kind: &str,
) {
    let policy = &spec.restart_policy;
    if policy != ALWAYS {
        errors.not_supported(&path.child("restartPolicy"), policy, &[ALWAYS]);
    }
    if spec.active_deadline_seconds.is_some() {
        let words = format!("activeDeadlineSeconds in {kind} is not Supported");
        errors.forbidden(&path.child("activeDeadlineSeconds"), words);
    }
}

/// A selector stays: pods of the old one would be nobody's.
pub(crate) fn check_selector_kept(
    errors: &mut FieldErrors,
    new: Option<&LabelSelector>,
    old: Option<&LabelSelector>,
) {
    if new != old {
        let path = FieldPath::new("spec").child("selector");
        errors.immutable(&path, new.map(|selector| meta::Json(selector)));
    }
}

/// Collisions are counted and never forgotten.
pub(crate) fn check_collisions(
    errors: &mut FieldErrors,
    status: &FieldPath,
    new: Option<i32>,
    old: Option<i32>,
) {
    let path = status.child("collisionCount");
    rules::not_negative(errors, &path, new.unwrap_or(0).into());
    check_collisions_kept(errors, status, new, old);
}

pub(crate) fn check_collisions_kept(
    errors: &mut FieldErrors,
    status: &FieldPath,
    new: Option<i32>,
    old: Option<i32>,
) {
    if old.is_some_and(|old| new.is_none_or(|new| new < old)) {
        let path = status.child("collisionCount");
        errors.invalid(&path, new.unwrap_or(0), "cannot be decremented");
    }
}

/// `ValidatePodTemplateSpec`, of the template at `path`.
pub(crate) fn check_pods(errors: &mut FieldErrors, path: &FieldPath, template: &PodTemplateSpec) {
    pod::validate::template(errors, path, template, Lenient::default());
}

/// Warnings about a workload and its template.
pub(crate) fn warnings(metadata: &ObjectMeta, template: &PodTemplateSpec) -> Vec<String> {
    let name = pod::warnings::of_name(&metadata.name, "Pod names and hostnames");
    let path = FieldPath::new("spec").child("template");
    let others = pod::warnings::of(&path, &template.spec, &template.metadata);
    name.into_iter().chain(others).collect()
}

pub(crate) fn check_not_negative(errors: &mut FieldErrors, path: &FieldPath, value: i64) {
    if value < 0 {
        errors.invalid(path, value, "must be greater than or equal to 0");
    }
}

const SCALE_COLUMNS: &[Column<Scale>] = &[
    Column {
        format: "",
        ..Column::NAME
    },
    Column::integer(
        "Desired",
        "replicas is the desired number of instances for the scaled object.",
        |scale, _| scale.spec.replicas.into(),
    ),
    Column::integer(
        "Available",
        "replicas is the actual number of observed instances of the scaled object.",
        |scale, _| scale.status.replicas.into(),
    ),
    Column::AGE,
];

pub(crate) fn scale(
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

/// What has a number of pods that can be changed through `scale`.
pub(crate) trait Scaled: Kind {
    fn scale(&self) -> Scale;
    fn replicas_mut(&mut self) -> &mut Option<i32>;
}

/// The subresource `scale` of all that have it.
pub(crate) struct ScaleView;

impl<T: Scaled> View<T> for ScaleView {
    type View = Scale;

    fn get(&self, object: &T) -> Result<Scale, ApiError> {
        Ok(object.scale())
    }

    fn validate(&self, errors: &mut FieldErrors, scale: &Scale) {
        resource::validate_view_metadata(errors, &scale.metadata);
        resource::validate_standard_finalizers(errors, &scale.metadata);
        let path = FieldPath::new("spec").child("replicas");
        check_not_negative(errors, &path, scale.spec.replicas.into());
    }

    fn set(&self, _cx: &RequestContext, object: &mut T, scale: &Scale) {
        *object.replicas_mut() = Some(scale.spec.replicas);
    }

    fn paths(&self) -> &'static [(&'static str, &'static str)] {
        &[("spec.replicas", "spec.replicas")]
    }

    fn columns(&self) -> &'static [Column<Scale>] {
        SCALE_COLUMNS
    }
}

pub(crate) fn names(containers: &[Container]) -> String {
    join(containers.iter().map(|container| &container.name))
}

pub(crate) fn images(containers: &[Container]) -> String {
    join(containers.iter().map(|container| &container.image))
}

fn join<'s>(words: impl Iterator<Item = &'s Str>) -> String {
    words.map(Str::as_str).collect::<Vec<_>>().join(",")
}

/// `app=web,tier=front`.
pub(crate) fn shown_labels(labels: &Map<Str, Str>) -> String {
    if labels.is_empty() {
        return "<none>".to_owned();
    }
    let pairs: Vec<String> = labels.iter().map(|(k, v)| format!("{k}={v}")).collect();
    pairs.join(",")
}

/// A selector as clients write it: `app=web,tier in (a,b)`.
pub(crate) fn shown(selector: Option<&LabelSelector>) -> String {
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

/// What controllers of replicas count.
pub(crate) struct ReplicaCounts {
    pub(crate) replicas: i32,
    pub(crate) fully_labeled: i32,
    pub(crate) ready: i32,
    pub(crate) available: i32,
    pub(crate) terminating: Option<i32>,
    pub(crate) observed_generation: i64,
}

/// None of the counts is negative, and no part is more than the whole.
pub(crate) fn check_status(errors: &mut FieldErrors, counts: &ReplicaCounts) {
    let path = FieldPath::new("status");
    let all = [
        ("replicas", counts.replicas),
        ("fullyLabeledReplicas", counts.fully_labeled),
        ("readyReplicas", counts.ready),
        ("availableReplicas", counts.available),
    ];
    for (name, count) in all {
        rules::not_negative(errors, &path.child(name), count.into());
    }
    let seen = counts.observed_generation;
    rules::not_negative(errors, &path.child("observedGeneration"), seen);
    if let Some(count) = counts.terminating {
        rules::not_negative(errors, &path.child("terminatingReplicas"), count.into());
    }
    check_parts(errors, &path, counts.replicas, counts.ready, &all[1..]);
}

/// No part is more than the whole, and what is available is ready. The last of the parts is what is available.
pub(crate) fn check_parts(
    errors: &mut FieldErrors,
    path: &FieldPath,
    replicas: i32,
    ready: i32,
    parts: &[(&str, i32)],
) {
    for (name, count) in parts {
        if *count > replicas {
            let words = "cannot be greater than status.replicas";
            errors.invalid(&path.child(name), *count, words);
        }
    }
    if let Some((name, available)) = parts.last()
        && *available > ready
    {
        let words = "cannot be greater than readyReplicas";
        errors.invalid(&path.child(name), *available, words);
    }
}
