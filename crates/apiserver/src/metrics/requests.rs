//! Of all requests.
use super::{Held, Labels};
use crate::stack::Times;
use resource::ResourceInfo;
use std::{sync::Arc, time::Duration};
use telemetry::metrics::{Counter, Family, Gauge, Histogram, Registry, Sets};

/// Upper bounds of `apiserver_request_duration_seconds`, in seconds.
const BUCKETS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0,
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];

/// Of `apiserver_request_sli_duration_seconds`, in seconds.
const SLI_BUCKETS: &[f64] = BUCKETS.split_at(2).1;
/// Of `apiserver_response_sizes`, in bytes.
const SIZE_BUCKETS: &[f64] = &[1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/// Of `apiserver_request_filter_duration_seconds`, in seconds.
const FILTER_BUCKETS: &[f64] = &[
    0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 5.0, 10.0, 15.0, 30.0,
];
/// Of `apiserver_request_body_size_bytes`, in bytes: up to what is read at most.
const BODY_BUCKETS: &[f64] = &BODY_BOUNDS;
const BODY_BOUNDS: [f64; 31] = {
    let mut bounds = [50_000.0; 31];
    let mut index = 1;
    while index < bounds.len() {
        bounds[index] = bounds[index - 1] + 100_000.0;
        index += 1;
    }
    bounds
};
/// Who asks when the server asks itself.
const ITSELF: &str = "system:apiserver";

/// What a request passes before it is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    Authentication,
    Audit,
    Impersonation,
    PriorityAndFairness,
    Authorization,
}

impl Filter {
    const NAMES: [&'static str; 5] = [
        "authentication",
        "audit",
        "constrainedimpersonation",
        "priorityandfairness",
        "authorization",
    ];
}

/// The families.
pub(super) struct Requests {
    requests: Family<Counter>,
    durations: Family<Histogram>,
    sli_durations: Family<Histogram>,
    sizes: Family<Histogram>,
    terminations: Family<Counter>,
    own: Family<Counter>,
    long_running: Family<Gauge>,
    filters: [Arc<Histogram>; 5],
    bodies: Family<Histogram>,
    body_sets: Sets<Arc<Histogram>>,
    sets: Sets<Set>,
}

/// What requests with the same labels and the same code are counted in.
struct Set {
    requests: Arc<Counter>,
    duration: Arc<Histogram>,
    sli_duration: Option<Arc<Histogram>>,
    sizes: Option<Arc<Histogram>>,
}

impl Requests {
    pub(super) fn new(registry: &Registry) -> Self {
        let filters = registry.histogram(
            "apiserver_request_filter_duration_seconds",
            "[ALPHA] Request filter latency distribution in seconds, for each filter type",
            &["filter"],
            FILTER_BUCKETS,
        );
        Self {
            requests: registry.counter(
                "apiserver_request_total",
                "[STABLE] Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.",
                &[
                    "code", "component", "dry_run", "group", "resource", "scope", "subresource",
                    "verb", "version",
                ],
            ),
            durations: registry.histogram(
                "apiserver_request_duration_seconds",
                "[STABLE] Response latency distribution in seconds for each verb, dry run value, group, version, resource, subresource, scope and component.",
                &[
                    "component", "dry_run", "group", "resource", "scope", "subresource", "verb",
                    "version",
                ],
                BUCKETS,
            ),
            sli_durations: registry.histogram(
                "apiserver_request_sli_duration_seconds",
                "[ALPHA] Response latency distribution (not counting webhook duration and priority & fairness queue wait times) in seconds for each verb, group, version, resource, subresource, scope and component.",
                &[
                    "component", "group", "resource", "scope", "subresource", "verb", "version",
                ],
                SLI_BUCKETS,
            ),
            sizes: registry.histogram(
                "apiserver_response_sizes",
                "[STABLE] Response size distribution in bytes for each group, version, verb, resource, subresource, scope and component.",
                &[
                    "component", "group", "resource", "scope", "subresource", "verb", "version",
                ],
                SIZE_BUCKETS,
            ),
            terminations: registry.counter(
                "apiserver_request_terminations_total",
                "[ALPHA] Number of requests which apiserver terminated in self-defense.",
                &[
                    "code", "component", "group", "resource", "scope", "subresource", "verb",
                    "version",
                ],
            ),
            own: registry.counter(
                "apiserver_selfrequest_total",
                "[ALPHA] Counter of apiserver self-requests broken out for each verb, API resource and subresource.",
                &["group", "resource", "subresource", "verb"],
            ),
            long_running: registry.gauge(
                "apiserver_longrunning_requests",
                "[STABLE] Gauge of all active long-running apiserver requests broken out by verb, group, version, resource, scope and component. Not all requests are tracked this way.",
                &["component", "group", "resource", "scope", "subresource", "verb", "version"],
            ),
            filters: Filter::NAMES.map(|name| filters.with(&[name])),
            bodies: registry.histogram(
                "apiserver_request_body_size_bytes",
                "[ALPHA] Apiserver request body size in bytes broken out by resource and verb.",
                &["group", "resource", "verb"],
                BODY_BUCKETS,
            ),
            body_sets: Sets::new(),
            sets: Sets::new(),
        }
    }

