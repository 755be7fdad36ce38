//! Of priority and fairness. Names, labels and buckets are upstream's `flowcontrol/metrics`.
use crate::flow::DemandStats;
use std::{sync::Arc, time::Duration};
use telemetry::metrics::{Counter, Family, FloatGauge, Gauge, Histogram, Registry};

/// In seconds.
const DURATION_BUCKETS: &[f64] = &[
    0.0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0,
];
const LENGTH_BUCKETS: &[f64] = &[0.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0];
const SEATS_BUCKETS: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 100.0];
const WATCHES_BUCKETS: &[f64] = &[0.0, 1.0, 10.0, 100.0, 1000.0, 10_000.0];

/// The families.
pub(crate) struct Flows {
    dispatched: Family<Counter>,
    rejected: Family<Counter>,
    executing: Family<Gauge>,
    executing_seats: Family<Gauge>,
    waiting: Family<Gauge>,
    waiting_seats: Family<Gauge>,
    queue_lengths: Family<Histogram>,
    wait_durations: Family<Histogram>,
    executions: Family<Histogram>,
    estimated_seats: Family<Histogram>,
    watch_counts: Family<Histogram>,
    levels: LevelFamilies,
    fair_part: Arc<FloatGauge>,
}

/// Those with one series a level.
struct LevelFamilies {
    nominal: Family<Gauge>,
    lower: Family<Gauge>,
    upper: Family<Gauge>,
    current: Family<Gauge>,
    high_watermark: Family<Gauge>,
    average: Family<FloatGauge>,
    deviation: Family<FloatGauge>,
    smoothed: Family<FloatGauge>,
    target: Family<FloatGauge>,
}

/// Of the requests of one flow schema.
pub(crate) struct FlowCounts {
    schema: Box<str>,
    rejected: Family<Counter>,
    dispatched: Arc<Counter>,
    executing: Arc<Gauge>,
    executing_seats: Arc<Gauge>,
    waiting: Arc<Gauge>,
    waiting_seats: Arc<Gauge>,
    queue_lengths: Arc<Histogram>,
    /// How long those waited that were served.
    pub(crate) waited: Arc<Histogram>,
    /// How long those waited that were not.
    pub(crate) refused: Arc<Histogram>,
    executions: Arc<Histogram>,
    beginnings: Arc<Histogram>,
    pub(crate) estimated_seats: Arc<Histogram>,
    pub(crate) watches: Arc<Histogram>,
}

/// Of one priority level.
pub(crate) struct LevelGauges {
    nominal: Arc<Gauge>,
    lower: Arc<Gauge>,
    upper: Arc<Gauge>,
    current: Arc<Gauge>,
    high_watermark: Arc<Gauge>,
    average: Arc<FloatGauge>,
    deviation: Arc<FloatGauge>,
    smoothed: Arc<FloatGauge>,
    target: Arc<FloatGauge>,
}

impl Flows {
    pub(super) fn new(registry: &Registry) -> Self {
        const FLOW: &[&str] = &["flow_schema", "priority_level"];
        Self {
            dispatched: registry.counter(
                "apiserver_flowcontrol_dispatched_requests_total",
                "[BETA] Number of requests executed by API Priority and Fairness subsystem",
                FLOW,
            ),
            rejected: registry.counter(
                "apiserver_flowcontrol_rejected_requests_total",
                "[BETA] Number of requests rejected by API Priority and Fairness subsystem",
                &["flow_schema", "priority_level", "reason"],
            ),
            executing: registry.gauge(
                "apiserver_flowcontrol_current_executing_requests",
                "[BETA] Number of requests in initial (for a WATCH) or any (for a non-WATCH) execution stage in the API Priority and Fairness subsystem",
                FLOW,
            ),
            executing_seats: registry.gauge(
                "apiserver_flowcontrol_current_executing_seats",
                "[BETA] Concurrency (number of seats) occupied by the currently executing (initial stage for a WATCH, any stage otherwise) requests in the API Priority and Fairness subsystem",
                FLOW,
            ),
            waiting: registry.gauge(
                "apiserver_flowcontrol_current_inqueue_requests",
                "[BETA] Number of requests currently pending in queues of the API Priority and Fairness subsystem",
                FLOW,
            ),
            waiting_seats: registry.gauge(
                "apiserver_flowcontrol_current_inqueue_seats",
                "[ALPHA] Number of seats currently pending in queues of the API Priority and Fairness subsystem",
                FLOW,
            ),
            queue_lengths: registry.histogram(
                "apiserver_flowcontrol_request_queue_length_after_enqueue",
                "[ALPHA] Length of queue in the API Priority and Fairness subsystem, as seen by each request after it is enqueued",
                FLOW,
                LENGTH_BUCKETS,
            ),
            wait_durations: registry.histogram(
                "apiserver_flowcontrol_request_wait_duration_seconds",
                "[BETA] Length of time a request spent waiting in its queue",
                &["execute", "flow_schema", "priority_level"],
                DURATION_BUCKETS,
            ),
            executions: registry.histogram(
                "apiserver_flowcontrol_request_execution_seconds",
                "[ALPHA] Duration of initial stage (for a WATCH) or any (for a non-WATCH) stage of request execution in the API Priority and Fairness subsystem",
                &["flow_schema", "priority_level", "type"],
                DURATION_BUCKETS,
            ),
            estimated_seats: registry.histogram(
                "apiserver_flowcontrol_work_estimated_seats",
                "[ALPHA] Number of estimated seats (maximum of initial and final seats) associated with requests in API Priority and Fairness",
                FLOW,
                SEATS_BUCKETS,
            ),
            watch_counts: registry.histogram(
                "apiserver_flowcontrol_watch_count_samples",
                "[ALPHA] count of watchers for mutating requests in API Priority and Fairness",
                FLOW,
                WATCHES_BUCKETS,
            ),
            levels: LevelFamilies::new(registry),
            fair_part: fair_part(registry),
        }
    }

