//! Of tokens whose users are remembered. Names, labels and buckets are upstream's `authentication/token/cache`, whose help is empty.
use super::Held;
use std::time::Duration;
use telemetry::metrics::{Counter, DEFAULT_BOUNDS, Family, Gauge, Histogram, Registry};

const HELP: &str = "[ALPHA] ";
const STATUS: &[&str] = &["status"];

/// Looks for tokens, and questions about those that were not found. Nobody waits for another's question.
pub(crate) struct TokenCache {
    requests: Family<Counter>,
    durations: Family<Histogram>,
    fetches: Family<Counter>,
    active: Family<Gauge>,
}

impl TokenCache {
    pub(super) fn new(registry: &Registry) -> Self {
        let counter = |name| registry.counter(name, HELP, STATUS);
        Self {
            requests: counter("authentication_token_cache_request_total"),
            durations: registry.histogram(
                "authentication_token_cache_request_duration_seconds",
                HELP,
                STATUS,
                DEFAULT_BOUNDS,
            ),
            fetches: counter("authentication_token_cache_fetch_total"),
            active: registry.gauge(
                "authentication_token_cache_active_fetch_count",
                HELP,
                STATUS,
            ),
        }
    }

    /// The user of a token was still known.
    pub(crate) fn hit(&self, took: Duration) {
        self.answered("hit", took);
    }

    /// Others are asked for the user of a token, until what comes back is dropped.
    pub(crate) fn fetching(&self) -> Held {
        Held::new(self.active.with(&["in_flight"]))
    }

    /// They were asked, and know it or not.
    pub(crate) fn fetched(&self, is_known: bool, took: Duration) {
        let status = if is_known { "ok" } else { "error" };
        self.fetches.with(&[status]).increment();
        self.answered("miss", took);
    }

    fn answered(&self, status: &str, took: Duration) {
        self.requests.with(&[status]).increment();
        self.durations.with(&[status]).observe_duration(took);
    }
}
