//! Of the caches of resources. Names and labels are upstream's `storage/cacher/metrics`, and one of `storage/etcd3/metrics`.
use crate::cache::{Counts, LOG_EVENTS_MAX};
use std::time::Duration;
use telemetry::metrics::{Counter, Family, Gauge, Histogram, Registry};

const RESOURCE: &[&str] = &["group", "resource"];
/// Of `apiserver_watch_cache_read_wait_seconds`, in seconds: as long as reads wait.
const WAIT_BUCKETS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0,
];

/// The families.
pub(super) struct Caches {
    stored: Family<Counter>,
    received: Family<Counter>,
    dispatched: Family<Counter>,
    initializations: Family<Counter>,
    terminated: Family<Counter>,
    listed: Family<Counter>,
    consistent: Family<Counter>,
    capacity: Family<Gauge>,
    waits: Family<Histogram>,
}

impl Caches {
    pub(super) fn new(registry: &Registry) -> Self {
        let counter = |name, help| registry.counter(name, help, RESOURCE);
        Self {
            stored: counter(
                "apiserver_storage_events_received_total",
                "[BETA] Number of etcd events received split by kind.",
            ),
            received: counter(
                "apiserver_watch_cache_events_received_total",
                "[ALPHA] Counter of events received in watch cache broken by resource type.",
            ),
            dispatched: counter(
                "apiserver_watch_cache_events_dispatched_total",
                "[ALPHA] Counter of events dispatched in watch cache broken by resource type.",
            ),
            initializations: counter(
                "apiserver_watch_cache_initializations_total",
                "[ALPHA] Counter of watch cache initializations broken by resource type.",
            ),
            terminated: counter(
                "apiserver_terminated_watchers_total",
                "[ALPHA] Counter of watchers closed due to unresponsiveness broken by resource type.",
            ),
            listed: counter(
                "apiserver_cache_list_returned_objects_total",
                "[ALPHA] Number of objects returned for a LIST request from watch cache",
            ),
            consistent: registry.counter(
                "apiserver_watch_cache_consistent_read_total",
                "[ALPHA] Counter for consistent reads from cache.",
                &["fallback", "group", "resource", "success"],
            ),
            capacity: registry.gauge(
                "watch_cache_capacity",
                "[ALPHA] Total capacity of watch cache broken by resource type.",
                RESOURCE,
            ),
            waits: registry.histogram(
                "apiserver_watch_cache_read_wait_seconds",
                "[ALPHA] Histogram of time spent waiting for a watch cache to become fresh.",
                RESOURCE,
                WAIT_BUCKETS,
            ),
        }
    }

    /// A read of a resource waited for the version that it named.
    pub(super) fn waited(&self, labels: &[&str; 2], took: Duration) {
        self.waits.with(labels).observe_duration(took);
    }

    /// Shows what the cache of a resource has counted. What has never happened is not shown. An event that is received goes to
    /// the watchers with nothing in between, so that three families have one count.
    pub(super) fn show(&self, labels: &[&str; 2], counts: &Counts) {
        let [group, resource] = *labels;
        let plain = [
            (&self.stored, &counts.events),
            (&self.received, &counts.events),
            (&self.dispatched, &counts.events),
            (&self.initializations, &counts.initializations),
            (&self.terminated, &counts.terminated),
            (&self.listed, &counts.listed),
        ];
        for (family, count) in plain.into_iter().filter(|(_, count)| count.get() > 0) {
            family.adopt(labels, count);
        }
        if counts.consistent.get() > 0 {
            let labels = ["false", group, resource, "true"];
            self.consistent.adopt(&labels, &counts.consistent);
        }
        let capacity = i64::try_from(LOG_EVENTS_MAX).unwrap_or(i64::MAX);
        self.capacity.with(labels).set(capacity);
    }
}
