//! The commands beside `up`, where they must know what `up` was told.

use testkit::{Cluster, Machine, Options, is_root, run};

#[test]
fn a_kubeconfig_elsewhere_is_found_and_goes_with_the_cluster() {
    if !is_root("a_kubeconfig_elsewhere_is_found_and_goes_with_the_cluster") {
        return;
    }
    let options = Options {
        name: "elsewhere",
        control_plane_only: true,
    };
    let mut cluster = Cluster::new(Machine::new("elsewhere"), options);
    let file = cluster.data_dir().with_file_name("admin.yaml");
    cluster.flags = vec!["--kubeconfig".to_owned(), file.display().to_string()];
    cluster.up();
    let text = std::fs::read_to_string(&file).expect("the kubeconfig was written there");
    assert_eq!(
        run(&mut cluster.sampan("kubeconfig")).trim_end(),
        text.trim_end()
    );
    assert!(run(&mut cluster.sampan("status")).contains("is ready"));
    // The data directory may stand in the file of settings.
    let config = cluster.data_dir().with_file_name("config.yaml");
    let setting = format!("data-dir: {}\n", cluster.data_dir().display());
    std::fs::write(&config, setting).expect("the test's directory is writable");
    let status = run(cluster.bare().arg("status").arg("--config").arg(&config));
    assert!(status.contains("is ready"), "{status}");

    cluster.stop();
    cluster.flags.clear();
    cluster.up();
    assert_ne!(
        run(&mut cluster.sampan("kubeconfig")).trim_end(),
        text.trim_end()
    );
    cluster.stop();
    cluster.flags = vec!["--kubeconfig".to_owned(), file.display().to_string()];
    cluster.up();
    cluster.reset();
    assert!(!file.exists(), "the kubeconfig is left");
}
