//! One line a case: a Service and its endpoints, in YAML's short form, and the tables they make.

use api::core::v1::Service;
use api::discovery::v1::EndpointSlice;
use expect_test::{Expect, expect};
use meta::codec::{Strictness, from_json};

use super::contents;

/// The node is called `here`. Endpoints are `address@node` with conditions, on the slice's port `web` (8080, TCP).
fn check(spec: &str, endpoints: &[&str], expect: &Expect) {
    check_with("", spec, endpoints, expect);
}

fn check_with(metadata: &str, spec: &str, endpoints: &[&str], expect: &Expect) {
    let service = format!(
        r#"{{"metadata": {{"name": "web", "namespace": "ns"{metadata}}}, "spec": {{{spec}}}}}"#
    );
    let service: Service = from_json(service.as_bytes(), Strictness::Strict)
        .unwrap()
        .object;
    let endpoints: Vec<String> = endpoints
        .iter()
        .map(|endpoint| endpoint_json(endpoint))
        .collect();
    let slice = format!(
        r#"{{"metadata": {{"name": "any", "namespace": "ns", "labels": {{"kubernetes.io/service-name": "web"}}}},
            "addressType": "IPv4", "ports": [{{"name": "web", "port": 8080, "protocol": "TCP"}}], "endpoints": [{}]}}"#,
        endpoints.join(",")
    );
    let slice: EndpointSlice = from_json(slice.as_bytes(), Strictness::Strict)
        .unwrap()
        .object;
    let lines: Vec<String> = contents(&[service], &[slice], "here")
        .iter()
        .map(|(at, to)| line(at, to))
        .collect();
    expect.assert_eq(&lines.join("\n"));
}