    /// A request is answered with so many bytes.
    pub(super) fn answered(
        &self,
        labels: &Labels,
        code: u16,
        times: Times,
        took: Duration,
        bytes: u64,
    ) {
        let mut text = itoa::Buffer::new();
        let code = text.format(code);
        let values = [
            code,
            labels.component,
            labels.dry_run,
            &labels.group,
            &labels.resource,
            labels.scope,
            &labels.subresource,
            labels.verb,
            &labels.version,
        ];
        let made = || self.set(labels, code);
        let count = |set: &Set| set.count(took, times.waited, bytes);
        self.sets.count(&values, made, count);
    }

    fn set(&self, labels: &Labels, code: &str) -> Set {
        let component = labels.component;
        let dry_run = labels.dry_run;
        let of_object = of_object(labels, &labels.subresource);
        let of_object = &of_object[..];
        let plain = [&[component], of_object].concat();
        Set {
            requests: self
                .requests
                .with(&[&[code, component, dry_run], of_object].concat()),
            duration: self
                .durations
                .with(&[&[component, dry_run], of_object].concat()),
            sli_duration: has_level(labels).then(|| self.sli_durations.with(&plain)),
            sizes: labels.sized.then(|| self.sizes.with(&plain)),
        }
    }

    /// The server ended a request in its own defence. `path` stands for what is no resource.
    pub(super) fn terminated(&self, labels: &Labels, code: u16, path: &str) {
        let code = code.to_string();
        let place = if labels.resource.is_empty() {
            path
        } else {
            &labels.subresource
        };
        let values = [&[&*code, labels.component], &of_object(labels, place)[..]].concat();
        self.terminations.with(&values).increment();
    }

    /// A request is counted that nobody served.
    pub(super) fn unserved(&self, labels: &Labels, code: u16) {
        let code = code.to_string();
        let first: &[&str] = &[&code, labels.component, labels.dry_run];
        let values = [first, &of_object(labels, &labels.subresource)[..]].concat();
        self.requests.with(&values).increment();
    }

    /// A request by `user`, who may be the server itself.
    pub(super) fn asked(&self, labels: &Labels, user: &str) {
        if user == ITSELF {
            let values = [
                &*labels.group,
                &labels.resource,
                &labels.subresource,
                labels.verb,
            ];
            self.own.with(&values).increment();
        }
    }

    /// A request that lasts, until it is dropped.
    pub(super) fn lasting(&self, labels: &Labels) -> Held {
        let values = [
            &[labels.component],
            &of_object(labels, &labels.subresource)[..],
        ];
        Held::new(self.long_running.with(&values.concat()))
    }

    pub(super) fn filtered(&self, filter: Filter, took: Duration) {
        self.filters[filter as usize].observe_duration(took);
    }

    pub(super) fn read(&self, info: &ResourceInfo, verb: &str, bytes: usize) {
        let values = [&*info.group, &*info.plural, verb];
        let made = || self.bodies.with(&values);
        self.body_sets
            .count(&values, made, |bodies| bodies.observe(float(bytes as u64)));
    }
}

/// Whether how long a request takes says how good the service is: watches last as long as their clients like.
fn has_level(labels: &Labels) -> bool {
    labels.dry_run.is_empty() && labels.verb != "WATCH"
}

/// Group, resource, scope, subresource, verb and version.
fn of_object<'a>(labels: &'a Labels, subresource: &'a str) -> [&'a str; 6] {
    [
        &labels.group,
        &labels.resource,
        labels.scope,
        subresource,
        labels.verb,
        &labels.version,
    ]
}

#[expect(clippy::cast_precision_loss, reason = "sorted into a few buckets")]
fn float(bytes: u64) -> f64 {
    bytes as f64
}

impl Set {
    /// What it waited for is no matter of how good the service is.
    fn count(&self, took: Duration, waited: Duration, bytes: u64) {
        self.requests.increment();
        self.duration.observe_duration(took);
        if let Some(durations) = &self.sli_duration {
            durations.observe_duration(took.saturating_sub(waited));
        }
        if let Some(sizes) = &self.sizes {
            sizes.observe(float(bytes));
        }
    }
}
