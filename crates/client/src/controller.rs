//! Level-triggered controllers: a key goes in, never an event.
//!
//! A controller is registered with a [`Builder`]: it names the caches it reads, how their changes become keys,
//! and the [`Reconciler`] that settles one key. Workers start when all its caches have their first list.

use crate::{
    Cache, Client, Error, Queue, SharedCaches,
    backoff::Backoff,
    cache::{Decode, Selector, View},
    events::Recorder,
    key_of,
    queue::{Key, Queues},
};
use meta::{Kind, ObjectKey, ObjectMeta};
use platform::Platform;
use std::{fmt, future::Future, sync::Arc, time::Duration};

/// Settles one key: looks at the whole state, is idempotent, runs one at a time per key.
pub trait Reconciler: Send + Sync + 'static {
    /// Called when the key's object, or something that belongs to it, may have changed or gone.
    fn reconcile(
        &self,
        key: &ObjectKey,
    ) -> impl Future<Output = Result<Action, ReconcileError>> + Send;
}

/// What comes after a reconcile that went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing, until something changes.
    Settled,
    /// Look again when so much time has passed, if nothing changes before.
    RequeueAfter(Duration),
}

/// Why a reconcile did not settle; the key is tried again with back-off.
#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    #[error("the API server refused")]
    Api(#[from] Error),
    /// What we read was older than what we have written.
    #[error("the cache is behind")]
    Stale,
    #[error("{0}")]
    Other(String),
}

/// How each controller gets its own identity.
pub type Identities = Arc<dyn Fn(&str) -> Client + Send + Sync>;

/// What all controllers of a process share. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// Read with one identity for all, as upstream's shared informers.
    pub caches: SharedCaches,
    /// The client of a service account of `kube-system`, by its name (`replicaset-controller`).
    pub clients: Identities,
    pub platform: Platform,
    /// Their work queues.
    pub queues: Queues,
}

impl Context {
    /// `name` is its own among those of the process.
    #[must_use]
    pub fn queue<T: Key>(&self, name: &'static str) -> Queue<T> {
        Queue::counted(self.platform.clone(), Backoff::QUEUE, &self.queues, name)
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("caches", &self.caches)
            .finish_non_exhaustive()
    }
}

/// Handed to each controller's `register`; records what it watches.
pub struct Builder {
    name: &'static str,
    service_account: &'static str,
    context: Context,
    queue: Queue<ObjectKey>,
    workers: usize,
    waits: Vec<crate::BoxFuture<'static, ()>>,
}

impl Builder {
    /// `name` is what logs and tasks call the controller, `service_account` whom it acts as.
    #[must_use]
    pub fn new(name: &'static str, service_account: &'static str, context: &Context) -> Self {
        let queue = context.queue(name);
        Self {
            name,
            service_account,
            context: context.clone(),
            queue,
            workers: 5,
            waits: Vec::new(),
        }
    }

