use super::super::{Nodes, StatusPart};
use crate::testing::{context, create, update};
use api::core::v1::Node;
use meta::{FieldErrors, codec};
use resource::{Part, Strategy, Verb};
use serde_json::{Value, json};

fn node(spec: Value, status: Value) -> Value {
    json!({"metadata": {"name": "n"}, "spec": spec, "status": status})
}

#[track_caller]
fn check(spec: Value, status: Value, expect: &str) {
    assert_eq!(create(&Nodes, &node(spec, status)), expect);
}

#[test]
fn taints() {
    let taint = |key: &str, effect: &str| json!({"key": key, "effect": effect});
    check(
        json!({"taints": [taint("a", "NoSchedule"), taint("a", "NoExecute")]}),
        json!({}),
        "[]",
    );
    check(
        json!({"taints": [taint("a", "NoSchedule"), taint("a", "NoSchedule")]}),
        json!({}),
        "metadata.taints[1]: Duplicate value: {\"Key\":\"a\",\"Value\":\"\",\"Effect\":\"NoSchedule\",\"TimeAdded\":null}: taints must be unique by key and effect pair",
    );
    check(
        json!({"taints": [taint("a", ""), taint("b", "x")]}),
        json!({}),
        "[metadata.taints[0].effect: Required value, metadata.taints[1].effect: Unsupported value: \"x\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"]",
    );
}

#[test]
fn amounts() {
    check(
        json!({}),
        json!({"capacity": {"cpu": "-1"}, "allocatable": {"pods": "1500m"}}),
        "[status.capacity.cpu: Invalid value: \"-1\": must be greater than or equal to 0, status.allocatable.pods: Invalid value: \"1500m\": must be an integer]",
    );
}

#[test]
fn what_nothing_is_kept_of_is_there_for_pods() {
    let cpu = json!({"cpu": "1"});
    for (allocatable, expect) in [
        (Value::Null, &cpu),
        (json!({}), &cpu),
        (json!({"cpu": "2"}), &json!({"cpu": "2"})),
    ] {
        let status = json!({"capacity": cpu, "allocatable": allocatable});
        let node = crate::testing::object(&Nodes, &node(json!({}), status));
        let expect: Node = codec::from_value(&json!({"status": {"allocatable": expect}}))
            .unwrap()
            .object;
        assert_eq!(node.status.allocatable, expect.status.allocatable);
    }
}

#[test]
fn ranges_of_pods() {
    check(
        json!({"podCIDRs": ["10.0.0.0/24", "fd00::/64"]}),
        json!({}),
        "[]",
    );
    check(
        json!({"podCIDRs": ["10.0.0.0/24", "10.0.0.0/24"]}),
        json!({}),
        "spec.podCIDRs: Invalid value: [\"10.0.0.0/24\",\"10.0.0.0/24\"]: may specify no more than one CIDR for each IP family",
    );
    check(
        json!({"podCIDRs": ["10.0.0.0/24", "x"]}),
        json!({}),
        "[spec.podCIDRs[1]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64), spec.podCIDRs: Internal error: invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR[1]: <nil> (invalid CIDR address: x), spec.podCIDRs: Invalid value: [\"10.0.0.0/24\",\"x\"]: may specify no more than one CIDR for each IP family]",
    );
    check(
        json!({"podCIDR": "10.0.0.1/24"}),
        json!({}),
        "spec.podCIDRs[0]: Invalid value: \"10.0.0.1/24\": must not have bits set beyond the prefix length",
    );
}

#[test]
fn declared_features() {
    let check =
        |features: Value, expect| check(json!({}), json!({"declaredFeatures": features}), expect);
    check(json!(["Apples", "Apples/ripe", "Pears"]), "[]");
    check(
        json!(["Pears", "Apples", "Apples"]),
        "[status.declaredFeatures[1]: Invalid value: \"Apples\": list must be sorted alphabetically, \
         status.declaredFeatures[2]: Duplicate value: \"Apples\"]",
    );
    check(
        json!(["apples"]),
        "status.declaredFeatures[0]: Invalid value: \"apples\": invalid feature name \"apples\": must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes",
    );
    let long = "A".repeat(254);
    let words = format!(
        "status.declaredFeatures[0]: Invalid value: \"{long}\": invalid feature name \"{long}\": must be no more than 253 characters"
    );
    check(json!([long]), &words);
}

#[test]
fn what_was_set_stays() {
    let old = node(
        json!({"podCIDR": "10.0.0.0/24", "providerID": "a", "externalID": "b"}),
        json!({}),
    );
    assert_eq!(update(&Nodes, &old, &old), "[]");
    let new = node(
        json!({"podCIDR": "10.0.1.0/24", "providerID": "c", "externalID": "d"}),
        json!({}),
    );
    assert_eq!(
        update(&Nodes, &old, &new),
        "[spec.podCIDRs: Forbidden: node updates may not change podCIDR except from \"\" to valid, spec.providerID: Forbidden: node updates may not change providerID except from \"\" to valid, spec.externalID: Forbidden: may not be updated]"
    );
}

#[test]
fn configuration_from_config_maps_is_no_more() {
    let source = json!({"configSource": {"configMap": {"name": "c", "namespace": "n", "kubeletConfigKey": "k"}}});
    let mut new = codec::from_value::<Node>(&node(source, json!({})))
        .unwrap()
        .object;
    let cx = context(Verb::Create);
    Nodes.prepare_create(&cx, &mut new);
    assert!(new.spec.config_source.is_none());
    assert!(Nodes.warnings_on_create(&cx, &new).is_empty());
}

/// The spec is not looked at through the status, but for the taints.
#[test]
fn status() {
    let object = |status| {
        codec::from_value::<Node>(&node(json!({"podCIDRs": ["x"]}), status))
            .unwrap()
            .object
    };
    let old = object(json!({}));
    let address = json!({"type": "InternalIP", "address": "1.2.3.4"});
    let new = object(json!({"addresses": [address, address]}));
    let mut errors = FieldErrors::new();
    StatusPart.validate_update(&context(Verb::Update), &mut errors, &new, &old);
    assert_eq!(
        errors.aggregate(),
        "status.addresses[1]: Duplicate value: {\"Type\":\"InternalIP\",\"Address\":\"1.2.3.4\"}"
    );
}
