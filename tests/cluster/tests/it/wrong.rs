//! What a person can get wrong: each gets one clear sentence and changes nothing.

use testkit::{Cluster, Options, is_root, refused};

#[test]
fn wrong() {
    if !is_root("wrong") {
        return;
    }
    let mut cluster = Cluster::start(Options {
        name: "wrong",
        control_plane_only: true,
    });
    let elsewhere = cluster.data_dir().with_file_name("elsewhere");
    let mut second = cluster
        .machine
        .command(&testkit::binary().display().to_string());
    let said = refused(
        second
            .args(["up", "--control-plane-only", "--data-dir"])
            .arg(&elsewhere),
    );
    assert!(said.contains("6443") && said.contains("in use"), "{said}");

    cluster.stop();
    std::fs::write(cluster.data_dir().join("version"), "999\n")
        .expect("the test's directory is writable");
    let said = refused(cluster.sampan("up").arg("--control-plane-only"));
    assert!(said.contains("999") && said.contains("newer"), "{said}");

    let said = refused(cluster.sampan("up").args(["--port", "many"]));
    assert!(said.contains("--port cannot be \"many\""), "{said}");
}
