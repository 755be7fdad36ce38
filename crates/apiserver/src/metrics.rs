//! What is counted, under upstream's names and labels.
mod flow;
mod labels;
mod tokens;

pub(crate) use self::{
    flow::{FlowCounts, Flows},
    labels::Labels,
    tokens::Tokens,
};

use crate::{server::Version, shared::Api};
use resource::ResourceInfo;
use std::{sync::Arc, time::Duration};
use telemetry::metrics::{Counter, Family, Gauge, Histogram, Registry, process};

/// Upper bounds of `apiserver_request_duration_seconds`, in seconds.
const BUCKETS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0,
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];

/// Of `apiserver_request_sli_duration_seconds`, in seconds.
const SLI_BUCKETS: &[f64] = BUCKETS.split_at(2).1;
/// Of `apiserver_response_sizes`, in bytes.
const SIZE_BUCKETS: &[f64] = &[1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/// Of `apiserver_watch_list_duration_seconds`, in seconds.
const WATCH_LIST_BUCKETS: &[f64] = &[
    0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];

pub(crate) struct Metrics {
    registry: Registry,
    /// What `/metrics/slis` shows.
    slis: Registry,
    sli_checks: Family<Gauge>,
    sli_durations: Family<Histogram>,
    sizes: Family<Histogram>,
    watch_lists: Family<Histogram>,
    terminations: Family<Counter>,
    build: Family<Gauge>,
    tls_failures: Arc<Counter>,
    pub(crate) flows: Flows,
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
    pub(crate) fn new(gauge: Arc<Gauge>) -> Self {
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
        let slis = Registry::new();
        process::register(&registry, started);
        Self {
            sli_checks: slis.gauge(
                "kubernetes_healthcheck",
                "Whether a health check passes.",
                &["name", "type"],
            ),
            slis,
            sli_durations: registry.histogram(
                "apiserver_request_sli_duration_seconds",
                "Time to the answer in seconds, by verb and resource, of what is neither a dry run nor lasts.",
                &[
                    "component", "group", "resource", "scope", "subresource", "verb", "version",
                ],
                SLI_BUCKETS,
            ),
            sizes: registry.histogram(
                "apiserver_response_sizes",
                "Bytes of the answers to gets and lists.",
                &[
                    "component", "group", "resource", "scope", "subresource", "verb", "version",
                ],
                SIZE_BUCKETS,
            ),
            watch_lists: registry.histogram(
                "apiserver_watch_list_duration_seconds",
                "Time until a streaming list has sent what there was, in seconds.",
                &["group", "resource", "scope", "version"],
                WATCH_LIST_BUCKETS,
            ),
            terminations: registry.counter(
                "apiserver_request_terminations_total",
                "Requests that the server ended in self-defence.",
                &[
                    "code", "component", "group", "resource", "scope", "subresource", "verb",
                    "version",
                ],
            ),
            build: registry.gauge(
                "kubernetes_build_info",
                "Of which version and build this is: always 1.",
                &[
                    "build_date", "compiler", "git_commit", "git_tree_state", "git_version",
                    "go_version", "major", "minor", "platform",
                ],
            ),
            tls_failures: registry
                .counter(
                    "apiserver_tls_handshake_errors_total",
                    "Connections whose TLS handshake failed.",
                    &[],
                )
                .with(&[]),
            flows: Flows::new(&registry),
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

    /// `size` of the answer in bytes, where it is known.
    pub(crate) fn answered(&self, labels: &Labels, code: u16, took: Duration, size: Option<u64>) {
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
        let mut code_text = itoa::Buffer::new();
        let code_text = code_text.format(code);
        let component = "apiserver";
        let counted = [
            code_text,
            component,
            dry_run,
            group,
            resource,
            scope,
            subresource,
            verb,
            version,
        ];
        let [_, timed @ ..] = &counted;
        let plain = [
            component,
            group,
            resource,
            scope,
            subresource,
            verb,
            version,
        ];
        self.requests.with(&counted).increment();
        if !lasts {
            self.durations.with(timed).observe_duration(took);
            if dry_run.is_empty() {
                self.sli_durations.with(&plain).observe_duration(took);
            }
        }
        if let Some(size) = size.filter(|_| matches!(*verb, "GET" | "LIST")) {
            #[expect(clippy::cast_precision_loss, reason = "sorted into seven buckets")]
            self.sizes.with(&plain).observe(size as f64);
        }
        if code == 429 {
            let [_, _, _, rest @ ..] = counted;
            let [group, resource, scope, subresource, verb, version] = rest;
            let ended = [
                code_text,
                component,
                group,
                resource,
                scope,
                subresource,
                verb,
                version,
            ];
            self.terminations.with(&ended).increment();
        }
    }

    /// A streaming list has sent what there was.
    pub(crate) fn listed(&self, info: &ResourceInfo, scope: &str, took: Duration) {
        let labels = [&*info.group, &*info.plural, scope, &*info.version];
        self.watch_lists.with(&labels).observe_duration(took);
    }

    pub(crate) fn tls_failed(&self) {
        self.tls_failures.increment();
    }

    /// Says of which version this is.
    pub(crate) fn is_of(&self, version: &Version) {
        let labels = [
            &*version.build_date,
            "rustc",
            &version.git_commit,
            "clean",
            &version.git_version,
            "none",
            "1",
            "36",
            &version.platform,
        ];
        self.build.with(&labels).set(1);
    }

    /// `/metrics/slis`: how the checks stand.
    pub(crate) fn render_slis(&self, api: &Api) -> String {
        set_checks(&self.sli_checks, api);
        self.slis.render()
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
        set_checks(&self.checks, api);
        self.registry.render()
    }
}

fn set_checks(checks: &Family<Gauge>, api: &Api) {
    for endpoint in crate::health::ENDPOINTS {
        for (name, healthy) in api.health.checks(endpoint) {
            checks.with(&[&name, endpoint]).set(healthy.into());
        }
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Metrics").field(&self.registry).finish()
    }
}
