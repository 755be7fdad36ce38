//! [`Endpoint`]: one resource in one of the versions in which it is served, over the cache that all its versions share.
mod border;

use crate::{cache::ResourceCache, custom::Definition};
use meta::codec;
use patch::Node;
use resource::{ResourceInfo, Served};
use serde_json::Value;
use std::sync::{Arc, OnceLock};

/// What a path like `/apis/GROUP/VERSION/…/PLURAL` leads to.
pub(crate) struct Endpoint {
    pub(crate) cache: Arc<ResourceCache>,
    pub(crate) served: Served,
    /// Of a kind that a definition adds.
    definition: Option<Arc<Definition>>,
    /// The zero object of the version as JSON, for managed fields.
    zero: OnceLock<Value>,
    /// Held by the one watch that converts: the others find what it has made.
    converting: tokio::sync::Mutex<()>,
}

impl Endpoint {
    pub(crate) fn new(cache: Arc<ResourceCache>, served: Served) -> Self {
        Self {
            cache,
            served,
            definition: None,
            zero: OnceLock::new(),
            converting: tokio::sync::Mutex::default(),
        }
    }

    /// The same for a kind that a definition adds.
    pub(crate) fn added(
        cache: Arc<ResourceCache>,
        served: Served,
        definition: Arc<Definition>,
    ) -> Self {
        Self {
            definition: Some(definition),
            ..Self::new(cache, served)
        }
    }

    pub(crate) fn definition(&self) -> Option<&Definition> {
        self.definition.as_deref()
    }

    /// The schema of one of the kind's versions as patches see it.
    pub(crate) fn node(&self, info: &ResourceInfo) -> Node<'_> {
        match &self.definition {
            Some(definition) => definition
                .apply_node(&info.api_version)
                .expect("an endpoint is of a version of its definition"),
            None => schema::lookup(&info.group, &info.version, &info.kind)
                .map_or_else(Node::untyped, Node::builtin),
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
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Endpoint").field(&self.served).finish()
    }
}
