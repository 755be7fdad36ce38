use super::of;
use api::core::v1::PodTemplateSpec;
use meta::{
    FieldPath,
    codec::{self, Strictness},
};
use serde_json::{Value, json};

/// A template as JSON -> what is said of it.
#[track_caller]
fn check(template: &Value, expect: &[&str]) {
    let text = template.to_string();
    let decoded = codec::from_json::<PodTemplateSpec>(text.as_bytes(), Strictness::Strict);
    let template = decoded.unwrap().object;
    let path = FieldPath::new("template");
    let got = of(&path, &template.spec, &template.metadata);
    assert_eq!(got, expect);
}

#[test]
fn files_over_each_other() {
    let map = json!({"name": "m", "items": [
        {"key": "a", "path": "x/y"}, {"key": "b", "path": "x/"}, {"key": "c", "path": "xy"},
    ]});
    check(
        &json!({"spec": {"containers": [], "volumes": [{"name": "v", "configMap": map}]}}),
        &[r#"volume "v" (ConfigMap "m"): overlapping paths: "x" with "x/y""#],
    );
    let sources = json!([
        {"secret": {"name": "s", "items": [{"key": "k", "path": "token"}]}},
        {},
        {"serviceAccountToken": {"path": "token"}},
    ]);
    check(
        &json!({"spec": {"containers": [], "volumes": [{"name": "v", "projected": {"sources": sources}}]}}),
        &[
            r#"volume "v" (Projected) has no sources provided"#,
            r#"volume "v" (Projected): overlapping paths: "token" (ServiceAccountToken) with "token" (Secret "s")"#,
        ],
    );
}

#[test]
fn ports_that_meet() {
    let port = |host: i32, ip: &str| json!({"containerPort": 80, "protocol": "TCP", "name": "p", "hostPort": host, "hostIP": ip});
    check(
        &json!({"spec": {
            "initContainers": [{"name": "i", "ports": [port(0, "")]}],
            "containers": [{"name": "c", "ports": [port(0, "10.0.0.1")]}],
        }}),
        &[
            "template.spec.containers[0].ports[0]: hostIP set without hostPort: {Name:p HostPort:0 ContainerPort:80 Protocol:TCP HostIP:10.0.0.1}",
            "template.spec.containers[0].ports[0]: overlapping port definition with template.spec.initContainers[0].ports[0]",
            "template.spec.containers[0].ports[0]: duplicate port name \"p\" with template.spec.initContainers[0].ports[0], services and probes that select ports by name will use template.spec.initContainers[0].ports[0]",
        ],
    );
}

#[test]
fn what_became_of_annotations() {
    let annotations = json!({
        "container.apparmor.security.beta.kubernetes.io/c": "unconfined",
        "container.seccomp.security.alpha.kubernetes.io/c": "unconfined",
        "security.alpha.kubernetes.io/sysctls": "a=b",
    });
    check(
        &json!({"metadata": {"annotations": annotations}, "spec": {"containers": [{"name": "c"}]}}),
        &[
            "template.metadata.annotations[security.alpha.kubernetes.io/sysctls]: non-functional in v1.11+; use the \"sysctls\" field instead",
            "template.metadata.annotations[container.seccomp.security.alpha.kubernetes.io/c]: non-functional in v1.27+; use the \"seccompProfile\" field instead",
            "template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]: deprecated since v1.30; use the \"appArmorProfile\" field instead",
        ],
    );
}

#[test]
fn what_hides_and_what_matches_nothing() {
    let env = json!([{"name": "A", "value": "1"}, {"name": "A", "value": "$(A)2"}, {"name": "A"}]);
    let term = json!([{"topologyKey": "zone"}]);
    check(
        &json!({"spec": {
            "containers": [{"name": "c", "env": env, "resources": {"limits": {"memory": "100m"}}}],
            "affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": term}},
            "hostAliases": [{"ip": "::FF"}],
            "terminationGracePeriodSeconds": -1,
        }}),
        &[
            "template.spec.containers[0].resources.limits[memory]: fractional byte value \"100m\" is invalid, must be an integer",
            "template.spec.containers[0].env[2]: hides previous definition of \"A\", which may be dropped when using apply",
            "template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1",
            "template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod",
            "template.spec.hostAliases[0].ip: IPv6 address \"::FF\" should be in RFC 5952 canonical format (\"::ff\")",
        ],
    );
}
