//! Watches of resources of which quotas count the objects: each begins when a quota first names it and ends with the last that does.

use ::quota::counted;
use api::core::v1::ResourceQuota;
use client::{
    Cache, Client, Metadata, Queue, Resource,
    cache::{Selector, View},
    controller::ReconcileError,
    discovery::discover,
    key_of,
};
use meta::{ObjectKey, Str};
use parking_lot::Mutex;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// Where new kinds are defined.
const KINDS: (&str, &str) = ("apiextensions.k8s.io", "customresourcedefinitions");

/// How soon a quota is looked at.
#[derive(Clone, Copy)]
pub(super) enum When {
    Now,
    /// Admission has said what is used, and the write of which it has said so may still be on its way.
    Settled,
}

/// How long a write may be on its way.
const SETTLED: Duration = Duration::from_secs(1);

impl When {
    pub(super) const fn of(is_said_by_admission: bool) -> Self {
        if is_said_by_admission {
            Self::Settled
        } else {
            Self::Now
        }
    }
}

/// Queues quotas.
#[derive(Clone)]
pub(super) struct Wake {
    pub(super) queue: Queue<ObjectKey>,
    pub(super) quotas: Cache<ResourceQuota>,
}

impl Wake {
    /// Whether a namespace has quotas.
    pub(super) fn is_bounded(&self, namespace: &str) -> bool {
        !self.quotas.is_empty() && !self.quotas.list(Some(namespace)).is_empty()
    }

    pub(super) fn quota(&self, key: ObjectKey, when: When) {
        match when {
            When::Now => self.queue.add(key),
            When::Settled => self.queue.add_after(key, SETTLED),
        }
    }

    /// Those in a namespace that have a bound that is concerned.
    pub(super) fn namespace(
        &self,
        namespace: &str,
        when: When,
        is_concerned: impl Fn(&str) -> bool,
    ) {
        for quota in self.quotas.list(Some(namespace)) {
            if quota.spec.hard.keys().any(|name| is_concerned(name)) {
                self.quota(key_of(&quota.metadata), when);
            }
        }
    }

    fn all(&self) {
        for quota in self.quotas.list(None) {
            self.queue.add(key_of(&quota.metadata));
        }
    }
}

/// That an object is there.
#[derive(Debug)]
struct Present;

impl View<Metadata> for Present {
    fn of(_: Metadata) -> Self {
        Self
    }
}

/// Group and plural.
type Name = (Str, Str);

pub(super) struct Monitors {
    reader: Client,
    wake: Wake,
    watched: Mutex<BTreeMap<Name, Cache<Metadata, Present>>>,
}

impl Monitors {
    pub(super) fn new(reader: Client, wake: Wake) -> Self {
        Self {
            reader,
            wake,
            watched: Mutex::default(),
        }
    }

    /// Objects of a resource in a namespace. `None`: the server has no such resource; when it gets new ones, all quotas are woken.
    pub(super) async fn count(
        &self,
        group: &str,
        plural: &str,
        namespace: &str,
    ) -> Result<Option<usize>, ReconcileError> {
        let Some(cache) = self.watch(group, plural).await? else {
            self.watch(KINDS.0, KINDS.1).await?;
            return Ok(None);
        };
        cache.synced().await;
        Ok(Some(cache.list(Some(namespace)).len()))
    }

    async fn watch(
        &self,
        group: &str,
        plural: &str,
    ) -> Result<Option<Cache<Metadata, Present>>, ReconcileError> {
        let name = (Str::from(group), Str::from(plural));
        if let Some(cache) = self.watched.lock().get(&name) {
            return Ok(Some(cache.clone()));
        }
        let found = discover(&self.reader).await?.resources;
        let found = found.into_iter().find(|found| {
            let resource = &found.resource;
            resource.group == group && resource.plural == plural && found.can("watch")
        });
        let Some(found) = found else {
            return Ok(None);
        };
        let cache = self.start(found.resource);
        let mut watched = self.watched.lock();
        Ok(Some(watched.entry(name).or_insert(cache).clone()))
    }

    fn start(&self, resource: Resource) -> Cache<Metadata, Present> {
        let (group, plural) = (resource.group.clone(), resource.plural.clone());
        let cache = Cache::start(&self.reader, resource, Selector::default());
        let wake = self.wake.clone();
        cache.on_change(move |change| match &change.key.namespace {
            Some(_) if change.old.is_some() && change.new.is_some() => {}
            Some(namespace) => wake.namespace(namespace, When::of(change.old.is_none()), |name| {
                counted(name) == Some((plural.as_str(), group.as_str()))
            }),
            // A kind was defined, or is now served.
            None => wake.all(),
        });
        cache
    }

    /// Ends the watches that no quota needs.
    pub(super) fn keep_needed(&self) {
        let quotas = self.wake.quotas.list(None);
        let names = quotas.iter().flat_map(|quota| quota.spec.hard.keys());
        let needed: BTreeSet<(&str, &str)> = names.filter_map(|name| counted(name)).collect();
        self.watched.lock().retain(|(group, plural), _| {
            let name = (plural.as_str(), group.as_str());
            needed.contains(&name) || (group.as_str(), plural.as_str()) == KINDS
        });
    }
}
