//! What workloads share: validation of their pod template and selector, the scale view, the columns about containers.

use crate::{core::pod, selector};
use api::{
    autoscaling::v1::Scale,
    core::v1::{Container, PodTemplateSpec},
};
use meta::{FieldErrors, FieldPath, LabelSelector, Str, labels::Selector};

/// The selector must match the template's labels, and the template must be one that can be kept running.
pub(super) fn check(
    errors: &mut FieldErrors,
    spec: &FieldPath,
    selector: Option<&LabelSelector>,
    template: &PodTemplateSpec,
) {
    let path = spec.child("selector");
    match selector {
        None => errors.required(&path, ""),
        Some(selector) => {
            selector::check(errors, &path, selector);
            if selector.match_labels.is_empty() && selector.match_expressions.is_empty() {
                errors.invalid(
                    &path,
                    meta::Json(selector),
                    "empty selector is invalid for deployment",
                );
            }
            if Selector::from_label_selector(Some(selector))
                .is_ok_and(|parsed| !parsed.matches(&template.metadata.labels))
            {
                errors.invalid(
                    &spec.child("template").child("metadata").child("labels"),
                    &template.metadata.labels,
                    "`selector` does not match template `labels`",
                );
            }
        }
    }
    let template_spec = spec.child("template").child("spec");
    selector::check_labels(
        errors,
        &spec.child("template").child("metadata").child("labels"),
        &template.metadata.labels,
    );
    pod::validate::spec(errors, &template_spec, &template.spec);
    if !template.spec.restart_policy.is_empty() && template.spec.restart_policy != "Always" {
        errors.not_supported(
            &template_spec.child("restartPolicy"),
            &template.spec.restart_policy,
            &["Always"],
        );
    }
    if template.spec.active_deadline_seconds.is_some() {
        errors.forbidden(
            &template_spec.child("activeDeadlineSeconds"),
            "activeDeadlineSeconds in ReplicaSet is not Supported",
        );
    }
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
    Selector::from_label_selector(selector)
        .ok()
        .map(|selector| selector.to_string())
        .unwrap_or_default()
}
