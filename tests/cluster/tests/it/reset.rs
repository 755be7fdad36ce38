//! `sampan reset` after a crash, with pods that run: nothing is left, and a second one finds nothing to do.

use testkit::{Cluster, Leftovers, Machine, Options, Registry, is_root, run};

const PODS: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: sleeper}
spec:
  replicas: 2
  selector: {matchLabels: {app: sleeper}}
  template:
    metadata: {labels: {app: sleeper}}
    spec:
      containers:
        - name: sleeper
          image: 127.0.0.1:5000/guestbook-redis:v1
          command: [/bin/sh, -c, 'trap : TERM; while :; do sleep 1000; done']
          volumeMounts: [{name: scratch, mountPath: /scratch}]
      volumes: [{name: scratch, emptyDir: {medium: Memory}}]
---
apiVersion: v1
kind: Service
metadata: {name: sleeper}
spec:
  type: NodePort
  selector: {app: sleeper}
  ports: [{port: 80}]
";

#[test]
fn reset() {
    if !is_root("reset") {
        return;
    }
    let options = Options {
        name: "reset",
        control_plane_only: false,
    };
    let mut cluster = Cluster::new(Machine::new("reset"), options);
    let before = Leftovers::look(&cluster.machine);
    cluster.up();
    let registry = Registry::start(&cluster.machine);
    cluster.apply(PODS);
    cluster.ok(&["rollout", "status", "deployment/sleeper", "--timeout=60s"]);
    drop(registry);
    assert!(
        !Leftovers::look(&cluster.machine).since(&before).is_empty(),
        "a running pod leaves no trace: this test looks at the wrong places"
    );
    cluster.kill();
    cluster.reset();
    let left = Leftovers::look(&cluster.machine).since(&before);
    assert!(left.is_empty(), "left on the machine:\n{}", left.join("\n"));
    let again = run(cluster.sampan("reset").arg("--yes"));
    assert!(again.contains("there is nothing in"), "{again}");
}
