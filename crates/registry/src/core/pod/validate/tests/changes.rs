//! Changes of pods in place, of their status, and of pods that wait to be scheduled.

use super::super::{ephemeral_update, resize, status_update, update};
use api::core::v1::Pod;
use meta::{
    FieldErrors,
    codec::{self, Strictness},
};
use serde_json::{Value, json};

fn decode(part: &str, value: &Value) -> Pod {
    let mut whole = json!({
        "metadata": {"name": "web"},
        "spec": {"containers": [{"name": "web", "image": "web:1", "resources": {"requests": {"cpu": "1"}}}]},
        "status": {"qosClass": "Burstable"},
    });
    for (key, value) in value.as_object().into_iter().flatten() {
        whole[part][key] = value.clone();
    }
    let text = whole.to_string();
    let decoded = codec::from_json::<Pod>(text.as_bytes(), Strictness::Strict);
    let mut pod = decoded.unwrap().object;
    crate::core::pod::defaults::pod(&mut pod);
    pod
}

type Rule = fn(&mut FieldErrors, &Pod, &Pod);

/// Fields of `part` of the old and of the new pod -> the first line of what is wrong.
#[track_caller]
fn check(rule: Rule, part: &str, old: &Value, new: &Value, expect: &str) {
    let mut errors = FieldErrors::new();
    rule(&mut errors, &decode(part, new), &decode(part, old));
    assert_eq!(errors.aggregate().lines().next(), Some(expect));
}

#[test]
fn only_cpu_and_memory_are_resized() {
    let with = |resources: Value| json!({"containers": [{"name": "web", "image": "web:1", "resources": resources}]});
    let old = with(json!({"requests": {"cpu": "1", "memory": "1Gi"}}));
    let check = |new: Value, expect| check(resize, "spec", &old, &new, expect);
    check(
        with(json!({"requests": {"cpu": "2", "memory": "1Gi"}})),
        "[]",
    );
    check(
        with(json!({"requests": {"cpu": "2"}})),
        "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed",
    );
    check(
        with(json!({"requests": {"cpu": "1", "memory": "1Gi", "ephemeral-storage": "1Gi"}})),
        "spec: Forbidden: only cpu and memory resources are mutable",
    );
    check(
        json!({"containers": [{"name": "other", "image": "web:1", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}]}),
        "spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize",
    );
}

#[test]
fn what_is_reported_fits_the_pod() {
    let none = json!({});
    let check = |new: Value, expect| check(status_update, "status", &none, &new, expect);
    check(
        json!({"qosClass": "Guaranteed"}),
        "status.qosClass: Invalid value: \"Guaranteed\": field is immutable",
    );
    check(
        json!({"podIPs": [{"ip": "10.0.0.1"}, {"ip": "10.0.0.2"}]}),
        "status.podIPs: Invalid value: [{\"IP\":\"10.0.0.1\"},{\"IP\":\"10.0.0.2\"}]: may specify no more than one IP for each IP family",
    );
    check(
        json!({"podIPs": [{"ip": "10.0.0.1"}, {"ip": "fd00::1"}]}),
        "[]",
    );
    check(
        json!({"hostIP": "10.0.0.1", "hostIPs": [{"ip": "10.0.0.2"}]}),
        "status.hostIPs[0].ip: Invalid value: \"10.0.0.2\": must be equal to `hostIP`",
    );
    check(
        json!({"resourceClaimStatuses": [{"name": "gpu"}]}),
        "status.resourceClaimStatuses[0].name: Invalid value: \"gpu\": must match the name of an entry in `spec.resourceClaims`",
    );
    check(
        json!({"resourceClaimStatuses": [{"name": "gpu", "resourceClaimName": "a..b"}]}),
        &format!(
            "[status.resourceClaimStatuses[0].name: Invalid value: \"gpu\": must match the name of an entry in `spec.resourceClaims`, status.resourceClaimStatuses[0].resourceClaimName: Invalid value: \"a..b\": {}]",
            meta::validation::dns1123_subdomain("a..b").join(", ")
        ),
    );
}

#[test]
fn a_gated_pod_becomes_choosier_only() {
    let with = |terms: Value| {
        let nodes =
            json!({"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}});
        json!({"schedulingGates": [{"name": "g"}], "affinity": {"nodeAffinity": nodes}})
    };
    let has = |key: &str| json!({"key": key, "operator": "Exists"});
    let old = with(json!([{"matchExpressions": [has("a")]}]));
    let check = |new: Value, expect| check(update, "spec", &old, &new, expect);
    check(
        with(json!([{"matchExpressions": [has("a"), has("b")]}])),
        "[]",
    );
    let path = "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";
    check(
        with(json!([{"matchExpressions": [has("b")]}])),
        &format!(
            "{path}[0]: Invalid value: {{\"MatchExpressions\":[{{\"Key\":\"b\",\"Operator\":\"Exists\",\"Values\":null}}],\"MatchFields\":null}}: only additions are allowed (no mutations or deletions)"
        ),
    );
}

#[test]
fn ephemeral_containers_stay() {
    let with = |command: &str| json!({"ephemeralContainers": [{"name": "debug", "image": "sh:1", "command": [command]}]});
    check(
        ephemeral_update,
        "spec",
        &with("a"),
        &with("b"),
        "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"debug\" may not be changed",
    );
    check(
        ephemeral_update,
        "spec",
        &with("a"),
        &json!({}),
        "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"debug\" may not be removed",
    );
}
