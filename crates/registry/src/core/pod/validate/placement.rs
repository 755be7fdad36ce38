//! Where a pod may run: tolerations, gates, spreading.

use super::{Lenient, label_keys};
use crate::{rules, selector};
use api::core::v1::{PodSpec, Toleration, TopologySpreadConstraint};
use meta::{FieldErrors, FieldPath, validation};
use std::collections::HashSet;

const EFFECTS: &[&str] = &["NoSchedule", "PreferNoSchedule", "NoExecute"];
const ALL_TAINTS: &str =
    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
const POSITIVE: &str = "must be greater than zero";
const SPREAD: &str = "DoNotSchedule";

pub(crate) fn check_tolerations(
    errors: &mut FieldErrors,
    path: &FieldPath,
    tolerations: &[Toleration],
) {
    for (index, toleration) in tolerations.iter().enumerate() {
        let path = path.index(index);
        let (operator, effect) = (path.child("operator"), path.child("effect"));
        if !toleration.key.is_empty() {
            rules::qualified_name(errors, &path.child("key"), &toleration.key);
        } else if toleration.operator != "Exists" {
            errors.invalid(&operator, &toleration.operator, ALL_TAINTS);
        }
        if toleration.toleration_seconds.is_some() && toleration.effect != "NoExecute" {
            errors.invalid(
                &effect,
                &toleration.effect,
                "effect must be 'NoExecute' when `tolerationSeconds` is set",
            );
        }
        match toleration.operator.as_str() {
            "" | "Equal" => {
                let problems = validation::label_value(&toleration.value);
                if !problems.is_empty() {
                    errors.invalid(&operator, &toleration.value, problems.join(";"));
                }
            }
            "Exists" => {
                if !toleration.value.is_empty() {
                    let words = "value must be empty when `operator` is 'Exists'";
                    errors.invalid(&operator, &toleration.value, words);
                }
            }
            // Comparisons are known, and behind a gate that is closed.
            other @ ("Lt" | "Gt") => {
                let known = &["Equal", "Exists", "Lt", "Gt"];
                errors.not_supported(&operator, other, known);
            }
            other => errors.not_supported(&operator, other, &["Equal", "Exists"]),
        }
        if !toleration.effect.is_empty() {
            rules::one_of(errors, &effect, &toleration.effect, EFFECTS);
        }
    }
}

/// Readiness gates and scheduling gates.
pub(super) fn check_gates(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    for (index, gate) in spec.readiness_gates.iter().enumerate() {
        let path = path
            .child("readinessGates")
            .index(index)
            .child("conditionType");
        rules::qualified_name(errors, &path, &gate.condition_type);
    }
    let mut seen = HashSet::new();
    for (index, gate) in spec.scheduling_gates.iter().enumerate() {
        let path = path.child("schedulingGates").index(index);
        rules::qualified_name(errors, &path, &gate.name);
        if !seen.insert(&gate.name) {
            errors.duplicate(&path, &gate.name);
        }
    }
}

pub(super) fn check_spread(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &PodSpec,
    lenient: Lenient,
) {
    let all = &spec.topology_spread_constraints;
    for (index, constraint) in all.iter().enumerate() {
        let path = path.index(index);
        if constraint.max_skew <= 0 {
            errors.invalid(&path.child("maxSkew"), constraint.max_skew, POSITIVE);
        }
        if constraint.topology_key.is_empty() {
            errors.required(&path.child("topologyKey"), "can not be empty");
        }
        check_when(errors, &path, constraint);
        let same = |other: &&TopologySpreadConstraint| {
            other.topology_key == constraint.topology_key
                && other.when_unsatisfiable == constraint.when_unsatisfiable
        };
        if all[index + 1..].iter().any(|other| same(&other)) {
            let shown = format!(
                "{{{}, {}}}",
                constraint.topology_key, constraint.when_unsatisfiable
            );
            errors.duplicate(&path.child("{topologyKey, whenUnsatisfiable}"), &shown);
        }
        check_domains(errors, &path.child("minDomains"), constraint);
        for (name, policy) in [
            ("nodeAffinityPolicy", &constraint.node_affinity_policy),
            ("nodeTaintsPolicy", &constraint.node_taints_policy),
        ] {
            let path = path.child(name);
            rules::optional_one_of(errors, &path, policy.as_ref(), &["Honor", "Ignore"]);
        }
        if !lenient.spread_keys {
            check_own_keys(errors, &path, constraint);
        }
        if let Some(labels) = &constraint.label_selector
            && !lenient.spread_selectors
        {
            selector::check(errors, &path.child("labelSelector"), labels);
        }
    }
}

fn check_own_keys(
    errors: &mut FieldErrors,
    path: &FieldPath,
    constraint: &TopologySpreadConstraint,
) {
    let selector = constraint.label_selector.as_deref();
    label_keys::check(errors, path, &constraint.match_label_keys, &[], selector);
}

/// The label keys of spread constraints alone.
pub(super) fn check_keys(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    for constraint in &spec.topology_spread_constraints {
        check_own_keys(errors, path, constraint);
    }
}

/// The selectors of spread constraints alone.
pub(super) fn check_selectors(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    let all = spec.topology_spread_constraints.iter();
    for labels in all.filter_map(|constraint| constraint.label_selector.as_deref()) {
        selector::check(errors, path, labels);
    }
}

fn check_when(errors: &mut FieldErrors, path: &FieldPath, constraint: &TopologySpreadConstraint) {
    let known = &[SPREAD, "ScheduleAnyway"];
    let value = &constraint.when_unsatisfiable;
    rules::optional_one_of(errors, &path.child("whenUnsatisfiable"), Some(value), known);
}

fn check_domains(
    errors: &mut FieldErrors,
    path: &FieldPath,
    constraint: &TopologySpreadConstraint,
) {
    let Some(domains) = constraint.min_domains else {
        return;
    };
    if domains <= 0 {
        errors.invalid(path, domains, POSITIVE);
    }
    if constraint.when_unsatisfiable != SPREAD {
        let words = format!(
            "can only use minDomains if whenUnsatisfiable={SPREAD}, not {}",
            constraint.when_unsatisfiable
        );
        errors.invalid(path, domains, words);
    }
}

/// Tolerations may be added, and seconds changed.
pub(super) fn check_only_added(
    errors: &mut FieldErrors,
    path: &FieldPath,
    new: &[Toleration],
    old: &[Toleration],
) {
    let kept = |old: &Toleration| {
        new.iter().any(|new| {
            Toleration {
                toleration_seconds: new.toleration_seconds,
                ..old.clone()
            } == *new
        })
    };
    if old.iter().all(kept) {
        check_tolerations(errors, path, new);
    } else {
        errors.forbidden(
            path,
            "existing toleration can not be modified except its tolerationSeconds",
        );
    }
}

/// Gates may be opened, not closed. Of one that is named twice the last is told.
pub(super) fn check_only_opened(errors: &mut FieldErrors, new: &PodSpec, old: &PodSpec) {
    for (index, gate) in new.scheduling_gates.iter().enumerate() {
        let again = new.scheduling_gates[index + 1..].contains(gate);
        if !again && !old.scheduling_gates.contains(gate) {
            let path = FieldPath::new("spec").child("schedulingGates").index(index);
            let words = format!(
                "only deletion is allowed, but found new scheduling gate '{}'",
                gate.name
            );
            errors.forbidden(&path.child("name"), words);
        }
    }
}
