//! What is counted, under upstream's names and labels.
mod labels;
mod tokens;

pub(crate) use self::{labels::Labels, tokens::Tokens};

use crate::shared::Api;
use resource::ResourceInfo;
use std::{sync::Arc, time::Duration};
use telemetry::metrics::{Counter, Family, Gauge, Histogram, Registry, process};

/// Upper bounds of `apiserver_request_duration_seconds`, in seconds.
const BUCKETS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0,
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];

pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Counter>,
    durations: Family<Histogram>,
    in_flight: Family<Gauge>,
    long_running: Family<Gauge>,
    deprecated: Family<Gauge>,
    watch_events: Family<Counter>,
    objects: Family<Gauge>,
    checks: Family<Gauge>,
    panics: Arc<Counter>,
    pub(crate) tokens: Tokens,
}

/// One more of something while it is held.
pub(crate) struct Held(Arc<Gauge>);

impl Held {
    fn new(gauge: Arc<Gauge>) -> Self {
        gauge.add(1);
        Self(gauge)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.add(-1);
    }
}

impl Metrics {
    /// `started` is how long after the epoch the server began.
    pub(crate) fn new(started: Duration) -> Self {
        let registry = Registry::new();
        process::register(&registry, started);
        Self {
            requests: registry.counter(
                "apiserver_request_total",
                "Requests answered, by verb, resource, whether they were dry runs, and code.",
                &[
                    "code", "component", "dry_run", "group", "resource", "scope", "subresource",
                    "verb", "version",
                ],
            ),
            durations: registry.histogram(
                "apiserver_request_duration_seconds",
                "Time to the answer in seconds, by verb, resource and whether they were dry runs. Requests that last are left out.",
                &[
                    "component", "dry_run", "group", "resource", "scope", "subresource", "verb",
                    "version",
                ],
                BUCKETS,
            ),
            in_flight: registry.gauge(
                "apiserver_current_inflight_requests",
                "Requests being served now, by whether they write.",
                &["request_kind"],
            ),
            long_running: registry.gauge(
                "apiserver_longrunning_requests",
                "Watches that are open now, by resource.",
                &[
                    "component", "group", "resource", "scope", "subresource", "verb", "version",
                ],
            ),
            deprecated: registry.gauge(
                "apiserver_requested_deprecated_apis",
                "Deprecated APIs that have been asked for.",
                &["group", "removed_release", "resource", "subresource", "version"],
            ),
            watch_events: registry.counter(
                "apiserver_watch_events_total",
                "Events sent to watchers.",
                &["group", "resource", "version"],
            ),
            objects: registry.gauge(
                "apiserver_storage_objects",
                "Stored objects by resource.",
                &["resource"],
            ),
            checks: registry.gauge(
                "kubernetes_healthcheck",
                "Whether a health check passes.",
                &["name", "type"],
            ),
            panics: registry
                .counter("apiserver_panics_total", "Requests that panicked.", &[])
                .with(&[]),
            tokens: Tokens::new(&registry),
            registry,
        }
    }

    pub(crate) fn panicked(&self) {
        self.panics.increment();
    }

    pub(crate) fn answered(&self, labels: &Labels, code: u16, took: Duration) {
        let Labels {
            dry_run,
            group,
            resource,
            scope,
            subresource,
            verb,
            version,
            lasts,
        } = labels;
        let code = code.to_string();
        let component = "apiserver";
        self.requests
            .with(&[
                &code,
                component,
                dry_run,
                group,
                resource,
                scope,
                subresource,
                verb,
                version,
            ])
            .increment();
        if !lasts {
            self.durations
                .with(&[
                    component,
                    dry_run,
                    group,
                    resource,
                    scope,
                    subresource,
                    verb,
                    version,
                ])
                .observe_duration(took);
        }
    }

    /// A request in flight, until it is dropped.
    pub(crate) fn serving(&self, reads: bool) -> Held {
        let kind = if reads { "readOnly" } else { "mutating" };
        Held::new(self.in_flight.with(&[kind]))
    }

    /// A watch that is open, until it is dropped.
    pub(crate) fn watching(&self, info: &ResourceInfo, namespaced: bool) -> Held {
        let scope = if namespaced { "namespace" } else { "cluster" };
        Held::new(self.long_running.with(&[
            "apiserver",
            &info.group,
            &info.plural,
            scope,
            "",
            "WATCH",
            &info.version,
        ]))
    }

    /// Counts the events of watches of a resource.
    pub(crate) fn events_of(&self, info: &ResourceInfo) -> Arc<Counter> {
        self.watch_events
            .with(&[&info.group, &info.plural, &info.version])
    }

    pub(crate) fn deprecated(&self, info: &ResourceInfo, subresource: &str) {
        self.deprecated
            .with(&[&info.group, "", &info.plural, subresource, &info.version])
            .set(1);
    }

    pub(crate) fn render(&self, api: &Api) -> String {
        for (resource, count) in api.caches.counts() {
            self.objects
                .with(&[&resource])
                .set(i64::try_from(count).unwrap_or(i64::MAX));
        }
        for endpoint in crate::health::ENDPOINTS {
            for (name, healthy) in api.health.checks(endpoint) {
                self.checks.with(&[&name, endpoint]).set(healthy.into());
            }
        }
        self.registry.render()
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Metrics").field(&self.registry).finish()
    }
}
