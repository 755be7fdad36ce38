//! Of watches.
use resource::ResourceInfo;
use std::{sync::Arc, time::Duration};
use telemetry::metrics::{Counter, Family, Histogram, Registry};

/// Of `apiserver_watch_list_duration_seconds`, in seconds.
const WATCH_LIST_BUCKETS: &[f64] = &[
    0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];

/// Of `apiserver_watch_events_sizes`, in bytes.
const SIZE_BUCKETS: &[f64] = &[
    1024.0, 2048.0, 4096.0, 8192.0, 16384.0, 32768.0, 65536.0, 131_072.0,
];

/// The families.
pub(crate) struct Watches {
    watch_events: Family<Counter>,
    sizes: Family<Histogram>,
    initial: Family<Counter>,
    watch_lists: Family<Histogram>,
}

impl Watches {
    pub(super) fn new(registry: &Registry) -> Self {
        Self {
            watch_events: registry.counter(
                "apiserver_watch_events_total",
                "[ALPHA] Number of events sent in watch clients",
                &["group", "resource", "version"],
            ),
            sizes: registry.histogram(
                "apiserver_watch_events_sizes",
                "[ALPHA] Watch event size distribution in bytes",
                &["group", "resource", "version"],
                SIZE_BUCKETS,
            ),
            initial: registry.counter(
                "apiserver_init_events_total",
                "[ALPHA] Counter of init events processed in watch cache broken by resource type.",
                &["group", "resource"],
            ),
            watch_lists: registry.histogram(
                "apiserver_watch_list_duration_seconds",
                "[BETA] Response latency distribution in seconds for watch list requests broken by group, version, resource and scope.",
                &["group", "resource", "scope", "version"],
                WATCH_LIST_BUCKETS,
            ),
        }
    }

    /// Counts the events of watches of a resource.
    pub(crate) fn events_of(&self, info: &ResourceInfo) -> Arc<Counter> {
        self.watch_events
            .with(&[&info.group, &info.plural, &info.version])
    }

    /// Counts the bytes of events of watches of a resource.
    pub(crate) fn sizes_of(&self, info: &ResourceInfo) -> Arc<Histogram> {
        self.sizes.with(&[&info.group, &info.plural, &info.version])
    }

    /// So many events told what there was.
    pub(crate) fn began_with(&self, info: &ResourceInfo, events: usize) {
        let counter = self.initial.with(&[&info.group, &info.plural]);
        counter.add(events as u64);
    }

    /// A streaming list has sent what there was.
    pub(crate) fn listed(&self, info: &ResourceInfo, scope: &str, took: Duration) {
        let labels = [&*info.group, &*info.plural, scope, &*info.version];
        self.watch_lists.with(&labels).observe_duration(took);
    }
}
