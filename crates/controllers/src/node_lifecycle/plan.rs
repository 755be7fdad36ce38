//! The decisions, free of I/O: what a silent node's status is, which taints a node shall have.

use crate::taints::{NO_EXECUTE, NO_SCHEDULE, NOT_READY, UNREACHABLE};
use api::core::v1::{Node, NodeCondition, NodeStatus, Taint};
use meta::{Str, Time};

/// Conditions that the kubelet reports; of a silent node none is known.
const REPORTED: [&str; 4] = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

/// Condition and status that put a `NoSchedule` taint on a node.
const CONDITION_TAINTS: [(&str, &str, &str); 6] = [
    ("Ready", "False", NOT_READY),
    ("Ready", "Unknown", UNREACHABLE),
    (
        "MemoryPressure",
        "True",
        "node.kubernetes.io/memory-pressure",
    ),
    ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
    (
        "NetworkUnavailable",
        "True",
        "node.kubernetes.io/network-unavailable",
    ),
    ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
];
const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

/// Status of `Ready`; empty when the node has never reported.
pub(super) fn ready_status(node: &Node) -> &str {
    status_of(node, "Ready")
}

fn status_of<'a>(node: &'a Node, type_: &str) -> &'a str {
    let mut conditions = node.status.conditions.iter();
    conditions
        .find(|condition| condition.type_ == type_)
        .map_or("", |condition| &condition.status)
}

/// The status of a node that is silent; `None` when it says so already.
pub(super) fn silence(node: &Node, now: Time) -> Option<NodeStatus> {
    let mut status = node.status.clone();
    for type_ in REPORTED {
        match status
            .conditions
            .iter_mut()
            .find(|condition| condition.type_ == type_)
        {
            None => status.conditions.push(NodeCondition {
                type_: Str::const_new(type_),
                status: Str::const_new("Unknown"),
                last_heartbeat_time: node.metadata.creation_timestamp,
                last_transition_time: now,
                reason: Str::const_new("NodeStatusNeverUpdated"),
                message: Str::const_new("Kubelet never posted node status."),
            }),
            Some(condition) if condition.status != "Unknown" => {
                condition.status = Str::const_new("Unknown");
                condition.reason = Str::const_new("NodeStatusUnknown");
                condition.message = Str::const_new("Kubelet stopped posting node status.");
                condition.last_transition_time = now;
            }
            Some(_) => {}
        }
    }
    (status != node.status).then_some(status)
}

/// All taints that the node shall have, where that is a change. `evict`: `NoExecute` taints may be added; those
/// that are there stay until the node is ready.
pub(super) fn wanted_taints(node: &Node, evict: Evict, now: Time) -> Option<Vec<Taint>> {
    let conditions = CONDITION_TAINTS
        .iter()
        .filter(|(type_, status, _)| status_of(node, type_) == *status);
    let mut wanted: Vec<_> = conditions.map(|(.., key)| (*key, NO_SCHEDULE)).collect();
    if node.spec.unschedulable {
        wanted.push((UNSCHEDULABLE, NO_SCHEDULE));
    }
    let current = |key: &str| crate::taints::has_taint(node, key, NO_EXECUTE);
    let evicting = match ready_status(node) {
        "False" => Some(NOT_READY),
        "Unknown" => Some(UNREACHABLE),
        _ => None,
    };
    let has_one = current(NOT_READY) || current(UNREACHABLE);
    let may = evict == Evict::Now || (evict == Evict::Later && has_one);
    wanted.extend(evicting.filter(|_| may).map(|key| (key, NO_EXECUTE)));
    merge(&node.spec.taints, &wanted, now)
}

/// Whether pods may be driven off a node that is not ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evict {
    Now,
    /// Not yet; a taint that is there stays.
    Later,
    /// No node of any zone is ready: the fault is more likely ours.
    Never,
}

/// Ours are replaced by the wanted ones, others stay.
fn merge(
    current: &[Taint],
    wanted: &[(&'static str, &'static str)],
    now: Time,
) -> Option<Vec<Taint>> {
    let is_wanted = |taint: &Taint| wanted.contains(&(taint.key.as_str(), taint.effect.as_str()));
    let mut taints: Vec<_> = current
        .iter()
        .filter(|taint| !is_ours(taint) || is_wanted(taint))
        .cloned()
        .collect();
    for (key, effect) in wanted {
        if !taints
            .iter()
            .any(|taint| taint.key == *key && taint.effect == *effect)
        {
            taints.push(Taint {
                key: Str::const_new(key),
                effect: Str::const_new(effect),
                time_added: Some(now),
                ..Taint::default()
            });
        }
    }
    (taints != current).then_some(taints)
}

fn is_ours(taint: &Taint) -> bool {
    let key = taint.key.as_str();
    match taint.effect.as_str() {
        NO_SCHEDULE => {
            key == UNSCHEDULABLE || CONDITION_TAINTS.iter().any(|(.., ours)| *ours == key)
        }
        NO_EXECUTE => key == NOT_READY || key == UNREACHABLE,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
