//! The guestbook from apply to delete: its page through the NodePort and through the Service's name, scale, a rolling update without a
//! failed request, rollback, a killed container, a bad image; and then nothing is left.

use std::{process::Stdio, time::Duration};
use testkit::{
    Cluster, Leftovers, Machine, Options, Registry, eventually, example, is_root, output, run, text,
};

#[test]
fn guestbook() {
    if !is_root("guestbook") {
        return;
    }
    let bare = Machine::new("guestbook");
    let before = Leftovers::look(&bare);
    drop(bare);
    let mut cluster = Cluster::start(Options {
        name: "guestbook",
        control_plane_only: false,
    });
    let _registry = Registry::start(&cluster.machine);
    applied(&cluster);
    reached(&cluster);
    scaled(&cluster);
    updated_under_load(&cluster);
    rolled_back(&cluster);
    killed_container_restarts(&cluster);
    looked_into(&cluster);
    bad_image_is_reported(&cluster);
    deleted(&cluster);
    cluster.reset();
    let left = Leftovers::look(&cluster.machine).since(&before);
    assert!(left.is_empty(), "left on the machine:\n{}", left.join("\n"));
}

fn manifest() -> String {
    example().join("guestbook.yaml").display().to_string()
}

fn applied(cluster: &Cluster) {
    cluster.ok(&["apply", "-f", &manifest()]);
    for deployment in ["redis-leader", "redis-follower", "web"] {
        cluster.ok(&[
            "rollout",
            "status",
            &format!("deployment/{deployment}"),
            "--timeout=120s",
        ]);
    }
    let again = cluster.ok(&["apply", "-f", &manifest()]);
    assert!(
        again.lines().all(|line| line.ends_with("unchanged")),
        "a second apply changed something:\n{again}"
    );
    let diff = output(&mut cluster.kubectl(&["diff", "-f", &manifest()]));
    assert!(
        diff.status.success(),
        "diff found:\n{}{}",
        text(&diff.stdout),
        text(&diff.stderr)
    );
}

fn node_port(path: &str) -> String {
    format!("http://{}:30080{path}", Machine::ADDRESS)
}

fn reached(cluster: &Cluster) {
    let page = eventually(
        "the page through the NodePort",
        Duration::from_secs(20),
        || curl(cluster, &node_port("/")),
    );
    assert!(
        page.contains("<h1>Sampan guestbook</h1>") && page.contains("version v1"),
        "{page}"
    );
    run(cluster.machine.outside("curl").args([
        "-sf",
        "--max-time",
        "5",
        "-d",
        "message=hello",
        "-o",
        "/dev/null",
        &node_port("/"),
    ]));
    eventually(
        "the message on the follower's page",
        Duration::from_secs(10),
        || curl(cluster, &node_port("/")).filter(|page| page.contains("<li>hello</li>")),
    );
    let from_host = run(cluster.machine.command("curl").args([
        "-sf",
        "--max-time",
        "5",
        "http://127.0.0.1:30080/",
    ]));
    assert!(from_host.contains("<li>hello</li>"), "{from_host}");
    let through_name = cluster.ok(&[
        "exec",
        "deployment/redis-leader",
        "--",
        "/bin/wget",
        "-q",
        "-O",
        "-",
        "http://web/version",
    ]);
    assert_eq!(through_name.trim(), "v1");
    let through_full_name = cluster.ok(&[
        "exec",
        "deployment/redis-leader",
        "--",
        "/bin/wget",
        "-q",
        "-O",
        "-",
        "http://web.default.svc.cluster.local/version",
    ]);
    assert_eq!(through_full_name.trim(), "v1");
}

fn curl(cluster: &Cluster, url: &str) -> Option<String> {
    let answer = output(
        cluster
            .machine
            .outside("curl")
            .args(["-sf", "--max-time", "5", url]),
    );
    answer.status.success().then(|| text(&answer.stdout))
}

fn scaled(cluster: &Cluster) {
    cluster.ok(&["scale", "deployment/web", "--replicas=3"]);
    cluster.ok(&["rollout", "status", "deployment/web", "--timeout=60s"]);
    cluster.until(
        "three endpoints",
        &[
            "get",
            "endpointslices",
            "-l",
            "kubernetes.io/service-name=web",
            "-o",
            "jsonpath={.items[0].endpoints[*].addresses[0]}",
        ],
        |out| out.split_whitespace().count() == 3,
    );
}

/// Asks for the page over and over, each time on a new connection, until it is told to stop; prints the number of failures and of requests.
const LOAD: &str = r"
import signal, sys, urllib.request
stop = []
signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
done, failed = 0, []
while not stop:
    done += 1
    try:
        urllib.request.urlopen(sys.argv[1], timeout=5).read()
    except Exception as error:
        failed.append(repr(error))
print(len(failed), done, failed[:3])
";

