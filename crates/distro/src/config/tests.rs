use super::{Config, FLAGS};

/// Flags -> the settings that differ from the defaults, or the error.
#[track_caller]
fn check(given: &[(&'static str, &str)], expect: &str) {
    let given: Vec<_> = given
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    let got = match Config::build(None, &given) {
        Ok(config) => format!(
            "{} {} {}",
            config.port,
            config.service_cidr,
            config.insecure_registries.join(",")
        ),
        Err(error) => error.to_string(),
    };
    assert_eq!(got, expect);
}

#[test]
fn the_table_is_sorted() {
    assert!(FLAGS.is_sorted_by_key(|flag| flag.name));
}

#[test]
fn defaults_hold() {
    check(&[], "6443 10.96.0.0/16 ");
}

#[test]
fn flags_override_defaults_and_repeat() {
    check(
        &[
            ("port", "1"),
            ("insecure-registry", "a"),
            ("insecure-registry", "b:5000"),
        ],
        "1 10.96.0.0/16 a,b:5000",
    );
}

#[test]
fn wrong_values_are_named() {
    check(
        &[("port", "x")],
        "--port cannot be \"x\": it must be a port number",
    );
    check(
        &[("service-cidr", "10.0.0.1/16")],
        "--service-cidr cannot be \"10.0.0.1/16\": its host bits must be zero: 10.0.0.0/16",
    );
    check(
        &[("node-port-range", "9-1")],
        "--node-port-range cannot be \"9-1\": it must be a range such as 30000-32767",
    );
}

#[test]
fn contradictions_are_named() {
    check(
        &[("cluster-dns", "1.2.3.4")],
        "--cluster-dns 1.2.3.4 is not within --service-cidr 10.96.0.0/16",
    );
    check(
        &[("cluster-cidr", "10.96.0.0/12")],
        "--service-cidr 10.96.0.0/16 and --cluster-cidr 10.96.0.0/12 overlap",
    );
}

#[test]
fn a_file_speaks_the_flags_names() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.yaml");
    std::fs::write(&path, "port: 7443\ninsecure-registry: [a, b]\n").unwrap();
    let config = Config::build(Some(&path), &[]).unwrap();
    assert_eq!(
        (config.port, config.insecure_registries),
        (7443, vec!["a".to_owned(), "b".to_owned()])
    );
    std::fs::write(&path, "prot: 7443\n").unwrap();
    let error = Config::build(Some(&path), &[]).unwrap_err().to_string();
    assert!(
        error.ends_with("has an unknown setting \"prot\": `sampan up --help` lists the settings"),
        "{error}"
    );
}
