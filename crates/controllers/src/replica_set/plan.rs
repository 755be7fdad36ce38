//! The decision, free of I/O: how many pods to make, which to delete.

use super::rank::victims;
use crate::pods::is_active;
use api::{apps::v1::ReplicaSet, core::v1::Pod};
use meta::Time;
use std::sync::Arc;

/// Pods made or deleted in one reconcile.
const BURST_PODS_MAX: usize = 500;

#[derive(Debug)]
pub(super) enum Todo {
    Nothing,
    Create(usize),
    Delete(Vec<Arc<Pod>>),
}

/// `pods` are those of the set, `related` those of all sets of its Deployment.
pub(super) fn plan(set: &ReplicaSet, pods: &[Arc<Pod>], related: &[Arc<Pod>], now: Time) -> Todo {
    let active: Vec<_> = pods.iter().filter(|pod| is_active(pod)).cloned().collect();
    let wanted = usize::try_from(set.spec.replicas.unwrap_or(1)).unwrap_or(0);
    if active.len() < wanted {
        return Todo::Create((wanted - active.len()).min(BURST_PODS_MAX));
    }
    let surplus = (active.len() - wanted).min(BURST_PODS_MAX);
    if surplus == 0 {
        Todo::Nothing
    } else {
        Todo::Delete(victims(active, related, surplus, now))
    }
}