fn endpoint_json(text: &str) -> String {
    let mut words = text.split(' ');
    let (address, node) = words.next().unwrap().split_once('@').unwrap();
    let conditions: Vec<String> = words
        .map(|word| {
            word.split_once('=')
                .map(|(name, value)| format!(r#""{name}": {value}"#))
                .unwrap()
        })
        .collect();
    format!(
        r#"{{"addresses": ["{address}"], "nodeName": "{node}", "conditions": {{{}}}}}"#,
        conditions.join(",")
    )
}

fn line(at: &ebpf::Frontend, to: &ebpf::Service) -> String {
    let list = |backends: &[ebpf::Backend]| {
        backends
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let external = match &to.external {
        ebpf::External::Closed => String::new(),
        ebpf::External::Cluster => " outside: same".to_owned(),
        ebpf::External::Local(backends) => format!(" outside: [{}]", list(backends)),
    };
    let affinity = to
        .affinity_s
        .map_or(String::new(), |seconds| format!(" sticky {seconds}s"));
    format!("{at} [{}]{external}{affinity}", list(&to.backends))
}

const CLUSTER_IP: &str =
    r#""clusterIP": "10.96.0.7", "ports": [{"name": "web", "port": 80, "targetPort": 8080}]"#;
const NODE_PORT: &str = r#""type": "NodePort", "clusterIP": "10.96.0.7",
    "ports": [{"name": "web", "port": 80, "nodePort": 30080}]"#;

#[test]
fn cluster_ip() {
    check(
        CLUSTER_IP,
        &["10.244.0.3@here", "10.244.1.4@there"],
        &expect!["10.96.0.7:80/TCP [10.244.0.3:8080 10.244.1.4:8080]"],
    );
    check(CLUSTER_IP, &[], &expect!["10.96.0.7:80/TCP []"]);
}

#[test]
fn not_ready_endpoints_take_nothing() {
    check(
        CLUSTER_IP,
        &[
            "10.244.0.3@here ready=true",
            "10.244.0.4@here ready=false serving=false",
        ],
        &expect!["10.96.0.7:80/TCP [10.244.0.3:8080]"],
    );
}

#[test]
fn terminating_endpoints_serve_when_no_other_does() {
    let terminating = "10.244.0.3@here ready=false serving=true terminating=true";
    check(
        CLUSTER_IP,
        &[terminating],
        &expect!["10.96.0.7:80/TCP [10.244.0.3:8080]"],
    );
    check(
        CLUSTER_IP,
        &[terminating, "10.244.0.4@here ready=true"],
        &expect!["10.96.0.7:80/TCP [10.244.0.4:8080]"],
    );
    check(
        CLUSTER_IP,
        &["10.244.0.3@here ready=false serving=false terminating=true"],
        &expect!["10.96.0.7:80/TCP []"],
    );
}

#[test]
fn internal_traffic_policy_local() {
    let local = format!(r#"{CLUSTER_IP}, "internalTrafficPolicy": "Local""#);
    check(
        &local,
        &["10.244.0.3@here", "10.244.1.4@there"],
        &expect!["10.96.0.7:80/TCP [10.244.0.3:8080]"],
    );
    check(
        &local,
        &[
            "10.244.0.3@here ready=false serving=true terminating=true",
            "10.244.1.4@there",
        ],
        &expect!["10.96.0.7:80/TCP [10.244.0.3:8080]"],
    );
    check(
        &local,
        &["10.244.1.4@there"],
        &expect!["10.96.0.7:80/TCP []"],
    );
}

#[test]
fn node_port() {
    check(
        NODE_PORT,
        &["10.244.0.3@here", "10.244.1.4@there"],
        &expect![[r#"
            0.0.0.0:30080/TCP [10.244.0.3:8080 10.244.1.4:8080] outside: same
            10.96.0.7:80/TCP [10.244.0.3:8080 10.244.1.4:8080]"#]],
    );
    check(
        &format!(r#"{NODE_PORT}, "externalTrafficPolicy": "Local""#),
        &["10.244.0.3@here", "10.244.1.4@there"],
        &expect![[r#"
            0.0.0.0:30080/TCP [10.244.0.3:8080 10.244.1.4:8080] outside: [10.244.0.3:8080]
            10.96.0.7:80/TCP [10.244.0.3:8080 10.244.1.4:8080]"#]],
    );
    check(
        &format!(
            r#"{NODE_PORT}, "externalTrafficPolicy": "Local", "internalTrafficPolicy": "Local""#
        ),
        &["10.244.1.4@there"],
        &expect![[r#"
            0.0.0.0:30080/TCP [10.244.1.4:8080] outside: []
            10.96.0.7:80/TCP []"#]],
    );
}

#[test]
fn external_addresses_and_affinity() {
    check(
        &format!(
            r#"{CLUSTER_IP}, "externalIPs": ["203.0.113.9", "2001:db8::1"], "sessionAffinity": "ClientIP""#
        ),
        &["10.244.0.3@here"],
        &expect![[r#"
            10.96.0.7:80/TCP [10.244.0.3:8080] sticky 10800s
            203.0.113.9:80/TCP [10.244.0.3:8080] outside: same sticky 10800s"#]],
    );
    check(
        &format!(
            r#"{CLUSTER_IP}, "sessionAffinity": "ClientIP", "sessionAffinityConfig": {{"clientIP": {{"timeoutSeconds": 7}}}}"#
        ),
        &["10.244.0.3@here"],
        &expect!["10.96.0.7:80/TCP [10.244.0.3:8080] sticky 7s"],
    );
}

#[test]
fn ports_are_matched_by_name_and_protocol() {
    check(
        r#""clusterIP": "10.96.0.7", "ports": [{"name": "web", "port": 80}, {"name": "other", "port": 81},
            {"name": "web", "port": 80, "protocol": "UDP"}, {"name": "sctp", "port": 82, "protocol": "SCTP"}]"#,
        &["10.244.0.3@here"],
        &expect![[r#"
            10.96.0.7:80/TCP [10.244.0.3:8080]
            10.96.0.7:80/UDP []
            10.96.0.7:81/TCP []"#]],
    );
}

#[test]
fn services_that_are_not_ours() {
    check(
        r#""clusterIP": "None", "ports": [{"name": "web", "port": 80}]"#,
        &["10.244.0.3@here"],
        &expect![""],
    );
    check(
        r#""type": "ExternalName", "externalName": "example.com""#,
        &[],
        &expect![""],
    );
    check_with(
        r#", "labels": {"service.kubernetes.io/service-proxy-name": "another"}"#,
        CLUSTER_IP,
        &["10.244.0.3@here"],
        &expect![""],
    );
}

#[test]
fn both_families_of_addresses_are_told_apart() {
    check(
        r#""clusterIP": "10.96.0.7", "clusterIPs": ["10.96.0.7", "fd00::7"], "ports": [{"name": "web", "port": 80}]"#,
        &["10.244.0.3@here", "fd00::3@here"],
        &expect!["10.96.0.7:80/TCP [10.244.0.3:8080]"],
    );
}
