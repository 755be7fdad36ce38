//! What a change of endpoints follows: the latest readiness of each pod that was seen, for both forms of endpoints.

use crate::pods::condition;
use api::core::v1::{Pod, Service};
use meta::{ObjectKey, Str, Time};
use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc};

/// By Service: when each of its pods last became ready or unready, as it was last looked at.
#[derive(Debug, Default)]
pub(crate) struct Triggers(Mutex<HashMap<ObjectKey, HashMap<Str, Time>>>);

impl Triggers {
    /// The earliest of the changes since the last call; of a Service that was never looked at, its creation.
    pub(crate) fn trigger(
        &self,
        key: &ObjectKey,
        service: &Service,
        pods: &[Arc<Pod>],
    ) -> Option<Time> {
        let now: HashMap<Str, Time> = pods
            .iter()
            .filter_map(|pod| Some((&pod.metadata.name, condition(pod, "Ready")?)))
            .map(|(name, ready)| (name.clone(), ready.last_transition_time))
            .filter(|(_, time)| !time.is_zero())
            .collect();
        let mut all = self.0.lock();
        let Some(seen) = all.get(key) else {
            all.insert(key.clone(), now);
            let created = service.metadata.creation_timestamp;
            return (!created.is_zero()).then_some(created);
        };
        let is_new = |(name, time): &(&Str, &Time)| seen.get(*name).is_none_or(|seen| *time > seen);
        let first = now.iter().filter(is_new).map(|(_, time)| *time).min();
        all.insert(key.clone(), now);
        first
    }

    pub(crate) fn forget(&self, service: &ObjectKey) {
        self.0.lock().remove(service);
    }
}

#[cfg(test)]
mod tests;
