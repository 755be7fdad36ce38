//! ConfigMaps and Secrets that this node's pods use: one watch for each object, as long as a pod uses it.

use crate::env::Objects;
use api::core::v1::{ConfigMap, Container, LocalObjectReference, Pod, Secret, VolumeSource};
use client::{Cache, Client, Resource};
use meta::{Kind, ObjectKey, Str};
use parking_lot::Mutex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Weak};
use tokio::sync::Notify;

/// The watches that are open, by namespace and name; each lives with its last user.
#[derive(Debug)]
pub(crate) struct ObjectStore {
    client: Client,
    config_maps: Mutex<BTreeMap<ObjectKey, Weak<Watched<ConfigMap>>>>,
    secrets: Mutex<BTreeMap<ObjectKey, Weak<Watched<Secret>>>>,
}

#[derive(Debug)]
struct Watched<K: Kind> {
    cache: Cache<K>,
    /// Pods to tell of changes.
    listeners: Listeners,
}

type Listeners = Arc<Mutex<Vec<Weak<Notify>>>>;

/// The objects of one pod.
#[derive(Debug, Default)]
pub(crate) struct PodObjects {
    namespace: Str,
    config_maps: BTreeMap<Str, Arc<Watched<ConfigMap>>>,
    secrets: BTreeMap<Str, Arc<Watched<Secret>>>,
}

impl ObjectStore {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            config_maps: Mutex::default(),
            secrets: Mutex::default(),
        }
    }

    /// Opens what `pod` refers to. `changed` is told of every change.
    pub(crate) fn of_pod(&self, pod: &Pod, changed: &Arc<Notify>) -> PodObjects {
        let names = references(pod);
        let namespace = pod.metadata.namespace.clone();
        let open = |name: &Str| ObjectKey::namespaced(namespace.clone(), name.clone());
        let config_maps = names.config_maps.iter();
        let secrets = names.secrets.iter();
        PodObjects {
            config_maps: config_maps
                .map(|n| {
                    (
                        n.clone(),
                        watch(&self.client, &self.config_maps, &open(n), changed),
                    )
                })
                .collect(),
            secrets: secrets
                .map(|n| {
                    (
                        n.clone(),
                        watch(&self.client, &self.secrets, &open(n), changed),
                    )
                })
                .collect(),
            namespace: namespace.clone(),
        }
    }
}

fn watch<K: Kind + client::Decode + client::View<K>>(
    client: &Client,
    open: &Mutex<BTreeMap<ObjectKey, Weak<Watched<K>>>>,
    key: &ObjectKey,
    changed: &Arc<Notify>,
) -> Arc<Watched<K>> {
    let mut open = open.lock();
    open.retain(|_, watched| watched.strong_count() > 0);
    let watched = open.get(key).and_then(Weak::upgrade).unwrap_or_else(|| {
        let selector = client::Selector {
            namespace: key.namespace.clone().unwrap_or_default(),
            fields: format!("metadata.name={}", key.name).into(),
            ..client::Selector::default()
        };
        let cache = Cache::start(client, Resource::of::<K>(), selector);
        let listeners = Listeners::default();
        let told = Arc::clone(&listeners);
        cache.on_change(move |_| {
            told.lock()
                .iter()
                .filter_map(Weak::upgrade)
                .for_each(|pod| pod.notify_one())
        });
        let watched = Arc::new(Watched { cache, listeners });
        open.insert(key.clone(), Arc::downgrade(&watched));
        watched
    });
    let mut listeners = watched.listeners.lock();
    let own = Arc::downgrade(changed);
    listeners.retain(|listener| listener.strong_count() > 0 && !listener.ptr_eq(&own));
    listeners.push(own);
    drop(listeners);
    watched
}

impl PodObjects {
    /// Completes once every object is known, present or not.
    pub(crate) async fn synced(&self) {
        for watched in self.config_maps.values() {
            watched.cache.synced().await;
        }
        for watched in self.secrets.values() {
            watched.cache.synced().await;
        }
    }
}

impl Objects for PodObjects {
    fn config_map(&self, name: &str) -> Option<Arc<ConfigMap>> {
        let key = ObjectKey::namespaced(self.namespace.clone(), name);
        self.config_maps.get(name)?.cache.get(&key)
    }

    fn secret(&self, name: &str) -> Option<Arc<Secret>> {
        let key = ObjectKey::namespaced(self.namespace.clone(), name);
        self.secrets.get(name)?.cache.get(&key)
    }
}

/// Names of what a pod refers to.
#[derive(Debug, Default, PartialEq, Eq)]
struct References {
    config_maps: BTreeSet<Str>,
    secrets: BTreeSet<Str>,
}

impl References {
    fn config_map(&mut self, reference: Option<&LocalObjectReference>) {
        self.config_maps
            .extend(reference.map(|reference| reference.name.clone()));
    }

    fn secret(&mut self, reference: Option<&LocalObjectReference>) {
        self.secrets
            .extend(reference.map(|reference| reference.name.clone()));
    }

    fn of_environment(&mut self, container: &Container) {
        for source in &container.env_from {
            self.config_map(
                source
                    .config_map_ref
                    .as_ref()
                    .map(|r| &r.local_object_reference),
            );
            self.secret(
                source
                    .secret_ref
                    .as_ref()
                    .map(|r| &r.local_object_reference),
            );
        }
        for source in container
            .env
            .iter()
            .filter_map(|variable| variable.value_from.as_ref())
        {
            self.config_map(
                source
                    .config_map_key_ref
                    .as_ref()
                    .map(|r| &r.local_object_reference),
            );
            self.secret(
                source
                    .secret_key_ref
                    .as_ref()
                    .map(|r| &r.local_object_reference),
            );
        }
    }

    fn of_volume(&mut self, source: &VolumeSource) {
        self.config_map(
            source
                .config_map
                .as_ref()
                .map(|v| &v.local_object_reference),
        );
        self.secrets
            .extend(source.secret.as_ref().map(|v| v.secret_name.clone()));
        for projection in source
            .projected
            .iter()
            .flat_map(|projected| projected.sources.iter())
        {
            self.config_map(
                projection
                    .config_map
                    .as_ref()
                    .map(|v| &v.local_object_reference),
            );
            self.secret(
                projection
                    .secret
                    .as_ref()
                    .map(|v| &v.local_object_reference),
            );
        }
    }
}

fn references(pod: &Pod) -> References {
    let mut names = References::default();
    pod.spec
        .image_pull_secrets
        .iter()
        .for_each(|reference| names.secret(Some(reference)));
    for (_, container) in crate::pods::containers(pod) {
        names.of_environment(&container);
    }
    pod.spec
        .volumes
        .iter()
        .for_each(|volume| names.of_volume(&volume.volume_source));
    names.config_maps.remove("");
    names.secrets.remove("");
    names
}
