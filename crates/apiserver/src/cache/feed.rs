//! The one task that applies the store's events.
use super::{Caches, Entry};
use meta::Str;
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
    pub(crate) async fn follow(&self, mut watch: Watch) -> Result<(), FeedError> {
        loop {
            match watch.next().await {
                Ok(batch) => {
                    batch.events.iter().for_each(|event| self.apply(event));
                    self.advance(batch.revision.0);
                }
                Err(WatchError::Closed) => return Ok(()),
                Err(error) => {
                    tracing::warn!(%error, "the watch of the store broke: reading all objects again");
                    watch = self.load_as(false).await?;
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
        let mut by_resource: HashMap<*const super::ResourceCache, Vec<Arc<Entry>>> = HashMap::new();
        for item in items {
            let Some((cache, at)) = self.cache_of_key(&item.key) else {
                continue;
            };
            let entry = entry_of(
                &item.key[at..],
                item.versioned.value,
                item.versioned.mod_revision.0,
            );
            by_resource
                .entry(Arc::as_ptr(cache))
                .or_default()
                .extend(entry.map(Arc::new));
        }
        for cache in self.by_prefix.values() {
            cache.load(
                by_resource.remove(&Arc::as_ptr(cache)).unwrap_or_default(),
                revision,
                first,
            );
        }
    }

    fn apply(&self, event: &Event) {
        let Some((cache, at)) = self.cache_of_key(&event.key) else {
            return;
        };
        let Ok(key) = std::str::from_utf8(&event.key[at..]) else {
            return;
        };
        let new = match &event.kind {
            EventKind::Put(new) => {
                match entry_of(key.as_bytes(), new.value.clone(), event.revision.0) {
                    Some(entry) => Some(Arc::new(entry)),
                    None => return,
                }
            }
            EventKind::Delete => None,
        };
        cache.apply(key, event.revision.0, new);
    }

    fn advance(&self, revision: u64) {
        self.applied.fetch_max(revision, Ordering::Release);
        self.moved.notify_waiters();
    }
}

fn entry_of(key: &[u8], value: bytes::Bytes, revision: u64) -> Option<Entry> {
    let key = Str::from(std::str::from_utf8(key).ok()?);
    let entry = Entry::new(key.clone(), value, revision);
    entry
        .inspect_err(|error| tracing::error!(%key, %error, "skipped a value of the store"))
        .ok()
}