    /// Writes with the controller's own identity.
    #[must_use]
    pub fn client(&self) -> Client {
        (self.context.clients)(self.service_account)
    }

    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.context.platform
    }

    #[must_use]
    pub fn caches(&self) -> &SharedCaches {
        &self.context.caches
    }

    /// The queue that the workers take from, for handlers that make keys themselves.
    #[must_use]
    pub fn queue(&self) -> Queue<ObjectKey> {
        self.queue.clone()
    }

    /// Another queue, for workers of the controller's own.
    #[must_use]
    pub fn queue_of<T: Key>(&self, name: &'static str) -> Queue<T> {
        self.context.queue(name)
    }

    /// Events whose source is `component`.
    #[must_use]
    pub fn recorder(&self, component: &str) -> Recorder {
        Recorder::start(self.client(), component)
    }

    /// Keys that are worked on at once; 5 unless set, as upstream's controllers.
    pub fn workers(&mut self, workers: usize) -> &mut Self {
        self.workers = workers;
        self
    }

    /// A cache to look things up in; its changes wake nobody.
    pub fn cache<K: Kind>(&mut self) -> Cache<K> {
        self.view::<K, K>(Selector::default())
    }

    /// A selected cache of views to look things up in.
    pub fn view<K: Kind, V: View<K>>(&mut self, selector: Selector) -> Cache<K, V> {
        let cache = self.context.caches.view::<K, V>(selector);
        self.wait_for(&cache);
        cache
    }

    /// Workers start only after `cache` has its first list.
    pub fn wait_for<K: Decode, V: View<K>>(&mut self, cache: &Cache<K, V>) {
        let cache = cache.clone();
        self.waits
            .push(Box::pin(async move { cache.synced().await }));
    }

    /// The kind whose objects are reconciled: each change queues the object's own key.
    pub fn primary<K: Kind>(&mut self) -> Cache<K> {
        let cache = self.cache::<K>();
        let queue = self.queue.clone();
        cache.on_change(move |change| queue.add(change.key.clone()));
        cache
    }

    /// A kind whose objects belong to objects of kind `P`: each change queues the controlling `P`, before and
    /// after the change.
    pub fn owned<K: Kind, P: Kind>(&mut self) -> Cache<K> {
        self.mapped(|object: &K| {
            controller_key::<P>(Kind::metadata(object))
                .into_iter()
                .collect()
        })
    }

    /// A kind whose changes queue the keys that `keys` gives for the object, before and after the change.
    pub fn mapped<K: Kind>(
        &mut self,
        keys: impl Fn(&K) -> Vec<ObjectKey> + Send + Sync + 'static,
    ) -> Cache<K> {
        let cache = self.cache::<K>();
        let queue = self.queue.clone();
        cache.on_change(move |change| {
            for object in change.old.into_iter().chain(change.new) {
                for key in keys(object) {
                    queue.add(key);
                }
            }
        });
        cache
    }

    /// The same controller's builder for another queue, with another sort of keys.
    #[must_use]
    pub fn sibling(&self) -> Self {
        Self::new(self.name, self.service_account, &self.context)
    }

    /// Starts a task of this controller that is no reconciler.
    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        drop(self.context.platform.tasks.spawn(self.name, future));
    }

    /// What to wait for before the first work; empties the list.
    pub fn take_waits(&mut self) -> crate::BoxFuture<'static, ()> {
        let waits = std::mem::take(&mut self.waits);
        Box::pin(async move {
            for wait in waits {
                wait.await;
            }
        })
    }

    /// Starts the workers.
    pub fn run<R: Reconciler>(mut self, reconciler: R) {
        let waits = self.take_waits();
        let reconciler = Arc::new(reconciler);
        let tasks = self.context.platform.tasks.clone();
        let (name, queue, workers) = (self.name, self.queue, self.workers);
        let draining = tasks.draining();
        let closing = queue.clone();
        drop(tasks.clone().spawn(name, async move {
            tokio::select! {
            biased;
                () = tasks.draining() => return,
                () = waits => {}
            }
            for _ in 0..workers {
                let worker = work(name, queue.clone(), Arc::clone(&reconciler));
                drop(tasks.spawn(name, worker));
            }
            draining.await;
            closing.close();
        }));
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The controlling owner, when it is of kind `P`.
#[must_use]
pub fn controller_key<P: Kind>(metadata: &ObjectMeta) -> Option<ObjectKey> {
    let owner = metadata
        .owner_references
        .iter()
        .find(|owner| owner.controller == Some(true))?;
    let group = owner
        .api_version
        .split_once('/')
        .map_or("", |(group, _)| group);
    (owner.kind == P::KIND && group == P::GROUP).then(|| ObjectKey {
        namespace: key_of(metadata).namespace,
        name: owner.name.clone(),
    })
}

async fn work<R: Reconciler>(name: &'static str, queue: Queue<ObjectKey>, reconciler: Arc<R>) {
    while let Some(key) = queue.next().await {
        match reconciler.reconcile(&key).await {
            Ok(action) => {
                queue.forget(&key);
                if let Action::RequeueAfter(delay) = action {
                    queue.add_after(key.clone(), delay);
                }
            }
            Err(error) => {
                let failures = queue.failures(&key);
                report(name, &key, &error, failures);
                queue.retry(key.clone());
            }
        }
    }
}

/// Conflicts and a late cache are normal life; what stays wrong is told when its back-off grows long.
fn report(controller: &str, key: &ObjectKey, error: &ReconcileError, failures: u32) {
    let routine = match error {
        ReconcileError::Stale => true,
        ReconcileError::Api(error) => error.is_overtaken(),
        ReconcileError::Other(_) => false,
    };
    let source = std::error::Error::source(error);
    if routine && failures < 10 {
        tracing::debug!(controller, ?key, error = %error, source, failures, "reconcile will be retried");
    } else {
        tracing::info!(controller, ?key, error = %error, source, failures, "reconcile will be retried");
    }
}
