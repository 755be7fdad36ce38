//! [`Cache`]: what the API server holds, in memory, kept current by a watch.
//!
//! One task lists and watches (`reflector`) and is the only writer; readers get shared, immutable objects, so
//! there is nothing to copy. A cache may keep a small [`View`] of each object instead of the whole.

mod index;
mod reflector;
mod shared;
mod state;
mod subscription;

pub use self::{
    index::Index,
    shared::SharedCaches,
    subscription::{Changed, Subscription},
};

use self::state::State;
use crate::{Client, Metadata, Resource};
use meta::{Kind, ObjectKey, ObjectMeta, Str, codec::Projection};
use parking_lot::{Mutex, RwLock};
use platform::TaskHandle;
use std::{fmt, ops::ControlFlow, sync::Arc};
use tokio::sync::SetOnce;

/// What can be read from the API: every [`Kind`], and [`Metadata`] of any resource.
pub trait Decode: Clone + fmt::Debug + Send + Sync + Sized + 'static {
    /// The media types to ask for.
    const ACCEPT: &'static str;
    /// And for a list of them.
    const ACCEPT_LIST: &'static str;
    /// Decodes these parts of an object.
    ///
    /// # Errors
    /// Says what is wrong with the bytes.
    fn decode(bytes: &[u8], parts: Projection) -> Result<Self, String>;
    fn object_meta(&self) -> &ObjectMeta;
}

/// What a cache keeps of each object. Every object is its own view.
pub trait View<K>: Send + Sync + 'static {
    fn of(object: K) -> Self;
}

impl<K: Kind> View<K> for K {
    fn of(object: K) -> Self {
        object
    }
}

impl View<Metadata> for Metadata {
    fn of(object: Metadata) -> Self {
        object
    }
}

/// Which objects of a resource a cache holds, and what of them. Empty: all of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selector {
    pub namespace: Str,
    pub labels: Str,
    pub fields: Str,
    /// What is decoded of each object. [`META`] is needed of its metadata.
    pub parts: Projection,
}

/// The fields of `ObjectMeta` without which an object cannot be kept in a cache.
pub const META: &[&str] = &[
    "name",
    "namespace",
    "uid",
    "resourceVersion",
    "ownerReferences",
];

/// One change of one object. A replaced object (another uid) is a deletion and an addition.
#[derive(Debug)]
pub struct Change<'a, V> {
    pub key: &'a ObjectKey,
    pub old: Option<&'a Arc<V>>,
    pub new: Option<&'a Arc<V>>,
}

/// A shared cache of `V`s made from `K`s. Cheap to clone. The watch of one that was started on its own ends with
/// the last clone; that of [`SharedCaches`] goes on, so that handlers outlive the handle they were added through.
pub struct Cache<K, V = K> {
    core: Arc<Core<V>>,
    reflector: Arc<Reflecting>,
    decoded: std::marker::PhantomData<fn() -> K>,
}

/// Ends the reflector's task with the last handle to its cache, unless the cache is shared.
#[derive(Debug)]
enum Reflecting {
    Owned(TaskHandle<()>),
    Shared,
}

impl Drop for Reflecting {
    fn drop(&mut self) {
        if let Self::Owned(task) = self {
            task.abort();
        }
    }
}

