//! What the server sets in pods and takes back from requests (`pkg/registry/core/pod/strategy.go`).

use super::{
    defaults, disabled, quality,
    validate::{APP_ARMOR, app_armor_field, check_app_armor},
};
use crate::rules;
use api::core::v1::{
    AppArmorProfile, Container, Pod, PodAffinityTerm, PodCondition, PodPhase, PodSpec,
    SecurityContext, WeightedPodAffinityTerm,
};
use meta::{FieldErrors, FieldPath, LabelSelector, LabelSelectorRequirement, Map, Str};
use resource::RequestContext;
use std::collections::HashMap;

type Labels = Map<Str, Str>;

pub(super) fn create(cx: &RequestContext, pod: &mut Pod) {
    pod.status = Default::default();
    pod.status.phase = PodPhase::PENDING.into();
    pod.status.qos_class = quality::of(&pod.spec).into();
    disabled::drop_fields(&mut pod.spec, None);
    if !pod.spec.scheduling_gates.is_empty() {
        pod.status.conditions.push(PodCondition {
            type_: "PodScheduled".into(),
            status: "False".into(),
            reason: "SchedulingGated".into(),
            message: "Scheduling is blocked due to non-empty scheduling gates".into(),
            last_transition_time: cx.now,
            ..PodCondition::default()
        });
    }
    merge_label_keys(&mut pod.spec, &pod.metadata.labels);
    set_app_armor(cx, pod);
}

/// Keys of labels in terms of affinity and in spread constraints become requirements with the pod's own values.
fn merge_label_keys(spec: &mut PodSpec, labels: &Labels) {
    if let Some(affinity) = &mut spec.affinity {
        if let Some(pods) = &mut affinity.pod_affinity {
            merge_terms(
                &mut pods.preferred_during_scheduling_ignored_during_execution,
                &mut pods.required_during_scheduling_ignored_during_execution,
                labels,
            );
        }
        if let Some(pods) = &mut affinity.pod_anti_affinity {
            merge_terms(
                &mut pods.preferred_during_scheduling_ignored_during_execution,
                &mut pods.required_during_scheduling_ignored_during_execution,
                labels,
            );
        }
    }
    for constraint in &mut spec.topology_spread_constraints {
        let selector = constraint.label_selector.as_deref_mut();
        require(selector, &constraint.match_label_keys, "In", labels);
    }
}

fn merge_terms(
    preferred: &mut [WeightedPodAffinityTerm],
    required: &mut [PodAffinityTerm],
    labels: &Labels,
) {
    let preferred = preferred.iter_mut().map(|one| &mut one.pod_affinity_term);
    for term in preferred.chain(required) {
        let mut selector = term.label_selector.as_deref_mut();
        require(
            selector.as_deref_mut(),
            &term.match_label_keys,
            "In",
            labels,
        );
        require(selector, &term.mismatch_label_keys, "NotIn", labels);
    }
}

fn require(selector: Option<&mut LabelSelector>, keys: &[Str], operator: &str, labels: &Labels) {
    let Some(selector) = selector else {
        return;
    };
    for key in keys {
        if let Some(value) = labels.get(key) {
            selector.match_expressions.push(LabelSelectorRequirement {
                key: key.clone(),
                operator: operator.into(),
                values: [value.clone()].into(),
            });
        }
    }
}

/// The AppArmor profile of an annotation becomes the field that took its place.
fn set_app_armor(cx: &RequestContext, pod: &mut Pod) {
    let spec = &mut pod.spec;
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        return;
    }
    let context = spec.security_context.as_ref();
    let of_pod = context.and_then(|context| context.app_armor_profile.clone());
    let full = spec.init_containers.iter_mut().chain(&mut *spec.containers);
    let full = full.map(|one| (&one.name, &mut one.security_context));
    let debug = spec.ephemeral_containers.iter_mut();
    let debug = debug.map(|one| &mut one.ephemeral_container_common);
    let debug = debug.map(|one| (&one.name, &mut one.security_context));
    for (name, context) in full.chain(debug) {
        let key = format!("{APP_ARMOR}{name}");
        let Some(annotation) = pod.metadata.annotations.get(key.as_str()) else {
            continue;
        };
        if copy_profile(annotation, of_pod.as_deref(), context) {
            let path = FieldPath::new("metadata").child("annotations").key(&key);
            let words = "deprecated since v1.30; use the \"appArmorProfile\" field instead";
            cx.warn(format!("{path}: {words}"));
        }
    }
}

