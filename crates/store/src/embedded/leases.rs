//! Leases and the keys that hang on them, and when the next one ends.

use crate::{Event, EventKind, LeaseId, LeaseStatus};
use bytes::Bytes;
use platform::Monotonic;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Leases of a store; owned by its writer.
#[derive(Debug, Default)]
pub(crate) struct Leases {
    leases: BTreeMap<LeaseId, Lease>,
    deadlines: BTreeSet<(Monotonic, LeaseId)>,
}

#[derive(Debug)]
struct Lease {
    ttl: Duration,
    deadline: Monotonic,
    keys: BTreeSet<Bytes>,
}

impl Leases {
    pub(crate) fn contains(&self, id: LeaseId) -> bool {
        self.leases.contains_key(&id)
    }

    pub(crate) fn len(&self) -> usize {
        self.leases.len()
    }

    pub(crate) fn insert(&mut self, id: LeaseId, ttl: Duration, deadline: Monotonic) {
        self.leases.insert(
            id,
            Lease {
                ttl,
                deadline,
                keys: BTreeSet::new(),
            },
        );
        self.deadlines.insert((deadline, id));
    }

    pub(crate) fn remove(&mut self, id: LeaseId) {
        if let Some(lease) = self.leases.remove(&id) {
            self.deadlines.remove(&(lease.deadline, id));
        }
    }

    pub(crate) fn ttl(&self, id: LeaseId) -> Option<Duration> {
        Some(self.leases.get(&id)?.ttl)
    }

    /// Lets the lease end at `deadline`.
    pub(crate) fn postpone(&mut self, id: LeaseId, deadline: Monotonic) {
        if let Some(lease) = self.leases.get_mut(&id) {
            self.deadlines.remove(&(lease.deadline, id));
            lease.deadline = deadline;
            self.deadlines.insert((deadline, id));
        }
    }

    pub(crate) fn status(&self, id: LeaseId, now: Monotonic) -> Option<LeaseStatus> {
        let lease = self.leases.get(&id)?;
        Some(LeaseStatus {
            id,
            ttl: lease.ttl,
            remaining: lease.deadline.since(now),
        })
    }

    pub(crate) fn keys(&self, id: LeaseId) -> Option<impl Iterator<Item = &Bytes>> {
        Some(self.leases.get(&id)?.keys.iter())
    }

    /// When the next lease ends.
    pub(crate) fn next_deadline(&self) -> Option<Monotonic> {
        self.deadlines.first().map(|(deadline, _)| *deadline)
    }

    /// A lease that has ended by `now`.
    pub(crate) fn ended(&self, now: Monotonic) -> Option<LeaseId> {
        self.deadlines
            .first()
            .filter(|(deadline, _)| *deadline <= now)
            .map(|(_, id)| *id)
    }

    /// Hangs `key` on a lease when the store is opened.
    pub(crate) fn attach(&mut self, id: LeaseId, key: Bytes) {
        if let Some(lease) = self.leases.get_mut(&id) {
            lease.keys.insert(key);
        }
    }

    /// Follows what a write did to leased keys.
    pub(crate) fn observe(&mut self, event: &Event) {
        let before = event.previous.as_ref().and_then(|previous| previous.lease);
        let after = match &event.kind {
            EventKind::Put(new) => new.lease,
            EventKind::Delete => None,
        };
        if before == after {
            return;
        }
        if let Some(lease) = before.and_then(|id| self.leases.get_mut(&id)) {
            lease.keys.remove(&event.key);
        }
        if let Some(id) = after {
            self.attach(id, event.key.clone());
        }
    }
}
