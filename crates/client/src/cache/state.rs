//! The objects of a cache and their indexes, as plain data.

use crate::key_of;
use meta::{ObjectKey, ObjectMeta, Str};
use std::{collections::BTreeMap, ops::Bound, sync::Arc};

/// Place of an object in `entries`.
type Slot = u32;

pub(super) struct State<V> {
    slots: BTreeMap<ObjectKey, Slot>,
    entries: Vec<Option<Entry<V>>>,
    free: Vec<Slot>,
    owners: Postings,
    indexes: Vec<IndexState<V>>,
    revision: Str,
    /// Counts lists, to find what a new list no longer has.
    generation: u64,
}

struct Entry<V> {
    object: Arc<V>,
    uid: Str,
    revision: Str,
    /// Uid of the controller; empty without one.
    owner: Str,
    generation: u64,
}

struct IndexState<V> {
    name: &'static str,
    values: fn(&V, &mut Vec<Str>),
    postings: Postings,
}

/// Slots by value, each list sorted.
#[derive(Default)]
struct Postings(BTreeMap<Str, Vec<Slot>>);

/// What of an object's metadata a cache keeps.
#[derive(Debug)]
pub(super) struct Identity {
    pub(super) key: ObjectKey,
    uid: Str,
    revision: Str,
    owner: Str,
}

impl Identity {
    pub(super) fn of(metadata: &ObjectMeta) -> Self {
        let mut owners = metadata.owner_references.iter();
        let controller = owners.find(|owner| owner.controller == Some(true));
        Self {
            key: key_of(metadata),
            uid: metadata.uid.clone(),
            revision: metadata.resource_version.clone(),
            owner: controller
                .map(|owner| owner.uid.clone())
                .unwrap_or_default(),
        }
    }
}

/// What an object was before it was put.
pub(super) enum Put<V> {
    Added,
    /// The same revision again: nothing to tell.
    Same,
    Modified(Arc<V>),
    /// Another object of the same name was there.
    Replaced(Arc<V>),
}

impl<V> Default for State<V> {
    fn default() -> Self {
        Self {
            slots: BTreeMap::new(),
            entries: Vec::new(),
            free: Vec::new(),
            owners: Postings::default(),
            indexes: Vec::new(),
            revision: Str::default(),
            generation: 0,
        }
    }
}

