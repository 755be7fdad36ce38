//! What was written and the cache may not show yet, and what the slices already follow.

use crate::pods::condition;
use api::{
    core::v1::{Pod, Service},
    discovery::v1::EndpointSlice,
};
use meta::{ObjectKey, Str, Time};
use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc};

/// Per Service: the generations written, and the latest trigger seen.
#[derive(Debug, Default)]
pub(super) struct Tracker(Mutex<HashMap<ObjectKey, Tracked>>);

#[derive(Debug, Default)]
struct Tracked {
    slices: HashMap<Str, Written>,
    followed: Time,
}

#[derive(Debug)]
enum Written {
    Generation(i64),
    Deleted,
}

impl Tracker {
    pub(super) fn wrote(&self, service: &ObjectKey, slice: &EndpointSlice) {
        let written = Written::Generation(slice.metadata.generation);
        let mut tracked = self.0.lock();
        tracked
            .entry(service.clone())
            .or_default()
            .slices
            .insert(slice.metadata.uid.clone(), written);
    }

    pub(super) fn deleting(&self, service: &ObjectKey, uid: &Str) {
        let mut tracked = self.0.lock();
        tracked
            .entry(service.clone())
            .or_default()
            .slices
            .insert(uid.clone(), Written::Deleted);
    }

    /// The cache shows that a slice is gone.
    pub(super) fn deleted(&self, service: &ObjectKey, uid: &Str) {
        if let Some(tracked) = self.0.lock().get_mut(service) {
            tracked.slices.remove(uid);
        }
    }

    pub(super) fn forget(&self, service: &ObjectKey) {
        self.0.lock().remove(service);
    }

    /// Whether this state of a slice is one that we have written.
    pub(super) fn is_ours(&self, service: &ObjectKey, slice: &EndpointSlice) -> bool {
        let tracked = self.0.lock();
        let written = tracked
            .get(service)
            .and_then(|tracked| tracked.slices.get(&slice.metadata.uid));
        matches!(written, Some(Written::Generation(written)) if slice.metadata.generation <= *written)
    }

    /// Whether the cache is behind what we have written.
    pub(super) fn is_stale(&self, service: &ObjectKey, slices: &[Arc<EndpointSlice>]) -> bool {
        let tracked = self.0.lock();
        let Some(tracked) = tracked.get(service) else {
            return false;
        };
        tracked.slices.iter().any(|(uid, written)| {
            let shown = slices.iter().find(|slice| slice.metadata.uid == *uid);
            match (written, shown) {
                (Written::Generation(written), Some(shown)) => shown.metadata.generation < *written,
                (Written::Generation(_), None) => true,
                (Written::Deleted, Some(shown)) => shown.metadata.deletion_timestamp.is_none(),
                (Written::Deleted, None) => false,
            }
        })
    }

    /// The earliest readiness change (or creation of the Service) that no slice has followed yet.
    pub(super) fn trigger(
        &self,
        key: &ObjectKey,
        service: &Service,
        pods: &[Arc<Pod>],
    ) -> Option<Time> {
        let mut tracked = self.0.lock();
        let tracked = tracked.entry(key.clone()).or_default();
        let ready = pods.iter().filter_map(|pod| condition(pod, "Ready"));
        let times = ready.map(|ready| ready.last_transition_time);
        let times = times.chain([service.metadata.creation_timestamp]);
        let fresh: Vec<_> = times.filter(|time| *time > tracked.followed).collect();
        tracked.followed = fresh.iter().copied().max().unwrap_or(tracked.followed);
        fresh.into_iter().min()
    }
}
