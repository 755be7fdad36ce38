//! What was written and the cache may not show yet.

use api::discovery::v1::EndpointSlice;
use meta::{ObjectKey, Str};
use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc};

/// Per Service: the generations written.
#[derive(Debug, Default)]
pub(super) struct Tracker(Mutex<HashMap<ObjectKey, Tracked>>);

#[derive(Debug, Default)]
struct Tracked {
    slices: HashMap<Str, Written>,
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
}
