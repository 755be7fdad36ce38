//! [`Definitions`]: keeps what is served in step with the CustomResourceDefinitions of the store.
use super::{
    definition::{Definition, is_served},
    kind::CustomKind,
};
use crate::{
    cache::{Caches, ResourceCache},
    catalog::Catalogs,
    endpoint::Endpoint,
    metrics::Expressions,
};
use api::apiextensions::v1::CustomResourceDefinition;
use meta::{Kind, KindObject, Str};
use parking_lot::Mutex;
use resource::{ResourceType, Served};
use std::{collections::BTreeMap, sync::Arc};
use store::{Event, EventKind};

/// The kinds that definitions have added. Belongs to the task that applies the store's events, which tells it of each change before
/// anyone else can see it.
pub(crate) struct Definitions {
    caches: Arc<Caches>,
    catalogs: Arc<Catalogs>,
    prefix: String,
    expressions: Arc<Expressions>,
    /// By the name of the definition.
    served: Mutex<BTreeMap<Str, Added>>,
}

/// A kind that is served.
struct Added {
    definition: Arc<Definition>,
    cache: Arc<ResourceCache>,
    endpoints: Vec<Arc<Endpoint>>,
}

impl Definitions {
    pub(crate) fn new(
        caches: Arc<Caches>,
        catalogs: Arc<Catalogs>,
        expressions: Arc<Expressions>,
    ) -> Self {
        let (group, plural) = (
            CustomResourceDefinition::GROUP,
            CustomResourceDefinition::PLURAL,
        );
        Self {
            caches,
            catalogs,
            prefix: format!("/registry/{group}/{plural}/"),
            expressions,
            served: Mutex::default(),
        }
    }

    /// Whether a key of the store is a definition's.
    pub(crate) fn concerns(&self, key: &[u8]) -> bool {
        key.starts_with(self.prefix.as_bytes())
    }

    /// Follows one change.
    pub(crate) async fn changed(&self, event: &Event) {
        let Some(name) = event.key.get(self.prefix.len()..) else {
            return;
        };
        let name = Str::from_utf8_lossy(name);
        let definition = match &event.kind {
            EventKind::Delete => None,
            EventKind::Put(new) => {
                let Some(cache) = self.own_cache() else {
                    return;
                };
                let entry = cache.entry(name.clone(), new.value.clone(), event.revision.0);
                entry.ok().and_then(|entry| cache.decode(&entry))
            }
        };
        let definition = definition.as_deref().and_then(downcast);
        if self.follow(name, definition).await {
            self.publish();
        }
    }

    /// Follows all definitions that there are: at start, and after events were missed.
    pub(crate) async fn read_all(&self) {
        let Some(cache) = self.own_cache() else {
            return;
        };
        let all = cache.all();
        let mut gone: Vec<Str> = self.served.lock().keys().cloned().collect();
        let mut changed = false;
        for object in &all {
            let Some(definition) = downcast(&**object) else {
                continue;
            };
            let name = definition.metadata.name.clone();
            gone.retain(|known| *known != name);
            changed |= self.follow(name, Some(definition)).await;
        }
        for name in gone {
            changed |= self.follow(name, None).await;
        }
        if changed {
            self.publish();
        }
    }

    fn own_cache(&self) -> Option<Arc<ResourceCache>> {
        self.caches.of(
            CustomResourceDefinition::GROUP,
            CustomResourceDefinition::PLURAL,
        )
    }

    /// Whether what is served has changed.
    async fn follow(&self, name: Str, definition: Option<&CustomResourceDefinition>) -> bool {
        let wanted = definition.filter(|definition| is_served(definition));
        let known = self
            .served
            .lock()
            .get(&name)
            .map(|known| Arc::clone(&known.definition));
        let Some(wanted) = wanted else {
            return self.remove(&name);
        };
        if let Some(known) = known
            && known.is_of(wanted)
        {
            return known.follow(wanted);
        }
        match self.add(wanted).await {
            Ok(added) => {
                self.served.lock().insert(name, added);
                true
            }
            Err(error) => {
                tracing::error!(%name, %error, "a custom resource cannot be served as its definition says");
                self.remove(&name)
            }
        }
    }

    async fn add(&self, definition: &CustomResourceDefinition) -> Result<Added, AddError> {
        let definition =
            Arc::new(Definition::new(definition, &self.expressions).map_err(AddError::Definition)?);
        let resource: Arc<dyn ResourceType> = Arc::new(CustomKind::new(&definition));
        let cache = self.caches.add(Arc::clone(&resource)).await;
        let cache = cache.map_err(AddError::Objects)?;
        let endpoints = Served::versions_of(&resource)
            .map(|served| {
                let endpoint = Endpoint::added(Arc::clone(&cache), served, Arc::clone(&definition));
                Arc::new(endpoint)
            })
            .collect();
        Ok(Added {
            definition,
            cache,
            endpoints,
        })
    }

    fn remove(&self, name: &Str) -> bool {
        let Some(gone) = self.served.lock().remove(name) else {
            return false;
        };
        // First nobody finds it any more.
        self.publish();
        self.caches.remove(&gone.cache);
        false
    }

    fn publish(&self) {
        let served = self.served.lock();
        let endpoints = served
            .values()
            .flat_map(|added| added.endpoints.iter().cloned());
        self.catalogs.replace(endpoints);
    }
}

/// Why a definition adds no kind.
#[derive(Debug, thiserror::Error)]
enum AddError {
    #[error("its specification is wrong")]
    Definition(#[source] super::definition::DefinitionError),
    #[error("its objects cannot be read")]
    Objects(#[source] crate::cache::FeedError),
}

fn downcast(object: &dyn KindObject) -> Option<&CustomResourceDefinition> {
    object.as_any().downcast_ref()
}
