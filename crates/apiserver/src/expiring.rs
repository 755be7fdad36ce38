//! Answers that are remembered for a while: bounded, the oldest forgotten first.
use parking_lot::Mutex;
use platform::{Clock, Monotonic};
use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

/// Values by text, each for its own time.
pub(crate) struct Expiring<V> {
    clock: Clock,
    entries_max: usize,
    held: Mutex<Held<V>>,
}

struct Held<V> {
    values: HashMap<String, (Monotonic, V)>,
    /// Keys in the order in which they came; some may be gone.
    order: VecDeque<String>,
}

impl<V: Clone> Expiring<V> {
    pub(crate) fn new(clock: Clock, entries_max: usize) -> Self {
        Self {
            clock,
            entries_max,
            held: Mutex::new(Held {
                values: HashMap::new(),
                order: VecDeque::new(),
            }),
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<V> {
        let now = self.clock.monotonic();
        let mut held = self.held.lock();
        match held.values.get(key) {
            Some((until, value)) if *until > now => Some(value.clone()),
            Some(_) => {
                held.values.remove(key);
                None
            }
            None => None,
        }
    }

    pub(crate) fn put(&self, key: String, value: V, keep: Duration) {
        if keep.is_zero() {
            return;
        }
        let until = self.clock.monotonic() + keep;
        let mut held = self.held.lock();
        // Keys that were replaced stand twice in the order: it is kept within twice the bound.
        while held.values.len() >= self.entries_max || held.order.len() >= 2 * self.entries_max {
            let Some(oldest) = held.order.pop_front() else {
                break;
            };
            held.values.remove(&oldest);
        }
        held.order.push_back(key.clone());
        held.values.insert(key, (until, value));
    }
}

impl<V> std::fmt::Debug for Expiring<V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Expiring")
            .field("entries", &self.held.lock().values.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
