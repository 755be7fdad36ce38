//! Conversions by webhooks, counted under upstream's names and labels.
use std::time::Duration;
use telemetry::metrics::{Counter, Family, Histogram, Registry};

const REQUEST_BUCKETS: &[f64] = &[
    0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0, 60.0,
];
/// A millisecond, doubled fourteen times.
const DURATION_BUCKETS: &[f64] = &[
    0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096,
    8.192, 16.384,
];

/// Why a conversion failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailureType {
    Call,
    MalformedResponse,
    PartialResponse,
    InvalidConvertedObject,
}

impl FailureType {
    fn label(self) -> &'static str {
        match self {
            Self::Call => "conversion_webhook_call_failure",
            Self::MalformedResponse => "conversion_webhook_malformed_response_failure",
            Self::PartialResponse => "conversion_webhook_partial_response_failure",
            Self::InvalidConvertedObject => "conversion_webhook_invalid_converted_object_failure",
        }
    }
}

/// One conversion, as metrics name it.
pub(super) struct Conversion<'a> {
    pub(super) definition: &'a str,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
}

pub(crate) struct Metrics {
    requests: Family<Counter>,
    request_durations: Family<Histogram>,
    durations: Family<Histogram>,
}

impl Metrics {
    pub(crate) fn new(registry: &Registry) -> Self {
        Self {
            requests: registry.counter(
                "apiserver_conversion_webhook_request_total",
                "[ALPHA] Counter for conversion webhook requests with success/failure and failure error type",
                &["failure_type", "result"],
            ),
            request_durations: registry.histogram(
                "apiserver_conversion_webhook_duration_seconds",
                "[ALPHA] Conversion webhook request latency",
                &["failure_type", "result"],
                REQUEST_BUCKETS,
            ),
            durations: registry.histogram(
                "apiserver_crd_conversion_webhook_duration_seconds",
                "[ALPHA] CRD webhook conversion duration in seconds",
                &["crd_name", "from_version", "succeeded", "to_version"],
                DURATION_BUCKETS,
            ),
        }
    }

    pub(super) fn ended(
        &self,
        conversion: &Conversion<'_>,
        failed: Option<FailureType>,
        took: Duration,
    ) {
        let (failure, result) = match failed {
            None => ("", "success"),
            Some(failure) => (failure.label(), "failure"),
        };
        let seconds = took.as_secs_f64();
        self.requests.with(&[failure, result]).increment();
        let by_result = self.request_durations.with(&[failure, result]);
        by_result.observe(seconds);
        let Conversion {
            definition,
            from,
            to,
        } = conversion;
        let succeeded = if failed.is_none() { "true" } else { "false" };
        let by_version = self.durations.with(&[definition, from, succeeded, to]);
        by_version.observe(seconds);
    }
}
