//! What a run prints: a line a figure, in columns that scripts can split.

use std::time::Duration;

/// One measured number.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// What Sampan promises, as words: `≥ 3000`.
    pub(crate) bar: &'static str,
}

impl Figure {
    pub(crate) fn new(
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        bar: &'static str,
    ) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            bar,
        }
    }
}

#[expect(clippy::print_stdout, reason = "this is the program's output")]
pub(crate) fn print(scenario: &str, figures: &[Figure]) {
    for Figure {
        name,
        value,
        unit,
        bar,
    } in figures
    {
        let digits = if *value < 10.0 { 3 } else { 1 };
        println!("{scenario:<12} {name:<32} {value:>14.digits$} {unit:<10} {bar}");
    }
}

#[expect(clippy::print_stdout, reason = "this is the program's output")]
pub(crate) fn names(rows: impl Iterator<Item = (&'static str, &'static str)>) {
    for (name, what) in rows {
        println!("{name:<12} {what}");
    }
}

#[expect(clippy::print_stderr, reason = "this is the program's output")]
pub(crate) fn note(words: &str) {
    eprintln!("perf: {words}");
}

#[expect(clippy::print_stderr, reason = "this is the program's output")]
pub(crate) fn complain(error: &dyn std::error::Error) {
    eprintln!("perf: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because {error}");
        cause = error.source();
    }
}

/// The latency below which `percent` of the samples lie, in milliseconds. Sorts the samples.
pub(crate) fn percentile_ms(samples: &mut [Duration], percent: usize) -> f64 {
    samples.sort_unstable();
    let index = (samples.len() * percent / 100).min(samples.len().saturating_sub(1));
    samples
        .get(index)
        .map_or(0.0, |sample| sample.as_secs_f64() * 1000.0)
}
