//! What a queue holds, without waiting and without a clock.

use super::{Key, counts::Times};
use platform::Monotonic;
use std::{
    cmp::Ordering,
    collections::{BinaryHeap, HashMap, HashSet, VecDeque},
};

#[derive(Debug)]
pub(super) struct State<T: Key> {
    /// Keys to hand out, in order. All of them are in `dirty`.
    ready: VecDeque<T>,
    /// Keys with work to do: ready, or to become ready when their worker is done.
    dirty: HashSet<T>,
    working: HashSet<T>,
    /// Deadlines, earliest first; those that `due` does not confirm are stale.
    delayed: BinaryHeap<Delayed<T>>,
    due: HashMap<T, Monotonic>,
    failures: HashMap<T, u32>,
    /// Only of queues that are counted.
    times: Option<Times<T>>,
    sequence: u64,
    closed: bool,
}

#[derive(Debug)]
struct Delayed<T> {
    at: Monotonic,
    sequence: u64,
    key: T,
}

impl<T: Key> Default for State<T> {
    fn default() -> Self {
        Self {
            ready: VecDeque::new(),
            dirty: HashSet::new(),
            working: HashSet::new(),
            delayed: BinaryHeap::new(),
            due: HashMap::new(),
            failures: HashMap::new(),
            times: None,
            sequence: 0,
            closed: false,
        }
    }
}

impl<T: Key> State<T> {
    pub(super) fn counted(times: Times<T>) -> Self {
        Self {
            times: Some(times),
            ..Self::default()
        }
    }

    /// Whether a worker can take something that it could not before.
    pub(super) fn add(&mut self, key: T, now: Monotonic) -> bool {
        if self.closed || !self.dirty.insert(key.clone()) {
            return false;
        }
        if let Some(times) = &mut self.times {
            times.add(&key, now);
        }
        if self.working.contains(&key) {
            return false;
        }
        self.ready.push_back(key);
        true
    }

    /// Whether the earliest deadline has changed.
    pub(super) fn add_at(&mut self, key: T, at: Monotonic) -> bool {
        if self.closed || self.due.get(&key).is_some_and(|earlier| *earlier <= at) {
            return false;
        }
        self.due.insert(key.clone(), at);
        let earliest = self.delayed.peek().is_none_or(|first| at < first.at);
        self.sequence += 1;
        self.delayed.push(Delayed {
            at,
            sequence: self.sequence,
            key,
        });
        earliest
    }

    /// Moves what is due by `now` to the ready keys.
    pub(super) fn promote(&mut self, now: Monotonic) {
        while self.delayed.peek().is_some_and(|first| first.at <= now) {
            let first = self.delayed.pop().expect("peeked above");
            if self.due.get(&first.key) == Some(&first.at) {
                self.due.remove(&first.key);
                self.add(first.key, now);
            }
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Monotonic> {
        self.delayed.peek().map(|first| first.at)
    }

    pub(super) fn take(&mut self, now: Monotonic) -> Option<T> {
        let key = self.ready.pop_front()?;
        self.dirty.remove(&key);
        let fresh = self.working.insert(key.clone());
        assert!(fresh, "a key has one worker at a time");
        if let Some(times) = &mut self.times {
            times.take(&key, now);
        }
        Some(key)
    }

    /// Whether the key was added meanwhile and is ready again.
    pub(super) fn done(&mut self, key: &T, now: Monotonic) -> bool {
        self.working.remove(key);
        if let Some(times) = &mut self.times {
            times.done(key, now);
        }
        let again = self.dirty.contains(key);
        if again {
            self.ready.push_back(key.clone());
        }
        again
    }

    /// A key is to come again later.
    pub(super) fn retries(&self) {
        self.times.iter().for_each(Times::retry);
    }

    /// Since when each key is worked on, where that is counted.
    pub(super) fn working_since(&self) -> impl Iterator<Item = Monotonic> {
        self.times.iter().flat_map(Times::working)
    }

    pub(super) fn has_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    pub(super) fn ready_len(&self) -> usize {
        self.ready.len()
    }

    /// Counts a failure; answers how many came before.
    pub(super) fn failed(&mut self, key: &T) -> u32 {
        let failures = self.failures.entry(key.clone()).or_default();
        let before = *failures;
        *failures = before.saturating_add(1);
        before
    }

    pub(super) fn failures(&self, key: &T) -> u32 {
        self.failures.get(key).copied().unwrap_or_default()
    }

    pub(super) fn forget(&mut self, key: &T) {
        self.failures.remove(key);
    }

    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }
}

impl<T> Ord for Delayed<T> {
    /// Reversed: the heap's greatest is the earliest.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.sequence).cmp(&(self.at, self.sequence))
    }
}

impl<T> PartialOrd for Delayed<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Delayed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T> Eq for Delayed<T> {}
