//! Where `scripts/clients` has put the clients, and how one of them is run on a test's machine.

use std::{
    path::{Path, PathBuf},
    process::Command,
};
use testkit::{Cluster, Options, run};

/// A control plane without a node: all that a client library needs.
pub(crate) fn control_plane(name: &'static str) -> Cluster {
    Cluster::start(Options {
        name,
        control_plane_only: true,
    })
}

/// A file of this crate.
pub(crate) fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A client that `scripts/clients` fetched.
pub(crate) fn fetched(path: &str) -> PathBuf {
    let client = file("../../target/clients").join(path);
    assert!(
        client.exists(),
        "{} is missing: `make clients-tools` fetches it",
        client.display()
    );
    client
}

/// A program on the cluster's machine, with the cluster's kubeconfig.
pub(crate) fn program(cluster: &Cluster, program: &Path) -> Command {
    let mut command = cluster.machine.command(&program.display().to_string());
    command
        .env("KUBECONFIG", cluster.data_dir().join("kubeconfig"))
        .env("HOME", cluster.data_dir());
    command
}

/// Runs a script to its end; its last line says that it got there.
#[track_caller]
pub(crate) fn script(cluster: &Cluster, interpreter: &Path, script: &str) {
    let said = run(program(cluster, interpreter).arg(file(script)));
    assert!(said.trim_end().ends_with("done"), "{script}: {said}");
}
