//! Validation of autoscalers (`pkg/apis/autoscaling/validation`).

use crate::{core::resource_names, rules};
use api::autoscaling::v2::{
    ContainerResourceMetricSource, CrossVersionObjectReference, ExternalMetricSource,
    HPAScalingPolicy, HPAScalingRules, HorizontalPodAutoscalerSpec, MetricIdentifier, MetricSpec,
    MetricTarget, ObjectMetricSource, PodsMetricSource,
};
use meta::{FieldErrors, FieldPath, Str, validation};

const PERIOD_SECONDS_MAX: i32 = 1800;
const STABILIZATION_SECONDS_MAX: i32 = 3600;

const SOURCES: &[&str] = &[
    "ContainerResource",
    "External",
    "Object",
    "Pods",
    "Resource",
];
const SELECT_POLICIES: &[&str] = &["Disabled", "Max", "Min"];
const POLICIES: &[&str] = &["Percent", "Pods"];
const MISSING_SOURCE: &str = "must populate information for the given metric source";
const NOT_POSITIVE: &str = "must be greater than zero";

/// `old`: what it had and would not get today is let be.
pub(super) fn spec(
    errors: &mut FieldErrors,
    spec: &HorizontalPodAutoscalerSpec,
    old: Option<&HorizontalPodAutoscalerSpec>,
) {
    let path = FieldPath::new("spec");
    let lowest = i32::from(old.is_none_or(|old| old.min_replicas != Some(0)));
    let (min, max) = (spec.min_replicas, spec.max_replicas);
    if let Some(min) = min.filter(|min| *min < lowest) {
        let words = format!("must be greater than or equal to {lowest}");
        errors.invalid(&path.child("minReplicas"), min, words);
    }
    let most = path.child("maxReplicas");
    match max {
        0 => errors.required(&most, "must be set and greater than 0"),
        max if max < 0 => errors.invalid(&most, max, "must be greater than or equal to 1"),
        _ => {}
    }
    if min.is_some_and(|min| max < min) {
        let words = "must be greater than or equal to `minReplicas`";
        errors.invalid(&most, max, words);
    }
    check_target(errors, &path.child("scaleTargetRef"), spec, old);
    check_metrics(errors, &path.child("metrics"), spec);
    if let Some(behavior) = &spec.behavior {
        let path = path.child("behavior");
        let rules = [
            ("scaleUp", &behavior.scale_up),
            ("scaleDown", &behavior.scale_down),
        ];
        for (name, rules) in rules {
            if let Some(rules) = rules {
                check_rules(errors, &path.child(name), rules);
            }
        }
    }
}

fn check_target(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &HorizontalPodAutoscalerSpec,
    old: Option<&HorizontalPodAutoscalerSpec>,
) {
    let target = &spec.scale_target_ref;
    // A version that stays for the same kind is not looked at again.
    let kept = old.is_some_and(|old| {
        let old = &old.scale_target_ref;
        old.api_version == target.api_version && old.kind == target.kind
    });
    let checked = (!kept).then(|| target.kind != "ReplicationController");
    check_reference(errors, path, target, checked);
}

/// `grouped`: whether the version must have a group; `None` when it is not looked at.
fn check_reference(
    errors: &mut FieldErrors,
    path: &FieldPath,
    reference: &CrossVersionObjectReference,
    grouped: Option<bool>,
) {
    for (name, value) in [("kind", &reference.kind), ("name", &reference.name)] {
        let path = path.child(name);
        if value.is_empty() {
            errors.required(&path, "");
        } else {
            rules::each(errors, &path, value, validation::path_segment(value));
        }
    }
    let version = &reference.api_version;
    if let Some(words) = grouped.and_then(|grouped| version_problem(version, grouped)) {
        errors.invalid(&path.child("apiVersion"), version, words);
    }
}

fn version_problem(version: &str, grouped: bool) -> Option<String> {
    if version.matches('/').count() > 1 {
        return Some(format!("unexpected GroupVersion string: {version}"));
    }
    let group = version.split_once('/').map_or("", |(group, _)| group);
    (grouped && group.is_empty()).then(|| "apiVersion must specify API group".to_owned())
}

