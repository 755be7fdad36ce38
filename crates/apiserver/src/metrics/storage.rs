//! Of what is stored, and of writing it. Names, labels and buckets are upstream's `storage/etcd3/metrics` and `storage/cacher/metrics`.
use super::caches::Caches;
use crate::shared::Api;
use resource::ResourceInfo;
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use telemetry::metrics::{Counter, Family, Gauge, Histogram, Registry, Sets};

/// Of `etcd_request_duration_seconds`, in seconds.
const BUCKETS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0,
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];
/// The one store that there is, as upstream numbers several.
const CLUSTER: &str = "etcd-0";

pub(crate) struct Storage {
    /// By the name that upstream has retired in favour of the next.
    objects: Family<Gauge>,
    resource_objects: Family<Gauge>,
    resource_bytes: Family<Gauge>,
    revisions: Family<Gauge>,
    bytes: Family<Gauge>,
    caches: Caches,
    durations: Family<Histogram>,
    requests: Family<Counter>,
    errors: Family<Counter>,
    writes: Sets<Writes>,
}

/// What writes of one sort to one resource are counted in.
struct Writes {
    requests: Arc<Counter>,
    durations: Arc<Histogram>,
    /// There is none before the first.
    errors: OnceLock<Arc<Counter>>,
}

impl Storage {
    pub(super) fn new(registry: &Registry) -> Self {
        const RESOURCE: &[&str] = &["group", "resource"];
        const REQUEST: &[&str] = &["group", "operation", "resource"];
        Self {
            objects: registry.gauge(
                "apiserver_storage_objects",
                "[STABLE] (Deprecated since 1.34.0) [DEPRECATED, consider using apiserver_resource_objects instead] Number of stored objects at the time of last check split by kind. In case of a fetching error, the value will be -1.",
                &["resource"],
            ),
            resource_objects: registry.gauge(
                "apiserver_resource_objects",
                "[ALPHA] Number of stored objects at the time of last check split by kind. In case of a fetching error, the value will be -1.",
                RESOURCE,
            ),
            resource_bytes: registry.gauge(
                "apiserver_resource_size_estimate_bytes",
                "[ALPHA] Estimated size of stored objects in database. Estimate is based on sum of last observed sizes of serialized objects. In case of a fetching error, the value will be -1.",
                RESOURCE,
            ),
            revisions: registry.gauge(
                "apiserver_watch_cache_resource_version",
                "[ALPHA] Current resource version of watch cache broken by resource type. This is truncated to the 15 least significant digits.",
                RESOURCE,
            ),
            bytes: registry.gauge(
                "apiserver_storage_size_bytes",
                "[STABLE] Size of the storage database file physically allocated in bytes.",
                &["storage_cluster_id"],
            ),
            caches: Caches::new(registry),
            durations: registry.histogram(
                "etcd_request_duration_seconds",
                "[ALPHA] Etcd request latency in seconds for each operation and object type.",
                REQUEST,
                BUCKETS,
            ),
            requests: registry.counter("etcd_requests_total", "[ALPHA] Etcd request counts for each operation and object type.", REQUEST),
            errors: registry.counter(
                "etcd_request_errors_total",
                "[ALPHA] Etcd failed request counts for each operation and object type.",
                REQUEST,
            ),
            writes: Sets::new(),
        }
    }

    /// A write has ended. `operation` is `create`, `update` or `delete`.
    pub(crate) fn written(
        &self,
        operation: &str,
        info: &ResourceInfo,
        took: Duration,
        is_refused: bool,
    ) {
        let labels = &[&*info.group, operation, &*info.plural];
        let made = || Writes {
            requests: self.requests.with(labels),
            durations: self.durations.with(labels),
            errors: OnceLock::new(),
        };
        self.writes.count(labels, made, |writes| {
            writes.requests.increment();
            writes.durations.observe_duration(took);
            if is_refused {
                let errors = || self.errors.with(labels);
                writes.errors.get_or_init(errors).increment();
            }
        });
    }

    /// A read waited for the version that it named.
    pub(crate) fn waited(&self, info: &ResourceInfo, took: Duration) {
        self.caches.waited(&[&info.group, &info.plural], took);
    }

    /// Counts what is there now.
    pub(super) fn look(&self, api: &Api) {
        for counted in api.caches.counts() {
            let labels = &[counted.group.as_str(), counted.plural.as_str()];
            let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
            self.objects
                .with(&[&counted.name])
                .set(number(counted.objects));
            self.resource_objects
                .with(labels)
                .set(number(counted.objects));
            self.resource_bytes.with(labels).set(number(counted.bytes));
            // A gauge is a float, which is exact for so many digits.
            let digits = counted.revision % 1_000_000_000_000_000;
            self.revisions.with(labels).set(number(digits));
            self.caches.show(labels, &counted.counts);
        }
        let bytes = api.store.size_bytes();
        self.bytes
            .with(&[CLUSTER])
            .set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }
}
