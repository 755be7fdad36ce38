//! The scheduling queue: pods that can be tried now, pods that wait out a back-off, pods that wait for the cluster to change, and gated pods.
//!
//! A cycle is atomic with respect to events (one loop owns both); what happens while a pod waits to be permitted or is being bound is counted,
//! so that a pod that comes back has missed nothing. Pure: the time is passed in.

#[cfg(test)]
mod tests;

use crate::{
    framework::{ClusterEvent, Plugins, Rank},
    pod::PodView,
};
use meta::ObjectKey;
use platform::Monotonic;
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

const BACKOFF_FIRST: Duration = Duration::from_secs(1);
const BACKOFF_MAX: Duration = Duration::from_secs(10);
/// A pod that no event has helped is tried again after this long, in case an event was overlooked.
const UNSCHEDULABLE_MAX: Duration = Duration::from_secs(300);

/// Where a pod waits, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Active(Rank),
    Backoff(Monotonic),
    Unschedulable {
        rejected_by: Vec<&'static str>,
        flush_at: Monotonic,
    },
    Gated,
}

#[derive(Debug)]
struct Entry {
    pod: Arc<PodView>,
    queued: Monotonic,
    attempts: u32,
    /// The back-off of the last attempt ends then.
    backoff_until: Monotonic,
    place: Place,
}

/// A pod taken for one attempt.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    pub(crate) pod: Arc<PodView>,
    queued: Monotonic,
    attempts: u32,
    /// How many events there had been when it was taken.
    events: u64,
}

#[derive(Debug)]
pub(crate) struct Queue {
    plugins: Arc<Plugins>,
    entries: HashMap<ObjectKey, Entry>,
    active: BTreeSet<(Rank, ObjectKey)>,
    /// Back-offs and flushes, by when they are due.
    timed: BTreeSet<(Monotonic, ObjectKey)>,
    events: u64,
    /// The number of the latest event of each sort.
    latest: HashMap<ClusterEvent, u64>,
}

impl Queue {
    pub(crate) fn new(plugins: Arc<Plugins>) -> Self {
        Self {
            plugins,
            entries: HashMap::new(),
            active: BTreeSet::new(),
            timed: BTreeSet::new(),
            events: 0,
            latest: HashMap::new(),
        }
    }

    /// Takes a new or changed pod that needs a node.
    pub(crate) fn set(&mut self, pod: Arc<PodView>, now: Monotonic) {
        let old = self.take_entry(&pod.key);
        let (queued, attempts, backoff_until) = old.as_ref().map_or((now, 0, now), |old| {
            (old.queued, old.attempts, old.backoff_until)
        });
        // Its status alone was changed, as by our own report: that helps nobody.
        let unchanged = old
            .as_ref()
            .is_some_and(|old| old.pod.generation == pod.generation);
        let place = match old.map(|old| old.place) {
            _ if self.plugins.gate(&pod).is_some() => Place::Gated,
            Some(place) if unchanged && place != Place::Gated => place,
            Some(Place::Unschedulable {
                rejected_by,
                flush_at,
            }) if !self.plugins.helps(ClusterEvent::PodUpdated, &rejected_by) => {
                Place::Unschedulable {
                    rejected_by,
                    flush_at,
                }
            }
            _ => self.ready(&pod, queued, backoff_until, now),
        };
        self.put(Entry {
            pod,
            queued,
            attempts,
            backoff_until,
            place,
        });
    }

