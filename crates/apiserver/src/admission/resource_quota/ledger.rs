//! Writes that were let through and that the cache may not have yet, and what the cache has, counted.
use super::{Look, counts::Counts, key_of};
use meta::Str;
use resource::{Object, ResourceInfo};
use std::collections::{BTreeMap, HashMap};

#[derive(Default)]
pub(super) struct Ledger {
    writes: BTreeMap<u64, Write>,
    next: u64,
    /// By the keys of a resource, and namespace.
    counts: HashMap<(String, Str), Counts>,
}

/// Counts kept at most; then it begins anew.
const COUNTS_MAX: usize = 256;

pub(super) struct Write {
    prefix: String,
    pub(super) key: Str,
    /// Of what it replaces; 0 for a create.
    revision: u64,
    pub(super) object: Object,
    /// The store has it.
    pub(super) committed: bool,
}

impl Write {
    /// Whether what the cache has is newer than what this replaces.
    const fn is_seen(&self, cached: Option<u64>) -> bool {
        matches!(cached, Some(cached) if cached > self.revision)
    }
}

impl Ledger {
    /// The writes that the store has acknowledged.
    pub(super) fn ended(&self) -> Vec<u64> {
        let ended = self.writes.iter().filter(|(_, write)| write.committed);
        ended.map(|(id, _)| *id).collect()
    }

    pub(super) fn forget(&mut self, ids: &[u64]) {
        for id in ids {
            self.writes.remove(id);
        }
    }

    pub(super) fn enter(&mut self, look: &Look<'_>, object: &Object) -> u64 {
        let old = look.request.old.map(|old| &old.metadata().resource_version);
        let write = Write {
            prefix: look.request.resource.key_prefix.clone(),
            key: key_of(object),
            revision: old.and_then(|version| version.parse().ok()).unwrap_or(0),
            object: object.clone_object(),
            committed: false,
        };
        self.next += 1;
        self.writes.insert(self.next, write);
        self.next
    }

    /// A write that failed used nothing.
    pub(super) fn end(&mut self, id: u64, committed: bool) {
        if !committed {
            self.writes.remove(&id);
        } else if let Some(write) = self.writes.get_mut(&id) {
            write.committed = true;
        }
    }

    /// Of the objects of a resource in a namespace.
    pub(super) fn counts(&mut self, info: &ResourceInfo, namespace: &Str) -> &mut Counts {
        let key = (info.key_prefix.clone(), namespace.clone());
        if self.counts.len() >= COUNTS_MAX && !self.counts.contains_key(&key) {
            self.counts.clear();
        }
        self.counts.entry(key).or_default()
    }

    /// The writes in a namespace that the cache does not show. `seen` is the revision at which it has an object.
    pub(super) fn under_way(
        &self,
        info: &ResourceInfo,
        namespace: &str,
        seen: impl Fn(&str) -> Option<u64>,
    ) -> impl Iterator<Item = &Write> {
        self.writes.values().filter(move |write| {
            write.prefix == info.key_prefix
                && write.object.metadata().namespace == namespace
                && !write.is_seen(seen(&write.key))
        })
    }
}