fn check_metrics(errors: &mut FieldErrors, path: &FieldPath, spec: &HorizontalPodAutoscalerSpec) {
    for (index, metric) in spec.metrics.iter().enumerate() {
        check_metric(errors, &path.index(index), metric);
    }
    let outside = |metric: &MetricSpec| metric.type_ == "Object" || metric.type_ == "External";
    if spec.min_replicas == Some(0) && !spec.metrics.iter().any(outside) {
        let words = "must specify at least one Object or External metric to support scaling to zero replicas";
        errors.forbidden(path, words);
    }
}

fn check_metric(errors: &mut FieldErrors, path: &FieldPath, metric: &MetricSpec) {
    let kind = path.child("type");
    if metric.type_.is_empty() {
        errors.required(&kind, "must specify a metric source type");
    }
    rules::optional_one_of(errors, &kind, Some(&metric.type_), SOURCES);
    let present = [
        ("object", "Object", metric.object.is_some()),
        ("external", "External", metric.external.is_some()),
        ("pods", "Pods", metric.pods.is_some()),
        ("resource", "Resource", metric.resource.is_some()),
        (
            "containerResource",
            "ContainerResource",
            metric.container_resource.is_some(),
        ),
    ];
    let mut sources = present.iter().filter(|source| source.2);
    if let Some((name, ..)) = sources.next() {
        check_source(errors, &path.child(name), metric, name);
    }
    let own = present.iter().find(|source| metric.type_ == source.1);
    match own {
        None => errors.not_supported(&kind, &metric.type_, SOURCES),
        Some((name, _, false)) => errors.required(&path.child(name), MISSING_SOURCE),
        Some(_) => {}
    }
    let count = present.iter().filter(|source| source.2).count();
    let others = present
        .iter()
        .filter(|source| source.2 && count != 1 && metric.type_ != source.1);
    for (name, ..) in others {
        let words = "must populate the given metric source only";
        errors.forbidden(&path.child(name), words);
    }
}

/// Of several sources, upstream looks at the first.
fn check_source(errors: &mut FieldErrors, path: &FieldPath, metric: &MetricSpec, name: &str) {
    match name {
        "object" => {
            if let Some(source) = &metric.object {
                check_object(errors, path, source);
            }
        }
        "external" => {
            if let Some(source) = &metric.external {
                check_external(errors, path, source);
            }
        }
        "pods" => {
            if let Some(source) = &metric.pods {
                check_pods(errors, path, source);
            }
        }
        "resource" => {
            if let Some(source) = &metric.resource {
                check_named(errors, path, &source.name);
                check_resource_target(errors, &path.child("target"), &source.target);
            }
        }
        _ => {
            if let Some(source) = &metric.container_resource {
                check_container(errors, path, source);
            }
        }
    }
}

fn check_object(errors: &mut FieldErrors, path: &FieldPath, source: &ObjectMetricSource) {
    let described = path.child("describedObject");
    check_reference(errors, &described, &source.described_object, Some(false));
    check_identifier(errors, &path.child("metric"), &source.metric);
    let (path, target) = (path.child("target"), &source.target);
    check_value(errors, &path, target);
    if target.value.is_none() && target.average_value.is_none() {
        let words = "must set either a target value or averageValue";
        errors.required(&path.child("averageValue"), words);
    }
}

fn check_external(errors: &mut FieldErrors, path: &FieldPath, source: &ExternalMetricSource) {
    check_identifier(errors, &path.child("metric"), &source.metric);
    let (path, target) = (path.child("target"), &source.target);
    check_value(errors, &path, target);
    match (&target.value, &target.average_value) {
        (None, None) => {
            let words = "must set either a target value for metric or a per-pod target";
            errors.required(&path.child("averageValue"), words);
        }
        (Some(_), Some(_)) => {
            let words = "may not set both a target value for metric and a per-pod target";
            errors.forbidden(&path.child("value"), words);
        }
        _ => {}
    }
}

fn check_pods(errors: &mut FieldErrors, path: &FieldPath, source: &PodsMetricSource) {
    check_identifier(errors, &path.child("metric"), &source.metric);
    let path = path.child("target");
    check_value(errors, &path, &source.target);
    if source.target.average_value.is_none() {
        let words = "must specify a positive target averageValue";
        errors.required(&path.child("averageValue"), words);
    }
}

fn check_named(errors: &mut FieldErrors, path: &FieldPath, name: &Str) {
    if name.is_empty() {
        errors.required(&path.child("name"), "must specify a resource name");
    }
}

