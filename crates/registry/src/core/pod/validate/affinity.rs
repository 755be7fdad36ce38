//! Affinity to nodes and to other pods.

use super::placement::check_topology_key;
use crate::{rules, selector};
use api::core::v1::{
    Affinity, NodeAffinity, NodeSelectorRequirement, NodeSelectorTerm, PodAffinityTerm,
    WeightedPodAffinityTerm,
};
use meta::{FieldErrors, FieldPath, validation};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
const WEIGHT: &str = "must be in the range 1-100";
const OPERATOR: &str = "not a valid selector operator";

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, affinity: &Affinity) {
    if let Some(nodes) = &affinity.node_affinity {
        check_nodes(errors, &path.child("nodeAffinity"), nodes);
    }
    if let Some(pods) = &affinity.pod_affinity {
        check_pods(
            errors,
            &path.child("podAffinity"),
            &pods.required_during_scheduling_ignored_during_execution,
            &pods.preferred_during_scheduling_ignored_during_execution,
        );
    }
    if let Some(pods) = &affinity.pod_anti_affinity {
        check_pods(
            errors,
            &path.child("podAntiAffinity"),
            &pods.required_during_scheduling_ignored_during_execution,
            &pods.preferred_during_scheduling_ignored_during_execution,
        );
    }
}

fn check_nodes(errors: &mut FieldErrors, path: &FieldPath, nodes: &NodeAffinity) {
    if let Some(required) = &nodes.required_during_scheduling_ignored_during_execution {
        let path = path.child(REQUIRED).child("nodeSelectorTerms");
        if required.node_selector_terms.is_empty() {
            errors.required(&path, "must have at least one node selector term");
        }
        for (index, term) in required.node_selector_terms.iter().enumerate() {
            check_term(errors, &path.index(index), term, true);
        }
    }
    let preferred = &nodes.preferred_during_scheduling_ignored_during_execution;
    for (index, term) in preferred.iter().enumerate() {
        let path = path.child(PREFERRED).index(index);
        if !(1..=100).contains(&term.weight) {
            errors.invalid(&path.child("weight"), term.weight, WEIGHT);
        }
        check_term(errors, &path.child("preference"), &term.preference, true);
    }
}

/// One term of a node selector. `values_are_labels`: their syntax is checked too.
pub(crate) fn check_term(
    errors: &mut FieldErrors,
    path: &FieldPath,
    term: &NodeSelectorTerm,
    values_are_labels: bool,
) {
    for (index, requirement) in term.match_expressions.iter().enumerate() {
        let path = path.child("matchExpressions").index(index);
        check_expression(errors, &path, requirement, values_are_labels);
    }
    for (index, requirement) in term.match_fields.iter().enumerate() {
        let path = path.child("matchFields").index(index);
        check_field(errors, &path, requirement);
    }
}

fn check_expression(
    errors: &mut FieldErrors,
    path: &FieldPath,
    requirement: &NodeSelectorRequirement,
    values_are_labels: bool,
) {
    let values = path.child("values");
    match (requirement.operator.as_str(), requirement.values.len()) {
        ("In" | "NotIn", 0) => errors.required(
            &values,
            "must be specified when `operator` is 'In' or 'NotIn'",
        ),
        ("Exists" | "DoesNotExist", 1..) => errors.forbidden(
            &values,
            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        ),
        ("Gt" | "Lt", count) if count != 1 => errors.required(
            &values,
            "must be specified single value when `operator` is 'Lt' or 'Gt'",
        ),
        ("In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt", _) => {}
        (other, _) => errors.invalid(&path.child("operator"), other, OPERATOR),
    }
    rules::qualified_name(errors, &path.child("key"), &requirement.key);
    if values_are_labels {
        for (index, value) in requirement.values.iter().enumerate() {
            let problems = validation::label_value(value);
            rules::each(errors, &values.index(index), value, problems);
        }
    }
}

fn check_field(errors: &mut FieldErrors, path: &FieldPath, requirement: &NodeSelectorRequirement) {
    let values = path.child("values");
    match (requirement.operator.as_str(), requirement.values.len()) {
        ("In" | "NotIn", 1) => {}
        ("In" | "NotIn", _) => errors.required(
            &values,
            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
        ),
        (other, _) => errors.invalid(&path.child("operator"), other, OPERATOR),
    }
    if requirement.key != "metadata.name" {
        let words = "not a valid field selector key";
        errors.invalid(&path.child("key"), &requirement.key, words);
        return;
    }
    for (index, value) in requirement.values.iter().enumerate() {
        rules::subdomain(errors, &values.index(index), value);
    }
}

fn check_pods(
    errors: &mut FieldErrors,
    path: &FieldPath,
    required: &[PodAffinityTerm],
    preferred: &[WeightedPodAffinityTerm],
) {
    for (index, term) in required.iter().enumerate() {
        check_pod_term(errors, &path.child(REQUIRED).index(index), term);
    }
    for (index, weighted) in preferred.iter().enumerate() {
        let path = path.child(PREFERRED).index(index);
        if !(1..=100).contains(&weighted.weight) {
            errors.invalid(&path.child("weight"), weighted.weight, WEIGHT);
        }
        let path = path.child("podAffinityTerm");
        check_pod_term(errors, &path, &weighted.pod_affinity_term);
    }
}

fn check_pod_term(errors: &mut FieldErrors, path: &FieldPath, term: &PodAffinityTerm) {
    for (name, labels) in [
        ("labelSelector", &term.label_selector),
        ("namespaceSelector", &term.namespace_selector),
    ] {
        if let Some(labels) = labels {
            selector::check(errors, &path.child(name), labels);
        }
    }
    for namespace in &term.namespaces {
        rules::label(errors, &path.child("namespace"), namespace);
    }
    check_topology_key(errors, &path.child("topologyKey"), &term.topology_key);
}
