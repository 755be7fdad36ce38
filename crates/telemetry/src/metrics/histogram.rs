//! Histograms: counts by upper bound, and their sum.

use super::{Metric, text};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Bounds of durations in seconds, where none are chosen: Prometheus' own.
pub const DEFAULT_BOUNDS: &[f64] = &[
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// How often values fell below each of some bounds.
#[derive(Debug)]
pub struct Histogram {
    bounds: &'static [f64],
    /// One more than bounds: the last counts what is above all of them. Not cumulative.
    counts: Box<[AtomicU64]>,
    /// The bits of an `f64`.
    sum: AtomicU64,
}

/// Buckets of a histogram that is counted in batches.
const BATCH_BUCKETS_MAX: usize = 32;

/// Values that are counted together: all at once when it is dropped.
#[derive(Debug)]
pub struct Batch<'a> {
    histogram: &'a Histogram,
    counts: [u64; BATCH_BUCKETS_MAX],
    sum: f64,
}

impl Batch<'_> {
    /// Counts one value.
    pub fn observe(&mut self, value: f64) {
        self.counts[self.histogram.bucket(value)] += 1;
        self.sum += value;
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        let counted = self.counts.iter().zip(&self.histogram.counts);
        for (count, total) in counted.filter(|(count, _)| **count > 0) {
            total.fetch_add(*count, Ordering::Relaxed);
        }
        self.histogram.add(self.sum);
    }
}

impl Histogram {
    /// Begins to count several values together, which touches what others count in but once.
    ///
    /// # Panics
    /// When there are more than 31 bounds.
    #[must_use]
    pub fn batch(&self) -> Batch<'_> {
        assert!(
            self.counts.len() <= BATCH_BUCKETS_MAX,
            "a histogram that is counted in batches has few bounds"
        );
        Batch {
            histogram: self,
            counts: [0; BATCH_BUCKETS_MAX],
            sum: 0.0,
        }
    }

    fn bucket(&self, value: f64) -> usize {
        self.bounds.partition_point(|bound| *bound < value)
    }

    fn add(&self, value: f64) {
        let add = |bits: u64| Some((f64::from_bits(bits) + value).to_bits());
        // The closure never declines, so that the update cannot fail.
        let _ = self
            .sum
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    pub(super) fn new(bounds: &'static [f64]) -> Self {
        assert!(bounds.is_sorted(), "bounds ascend");
        Self {
            bounds,
            counts: (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect(),
            sum: AtomicU64::new(0_f64.to_bits()),
        }
    }

    /// Counts one value.
    pub fn observe(&self, value: f64) {
        self.counts[self.bucket(value)].fetch_add(1, Ordering::Relaxed);
        self.add(value);
    }

    /// Counts a duration, in seconds.
    pub fn observe_duration(&self, duration: Duration) {
        self.observe(duration.as_secs_f64());
    }

    /// How many values were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts
            .iter()
            .map(|count| count.load(Ordering::Relaxed))
            .sum()
    }

    fn clear(&self) {
        for count in &self.counts {
            count.store(0, Ordering::Relaxed);
        }
        self.sum.store(0_f64.to_bits(), Ordering::Relaxed);
    }

    fn render_totals(&self, name: &str, labels: &str, out: &mut String) {
        text::sample(
            &format!("{name}_sum"),
            labels,
            f64::from_bits(self.sum.load(Ordering::Relaxed)),
            out,
        );
        text::sample(
            &format!("{name}_count"),
            labels,
            text::count(self.count()),
            out,
        );
    }
}

/// How many values there were, and their sum.
#[derive(Debug)]
pub struct Summary(Histogram);

impl Summary {
    pub(super) fn new() -> Self {
        Self(Histogram::new(&[]))
    }

    /// Counts a duration, in seconds.
    pub fn observe_duration(&self, duration: Duration) {
        self.0.observe_duration(duration);
    }
}

impl Metric for Summary {
    const TYPE: &'static str = "summary";

    fn render(&self, name: &str, labels: &str, out: &mut String) {
        self.0.render_totals(name, labels, out);
    }

    fn reset(&self) {
        self.0.clear();
    }
}

impl Metric for Histogram {
    const TYPE: &'static str = "histogram";

    fn render(&self, name: &str, labels: &str, out: &mut String) {
        let comma = if labels.is_empty() { "" } else { "," };
        let bucket_name = format!("{name}_bucket");
        let mut cumulative = 0;
        for (index, count) in self.counts.iter().enumerate() {
            cumulative += count.load(Ordering::Relaxed);
            let bound = self.bounds.get(index).copied();
            let bound = base::go_float(bound.unwrap_or(f64::INFINITY));
            text::sample(
                &bucket_name,
                &format!("{labels}{comma}le=\"{bound}\""),
                text::count(cumulative),
                out,
            );
        }
        self.render_totals(name, labels, out);
    }

    fn reset(&self) {
        self.clear();
    }
}
