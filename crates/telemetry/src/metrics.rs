//! Metric families in Prometheus' text format, counted with atomics.
//!
//! What help begins with is upstream's convention: `[STABLE]`, `[BETA]` or `[ALPHA]`, then `(Deprecated since 1.34.0)`
//! where it is; [`Registry::count_families`] counts them by that.
//!
//! A family is registered once and handed to those who count. A series (a family with label values) is made on
//! first use; whoever counts often keeps its handle. Names, help and labels follow Kubernetes' where it has
//! them. Label values come from closed sets (verbs, codes, resources): a family holds at most
//! [`SERIES_MAX`] of them and counts the rest in one series with empty labels.

mod histogram;
pub mod process;
mod sets;
mod table;
mod text;

pub use histogram::{Batch, DEFAULT_BOUNDS, Histogram, Summary};
pub use sets::Sets;
use table::{Row, Table};

use parking_lot::{Mutex, RwLock};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// Series of one family.
pub const SERIES_MAX: usize = 10_000;

/// The families that one endpoint serves. Cheap to clone; clones are the same registry.
#[derive(Clone, Default)]
pub struct Registry(Arc<Families>);

#[derive(Default)]
struct Families {
    entries: Mutex<BTreeMap<&'static str, Entry>>,
    /// Counts what is registered, by how stable it is and since when it is deprecated.
    registered: OnceLock<Family<Counter>>,
}

struct Entry {
    help: &'static str,
    series: Box<dyn Render>,
}

/// A family of series of one sort. Cheap to clone; clones are the same family.
pub struct Family<M>(Arc<Series<M>>);

struct Series<M> {
    labels: &'static [&'static str],
    make: Box<dyn Fn() -> M + Send + Sync>,
    by_values: RwLock<Table<M>>,
}

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

/// A number that goes up and down.
#[derive(Debug, Default)]
pub struct Gauge(AtomicI64);

/// A gauge of what is no whole number.
#[derive(Debug, Default)]
pub struct FloatGauge(AtomicU64);

/// What can be a series.
pub trait Metric: Send + Sync + 'static {
    /// As `# TYPE` calls it.
    const TYPE: &'static str;

    /// Appends the series' lines. `labels` is `name="value",…` without braces.
    fn render(&self, name: &str, labels: &str, out: &mut String);

    /// Begins to count anew. What tells how something stands now is left as it is.
    fn reset(&self) {}
}

trait Render: Send + Sync {
    fn render(&self, name: &str, out: &mut String);
    fn kind(&self) -> &'static str;
    fn reset(&self) {}
}

