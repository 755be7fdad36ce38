//! Of audit events. Names and labels are upstream's `pkg/audit/metrics.go`.
use crate::audit::{Decision, Level};
use std::sync::Arc;
use telemetry::metrics::{Counter, Family, Registry};

/// The families.
pub(crate) struct Audits {
    pub(crate) events: Arc<Counter>,
    /// Requests that did not go on because their first event could not be kept.
    pub(crate) rejected: Arc<Counter>,
    levels: Family<Counter>,
    errors: Family<Counter>,
}

impl Audits {
    pub(super) fn new(registry: &Registry) -> Self {
        let plain = |name, help| registry.counter(name, help, &[]).with(&[]);
        Self {
            events: plain(
                "apiserver_audit_event_total",
                "Audit events that were made.",
            ),
            rejected: plain(
                "apiserver_audit_requests_rejected_total",
                "Requests refused because their audit event could not be kept.",
            ),
            levels: registry.counter(
                "apiserver_audit_level_total",
                "Requests by the level that the audit policy has for them.",
                &["level"],
            ),
            errors: registry.counter(
                "apiserver_audit_error_total",
                "Audit events that are lost.",
                &["plugin"],
            ),
        }
    }

    /// The policy has decided on a request; `None` where it records nothing of it.
    pub(crate) fn decided(&self, decision: Option<&Decision>) {
        let level = decision.map_or(Level::None, |decision| decision.level);
        self.levels.with(&[level.as_str()]).increment();
    }

    /// Counts the events that `plugin` loses: `log`, `webhook`, or the queue before it, `buffered`.
    pub(crate) fn lost_by(&self, plugin: &str) -> Arc<Counter> {
        self.errors.with(&[plugin])
    }
}
