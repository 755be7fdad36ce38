//! What is counted, under upstream's names and labels.
mod aggregated;
mod audit;
mod caches;
mod calls;
mod expressions;
mod flow;
mod impersonations;
mod labels;
mod lasting;
mod policies;
mod requests;
mod storage;
mod token_cache;
mod tokens;
mod watches;
mod who;

pub(crate) use self::{
    audit::Audits,
    calls::{Call, Calls},
    expressions::Expressions,
    flow::{FlowCounts, Flows, LevelGauges},
    labels::Labels,
    policies::Policies,
    requests::Filter,
    token_cache::TokenCache,
    tokens::Tokens,
    watches::Watches,
    who::{Authenticated, Authorizers, Decided, Decisions},
};

use self::{
    aggregated::Aggregated, impersonations::Impersonations, requests::Requests, storage::Storage,
    who::Who,
};

use crate::{
    admission::{PLUGIN_COUNT, metrics::AdmissionMetrics},
    body::Body,
    custom::ConversionMetrics,
    server::Version,
    shared::Api,
    stack::Times,
};
use http::{Response, StatusCode};
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

/// What a client is told who had the metrics begin anew.
const RESET: &str = "metrics reset\n";
pub(crate) struct Metrics {
    registry: Registry,
    /// What `/metrics/slis` shows.
    slis: Registry,
    build: Family<Gauge>,
    versions: Family<Gauge>,
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
    pub(crate) expressions: Arc<Expressions>,
    pub(crate) impersonations: Impersonations,
    pub(crate) token_cache: TokenCache,
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
    /// The server begins now. `registry` is what `/metrics` shows; others may have families there too.
    pub(crate) fn new(clock: &Clock, registry: Registry) -> Self {
        let started = clock.now().as_millisecond();
        let started = Duration::from_millis(u64::try_from(started).unwrap_or(0));
        let slis = Registry::new();
        process::register(&registry, started);
        process::register_start(&slis, started);
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
            checks: slis.gauge(
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
            versions: versions(&registry),
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
            panics: panics(&registry),
            expressions: Expressions::new(&registry, clock),
            impersonations: Impersonations::new(&registry),
            token_cache: TokenCache::new(&registry),
            tokens: Tokens::new(&registry),
            conversions: ConversionMetrics::new(&registry),
            registry,
        }
    }

    pub(crate) fn panicked(&self) {
        self.panics.increment();
    }

    /// Counts a request that was routed, when its answer has been made, or where that goes on, when it has ended.
    pub(crate) fn answered(
        &self,
        api: &Api,
        labels: &Labels,
        times: Times,
        open: Option<Held>,
        response: Response<Body>,
    ) -> Response<Body> {
        let (clock, code) = (&api.platform.clock, response.status().as_u16());
        if let Some(bytes) = response.body().exact_len()
            && response.status() != StatusCode::SWITCHING_PROTOCOLS
        {
            let took = clock.monotonic().since(times.received);
            self.requests.answered(labels, code, times, took, bytes);
            return response;
        }
        lasting::until_end(api, labels, times, open, response)
    }

    pub(crate) fn asked(&self, labels: &Labels, user: &str) {
        self.requests.asked(labels, user);
    }

    /// A request that lasts, until it is dropped.
    pub(crate) fn lasting(&self, labels: &Labels) -> Held {
        self.requests.lasting(labels)
    }

    /// A request was refused because there are too many.
    pub(crate) fn dropped(&self, labels: &Labels, path: &str) {
        self.requests.unserved(labels, 429);
        self.requests.terminated(labels, 429, path);
    }

    /// A request took too long, and was ended.
    pub(crate) fn timed_out(&self, labels: &Labels, path: &str) {
        if !labels.resource.is_empty() {
            self.requests.unserved(labels, 504);
        }
        self.requests.terminated(labels, 504, path);
    }

    /// An aggregated server could not be asked.
    pub(crate) fn not_proxied(&self, labels: Labels, code: u16, path: &str) {
        let labels = Labels {
            component: "aggregator",
            ..labels
        };
        self.requests.terminated(&labels, code, path);
    }

    pub(crate) fn filtered(&self, filter: Filter, took: Duration) {
        self.requests.filtered(filter, took);
    }

    /// So many bytes were read to `verb` a resource.
    pub(crate) fn read(&self, info: &ResourceInfo, verb: &str, bytes: usize) {
        self.requests.read(info, verb, bytes);
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
        let labels = [version.binary(), "kube", "1.36", "1.35"];
        self.versions.with(&labels).set(1);
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

    /// The old form of a page about the program was asked for.
    pub(crate) fn deprecated_page(&self, labels: &Labels) {
        let page = &labels.resource;
        self.deprecated
            .with(&[&labels.group, "", page, "", &labels.version])
            .set(1);
    }

    pub(crate) fn deprecated(&self, info: &ResourceInfo, subresource: &str) {
        self.deprecated
            .with(&[&info.group, "", &info.plural, subresource, &info.version])
            .set(1);
    }

    /// A health check of an endpoint was made.
    pub(crate) fn checked(&self, endpoint: &str, check: &str, is_healthy: bool) {
        let status = if is_healthy { "success" } else { "error" };
        self.checks.with(&[check, endpoint]).set(is_healthy.into());
        self.checked.with(&[check, status, endpoint]).increment();
    }

    /// Counts what is stored by looking into its directory: it may take some time.
    pub(crate) fn render(&self, api: &Api) -> String {
        self.storage.look(api);
        self.registry.render()
    }

    /// `/metrics/slis`: how the checks stood when they were last asked for.
    pub(crate) fn render_slis(&self) -> String {
        self.slis.render()
    }

    /// What counts begins anew.
    pub(crate) fn reset(&self) -> String {
        self.registry.reset();
        RESET.to_owned()
    }

    /// The same of `/metrics/slis`.
    pub(crate) fn reset_slis(&self) -> String {
        self.slis.reset();
        RESET.to_owned()
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

fn versions(registry: &Registry) -> Family<Gauge> {
    registry.gauge(
        "version_info",
        "[ALPHA] Provides the compatibility version info of the component. The component label is the name of the component, usually kube, but is relevant for aggregated-apiservers.",
        &["binary", "component", "emulation", "min_compat"],
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
    registry.count_families(
        "registered_metrics_total",
        "[BETA] The count of registered metrics broken by stability level and deprecation version.",
    );
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Metrics").field(&self.registry).finish()
    }
}
