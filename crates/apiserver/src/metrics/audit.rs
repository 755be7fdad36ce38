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
                "[ALPHA] Counter of audit events generated and sent to the audit backend.",
            ),
            rejected: plain(
                "apiserver_audit_requests_rejected_total",
                "[ALPHA] Counter of apiserver requests rejected due to an error in audit logging backend.",
            ),
            levels: registry.counter(
                "apiserver_audit_level_total",
                "[ALPHA] Counter of policy levels for audit events (1 per request).",
                &["level"],
            ),
            errors: registry.counter(
                "apiserver_audit_error_total",
                "[ALPHA] Counter of audit events that failed to be audited properly. Plugin identifies the plugin affected by the error.",
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
