//! What the cache of one resource counts, on its own: nobody looks a label up for an event. Scrapes show it.
use std::sync::Arc;
use telemetry::metrics::Counter;

/// Handles that are shown as series of upstream's families.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Events of the store that came to this cache, which all go to its watchers.
    pub(crate) events: Arc<Counter>,
    /// How often everything was read from the store.
    pub(crate) initializations: Arc<Counter>,
    /// Watchers that were ended because they took their events too slowly.
    pub(crate) terminated: Arc<Counter>,
    /// Objects that lists were answered with.
    pub(crate) listed: Arc<Counter>,
    /// Lists of what there is now, answered from memory.
    pub(crate) consistent: Arc<Counter>,
}