    pub(crate) fn of(&self, schema: &str, level: &str) -> FlowCounts {
        let flow = &[schema, level];
        FlowCounts {
            schema: schema.into(),
            rejected: self.rejected.clone(),
            dispatched: self.dispatched.with(flow),
            executing: self.executing.with(flow),
            executing_seats: self.executing_seats.with(flow),
            waiting: self.waiting.with(flow),
            waiting_seats: self.waiting_seats.with(flow),
            queue_lengths: self.queue_lengths.with(flow),
            waited: self.wait_durations.with(&["true", schema, level]),
            refused: self.wait_durations.with(&["false", schema, level]),
            executions: self.executions.with(&[schema, level, "regular"]),
            beginnings: self.executions.with(&[schema, level, "watch"]),
            estimated_seats: self.estimated_seats.with(flow),
            watches: self.watch_counts.with(flow),
        }
    }

    pub(crate) fn of_level(&self, level: &str) -> LevelGauges {
        let (levels, level) = (&self.levels, &[level]);
        LevelGauges {
            nominal: levels.nominal.with(level),
            lower: levels.lower.with(level),
            upper: levels.upper.with(level),
            current: levels.current.with(level),
            high_watermark: levels.high_watermark.with(level),
            average: levels.average.with(level),
            deviation: levels.deviation.with(level),
            smoothed: levels.smoothed.with(level),
            target: levels.target.with(level),
        }
    }

    pub(crate) fn set_fair_part(&self, part: f64) {
        self.fair_part.set(part);
    }
}

fn fair_part(registry: &Registry) -> Arc<FloatGauge> {
    registry
        .float_gauge(
            "apiserver_flowcontrol_seat_fair_frac",
            "[ALPHA] Fair fraction of server's concurrency to allocate to each priority level that can use it",
            &[],
        )
        .with(&[])
}

impl LevelFamilies {
    fn new(registry: &Registry) -> Self {
        const LEVEL: &[&str] = &["priority_level"];
        let gauge = |name, help| registry.gauge(name, help, LEVEL);
        let float = |name, help| registry.float_gauge(name, help, LEVEL);
        Self {
            nominal: gauge(
                "apiserver_flowcontrol_nominal_limit_seats",
                "[BETA] Nominal number of execution seats configured for each priority level",
            ),
            lower: gauge(
                "apiserver_flowcontrol_lower_limit_seats",
                "[ALPHA] Configured lower bound on number of execution seats available to each priority level",
            ),
            upper: gauge(
                "apiserver_flowcontrol_upper_limit_seats",
                "[ALPHA] Configured upper bound on number of execution seats available to each priority level",
            ),
            current: gauge(
                "apiserver_flowcontrol_current_limit_seats",
                "[ALPHA] current derived number of execution seats available to each priority level",
            ),
            high_watermark: gauge(
                "apiserver_flowcontrol_demand_seats_high_watermark",
                "[ALPHA] High watermark, over last adjustment period, of demand_seats",
            ),
            average: float(
                "apiserver_flowcontrol_demand_seats_average",
                "[ALPHA] Time-weighted average, over last adjustment period, of demand_seats",
            ),
            deviation: float(
                "apiserver_flowcontrol_demand_seats_stdev",
                "[ALPHA] Time-weighted standard deviation, over last adjustment period, of demand_seats",
            ),
            smoothed: float(
                "apiserver_flowcontrol_demand_seats_smoothed",
                "[ALPHA] Smoothed seat demands",
            ),
            target: float(
                "apiserver_flowcontrol_target_seats",
                "[ALPHA] Seat allocation targets",
            ),
        }
    }
}

impl LevelGauges {
    pub(crate) fn bound(&self, nominal: u32, lower: u32, upper: u32) {
        self.nominal.set(nominal.into());
        self.lower.set(lower.into());
        self.upper.set(upper.into());
    }

    pub(crate) fn adjusted(&self, seats: u32, target: f64, stats: DemandStats) {
        self.current.set(seats.into());
        self.high_watermark.set(stats.high_watermark.into());
        self.average.set(stats.average);
        self.deviation.set(stats.deviation);
        self.smoothed.set(stats.smoothed);
        self.target.set(target);
    }
}

impl FlowCounts {
    /// Counts one that is refused.
    pub(crate) fn rejected(&self, level: &str, reason: &str) {
        self.rejected
            .with(&[&self.schema, level, reason])
            .increment();
    }

    pub(crate) fn queued(&self, length: usize, seats: u32) {
        self.waiting.add(1);
        self.waiting_seats.add(seats.into());
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.queue_lengths.observe(length.into());
    }

    pub(crate) fn left_queue(&self, seats: u32) {
        self.waiting.add(-1);
        self.waiting_seats.add(-i64::from(seats));
    }

    pub(crate) fn begun(&self, seats: u32) {
        self.dispatched.increment();
        self.executing.add(1);
        self.executing_seats.add(seats.into());
    }

    pub(crate) fn ended(&self, seats: u32, took: Duration, watches: bool) {
        self.executing.add(-1);
        self.executing_seats.add(-i64::from(seats));
        let durations = if watches {
            &self.beginnings
        } else {
            &self.executions
        };
        durations.observe_duration(took);
    }
}

impl std::fmt::Debug for FlowCounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FlowCounts")
            .field("schema", &self.schema)
            .finish_non_exhaustive()
    }
}
