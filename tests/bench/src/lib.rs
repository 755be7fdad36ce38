//! What a benchmark's `main` calls. `cargo bench` runs its cases in full; `cargo nextest run` and `cargo test` list them as tests and run each
//! with a tiny input, so that none rots. A bench says `harness = false, test = true` in its manifest.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and prints its figures"
)]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// Rounds of which the best counts: it had the core for itself.
const BATCH_ROUNDS: u32 = 100;

/// A case by its name.
pub type Case = (&'static str, fn(&Bench));

/// How one run is to go.
#[derive(Clone, Copy, Debug)]
pub struct Bench {
    full: bool,
}

/// Runs the cases that the command line asks for, or lists them as libtest does.
pub fn main(cases: &[Case]) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if has("--list") {
        let names = cases.iter().filter(|_| !has("--ignored"));
        names.for_each(|(name, _)| println!("{name}: test"));
        return;
    }
    let wanted: Vec<&String> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let bench = Bench {
        full: has("--bench"),
    };
    for (name, run) in cases {
        let asked = |wanted: &&String| match has("--exact") {
            true => *name == wanted.as_str(),
            false => name.contains(wanted.as_str()),
        };
        if wanted.is_empty() || wanted.iter().any(asked) {
            run(&bench);
        }
    }
}

impl Bench {
    /// Whether figures are wanted, and not only that it runs.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// One of two sizes of something.
    pub fn size<T>(&self, full: T, tiny: T) -> T {
        if self.full { full } else { tiny }
    }

    /// Runs something `rounds` times, or once; prints and returns what a round takes.
    pub fn measure<T>(&self, what: &str, rounds: u32, mut run: impl FnMut() -> T) -> Duration {
        let rounds = self.size(rounds, 1);
        let batch = rounds.min(BATCH_ROUNDS);
        let mut best = Duration::MAX;
        for _ in 0..rounds.div_ceil(batch) {
            let took = Self::time(|| (0..batch).for_each(|_| drop(black_box(run()))));
            best = best.min(took / batch);
        }
        self.report(what, &format!("{:.2} µs", best.as_secs_f64() * 1e6));
        best
    }

    /// How long something takes.
    pub fn time(run: impl FnOnce()) -> Duration {
        let start = Instant::now();
        run();
        start.elapsed()
    }

    /// Prints a figure.
    pub fn report(&self, what: &str, figure: &str) {
        println!("{what:<40} {figure:>14}");
    }
}
