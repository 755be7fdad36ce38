//! How long the codecs take for a pod of 3 KB. `cargo bench -p api`; one round when run as a test.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and prints"
)]

use api::core::v1::Pod;
use meta::codec::{self, Message, Strictness};
use std::{hint::black_box, time::Instant};

const POD: &[u8] = include_bytes!("pod.json");

fn measure<T>(name: &str, rounds: u32, run: impl Fn() -> T) {
    // `cargo bench -p api -- decode` runs those alone.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    if !wanted.is_empty() && !wanted.iter().any(|wanted| name.contains(wanted)) {
        return;
    }
    let mut best = f64::INFINITY;
    // Many short batches: the best of them had the core for itself.
    for _ in 0..rounds.div_ceil(100) {
        let start = Instant::now();
        for _ in 0..rounds.min(100) {
            black_box(run());
        }
        best = best.min(start.elapsed().as_secs_f64() / f64::from(rounds.min(100)));
    }
    println!("{name:20} {:8.2} µs", best * 1e6);
}

fn main() {
    let rounds = if std::env::args().any(|arg| arg == "--bench") {
        20_000
    } else {
        1
    };
    let decode = |text: &[u8]| {
        let decoded = codec::from_json::<Pod>(text, Strictness::Strict);
        decoded.expect("the pod is well-formed").object
    };
    let pod = decode(POD);
    let protobuf = codec::to_protobuf(&pod);
    let body = codec::encode_body(&pod);
    println!(
        "{} bytes of JSON, {} of protobuf",
        POD.len(),
        protobuf.len()
    );
    measure("decode JSON", rounds, || decode(POD));
    measure("decode body", rounds, || {
        codec::decode_body::<Pod>(&body.json, 1)
    });
    measure("encode JSON", rounds, || codec::to_json(&pod));
    measure("encode body", rounds, || codec::encode_body(&pod));
    measure("decode protobuf", rounds, || {
        codec::from_protobuf::<Pod>(&protobuf)
    });
    measure("encode protobuf", rounds, || codec::to_protobuf(&pod));
    measure("clone", rounds, || pod.clone());
    measure("skip JSON", rounds, || codec::peek_type_meta(POD));
    measure("to_value", rounds, || codec::to_value(&pod));
    println!(
        "{} bytes in the struct itself, {} fields",
        size_of::<Pod>(),
        pod.info().fields.len()
    );
}