type Handler<V> = Box<dyn Fn(Change<'_, V>) -> ControlFlow<()> + Send + Sync>;

/// What the reflector and the handles share.
struct Core<V> {
    resource: Resource,
    selector: Selector,
    state: RwLock<State<V>>,
    /// Held while a change is applied and told, so that handlers see changes in order and may read the cache.
    handlers: Mutex<Vec<Handler<V>>>,
    /// Wakes who waits in the order in which they came, as a `watch` does not: simulations repeat.
    synced: SetOnce<()>,
}

impl<K: Decode, V: View<K>> Cache<K, V> {
    /// Starts a cache of its own; [`SharedCaches`] is the usual way.
    #[must_use]
    pub fn start(client: &Client, resource: Resource, selector: Selector) -> Self {
        let (core, task) = Self::reflect(client, resource, selector);
        Self::new(core, Reflecting::Owned(task))
    }

    /// Starts a cache that lives until the client's tasks drain.
    fn start_shared(client: &Client, resource: Resource, selector: Selector) -> Self {
        let (core, _detached) = Self::reflect(client, resource, selector);
        Self::new(core, Reflecting::Shared)
    }

    fn reflect(
        client: &Client,
        resource: Resource,
        selector: Selector,
    ) -> (Arc<Core<V>>, TaskHandle<()>) {
        let core = Arc::new(Core {
            resource,
            selector,
            state: RwLock::default(),
            handlers: Mutex::default(),
            synced: SetOnce::new(),
        });
        let name = format!("cache {}", core.resource.plural);
        let run = reflector::run::<K, V>(Arc::clone(&core), client.clone());
        let task = client.platform().tasks.spawn(name, run);
        (core, task)
    }

    fn new(core: Arc<Core<V>>, reflecting: Reflecting) -> Self {
        Self {
            core,
            reflector: Arc::new(reflecting),
            decoded: std::marker::PhantomData,
        }
    }

    /// Completes once the first list is in.
    pub async fn synced(&self) {
        self.core.synced.wait().await;
    }

    #[must_use]
    pub fn is_synced(&self) -> bool {
        self.core.synced.initialized()
    }

    #[must_use]
    pub fn get(&self, key: &ObjectKey) -> Option<Arc<V>> {
        self.core.state.read().get(key)
    }

    /// All objects, or those of a namespace, ordered by namespace and name.
    #[must_use]
    pub fn list(&self, namespace: Option<&str>) -> Vec<Arc<V>> {
        self.core.state.read().list(namespace)
    }

    /// The keys of [`Self::list`].
    #[must_use]
    pub fn keys(&self, namespace: Option<&str>) -> Vec<ObjectKey> {
        self.core.state.read().keys(namespace)
    }

    /// Objects whose controller (`ownerReferences` with `controller: true`) has this uid.
    #[must_use]
    pub fn owned_by(&self, uid: &str) -> Vec<Arc<V>> {
        self.core.state.read().owned_by(uid)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.core.state.read().len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The revision up to which everything is known; empty before the first list.
    #[must_use]
    pub fn revision(&self) -> Str {
        self.core.state.read().revision()
    }

    /// An index by what `values` pushes for an object. The same `name` gives the same index again, so `values`
    /// must then be the same function.
    #[must_use]
    pub fn index_by(&self, name: &'static str, values: fn(&V, &mut Vec<Str>)) -> Index<V> {
        let id = self.core.state.write().add_index(name, values);
        Index::new(Arc::clone(&self.core), id)
    }

    /// Calls `handler` for every object that is there (as an addition), then for every change, in order. It runs
    /// in the watch's task: it may read caches and fill queues, and must not wait or add handlers here.
    pub fn on_change(&self, handler: impl Fn(Change<'_, V>) + Send + Sync + 'static) {
        self.core.add_handler(Box::new(move |change| {
            handler(change);
            ControlFlow::Continue(())
        }));
    }

    /// Keys of changed objects, coalesced while the subscriber is busy. At most `keys_max` are kept; beyond
    /// that the subscriber is told that everything may have changed.
    #[must_use]
    pub fn subscribe(&self, keys_max: usize) -> Subscription {
        let (subscription, notifier) = subscription::pair(keys_max);
        self.core
            .add_handler(Box::new(move |change| notifier.notify(change.key)));
        subscription
    }
}

impl<V> Core<V> {
    fn add_handler(&self, handler: Handler<V>) {
        let mut handlers = self.handlers.lock();
        let existing = self.state.read().entries();
        for (key, object) in &existing {
            let change = Change {
                key,
                old: None,
                new: Some(object),
            };
            if handler(change).is_break() {
                return;
            }
        }
        handlers.push(handler);
    }
}

impl<K, V> Clone for Cache<K, V> {
    fn clone(&self) -> Self {
        Self {
            core: Arc::clone(&self.core),
            reflector: Arc::clone(&self.reflector),
            decoded: self.decoded,
        }
    }
}

impl<K, V> fmt::Debug for Cache<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache")
            .field("resource", &self.core.resource.plural)
            .field("selector", &self.core.selector)
            .field("len", &self.core.state.read().len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
