//! What is counted, under upstream's names and labels.
mod aggregated;
mod audit;
mod flow;
mod labels;
mod policies;
mod requests;
mod storage;
mod tokens;
mod watches;
mod who;

pub(crate) use self::{
    audit::Audits,
    flow::{FlowCounts, Flows, LevelGauges},
    labels::Labels,
    policies::Policies,
    tokens::Tokens,
    watches::Watches,
    who::{Authenticated, Authorizers, Decided, Decisions},
};

use self::{aggregated::Aggregated, requests::Requests, storage::Storage, who::Who};

use crate::{
    admission::{PLUGIN_COUNT, metrics::AdmissionMetrics},
    custom::ConversionMetrics,
    server::Version,
    shared::Api,
};
use platform::Clock;
use resource::ResourceInfo;
use std::{sync::Arc, time::Duration};
use telemetry::metrics::{Counter, Family, Gauge, Registry, process};

/// What stands behind upstream's gates in stage beta and is always on here.
const FEATURES: [&str; 4] = [
    "ComponentFlagz",
    "ComponentStatusz",
    "SizeBasedListCostEstimate",
    "WatchList",
];

pub(crate) struct Metrics {
    registry: Registry,
    /// What `/metrics/slis` shows.
    slis: Registry,
    sli_checks: Family<Gauge>,
    build: Family<Gauge>,
    tls_failures: Arc<Counter>,
    pub(crate) aggregated: Aggregated,
    pub(crate) audits: Audits,
    pub(crate) flows: Arc<Flows>,
    pub(crate) admission: Arc<AdmissionMetrics>,
    pub(crate) policies: Arc<Policies>,
    requests: Requests,
    watches: Watches,
    /// Requests that are served now.
    reading: Arc<Gauge>,
    writing: Arc<Gauge>,
    /// Requests that wait for seats: those that write, and those that read.
    waiting: [Arc<Gauge>; 2],
    deprecated: Family<Gauge>,
    pub(crate) storage: Storage,
    pub(crate) who: Who,
    checks: Family<Gauge>,
    checked: Family<Counter>,
    panics: Arc<Counter>,
    pub(crate) tokens: Tokens,
    pub(crate) conversions: ConversionMetrics,
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
    /// The server begins now.
    pub(crate) fn new(clock: &Clock) -> Self {
        let started = clock.now().as_millisecond();
        let started = Duration::from_millis(u64::try_from(started).unwrap_or(0));
        let registry = Registry::new();
        let slis = Registry::new();
        process::register(&registry, started);
        of_itself(&registry);
        let in_flight = registry.gauge(
            "apiserver_current_inflight_requests",
            "[STABLE] Maximal number of currently used inflight request limit of this apiserver per request kind in last second.",
            &["request_kind"],
        );
        let waiting = registry.gauge(
            "apiserver_current_inqueue_requests",
            "[ALPHA] Maximal number of queued requests in this apiserver per request kind in last second.",
            &["request_kind"],
        );
        Self {
            sli_checks: slis.gauge(
                "kubernetes_healthcheck",
                "[STABLE] This metric records the result of a single healthcheck.",
                &["name", "type"],
            ),
            checked: slis.counter(
                "kubernetes_healthchecks_total",
                "[STABLE] This metric records the results of all healthcheck.",
                &["name", "status", "type"],
            ),
            slis,
            build: build(&registry),
            tls_failures: registry
                .counter(
                    "apiserver_tls_handshake_errors_total",
                    "[ALPHA] Number of requests dropped with 'TLS handshake error from' error",
                    &[],
                )
                .with(&[]),
            aggregated: Aggregated::new(&registry),
            audits: Audits::new(&registry),
            flows: Arc::new(Flows::new(&registry)),
            admission: Arc::new(AdmissionMetrics::new(&registry, PLUGIN_COUNT)),
            policies: Policies::new(&registry),
            requests: Requests::new(&registry),
            watches: Watches::new(&registry),
            reading: in_flight.with(&["readOnly"]),
            writing: in_flight.with(&["mutating"]),
            waiting: ["mutating", "readOnly"].map(|kind| waiting.with(&[kind])),
            deprecated: registry.gauge(
                "apiserver_requested_deprecated_apis",
                "[STABLE] Gauge of deprecated APIs that have been requested, broken out by API group, version, resource, subresource, and removed_release.",
                &[
                    "group",
                    "removed_release",
                    "resource",
                    "subresource",
                    "version",
                ],
            ),
            storage: Storage::new(&registry),
            who: Who::new(&registry),
            checks: registry.gauge(
                "kubernetes_healthcheck",
                "[STABLE] This metric records the result of a single healthcheck.",
                &["name", "type"],
            ),
            panics: panics(&registry),
            tokens: Tokens::new(&registry),
            conversions: ConversionMetrics::new(&registry),
            registry,
        }
    }

