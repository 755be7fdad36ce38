use super::{Config, ConfigError, FLAGS, Flag, arguments};
use std::path::Path;

/// Flags -> the settings that differ from the defaults, or the error.
#[track_caller]
fn check(given: &[(&'static str, &str)], expect: &str) {
    let got = match build(None, given) {
        Ok(config) => shown(&config),
        Err(error) => error.to_string(),
    };
    assert_eq!(got, expect);
}

fn build(file: Option<&Path>, given: &[(&'static str, &str)]) -> Result<Config, ConfigError> {
    let given: Vec<_> = given
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    Config::build(file, &given)
}

fn shown(config: &Config) -> String {
    format!(
        "{} {} {}",
        config.port,
        config.service_cidr,
        config.insecure_registries.join(",")
    )
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
    for (ttl, why) in [
        ("an hour", "a duration such as 5m or 30s"),
        ("-1s", "a duration such as 5m or 30s"),
        ("1193047h", "less than 4294967296 seconds"),
    ] {
        let expect = format!("--event-ttl cannot be \"{ttl}\": it must be {why}");
        check(&[("event-ttl", ttl)], &expect);
    }
    for (second, why) in [
        (
            "10.97.0.0/16",
            "its second network must be of IPv6, such as fd00:10:96::/112",
        ),
        (
            "fd00::/48",
            "the prefix of its second network must be between /64 and /126",
        ),
        (
            "fd00::1/112",
            "its second network must be written as fd00::/112",
        ),
    ] {
        let value = format!("10.96.0.0/16,{second}");
        let expect = format!("--service-cidr cannot be \"{value}\": {why}");
        check(&[("service-cidr", &value)], &expect);
    }
    check(
        &[("node-port-range", "9-1")],
        "--node-port-range cannot be \"9-1\": it must be a range such as 30000-32767",
    );
}

#[test]
fn settings_of_who_may_go_together() {
    let check = |given: &[(&'static str, &str)], expect: &str| {
        let checked = build(None, given).unwrap().check_access();
        let shown = checked.map_or_else(|error| error.to_string(), |()| "good".to_owned());
        assert_eq!(shown, expect);
    };
    let issuer = ("oidc-issuer-url", "https://issuer");
    let client = ("oidc-client-id", "kubernetes");
    check(&[issuer, client], "good");
    check(
        &[issuer],
        "oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set",
    );
    check(
        &[issuer, client, ("authentication-config", "/file")],
        "authentication-config file and oidc-* flags are mutually exclusive",
    );
    let webhook = ("authorization-webhook-config-file", "/file");
    check(
        &[("authorization-mode", "Node,Webhook,RBAC"), webhook],
        "good",
    );
    check(
        &[("authorization-mode", "Webhook")],
        "authorization-mode Webhook's authorization config file not passed",
    );
    check(
        &[webhook],
        "cannot specify --authorization-webhook-config-file without mode Webhook",
    );
    check(
        &[
            ("authorization-mode", "RBAC"),
            ("authorization-mode", "RBAC"),
        ],
        "authorization-mode [\"RBAC\", \"RBAC\"] has mode specified more than once",
    );
    check(
        &[("authorization-mode", "Magic")],
        "authorization-mode \"Magic\" is not a valid mode: the modes are ABAC, AlwaysAllow, AlwaysDeny, Node, RBAC, Webhook",
    );
    let policies = ("authorization-policy-file", "/file");
    check(&[("authorization-mode", "ABAC,RBAC"), policies], "good");
    check(
        &[("authorization-mode", "ABAC")],
        "authorization-mode ABAC's authorization policy file not passed",
    );
    check(
        &[policies],
        "cannot specify --authorization-policy-file without mode ABAC",
    );
    check(
        &[
            ("authorization-mode", "RBAC"),
            ("authorization-config", "/file"),
        ],
        "authorization-config file and authorization-mode or authorization-webhook-* flags are mutually exclusive",
    );
    check(
        &[("requestheader-uid-headers", "a b")],
        "--requestheader-uid-headers cannot be \"a b\": it must be the name of a header",
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

/// A file's text -> the settings that differ from the defaults, or the error.
#[track_caller]
fn check_file(text: &str, given: &[(&'static str, &str)], expect: &str) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.yaml");
    std::fs::write(&path, text).unwrap();
    let got = match build(Some(&path), given) {
        Ok(config) => shown(&config),
        Err(error) => error.to_string(),
    };
    assert_eq!(got.replace(&path.display().to_string(), "FILE"), expect);
}

#[test]
fn a_file_speaks_the_flags_names() {
    check_file(
        "port: 7443\ninsecure-registry: [a, b]\n",
        &[],
        "7443 10.96.0.0/16 a,b",
    );
    check_file("# nothing yet\n", &[], "6443 10.96.0.0/16 ");
    check_file("insecure-registry: a\n", &[], "6443 10.96.0.0/16 a");
    check_file(
        "port: 7443\ninsecure-registry: [a]\n",
        &[("port", "1"), ("insecure-registry", "b")],
        "1 10.96.0.0/16 a,b",
    );
}

#[test]
fn a_file_that_cannot_be_used_is_named() {
    check_file(
        "prot: 7443\n",
        &[],
        "FILE has an unknown setting \"prot\": `sampan up --help` lists the settings",
    );
    check_file(
        "port: many\n",
        &[],
        "port in FILE cannot be \"many\": it must be a port number",
    );
    check_file(
        "port: [1, 2]\n",
        &[],
        "cannot read the settings in FILE: port needs one plain value",
    );
    check_file(
        "port:\n",
        &[],
        "cannot read the settings in FILE: port needs one plain value",
    );
    check_file(
        "- port\n",
        &[],
        "cannot read the settings in FILE: it must be a mapping, a line such as `port: 6443` for each setting",
    );
    check_file(
        "port: 1\nport: 2\n",
        &[],
        "cannot read the settings in FILE: yaml: unmarshal errors: line 2: key \"port\" already set in map",
    );
    check_file(
        "port: [1\n",
        &[],
        "cannot read the settings in FILE: yaml: line 1: did not find expected ',' or ']'",
    );
    let error = Config::build(Some("/no/such/file".as_ref()), &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot read the settings in /no/such/file: No such file or directory (os error 2)"
    );
}

/// A value that each setting takes and that is not its default.
fn another(flag: &Flag) -> &'static str {
    match flag.name {
        "audit-log-maxage" | "audit-log-maxbackup" | "audit-log-maxsize" => "7",
        "audit-log-path" | "audit-policy-file" => "/elsewhere",
        "audit-webhook-batch-max-wait" | "audit-webhook-initial-backoff" => "77s",
        "audit-webhook-batch-throttle-enable" => "false",
        "audit-log-format" => "legacy",
        "audit-log-mode" => "batch",
        "audit-log-truncate-enabled" | "audit-webhook-truncate-enabled" => "true",
        "audit-log-batch-throttle-enable" | "audit-log-compress" => "true",
        "audit-log-batch-max-wait" => "77s",
        name if name.contains("-truncate-max-") => "77",
        "audit-log-batch-throttle-qps" | "audit-webhook-batch-throttle-qps" => "0.5",
        "audit-webhook-mode" => "blocking-strict",
        name if name.contains("-batch-") => "77",
        "audit-log-version" | "audit-webhook-version" => "audit.k8s.io/v2",
        "bind-address" => "127.0.0.2",
        "cgroup-root" | "data-dir" | "kubeconfig" => "/elsewhere",
        "anonymous-auth" => "false",
        "authentication-token-webhook-cache-ttl"
        | "authorization-webhook-cache-authorized-ttl"
        | "authorization-webhook-cache-unauthorized-ttl" => "77s",
        "authentication-token-webhook-version" | "authorization-webhook-version" => "v1",
        "authorization-mode" => "RBAC",
        "oidc-required-claim" => "a=b",
        name if flag.value == "FILE" && name != "config" => "/elsewhere",
        name if name.starts_with("oidc-") || name.starts_with("requestheader-") => "other",
        "api-audiences" => "other",
        "cluster-cidr" => "10.200.0.0/16",
        "cluster-dns" => "10.96.0.11",
        "cluster-domain" => "other.local",
        "controllers" => "namespace-controller",
        "cors-allowed-origins" => "^https://other$",
        "control-plane-only" | "disable-http2" => "true",
        "event-ttl" => "1m17s",
        "insecure-registry" | "node-name" | "tls-san" => "other",
        "log" => "debug",
        "node-port-range" => "31000-31999",
        "port" | "shutdown-seconds" => "77",
        "runtime-config" => "batch/v1=false",
        "service-cidr" => "10.96.0.0/16,fd00:10:96::/112",
        name => panic!("say what --{name} may be"),
    }
}

#[test]
fn each_setting_is_the_same_as_a_flag_and_in_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.yaml");
    let default = build(None, &[]).unwrap();
    for flag in FLAGS {
        let value = another(flag);
        std::fs::write(&path, format!("{}: {value}\n", flag.name)).unwrap();
        let in_file = build(Some(&path), &[]).unwrap();
        assert_eq!(in_file, build(None, &[(flag.name, value)]).unwrap());
        assert_ne!(in_file, default, "--{} changes nothing", flag.name);
        let line = format!("--{}={value}", flag.name);
        assert_eq!(in_file, parsed(&[&line]), "{line}");
    }
}

/// As the command line of `sampan up` is read.
fn parsed(line: &[&str]) -> Config {
    let parser = arguments::define_all(clap::Command::new("up"));
    let line = ["up", "--config", "/dev/null"].iter().chain(line);
    arguments::config(&parser.try_get_matches_from(line).unwrap()).unwrap()
}

#[test]
fn a_switch_can_be_taken_back() {
    assert!(parsed(&["--control-plane-only"]).control_plane_only);
    assert!(!parsed(&["--control-plane-only=false"]).control_plane_only);
}

/// `docs/settings.md` is this. `UPDATE_EXPECT=1` writes it anew.
#[test]
fn the_documentation_lists_every_setting() {
    let mut text = String::from(
        "# Settings of `sampan up`\n\n\
         Each is a flag, and a key of the configuration file: `--config FILE`, or `/etc/sampan/config.yaml` if it is there. Flags win over the file, and the file over the defaults;\n\
         a flag that may be repeated is a list in the file, and adds to it. A switch stands alone as a flag (`--control-plane-only`, or `=false` to take back what the file says) and is `true` or\n\
         `false` in the file. Commands beside `up` take `--config` and `--data-dir` too. This page is made from the table in `crates/distro/src/config/flags.rs`.\n\n\
         ```yaml\nport: 7443\ninsecure-registry: [registry.example:5000]\n```\n\n\
         | | value | default | |\n|---|---|---|---|\n",
    );
    for flag in FLAGS {
        let value = match flag.value {
            "" => "true or false",
            value => value,
        };
        let repeated = if flag.repeated { ", repeated" } else { "" };
        let default = flag.default.map(|default| format!("`{default}`"));
        let default = default.unwrap_or_default();
        text += &format!(
            "| `{}` | {value}{repeated} | {default} | {} |\n",
            flag.name, flag.help
        );
    }
    expect_test::expect_file!["../../../../docs/settings.md"].assert_eq(&text);
}
