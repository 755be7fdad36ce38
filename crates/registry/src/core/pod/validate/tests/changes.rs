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
        json!({"containers": [{
            "name": "web", "image": "web:1",
            "resources": {"requests": {"cpu": "1", "memory": "1Gi"}},
            "resizePolicy": [{"resourceName": "cpu", "restartPolicy": "NotRequired"}],
        }]}),
        "spec: Forbidden: only cpu and memory resources are mutable",
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
fn resources_of_the_pod_itself_are_resized() {
    const ONLY_COMPUTE: &str =
        "spec: Forbidden: only cpu and memory resources are mutable at pod-level";
    let with = |resources: Value| json!({"resources": resources});
    let old = with(json!({"requests": {"cpu": "2"}, "limits": {"memory": "1Gi"}}));
    let changed = |new: Value, expect| check(resize, "spec", &old, &new, expect);
    changed(
        with(json!({"requests": {"cpu": "3"}, "limits": {"memory": "2Gi", "cpu": "4"}})),
        "[]",
    );
    changed(
        with(json!({"requests": {"cpu": "2"}})),
        "[spec.resources.requests: Forbidden: pod-level resource requests cannot be removed, spec.resources.limits: Forbidden: pod-level resource limits cannot be removed]",
    );
    changed(
        json!({}),
        "spec.resources: Forbidden: pod-level resources cannot be removed",
    );
    changed(
        with(json!({
            "requests": {"cpu": "2", "hugepages-2Mi": "2Mi"},
            "limits": {"memory": "1Gi", "hugepages-2Mi": "2Mi"},
        })),
        ONLY_COMPUTE,
    );
    let none = json!({});
    let added = |new: Value, expect| check(resize, "spec", &none, &new, expect);
    added(with(json!({"requests": {"cpu": "2"}})), "[]");
    added(
        with(json!({
            "requests": {"cpu": "2", "hugepages-2Mi": "2Mi"},
            "limits": {"hugepages-2Mi": "2Mi"},
        })),
        ONLY_COMPUTE,
    );
}

/// The first container that runs says whether its node can.
#[test]
fn nodes_resize_if_they_tell_resources() {
    let running = |resources: Option<Value>| json!({"name": "web", "state": {"running": {}}, "resources": resources});
    for (first, second, expect) in [
        (Some(json!({})), None, "[]"),
        (
            None,
            Some(json!({})),
            "spec: Forbidden: Pod running on node without support for resize",
        ),
    ] {
        let statuses = json!({"containerStatuses": [
            {"name": "waits", "state": {"waiting": {}}}, running(first), running(second),
        ]});
        check(resize, "status", &statuses, &statuses, expect);
    }
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
        json!({"podIPs": [{"ip": "10.0.0.1"}, {"ip": "x"}]}),
        "[status.podIPs[1]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff), status.podIPs: Internal error: failed to check for dual stack with error:invalid IP[1]: x, status.podIPs: Invalid value: [{\"IP\":\"10.0.0.1\"},{\"IP\":\"x\"}]: may specify no more than one IP for each IP family]",
    );
    check(
        json!({"observedGeneration": -1, "conditions": [{"type": "Ready", "status": "True", "observedGeneration": -2}]}),
        "[status.conditions[0].observedGeneration: Invalid value: -2: must be a non-negative integer, status.observedGeneration: Invalid value: -1: must be a non-negative integer]",
    );
    check(
        json!({"containerStatuses": [{"name": "web", "user": {"linux": {"uid": -1, "gid": 0}}}]}),
        "status.containerStatuses[0].user.linux.uid: Invalid value: -1: must be between 0 and 2147483647, inclusive",
    );
    check(
        json!({"extendedResourceClaimStatus": {"resourceClaimName": "c", "requestMappings": [
            {"containerName": "web", "resourceName": "cpu", "requestName": "r"},
            {"containerName": "other", "resourceName": "cpu", "requestName": "r"},
        ]}}),
        "status.extendedResourceClaimStatus.requestMappings[1].containerName: Invalid value: \"other\": must match the name of an entry in spec.initContainers.name or spec.containers.name",
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

/// How the pod and its container restart -> whether a container that ended with 1 may run again.
#[track_caller]
fn check_restart(policy: &str, container: Value, expect: &str) {
    let mut main = json!({"name": "web", "image": "web:1"});
    for (key, value) in container.as_object().unwrap() {
        main[key] = value.clone();
    }
    let pod = |state: Value| {
        let mut pod = decode(
            "spec",
            &json!({"restartPolicy": policy, "containers": [main]}),
        );
        let status = json!({"containerStatuses": [{"name": "web", "state": state}]});
        pod.status = codec::from_value(&status).unwrap().object;
        pod
    };
    let mut errors = FieldErrors::new();
    let old = pod(json!({"terminated": {"exitCode": 1}}));
    status_update(&mut errors, &pod(json!({"running": {}})), &old);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn what_ended_runs_again_where_it_may() {
    const ENDED: &str = "status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state";
    let rule = |action: &str, code: i32| json!({"action": action, "exitCodes": {"operator": "In", "values": [code]}});
    let rules = |all: Value| json!({"restartPolicy": "Never", "restartPolicyRules": all});
    check_restart("Always", json!({}), "[]");
    check_restart("OnFailure", json!({}), "[]");
    check_restart("Never", json!({}), ENDED);
    check_restart("Never", json!({"restartPolicy": "OnFailure"}), "[]");
    check_restart("Always", json!({"restartPolicy": "Never"}), ENDED);
    check_restart("Never", rules(json!([rule("Restart", 1)])), "[]");
    check_restart("Never", rules(json!([rule("Restart", 2)])), ENDED);
    let all = rules(json!([rule("RestartAllContainers", 2)]));
    check_restart("Never", all, "[]");
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
fn lists_that_become_empty_show() {
    let with = |field: &str, args: Value| json!({"containers": [{"name": "web", "image": "web:1", field: args}]});
    let new = with("args", json!([]));
    let mut errors = FieldErrors::new();
    let old = with("args", json!(["a"]));
    update(&mut errors, &decode("spec", &new), &decode("spec", &old));
    let shown = errors.aggregate();
    assert!(shown.contains("\n+   \"Args\": [],\n"), "{shown}");
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

#[test]
fn ephemeral_containers_have_no_lists_of_some_names_not_even_empty_ones() {
    for field in ["ports", "resizePolicy", "restartPolicyRules"] {
        check(
            ephemeral_update,
            "spec",
            &json!({}),
            &json!({"ephemeralContainers": [{"name": "debug", "image": "sh:1", field: []}]}),
            &format!(
                "spec.ephemeralContainers[0].{field}: Forbidden: cannot be set for an Ephemeral Container"
            ),
        );
    }
}
