//! Rules that the recorded answers do not show, and the way to v1 and back.

use super::Autoscalers;
use crate::testing;
use meta::codec::{self, Strictness};
use resource::{Encoding, Object, Served, resource};
use serde_json::{Value, json};

fn autoscaler(spec: &Value) -> Value {
    let mut all = json!({
        "metadata": {"name": "h"},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"},
            "maxReplicas": 3,
        },
    });
    let fields = spec.as_object().unwrap().clone();
    all["spec"].as_object_mut().unwrap().extend(fields);
    all
}

#[test]
fn bad_ones() {
    for (spec, expect) in [
        (json!({}), "[]"),
        (
            json!({"maxReplicas": -1}),
            "[spec.maxReplicas: Invalid value: -1: must be greater than or equal to 1, spec.maxReplicas: Invalid value: -1: must be greater than or equal to `minReplicas`]",
        ),
        (
            json!({"minReplicas": 0}),
            "[spec.minReplicas: Invalid value: 0: must be greater than or equal to 1, spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas]",
        ),
        (
            json!({"scaleTargetRef": {"apiVersion": "v1", "kind": "Pod", "name": ""}}),
            "[spec.scaleTargetRef.name: Required value, spec.scaleTargetRef.apiVersion: Invalid value: \"v1\": apiVersion must specify API group]",
        ),
        (
            json!({"scaleTargetRef": {"apiVersion": "v1", "kind": "ReplicationController", "name": "r"}}),
            "[]",
        ),
        (
            json!({"metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 1}}, "pods": {"metric": {"name": "m"}, "target": {"type": "AverageValue", "averageValue": "1"}}}]}),
            "spec.metrics[0].pods: Forbidden: must populate the given metric source only",
        ),
        (
            json!({"behavior": {"scaleUp": {"stabilizationWindowSeconds": 3601, "selectPolicy": "x"}}}),
            "[spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600, spec.behavior.scaleUp.selectPolicy: Unsupported value: \"x\": supported values: \"Disabled\", \"Max\", \"Min\"]",
        ),
        (
            json!({"behavior": {"scaleDown": {"tolerance": "-1m"}}}),
            "spec.behavior.scaleDown.tolerance: Invalid value: \"-1m\": must be greater than or equal to 0",
        ),
        (
            json!({"metrics": [{"type": "ContainerResource", "containerResource": {"name": "x", "target": {"type": "Utilization"}}}]}),
            "[spec.metrics[0].containerResource.name: Invalid value: \"x\": must be a standard resource type or fully qualified, spec.metrics[0].containerResource.name: Invalid value: \"x\": must be a standard resource for containers, spec.metrics[0].containerResource.container: Required value: must specify a container, spec.metrics[0].containerResource.target.averageUtilization: Required value: must set either a target raw value or a target utilization]",
        ),
    ] {
        assert_eq!(testing::create(&Autoscalers, &autoscaler(&spec)), expect);
    }
}

fn v1() -> Served {
    let erased = resource(Autoscalers);
    Served::versions_of(&erased)
        .find(|served| served.info().version == "v1")
        .unwrap()
}

fn to_stored(document: &Value) -> Object {
    let json = document.to_string();
    v1().decode(json.as_bytes(), Encoding::Json, Strictness::Strict)
        .unwrap()
        .object
}

#[test]
fn all_of_v2_survives_v1() {
    let spec = json!({
        "metrics": [
            {"type": "Pods", "pods": {"metric": {"name": "m", "selector": {"matchLabels": {"a": "b"}}}, "target": {"type": "AverageValue", "averageValue": "4"}}},
            {"type": "Object", "object": {"describedObject": {"kind": "Service", "name": "s"}, "metric": {"name": "o"}, "target": {"type": "Value", "value": "1"}}},
            {"type": "Object", "object": {"describedObject": {"kind": "Service", "name": "s"}, "metric": {"name": "a"}, "target": {"type": "AverageValue", "averageValue": "3"}}},
            {"type": "External", "external": {"metric": {"name": "e"}, "target": {"type": "AverageValue", "averageValue": "2"}}},
            {"type": "ContainerResource", "containerResource": {"name": "cpu", "container": "c", "target": {"type": "Utilization", "averageUtilization": 5}}},
            {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}},
        ],
        "behavior": {"scaleDown": {"stabilizationWindowSeconds": 30}},
    });
    let mut document = autoscaler(&spec);
    document["status"] = json!({
        "currentReplicas": 2, "desiredReplicas": 2,
        "currentMetrics": [{"type": "Resource", "resource": {"name": "cpu", "current": {"averageUtilization": 9, "averageValue": "10m"}}}],
        "conditions": [{"type": "AbleToScale", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z", "reason": "r", "message": "m"}],
    });
    let stored: Object = Box::new(testing::object(&Autoscalers, &document));
    let shown = codec::to_value(v1().shown(&stored).as_message());
    assert_eq!(shown["spec"]["targetCPUUtilizationPercentage"], 70);
    assert_eq!(shown["status"]["currentCPUUtilizationPercentage"], 9);
    let behavior = &shown["metadata"]["annotations"]["autoscaling.alpha.kubernetes.io/behavior"];
    let behavior: Value = serde_json::from_str(behavior.as_str().unwrap()).unwrap();
    assert_eq!(behavior["ScaleDown"]["StabilizationWindowSeconds"], 30);
    let back = to_stored(&shown);
    assert_eq!(
        codec::to_value(back.as_message()),
        codec::to_value(stored.as_message())
    );
}

#[test]
fn a_target_of_v1_is_a_metric() {
    let document = json!({
        "apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "h", "annotations": {"autoscaling.alpha.kubernetes.io/metrics": "no list"}},
        "spec": {"maxReplicas": 2, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"}, "targetCPUUtilizationPercentage": 60},
    });
    let stored = codec::to_value(to_stored(&document).as_message());
    let metrics = json!([{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 60}}}]);
    assert_eq!(stored["spec"]["metrics"], metrics);
    assert!(stored["metadata"]["annotations"].is_null());
}

#[test]
fn a_target_that_stays_is_not_looked_at() {
    let of = |version: &str, kind: &str| {
        autoscaler(&json!({"scaleTargetRef": {"apiVersion": version, "kind": kind, "name": "n"}}))
    };
    for (old, new, expect) in [
        (of("v1", "Pod"), of("v1", "Pod"), "[]"),
        (
            of("v1", "Pod"),
            of("v1", "Node"),
            "spec.scaleTargetRef.apiVersion: Invalid value: \"v1\": apiVersion must specify API group",
        ),
        (
            of("v1", "Pod"),
            of("a/b/c", "Pod"),
            "spec.scaleTargetRef.apiVersion: Invalid value: \"a/b/c\": unexpected GroupVersion string: a/b/c",
        ),
    ] {
        assert_eq!(testing::update(&Autoscalers, &old, &new), expect);
    }
}
