//! A machine without a network, as a laptop on the road: pods and Services work, and the node goes along when a network comes and goes.

use std::time::Duration;
use testkit::{Cluster, Machine, Options, Registry, eventually, is_root, output, text};

const REDIS: &str = "
apiVersion: v1
kind: Pod
metadata: {name: redis, labels: {app: redis}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: redis
      image: 127.0.0.1:5000/guestbook-redis:v1
      command: [redis-server, --protected-mode, 'no', --save, '']
      readinessProbe: {tcpSocket: {port: 6379}, periodSeconds: 1}
---
apiVersion: v1
kind: Service
metadata: {name: redis}
spec:
  type: NodePort
  selector: {app: redis}
  ports: [{port: 6379, nodePort: 30379}]
";
/// The gateway of the first node's pods.
const GATEWAY: &str = "10.244.0.1";
const LATE: &str = "198.18.79.2";

#[test]
fn offline() {
    if !is_root("offline") {
        return;
    }
    let options = Options {
        name: "offline",
        control_plane_only: false,
    };
    let mut cluster = Cluster::new(Machine::offline("offline"), options);
    cluster.flags = vec!["--bind-address=0.0.0.0".to_owned()];
    cluster.up();
    let _registry = Registry::start(&cluster.machine);
    assert_eq!(internal_address(&cluster), GATEWAY);
    cluster.apply(REDIS);
    cluster.ok(&[
        "wait",
        "--for=condition=Ready",
        "pod/redis",
        "--timeout=60s",
    ]);
    let by_name = [
        "exec",
        "redis",
        "--",
        "redis-cli",
        "-h",
        "redis.default.svc.cluster.local",
        "ping",
    ];
    assert_eq!(cluster.ok(&by_name).trim(), "PONG");
    answers(&cluster, GATEWAY);

    cluster.machine.address("add", &format!("{LATE}/24"));
    cluster.until("the new address", INTERNAL, |address| address == LATE);
    answers(&cluster, LATE);
    eventually(
        "a certificate with the new address",
        Duration::from_secs(10),
        || {
            let server = format!("--server=https://{LATE}:6443");
            output(&mut cluster.kubectl(&["get", "--raw", "/version", &server]))
                .status
                .success()
                .then_some(())
        },
    );

    cluster.machine.address("del", &format!("{LATE}/24"));
    cluster.until("the gateway again", INTERNAL, |address| address == GATEWAY);
    assert_eq!(cluster.ok(&by_name).trim(), "PONG");
    cluster.ok(&["delete", "pod/redis", "service/redis"]);
    cluster.reset();
}

const INTERNAL: &[&str] = &[
    "get",
    "nodes",
    "-o",
    "jsonpath={.items[0].status.addresses[?(@.type==\"InternalIP\")].address}",
];

fn internal_address(cluster: &Cluster) -> String {
    cluster.ok(INTERNAL)
}

/// The node port answers on this address of the machine.
fn answers(cluster: &Cluster, address: &str) {
    let ask =
        format!("exec 3<>/dev/tcp/{address}/30379 && printf 'PING\\r\\n' >&3 && head -n 1 <&3");
    eventually(
        &format!("an answer on {address}"),
        Duration::from_secs(10),
        || {
            let answer = output(
                cluster
                    .machine
                    .command("timeout")
                    .args(["5", "bash", "-c", &ask]),
            );
            text(&answer.stdout).contains("PONG").then_some(())
        },
    );
}
