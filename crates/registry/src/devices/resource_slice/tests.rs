use super::{super::device::is_semantic_version, ResourceSlices as Slices};
use crate::testing;
use resource::{Strategy, Verb};
use serde_json::{Value, json};

fn slice() -> Value {
    json!({"metadata": {"name": "s"}, "spec": {
        "driver": "d.example.com",
        "pool": {"name": "p", "resourceSliceCount": 1},
        "nodeName": "node-1",
        "devices": [{"name": "dev-0", "attributes": {"size": {"int": 1}}}],
    }})
}

/// A place in the spec, its value -> the errors.
#[track_caller]
fn check(pointer: &str, value: Value, expect: &str) {
    let changed = testing::with(&slice(), &format!("/spec/{pointer}"), value);
    assert_eq!(
        testing::create(&Slices, &changed),
        expect.replace('@', "spec.devices[0]")
    );
}

#[test]
fn what_is_wrong_with_a_slice() {
    check("pool/generation", json!(3), "[]");
    check("driver", json!(""), "spec.driver: Required value");
    check(
        "pool",
        json!({"name": "", "generation": -1}),
        "[spec.pool.name: Required value, spec.pool.resourceSliceCount: Invalid value: 0: must be greater than zero, spec.pool.generation: Invalid value: -1: must be greater than or equal to zero]",
    );
    check(
        "nodeName",
        Value::Null,
        "spec: Required value: exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required",
    );
    check(
        "allNodes",
        json!(false),
        "spec.allNodes: Invalid value: false: must be either unset or set to true",
    );
    check(
        "sharedCounters",
        json!([]),
        "spec: Invalid value: \"\": only one of `sharedCounters` or `devices` is allowed",
    );
    check(
        "devices/-",
        json!({"name": "dev-0"}),
        "spec.devices[1]: Duplicate value: \"dev-0\"",
    );
    let many: Vec<Value> = (0..129)
        .map(|index| json!({"name": format!("d{index}")}))
        .collect();
    check(
        "devices",
        json!(many),
        "spec.devices: Too many: 129: must have at most 128 items",
    );
}

#[test]
fn what_is_wrong_with_a_device() {
    check(
        "devices/0/attributes",
        json!({"a/b/c": {"int": 1}, "x-y": {}}),
        "[spec.devices[0].attributes: Invalid value: \"x-y\": a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*'), @.attributes[x-y]: Invalid value: \"\": exactly one value must be specified]",
    );
    check(
        "devices/0/nodeName",
        json!("n"),
        "@: Invalid value: null: `nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec",
    );
    check(
        "devices/0/bindingConditions",
        json!(["a", "a"]),
        "[@.bindingConditions[1]: Duplicate value: \"a\", @.bindingFailureConditions: Invalid value: null: bindingFailureConditions are required to use bindingConditions]",
    );
    check(
        "devices/0/capacity",
        json!({"memory": {"value": "10", "requestPolicy": {"default": "1"}}}),
        "@.capacity[memory].requestPolicy: Forbidden: allowMultipleAllocations must be true",
    );
}

/// How a shared capacity of 10 is requested -> the errors.
#[track_caller]
fn check_policy(policy: Value, expect: &str) {
    let device = json!([{"name": "d", "allowMultipleAllocations": true, "capacity": {"m": {"value": "10", "requestPolicy": policy}}}]);
    let expect = expect.replace('#', "@.capacity[m].requestPolicy");
    check("devices", device, &expect);
}

#[test]
fn shared_capacity() {
    check_policy(json!({"default": "2", "validValues": ["1", "2"]}), "[]");
    check_policy(
        json!({"default": "3", "validValues": ["12", "2"]}),
        "[#.validValues[1]: Invalid value: \"2\": values must be sorted in ascending order, #.validValues[0]: Invalid value: \"12\": option is larger than capacity value: 10, #.validValues: Invalid value: \"3\": default value is not valid according to the requestPolicy]",
    );
    check_policy(
        json!({"default": "4", "validRange": {"min": "2", "max": "8", "step": "2"}}),
        "[]",
    );
    check_policy(
        json!({"default": "5", "validRange": {"min": "2", "max": "8", "step": "2"}}),
        "#.validRange.step: Invalid value: \"5\": value is not a multiple of a given step (2) from (2)",
    );
    check_policy(
        json!({"default": "1", "validRange": {"min": "2"}}),
        "#.validRange.min: Invalid value: \"1\": default is less than min: 2",
    );
    check_policy(
        json!({"default": "9", "validRange": {"min": "2", "max": "8"}}),
        "#.validRange.max: Invalid value: \"9\": default is more than max: 8",
    );
    let many: Vec<String> = (0..11).map(|value| value.to_string()).collect();
    check_policy(
        json!({"default": "1", "validValues": many}),
        "[#.validValues: Too many: 11: must have at most 10 items, #.validValues: Invalid value: \"1\": default value is not valid according to the requestPolicy]",
    );
    check_policy(
        json!({"validRange": {}}),
        "#.default: Required value: required when validRange is defined",
    );
}

#[test]
fn versions() {
    for good in ["1.2.3", "0.0.0-alpha.1+b.2", "1.0.0-x-y"] {
        assert!(is_semantic_version(good), "{good}");
    }
    for bad in ["1.2", "01.2.3", "1.2.3-01", "1.2.3-", "1.2.3+", "v1.2.3"] {
        assert!(!is_semantic_version(bad), "{bad}");
    }
}

/// Fields behind features that are off are dropped, and count as a change all the same.
#[test]
fn what_is_dropped_makes_a_generation() {
    let cx = testing::context(Verb::Update);
    let old = testing::object(&Slices, &slice());
    let mapping = json!({"cpu": {"allocationMultiplier": "1"}});
    let pointer = "/spec/devices/0/nodeAllocatableResourceMappings";
    for (changed, expect) in [(slice(), 0), (testing::with(&slice(), pointer, mapping), 1)] {
        let mut new = testing::object(&Slices, &changed);
        Slices.prepare_update(&cx, &mut new, &old);
        assert_eq!((&new.spec, new.metadata.generation), (&old.spec, expect));
    }
}

#[test]
fn driver_pool_and_node_stay() {
    let moved = testing::with(&slice(), "/spec/nodeName", json!("node-2"));
    assert_eq!(
        testing::update(&Slices, &slice(), &moved),
        "spec.nodeName: Invalid value: \"node-2\": field is immutable"
    );
}
