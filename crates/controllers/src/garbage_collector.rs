//! Deletes objects whose owners are gone, in the background or before their owner; orphans them where asked to.
//!
//! Every resource that discovery shows is watched as [`Links`] alone: who owns it, and whether it is going. The
//! graph of these says what to look at; what is then done is decided on live objects, never on the graph.

mod act;
mod graph;
mod links;
mod plan;

use self::{
    act::Collector,
    graph::{Graph, Work},
    links::Links,
};
use crate::Options;
use client::{
    Cache, Client, Metadata, Queue, Resource,
    backoff::Backoff,
    cache::Selector,
    controller::Builder,
    discovery::{Discovered, discover},
};
use parking_lot::Mutex;
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::sync::Notify;

/// Objects worked on at once, as upstream's `--concurrent-gc-syncs`.
const WORKERS: usize = 20;
/// New kinds come in bursts: wait until one is over.
const SETTLE: Duration = Duration::from_secs(1);

pub(crate) fn register(builder: Builder, _: &Options) {
    let platform = builder.platform().clone();
    let shared = Arc::new(Shared {
        graph: Mutex::new(Graph::default()),
        queue: builder.queue_of("garbage_collector_attempt_to_delete"),
        kinds_changed: Notify::new(),
        resources: Mutex::default(),
    });
    let monitor = Monitor {
        reader: builder.caches().client().clone(),
        shared: Arc::clone(&shared),
    };
    let collector = Arc::new(Collector {
        client: builder.client(),
        events: builder.recorder("garbage-collector-controller"),
        shared: Arc::clone(&shared),
    });
    let tasks = platform.tasks.clone();
    builder.spawn(async move {
        let draining = tasks.draining();
        tokio::select! {
            biased;
            () = draining => shared.queue.close(),
            () = monitor.run(|| {
                for _ in 0..WORKERS {
                    drop(tasks.spawn("garbage-collector-controller", work(Arc::clone(&collector))));
                }
            }) => {}
        }
    });
}

/// What the watches fill and the workers read.
struct Shared {
    graph: Mutex<Graph>,
    queue: Queue<Work>,
    /// A kind was defined or removed.
    kinds_changed: Notify,
    resources: Mutex<Resources>,
}

/// The resources that are watched, by group and kind; graph nodes name them by their number.
#[derive(Debug, Default)]
struct Resources {
    numbered: Vec<Resource>,
    by_kind: BTreeMap<(String, String), u32>,
}

impl Resources {
    fn get(&self, number: u32) -> Option<Resource> {
        self.numbered.get(usize::try_from(number).ok()?).cloned()
    }

    fn of_kind(&self, group: &str, kind: &str) -> Option<Resource> {
        self.get(*self.by_kind.get(&(group.to_owned(), kind.to_owned()))?)
    }

    /// Its number is not given again: what the graph knows by it is gone.
    fn remove(&mut self, resource: &Resource) {
        let key = (resource.group.to_string(), resource.kind.to_string());
        self.by_kind.remove(&key);
    }

    /// `None` when it is there already.
    fn add(&mut self, resource: &Resource) -> Option<u32> {
        let key = (resource.group.to_string(), resource.kind.to_string());
        if self.by_kind.contains_key(&key) {
            return None;
        }
        let number =
            u32::try_from(self.numbered.len()).expect("a server has fewer than 2^32 kinds");
        self.numbered.push(resource.clone());
        self.by_kind.insert(key, number);
        Some(number)
    }
}

/// A resource and what is known of its objects.
type Watched = (Resource, Cache<Metadata, Links>);

/// Keeps a watch on every resource that can be deleted.
struct Monitor {
    reader: Client,
    shared: Arc<Shared>,
}

impl Monitor {
    /// Calls `start_workers` when every resource has been listed once.
    async fn run(self, start_workers: impl FnOnce()) {
        let mut watched = Vec::new();
        self.follow(&mut watched).await;
        for (_, cache) in &watched {
            cache.synced().await;
        }
        start_workers();
        loop {
            self.shared.kinds_changed.notified().await;
            self.reader.platform().clock.sleep(SETTLE).await;
            self.follow(&mut watched).await;
        }
    }

    /// Starts watches on resources that have none, and ends those on resources that are gone; a server that cannot say is asked
    /// again.
    async fn follow(&self, watched: &mut Vec<Watched>) {
        let mut failures = 0;
        let found = loop {
            match discover(&self.reader).await {
                Ok(found) => break found,
                Err(error) => {
                    tracing::debug!(%error, failures, "discovery failed, will retry");
                    let delay = Backoff::REFLECTOR.delay(failures, 0.0);
                    failures = failures.saturating_add(1);
                    self.reader.platform().clock.sleep(delay).await;
                }
            }
        };
        let watchable = found.resources.iter().filter(|found| is_collectable(found));
        let watchable: Vec<&Resource> = watchable.map(|found| &found.resource).collect();
        if found.stale.is_empty() {
            watched.retain(|(resource, _)| {
                let stays = watchable.contains(&resource);
                if !stays {
                    self.shared.resources.lock().remove(resource);
                }
                stays
            });
        }
        let new = watchable.into_iter();
        watched.extend(new.filter_map(|new| Some((new.clone(), self.watch(new)?))));
    }

    fn watch(&self, resource: &Resource) -> Option<Cache<Metadata, Links>> {
        let number = self.shared.resources.lock().add(resource)?;
        self.shared.graph.lock().define(number, &resource.kind);
        let selector = Selector {
            parts: links::PARTS,
            ..Selector::default()
        };
        let cache = Cache::<Metadata, Links>::start(&self.reader, resource.clone(), selector);
        let shared = Arc::clone(&self.shared);
        let defines_kinds = matches!(
            resource.kind.as_str(),
            "CustomResourceDefinition" | "APIService"
        );
        cache.on_change(move |change| {
            let work = shared.graph.lock().apply(number, &change);
            work.into_iter().for_each(|work| shared.queue.add(work));
            if defines_kinds {
                shared.kinds_changed.notify_one();
            }
        });
        Some(cache)
    }
}

/// Events are too many and own nothing.
fn is_collectable(found: &Discovered) -> bool {
    let is_event = found.resource.plural == "events";
    !is_event
        && ["delete", "list", "watch"]
            .iter()
            .all(|verb| found.can(verb))
}

async fn work(collector: Arc<Collector>) {
    let queue = collector.shared.queue.clone();
    while let Some(work) = queue.next().await {
        match collector.work(&work).await {
            Ok(()) => queue.forget(&work),
            Err(error) => {
                tracing::debug!(?work, %error, "collection will be retried");
                queue.retry(work.clone());
            }
        }
    }
}
