//! Conditions of a Deployment: `Available`, `Progressing`, `ReplicaFailure`, with upstream's reasons.

use api::apps::v1::{Deployment, DeploymentCondition, DeploymentStatus};
use meta::{Str, Time};

pub(super) const AVAILABLE: &str = "Available";
pub(super) const PROGRESSING: &str = "Progressing";
pub(super) const REPLICA_FAILURE: &str = "ReplicaFailure";

pub(super) const NEW_SET_AVAILABLE: &str = "NewReplicaSetAvailable";
pub(super) const TIMED_OUT: &str = "ProgressDeadlineExceeded";
pub(super) const PAUSED: &str = "DeploymentPaused";
pub(super) const RESUMED: &str = "DeploymentResumed";

pub(super) fn get<'a>(
    status: &'a DeploymentStatus,
    type_: &str,
) -> Option<&'a DeploymentCondition> {
    status
        .conditions
        .iter()
        .find(|condition| condition.type_ == type_)
}

pub(super) fn new(
    type_: &'static str,
    status: &'static str,
    reason: &'static str,
    message: impl Into<String>,
    now: Time,
) -> DeploymentCondition {
    DeploymentCondition {
        type_: Str::const_new(type_),
        status: Str::const_new(status),
        last_update_time: now,
        last_transition_time: now,
        reason: Str::const_new(reason),
        message: Str::from(message.into()),
    }
}

/// Sets a condition, unless status and reason are what they were. It moves to the end, as upstream's does.
pub(super) fn set(status: &mut DeploymentStatus, mut condition: DeploymentCondition) {
    if let Some(current) = get(status, &condition.type_) {
        if current.status == condition.status && current.reason == condition.reason {
            return;
        }
        if current.status == condition.status {
            condition.last_transition_time = current.last_transition_time;
        }
    }
    remove(status, &condition.type_);
    status.conditions.push(condition);
}

pub(super) fn remove(status: &mut DeploymentStatus, type_: &str) {
    status
        .conditions
        .retain(|condition| condition.type_ != type_);
}

/// `progressDeadlineSeconds`, unless there is none or it is upstream's "never".
pub(super) fn deadline_seconds(deployment: &Deployment) -> Option<i32> {
    deployment
        .spec
        .progress_deadline_seconds
        .filter(|seconds| *seconds != i32::MAX)
}

/// Keeps `Progressing` honest while a rollout is paused: the deadline does not run.
pub(super) fn note_pause(deployment: &mut Deployment, now: Time) {
    if deadline_seconds(deployment).is_none() {
        return;
    }
    let current = get(&deployment.status, PROGRESSING).map(|condition| condition.reason.clone());
    if current.as_deref() == Some(TIMED_OUT) {
        return;
    }
    let noted = current.as_deref() == Some(PAUSED);
    let condition = match (deployment.spec.paused, noted) {
        (true, false) => new(PROGRESSING, "Unknown", PAUSED, "Deployment is paused", now),
        (false, true) => new(
            PROGRESSING,
            "Unknown",
            RESUMED,
            "Deployment is resumed",
            now,
        ),
        _ => return,
    };
    set(&mut deployment.status, condition);
}
