use super::{check_claim, check_pod, fill};
use api::core::v1::{LimitRange, PersistentVolumeClaim, Pod};
use serde_json::{Value, json};

fn range(item: Value) -> LimitRange {
    let document = json!({"spec": {"limits": [item]}});
    meta::codec::from_value(&document).unwrap().object
}

fn pod(resources: Value) -> Pod {
    let container = json!({"name": "c", "resources": resources});
    let init = json!({"name": "i"});
    let document = json!({"spec": {"containers": [container], "initContainers": [init]}});
    meta::codec::from_value(&document).unwrap().object
}

#[test]
fn defaults_are_filled_in_and_said() {
    let range = range(
        json!({"type": "Container", "default": {"cpu": "1", "memory": "1Gi"}, "defaultRequest": {"cpu": "500m"}}),
    );
    let mut pod = pod(json!({"limits": {"cpu": "2"}}));
    fill(&range, &mut pod);
    let resources = &pod.spec.containers[0].resources;
    assert_eq!(resources.limits.get("cpu").unwrap().to_string(), "2");
    assert_eq!(resources.limits.get("memory").unwrap().to_string(), "1Gi");
    assert_eq!(resources.requests.get("cpu").unwrap().to_string(), "500m");
    assert_eq!(
        pod.metadata
            .annotations
            .get("kubernetes.io/limit-ranger")
            .unwrap(),
        "LimitRanger plugin set: cpu request for container c; memory limit for container c; \
         cpu request for init container i; cpu, memory limit for init container i"
    );
}

#[track_caller]
fn check(item: Value, resources: Value, expect: &[&str]) {
    let mut pod = pod(resources);
    pod.spec.init_containers.clear();
    assert_eq!(check_pod(&range(item), &pod), expect);
}

#[test]
fn bounds_in_words() {
    let of = |kind: &str, bound: &str, amount: &str| json!({"type": kind, bound: {"cpu": amount}});
    check(
        of("Container", "min", "1"),
        json!({}),
        &["minimum cpu usage per Container is 1.  No request is specified"],
    );
    check(
        of("Container", "min", "1"),
        json!({"requests": {"cpu": "500m"}}),
        &["minimum cpu usage per Container is 1, but request is 500m"],
    );
    check(
        of("Container", "max", "1"),
        json!({"requests": {"cpu": "500m"}}),
        &["maximum cpu usage per Container is 1.  No limit is specified"],
    );
    check(
        of("Pod", "max", "1"),
        json!({"limits": {"cpu": "1500m"}}),
        &["maximum cpu usage per Pod is 1, but limit is 1500m"],
    );
    check(
        of("Pod", "maxLimitRequestRatio", "2"),
        json!({"requests": {"cpu": "1"}, "limits": {"cpu": "3"}}),
        &["cpu max limit to request ratio per Pod is 2, but provided ratio is 3.000000"],
    );
    check(
        of("Container", "maxLimitRequestRatio", "2"),
        json!({"limits": {"cpu": "3"}}),
        &[
            "cpu max limit to request ratio per Container is 2, but no request is specified or request is 0",
        ],
    );
}

#[test]
fn claims() {
    let range = range(
        json!({"type": "PersistentVolumeClaim", "min": {"storage": "2Gi"}, "max": {"storage": "3Gi"}}),
    );
    for (size, expect) in [
        ("2Gi", None),
        (
            "1Gi",
            Some("minimum storage usage per PersistentVolumeClaim is 2Gi, but request is 1Gi"),
        ),
        (
            "4Gi",
            Some("maximum storage usage per PersistentVolumeClaim is 3Gi, but request is 4Gi"),
        ),
    ] {
        let document = json!({"spec": {"resources": {"requests": {"storage": size}}}});
        let claim: PersistentVolumeClaim = meta::codec::from_value(&document).unwrap().object;
        let problems = check_claim(&range, &claim);
        assert_eq!(problems.first().map(String::as_str), expect);
    }
}
