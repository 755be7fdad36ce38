//! What it costs to count a request in several families: each looked up by its labels, or all of them at once. `cargo bench -p telemetry`.

use std::sync::Arc;
use telemetry::metrics::{Counter, Histogram, Registry, Sets};

const ROUNDS: u32 = 1_000_000;
const BOUNDS: &[f64] = &[0.005, 0.025, 0.1, 1.0, 10.0];
/// As many as tell what a request is.
const LABELS: &[&str] = &["a", "b", "c", "d", "e", "f", "g", "h"];
const VALUES: &[&str] = &["200", "", "", "pods", "resource", "", "GET", "v1"];

fn main() {
    bench::main(&[("count", count)]);
}

fn count(bench: &bench::Bench) {
    let registry = Registry::new();
    let requests = registry.counter("requests", "", LABELS);
    let timed = ["durations", "sli_durations", "sizes"];
    let timed = timed.map(|name| registry.histogram(name, "", LABELS, BOUNDS));
    bench.measure("four look-ups", ROUNDS, || {
        requests.with(VALUES).increment();
        timed
            .iter()
            .for_each(|family| family.with(VALUES).observe(0.01));
    });
    let sets: Sets<(Arc<Counter>, [Arc<Histogram>; 3])> = Sets::new();
    let make = || {
        let timed = timed.each_ref().map(|family| family.with(VALUES));
        (requests.with(VALUES), timed)
    };
    bench.measure("one look-up", ROUNDS, || {
        sets.count(VALUES, make, |(requests, timed)| {
            requests.increment();
            timed.iter().for_each(|histogram| histogram.observe(0.01));
        });
    });
}
