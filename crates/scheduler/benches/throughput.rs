//! How many pods a second the scheduler alone places: queue, filters, scores, reservations, in memory, without an API server.
//!
//! `cargo bench -p scheduler` places 50,000 pods on 5,000 nodes; as a test it places a handful. The promise is 20,000 pods a second.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and prints"
)]

use api::core::v1::{Node, Pod};
use client::View;
use meta::codec;
use platform::{Monotonic, Rng};
use scheduler::{Core, NodeFacts, PodView, Step, in_tree};
use std::{sync::Arc, time::Instant};

/// How much to do.
#[derive(Clone, Copy)]
struct Size {
    nodes: usize,
    pods: usize,
}

const FULL: Size = Size {
    nodes: 5000,
    pods: 50_000,
};
const TINY: Size = Size { nodes: 3, pods: 6 };

fn main() {
    let argument = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    if argument("--list") {
        // What `cargo nextest` asks before it runs anything; no test of this binary is ignored.
        if !argument("--ignored") {
            println!("throughput: test");
        }
        return;
    }
    run(if argument("--bench") { FULL } else { TINY });
}

fn run(size: Size) {
    let mut core = Core::new("default-scheduler".into(), in_tree());
    let now = Monotonic::START;
    for index in 0..size.nodes {
        core.set_node(Arc::new(node(index)), now);
    }
    let pods: Vec<_> = (0..size.pods).map(|index| Arc::new(pod(index))).collect();
    let begun = Begun::now();
    for pod in pods {
        core.set_pod(pod, now);
    }
    rate("pods queued", size.pods, &begun);

    let begun = Begun::now();
    let placed = place_all(&mut core, size);
    rate("pods placed", placed, &begun);
    assert_eq!(placed, size.pods, "there is room for all");
}

/// Steps until the queue is empty; each pod is bound as soon as it is placed.
fn place_all(core: &mut Core, size: Size) -> usize {
    let rng = Rng::seeded(1);
    let mut placed = 0;
    for _ in 0..size.pods {
        let pick = |n: usize| usize::try_from(rng.below(n as u64)).expect("below a usize");
        match core.step(Monotonic::START, pick) {
            Some(Step::Bind(placement)) => {
                core.bound(&placement);
                placed += 1;
            }
            other => panic!("a pod was not placed: {other:?}"),
        }
    }
    placed
}

/// As the measured clusters have them: 32 CPUs, 110 pods.
fn node(index: usize) -> NodeFacts {
    let text = format!(
        r#"{{"metadata": {{"name": "node-{index}", "labels": {{"kubernetes.io/hostname": "node-{index}", "topology.kubernetes.io/zone": "zone-{}"}}}},
            "status": {{"allocatable": {{"cpu": "32", "memory": "256Gi", "ephemeral-storage": "100Gi", "pods": "110"}}}}}}"#,
        index % 3
    );
    NodeFacts::of(decoded::<Node>(&text))
}

/// One container that asks for something, and the tolerations that admission gives every pod.
fn pod(index: usize) -> PodView {
    let text = format!(
        r#"{{"metadata": {{"name": "pod-{index}", "namespace": "default", "uid": "uid-{index}"}},
            "spec": {{"schedulerName": "default-scheduler",
                "containers": [{{"name": "c", "image": "i", "resources": {{"requests": {{"cpu": "100m", "memory": "128Mi"}}}}}}],
                "tolerations": [
                    {{"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}},
                    {{"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}}]}}}}"#
    );
    PodView::of(decoded::<Pod>(&text))
}

fn decoded<K: codec::Message + Default>(text: &str) -> K {
    let decoded = codec::from_json::<K>(text.as_bytes(), codec::Strictness::Strict);
    decoded.expect("the fixture decodes").object
}

/// A span of time, and what of it this process had a core for.
struct Begun {
    wall: Instant,
    core_seconds: f64,
}

impl Begun {
    fn now() -> Self {
        Self {
            wall: Instant::now(),
            core_seconds: core_seconds(),
        }
    }
}

/// How long this thread, the only one, has had a core; 0 where the kernel does not say.
fn core_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next();
    nanoseconds
        .and_then(|number| number.parse().ok())
        .map_or(0.0, |nanoseconds: f64| nanoseconds / 1e9)
}

/// On a busy machine the second figure tells what a core of its own would give.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a bench are far below 2^52"
)]
fn rate(what: &str, count: usize, begun: &Begun) {
    let seconds = begun.wall.elapsed().as_secs_f64();
    let core_seconds = core_seconds() - begun.core_seconds;
    println!(
        "{what:<12} {:>10.0}/s, {:>10.0}/s of a core's time",
        count as f64 / seconds,
        count as f64 / core_seconds
    );
}
