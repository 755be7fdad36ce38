//! Of calls to other servers. Names, labels and buckets are upstream's `component-base/metrics/prometheus/restclient`.
use std::time::Duration;
use telemetry::metrics::{Counter, Family, Histogram, Registry};

/// In seconds.
const BUCKETS: &[f64] = &[
    0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0,
];
/// In bytes: 64 B to 16 MiB.
const SIZE_BUCKETS: &[f64] = &[
    64.0,
    256.0,
    512.0,
    1024.0,
    4096.0,
    16_384.0,
    65_536.0,
    262_144.0,
    1_048_576.0,
    4_194_304.0,
    16_777_216.0,
];

/// Each attempt counts. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Calls {
    requests: Family<Counter>,
    retries: Family<Counter>,
    durations: Family<Histogram>,
    request_bytes: Family<Histogram>,
    answer_bytes: Family<Histogram>,
}

/// The method and the host of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) verb: &'a str,
    pub(crate) host: &'a str,
}

impl Calls {
    pub(crate) fn new(registry: &Registry) -> Self {
        const BY_VERB: &[&str] = &["host", "verb"];
        let sizes = |name, help| registry.histogram(name, help, BY_VERB, SIZE_BUCKETS);
        Self {
            requests: registry.counter(
                "rest_client_requests_total",
                "[ALPHA] Number of HTTP requests, partitioned by status code, method, and host.",
                &["code", "host", "method"],
            ),
            retries: registry.counter(
                "rest_client_request_retries_total",
                "[ALPHA] Number of request retries, partitioned by status code, verb, and host.",
                &["code", "host", "verb"],
            ),
            durations: registry.histogram(
                "rest_client_request_duration_seconds",
                "[ALPHA] Request latency in seconds. Broken down by verb, and host.",
                BY_VERB,
                BUCKETS,
            ),
            request_bytes: sizes(
                "rest_client_request_size_bytes",
                "[ALPHA] Request size in bytes. Broken down by verb and host.",
            ),
            answer_bytes: sizes(
                "rest_client_response_size_bytes",
                "[ALPHA] Response size in bytes. Broken down by verb and host.",
            ),
        }
    }

    /// A call with so many bytes was answered with `code`, or with none.
    pub(crate) fn ended(&self, call: Call<'_>, code: Option<u16>, bytes: usize, took: Duration) {
        let code = code.map_or_else(|| "<error>".to_owned(), |code| code.to_string());
        self.requests
            .with(&[&code, call.host, call.verb])
            .increment();
        let labels = &[call.host, call.verb];
        self.durations.with(labels).observe_duration(took);
        self.request_bytes.with(labels).observe(float(bytes));
    }

    /// So many bytes came back.
    pub(crate) fn answered(&self, call: Call<'_>, bytes: usize) {
        let labels = &[call.host, call.verb];
        self.answer_bytes.with(labels).observe(float(bytes));
    }

    /// A call that was answered with `code` is made once more.
    pub(crate) fn again(&self, call: Call<'_>, code: u16) {
        let labels = [&code.to_string(), call.host, call.verb];
        self.retries.with(&labels).increment();
    }
}

#[expect(clippy::cast_precision_loss, reason = "sorted into a few buckets")]
fn float(bytes: usize) -> f64 {
    bytes as f64
}
