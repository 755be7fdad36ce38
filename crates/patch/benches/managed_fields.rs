//! What every write pays for `managedFields`: a pod of 3 KB created, its status updated, applied again. `cargo bench -p patch`.

use std::sync::LazyLock;

use patch::{FieldManager, FieldSet, Node, SingleVersion, managed};
use serde_json::{Value, json};

/// A create may cost this much on the machine of the promises.
const CREATE_MICROS_MAX: f64 = 30.0;
const ROUNDS: u32 = 20_000;

fn main() {
    bench::main(&[("create", create), ("update", update), ("apply", apply)]);
}

fn create(size: &bench::Bench) {
    let (bench, new) = (Bench::new(), pod());
    let entries = size.measure("create", ROUNDS, || bench.entries(&ZERO, &new, "kubectl"));
    size.measure("create, as a value", ROUNDS, || {
        let mut new = new.clone();
        bench.fields().update(&ZERO, &mut new, "kubectl");
        new
    });
    size.measure("clone of the value alone", ROUNDS, || new.clone());
    let micros = entries.as_secs_f64() * 1e6;
    assert!(
        !size.is_full() || micros < CREATE_MICROS_MAX,
        "a create costs {micros} µs"
    );
}

fn update(size: &bench::Bench) {
    let bench = Bench::new();
    let mut live = pod();
    bench.fields().update(&ZERO, &mut live, "kubectl");
    live["metadata"]["uid"] = json!("u");
    let mut running = live.clone();
    running["spec"]["nodeName"] = json!("node");
    size.measure("update of one field", ROUNDS, || {
        let mut running = running.clone();
        bench.fields().update(&live, &mut running, "scheduler");
        running
    });
}

fn apply(size: &bench::Bench) {
    let (bench, new) = (Bench::new(), pod());
    let applied = bench.fields().apply(&ZERO, &new, "me", false);
    let applied = applied.expect("the pod applies");
    size.measure("apply again", ROUNDS, || {
        bench.fields().apply(&applied, &new, "me", false)
    });
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
