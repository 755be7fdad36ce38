//! [`Endpoint`]: one resource in one of the versions in which it is served, over the cache that all its versions share.
use crate::{
    cache::{self, Entry, ResourceCache},
    custom::Definition,
};
use meta::codec;
use patch::Node;
use resource::{Object, ResourceInfo, Served};
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
}

impl Endpoint {
    pub(crate) fn new(cache: Arc<ResourceCache>, served: Served) -> Self {
        Self {
            cache,
            served,
            definition: None,
            zero: OnceLock::new(),
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
            Some(definition) => definition.apply_node(&info.api_version),
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
            "",
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
