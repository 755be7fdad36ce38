//! What a ReplicaSet reports; pure.

use crate::{
    pods::{is_active, is_available, is_terminal, is_terminating, ready_since},
    time::until,
};
use api::{
    apps::v1::{ReplicaSet, ReplicaSetCondition, ReplicaSetStatus},
    core::v1::Pod,
};
use meta::{Str, Time};
use std::{sync::Arc, time::Duration};

const REPLICA_FAILURE: &str = "ReplicaFailure";

/// Why pods could not be made or deleted.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) reason: &'static str,
    pub(super) error: client::Error,
}

/// The status, and how long until the next ready pod has been so for `minReadySeconds`.
pub(super) fn status(
    set: &ReplicaSet,
    pods: &[Arc<Pod>],
    failed: Option<&Failure>,
    now: Time,
) -> (ReplicaSetStatus, Option<Duration>) {
    let min_ready = set.spec.min_ready_seconds;
    let active: Vec<_> = pods.iter().filter(|pod| is_active(pod)).collect();
    let count =
        |holds: &dyn Fn(&Pod) -> bool| number(active.iter().filter(|pod| holds(pod)).count());
    let terminating = pods
        .iter()
        .filter(|pod| is_terminating(pod) && !is_terminal(pod))
        .count();
    let waits = active
        .iter()
        .filter(|pod| !is_available(pod, min_ready, now));
    let next = waits
        .filter_map(|pod| ready_since(pod))
        .map(|since| until(since, min_ready.into(), now))
        .min();
    let status = ReplicaSetStatus {
        replicas: number(active.len()),
        fully_labeled_replicas: count(&|pod| is_fully_labeled(set, pod)),
        ready_replicas: count(&|pod| ready_since(pod).is_some()),
        available_replicas: count(&|pod| is_available(pod, min_ready, now)),
        terminating_replicas: Some(number(terminating)),
        observed_generation: set.metadata.generation,
        conditions: conditions(&set.status.conditions, failed, now).into(),
    };
    (status, next)
}

fn conditions(
    old: &[ReplicaSetCondition],
    failed: Option<&Failure>,
    now: Time,
) -> Vec<ReplicaSetCondition> {
    let had_failed = old
        .iter()
        .any(|condition| condition.type_ == REPLICA_FAILURE);
    let mut conditions = old.to_vec();
    match failed {
        Some(failure) if !had_failed => conditions.push(ReplicaSetCondition {
            type_: Str::const_new(REPLICA_FAILURE),
            status: Str::const_new("True"),
            last_transition_time: now,
            reason: Str::const_new(failure.reason),
            message: Str::from(failure.error.to_string()),
        }),
        Some(_) => {}
        None => conditions.retain(|condition| condition.type_ != REPLICA_FAILURE),
    }
    conditions
}

/// Has every label of the template.
fn is_fully_labeled(set: &ReplicaSet, pod: &Pod) -> bool {
    let mut wanted = set.spec.template.metadata.labels.iter();
    wanted.all(|(key, value)| pod.metadata.labels.get(key) == Some(value))
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
