//! A handle to one index of a cache.

use super::Core;
use meta::Str;
use std::{fmt, sync::Arc};

/// Looks objects up by a value that a function derives from them. Values are never empty.
pub struct Index<V> {
    core: Arc<Core<V>>,
    id: usize,
}

impl<V> Index<V> {
    pub(super) fn new(core: Arc<Core<V>>, id: usize) -> Self {
        Self { core, id }
    }

    /// The objects with this value, in no order.
    #[must_use]
    pub fn get(&self, value: &str) -> Vec<Arc<V>> {
        self.core.state.read().by_index(self.id, value)
    }

    /// How many objects have this value.
    #[must_use]
    pub fn count(&self, value: &str) -> usize {
        self.core.state.read().count_by_index(self.id, value)
    }

    /// Every value that some object has, in no order.
    #[must_use]
    pub fn values(&self) -> Vec<Str> {
        self.core.state.read().index_values(self.id)
    }
}

impl<V> Clone for Index<V> {
    fn clone(&self) -> Self {
        Self {
            core: Arc::clone(&self.core),
            id: self.id,
        }
    }
}

impl<V> fmt::Debug for Index<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
