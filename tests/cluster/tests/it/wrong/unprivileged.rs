//! Without root: a node is refused with what to do; a control plane works.

use super::options;
use testkit::{Cluster, Machine, is_root, refused, run};

/// Nobody, on Debian.
const USER: u32 = 65534;

const DEPLOYMENT: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: 'example.com/web:v1'}]
";

#[test]
fn without_root() {
    if !is_root("wrong::without_root") {
        return;
    }
    let mut cluster = Cluster::new(Machine::new("nobody"), options("nobody")).by(USER);
    let said = refused(&mut cluster.sampan("up"));
    assert_eq!(
        said.trim_end(),
        "sampan: a node needs root: run `sudo sampan up`, or leave the node out with --control-plane-only"
    );
    let said =
        refused(
            cluster
                .bare()
                .args(["up", "--control-plane-only", "--data-dir=/usr/sampan"]),
        );
    assert!(
        said.contains("cannot use /usr/sampan as the data directory: choose another with --data-dir, or run as root"),
        "{said}"
    );
    cluster.up();
    cluster.apply(DEPLOYMENT);
    cluster.until(
        "two pods",
        &["get", "pods", "-l", "app=web", "-o", "name"],
        |out| out.lines().count() == 2,
    );
    cluster.ok(&["scale", "deployment/web", "--replicas=1"]);
    cluster.until(
        "one pod",
        &["get", "pods", "-l", "app=web", "-o", "name"],
        |out| out.lines().count() == 1,
    );
    let status = run(&mut cluster.sampan("status"));
    assert!(
        status.contains("is ready") && status.contains("1 pod Pending"),
        "{status}"
    );
    let owner = run(std::process::Command::new("stat")
        .args(["-c", "%u %a"])
        .arg(cluster.data_dir().join("kubeconfig")));
    assert_eq!(owner.trim(), format!("{USER} 600"));
    cluster.reset();
    let left = std::fs::read_dir(cluster.data_dir()).map(Iterator::count);
    assert!(left.is_ok_and(|entries| entries == 0), "the data is left");
}
