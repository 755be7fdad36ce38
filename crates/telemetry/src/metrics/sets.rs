//! Handles of several families' series that are counted together.

use super::{SERIES_MAX, Table};
use parking_lot::RwLock;
use std::fmt;
use std::sync::Arc;

/// Sets of handles by the values that their series share, so that one look-up finds all of them. Holds at most [`SERIES_MAX`] of
/// them: the families themselves count what is beyond in one series.
pub struct Sets<T>(RwLock<Table<T>>);

impl<T> Sets<T> {
    /// Without sets.
    #[must_use]
    pub fn new() -> Self {
        Self(RwLock::default())
    }

    /// Counts with the set of these values, made on first use. Nothing is allocated for one that is there.
    pub fn count(&self, values: &[&str], make: impl FnOnce() -> T, count: impl FnOnce(&T)) {
        if let Some(set) = self.0.read().get(values) {
            return count(set);
        }
        let made = make();
        let mut sets = self.0.write();
        if sets.len() >= SERIES_MAX {
            return count(&made);
        }
        let set = Arc::clone(sets.get_or_insert(values, || made));
        drop(sets);
        count(&set);
    }
}

impl<T> Default for Sets<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Sets<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sets")
            .field("count", &self.0.read().len())
            .finish()
    }
}