fn updated_under_load(cluster: &Cluster) {
    let mut load = cluster.machine.outside("python3");
    let load = load
        .args(["-c", LOAD, &node_port("/")])
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    cluster.ok(&[
        "set",
        "image",
        "deployment/web",
        "web=127.0.0.1:5000/guestbook-web:v2",
    ]);
    cluster.ok(&["rollout", "status", "deployment/web", "--timeout=120s"]);
    run(std::process::Command::new("kill").arg(load.id().to_string()));
    let said = text(&load.wait_with_output().expect("python3 ends").stdout);
    let mut words = said.split_whitespace();
    let (failed, done): (u64, u64) = (number(words.next()), number(words.next()));
    assert!(failed == 0 && done > 20, "failed and sent requests: {said}");
    assert!(curl(cluster, &node_port("/version")).is_some_and(|version| version.trim() == "v2"));
}

fn number(word: Option<&str>) -> u64 {
    word.and_then(|word| word.parse().ok())
        .expect("the load prints two numbers")
}

fn rolled_back(cluster: &Cluster) {
    cluster.ok(&["rollout", "undo", "deployment/web"]);
    cluster.ok(&["rollout", "status", "deployment/web", "--timeout=120s"]);
    eventually(
        "the first version's answer",
        Duration::from_secs(10),
        || curl(cluster, &node_port("/version")).filter(|version| version.trim() == "v1"),
    );
    let history = cluster.ok(&["rollout", "history", "deployment/web"]);
    assert!(history.contains('3'), "{history}");
}

fn killed_container_restarts(cluster: &Cluster) {
    let pod = cluster.ok(&[
        "get",
        "pods",
        "-l",
        "role=leader",
        "-o",
        "jsonpath={.items[0].metadata.name}",
    ]);
    let restarts = [
        "get",
        "pod",
        pod.as_str(),
        "-o",
        "jsonpath={.status.containerStatuses[0].restartCount}",
    ];
    assert_eq!(cluster.ok(&restarts), "0");
    let _ = output(&mut cluster.kubectl(&["exec", &pod, "--", "/bin/sh", "-c", "kill 1"]));
    cluster.until("a restart", &restarts, |count| count == "1");
    cluster.ok(&[
        "wait",
        "--for=condition=Ready",
        &format!("pod/{pod}"),
        "--timeout=60s",
    ]);
    let previous = cluster.ok(&["logs", &pod, "--previous"]);
    assert!(
        previous.contains("Ready to accept connections"),
        "{previous}"
    );
}

/// What a pod's client library does: the token and the authority that are mounted, the Service's name.
const ASK_THE_API: &str = r"
import ssl, urllib.request
mounted = '/var/run/secrets/kubernetes.io/serviceaccount/'
request = urllib.request.Request('https://kubernetes.default/version', headers={'Authorization': 'Bearer ' + open(mounted + 'token').read()})
print(urllib.request.urlopen(request, timeout=5, context=ssl.create_default_context(cafile=mounted + 'ca.crt')).read().decode())
";

fn looked_into(cluster: &Cluster) {
    let logs = cluster.ok(&["logs", "deployment/web", "--tail=5"]);
    assert!(!logs.is_empty());
    let described = cluster.ok(&["describe", "deployment", "web"]);
    assert!(
        described.contains("RollingUpdate") && described.contains("ScalingReplicaSet"),
        "{described}"
    );
    let version = cluster.ok(&[
        "exec",
        "deployment/web",
        "--",
        "/usr/bin/python3",
        "-c",
        ASK_THE_API,
    ]);
    assert!(version.contains("gitVersion"), "{version}");
    let from = cluster.ok(&[
        "get",
        "pods",
        "-l",
        "tier=web",
        "-o",
        "jsonpath={.items[0].metadata.name}",
    ]);
    cluster.ok(&["cp", &format!("{from}:/etc/guestbook-version"), "/dev/null"]);
}

fn bad_image_is_reported(cluster: &Cluster) {
    cluster.ok(&[
        "run",
        "bad",
        "--image=127.0.0.1:5000/no-such-image:v1",
        "--restart=Never",
    ]);
    let reason = [
        "get",
        "pod",
        "bad",
        "-o",
        "jsonpath={.status.containerStatuses[0].state.waiting.reason}",
    ];
    cluster.until("a reason", &reason, |reason| {
        reason == "ErrImagePull" || reason == "ImagePullBackOff"
    });
    cluster.until("back-off", &reason, |reason| reason == "ImagePullBackOff");
    cluster.until(
        "the event",
        &[
            "get",
            "events",
            "--field-selector",
            "involvedObject.name=bad",
            "-o",
            "jsonpath={.items[*].message}",
        ],
        |messages| {
            messages.contains("Pulling image \"127.0.0.1:5000/no-such-image:v1\"")
                && messages.contains("Failed to pull image \"127.0.0.1:5000/no-such-image:v1\"")
        },
    );
    cluster.ok(&["delete", "pod", "bad"]);
}

fn deleted(cluster: &Cluster) {
    cluster.ok(&["delete", "-f", &manifest()]);
    cluster.until("no pods", &["get", "pods", "-o", "name"], str::is_empty);
    cluster.until(
        "no endpoint slices",
        &["get", "endpointslices", "-l", "app=guestbook", "-o", "name"],
        str::is_empty,
    );
}
