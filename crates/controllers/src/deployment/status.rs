//! What a Deployment reports: counts, conditions, and when its deadline passes; pure.

use super::{
    conditions::{
        self, AVAILABLE, NEW_SET_AVAILABLE, PAUSED, PROGRESSING, REPLICA_FAILURE, TIMED_OUT,
        deadline_seconds,
    },
    scaling::{max_unavailable, wanted},
    sets::{Member, actual_of, available_of},
};
use crate::time::{seconds_between, until};
use api::apps::v1::{Deployment, DeploymentCondition, DeploymentStatus};
use meta::{Str, Time};
use std::time::Duration;

/// The sets of a Deployment, as its status sees them.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) new: Option<&'a Member>,
    pub(super) old: &'a [Member],
}

impl<'a> View<'a> {
    fn all(self) -> impl Iterator<Item = &'a Member> {
        self.old.iter().chain(self.new)
    }
}

/// Counts and `Available`.
pub(super) fn counts(deployment: &Deployment, view: View<'_>, now: Time) -> DeploymentStatus {
    let total = actual_of(view.all());
    let available = available_of(view.all());
    let terminating: Option<i32> = view
        .all()
        .map(|member| member.now.status.terminating_replicas)
        .sum();
    let mut status = DeploymentStatus {
        observed_generation: deployment.metadata.generation,
        replicas: total,
        updated_replicas: actual_of(view.new),
        ready_replicas: view
            .all()
            .map(|member| member.now.status.ready_replicas)
            .sum(),
        available_replicas: available,
        unavailable_replicas: (total - available).max(0),
        terminating_replicas: terminating,
        conditions: deployment.status.conditions.clone(),
        collision_count: deployment.status.collision_count,
    };
    let condition = if available >= wanted(deployment) - max_unavailable(deployment) {
        let message = "Deployment has minimum availability.";
        conditions::new(AVAILABLE, "True", "MinimumReplicasAvailable", message, now)
    } else {
        let message = "Deployment does not have minimum availability.";
        conditions::new(
            AVAILABLE,
            "False",
            "MinimumReplicasUnavailable",
            message,
            now,
        )
    };
    conditions::set(&mut status, condition);
    status
}

/// Counts and all conditions of a rollout.
pub(super) fn rollout(deployment: &Deployment, view: View<'_>, now: Time) -> DeploymentStatus {
    let mut status = counts(deployment, view, now);
    if deadline_seconds(deployment).is_none() {
        conditions::remove(&mut status, PROGRESSING);
    } else {
        note_progress(deployment, &mut status, view, now);
    }
    match failure(view) {
        Some(condition) => conditions::set(&mut status, condition),
        None => conditions::remove(&mut status, REPLICA_FAILURE),
    }
    status
}

fn note_progress(
    deployment: &Deployment,
    status: &mut DeploymentStatus,
    view: View<'_>,
    now: Time,
) {
    let current = conditions::get(&deployment.status, PROGRESSING);
    let was_complete = current.is_some_and(|condition| condition.reason == NEW_SET_AVAILABLE);
    if was_complete && status.replicas == status.updated_replicas {
        return;
    }
    let subject = match view.new {
        Some(new) => format!("ReplicaSet \"{}\"", new.name()),
        None => format!("Deployment \"{}\"", deployment.metadata.name),
    };
    if is_complete(deployment, status) {
        let message = format!("{subject} has successfully progressed.");
        conditions::set(
            status,
            conditions::new(PROGRESSING, "True", NEW_SET_AVAILABLE, message, now),
        );
    } else if is_progressing(&deployment.status, status) {
        let message = format!("{subject} is progressing.");
        let mut condition = conditions::new(PROGRESSING, "True", "ReplicaSetUpdated", message, now);
        if let Some(current) = current.filter(|current| current.status == "True") {
            condition.last_transition_time = current.last_transition_time;
        }
        conditions::remove(status, PROGRESSING);
        status.conditions.push(condition);
    } else if is_timed_out(deployment, status, now) {
        let message = format!("{subject} has timed out progressing.");
        conditions::set(
            status,
            conditions::new(PROGRESSING, "False", TIMED_OUT, message, now),
        );
    }
}

/// Every pod is of the new template and available, and none is left over.
pub(super) fn is_complete(deployment: &Deployment, status: &DeploymentStatus) -> bool {
    let wanted = wanted(deployment);
    status.updated_replicas == wanted
        && status.replicas == wanted
        && status.available_replicas == wanted
        && status.observed_generation >= deployment.metadata.generation
}

fn is_progressing(old: &DeploymentStatus, new: &DeploymentStatus) -> bool {
    let outdated = |status: &DeploymentStatus| status.replicas - status.updated_replicas;
    new.updated_replicas > old.updated_replicas
        || outdated(new) < outdated(old)
        || new.ready_replicas > old.ready_replicas
        || new.available_replicas > old.available_replicas
}

fn is_timed_out(deployment: &Deployment, status: &DeploymentStatus, now: Time) -> bool {
    let Some(deadline) = deadline_seconds(deployment) else {
        return false;
    };
    let Some(condition) = conditions::get(status, PROGRESSING) else {
        return false;
    };
    match condition.reason.as_str() {
        NEW_SET_AVAILABLE => false,
        TIMED_OUT => true,
        _ => seconds_between(condition.last_update_time, now) > i64::from(deadline),
    }
}

/// The first `ReplicaFailure` of a set, the new one first.
fn failure(view: View<'_>) -> Option<DeploymentCondition> {
    let failed = |member: &Member| {
        let mut conditions = member.now.status.conditions.iter();
        conditions
            .find(|condition| condition.type_ == REPLICA_FAILURE)
            .cloned()
    };
    let found = view.new.into_iter().chain(view.old).find_map(failed)?;
    Some(DeploymentCondition {
        type_: Str::const_new(REPLICA_FAILURE),
        status: found.status,
        last_update_time: found.last_transition_time,
        last_transition_time: found.last_transition_time,
        reason: found.reason,
        message: found.message,
    })
}

/// When to look whether the deadline has passed; `None` where time alone changes nothing.
pub(super) fn next_check(
    deployment: &Deployment,
    status: &DeploymentStatus,
    now: Time,
) -> Option<Duration> {
    let deadline = deadline_seconds(deployment)?;
    let condition = conditions::get(status, PROGRESSING)?;
    let waits_for_time =
        ![TIMED_OUT, NEW_SET_AVAILABLE, PAUSED].contains(&condition.reason.as_str());
    if !waits_for_time || is_complete(deployment, status) {
        return None;
    }
    Some(
        until(condition.last_update_time, i64::from(deadline) + 1, now).max(Duration::from_secs(1)),
    )
}

/// A set could not be created.
pub(super) fn creation_failed(deployment: &mut Deployment, message: String, now: Time) {
    if deadline_seconds(deployment).is_some() {
        let condition =
            conditions::new(PROGRESSING, "False", "ReplicaSetCreateError", message, now);
        conditions::set(&mut deployment.status, condition);
    }
}
