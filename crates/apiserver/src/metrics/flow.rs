//! Of priority and fairness.
use std::sync::Arc;
use telemetry::metrics::{Counter, Family, Gauge, Registry};

/// The families.
pub(crate) struct Flows {
    dispatched: Family<Counter>,
    rejected: Family<Counter>,
    executing: Family<Gauge>,
    nominal_seats: Family<Gauge>,
}

/// Of the requests of one flow schema.
pub(crate) struct FlowCounts {
    pub(crate) dispatched: Arc<Counter>,
    /// For want of seats.
    pub(crate) rejected: Arc<Counter>,
    pub(crate) executing: Arc<Gauge>,
}

impl Flows {
    pub(super) fn new(registry: &Registry) -> Self {
        Self {
            dispatched: registry.counter(
                "apiserver_flowcontrol_dispatched_requests_total",
                "Requests that priority and fairness let go on.",
                &["flow_schema", "priority_level"],
            ),
            rejected: registry.counter(
                "apiserver_flowcontrol_rejected_requests_total",
                "Requests that priority and fairness refused.",
                &["flow_schema", "priority_level", "reason"],
            ),
            executing: registry.gauge(
                "apiserver_flowcontrol_current_executing_requests",
                "Requests that are served now; of watches, those that begin.",
                &["flow_schema", "priority_level"],
            ),
            nominal_seats: registry.gauge(
                "apiserver_flowcontrol_nominal_limit_seats",
                "Seats that a priority level has by its shares.",
                &["priority_level"],
            ),
        }
    }

    pub(crate) fn of(&self, schema: &str, level: &str) -> FlowCounts {
        FlowCounts {
            dispatched: self.dispatched.with(&[schema, level]),
            rejected: self.rejected.with(&[schema, level, "concurrency-limit"]),
            executing: self.executing.with(&[schema, level]),
        }
    }

    pub(crate) fn set_nominal_seats(&self, level: &str, seats: i64) {
        self.nominal_seats.with(&[level]).set(seats);
    }
}
