//! A whole node: the real agent over the fake runtime and an API in a map.

mod fake_api;

use super::*;
use fake_api::{FakeApi, Key};
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::TokioIo;
use runtime::fake::{FakeRuntime, Run, Script};
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use std::time::Duration;

struct World {
    api: FakeApi,
    runtime: FakeRuntime,
    directory: tempfile::TempDir,
}

/// One life of the agent.
struct Life {
    agent: NodeAgent,
    platform: Platform,
}

impl World {
    fn new() -> Self {
        let runtime = FakeRuntime::new(Platform::real(), Ipv4Addr::new(127, 0, 0, 1));
        Self {
            api: FakeApi::new(),
            runtime,
            directory: tempfile::tempdir().unwrap(),
        }
    }

    fn start(&self) -> Life {
        let platform = Platform::real();
        let config = Config {
            node_name: "n1".to_owned(),
            root_dir: self.directory.path().join("node"),
            log_dir: self.directory.path().join("logs"),
            hostname: "n1".to_owned(),
            cgroup_root: String::new(),
            addresses: vec![Ipv4Addr::new(192, 0, 2, 1).into()],
            kubelet_port: 0,
            cluster_domain: "cluster.local".to_owned(),
            cluster_dns: Vec::new(),
            resolv_conf: "/nonexistent".into(),
            max_pods: 110,
            reserved: Reserved {
                cpu_milli: 0,
                memory_bytes: 0,
                ephemeral_bytes: 0,
            },
            labels: Vec::new(),
            taints: Vec::new(),
            version: "v1.36.2".to_owned(),
        };
        let client = Client::new(Arc::new(self.api.clone()), platform.clone(), "node");
        let runtime: Arc<dyn Runtime> = Arc::new(self.runtime.clone());
        let agent = NodeAgent::start(
            config,
            Deps {
                client,
                runtime,
                platform: platform.clone(),
            },
        );
        Life { agent, platform }
    }

    fn run_pod(&self, name: &str, spec: &Value) -> Key {
        let key = ("pods".to_owned(), "default".to_owned(), name.to_owned());
        let mut spec = spec.clone();
        spec["nodeName"] = "n1".into();
        self.api.put(
            key.clone(),
            json!({
                "apiVersion": "v1", "kind": "Pod",
                "metadata": {"name": name, "namespace": "default", "labels": {"app": name}},
                "spec": spec,
                "status": {"phase": "Pending"},
            }),
        );
        key
    }

    fn calls(&self, of: &str) -> usize {
        self.runtime
            .take_calls()
            .iter()
            .filter(|call| call.starts_with(of))
            .count()
    }
}

impl Life {
    async fn end(self) {
        self.platform
            .tasks
            .drain(&self.platform.clock, Duration::from_secs(5))
            .await
            .unwrap();
    }

    async fn get(&self, path: &str) -> String {
        let (near, far) = tokio::io::duplex(64 * 1024);
        let agent = self.agent.clone();
        tokio::spawn(async move { agent.serve(far).await });
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(near))
            .await
            .unwrap();
        tokio::spawn(connection);
        let request = http::Request::get(path)
            .header("host", "n1")
            .body(Empty::<bytes::Bytes>::new())
            .unwrap();
        let body = sender.send_request(request).await.unwrap().into_body();
        String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap()
    }
}

fn simple() -> Value {
    json!({
        "restartPolicy": "Always",
        "terminationGracePeriodSeconds": 30,
        "containers": [{"name": "web", "image": "img", "imagePullPolicy": "IfNotPresent",
            "terminationMessagePath": "/dev/termination-log"}],
    })
}

fn phase_is(phase: &'static str) -> impl Fn(Option<&Value>) -> bool {
    move |pod| pod.is_some_and(|pod| pod["status"]["phase"] == phase)
}

