//! The one task that applies the store's events.
use super::{Caches, Entry, ResourceCache, wakes::Wakes, watcher::Wakers};
use crate::custom::Definitions;
use meta::Str;
use platform::Clock;
use resource::ResourceType;
use std::{
    collections::HashMap,
    sync::{Arc, atomic::Ordering},
};
use store::{
    Event, EventKind, KeyRange, KeyValue, RangeRequest, Revision, StoreError, Watch, WatchError,
    WatchRequest,
};

const PREFIX: &str = "/registry/";

/// Why the caches cannot follow the store.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    #[error("failed to read all objects from the store")]
    Load(#[source] StoreError),
    #[error("failed to watch the store")]
    Watch(#[source] StoreError),
}

impl Caches {
    /// Reads everything and begins to watch. After this the caches serve.
    pub(crate) async fn load(&self) -> Result<Watch, FeedError> {
        self.load_as(true).await
    }

    /// Applies events until the store closes.
    ///
    /// A definition of a kind is followed before anyone can see it: who has seen that its kind is established finds it served.
    pub(crate) async fn follow(
        &self,
        mut watch: Watch,
        definitions: &Definitions,
        clock: Clock,
    ) -> Result<(), FeedError> {
        let mut wakes = Wakes::new(clock);
        loop {
            let next = tokio::select! {
                biased;
                next = watch.next() => next,
                () = wakes.due() => {
                    wakes.wake();
                    continue;
                }
            };
            match next {
                Ok(batch) => {
                    for event in batch.events.iter() {
                        if definitions.concerns(&event.key) {
                            wakes.wake();
                            definitions.changed(event).await;
                        }
                        self.apply(event, wakes.wakers());
                    }
                    self.advance(batch.revision.0);
                    wakes.committed();
                }
                Err(WatchError::Closed) => {
                    wakes.wake();
                    return Ok(());
                }
                Err(error) => {
                    wakes.wake();
                    tracing::warn!(%error, "the watch of the store broke: reading all objects again");
                    watch = self.load_as(false).await?;
                    definitions.read_all().await;
                }
            }
        }
    }

    async fn load_as(&self, first: bool) -> Result<Watch, FeedError> {
        let range = || KeyRange::prefix(PREFIX);
        let all = self
            .store
            .range(RangeRequest::new(range()))
            .await
            .map_err(FeedError::Load)?;
        let revision: Revision = all.revision;
        self.distribute(all.items, revision.0, first);
        self.advance(revision.0);
        let request = WatchRequest::new(range(), revision.next()).with_progress();
        self.store.watch(request).await.map_err(FeedError::Watch)
    }

    fn distribute(&self, items: Vec<KeyValue>, revision: u64, first: bool) {
        let mut by_resource: HashMap<*const ResourceCache, Vec<Arc<Entry>>> = HashMap::new();
        for item in items {
            let Some((cache, at)) = self.cache_of_key(&item.key) else {
                continue;
            };
            let stored = item.versioned;
            let entry = cache.entry_of(&item.key[at..], stored.value, stored.mod_revision.0);
            by_resource
                .entry(Arc::as_ptr(&cache))
                .or_default()
                .extend(entry.map(Arc::new));
        }
        for cache in self.all() {
            let entries = by_resource.remove(&Arc::as_ptr(&cache));
            cache.load(entries.unwrap_or_default(), revision, first);
        }
    }

    /// Begins to keep the objects of a kind, in place of those of the kind that has had its keys before.
    pub(crate) async fn add(
        &self,
        resource: Arc<dyn ResourceType>,
    ) -> Result<Arc<ResourceCache>, FeedError> {
        let prefix = resource.info().key_prefix.clone().into_bytes();
        let cache = Arc::new(ResourceCache::new(resource));
        let range = RangeRequest::new(KeyRange::prefix(prefix.clone()));
        let all = self.store.range(range).await.map_err(FeedError::Load)?;
        let entries = all.items.into_iter().filter_map(|item| {
            let stored = item.versioned;
            cache.entry_of(
                &item.key[prefix.len()..],
                stored.value,
                stored.mod_revision.0,
            )
        });
        let entries = entries.map(Arc::new).collect();
        cache.load(entries, all.revision.0, true);
        let before = self.added.write().insert(prefix, Arc::clone(&cache));
        if let Some(before) = before {
            before.end_watches();
        }
        Ok(cache)
    }

    /// Forgets the objects of a kind.
    pub(crate) fn remove(&self, cache: &ResourceCache) {
        let prefix = cache.resource.info().key_prefix.as_bytes();
        let mut added = self.added.write();
        if added
            .get(prefix)
            .is_some_and(|now| std::ptr::eq(&**now, cache))
        {
            added.remove(prefix);
        }
        drop(added);
        cache.end_watches();
    }

    fn apply(&self, event: &Event, wakers: &mut Wakers) {
        let Some((cache, at)) = self.cache_of_key(&event.key) else {
            return;
        };
        let Ok(key) = std::str::from_utf8(&event.key[at..]) else {
            return;
        };
        let new = match &event.kind {
            EventKind::Put(new) => {
                match cache.entry_of(key.as_bytes(), new.value.clone(), event.revision.0) {
                    Some(entry) => Some(Arc::new(entry)),
                    None => return,
                }
            }
            EventKind::Delete => None,
        };
        cache.apply(key, event.revision.0, new, wakers);
    }

    fn advance(&self, revision: u64) {
        self.applied.fetch_max(revision, Ordering::Release);
        self.moved.notify_waiters();
    }
}

impl ResourceCache {
    fn entry_of(&self, key: &[u8], value: bytes::Bytes, revision: u64) -> Option<Entry> {
        let key = Str::from(std::str::from_utf8(key).ok()?);
        let entry = self.entry(key.clone(), value, revision);
        entry
            .inspect_err(|error| tracing::error!(%key, %error, "skipped a value of the store"))
            .ok()
    }
}
