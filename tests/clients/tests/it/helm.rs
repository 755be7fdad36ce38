//! Helm 4 through its own SDK: a chart with hooks and a test, on a cluster with a node.

use crate::tools::{fetched, script};
use testkit::{Cluster, Options, Registry, is_root};

#[test]
fn release() {
    if !is_root("release") {
        return;
    }
    let cluster = Cluster::start(Options {
        name: "helm",
        control_plane_only: false,
    });
    let _registry = Registry::start(&cluster.machine);
    script(&cluster, &fetched("python/bin/python"), "python/helm.py");
}
