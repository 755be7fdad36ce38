//! What a budget's status should be; pure.

use crate::{
    pods::{is_ready, is_terminating},
    time::{seconds_between, until},
};
use api::{
    core::v1::Pod,
    policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec, PodDisruptionBudgetStatus},
};
use meta::{Condition, IntOrString, Map, Str, Time};
use std::{sync::Arc, time::Duration};

/// A pod whose eviction was let through is expected to be on its way out within this time.
const DELETION_SECONDS_MAX: i64 = 2 * 60;

pub(super) struct Plan {
    pub(super) status: PodDisruptionBudgetStatus,
    /// Pods that an eviction announced to be deleted, and that were not.
    pub(super) overdue: Vec<Arc<Pod>>,
    /// When time alone changes the status.
    pub(super) look_again: Option<Duration>,
}

/// Whether the pods that should be there are those that their owners want, not those that are there.
pub(super) fn counts_owners(spec: &PodDisruptionBudgetSpec) -> bool {
    spec.max_unavailable.is_some() || matches!(spec.min_available, Some(IntOrString::String(_)))
}

/// How many of `expected` pods should be healthy.
///
/// # Errors
/// Upstream's words, for what is neither a number nor a percentage.
pub(super) fn desired(spec: &PodDisruptionBudgetSpec, expected: i32) -> Result<i32, String> {
    let amount = |share: &IntOrString| {
        let words = "invalid value for IntOrString: invalid type: string is not a percentage";
        share.scaled(expected, true).ok_or_else(|| words.to_owned())
    };
    match (&spec.max_unavailable, &spec.min_available) {
        (Some(share), _) => Ok(expected.saturating_sub(amount(share)?).max(0)),
        (None, Some(share)) => amount(share),
        (None, None) => Ok(0),
    }
}

pub(super) fn plan(
    budget: &PodDisruptionBudget,
    pods: &[Arc<Pod>],
    expected: i32,
    desired: i32,
    now: Time,
) -> Plan {
    let mut disrupted = Map::default();
    let (mut overdue, mut look_again) = (Vec::new(), None);
    let staying = || pods.iter().filter(|pod| !is_terminating(pod));
    for pod in staying() {
        let name = &pod.metadata.name;
        let Some(&since) = budget.status.disrupted_pods.get(name.as_str()) else {
            continue;
        };
        if seconds_between(since, now) >= DELETION_SECONDS_MAX {
            overdue.push(Arc::clone(pod));
        } else {
            let left = until(since, DELETION_SECONDS_MAX, now);
            look_again = Some(look_again.map_or(left, |other: Duration| other.min(left)));
            disrupted.insert(name.clone(), since);
        }
    }
    let is_healthy = |pod: &&Arc<Pod>| is_ready(pod) && !disrupted.contains_key(&pod.metadata.name);
    let healthy = i32::try_from(staying().filter(is_healthy).count()).unwrap_or(i32::MAX);
    // A budget without pods allows nothing: its first pods may be there before they are counted.
    let allowed = if expected > 0 {
        healthy.saturating_sub(desired).max(0)
    } else {
        0
    };
    let mut status = PodDisruptionBudgetStatus {
        observed_generation: budget.metadata.generation,
        disrupted_pods: disrupted,
        disruptions_allowed: allowed,
        current_healthy: healthy,
        desired_healthy: desired,
        expected_pods: expected,
        conditions: budget.status.conditions.clone(),
    };
    let (verdict, reason) = if allowed > 0 {
        ("True", "SufficientPods")
    } else {
        ("False", "InsufficientPods")
    };
    say(&mut status, verdict, reason, "", now);
    Plan {
        status,
        overdue,
        look_again,
    }
}

/// Nothing may be evicted while nobody knows what may.
pub(super) fn failed(
    budget: &PodDisruptionBudget,
    message: &str,
    now: Time,
) -> PodDisruptionBudgetStatus {
    let mut status = budget.status.clone();
    status.disruptions_allowed = 0;
    say(&mut status, "False", "SyncFailed", message, now);
    status
}

/// Sets condition `DisruptionAllowed`.
fn say(
    status: &mut PodDisruptionBudgetStatus,
    verdict: &'static str,
    reason: &'static str,
    message: &str,
    now: Time,
) {
    const TYPE: &str = "DisruptionAllowed";
    let known = status.conditions.iter().position(|one| one.type_ == TYPE);
    let since = known
        .map(|at| &status.conditions[at])
        .filter(|known| known.status == verdict)
        .map_or(now, |known| known.last_transition_time);
    let condition = Condition {
        type_: Str::const_new(TYPE),
        status: Str::const_new(verdict),
        reason: Str::const_new(reason),
        message: message.into(),
        observed_generation: status.observed_generation,
        last_transition_time: since,
    };
    match known {
        Some(at) => status.conditions[at] = condition,
        None => status.conditions.push(condition),
    }
}