impl Registry {
    /// Without families.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A family of counters. By convention its name ends in `_total`.
    #[must_use]
    pub fn counter(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &'static [&'static str],
    ) -> Family<Counter> {
        self.family(name, help, labels, Counter::default)
    }

    /// A family of gauges.
    #[must_use]
    pub fn gauge(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &'static [&'static str],
    ) -> Family<Gauge> {
        self.family(name, help, labels, Gauge::default)
    }

    /// A family of gauges of what is no whole number.
    #[must_use]
    pub fn float_gauge(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &'static [&'static str],
    ) -> Family<FloatGauge> {
        self.family(name, help, labels, FloatGauge::default)
    }

    /// A family of histograms with these upper bounds, ascending, without infinity.
    #[must_use]
    pub fn histogram(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &'static [&'static str],
        bounds: &'static [f64],
    ) -> Family<Histogram> {
        self.family(name, help, labels, move || Histogram::new(bounds))
    }

    /// A family of summaries without quantiles.
    #[must_use]
    pub fn summary(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &'static [&'static str],
    ) -> Family<Summary> {
        self.family(name, help, labels, Summary::new)
    }

    /// A gauge that is asked for its value when it is rendered.
    pub fn gauge_from(
        &self,
        name: &'static str,
        help: &'static str,
        value: impl Fn() -> f64 + Send + Sync + 'static,
    ) {
        self.value_from(name, help, Gauge::TYPE, value);
    }

    /// A number that is asked for when it is rendered. `kind` is what `# TYPE` says: `counter` or `gauge`.
    pub fn value_from(
        &self,
        name: &'static str,
        help: &'static str,
        kind: &'static str,
        value: impl Fn() -> f64 + Send + Sync + 'static,
    ) {
        self.insert(name, help, Box::new(FromFloat(kind, value)));
    }

    /// Gauges that are asked for their values when they are rendered: `values` tells each series' labels, in the order of `labels`, and
    /// its value.
    pub fn gauges_from(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &'static [&'static str],
        values: impl Fn(&mut dyn FnMut(&[&str], f64)) + Send + Sync + 'static,
    ) {
        self.insert(name, help, Box::new(FromMany(labels, values)));
    }

    /// Counts the families whose help says how stable they are: those there are, this one, and those to come.
    ///
    /// # Panics
    /// When it is called twice.
    pub fn count_families(&self, name: &'static str, help: &'static str) {
        let family = self.counter(name, help, &["stability_level", "deprecated_version"]);
        for entry in self.0.entries.lock().values() {
            count_family(&family, entry.help);
        }
        let before = self.0.registered.set(family);
        assert!(before.is_ok(), "families are counted once");
    }

    /// Everything, in the text format of version 0.0.4, families in order of name. Those without series are left out.
    #[must_use]
    pub fn render(&self) -> String {
        let mut out = String::with_capacity(16 * 1024);
        for (name, entry) in &*self.0.entries.lock() {
            let begin = out.len();
            text::header(name, entry.help, entry.series.kind(), &mut out);
            let header_end = out.len();
            entry.series.render(name, &mut out);
            if out.len() == header_end {
                out.truncate(begin);
            }
        }
        out
    }

    /// All that counts begins anew, at zero.
    pub fn reset(&self) {
        for entry in self.0.entries.lock().values() {
            entry.series.reset();
        }
    }

    fn family<M: Metric>(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &'static [&'static str],
        make: impl Fn() -> M + Send + Sync + 'static,
    ) -> Family<M> {
        let series = Arc::new(Series {
            labels,
            make: Box::new(make),
            by_values: RwLock::default(),
        });
        self.insert(name, help, Box::new(Arc::clone(&series)));
        Family(series)
    }

    fn insert(&self, name: &'static str, help: &'static str, series: Box<dyn Render>) {
        let entry = Entry { help, series };
        let before = self.0.entries.lock().insert(name, entry);
        assert!(before.is_none(), "metric {name} is registered once");
        if let Some(registered) = self.0.registered.get() {
            count_family(registered, help);
        }
    }
}

/// Counts a family by how its help begins. What Prometheus' own clients have says nothing of it and is not counted.
fn count_family(registered: &Family<Counter>, help: &str) {
    let Some((stability, rest)) = help
        .strip_prefix('[')
        .and_then(|help| help.split_once("] "))
    else {
        return;
    };
    let since = rest.strip_prefix("(Deprecated since ");
    let since = since.and_then(|rest| rest.split_once(')'));
    let since = since.map_or("", |(version, _)| version);
    registered.with(&[stability, since]).increment();
}

impl<M: Metric> Family<M> {
    /// The series with these values, in the order of the family's labels.
    ///
    /// # Panics
    /// When there are more or fewer values than labels.
    #[must_use]
    pub fn with(&self, values: &[&str]) -> Arc<M> {
        assert_eq!(
            values.len(),
            self.0.labels.len(),
            "one value for each of {:?}",
            self.0.labels
        );
        if let Some(series) = self.0.by_values.read().get(values) {
            return Arc::clone(series);
        }
        let mut by_values = self.0.by_values.write();
        let without = vec![""; values.len()];
        let values = if by_values.len() >= SERIES_MAX {
            &without
        } else {
            values
        };
        Arc::clone(by_values.get_or_insert(values, || (self.0.make)()))
    }

    /// Shows a series that counts already, in place of another one of these values.
    ///
    /// # Panics
    /// When there are more or fewer values than labels.
    pub fn adopt(&self, values: &[&str], series: &Arc<M>) {
        let labels = self.0.labels;
        assert_eq!(
            values.len(),
            labels.len(),
            "one value for each of {labels:?}"
        );
        let mut by_values = self.0.by_values.write();
        if by_values.len() < SERIES_MAX {
            by_values.adopt(values, series);
        }
    }

