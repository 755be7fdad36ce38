//! What a person can get wrong: each gets one clear sentence and changes nothing.

use std::path::Path;
use testkit::{Cluster, Machine, Options, is_root, refused, run};

mod full_disk;
mod unprivileged;

fn options(name: &'static str) -> Options {
    Options {
        name,
        control_plane_only: true,
    }
}

#[test]
fn a_port_a_data_directory_a_setting() {
    if !is_root("wrong::a_port_a_data_directory_a_setting") {
        return;
    }
    let mut cluster = Cluster::start(options("wrong"));
    let elsewhere = cluster.data_dir().with_file_name("elsewhere");
    let said = refused(
        cluster
            .bare()
            .args(["up", "--control-plane-only", "--data-dir"])
            .arg(&elsewhere),
    );
    assert!(said.contains("6443") && said.contains("in use"), "{said}");
    assert!(!elsewhere.exists(), "a data directory was made");
    let said = refused(
        cluster
            .sampan("up")
            .args(["--control-plane-only", "--port=6444"]),
    );
    assert!(said.contains("in use by another process"), "{said}");
    let said = refused(cluster.sampan("reset").arg("--yes"));
    assert!(
        said.contains("the cluster is running: stop `sampan up` first"),
        "{said}"
    );

    cluster.stop();
    damaged_data_directories(&cluster);
    settings(&cluster);
    let said = refused(&mut cluster.sampan("status"));
    assert!(said.contains("is `sampan up` running?"), "{said}");
    let said = refused(
        cluster
            .bare()
            .args(["kubeconfig", "--data-dir"])
            .arg(&elsewhere),
    );
    assert!(
        said.contains("`sampan up` with this --data-dir writes it"),
        "{said}"
    );
    cluster.up();
}

fn damaged_data_directories(cluster: &Cluster) {
    let version = cluster.data_dir().join("version");
    let was = std::fs::read(&version).expect("every data directory has a version");
    for (text, expect) in [
        ("999\n", "made by a newer Sampan (layout 999"),
        ("?", "is damaged"),
    ] {
        std::fs::write(&version, text).expect("the test's directory is writable");
        let said = refused(cluster.sampan("up").arg("--control-plane-only"));
        assert!(said.contains(expect), "{said}");
        assert_eq!(
            std::fs::read_to_string(&version).ok().as_deref(),
            Some(text)
        );
    }
    std::fs::write(&version, was).expect("the test's directory is writable");
}

fn settings(cluster: &Cluster) {
    let check = |arguments: &[&str], expect: &str| {
        let said = refused(cluster.sampan("up").args(arguments));
        assert_eq!(said.trim_end(), expect);
    };
    check(
        &["--port", "many"],
        "sampan: --port cannot be \"many\": it must be a port number",
    );
    let file = cluster.data_dir().with_file_name("config.yaml");
    let shown = file.display().to_string();
    std::fs::write(&file, "prot: 6443\n").expect("the test's directory is writable");
    check(
        &["--config", &shown],
        &format!(
            "sampan: {shown} has an unknown setting \"prot\": `sampan up --help` lists the settings"
        ),
    );
    std::fs::write(&file, "node-name: n\nport: 6443: 1\n")
        .expect("the test's directory is writable");
    let said = refused(cluster.sampan("up").args(["--config", &shown]));
    assert!(
        said.starts_with(&format!(
            "sampan: cannot read the settings in {shown}: yaml: line 2"
        )),
        "{said}"
    );
    check(
        &[
            "--kubeconfig",
            "/no/such/dir/kubeconfig",
            "--control-plane-only",
        ],
        "sampan: --kubeconfig /no/such/dir/kubeconfig cannot be written: there is no directory /no/such/dir; make it, or name another file",
    );
}

#[test]
fn a_machine_without_what_a_node_needs() {
    if !is_root("wrong::a_machine_without_what_a_node_needs") {
        return;
    }
    let machine = Machine::new("lacking");
    let dir = tempfile::tempdir().expect("there is a temporary directory");
    let data = dir.path().join("data");
    // The unified hierarchy is taken away in a mount namespace of its own.
    let script = "findmnt --raw --noheadings --output TARGET --types cgroup2 | xargs --no-run-if-empty umount --lazy; exec \"$@\"";
    let said = up(
        machine
            .command("unshare")
            .args(["--mount", "sh", "-c", script, "sh"]),
        &data,
    );
    assert_eq!(
        said.trim_end(),
        "sampan: no cgroup v2 hierarchy is mounted; Services need one: mount -t cgroup2 none /sys/fs/cgroup/unified, or leave the node out with --control-plane-only"
    );
    // Root as a container has it.
    let said = up(
        machine
            .command("setpriv")
            .args(["--bounding-set=-sys_admin", "--inh-caps=-sys_admin"]),
        &data,
    );
    assert_eq!(
        said.trim_end(),
        "sampan: a node needs root with all its rights, and CAP_SYS_ADMIN is taken away here, as in a container: run sampan outside, or in a privileged container, or leave the node out with --control-plane-only"
    );
    let mut elsewhere = machine.command("env");
    let said = refused(
        elsewhere
            .arg(testkit::binary())
            .args(["up", "--cgroup-root=/tmp", "--data-dir"])
            .arg(&data),
    );
    assert!(
        said.contains("--cgroup-root /tmp is not a group of the unified hierarchy"),
        "{said}"
    );
    assert!(!data.exists(), "a data directory was made");
    let links = run(machine.command("ip").args(["-brief", "link"]));
    assert_eq!(
        links.lines().count(),
        2,
        "loopback and eth0 were there before:\n{links}"
    );
}

/// `sampan up` behind a program that takes something away.
#[track_caller]
fn up(behind: &mut std::process::Command, data: &Path) -> String {
    refused(
        behind
            .arg(testkit::binary())
            .args(["up", "--data-dir"])
            .arg(data),
    )
}
