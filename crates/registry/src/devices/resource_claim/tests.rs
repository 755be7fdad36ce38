use super::ResourceClaims as Claims;
use crate::testing;
use meta::FieldErrors;
use resource::{Part, Verb};
use serde_json::{Value, json};

fn claim() -> Value {
    json!({"metadata": {"name": "c", "namespace": "n"}, "spec": {"devices": {
        "requests": [
            {"name": "gpu", "exactly": {"deviceClassName": "gpu.example.com"}},
            {"name": "any", "firstAvailable": [{"name": "big", "deviceClassName": "a.example.com"}]},
        ],
        "constraints": [{"requests": ["gpu", "any/big"], "matchAttribute": "example.com/numa"}],
    }}})
}

/// A place in the devices, its value -> the errors.
#[track_caller]
fn check(pointer: &str, value: Value, expect: &str) {
    let changed = testing::with(&claim(), &format!("/spec/devices/{pointer}"), value);
    assert_eq!(
        testing::create(&Claims, &changed),
        expect.replace('@', "spec.devices")
    );
}

#[test]
fn what_is_wrong_with_a_claim() {
    check("config", json!([]), "[]");
    check(
        "requests/0/exactly",
        Value::Null,
        "@.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required",
    );
    check(
        "requests/0/exactly/count",
        json!(-1),
        "@.requests[0].exactly.count: Invalid value: -1: must be greater than zero",
    );
    check(
        "requests/0/exactly",
        json!({"deviceClassName": "", "allocationMode": "All", "count": 2}),
        "[@.requests[0].exactly.deviceClassName: Required value, @.requests[0].exactly.count: Invalid value: 2: must not be specified when allocationMode is 'All']",
    );
    check(
        "requests/1/name",
        json!("gpu"),
        "[@.requests[1]: Duplicate value: \"gpu\", @.constraints[0].requests[1]: Invalid value: \"any/big\": must be the name of a request in the claim or the name of a request and a subrequest separated by '/']",
    );
    check(
        "constraints/0/matchAttribute",
        json!("numa"),
        "@.constraints[0].matchAttribute: Invalid value: \"numa\": a fully qualified name must be a domain and a name separated by a slash",
    );
    check(
        "requests/0/exactly/selectors",
        json!([{"cel": {"expression": "device.attributes['a'].b"}}, {"cel": {"expression": "'x'"}}, {}]),
        "[@.requests[0].exactly.selectors[1].cel.expression: Invalid value: \"'x'\": must evaluate to bool or the unknown type, not string, @.requests[0].exactly.selectors[2].cel: Required value]",
    );
    check(
        "requests/0/exactly/tolerations",
        json!([{"operator": "Exists", "value": "v"}, {"operator": "In", "effect": "Never"}]),
        "[@.requests[0].exactly.tolerations[0].value: Invalid value: \"v\": must be empty for operator `Exists`, @.requests[0].exactly.tolerations[1].operator: Unsupported value: \"In\": supported values: \"Equal\", \"Exists\", @.requests[0].exactly.tolerations[1].effect: Unsupported value: \"Never\": supported values: \"NoExecute\", \"NoSchedule\", \"None\"]",
    );
    check(
        "config",
        json!([{"opaque": {"driver": "d.example.com", "parameters": []}}, {}]),
        "[@.config[0].opaque.parameters: Invalid value: \"<value omitted>\": must be a valid JSON object, @.config[1].opaque: Required value]",
    );
}

#[test]
fn the_spec_stays() {
    let changed = testing::with(&claim(), "/spec/devices/constraints", json!([]));
    let said = testing::update(&Claims, &claim(), &changed);
    assert!(
        said.starts_with("spec: Invalid value: {\"Devices\":{\"Requests\":[{\"Name\":\"gpu\""),
        "{said}"
    );
    assert!(said.ends_with(": field is immutable"), "{said}");
}

/// Status before and after -> the errors.
#[track_caller]
fn check_status(old: Value, new: Value, expect: &str) {
    let cx = testing::context(Verb::Update);
    let [old, mut new] = [old, new]
        .map(|status| testing::object(&Claims, &testing::with(&claim(), "/status", status)));
    super::Status.prepare_update(&cx, &mut new, &old);
    let mut errors = FieldErrors::new();
    super::Status.validate_update(&cx, &mut errors, &new, &old);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn what_is_allocated_stays() {
    let result =
        json!({"request": "gpu", "driver": "d.example.com", "pool": "p", "device": "dev-0"});
    let allocated = json!({"allocation": {"devices": {"results": [result]}}});
    let pod = json!([{"resource": "pods", "name": "p", "uid": "u"}]);
    check_status(json!({}), allocated.clone(), "[]");
    check_status(
        allocated.clone(),
        testing::with(&allocated, "/reservedFor", pod.clone()),
        "[]",
    );
    let device = json!([{"driver": "d.example.com", "pool": "p", "device": "dev-1"}]);
    check_status(
        allocated.clone(),
        testing::with(&allocated, "/devices", device),
        "status.devices[0]: Invalid value: {\"Driver\":\"d.example.com\",\"Pool\":\"p\",\"Device\":\"dev-1\",\"ShareID\":\"\"}: must be an allocated device in the claim",
    );
    let device = json!({"driver": "d.example.com", "pool": "p", "device": "dev-0"});
    check_status(
        allocated.clone(),
        testing::with(&allocated, "/devices", json!([device, device])),
        "status.devices[1]: Duplicate value: {\"Driver\":\"d.example.com\",\"Pool\":\"p\",\"Device\":\"dev-0\",\"ShareID\":\"\"}",
    );
    check_status(
        json!({}),
        json!({"reservedFor": pod}),
        "status.reservedFor: Forbidden: may not be specified when `allocated` is not set",
    );
    let other = testing::with(
        &allocated,
        "/allocation/devices/results/0/request",
        json!("tpu"),
    );
    check_status(
        json!({}),
        other,
        "status.allocation.devices.results[0].request: Invalid value: \"tpu\": must be the name of a request in the claim or the name of a request and a subrequest separated by '/'",
    );
    let share = testing::with(
        &allocated,
        "/allocation/devices/results/0/shareID",
        json!("x"),
    );
    check_status(
        json!({}),
        share,
        "status.allocation.devices.results[0].shareID: Invalid value: \"x\": error validating uid: invalid UUID length: 1",
    );
    let admin = testing::with(
        &allocated,
        "/allocation/devices/results/0/adminAccess",
        json!(true),
    );
    check_status(
        json!({}),
        admin,
        "status.allocation.devices.results[0].adminAccess: Forbidden: admin access to devices requires the `resource.kubernetes.io/admin-access: true` label on the containing namespace",
    );
}

/// A device without allocation is refused, one that lost it is forgotten.
#[test]
fn what_is_deallocated_has_no_status() {
    let place = |name: &str| json!({"driver": "d.example.com", "pool": "p", "device": name});
    let result = testing::with(&place("dev-0"), "/request", json!("gpu"));
    let old = json!({"allocation": {"devices": {"results": [result]}}});
    check_status(old.clone(), json!({"devices": [place("dev-0")]}), "[]");
    check_status(
        old,
        json!({"devices": [place("dev-0"), place("dev-1")]}),
        "status.devices[0]: Invalid value: {\"Driver\":\"d.example.com\",\"Pool\":\"p\",\"Device\":\"dev-1\",\"ShareID\":\"\"}: must be an allocated device in the claim",
    );
}
