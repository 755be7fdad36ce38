//! Which pods go first when there are too many: upstream's `ActivePodsWithRanks`.

use crate::{
    pods::{is_active, ready_since, restarts_max},
    time::seconds_between,
};
use api::core::v1::Pod;
use meta::{Str, Time};
use std::{cmp::Ordering, collections::HashMap, sync::Arc};

const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";

/// The `count` pods to delete, the first to go first.
pub(super) fn victims(
    mut pods: Vec<Arc<Pod>>,
    related: &[Arc<Pod>],
    count: usize,
    now: Time,
) -> Vec<Arc<Pod>> {
    if count < pods.len() {
        let crowds = crowds(related);
        pods.sort_by(|a, b| compare(a, b, &crowds, now));
        pods.truncate(count);
    }
    pods
}

/// How many related pods each node runs.
fn crowds(related: &[Arc<Pod>]) -> HashMap<Str, usize> {
    let mut crowds = HashMap::new();
    for pod in related.iter().filter(|pod| is_active(pod)) {
        *crowds.entry(pod.spec.node_name.clone()).or_default() += 1;
    }
    crowds
}

/// `Less`: `a` goes before `b`. Each step only decides where the ones before are equal.
fn compare(a: &Pod, b: &Pod, crowds: &HashMap<Str, usize>, now: Time) -> Ordering {
    let assigned = |pod: &Pod| !pod.spec.node_name.is_empty();
    let crowd = |pod: &Pod| crowds.get(&pod.spec.node_name).copied().unwrap_or(0);
    let ready = |pod: &Pod| ready_since(pod).is_some();
    assigned(a)
        .cmp(&assigned(b))
        .then_with(|| phase_order(a).cmp(&phase_order(b)))
        .then_with(|| ready(a).cmp(&ready(b)))
        .then_with(|| deletion_cost(a).cmp(&deletion_cost(b)))
        .then_with(|| crowd(b).cmp(&crowd(a)))
        .then_with(|| by_age(ready_since(a), ready_since(b), a, b, now))
        .then_with(|| restarts_max(b).cmp(&restarts_max(a)))
        .then_with(|| {
            let created = |pod: &Pod| Some(pod.metadata.creation_timestamp);
            by_age(created(a), created(b), a, b, now)
        })
}

fn phase_order(pod: &Pod) -> u8 {
    match pod.status.phase.as_str() {
        "Running" => 2,
        "Unknown" => 1,
        _ => 0,
    }
}

fn deletion_cost(pod: &Pod) -> i32 {
    pod.metadata
        .annotations
        .get(DELETION_COST)
        .and_then(|cost| cost.parse().ok())
        .unwrap_or(0)
}

/// The younger first, where ages differ by an order of magnitude (base 2); else by uid, which is random but
/// stable, so that the oldest pods are not always the ones that stay.
fn by_age(a: Option<Time>, b: Option<Time>, pod_a: &Pod, pod_b: &Pod, now: Time) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else {
        return Ordering::Equal;
    };
    if a == b {
        return Ordering::Equal;
    }
    let by_magnitude = magnitude(a, now).cmp(&magnitude(b, now));
    by_magnitude.then_with(|| pod_a.metadata.uid.cmp(&pod_b.metadata.uid))
}

/// Binary logarithm of the age in nanoseconds, as upstream buckets it; 0 for the future.
fn magnitude(since: Time, now: Time) -> u32 {
    let age_seconds = u64::try_from(seconds_between(since, now)).unwrap_or(0);
    age_seconds
        .saturating_mul(1_000_000_000)
        .checked_ilog2()
        .map_or(0, |log| log + 1)
}
