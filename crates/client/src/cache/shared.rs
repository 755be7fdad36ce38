//! One cache per resource, view and selector, for all who read it.

use super::{Cache, Decode, Selector, View};
use crate::{Client, Metadata, Resource};
use meta::Kind;
use parking_lot::Mutex;
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::Arc,
};

/// Starts each cache when it is first asked for. Cheap to clone.
#[derive(Clone)]
pub struct SharedCaches(Arc<Inner>);

struct Inner {
    client: Client,
    caches: Mutex<HashMap<CacheKey, Box<dyn Any + Send>>>,
}

type CacheKey = (TypeId, Resource, Selector);

impl SharedCaches {
    /// `client` is the identity that lists and watches.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self(Arc::new(Inner {
            client,
            caches: Mutex::default(),
        }))
    }

    #[must_use]
    pub fn client(&self) -> &Client {
        &self.0.client
    }

    /// All objects of a kind, whole.
    #[must_use]
    pub fn of<K: Kind>(&self) -> Cache<K> {
        self.view::<K, K>(Selector::default())
    }

    /// The selected objects of a kind, each as a `V`.
    #[must_use]
    pub fn view<K: Kind, V: View<K>>(&self, selector: Selector) -> Cache<K, V> {
        self.get(Resource::of::<K>(), selector)
    }

    /// The metadata of all objects of any resource.
    #[must_use]
    pub fn metadata(&self, resource: Resource) -> Cache<Metadata> {
        self.get(resource, Selector::default())
    }

    fn get<K: Decode, V: View<K>>(&self, resource: Resource, selector: Selector) -> Cache<K, V> {
        let key = (TypeId::of::<(K, V)>(), resource.clone(), selector.clone());
        let mut caches = self.0.caches.lock();
        if let Some(cache) = caches.get(&key) {
            return cache
                .downcast_ref::<Cache<K, V>>()
                .expect("the key holds the type")
                .clone();
        }
        let cache = Cache::<K, V>::start_shared(&self.0.client, resource, selector);
        caches.insert(key, Box::new(cache.clone()));
        cache
    }
}

impl fmt::Debug for SharedCaches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedCaches")
            .field("len", &self.0.caches.lock().len())
            .finish_non_exhaustive()
    }
}
