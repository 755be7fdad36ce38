//! What admission counts, under upstream's names and labels. Upstream: `pkg/admission/metrics`.
use super::{
    asked::operation_name,
    pod_security,
    webhooks::{Failure, Sort},
};
use resource::Operation;
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use telemetry::metrics::{Counter, Family, Histogram, Registry, Summary};

/// Seconds.
const BUCKETS: &[f64] = &[0.005, 0.025, 0.1, 0.5, 1.0, 2.5];
const WEBHOOK_BUCKETS: &[f64] = &[0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 10.0, 25.0];
const CONDITION_BUCKETS: &[f64] = &[0.001, 0.005, 0.01, 0.025, 0.1, 0.2, 0.25];
/// Codes above are counted as this one.
const CODE_MAX: u16 = 600;

pub(crate) struct AdmissionMetrics {
    steps: Family<Histogram>,
    step_summaries: Family<Summary>,
    controllers: Family<Histogram>,
    webhooks: Family<Histogram>,
    webhook_rejections: Family<Counter>,
    webhook_requests: Family<Counter>,
    webhooks_failed_open: Family<Counter>,
    condition_errors: Family<Counter>,
    condition_exclusions: Family<Counter>,
    condition_durations: Family<Histogram>,
    /// Of one plugin alone.
    pub(super) pod_security: pod_security::Counts,
    kept_steps: [OnceLock<(Arc<Histogram>, Arc<Summary>)>; SERIES],
    kept_controllers: Vec<[OnceLock<Arc<Histogram>>; SERIES]>,
}

/// A phase of admission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Admit,
    Validate,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Admit => "admit",
            Self::Validate => "validate",
        }
    }
}

/// What has match conditions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conditional<'a> {
    pub(crate) name: &'a str,
    /// `webhook` or `policy`.
    pub(crate) kind: &'static str,
    /// `admit` or `validate`; of all policies `validate`, as upstream has it.
    pub(crate) step: &'static str,
    pub(crate) operation: Operation,
}

impl Conditional<'_> {
    fn labels(&self) -> [&str; 4] {
        [
            self.name,
            self.kind,
            self.step,
            operation_name(self.operation),
        ]
    }
}

/// Two steps, four operations, passed or not.
const SERIES: usize = 16;

fn series(step: Step, operation: Operation, rejected: bool) -> usize {
    let operation = match operation {
        Operation::Create => 0,
        Operation::Update => 1,
        Operation::Delete => 2,
        Operation::Connect => 3,
    };
    (usize::from(step == Step::Validate) * 4 + operation) * 2 + usize::from(rejected)
}

fn truth(rejected: bool) -> &'static str {
    if rejected { "true" } else { "false" }
}

impl AdmissionMetrics {
    /// `controllers` plugins of this server's own are counted each for itself.
    pub(crate) fn new(registry: &Registry, controllers: usize) -> Self {
        const STEP: &[&str] = &["type", "operation", "rejected"];
        const NAMED: &[&str] = &["name", "type", "operation", "rejected"];
        const CONDITION: &[&str] = &["name", "kind", "type", "operation"];
        Self {
            steps: registry.histogram(
                "apiserver_admission_step_admission_duration_seconds",
                "[STABLE] Admission sub-step latency histogram in seconds, broken out for each operation and API resource and step type (validate or admit).",
                STEP,
                BUCKETS,
            ),
            step_summaries: registry.summary(
                "apiserver_admission_step_admission_duration_seconds_summary",
                "[ALPHA] Admission sub-step latency summary in seconds, broken out for each operation and API resource and step type (validate or admit).",
                STEP,
            ),
            controllers: registry.histogram(
                "apiserver_admission_controller_admission_duration_seconds",
                "[STABLE] Admission controller latency histogram in seconds, identified by name and broken out for each operation and API resource and type (validate or admit).",
                NAMED,
                BUCKETS,
            ),
            webhooks: registry.histogram(
                "apiserver_admission_webhook_admission_duration_seconds",
                "[STABLE] Admission webhook latency histogram in seconds, identified by name and broken out for each operation and API resource and type (validate or admit).",
                NAMED,
                WEBHOOK_BUCKETS,
            ),
            webhook_rejections: registry.counter(
                "apiserver_admission_webhook_rejection_count",
                "[ALPHA] Admission webhook rejection count, identified by name and broken out for each admission type (validating or admit) and operation. Additional labels specify an error type (calling_webhook_error or apiserver_internal_error if an error occurred; no_error otherwise) and optionally a non-zero rejection code if the webhook rejects the request with an HTTP status code (honored by the apiserver when the code is greater or equal to 400). Codes greater than 600 are truncated to 600, to keep the metrics cardinality bounded.",
                &["name", "type", "operation", "error_type", "rejection_code"],
            ),
            webhook_requests: registry.counter(
                "apiserver_admission_webhook_request_total",
                "[ALPHA] Admission webhook request total, identified by name and broken out for each admission type (validating or admit) and operation. Additional labels specify whether the request was rejected or not and an HTTP status code. Codes greater than 600 are truncated to 600, to keep the metrics cardinality bounded.",
                &["name", "type", "operation", "code", "rejected"],
            ),
            webhooks_failed_open: registry.counter(
                "apiserver_admission_webhook_fail_open_count",
                "[ALPHA] Admission webhook fail open count, identified by name and broken out for each admission type (validating or admit).",
                &["name", "type"],
            ),
            pod_security: pod_security::Counts::new(registry),
            condition_errors: registry.counter(
                "apiserver_admission_match_condition_evaluation_errors_total",
                "[ALPHA] Admission match condition evaluation errors count, identified by name of resource containing the match condition and broken out for each kind containing matchConditions (webhook or policy), operation and admission type (validate or admit).",
                CONDITION,
            ),
            condition_exclusions: registry.counter(
                "apiserver_admission_match_condition_exclusions_total",
                "[ALPHA] Admission match condition evaluation exclusions count, identified by name of resource containing the match condition and broken out for each kind containing matchConditions (webhook or policy), operation and admission type (validate or admit).",
                CONDITION,
            ),
            condition_durations: registry.histogram(
                "apiserver_admission_match_condition_evaluation_seconds",
                "[ALPHA] Admission match condition evaluation time in seconds, identified by name and broken out for each kind containing matchConditions (webhook or policy), operation and type (validate or admit).",
                CONDITION,
                CONDITION_BUCKETS,
            ),
            kept_steps: Default::default(),
            kept_controllers: std::iter::repeat_with(Default::default).take(controllers).collect(),
        }
    }

