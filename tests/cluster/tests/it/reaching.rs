//! What the API server reaches out to, in a cluster: pods and services through `kubectl proxy`, with upgrades; watches over WebSocket;
//! and an extension API server that runs in a pod.
#![expect(clippy::unwrap_used, reason = "a scenario fails loudly")]

use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Stdio},
};
use testkit::{Cluster, Options, Registry, is_root, run};

const PROXY_PORT: &str = "8009";
const AVAILABLE: &str = "jsonpath={.status.conditions[?(@.type==\"Available\")].reason}";

#[test]
fn reaching() {
    if !is_root("reaching") {
        return;
    }
    let cluster = Cluster::start(Options {
        name: "reaching",
        control_plane_only: false,
    });
    let _registry = Registry::start(&cluster.machine);
    cluster.apply(&manifest(&programs()));
    cluster.apply(&manifest(&pods()));
    let wait = ["wait", "--for=condition=Ready", "pod", "--all"];
    cluster.ok(&[&wait[..], &["--timeout=60s"]].concat());
    proxied(&cluster);
    aggregated(&cluster);
}

fn manifest(items: &[Value]) -> String {
    json!({"apiVersion": "v1", "kind": "List", "items": items}).to_string()
}

/// What the pods run, the certificate of one of them, and who may look at pods.
fn programs() -> Vec<Value> {
    let certified = rcgen::generate_simple_self_signed(["widgets.default.svc".to_owned()]).unwrap();
    let certificate = certified.cert.pem();
    let role =
        json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"});
    let meta = |name: &str| json!({"name": name});
    vec![
        json!({
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": meta("programs"),
            "data": {
                "backend.py": include_str!("reaching/backend.py"),
                "extension.py": include_str!("reaching/extension.py"),
            },
        }),
        json!({
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": meta("certificate"),
            "type": "kubernetes.io/tls",
            "stringData": {
                "tls.crt": certificate,
                "tls.key": certified.signing_key.serialize_pem(),
            },
        }),
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": meta("viewer")}),
        json!({
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "RoleBinding",
            "metadata": meta("viewer"),
            "roleRef": role,
            "subjects": [{"kind": "ServiceAccount", "name": "viewer", "namespace": "default"}],
        }),
        json!({
            "apiVersion": "apiregistration.k8s.io/v1",
            "kind": "APIService",
            "metadata": meta("v1.example.test"),
            "spec": {
                "group": "example.test",
                "version": "v1",
                "groupPriorityMinimum": 1000,
                "versionPriority": 10,
                "caBundle": base64(&certificate),
                "service": {"namespace": "default", "name": "widgets"},
            },
        }),
        service(
            "backend",
            &json!({"name": "http", "port": 80, "targetPort": 8000}),
        ),
        service("widgets", &json!({"port": 443, "targetPort": 8443})),
    ]
}

fn base64(text: &str) -> String {
    use ::base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(text)
}

fn service(name: &str, port: &Value) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name},
        "spec": {"selector": {"app": name}, "ports": [port]},
    })
}

fn pods() -> Vec<Value> {
    vec![
        pod("backend", "backend.py", 8000),
        pod("widgets", "extension.py", 8443),
    ]
}

fn pod(name: &str, program: &str, port: u16) -> Value {
    let mounts = json!([
        {"name": "programs", "mountPath": "/programs"},
        {"name": "certificate", "mountPath": "/certificate"},
    ]);
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": {"app": name}},
        "spec": {
            "terminationGracePeriodSeconds": 0,
            "containers": [{
                "name": name,
                "image": "127.0.0.1:5000/guestbook-web:v1",
                "command": ["python3", format!("/programs/{program}")],
                "readinessProbe": {"tcpSocket": {"port": port}, "periodSeconds": 1},
                "volumeMounts": mounts,
            }],
            "volumes": [
                {"name": "programs", "configMap": {"name": "programs"}},
                {"name": "certificate", "secret": {"secretName": "certificate"}},
            ],
        },
    })
}

/// `kubectl proxy`, until it is dropped.
struct Proxy(Child);

