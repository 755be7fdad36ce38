//! The watch cache: the store's values by reference, with the indexes that lists need and the events that watches send.
//!
//! One task applies the store's events in order. Readers wait until it has applied the store's current revision, which the
//! store publishes before it acknowledges a write: so a list sees every acknowledged write.
mod counts;
mod decoded;
mod entry;
mod event;
mod feed;
mod filter;
mod objects;
mod stored;
mod wakes;
mod watcher;

pub use self::feed::FeedError;
pub(crate) use self::{
    counts::Counts,
    entry::Entry,
    event::{Change, FrameKind, LOG_EVENTS_MAX, WatchEvent},
    filter::{Field, FieldRequirement, Filter},
    objects::Snapshot,
    stored::encode,
    watcher::{Ended, Events, Subscription},
};

use self::{
    decoded::Decoded,
    event::Log,
    objects::Objects,
    stored::NotOurs,
    watcher::{Wakers, Watchers},
};
use bytes::Bytes;
use meta::{Str, codec};
use parking_lot::RwLock;
use resource::{Object, Reader, ResourceType, SharedObject};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use store::Store;
use tokio::sync::Notify;

/// Where a watch begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// With what exists now, as ADDED events.
    Initial,
    /// After this revision.
    Revision(u64),
    /// With the next event.
    Now,
}

/// A watch cannot begin there: `oldest` is the first revision it could begin after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooOld {
    pub(crate) oldest: u64,
}

/// Caches by what the keys of their objects begin with.
type ByPrefix = BTreeMap<Vec<u8>, Arc<ResourceCache>>;

/// What there is of a resource.
pub(crate) struct Counted {
    /// With the group: `deployments.apps`.
    pub(crate) name: String,
    pub(crate) group: Str,
    pub(crate) plural: Str,
    pub(crate) objects: u64,
    pub(crate) bytes: u64,
    /// Of the last change.
    pub(crate) revision: u64,
    pub(crate) counts: Arc<Counts>,
}

/// All resources.
pub(crate) struct Caches {
    store: Arc<dyn Store>,
    by_prefix: ByPrefix,
    /// Of the kinds that come and go while the server runs.
    added: RwLock<ByPrefix>,
    applied: AtomicU64,
    moved: Notify,
}

impl Caches {
    pub(crate) fn new(store: Arc<dyn Store>, resources: &[Arc<dyn ResourceType>]) -> Self {
        let of = |resource: &Arc<dyn ResourceType>| {
            let cache = Arc::new(ResourceCache::new(Arc::clone(resource)));
            (resource.info().key_prefix.clone().into_bytes(), cache)
        };
        Self {
            store,
            by_prefix: resources.iter().map(of).collect(),
            added: RwLock::default(),
            applied: AtomicU64::new(0),
            moved: Notify::new(),
        }
    }

    /// The cache of a resource; the core group is "".
    pub(crate) fn of(&self, group: &str, plural: &str) -> Option<Arc<ResourceCache>> {
        let group = if group.is_empty() { "core" } else { group };
        self.with_prefix(format!("/registry/{group}/{plural}/").as_bytes())
    }

    fn with_prefix(&self, prefix: &[u8]) -> Option<Arc<ResourceCache>> {
        let found = self.by_prefix.get(prefix).cloned();
        found.or_else(|| self.added.read().get(prefix).cloned())
    }

    /// Every resource that upstream stores, and what there is of it.
    pub(crate) fn counts(&self) -> Vec<Counted> {
        let mut all = self.all();
        all.retain(|cache| cache.resource.info().is_stored());
        let count = |cache: &Arc<ResourceCache>| {
            let info = cache.resource.info();
            let (objects, bytes) = cache.size();
            Counted {
                name: info.qualified_resource(),
                group: info.group.clone(),
                plural: info.plural.clone(),
                objects,
                bytes,
                revision: cache.state.read().revision,
                counts: Arc::clone(&cache.counts),
            }
        };
        all.iter().map(count).collect()
    }

    pub(crate) fn all(&self) -> Vec<Arc<ResourceCache>> {
        let added = self.added.read();
        self.by_prefix
            .values()
            .chain(added.values())
            .cloned()
            .collect()
    }

    /// The revision up to which every resource is complete.
    pub(crate) fn applied(&self) -> u64 {
        self.applied.load(Ordering::Acquire)
    }

    /// Waits until everything that the store had acknowledged before this call is applied. Usually it is.
    pub(crate) async fn current(&self) -> u64 {
        let target = self.store.revision().0;
        self.reach(target).await;
        target
    }

    /// Waits until `revision` is applied, however long that takes: the caller bounds it.
    pub(crate) async fn reach(&self, revision: u64) {
        while self.applied() < revision {
            let moved = self.moved.notified();
            if self.applied() >= revision {
                return;
            }
            moved.await;
        }
    }

