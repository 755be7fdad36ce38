//! Histograms: counts by upper bound, and their sum.

use super::{Metric, text};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How often values fell below each of some bounds.
#[derive(Debug)]
pub struct Histogram {
    bounds: &'static [f64],
    /// One more than bounds: the last counts what is above all of them. Not cumulative.
    counts: Box<[AtomicU64]>,
    /// The bits of an `f64`.
    sum: AtomicU64,
}

impl Histogram {
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
        let bucket = self.bounds.partition_point(|bound| *bound < value);
        self.counts[bucket].fetch_add(1, Ordering::Relaxed);
        let add = |bits: u64| Some((f64::from_bits(bits) + value).to_bits());
        // The closure never declines, so that the update cannot fail.
        let _ = self
            .sum
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
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

    fn render_totals(&self, name: &str, labels: &str, out: &mut String) {
        text::sample(
            &format!("{name}_sum"),
            labels,
            f64::from_bits(self.sum.load(Ordering::Relaxed)),
            out,
        );
        text::sample(&format!("{name}_count"), labels, self.count(), out);
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
}

impl Metric for Histogram {
    const TYPE: &'static str = "histogram";

    fn render(&self, name: &str, labels: &str, out: &mut String) {
        let comma = if labels.is_empty() { "" } else { "," };
        let bucket_name = format!("{name}_bucket");
        let mut cumulative = 0;
        for (index, count) in self.counts.iter().enumerate() {
            cumulative += count.load(Ordering::Relaxed);
            let bound = self
                .bounds
                .get(index)
                .map_or("+Inf".to_owned(), ToString::to_string);
            text::sample(
                &bucket_name,
                &format!("{labels}{comma}le=\"{bound}\""),
                cumulative,
                out,
            );
        }
        self.render_totals(name, labels, out);
    }
}