    pub(crate) fn observe_step(
        &self,
        step: Step,
        operation: Operation,
        took: Duration,
        rejected: bool,
    ) {
        let kept = &self.kept_steps[series(step, operation, rejected)];
        let (histogram, summary) = kept.get_or_init(|| {
            let labels = [step.name(), operation_name(operation), truth(rejected)];
            (self.steps.with(&labels), self.step_summaries.with(&labels))
        });
        histogram.observe_duration(took);
        summary.observe_duration(took);
    }

    /// Of the plugin at `index` among this server's own.
    pub(crate) fn observe_controller(
        &self,
        (index, name): (usize, &str),
        step: Step,
        operation: Operation,
        took: Duration,
        rejected: bool,
    ) {
        let kept = &self.kept_controllers[index][series(step, operation, rejected)];
        let histogram = kept.get_or_init(|| {
            let labels = [
                name,
                step.name(),
                operation_name(operation),
                truth(rejected),
            ];
            self.controllers.with(&labels)
        });
        histogram.observe_duration(took);
    }

    /// One call of a webhook, and why it does not let the request pass, if it does not. `ignored`: a call that fails is no refusal.
    pub(super) fn observe_webhook(
        &self,
        (name, sort): (&str, Sort),
        operation: Operation,
        took: Duration,
        failure: Option<&Failure>,
        ignored: bool,
    ) {
        let operation = operation_name(operation);
        let (code, why) = match failure {
            None => (200, None),
            Some(Failure::Call { code, .. }) if ignored => (*code, None),
            Some(Failure::Call { code, .. }) => (*code, Some("calling_webhook_error")),
            Some(Failure::Denied(error)) => (error.code, Some("no_error")),
            Some(Failure::Refused(_)) => (0, Some("apiserver_internal_error")),
        };
        let step = sort.step();
        let rejected = truth(why.is_some());
        let code = code.min(CODE_MAX).to_string();
        self.webhooks
            .with(&[name, step, operation, rejected])
            .observe_duration(took);
        self.webhook_requests
            .with(&[name, step, operation, &code, rejected])
            .increment();
        if let Some(why) = why {
            self.webhook_rejections
                .with(&[name, step, operation, why, &code])
                .increment();
        }
    }

    pub(super) fn failed_open(&self, name: &str, sort: Sort) {
        self.webhooks_failed_open
            .with(&[name, sort.step()])
            .increment();
    }

    /// Match conditions were evaluated, in which so many errors came up.
    pub(super) fn observe_conditions(
        &self,
        what: Conditional<'_>,
        took: Option<Duration>,
        errors: usize,
    ) {
        let labels = what.labels();
        if let Some(took) = took {
            let durations = self.condition_durations.with(&labels);
            durations.observe_duration(took);
        }
        for _ in 0..errors {
            self.condition_errors.with(&labels).increment();
        }
    }

    /// They did not hold.
    pub(crate) fn observe_exclusion(&self, what: Conditional<'_>) {
        self.condition_exclusions.with(&what.labels()).increment();
    }
}

impl std::fmt::Debug for AdmissionMetrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AdmissionMetrics").finish_non_exhaustive()
    }
}
