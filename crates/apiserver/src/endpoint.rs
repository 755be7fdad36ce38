//! [`Endpoint`]: one resource in one of the versions in which it is served, over the cache that all its versions share.
use crate::cache::{self, Entry, ResourceCache};
use meta::codec;
use resource::{Object, ResourceInfo, Served};
use serde_json::Value;
use std::sync::{Arc, OnceLock};

/// What a path like `/apis/GROUP/VERSION/…/PLURAL` leads to.
pub(crate) struct Endpoint {
    pub(crate) cache: Arc<ResourceCache>,
    pub(crate) served: Served,
    /// The zero object of the version as JSON, for managed fields.
    zero: OnceLock<Value>,
}

impl Endpoint {
    pub(crate) fn new(cache: Arc<ResourceCache>, served: Served) -> Self {
        Self {
            cache,
            served,
            zero: OnceLock::new(),
        }
    }

    /// Of the version.
    pub(crate) fn info(&self) -> &ResourceInfo {
        self.served.info()
    }

    /// The zero object as JSON.
    pub(crate) fn zero(&self) -> &Value {
        self.zero
            .get_or_init(|| codec::to_value(self.served.new_object().as_message()))
    }

    /// A stored object in this version, with its document written once more unless it is the stored version. `None` when the
    /// stored bytes cannot be read.
    pub(crate) fn in_version(&self, entry: &Arc<Entry>) -> Option<Arc<Entry>> {
        if self.served.is_stored() {
            return Some(Arc::clone(entry));
        }
        let stored: Object = self.cache.decode(entry)?;
        let shown = self.served.shown(&stored);
        let value = cache::encode(
            &codec::encode_body(&**shown),
            entry.labels(),
            entry.fields(),
        );
        let shown = Entry::new(entry.key.clone(), value, entry.revision);
        shown.ok().map(Arc::new)
    }
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Endpoint").field(&self.served).finish()
    }
}