    pub(crate) fn remove(&mut self, key: &ObjectKey) {
        self.take_entry(key);
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &ObjectKey> {
        self.entries.keys()
    }

    /// The next pod to try. It is out of the queue until it is given back.
    pub(crate) fn pop(&mut self) -> Option<Attempt> {
        let (_, key) = self.active.first()?.clone();
        let entry = self.take_entry(&key).expect("active keys have entries");
        Some(Attempt {
            pod: entry.pod,
            queued: entry.queued,
            attempts: entry.attempts + 1,
            events: self.events,
        })
    }

    /// Gives back a pod that plugins rejected: it waits for an event that helps one of them, unless there has been one since it was taken.
    pub(crate) fn unschedulable(
        &mut self,
        attempt: Attempt,
        rejected_by: Vec<&'static str>,
        now: Monotonic,
    ) {
        let helped = self.latest.iter().any(|(event, number)| {
            *number > attempt.events && self.plugins.helps(*event, &rejected_by)
        });
        if helped {
            return self.failed(attempt, now);
        }
        let place = Place::Unschedulable {
            rejected_by,
            flush_at: now + UNSCHEDULABLE_MAX,
        };
        self.give_back(attempt, place, now);
    }

    /// Gives back a pod whose attempt failed for another reason: it is tried again after its back-off.
    pub(crate) fn failed(&mut self, attempt: Attempt, now: Monotonic) {
        let until = now + backoff(attempt.attempts);
        self.give_back(attempt, Place::Backoff(until), now);
    }

    /// Something happened that may help waiting pods.
    pub(crate) fn event(&mut self, event: ClusterEvent, now: Monotonic) {
        self.events += 1;
        self.latest.insert(event, self.events);
        self.wake_helped(event, None, now);
    }

    /// A pod gave up what it had reserved. That helps others; it has not helped that pod itself.
    pub(crate) fn gave_up(&mut self, key: &ObjectKey, now: Monotonic) {
        self.events += 1;
        self.latest.insert(ClusterEvent::PodRemoved, self.events);
        self.wake_helped(ClusterEvent::PodRemoved, Some(key), now);
    }

    fn wake_helped(&mut self, event: ClusterEvent, but: Option<&ObjectKey>, now: Monotonic) {
        let plugins = Arc::clone(&self.plugins);
        let helped = |entry: &Entry| matches!(&entry.place, Place::Unschedulable { rejected_by, .. } if plugins.helps(event, rejected_by));
        let keys: Vec<ObjectKey> = self
            .entries
            .iter()
            .filter(|(key, entry)| helped(entry) && but != Some(key))
            .map(|(key, _)| key.clone())
            .collect();
        for key in keys {
            self.wake(&key, now);
        }
    }

    /// Moves pods whose time has come.
    pub(crate) fn due(&mut self, now: Monotonic) {
        while let Some((at, key)) = self.timed.first().cloned()
            && at <= now
        {
            self.wake(&key, now);
        }
    }

    /// When `due` has something to do next.
    pub(crate) fn next_due(&self) -> Option<Monotonic> {
        self.timed.first().map(|(at, _)| *at)
    }

    fn wake(&mut self, key: &ObjectKey, now: Monotonic) {
        if let Some(mut entry) = self.take_entry(key) {
            entry.place = self.ready(&entry.pod, entry.queued, entry.backoff_until, now);
            self.put(entry);
        }
    }

    fn ready(
        &self,
        pod: &PodView,
        queued: Monotonic,
        backoff_until: Monotonic,
        now: Monotonic,
    ) -> Place {
        if now < backoff_until {
            Place::Backoff(backoff_until)
        } else {
            Place::Active(self.plugins.rank(pod, queued))
        }
    }

    fn give_back(&mut self, attempt: Attempt, place: Place, now: Monotonic) {
        let Attempt {
            pod,
            queued,
            attempts,
            events: _,
        } = attempt;
        self.put(Entry {
            pod,
            queued,
            attempts,
            backoff_until: now + backoff(attempts),
            place,
        });
    }

    fn put(&mut self, entry: Entry) {
        let key = entry.pod.key.clone();
        match &entry.place {
            Place::Active(rank) => {
                self.active.insert((*rank, key.clone()));
            }
            Place::Backoff(at) | Place::Unschedulable { flush_at: at, .. } => {
                self.timed.insert((*at, key.clone()));
            }
            Place::Gated => {}
        }
        let replaced = self.entries.insert(key, entry);
        assert!(replaced.is_none(), "a pod waits in one place");
    }

    fn take_entry(&mut self, key: &ObjectKey) -> Option<Entry> {
        let entry = self.entries.remove(key)?;
        match &entry.place {
            Place::Active(rank) => {
                self.active.remove(&(*rank, key.clone()));
            }
            Place::Backoff(at) | Place::Unschedulable { flush_at: at, .. } => {
                self.timed.remove(&(*at, key.clone()));
            }
            Place::Gated => {}
        }
        Some(entry)
    }
}

/// 1 s, doubled with each attempt, at most 10 s.
fn backoff(attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(8);
    (BACKOFF_FIRST * 2_u32.pow(doublings)).min(BACKOFF_MAX)
}
