//! What every write pays for `managedFields`: a pod of 3 KB created, its status updated, applied again.
//!
//! `cargo bench -p patch` measures; anything else runs each case once, so that it does not rot.

use std::hint::black_box;
use std::sync::LazyLock;

use patch::{FieldManager, FieldSet, Node, SingleVersion, managed};
use serde_json::{Value, json};

/// A create may cost this much on the machine of the promises.
const CREATE_MICROS_MAX: f64 = 30.0;

fn main() {
    let rounds = if std::env::args().any(|it| it == "--bench") {
        20_000
    } else {
        1
    };
    let bench = Bench::new();
    let zero = ZERO.clone();
    let new = pod();
    let create = measure("create", rounds, || bench.entries(&zero, &new, "kubectl"));
    measure("create, as a value", rounds, || {
        let mut new = new.clone();
        bench.fields().update(&zero, &mut new, "kubectl");
        new
    });
    measure("clone of the value alone", rounds, || new.clone());
    let mut live = new.clone();
    bench.fields().update(&zero, &mut live, "kubectl");
    live["metadata"]["uid"] = json!("u");
    let mut running = live.clone();
    running["spec"]["nodeName"] = json!("node");
    measure("update of one field", rounds, || {
        let mut running = running.clone();
        bench.fields().update(&live, &mut running, "scheduler");
        running
    });
    let applied = bench.fields().apply(&zero, &new, "me", false);
    let applied = applied.expect("the pod applies");
    measure("apply again", rounds, || {
        bench.fields().apply(&applied, &new, "me", false)
    });
    assert!(
        rounds == 1 || create < CREATE_MICROS_MAX,
        "a create costs {create} µs"
    );
}

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark measures real time and prints it"
)]
fn measure<T>(name: &str, rounds: u32, mut run: impl FnMut() -> T) -> f64 {
    let started = std::time::Instant::now();
    for _ in 0..rounds {
        black_box(run());
    }
    let micros = started.elapsed().as_secs_f64() * 1e6 / f64::from(rounds);
    println!("{name}: {micros:.1} µs");
    micros
}

static ZERO: LazyLock<Value> =
    LazyLock::new(|| json!({"metadata": {}, "spec": {"containers": null}, "status": {}}));

struct Bench {
    versions: SingleVersion<'static>,
    reset: FieldSet,
}

impl Bench {
    fn new() -> Self {
        let info = schema::lookup("", "v1", "Pod").expect("pods are built in");
        Self {
            versions: SingleVersion {
                api_version: "v1",
                node: Node::builtin(info),
            },
            reset: FieldSet::of(&[&["status"]]),
        }
    }

    fn fields(&self) -> FieldManager<'_> {
        FieldManager {
            api_version: "v1",
            kind: "Pod",
            subresource: "",
            versions: &self.versions,
            zero: &ZERO,
            reset_fields: &self.reset,
            now: "2026-11-22T01:40:42Z",
        }
    }

    /// The way of typed callers: entries in, bytes out.
    fn entries(&self, live: &Value, new: &Value, manager: &str) -> usize {
        let entries = self
            .fields()
            .update_entries(live, Vec::new(), new, None, manager)
            .expect("the pod fits its schema");
        managed::to_meta(&entries).len()
    }
}

/// The pod of the promises: one container, two env, a port, resources, a probe; defaulted.
fn pod() -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": "pod-00001", "namespace": "bench",
            "labels": {"app": "bench", "index": "00001", "tier": "backend"},
            "annotations": {"example.com/note": "a note of some length that stands for what people write"},
        },
        "spec": {
            "containers": [{
                "name": "main", "image": "registry.example/team/app:1.2.3",
                "env": [{"name": "A", "value": "1"}, {"name": "POD", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}}],
                "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
                "resources": {"limits": {"cpu": "500m", "memory": "128Mi"}, "requests": {"cpu": "100m", "memory": "64Mi"}},
                "readinessProbe": {
                    "httpGet": {"path": "/healthz", "port": 8080, "scheme": "HTTP"},
                    "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
                },
                "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
                "imagePullPolicy": "IfNotPresent",
            }],
            "restartPolicy": "Always", "terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst",
            "securityContext": {}, "schedulerName": "default-scheduler", "enableServiceLinks": true,
            "tolerations": [
                {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300},
                {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300},
            ],
        },
        "status": {"phase": "Pending", "qosClass": "Burstable"},
    })
}