    /// Forgets the series with these values, such as those of an object that is gone.
    pub fn remove(&self, values: &[&str]) {
        self.0.by_values.write().remove(values);
    }
}

impl<M> Clone for Family<M> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<M> fmt::Debug for Family<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Family")
            .field("labels", &self.0.labels)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.entries.lock().keys())
            .finish()
    }
}

impl Counter {
    /// One more.
    pub fn increment(&self) {
        self.add(1);
    }

    /// `count` more.
    pub fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    /// How many so far.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Gauge {
    /// Replaces the value.
    pub fn set(&self, value: i64) {
        self.0.store(value, Ordering::Relaxed);
    }

    /// Moves the value by `change`.
    pub fn add(&self, change: i64) {
        self.0.fetch_add(change, Ordering::Relaxed);
    }

    /// The value now.
    #[must_use]
    pub fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl FloatGauge {
    /// Replaces the value.
    pub fn set(&self, value: f64) {
        self.0.store(value.to_bits(), Ordering::Relaxed);
    }

    /// The value now.
    #[must_use]
    pub fn get(&self) -> f64 {
        f64::from_bits(self.0.load(Ordering::Relaxed))
    }
}

impl Metric for Counter {
    const TYPE: &'static str = "counter";

    fn render(&self, name: &str, labels: &str, out: &mut String) {
        text::sample(name, labels, text::count(self.get()), out);
    }

    fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

impl Metric for Gauge {
    const TYPE: &'static str = "gauge";

    #[expect(
        clippy::cast_precision_loss,
        reason = "the format knows only floats, and so do those who read it"
    )]
    fn render(&self, name: &str, labels: &str, out: &mut String) {
        text::sample(name, labels, self.get() as f64, out);
    }
}

impl Metric for FloatGauge {
    const TYPE: &'static str = "gauge";

    fn render(&self, name: &str, labels: &str, out: &mut String) {
        text::sample(name, labels, self.get(), out);
    }
}

impl<M: Metric> Render for Arc<Series<M>> {
    /// Labels, and the series by their values, stand in the order of the labels' names.
    fn render(&self, name: &str, out: &mut String) {
        let mut order: Vec<usize> = (0..self.labels.len()).collect();
        order.sort_by_key(|&index| self.labels[index]);
        let by_values = self.by_values.read();
        let mut rows: Vec<&Row<M>> = by_values.all().collect();
        let key = |row: &Row<M>| -> Vec<Box<str>> {
            let values = order.iter().map(|&index| row.0[index].clone());
            values.collect()
        };
        rows.sort_by_cached_key(|row| key(row));
        for (values, metric) in rows {
            let pairs = order.iter();
            let pairs = pairs.map(|&index| (self.labels[index], &*values[index]));
            metric.render(name, &text::labels(pairs), out);
        }
    }

    fn kind(&self) -> &'static str {
        M::TYPE
    }

    fn reset(&self) {
        for (_, metric) in self.by_values.read().all() {
            metric.reset();
        }
    }
}

struct FromFloat<F>(&'static str, F);

impl<F: Fn() -> f64 + Send + Sync> Render for FromFloat<F> {
    fn render(&self, name: &str, out: &mut String) {
        text::sample(name, "", (self.1)(), out);
    }

    fn kind(&self) -> &'static str {
        self.0
    }
}

struct FromMany<F>(&'static [&'static str], F);

impl<F: Fn(&mut dyn FnMut(&[&str], f64)) + Send + Sync> Render for FromMany<F> {
    fn render(&self, name: &str, out: &mut String) {
        (self.1)(&mut |values, value| {
            assert_eq!(
                values.len(),
                self.0.len(),
                "one value for each of {:?}",
                self.0
            );
            let pairs = self.0.iter().copied().zip(values.iter().copied());
            text::sample(name, &text::labels(pairs), value, out);
        });
    }

    fn kind(&self) -> &'static str {
        Gauge::TYPE
    }
}

#[cfg(test)]
mod tests;
