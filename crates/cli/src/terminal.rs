//! What a person sees: lines on standard output, steps with their times, tables, a progress bar; complaints on standard error.

use std::{error::Error, io::Write, time::Duration};

/// Prints one line. A reader that went away (`sampan … | head`) is not an error of ours.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Prints an error and its causes, one a line.
pub(crate) fn complain(error: &(dyn Error + 'static)) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "sampan: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = writeln!(err, "  because {error}");
        cause = error.source();
    }
}

/// Lines of a start-up: what was done and how long it took.
#[derive(Debug, Default)]
pub struct Steps;

impl Steps {
    /// One step that is done, with the time it took.
    pub fn done(&self, what: &str, took: Duration) {
        say(&format!("{:>6} ms  {what}", took.as_millis()));
    }
}

/// Prints rows below a header, in the plain columns that kubectl users expect.
pub fn table(header: &[&str], rows: &[Vec<String>]) {
    let mut table = comfy_table::Table::new();
    table
        .load_preset(comfy_table::presets::NOTHING)
        .set_header(header);
    table.add_rows(rows);
    for line in table.lines() {
        say(line.trim());
    }
}

/// A progress bar for a known number of bytes, drawn on standard error where that is a terminal.
#[derive(Debug)]
pub struct Bar(indicatif::ProgressBar);

impl Bar {
    pub fn new(label: impl Into<String>) -> Self {
        let style = indicatif::ProgressStyle::with_template(
            "{msg} [{bar:40}] {bytes}/{total_bytes} {bytes_per_sec}",
        )
        .expect("the template is a constant")
        .progress_chars("=> ");
        Self(
            indicatif::ProgressBar::new(0)
                .with_style(style)
                .with_message(label.into()),
        )
    }

    /// Shows that `done` of `total` bytes have arrived.
    pub fn set(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }

    /// Ends the line.
    pub fn finish(&self) {
        self.0.finish();
    }
}