fn check_container(
    errors: &mut FieldErrors,
    path: &FieldPath,
    source: &ContainerResourceMetricSource,
) {
    check_named(errors, path, &source.name);
    if !source.name.is_empty() {
        resource_names::check_container(errors, &path.child("name"), &source.name);
    }
    let container = path.child("container");
    if source.container.is_empty() {
        errors.required(&container, "must specify a container");
    } else {
        rules::label(errors, &container, &source.container);
    }
    check_resource_target(errors, &path.child("target"), &source.target);
}

fn check_resource_target(errors: &mut FieldErrors, path: &FieldPath, target: &MetricTarget) {
    check_value(errors, path, target);
    match (target.average_utilization, &target.average_value) {
        (None, None) => {
            let words = "must set either a target raw value or a target utilization";
            errors.required(&path.child("averageUtilization"), words);
        }
        (Some(_), Some(_)) => {
            let words = "may not set both a target raw value and a target utilization";
            errors.forbidden(&path.child("averageValue"), words);
        }
        _ => {}
    }
}

fn check_value(errors: &mut FieldErrors, path: &FieldPath, target: &MetricTarget) {
    let kind = path.child("type");
    if target.type_.is_empty() {
        errors.required(&kind, "must specify a metric target type");
    }
    if !["Utilization", "Value", "AverageValue"].contains(&target.type_.as_str()) {
        let words = "must be either Utilization, Value, or AverageValue";
        errors.invalid(&kind, &target.type_, words);
    }
    let values = [
        ("value", &target.value),
        ("averageValue", &target.average_value),
    ];
    for (name, value) in values {
        if let Some(value) = value.as_ref().filter(|value| value.sign() != 1) {
            errors.invalid(&path.child(name), value, "must be positive");
        }
    }
    if let Some(share) = target.average_utilization.filter(|share| *share < 1) {
        let path = path.child("averageUtilization");
        errors.invalid(&path, share, "must be greater than 0");
    }
}

fn check_identifier(errors: &mut FieldErrors, path: &FieldPath, metric: &MetricIdentifier) {
    let path = path.child("name");
    if metric.name.is_empty() {
        errors.required(&path, "must specify a metric name");
    } else {
        let problems = validation::path_segment(&metric.name);
        rules::each(errors, &path, &metric.name, problems);
    }
}

fn check_rules(errors: &mut FieldErrors, path: &FieldPath, rules: &HPAScalingRules) {
    let window = path.child("stabilizationWindowSeconds");
    match rules.stabilization_window_seconds {
        Some(seconds) if seconds < 0 => {
            errors.invalid(&window, seconds, "must be greater than or equal to zero");
        }
        Some(seconds) if seconds > STABILIZATION_SECONDS_MAX => {
            let words = format!("must be less than or equal to {STABILIZATION_SECONDS_MAX}");
            errors.invalid(&window, seconds, words);
        }
        _ => {}
    }
    let policy = rules.select_policy.as_ref();
    crate::rules::optional_one_of(errors, &path.child("selectPolicy"), policy, SELECT_POLICIES);
    let policies = path.child("policies");
    if rules.policies.is_empty() {
        errors.required(&policies, "must specify at least one Policy");
    }
    for (index, policy) in rules.policies.iter().enumerate() {
        check_policy(errors, &policies.index(index), policy);
    }
    if let Some(tolerance) = rules.tolerance.as_ref().filter(|t| t.sign() < 0) {
        let words = "must be greater than or equal to 0";
        errors.invalid(&path.child("tolerance"), tolerance, words);
    }
}

fn check_policy(errors: &mut FieldErrors, path: &FieldPath, policy: &HPAScalingPolicy) {
    let kind = Some(&policy.type_);
    rules::optional_one_of(errors, &path.child("type"), kind, POLICIES);
    if policy.value <= 0 {
        errors.invalid(&path.child("value"), policy.value, NOT_POSITIVE);
    }
    let (path, seconds) = (path.child("periodSeconds"), policy.period_seconds);
    if seconds <= 0 {
        errors.invalid(&path, seconds, NOT_POSITIVE);
    }
    if seconds > PERIOD_SECONDS_MAX {
        let words = format!("must be less than or equal to {PERIOD_SECONDS_MAX}");
        errors.invalid(&path, seconds, words);
    }
}