impl Proxy {
    fn start(cluster: &Cluster) -> Self {
        let port = format!("--port={PROXY_PORT}");
        // Without the filter that keeps browsers from `exec`.
        let mut child = cluster
            .kubectl(&["proxy", &port, "--disable-filter=true"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        assert!(line.contains("Starting to serve on"), "{line}");
        Self(child)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let ended = self.0.kill().and_then(|()| self.0.wait());
        assert!(ended.is_ok(), "kubectl proxy ends");
    }
}

fn proxied(cluster: &Cluster) {
    let proxy = Proxy::start(cluster);
    let token = |account: &str| cluster.ok(&["create", "token", account]).trim().to_owned();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/reaching/client.py");
    let said = run(cluster.machine.command("python3").arg(script).args([
        PROXY_PORT,
        &token("viewer"),
        &token("default"),
    ]));
    let words = ["requests and watches", "upgrades", "exec", "tokens"];
    let wanted: String = words.iter().map(|word| format!("{word}: done\n")).collect();
    assert_eq!(said, wanted);
    drop(proxy);
}

/// The condition's reason, once it is this one.
fn available(cluster: &Cluster, reason: &str) {
    let get = ["get", "apiservice", "v1.example.test", "-o", AVAILABLE];
    cluster.until("the extension server", &get, |found| found == reason);
}

fn aggregated(cluster: &Cluster) {
    available(cluster, "Passed");
    let listed = cluster.until("widgets", &["get", "widgets"], |rows| rows.contains("one"));
    assert!(listed.starts_with("NAME"), "{listed}");
    let one = cluster.ok(&["get", "wd", "one", "-o", "jsonpath={.spec.asked}"]);
    let me = cluster.ok(&[
        "auth",
        "whoami",
        "-o",
        "jsonpath={.status.userInfo.username}",
    ]);
    assert_eq!(one, me);
    let words = cluster.refuses(&["get", "widget", "three"]);
    assert!(words.contains("there is no such widget"), "{words}");
    let known = cluster.ok(&["api-resources", "--api-group=example.test", "--no-headers"]);
    let columns: Vec<&str> = known.split_whitespace().collect();
    assert_eq!(
        columns,
        ["widgets", "wd", "example.test/v1", "true", "Widget"]
    );
    cluster.until("OpenAPI", &["get", "--raw", "/openapi/v2"], |document| {
        document.contains("/apis/example.test/v1/namespaces/{namespace}/widgets/{name}")
    });
    let who = ["--as=eve", "get", "widgets"];
    let words = cluster.refuses(&who);
    assert!(
        words.contains("cannot list resource \"widgets\""),
        "{words}"
    );
    gone_and_back(cluster);
    cluster.ok(&["delete", "apiservice", "v1.example.test"]);
    let gone = ["get", "--raw", "/apis/example.test/v1"];
    // Who follows the extension servers may be asking one of them just now.
    cluster.until("the end of its paths", &gone, str::is_empty);
    let words = cluster.refuses(&gone);
    assert!(
        words.contains("could not find the requested resource"),
        "{words}"
    );
}

/// Without its pod the server is missed, in words and in figures, and found again.
fn gone_and_back(cluster: &Cluster) {
    let gauge = |value: u8| {
        format!("aggregator_unavailable_apiservice{{name=\"v1.example.test\"}} {value}")
    };
    let metrics = || cluster.ok(&["get", "--raw", "/metrics"]);
    assert!(metrics().contains(&gauge(0)));
    cluster.ok(&["delete", "pod", "widgets"]);
    available(cluster, "MissingEndpoints");
    let words = cluster.refuses(&[
        "get",
        "--raw",
        "/apis/example.test/v1/namespaces/default/widgets",
    ]);
    assert!(words.contains("unable to handle the request"), "{words}");
    cluster.until("the gauge", &["get", "--raw", "/metrics"], |all| {
        all.contains(&gauge(1))
    });
    // What else there is is found as before.
    cluster.ok(&["get", "pods"]);
    cluster.apply(&manifest(&pods()));
    available(cluster, "Passed");
    cluster.until("widgets again", &["get", "widgets"], |rows| {
        rows.contains("two")
    });
}
