//! Whether this node takes a pod that the scheduler (or somebody else) put on it. Pure.

use crate::resources;
use crate::worker::machine::Failure;
use api::core::v1::{NodeSelectorRequirement, NodeSelectorTerm, Pod};
use meta::{Map, Quantity, Str};
use std::sync::Arc;

/// Why the node does not take `pod` beside `others`, if it does not.
pub(crate) fn check(
    pod: &Pod,
    others: &[Arc<Pod>],
    node_name: &str,
    labels: &Map<Str, Str>,
    allocatable: &Map<Str, Quantity>,
) -> Option<Failure> {
    if !selects(pod, node_name, labels) {
        let message = "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector";
        return Some(Failure {
            reason: "NodeAffinity".to_owned(),
            message: message.to_owned(),
        });
    }
    let used = others.len();
    let most = allocatable.get("pods").map_or(i64::MAX, Quantity::value);
    if i64::try_from(used).unwrap_or(i64::MAX) >= most {
        return Some(lacks(
            "pods",
            1,
            i64::try_from(used).unwrap_or(i64::MAX),
            most,
        ));
    }
    for name in ["cpu", "memory", "ephemeral-storage"] {
        let Some(capacity) = allocatable.get(name) else {
            continue;
        };
        let wanted = resources::pod_request_milli(pod, name);
        let taken: i64 = others
            .iter()
            .map(|other| resources::pod_request_milli(other, name))
            .sum();
        if wanted > 0 && wanted.saturating_add(taken) > capacity.milli_value() {
            let unit = if name == "cpu" { 1 } else { 1000 };
            return Some(lacks(
                name,
                wanted / unit,
                taken / unit,
                capacity.milli_value() / unit,
            ));
        }
    }
    None
}

fn lacks(name: &str, wanted: i64, used: i64, capacity: i64) -> Failure {
    let message = format!(
        "Pod was rejected: Node didn't have enough resource: {name}, requested: {wanted}, used: {used}, capacity: {capacity}"
    );
    Failure {
        reason: format!("OutOf{name}"),
        message,
    }
}

fn selects(pod: &Pod, node_name: &str, labels: &Map<Str, Str>) -> bool {
    let selector = pod
        .spec
        .node_selector
        .iter()
        .all(|(key, value)| labels.get(key.as_str()) == Some(value));
    let affinity = pod
        .spec
        .affinity
        .as_ref()
        .and_then(|affinity| affinity.node_affinity.as_ref());
    let required = affinity.and_then(|a| {
        a.required_during_scheduling_ignored_during_execution
            .as_ref()
    });
    let terms = required.is_none_or(|r| {
        r.node_selector_terms
            .iter()
            .any(|term| matches(term, node_name, labels))
    });
    selector && terms
}

fn matches(term: &NodeSelectorTerm, node_name: &str, labels: &Map<Str, Str>) -> bool {
    if term.match_expressions.is_empty() && term.match_fields.is_empty() {
        return false;
    }
    let by_label =
        |r: &NodeSelectorRequirement| holds(r, labels.get(r.key.as_str()).map(Str::as_str));
    let by_field =
        |r: &NodeSelectorRequirement| r.key == "metadata.name" && holds(r, Some(node_name));
    term.match_expressions.iter().all(by_label) && term.match_fields.iter().all(by_field)
}

fn holds(requirement: &NodeSelectorRequirement, value: Option<&str>) -> bool {
    let listed = value.is_some_and(|value| requirement.values.iter().any(|v| v == value));
    let number = |text: &str| text.parse::<i64>().ok();
    let compare = |test: fn(&i64, &i64) -> bool| {
        let bound = requirement.values.first().and_then(|v| number(v));
        value
            .and_then(number)
            .zip(bound)
            .is_some_and(|(value, bound)| test(&value, &bound))
    };
    match requirement.operator.as_str() {
        "In" => listed,
        "NotIn" => !listed,
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        "Gt" => compare(i64::gt),
        "Lt" => compare(i64::lt),
        _ => false,
    }
}