    pub(crate) fn panicked(&self) {
        self.panics.increment();
    }

    /// `size` of the answer in bytes, where it is known.
    pub(crate) fn answered(&self, labels: &Labels, code: u16, took: Duration, size: Option<u64>) {
        self.requests.answered(labels, code, took, size);
    }

    /// Of watches.
    pub(crate) fn watches(&self) -> &Watches {
        &self.watches
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
        let gauge = if reads { &self.reading } else { &self.writing };
        Held::new(Arc::clone(gauge))
    }

    /// A request that waits for seats, until it is dropped.
    pub(crate) fn waiting(&self, reads: bool) -> Held {
        Held::new(Arc::clone(&self.waiting[usize::from(reads)]))
    }

    pub(crate) fn deprecated(&self, info: &ResourceInfo, subresource: &str) {
        self.deprecated
            .with(&[&info.group, "", &info.plural, subresource, &info.version])
            .set(1);
    }

    /// Counts the health checks of a request: one of them, or all of the endpoint.
    pub(crate) fn checked(&self, api: &Api, endpoint: &str, asked: Option<&str>) {
        let checks = api.health.checks(endpoint).into_iter();
        let asked = checks.filter(|(name, _)| asked.is_none_or(|asked| asked == name));
        for (name, healthy) in asked {
            let status = if healthy { "success" } else { "error" };
            self.checked.with(&[&name, status, endpoint]).increment();
        }
    }

    pub(crate) fn render(&self, api: &Api) -> String {
        self.storage.look(api);
        set_checks(&self.checks, api);
        self.registry.render()
    }
}

fn panics(registry: &Registry) -> Arc<Counter> {
    let family = registry.counter("sampan_panics_total", "Requests that panicked.", &[]);
    family.with(&[])
}

fn build(registry: &Registry) -> Family<Gauge> {
    registry.gauge(
        "kubernetes_build_info",
        "[BETA] A metric with a constant '1' value labeled by major, minor, git version, git commit, git tree state, build date, Go version, and compiler from which Kubernetes was built, and platform on which it is running.",
        &[
            "build_date",
            "compiler",
            "git_commit",
            "git_tree_state",
            "git_version",
            "go_version",
            "major",
            "minor",
            "platform",
        ],
    )
}

/// Of the metrics themselves, and of features whose gates upstream has.
fn of_itself(registry: &Registry) {
    // Nothing is hidden and nothing can be switched off.
    let hidden = registry.counter(
        "hidden_metrics_total",
        "[BETA] The count of hidden metrics.",
        &[],
    );
    let disabled = registry.counter(
        "disabled_metrics_total",
        "[BETA] The count of disabled metrics.",
        &[],
    );
    drop((hidden.with(&[]), disabled.with(&[])));
    let features = registry.gauge(
        "kubernetes_feature_enabled",
        "[BETA] This metric records the data about the stage and enablement of a k8s feature.",
        &["name", "stage"],
    );
    for feature in FEATURES {
        features.with(&[feature, "BETA"]).set(1);
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
