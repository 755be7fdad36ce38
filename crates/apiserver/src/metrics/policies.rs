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
                "Checks of validating admission policies that denied or went wrong, by what followed.",
                VALIDATING,
            ),
            validating_durations: registry.histogram(
                "apiserver_validating_admission_policy_check_duration_seconds",
                "Time that these checks took, in seconds.",
                VALIDATING,
                BUCKETS,
            ),
            mutating: registry.counter(
                "apiserver_mutating_admission_policy_check_total",
                "Mutations by admission policies, done or failed.",
                MUTATING,
            ),
            mutating_durations: registry.histogram(
                "apiserver_mutating_admission_policy_check_duration_seconds",
                "Time that these mutations took, in seconds.",
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
