//! Of admission policies.
use std::{sync::Arc, time::Duration};
use telemetry::metrics::{Counter, Family, Histogram, Registry};

/// Of both durations, in seconds.
const BUCKETS: &[f64] = &[0.000_000_5, 0.001, 0.01, 0.1, 1.0];

/// The families.
pub(crate) struct Policies {
    validating: Family<Counter>,
    validating_durations: Family<Histogram>,
    mutating: Family<Counter>,
    mutating_durations: Family<Histogram>,
}

impl Policies {
    pub(super) fn new(registry: &Registry) -> Arc<Self> {
        const VALIDATING: &[&str] = &[
            "enforcement_action",
            "error_type",
            "policy",
            "policy_binding",
        ];
        const MUTATING: &[&str] = &["error_type", "policy", "policy_binding"];
        Arc::new(Self {
            validating: registry.counter(
                "apiserver_validating_admission_policy_check_total",
                "[BETA] Validation admission policy check total, labeled by policy and further identified by binding and enforcement action taken.",
                VALIDATING,
            ),
            validating_durations: registry.histogram(
                "apiserver_validating_admission_policy_check_duration_seconds",
                "[BETA] Validation admission latency for individual validation expressions in seconds, labeled by policy and further including binding and enforcement action taken.",
                VALIDATING,
                BUCKETS,
            ),
            mutating: registry.counter(
                "apiserver_mutating_admission_policy_check_total",
                "[ALPHA] Mutation admission policy check total, labeled by policy and further identified by binding.",
                MUTATING,
            ),
            mutating_durations: registry.histogram(
                "apiserver_mutating_admission_policy_check_duration_seconds",
                "[ALPHA] Mutation admission latency for individual mutation expressions in seconds, labeled by policy and binding.",
                MUTATING,
                BUCKETS,
            ),
        })
    }

    /// One check. Labels are the policy, the binding, the sort of error and what followed.
    pub(crate) fn validated(&self, labels: [&str; 4], elapsed: Duration) {
        let [policy, binding, error, action] = labels;
        let labels = [action, error, policy, binding];
        self.validating.with(&labels).increment();
        let durations = self.validating_durations.with(&labels);
        durations.observe_duration(elapsed);
    }

    /// One mutation. Labels are the policy, the binding and the sort of error.
    pub(crate) fn mutated(&self, labels: [&str; 3], elapsed: Duration) {
        let [policy, binding, error] = labels;
        let labels = [error, policy, binding];
        self.mutating.with(&labels).increment();
        self.mutating_durations
            .with(&labels)
            .observe_duration(elapsed);
    }
}
