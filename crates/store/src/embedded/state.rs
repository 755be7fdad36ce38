//! What is true now, and what was a moment ago: current values and the window of recent events.

use super::window::Window;
use crate::engine::Place;
use crate::{Event, EventKind, KeyRange, LeaseId, Revision, Versioned};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that readers see. Changed by the writer alone.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) values: BTreeMap<Bytes, Current>,
    pub(crate) window: Window,
    /// The newest revision.
    pub(crate) revision: u64,
    /// Reads below and watches from at or below fail.
    pub(crate) compacted: u64,
    /// Everything up to here is on disk; beyond it are relaxed writes.
    pub(crate) journaled: u64,
    pub(crate) closed: bool,
}

/// The current value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Current {
    pub(crate) value: Bytes,
    pub(crate) place: Place,
    pub(crate) create_revision: u64,
    pub(crate) version: u64,
    pub(crate) lease: Option<LeaseId>,
}

/// One change that is decided: what the key holds from now on.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) key: Bytes,
    pub(crate) place: Place,
    pub(crate) new: Option<Current>,
}

impl State {
    pub(crate) fn get(&self, key: &[u8]) -> Option<Versioned> {
        self.values.get(key).map(Current::versioned)
    }

    /// The current keys of `range`, in order.
    pub(crate) fn range<'a>(
        &'a self,
        range: &KeyRange,
    ) -> impl Iterator<Item = (&'a Bytes, &'a Current)> + use<'a> {
        // The standard map panics on a range that ends before it starts.
        let bounds = if range.is_empty() {
            KeyRange::key(Bytes::new())
        } else {
            range.clone()
        };
        let empty = range.is_empty();
        self.values
            .range::<[u8], _>(bounds.bounds())
            .take_while(move |_| !empty)
    }

    /// Makes `changes`, which are of the revisions after the newest one up to `revision`, visible.
    pub(crate) fn apply(&mut self, changes: Vec<Change>, revision: u64) -> Arc<[Event]> {
        let events: Arc<[Event]> = changes
            .into_iter()
            .map(|change| self.apply_one(change))
            .collect();
        if let Some(first) = events.first() {
            assert!(
                first.revision.0 > self.revision,
                "events follow the newest revision"
            );
            self.window.push(Arc::clone(&events), self.journaled);
        }
        self.revision = revision;
        events
    }

    fn apply_one(&mut self, change: Change) -> Event {
        let revision = Revision(change.place.revision);
        let (key, kind, previous) = match change.new {
            Some(new) => {
                let kind = EventKind::Put(new.versioned());
                match self.values.entry(change.key) {
                    std::collections::btree_map::Entry::Occupied(mut entry) => {
                        let previous = entry.insert(new);
                        (entry.key().clone(), kind, Some(previous))
                    }
                    std::collections::btree_map::Entry::Vacant(entry) => {
                        let key = entry.key().clone();
                        entry.insert(new);
                        (key, kind, None)
                    }
                }
            }
            None => {
                let previous = self.values.remove(&change.key);
                (change.key, EventKind::Delete, previous)
            }
        };
        Event {
            key,
            revision,
            kind,
            previous: previous.as_ref().map(Current::versioned),
        }
    }
}

impl Current {
    pub(crate) fn versioned(&self) -> Versioned {
        Versioned {
            value: self.value.clone(),
            create_revision: Revision(self.create_revision),
            mod_revision: Revision(self.place.revision),
            version: self.version,
            lease: self.lease,
        }
    }
}