fn condition(object: &Value, name: &str) -> String {
    let conditions = object["status"]["conditions"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let found = conditions
        .iter()
        .find(|condition| condition["type"] == name);
    found
        .map(|condition| condition["status"].as_str().unwrap_or_default().to_owned())
        .unwrap_or_default()
}

#[tokio::test]
async fn the_node_registers_and_renews() {
    let world = World::new();
    let life = world.start();
    life.agent.ready().await;
    let node = world
        .api
        .get(&("nodes".to_owned(), String::new(), "n1".to_owned()))
        .unwrap();
    assert_eq!(condition(&node, "Ready"), "True");
    assert_eq!(node["metadata"]["labels"]["kubernetes.io/hostname"], "n1");
    assert_eq!(node["status"]["capacity"]["pods"], "110");
    let lease = (
        "leases".to_owned(),
        "kube-node-lease".to_owned(),
        "n1".to_owned(),
    );
    let lease = world
        .api
        .wait(&lease, |lease| lease.is_some())
        .await
        .unwrap();
    assert_eq!(lease["spec"]["leaseDurationSeconds"], 40);
    life.end().await;
}

#[tokio::test]
async fn a_pod_runs_logs_and_goes() {
    let world = World::new();
    world.runtime.script(
        "web",
        Script {
            logs: vec!["hello".to_owned()],
            ..Script::default()
        },
    );
    let life = world.start();
    let key = world.run_pod("web", &simple());
    let pod = world
        .api
        .wait(&key, |pod| {
            pod.is_some_and(|pod| condition(pod, "Ready") == "True")
        })
        .await
        .unwrap();
    assert_eq!(pod["status"]["phase"], "Running");
    assert_eq!(pod["status"]["hostIP"], "192.0.2.1");
    assert!(pod["status"]["podIPs"][0]["ip"].is_string());
    assert_eq!(pod["status"]["containerStatuses"][0]["restartCount"], 0);
    assert_eq!(life.get("/containerLogs/default/web/web").await, "hello\n");
    assert!(life.get("/pods").await.contains("\"Running\""));
    world.api.delete_gracefully(&key, 30);
    world.api.wait(&key, |pod| pod.is_none()).await;
    life.end().await;
    let messages = world.api.event_messages();
    for expected in [
        "Container created",
        "Container started",
        "Stopping container web",
    ] {
        assert!(
            messages.iter().any(|message| message == expected),
            "{expected} in {messages:?}"
        );
    }
}

#[tokio::test]
async fn a_restart_of_the_agent_restarts_no_container() {
    let world = World::new();
    let life = world.start();
    let key = world.run_pod("web", &simple());
    world
        .api
        .wait(&key, |pod| {
            pod.is_some_and(|pod| condition(pod, "Ready") == "True")
        })
        .await;
    life.end().await;
    assert_eq!(world.calls("StartContainer"), 1);
    let orphan = world.run_pod("orphan", &simple());
    let life = world.start();
    world.api.wait(&orphan, phase_is("Running")).await;
    assert_eq!(world.runtime.running("web").len(), 2);
    let running = world.api.get(&key).unwrap();
    assert_eq!(running["status"]["containerStatuses"][0]["restartCount"], 0);
    life.end().await;
    assert_eq!(world.calls("StartContainer"), 1);
}

#[tokio::test]
async fn jobs_end_and_failures_are_told() {
    let world = World::new();
    let life = world.start();
    let exit = |code| Run::Exit {
        after: Duration::from_millis(20),
        code,
    };
    world.runtime.script(
        "good",
        Script {
            run: exit(0),
            ..Script::default()
        },
    );
    world.runtime.script(
        "bad",
        Script {
            run: exit(3),
            ..Script::default()
        },
    );
    for (name, phase, code) in [("good", "Succeeded", 0), ("bad", "Failed", 3)] {
        let spec = json!({"restartPolicy": "Never", "containers": [{"name": name, "image": "img", "imagePullPolicy": "IfNotPresent"}]});
        let key = world.run_pod(name, &spec);
        let pod = world.api.wait(&key, phase_is(phase)).await.unwrap();
        assert_eq!(
            pod["status"]["containerStatuses"][0]["state"]["terminated"]["exitCode"],
            code
        );
    }
    let selective =
        json!({"nodeSelector": {"disk": "ssd"}, "containers": [{"name": "c", "image": "img"}]});
    let key = world.run_pod("elsewhere", &selective);
    let pod = world.api.wait(&key, phase_is("Failed")).await.unwrap();
    assert_eq!(pod["status"]["reason"], "NodeAffinity");
    life.end().await;
}

#[tokio::test]
async fn config_is_files_and_changes_live() {
    let world = World::new();
    let map = (
        "configmaps".to_owned(),
        "default".to_owned(),
        "conf".to_owned(),
    );
    let object = |text: &str| json!({"metadata": {"name": "conf", "namespace": "default"}, "data": {"a": text}});
    let life = world.start();
    let spec = json!({
        "restartPolicy": "Always", "serviceAccountName": "default",
        "volumes": [
            {"name": "conf", "configMap": {"name": "conf"}},
            {"name": "token", "projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}},
        ],
        "containers": [{"name": "c", "image": "img", "imagePullPolicy": "IfNotPresent",
            "volumeMounts": [{"name": "conf", "mountPath": "/conf"}, {"name": "token", "mountPath": "/token"}]}],
    });
    let key = world.run_pod("configured", &spec);
    world
        .api
        .wait(&key, |pod| {
            pod.is_some_and(|pod| condition(pod, "PodReadyToStartContainers") == "True")
        })
        .await;
    world.api.put(map.clone(), object("one"));
    let pod = world.api.wait(&key, phase_is("Running")).await.unwrap();
    let volumes = world
        .directory
        .path()
        .join("node/pods")
        .join(pod["metadata"]["uid"].as_str().unwrap())
        .join("volumes");
    let file = volumes.join("kubernetes.io~configmap/conf/a");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "one");
    let token = volumes.join("kubernetes.io~projected/token/token");
    assert_eq!(std::fs::read_to_string(token).unwrap(), "secret-token");
    world.api.put(map, object("two"));
    let clock = platform::Clock::real();
    let changed = async {
        while std::fs::read_to_string(&file).unwrap_or_default() != "two" {
            clock.sleep(Duration::from_millis(5)).await;
        }
    };
    clock
        .timeout(Duration::from_secs(5), changed)
        .await
        .unwrap();
    life.end().await;
}