    fn cache_of_key(&self, key: &[u8]) -> Option<(Arc<ResourceCache>, usize)> {
        let mut slashes = memchr::memchr_iter(b'/', key);
        let end = slashes.nth(3)? + 1;
        Some((self.with_prefix(&key[..end])?, end))
    }
}

impl std::fmt::Debug for Caches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Caches")
            .field("applied", &self.applied())
            .field("resources", &self.by_prefix.len())
            .finish_non_exhaustive()
    }
}

impl Reader for Caches {
    fn get(&self, group: &str, resource: &str, key: &meta::ObjectKey) -> Option<SharedObject> {
        let cache = self.of(group, resource)?;
        let namespace = key.namespace.as_deref().unwrap_or("");
        cache.read(&*cache.get(&cache_key(namespace, &key.name))?)
    }
    fn list(&self, group: &str, resource: &str, namespace: Option<&str>) -> Vec<SharedObject> {
        let Some(cache) = self.of(group, resource) else {
            return Vec::new();
        };
        let filter = Filter::in_namespace(namespace.unwrap_or(""));
        let entries = cache.snapshot(&filter, None, None, 0).entries;
        // More of them would push out what single reads come back to.
        let kept = entries.len() <= Decoded::LISTED_MAX;
        let read = |entry: &Arc<Entry>| match kept {
            true => cache.read(entry),
            false => cache.decode(entry).map(SharedObject::from),
        };
        entries.iter().filter_map(read).collect()
    }
}

/// `namespace/name`, or the name alone.
pub(crate) fn cache_key(namespace: &str, name: &str) -> meta::Str {
    if namespace.is_empty() {
        return meta::Str::from(name);
    }
    let mut key = meta::Str::with_capacity(namespace.len() + 1 + name.len());
    key.push_str(namespace);
    key.push('/');
    key.push_str(name);
    key
}

/// One resource.
pub(crate) struct ResourceCache {
    pub(crate) resource: Arc<dyn ResourceType>,
    state: RwLock<State>,
    /// Changed with the state locked, so that what is read after it is at least as new.
    changes: AtomicU64,
    decoded: Decoded,
    pub(crate) counts: Arc<Counts>,
}

#[derive(Default)]
struct State {
    objects: Objects,
    log: Log,
    watchers: Watchers,
    /// Of the last event applied here.
    revision: u64,
    /// What happened up to here was read when the cache began, so that its events are old news.
    began_at: u64,
}

