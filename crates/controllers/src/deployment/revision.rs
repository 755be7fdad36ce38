//! Revisions and the other annotations that a Deployment and its ReplicaSets carry.

use super::sets::Member;
use api::apps::v1::{Deployment, ReplicaSet};
use meta::{Map, Str};

pub(super) const REVISION: &str = "deployment.kubernetes.io/revision";
const HISTORY: &str = "deployment.kubernetes.io/revision-history";
const DESIRED: &str = "deployment.kubernetes.io/desired-replicas";
const MAX: &str = "deployment.kubernetes.io/max-replicas";
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";
const ROLLBACK_TO: &str = "deprecated.deployment.rollback.to";

/// Annotations of a Deployment that its sets do not inherit.
const OWN: &[&str] = &[LAST_APPLIED, REVISION, HISTORY, DESIRED, MAX, ROLLBACK_TO];

/// Length of the revision history annotation.
const HISTORY_CHARS_MAX: usize = 2000;

pub(super) fn revision_of(annotations: &Map<Str, Str>) -> i64 {
    number(annotations, REVISION).unwrap_or(0)
}

/// `desired-replicas`: what the Deployment wanted when the set was last scaled.
pub(super) fn desired_of(set: &ReplicaSet) -> Option<i32> {
    number(&set.metadata.annotations, DESIRED)
}

/// `max-replicas`: what the Deployment allowed, surge included, when the set was last scaled.
pub(super) fn max_of(set: &ReplicaSet) -> Option<i32> {
    number(&set.metadata.annotations, MAX)
}

pub(super) fn set_desired(set: &mut ReplicaSet, desired: i32, max: i32) {
    set.metadata
        .annotations
        .insert(DESIRED, Str::from(desired.to_string()));
    set.metadata
        .annotations
        .insert(MAX, Str::from(max.to_string()));
}

/// The revision that the new set is to have: one more than any old set has.
pub(super) fn next_revision(old: &[Member]) -> i64 {
    old.iter()
        .map(|member| revision_of(&member.now.metadata.annotations))
        .max()
        .unwrap_or(0)
        + 1
}

/// Copies the Deployment's annotations to its new set and raises the set's revision, remembering the last one.
pub(super) fn annotate(deployment: &Deployment, set: &mut ReplicaSet, revision: i64) {
    let annotations = &mut set.metadata.annotations;
    for (key, value) in &deployment.metadata.annotations {
        if !OWN.contains(&key.as_str()) {
            annotations.insert(key.clone(), value.clone());
        }
    }
    let old = annotations.get(REVISION).cloned();
    if old
        .as_ref()
        .is_some_and(|old| old.parse::<i64>().is_ok_and(|old| old >= revision))
    {
        return;
    }
    annotations.insert(REVISION, Str::from(revision.to_string()));
    if let Some(old) = old {
        let history = annotations
            .get(HISTORY)
            .map(Str::as_str)
            .unwrap_or_default();
        annotations.insert(HISTORY, Str::from(extended(history, &old)));
    }
}

/// Appends to a comma-separated history, dropping the oldest entries that no longer fit.
fn extended(history: &str, revision: &str) -> String {
    let mut kept: &str = history;
    while !kept.is_empty() && kept.len() + 1 + revision.len() > HISTORY_CHARS_MAX {
        kept = kept.split_once(',').map_or("", |(_, rest)| rest);
    }
    if kept.is_empty() {
        revision.to_owned()
    } else {
        format!("{kept},{revision}")
    }
}

fn number<T: std::str::FromStr>(annotations: &Map<Str, Str>, key: &str) -> Option<T> {
    annotations.get(key)?.parse().ok()
}
