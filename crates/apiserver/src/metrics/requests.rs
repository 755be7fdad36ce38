//! Of all requests.
use super::Labels;
use std::{sync::Arc, time::Duration};
use telemetry::metrics::{Counter, Family, Histogram, Registry, Sets};

/// Upper bounds of `apiserver_request_duration_seconds`, in seconds.
const BUCKETS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0,
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];

/// Of `apiserver_request_sli_duration_seconds`, in seconds.
const SLI_BUCKETS: &[f64] = BUCKETS.split_at(2).1;
/// Of `apiserver_response_sizes`, in bytes.
const SIZE_BUCKETS: &[f64] = &[1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

const COMPONENT: &str = "apiserver";

/// The families.
pub(super) struct Requests {
    requests: Family<Counter>,
    durations: Family<Histogram>,
    sli_durations: Family<Histogram>,
    sizes: Family<Histogram>,
    terminations: Family<Counter>,
    sets: Sets<Set>,
}

/// What requests with the same labels and the same code are counted in.
struct Set {
    requests: Arc<Counter>,
    duration: Option<Arc<Histogram>>,
    sli_duration: Option<Arc<Histogram>>,
    sizes: Option<Arc<Histogram>>,
    terminations: Option<Arc<Counter>>,
}

impl Requests {
    pub(super) fn new(registry: &Registry) -> Self {
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
            sets: Sets::new(),
        }
    }

    /// `size` of the answer in bytes, where it is known.
    pub(super) fn answered(&self, labels: &Labels, code: u16, took: Duration, size: Option<u64>) {
        let mut code_text = itoa::Buffer::new();
        let code_text = code_text.format(code);
        let values = [
            code_text,
            labels.dry_run,
            &labels.group,
            &labels.resource,
            labels.scope,
            &labels.subresource,
            labels.verb,
            &labels.version,
        ];
        let made = || self.set(labels, code_text);
        self.sets.count(&values, made, |set| set.count(took, size));
    }

    fn set(&self, labels: &Labels, code: &str) -> Set {
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
        let plain: [&str; 7] = [
            COMPONENT,
            group,
            resource,
            scope,
            subresource,
            verb,
            version,
        ];
        let of_object = &plain[1..];
        let is_timed = !lasts;
        Set {
            requests: self
                .requests
                .with(&[&[code, COMPONENT, dry_run], of_object].concat()),
            duration: is_timed.then(|| {
                self.durations
                    .with(&[&[COMPONENT, dry_run], of_object].concat())
            }),
            sli_duration: (is_timed && dry_run.is_empty()).then(|| self.sli_durations.with(&plain)),
            sizes: matches!(*verb, "GET" | "LIST").then(|| self.sizes.with(&plain)),
            terminations: (code == "429").then(|| {
                self.terminations
                    .with(&[&[code, COMPONENT], of_object].concat())
            }),
        }
    }
}

impl Set {
    fn count(&self, took: Duration, size: Option<u64>) {
        self.requests.increment();
        for durations in [&self.duration, &self.sli_duration].into_iter().flatten() {
            durations.observe_duration(took);
        }
        if let (Some(sizes), Some(size)) = (&self.sizes, size) {
            #[expect(clippy::cast_precision_loss, reason = "sorted into seven buckets")]
            sizes.observe(size as f64);
        }
        if let Some(terminations) = &self.terminations {
            terminations.increment();
        }
    }
}
