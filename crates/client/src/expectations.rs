//! What a controller has done and its cache has not shown yet.
//!
//! A controller that created three pods must not count again before its cache has seen them. The contract is
//! upstream's `ControllerExpectations`: counts of creations, identities of deletions, given up after five minutes.

use meta::ObjectKey;
use parking_lot::Mutex;
use platform::{Clock, Monotonic};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

/// After so long an expectation counts as fulfilled: the watch has lost it.
const TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// Expectations of one controller, by the key of the object that it reconciles.
#[derive(Debug)]
pub struct Expectations {
    clock: Clock,
    by_key: Mutex<HashMap<ObjectKey, Expected>>,
}

#[derive(Debug)]
struct Expected {
    creations: usize,
    deletions: HashSet<ObjectKey>,
    since: Monotonic,
}

impl Expectations {
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            by_key: Mutex::default(),
        }
    }

    /// Call before creating `count` objects for `key`.
    pub fn expect_creations(&self, key: &ObjectKey, count: usize) {
        self.set(key, |expected| expected.creations = count);
    }

    /// Call before deleting these objects of `key`.
    pub fn expect_deletions(&self, key: &ObjectKey, deleted: impl IntoIterator<Item = ObjectKey>) {
        self.set(key, |expected| {
            expected.deletions = deleted.into_iter().collect()
        });
    }

    /// An object of `key` was seen, or could not be created after all.
    pub fn creation_observed(&self, key: &ObjectKey) {
        if let Some(expected) = self.by_key.lock().get_mut(key) {
            expected.creations = expected.creations.saturating_sub(1);
        }
    }

    /// `deleted` was seen to go (or to be marked for it), or could not be deleted after all.
    pub fn deletion_observed(&self, key: &ObjectKey, deleted: &ObjectKey) {
        if let Some(expected) = self.by_key.lock().get_mut(key) {
            expected.deletions.remove(deleted);
        }
    }

    /// How long to wait at most until the cache shows what was done; `None` when nothing is outstanding.
    #[must_use]
    pub fn outstanding(&self, key: &ObjectKey) -> Option<Duration> {
        let by_key = self.by_key.lock();
        let expected = by_key.get(key)?;
        if expected.creations == 0 && expected.deletions.is_empty() {
            return None;
        }
        let left = TIMEOUT.saturating_sub(self.clock.monotonic().since(expected.since));
        (!left.is_zero()).then_some(left)
    }

    /// The object is gone.
    pub fn forget(&self, key: &ObjectKey) {
        self.by_key.lock().remove(key);
    }

    fn set(&self, key: &ObjectKey, change: impl FnOnce(&mut Expected)) {
        let mut expected = Expected {
            creations: 0,
            deletions: HashSet::new(),
            since: self.clock.monotonic(),
        };
        change(&mut expected);
        self.by_key.lock().insert(key.clone(), expected);
    }
}

#[cfg(test)]
mod tests;
