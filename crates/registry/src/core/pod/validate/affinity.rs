//! Affinity to nodes and to other pods.

use super::{Lenient, label_keys};
use crate::{rules, selector};
use api::core::v1::{
    Affinity, NodeAffinity, NodeSelectorRequirement, NodeSelectorTerm, PodAffinityTerm, PodSpec,
    WeightedPodAffinityTerm,
};
use meta::{FieldErrors, FieldPath, validation};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
const WEIGHT: &str = "must be in the range 1-100";
const OPERATOR: &str = "not a valid selector operator";

pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    affinity: &Affinity,
    lenient: Lenient,
) {
    if let Some(nodes) = &affinity.node_affinity {
        check_nodes(errors, &path.child("nodeAffinity"), nodes, lenient);
    }
    if let Some(pods) = &affinity.pod_affinity {
        check_pods(
            errors,
            &path.child("podAffinity"),
            &pods.required_during_scheduling_ignored_during_execution,
            &pods.preferred_during_scheduling_ignored_during_execution,
            lenient,
        );
    }
    if let Some(pods) = &affinity.pod_anti_affinity {
        check_pods(
            errors,
            &path.child("podAntiAffinity"),
            &pods.required_during_scheduling_ignored_during_execution,
            &pods.preferred_during_scheduling_ignored_during_execution,
            lenient,
        );
    }
}

fn check_nodes(errors: &mut FieldErrors, path: &FieldPath, nodes: &NodeAffinity, lenient: Lenient) {
    if let Some(required) = &nodes.required_during_scheduling_ignored_during_execution {
        let path = path.child(REQUIRED).child("nodeSelectorTerms");
        if required.node_selector_terms.is_empty() {
            errors.required(&path, "must have at least one node selector term");
        }
        for (index, term) in required.node_selector_terms.iter().enumerate() {
            check_term(
                errors,
                &path.index(index),
                term,
                !lenient.node_affinity_values,
            );
        }
    }
    let preferred = &nodes.preferred_during_scheduling_ignored_during_execution;
    for (index, term) in preferred.iter().enumerate() {
        let path = path.child(PREFERRED).index(index);
        if !(1..=100).contains(&term.weight) {
            errors.invalid(&path.child("weight"), term.weight, WEIGHT);
        }
        // A preference that no node can meet does no harm.
        check_term(errors, &path.child("preference"), &term.preference, false);
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
    lenient: Lenient,
) {
    for (index, term) in required.iter().enumerate() {
        check_pod_term(errors, &path.child(REQUIRED).index(index), term, lenient);
    }
    for (index, weighted) in preferred.iter().enumerate() {
        let path = path.child(PREFERRED).index(index);
        if !(1..=100).contains(&weighted.weight) {
            errors.invalid(&path.child("weight"), weighted.weight, WEIGHT);
        }
        let path = path.child("podAffinityTerm");
        check_pod_term(errors, &path, &weighted.pod_affinity_term, lenient);
    }
}

fn check_pod_term(
    errors: &mut FieldErrors,
    path: &FieldPath,
    term: &PodAffinityTerm,
    lenient: Lenient,
) {
    check_term_selectors(errors, path, term, !lenient.affinity_values);
    for namespace in &term.namespaces {
        rules::label(errors, &path.child("namespace"), namespace);
    }
    label_keys::check(
        errors,
        path,
        &term.match_label_keys,
        &term.mismatch_label_keys,
        term.label_selector.as_deref(),
    );
    let key = path.child("topologyKey");
    if term.topology_key.is_empty() {
        errors.required(&key, "can not be empty");
    }
    rules::qualified_name(errors, &key, &term.topology_key);
}

/// `ValidatePodAffinityTermSelector`.
fn check_term_selectors(
    errors: &mut FieldErrors,
    path: &FieldPath,
    term: &PodAffinityTerm,
    values_are_labels: bool,
) {
    for (name, labels) in [
        ("labelSelector", &term.label_selector),
        ("namespaceSelector", &term.namespace_selector),
    ] {
        let Some(labels) = labels else { continue };
        let path = path.child(name);
        if values_are_labels {
            selector::check(errors, &path, labels);
        } else {
            selector::check_but_values(errors, &path, labels);
        }
    }
}

/// The selectors of pod affinity and anti-affinity alone.
pub(super) fn check_selectors(errors: &mut FieldErrors, spec: &PodSpec) {
    let Some(affinity) = &spec.affinity else {
        return;
    };
    let pods = affinity.pod_affinity.iter();
    let near = pods.flat_map(|pods| {
        let required = &pods.required_during_scheduling_ignored_during_execution;
        terms(
            required,
            &pods.preferred_during_scheduling_ignored_during_execution,
        )
    });
    let pods = affinity.pod_anti_affinity.iter();
    let far = pods.flat_map(|pods| {
        let required = &pods.required_during_scheduling_ignored_during_execution;
        terms(
            required,
            &pods.preferred_during_scheduling_ignored_during_execution,
        )
    });
    for term in near.chain(far) {
        check_term_selectors(errors, &FieldPath::root(), term, true);
    }
}

fn terms<'t>(
    required: &'t [PodAffinityTerm],
    preferred: &'t [WeightedPodAffinityTerm],
) -> impl Iterator<Item = &'t PodAffinityTerm> {
    let preferred = preferred.iter().map(|weighted| &weighted.pod_affinity_term);
    required.iter().chain(preferred)
}

/// Whether required node affinity compares with values that no label has.
pub(super) fn has_bad_node_values(spec: &PodSpec) -> bool {
    let nodes = spec
        .affinity
        .iter()
        .filter_map(|a| a.node_affinity.as_ref());
    nodes
        .filter_map(|nodes| {
            nodes
                .required_during_scheduling_ignored_during_execution
                .as_ref()
        })
        .flat_map(|required| required.node_selector_terms.iter())
        .flat_map(|term| &term.match_expressions)
        .flat_map(|requirement| &requirement.values)
        .any(|value| !validation::label_value(value).is_empty())
}