/// Whether the annotation said something that no field did, or nothing valid.
fn copy_profile(
    annotation: &str,
    of_pod: Option<&AppArmorProfile>,
    context: &mut Option<Box<SecurityContext>>,
) -> bool {
    let mut errors = FieldErrors::new();
    let profile = app_armor_field(annotation);
    check_app_armor(&mut errors, &FieldPath::root(), profile.as_ref());
    let Some(profile) = profile.filter(|_| errors.is_empty()) else {
        return true;
    };
    let own = context
        .as_ref()
        .and_then(|own| own.app_armor_profile.as_ref());
    if own.is_some() || of_pod == Some(&profile) {
        return false;
    }
    context.get_or_insert_default().app_armor_profile = Some(Box::new(profile));
    true
}

pub(super) fn update(new: &mut Pod, old: &Pod) {
    new.status = old.status.clone();
    disabled::drop_fields(&mut new.spec, Some(&old.spec));
}

pub(super) fn status(new: &mut Pod, old: &Pod) {
    new.metadata.deletion_timestamp = old.metadata.deletion_timestamp;
    new.metadata.owner_references = old.metadata.owner_references.clone();
    if new.status.qos_class.is_empty() {
        new.status.qos_class = old.status.qos_class.clone();
    }
    keep_observed(new, old);
    disabled::drop_reports(&mut new.status, &old.status);
}

/// Who does not know of generations leaves those that others reported.
fn keep_observed(new: &mut Pod, old: &Pod) {
    if new.status.observed_generation == 0 {
        new.status.observed_generation = old.status.observed_generation;
    }
    let mut seen: HashMap<&str, std::vec::IntoIter<i64>> = HashMap::new();
    for condition in &old.status.conditions {
        if seen.contains_key(condition.type_.as_str()) {
            continue;
        }
        let same = old
            .status
            .conditions
            .iter()
            .filter(|one| one.type_ == condition.type_);
        let all: Vec<i64> = same.map(|one| one.observed_generation).collect();
        seen.insert(&condition.type_, all.into_iter());
    }
    for condition in &mut new.status.conditions {
        let held = seen
            .get_mut(condition.type_.as_str())
            .and_then(Iterator::next);
        if condition.observed_generation == 0 {
            condition.observed_generation = held.unwrap_or(0);
        }
    }
}

pub(super) fn ephemeral_containers(new: &mut Pod, old: &Pod) {
    let added = std::mem::take(&mut new.spec.ephemeral_containers);
    new.spec = old.spec.clone();
    new.spec.ephemeral_containers = added;
    new.status = old.status.clone();
    rules::keep_metadata(&mut new.metadata, &old.metadata);
    defaults::pod(new);
    disabled::drop_fields(&mut new.spec, Some(&old.spec));
}

/// Other containers than before are left for validation to refuse.
pub(super) fn resize(new: &mut Pod, old: &Pod) {
    if new.spec.containers.len() != old.spec.containers.len()
        || new.spec.init_containers.len() != old.spec.init_containers.len()
    {
        return;
    }
    let wanted = std::mem::replace(&mut new.spec, old.spec.clone());
    new.status = old.status.clone();
    rules::keep_metadata(&mut new.metadata, &old.metadata);
    resized(&mut new.spec.containers, &wanted.containers);
    resized(&mut new.spec.init_containers, &wanted.init_containers);
    new.spec.resources = wanted.resources;
}

fn resized(held: &mut [Container], wanted: &[Container]) {
    let renamed = held
        .iter()
        .zip(wanted)
        .any(|(held, wanted)| held.name != wanted.name);
    for (held, wanted) in held.iter_mut().zip(wanted) {
        if renamed {
            *held = wanted.clone();
        } else {
            held.resources = wanted.resources.clone();
            held.resize_policy = wanted.resize_policy.clone();
        }
    }
}
