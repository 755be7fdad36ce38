//! The server comes and goes; the pods stay.

use testkit::{Cluster, Options, is_root, refused, run};

const SLEEPER: &str = "
apiVersion: v1
kind: Pod
metadata: {name: sleeper}
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: sleeper
      image: 127.0.0.1:5000/guestbook-redis:v1
      command: [/bin/sh, -c, 'echo started; while :; do sleep 1; done']
";

#[test]
fn lifecycle() {
    if !is_root("lifecycle") {
        return;
    }
    let mut cluster = Cluster::start(Options {
        name: "lifecycle",
        control_plane_only: false,
    });
    let registry = testkit::Registry::start(&cluster.machine);
    cluster.apply(SLEEPER);
    cluster.ok(&[
        "wait",
        "--for=condition=Ready",
        "pod/sleeper",
        "--timeout=60s",
    ]);
    let identity = [
        "get",
        "pod",
        "sleeper",
        "-o",
        "jsonpath={.metadata.uid} {.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}",
    ];
    let before = cluster.ok(&identity);
    drop(registry);

    cluster.stop();
    cluster.up();
    same(&cluster, &identity, &before);

    cluster.kill();
    cluster.up();
    same(&cluster, &identity, &before);

    let second = refused(&mut cluster.sampan("up"));
    assert!(
        second.contains("in use") || second.contains("another"),
        "{second}"
    );
    assert!(run(&mut cluster.sampan("status")).contains("ready"));
    cluster.ok(&["delete", "pod", "sleeper"]);
}

/// The very same container still runs, and can be looked into.
fn same(cluster: &Cluster, identity: &[&str], before: &str) {
    cluster.ok(&[
        "wait",
        "--for=condition=Ready",
        "pod/sleeper",
        "--timeout=30s",
    ]);
    assert_eq!(cluster.ok(identity), before);
    assert_eq!(
        cluster
            .ok(&["exec", "sleeper", "--", "/bin/echo", "hello"])
            .trim(),
        "hello"
    );
    assert_eq!(cluster.ok(&["logs", "sleeper"]).trim(), "started");
}
