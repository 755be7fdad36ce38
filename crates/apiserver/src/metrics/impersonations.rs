//! Of asking as somebody else. Names, labels and buckets are upstream's `endpoints/filters/impersonation/metrics`.
use super::who::BUCKETS;
use std::time::Duration;
use telemetry::metrics::{Counter, Family, Histogram, Registry};

const LABELS: &[&str] = &["decision", "mode"];

/// Requests that ask as somebody else, and the checks whether they may.
pub(crate) struct Impersonations {
    attempts: Sort,
    checks: Sort,
}

struct Sort {
    counts: Family<Counter>,
    durations: Family<Histogram>,
}

impl Impersonations {
    pub(super) fn new(registry: &Registry) -> Self {
        Self {
            attempts: Sort {
                counts: registry.counter(
                    "apiserver_impersonation_attempts_total",
                    "[ALPHA] Total number of impersonation attempts split by mode and decision.",
                    LABELS,
                ),
                durations: registry.histogram(
                    "apiserver_impersonation_attempts_duration_seconds",
                    "[ALPHA] Latency of impersonation attempts in seconds split by mode and decision.",
                    LABELS,
                    BUCKETS,
                ),
            },
            checks: Sort {
                counts: registry.counter(
                    "apiserver_impersonation_authorization_attempts_total",
                    "[ALPHA] Total number of authorization checks made by the impersonation handler split by mode and decision.",
                    LABELS,
                ),
                durations: registry.histogram(
                    "apiserver_impersonation_authorization_attempts_duration_seconds",
                    "[ALPHA] Latency of authorization checks made by the impersonation handler in seconds split by mode and decision.",
                    LABELS,
                    BUCKETS,
                ),
            },
        }
    }

    /// A request asked as somebody else. `mode` is the way that allowed it; none of them did where there is none.
    pub(crate) fn attempted(&self, mode: Option<&str>, took: Duration) {
        self.attempts
            .count(mode.is_some(), mode.unwrap_or(""), took);
    }

    /// One check of one way.
    pub(crate) fn checked(&self, mode: &str, allowed: bool, took: Duration) {
        self.checks.count(allowed, mode, took);
    }
}

impl Sort {
    fn count(&self, allowed: bool, mode: &str, took: Duration) {
        let labels = &[if allowed { "allowed" } else { "denied" }, mode];
        self.counts.with(labels).increment();
        self.durations.with(labels).observe_duration(took);
    }
}
