//! Which events are written, counted, combined or dropped; the rules and numbers of client-go's `EventCorrelator`.

use super::{Occurrence, Reference, Type};
use meta::Str;
use platform::Monotonic;
use std::{
    collections::{HashMap, HashSet, VecDeque},
    hash::Hash,
    time::Duration,
};

/// More different messages than this within the interval are combined.
const SIMILAR_MAX: usize = 10;
const SIMILAR_INTERVAL: Duration = Duration::from_secs(600);
/// Events of one object at once, and how long until one more is allowed.
const BURST: f64 = 25.0;
const REFILL: Duration = Duration::from_secs(300);
/// Entries of each memory.
const REMEMBERED_MAX: usize = 4096;

const COMBINED: &str = "(combined from similar events): ";

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Drop,
    Create(Occurrence),
    /// The event `name` has now happened `count` times.
    Count {
        name: String,
        count: u64,
        occurrence: Occurrence,
    },
}

#[derive(Debug, Default)]
pub(super) struct Correlator {
    budgets: Memory<Reference, Budget>,
    similar: Memory<Similar, Messages>,
    written: Memory<Occurrence, Written>,
}

/// What events must share to be combined.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Similar {
    about: Reference,
    type_: Type,
    reason: Str,
}

#[derive(Debug)]
struct Messages {
    since: Monotonic,
    seen: HashSet<String>,
}

#[derive(Debug)]
struct Written {
    name: String,
    count: u64,
}

/// A token bucket.
#[derive(Debug)]
struct Budget {
    tokens: f64,
    at: Monotonic,
}

impl Correlator {
    pub(super) fn judge(&mut self, mut occurrence: Occurrence, now: Monotonic) -> Verdict {
        // What changes between two events about one thing must not tell them apart.
        let revision = std::mem::take(&mut occurrence.about.resource_version);
        let combined = self.is_one_of_many(&occurrence, now);
        let mut identity = occurrence.clone();
        if combined {
            identity.message = COMBINED.to_owned();
            occurrence.message.insert_str(0, COMBINED);
        }
        if !self.may_spend(&occurrence.about, now) {
            return Verdict::Drop;
        }
        match self.written.get_mut(&identity) {
            Some(written) => {
                written.count += 1;
                Verdict::Count {
                    name: written.name.clone(),
                    count: written.count,
                    occurrence,
                }
            }
            None => {
                occurrence.about.resource_version = revision;
                Verdict::Create(occurrence)
            }
        }
    }

    /// A verdict of `Create` was carried out under this name.
    pub(super) fn created(&mut self, mut occurrence: Occurrence, name: String) {
        occurrence.about.resource_version = Str::default();
        if occurrence.message.starts_with(COMBINED) {
            COMBINED.clone_into(&mut occurrence.message);
        }
        self.written.insert(occurrence, Written { name, count: 1 });
    }

    /// Whether the event stands for many that are similar.
    pub(super) fn is_combined(event: &Occurrence) -> bool {
        event.message.starts_with(COMBINED)
    }

    fn is_one_of_many(&mut self, occurrence: &Occurrence, now: Monotonic) -> bool {
        let similar = Similar {
            about: occurrence.about.clone(),
            type_: occurrence.type_,
            reason: occurrence.reason.clone(),
        };
        let messages = self.similar.or_insert(similar, || Messages {
            since: now,
            seen: HashSet::new(),
        });
        if now.since(messages.since) > SIMILAR_INTERVAL {
            messages.seen.clear();
        }
        messages.since = now;
        if messages.seen.len() < SIMILAR_MAX {
            messages.seen.insert(occurrence.message.clone());
        }
        messages.seen.len() >= SIMILAR_MAX
    }

    fn may_spend(&mut self, about: &Reference, now: Monotonic) -> bool {
        let mut object = about.clone();
        object.field_path = Str::default();
        let budget = self.budgets.or_insert(object, || Budget {
            tokens: BURST,
            at: now,
        });
        let earned = now.since(budget.at).as_secs_f64() / REFILL.as_secs_f64();
        budget.tokens = (budget.tokens + earned).min(BURST);
        budget.at = now;
        if budget.tokens < 1.0 {
            return false;
        }
        budget.tokens -= 1.0;
        true
    }
}

/// A map that forgets its oldest entries.
#[derive(Debug)]
struct Memory<K, V> {
    entries: HashMap<K, V>,
    order: VecDeque<K>,
}

impl<K, V> Default for Memory<K, V> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            order: VecDeque::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, V> Memory<K, V> {
    fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.entries.get_mut(key)
    }

    fn insert(&mut self, key: K, value: V) {
        if self.entries.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
            if self.order.len() > REMEMBERED_MAX
                && let Some(oldest) = self.order.pop_front()
            {
                self.entries.remove(&oldest);
            }
        }
    }

    fn or_insert(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        if !self.entries.contains_key(&key) {
            self.insert(key.clone(), value());
        }
        self.entries
            .get_mut(&key)
            .expect("it is there or was just inserted")
    }
}

#[cfg(test)]
mod tests;