impl<V> State<V> {
    pub(super) fn get(&self, key: &ObjectKey) -> Option<Arc<V>> {
        self.slots.get(key).map(|slot| self.object(*slot))
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn list(&self, namespace: Option<&str>) -> Vec<Arc<V>> {
        self.range(namespace)
            .map(|(_, slot)| self.object(*slot))
            .collect()
    }

    pub(super) fn keys(&self, namespace: Option<&str>) -> Vec<ObjectKey> {
        self.range(namespace).map(|(key, _)| key.clone()).collect()
    }

    pub(super) fn entries(&self) -> Vec<(ObjectKey, Arc<V>)> {
        self.slots
            .iter()
            .map(|(key, slot)| (key.clone(), self.object(*slot)))
            .collect()
    }

    pub(super) fn owned_by(&self, uid: &str) -> Vec<Arc<V>> {
        self.owners
            .get(uid)
            .iter()
            .map(|slot| self.object(*slot))
            .collect()
    }

    pub(super) fn by_index(&self, index: usize, value: &str) -> Vec<Arc<V>> {
        self.indexes[index]
            .postings
            .get(value)
            .iter()
            .map(|slot| self.object(*slot))
            .collect()
    }

    pub(super) fn count_by_index(&self, index: usize, value: &str) -> usize {
        self.indexes[index].postings.get(value).len()
    }

    pub(super) fn index_values(&self, index: usize) -> Vec<Str> {
        self.indexes[index].postings.0.keys().cloned().collect()
    }

    pub(super) fn revision(&self) -> Str {
        self.revision.clone()
    }

    pub(super) fn set_revision(&mut self, revision: Str) {
        self.revision = revision;
    }

    pub(super) fn add_index(&mut self, name: &'static str, values: fn(&V, &mut Vec<Str>)) -> usize {
        if let Some(at) = self.indexes.iter().position(|index| index.name == name) {
            return at;
        }
        let mut index = IndexState {
            name,
            values,
            postings: Postings::default(),
        };
        for slot in self.slots.values() {
            index.insert(*slot, &self.object(*slot));
        }
        self.indexes.push(index);
        self.indexes.len() - 1
    }

    /// Inserts or replaces an object.
    pub(super) fn put(&mut self, identity: Identity, object: Arc<V>) -> Put<V> {
        let Identity {
            key,
            uid,
            revision,
            owner,
        } = identity;
        let entry = Entry {
            object,
            uid,
            revision,
            owner,
            generation: self.generation,
        };
        let Some(slot) = self.slots.get(&key).copied() else {
            let slot = self.free.pop().unwrap_or_else(|| self.grow());
            self.fill(slot, entry);
            self.slots.insert(key, slot);
            return Put::Added;
        };
        let there = self.entry_mut(slot);
        if there.uid == entry.uid && there.revision == entry.revision {
            there.generation = entry.generation;
            return Put::Same;
        }
        let same_uid = there.uid == entry.uid;
        let old = self.clear(slot);
        self.fill(slot, entry);
        if same_uid {
            Put::Modified(old)
        } else {
            Put::Replaced(old)
        }
    }

    pub(super) fn remove(&mut self, key: &ObjectKey) -> Option<Arc<V>> {
        let slot = self.slots.remove(key)?;
        let old = self.clear(slot);
        self.free.push(slot);
        Some(old)
    }

    /// Begins a list: what is not put until [`Self::unlisted`] is gone.
    pub(super) fn begin_list(&mut self) {
        self.generation += 1;
    }

    /// Keys that the list begun last did not have.
    pub(super) fn unlisted(&self) -> Vec<ObjectKey> {
        let old = |slot: Slot| self.entry(slot).generation != self.generation;
        self.slots
            .iter()
            .filter(|(_, slot)| old(**slot))
            .map(|(key, _)| key.clone())
            .collect()
    }

    fn range(&self, namespace: Option<&str>) -> impl Iterator<Item = (&ObjectKey, &Slot)> {
        let first = namespace.map(|namespace| ObjectKey {
            namespace: Some(Str::new(namespace)),
            name: Str::default(),
        });
        let from = first.map_or(Bound::Unbounded, Bound::Included);
        let inside =
            move |key: &ObjectKey| namespace.is_none() || key.namespace.as_deref() == namespace;
        self.slots
            .range((from, Bound::Unbounded))
            .take_while(move |(key, _)| inside(key))
    }

    fn object(&self, slot: Slot) -> Arc<V> {
        Arc::clone(&self.entry(slot).object)
    }

    fn entry(&self, slot: Slot) -> &Entry<V> {
        self.entries[place(slot)]
            .as_ref()
            .expect("an indexed slot is filled")
    }

    fn entry_mut(&mut self, slot: Slot) -> &mut Entry<V> {
        self.entries[place(slot)]
            .as_mut()
            .expect("an indexed slot is filled")
    }

    fn grow(&mut self) -> Slot {
        self.entries.push(None);
        Slot::try_from(self.entries.len() - 1).expect("a cache holds fewer than 2^32 objects")
    }

    fn fill(&mut self, slot: Slot, entry: Entry<V>) {
        self.owners.insert(&entry.owner, slot);
        for index in &mut self.indexes {
            index.insert(slot, &entry.object);
        }
        self.entries[place(slot)] = Some(entry);
    }

    fn clear(&mut self, slot: Slot) -> Arc<V> {
        let entry = self.entries[place(slot)]
            .take()
            .expect("an indexed slot is filled");
        self.owners.remove(&entry.owner, slot);
        for index in &mut self.indexes {
            index.remove(slot, &entry.object);
        }
        entry.object
    }
}

impl<V> IndexState<V> {
    fn insert(&mut self, slot: Slot, object: &V) {
        let mut values = Vec::new();
        (self.values)(object, &mut values);
        for value in &values {
            self.postings.insert(value, slot);
        }
    }

    fn remove(&mut self, slot: Slot, object: &V) {
        let mut values = Vec::new();
        (self.values)(object, &mut values);
        for value in &values {
            self.postings.remove(value, slot);
        }
    }
}

impl Postings {
    fn get(&self, value: &str) -> &[Slot] {
        self.0.get(value).map_or(&[], Vec::as_slice)
    }

    /// The empty value is not indexed.
    fn insert(&mut self, value: &Str, slot: Slot) {
        if value.is_empty() {
            return;
        }
        let slots = self.0.entry(value.clone()).or_default();
        if let Err(at) = slots.binary_search(&slot) {
            slots.insert(at, slot);
        }
    }

    fn remove(&mut self, value: &Str, slot: Slot) {
        let Some(slots) = self.0.get_mut(value) else {
            return;
        };
        if let Ok(at) = slots.binary_search(&slot) {
            slots.remove(at);
        }
        if slots.is_empty() {
            self.0.remove(value);
        }
    }
}

fn place(slot: Slot) -> usize {
    usize::try_from(slot).expect("usize has at least 32 bits")
}
