//! Of the rules of definitions' schemas. Names and buckets are upstream's `apiserver/pkg/cel/metrics`.
use platform::Clock;
use std::sync::Arc;
use telemetry::metrics::{DEFAULT_BOUNDS, Histogram, Registry};

/// What rules take: to be compiled, once for a schema, and to be evaluated, once for an object.
pub(crate) struct Expressions {
    clock: Clock,
    compilation: Arc<Histogram>,
    evaluation: Arc<Histogram>,
}

impl Expressions {
    pub(crate) fn new(registry: &Registry, clock: &Clock) -> Arc<Self> {
        let histogram = |name, help| {
            registry
                .histogram(name, help, &[], DEFAULT_BOUNDS)
                .with(&[])
        };
        Arc::new(Self {
            clock: clock.clone(),
            compilation: histogram(
                "apiserver_cel_compilation_duration_seconds",
                "[BETA] CEL compilation time in seconds.",
            ),
            evaluation: histogram(
                "apiserver_cel_evaluation_duration_seconds",
                "[BETA] CEL evaluation time in seconds.",
            ),
        })
    }

    pub(crate) fn compiling<T>(&self, compile: impl FnOnce() -> T) -> T {
        self.timed(&self.compilation, compile)
    }

    pub(crate) fn evaluating<T>(&self, evaluate: impl FnOnce() -> T) -> T {
        self.timed(&self.evaluation, evaluate)
    }

    fn timed<T>(&self, durations: &Histogram, work: impl FnOnce() -> T) -> T {
        let begun = self.clock.monotonic();
        let done = work();
        durations.observe_duration(self.clock.monotonic().since(begun));
        done
    }
}
