//! How often which level was applied, under upstream's names and labels. Upstream: `pod-security-admission/metrics`.
use super::policy::{Bound, OPEN};
use crate::admission::asked::operation_name;
use resource::Operation;
use std::sync::Arc;
use telemetry::metrics::{Counter, Family, Registry};

pub(crate) struct Counts {
    evaluations: Family<Counter>,
    errors: Family<Counter>,
    /// Of pods that nothing bounds, made and changed.
    open: [Arc<Counter>; 2],
}

/// What a level is applied for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Audit,
    Enforce,
    Warn,
}

impl Mode {
    fn name(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::Enforce => "enforce",
            Self::Warn => "warn",
        }
    }
}

impl Counts {
    pub(crate) fn new(registry: &Registry) -> Self {
        const REQUEST: &[&str] = &["request_operation", "resource", "subresource"];
        let evaluations = registry.counter(
            "pod_security_evaluations_total",
            "[ALPHA] Number of policy evaluations that occurred, not counting ignored or exempt requests.",
            &[
                "decision",
                "mode",
                "policy_level",
                "policy_version",
                "request_operation",
                "resource",
                "subresource",
            ],
        );
        // Nobody is exempt: there is no way to say so.
        let exemptions: Family<Counter> = registry.counter(
            "pod_security_exemptions_total",
            "[ALPHA] Number of exempt requests, not counting ignored or out of scope requests.",
            REQUEST,
        );
        let open = ["create", "update"].map(|operation| {
            for resource in ["controller", "pod"] {
                drop(exemptions.with(&[operation, resource, ""]));
            }
            let (level, version) = OPEN.labels();
            evaluations.with(&["allow", "enforce", level, &version, operation, "pod", ""])
        });
        Self {
            evaluations,
            errors: registry.counter(
                "pod_security_errors_total",
                "[ALPHA] Number of errors preventing normal evaluation. Non-fatal errors may result in the latest restricted profile being used for evaluation.",
                &["fatal", "request_operation", "resource", "subresource"],
            ),
            open,
        }
    }
}

/// A request that is judged.
#[derive(Clone, Copy)]
pub(super) struct Judged<'a> {
    pub(super) counts: &'a Counts,
    pub(super) operation: Operation,
    /// `pod`, or `controller`.
    pub(super) resource: &'static str,
    pub(super) subresource: &'a str,
}

impl Judged<'_> {
    fn operation(&self) -> String {
        operation_name(self.operation).to_ascii_lowercase()
    }

    pub(super) fn count(&self, mode: Mode, bound: Bound, is_allowed: bool) {
        let operation = self.operation();
        let decision = if is_allowed { "allow" } else { "deny" };
        let (level, version) = bound.labels();
        let labels = [
            decision,
            mode.name(),
            level,
            &version,
            &operation,
            self.resource,
            self.subresource,
        ];
        self.counts.evaluations.with(&labels).increment();
    }

    /// Nothing bounds the pod.
    pub(super) fn count_open(&self) {
        let [made, changed] = &self.counts.open;
        match self.operation {
            Operation::Create if self.subresource.is_empty() => made.increment(),
            Operation::Update if self.subresource.is_empty() => changed.increment(),
            _ => self.count(Mode::Enforce, OPEN, true),
        }
    }

    /// Labels of the namespace are wrong, and the strictest level applies instead.
    pub(super) fn count_error(&self) {
        let operation = self.operation();
        let labels = ["false", &operation, self.resource, self.subresource];
        self.counts.errors.with(&labels).increment();
    }
}
