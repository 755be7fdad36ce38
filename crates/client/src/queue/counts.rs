//! What queues have done and have before them. Names, buckets and help are those of upstream's `component-base/metrics/prometheus/workqueue`.

use super::{Inner, Key};
use parking_lot::Mutex;
use platform::Monotonic;
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Weak},
    time::Duration,
};
use telemetry::metrics::{Counter, Family, Histogram, Registry};

/// Each bound ten times the one before, in seconds.
const BUCKETS: &[f64] = &[
    1e-8,
    1e-7,
    1e-6,
    9.999_999_999_999_999e-6,
    9.999_999_999_999_999e-5,
    0.001,
    0.01,
    0.1,
    1.0,
    10.0,
];
const NAME: &[&str] = &["name"];

/// The queues of a process that are told of. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Queues(Arc<Families>);

struct Families {
    adds: Family<Counter>,
    retries: Family<Counter>,
    waited: Family<Histogram>,
    worked: Family<Histogram>,
    /// By name. Those that are gone show nothing.
    queues: Mutex<Vec<(&'static str, Weak<dyn Shown>)>>,
}

/// How a queue stands.
pub(super) struct Standing {
    ready: usize,
    /// How long each key has been worked on.
    working: Vec<Duration>,
}

trait Shown: Send + Sync {
    fn standing(&self) -> Standing;
}

impl<T: Key> Shown for Inner<T> {
    fn standing(&self) -> Standing {
        let now = self.platform.clock.monotonic();
        let state = self.state.lock();
        Standing {
            ready: state.ready_len(),
            working: state
                .working_since()
                .map(|begun| now.since(begun))
                .collect(),
        }
    }
}

impl Queues {
    /// No two of them have the same name.
    #[must_use]
    pub fn new(registry: &Registry) -> Self {
        let histogram = |name, help| registry.histogram(name, help, NAME, BUCKETS);
        let families = Arc::new(Families {
            adds: registry.counter(
                "workqueue_adds_total",
                "[BETA] Total number of adds handled by workqueue",
                NAME,
            ),
            retries: registry.counter(
                "workqueue_retries_total",
                "[BETA] Total number of retries handled by workqueue",
                NAME,
            ),
            waited: histogram(
                "workqueue_queue_duration_seconds",
                "[BETA] How long in seconds an item stays in workqueue before being requested.",
            ),
            worked: histogram(
                "workqueue_work_duration_seconds",
                "[BETA] How long in seconds processing an item from workqueue takes.",
            ),
            queues: Mutex::default(),
        });
        let gauge = |name, help, value: fn(&Standing) -> f64| {
            let families = Arc::clone(&families);
            registry.gauges_from(name, help, NAME, move |show| {
                for (name, standing) in families.standing() {
                    show(&[name], value(&standing));
                }
            });
        };
        gauge(
            "workqueue_depth",
            "[BETA] Current depth of workqueue",
            Standing::depth,
        );
        gauge(
            "workqueue_unfinished_work_seconds",
            "[BETA] How many seconds of work has done that is in progress and hasn't been observed by work_duration. Large values indicate stuck threads. One can deduce the number of stuck threads by observing the rate at which this increases.",
            |standing| standing.working.iter().sum::<Duration>().as_secs_f64(),
        );
        gauge(
            "workqueue_longest_running_processor_seconds",
            "[BETA] How many seconds has the longest running processor for workqueue been running.",
            |standing| {
                let longest = standing.working.iter().max();
                longest.map_or(0.0, Duration::as_secs_f64)
            },
        );
        Self(families)
    }

    /// What the queue of this name counts in.
    pub(super) fn of<T: Key>(&self, name: &str) -> Times<T> {
        let families = &self.0;
        Times {
            adds: families.adds.with(&[name]),
            retries: families.retries.with(&[name]),
            waited: families.waited.with(&[name]),
            worked: families.worked.with(&[name]),
            added: HashMap::new(),
            begun: HashMap::new(),
        }
    }

    pub(super) fn show<T: Key>(&self, name: &'static str, queue: &Arc<Inner<T>>) {
        let queue: Weak<Inner<T>> = Arc::downgrade(queue);
        self.0.queues.lock().push((name, queue));
    }
}

impl Families {
    fn standing(&self) -> Vec<(&'static str, Standing)> {
        let queues = self.queues.lock();
        let there = queues
            .iter()
            .filter_map(|(name, queue)| Some((*name, queue.upgrade()?.standing())));
        there.collect()
    }
}

impl Standing {
    #[expect(clippy::cast_precision_loss, reason = "the format knows only floats")]
    fn depth(&self) -> f64 {
        self.ready as f64
    }
}

impl fmt::Debug for Families {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let queues = self.queues.lock();
        f.debug_list()
            .entries(queues.iter().map(|queue| queue.0))
            .finish()
    }
}

/// When keys came and when work on them began, and what is counted of both.
#[derive(Debug)]
pub(super) struct Times<T> {
    adds: Arc<Counter>,
    retries: Arc<Counter>,
    waited: Arc<Histogram>,
    worked: Arc<Histogram>,
    added: HashMap<T, Monotonic>,
    begun: HashMap<T, Monotonic>,
}

impl<T: Key> Times<T> {
    pub(super) fn add(&mut self, key: &T, now: Monotonic) {
        self.adds.increment();
        self.added.entry(key.clone()).or_insert(now);
    }

    pub(super) fn take(&mut self, key: &T, now: Monotonic) {
        if let Some(added) = self.added.remove(key) {
            self.waited.observe_duration(now.since(added));
        }
        self.begun.insert(key.clone(), now);
    }

    pub(super) fn done(&mut self, key: &T, now: Monotonic) {
        if let Some(begun) = self.begun.remove(key) {
            self.worked.observe_duration(now.since(begun));
        }
    }

    pub(super) fn retry(&self) {
        self.retries.increment();
    }

    pub(super) fn working(&self) -> impl Iterator<Item = Monotonic> {
        self.begun.values().copied()
    }
}