impl ResourceCache {
    pub(crate) fn new(resource: Arc<dyn ResourceType>) -> Self {
        Self {
            resource,
            state: RwLock::default(),
            changes: AtomicU64::new(0),
            decoded: Decoded::default(),
            counts: Arc::default(),
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<Arc<Entry>> {
        self.state.read().objects.get(key)
    }

    /// Every object, in key order.
    pub(crate) fn all(&self) -> Vec<Object> {
        let all = self.snapshot(&Filter::default(), None, None, 0).entries;
        all.iter().filter_map(|entry| self.decode(entry)).collect()
    }

    /// How many objects there are, and the bytes of all of them together.
    pub(crate) fn size(&self) -> (u64, u64) {
        let state = self.state.read();
        (state.objects.len() as u64, state.objects.bytes())
    }

    /// Grows with every change here.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Whether what is in memory is also what was there at `revision`.
    pub(crate) fn unchanged_since(&self, revision: u64) -> bool {
        self.state.read().revision <= revision
    }

    /// The entry of a value of the store. One of another origin is written anew in memory, so that all entries look alike.
    pub(crate) fn entry(&self, key: Str, value: Bytes, revision: u64) -> Result<Entry, NotOurs> {
        let mut entry = Entry::new(key, value, revision)?;
        let resource = &*self.resource;
        if !resource.info().is_stored() {
            entry.has_no_version();
        }
        if entry.origin() == resource.origin() {
            return Ok(entry);
        }
        let read = resource.decode_older(entry.origin(), entry.body(), revision);
        let object = match read {
            Ok(object) => object,
            Err(error) => {
                tracing::error!(key = %entry.key, %error, "a stored object cannot be read by its present definition");
                return Ok(entry);
            }
        };
        let fields = resource.selectable_fields(&object);
        let body = codec::encode_body(&*object);
        let labels = &object.metadata().labels;
        let origin = resource.origin_of(&object);
        entry.renewed(encode(&body, origin, labels, &fields))
    }

    /// As [`Self::decode`], for what is read more often than it changes.
    fn read(&self, entry: &Entry) -> Option<SharedObject> {
        self.decoded.of(entry, || self.decode(entry))
    }

    /// Decodes a value that this server once encoded.
    pub(crate) fn decode(&self, entry: &Entry) -> Option<Object> {
        let (origin, body) = (entry.origin(), entry.body());
        let decoded = if origin == self.resource.origin() {
            self.resource.decode_stored(body, entry.revision)
        } else {
            self.resource.decode_older(origin, body, entry.revision)
        };
        let decoded = decoded.inspect_err(
            |error| tracing::error!(key = %entry.key, %error, "stored object cannot be decoded"),
        );
        let mut object = decoded.ok()?;
        if !self.resource.info().is_stored() {
            object.metadata_mut().resource_version = Str::default();
        }
        Some(object)
    }

    /// What the filter selects after key `start`, at most `limit` entries, in key order. `at_least` is a revision known to be applied.
    pub(crate) fn snapshot(
        &self,
        filter: &Filter,
        start: Option<&str>,
        limit: Option<usize>,
        at_least: u64,
    ) -> Snapshot {
        let state = self.state.read();
        let mut snapshot = state.objects.select(filter, start, limit);
        snapshot.revision = at_least.max(state.revision);
        snapshot
    }

    /// Begins a watch. `at_least` is a revision known to be applied.
    pub(crate) fn subscribe(
        self: &Arc<Self>,
        filter: Filter,
        from: From,
        at_least: u64,
    ) -> Result<Subscription, TooOld> {
        let mut state = self.state.write();
        let now = at_least.max(state.revision);
        let mut initial = Vec::new();
        let mut missed = Vec::new();
        let mut after = now;
        match from {
            From::Now => {}
            From::Initial => initial = state.objects.select(&filter, None, None).entries,
            From::Revision(revision) => {
                if revision < state.log.complete_after {
                    return Err(TooOld {
                        oldest: state.log.complete_after,
                    });
                }
                missed = state
                    .log
                    .after(revision)
                    .filter(|event| event.change_for(&filter).is_some())
                    .cloned()
                    .collect();
                after = revision;
            }
        }
        let watcher = state.watchers.register(filter, after, missed);
        Ok(Subscription::new(Arc::clone(self), watcher, initial, now))
    }

    fn unsubscribe(&self, watcher: &Arc<watcher::Watcher>) {
        self.state.write().watchers.remove(watcher);
    }

    /// Applies one event. `new` is `None` for a delete. The caller wakes whom it finds in `wakers`.
    fn apply(&self, key: &str, revision: u64, new: Option<Arc<Entry>>, wakers: &mut Wakers) {
        let mut state = self.state.write();
        if revision <= state.began_at {
            return;
        }
        let old = match &new {
            Some(entry) => state.objects.insert(Arc::clone(entry)),
            None => state.objects.remove(key),
        };
        state.revision = revision;
        self.changes.fetch_add(1, Ordering::Release);
        if old.is_none() && new.is_none() {
            return;
        }
        let event = Arc::new(WatchEvent::new(revision, old, new));
        state.log.push(&event);
        self.counts.events.increment();
        let terminated = state.watchers.dispatch(&event, wakers);
        self.counts.terminated.add(terminated);
        drop(state);
        if self.resource.info().observes {
            self.observe(&event);
        }
    }

    fn observe(&self, event: &WatchEvent) {
        let decode = |entry: Option<&Arc<Entry>>| entry.and_then(|entry| self.decode(entry));
        let (old, new) = (decode(event.old.as_ref()), decode(event.new.as_ref()));
        self.resource.observed(old.as_ref(), new.as_ref());
    }

    /// Ends all watches: the kind is gone, or another from now on.
    fn end_watches(&self) {
        self.state.write().watchers.end();
    }

    /// Takes the state at start, or after the feed fell behind: then as events.
    fn load(&self, entries: Vec<Arc<Entry>>, revision: u64, first: bool) {
        self.counts.initializations.increment();
        if first {
            let mut state = self.state.write();
            state.log.complete_after = revision;
            state.revision = revision;
            state.began_at = revision;
            self.changes.fetch_add(1, Ordering::Release);
            entries
                .iter()
                .for_each(|entry| drop(state.objects.insert(Arc::clone(entry))));
            drop(state);
            if self.resource.info().observes {
                entries
                    .into_iter()
                    .for_each(|entry| self.observe(&WatchEvent::new(revision, None, Some(entry))));
            }
            return;
        }
        let mut wakers = Wakers::new();
        let before = self.snapshot(&Filter::default(), None, None, 0).entries;
        let kept: HashMap<&str, u64> = entries
            .iter()
            .map(|entry| (entry.key.as_str(), entry.revision))
            .collect();
        for gone in before
            .iter()
            .filter(|old| !kept.contains_key(old.key.as_str()))
        {
            self.apply(&gone.key, revision, None, &mut wakers);
        }
        let known: HashMap<&str, u64> = before
            .iter()
            .map(|entry| (entry.key.as_str(), entry.revision))
            .collect();
        for entry in entries {
            if known.get(entry.key.as_str()) != Some(&entry.revision) {
                let key = entry.key.clone();
                self.apply(&key, entry.revision, Some(entry), &mut wakers);
            }
        }
        wakers.into_iter().for_each(std::task::Waker::wake);
    }
}

impl std::fmt::Debug for ResourceCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResourceCache")
            .field("plural", &self.resource.info().plural)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
