use super::APIServices;
use crate::testing;
use serde_json::{Value, json};

/// A field of the spec, its value -> the errors.
#[track_caller]
fn check(name: &str, field: &str, value: Value, expect: &str) {
    let service = json!({"metadata": {"name": name}, "spec": {
        "group": "g.io", "version": "v1", "groupPriorityMinimum": 1, "versionPriority": 1,
    }});
    let service = testing::with(&service, &format!("/spec/{field}"), value);
    assert_eq!(testing::create(&APIServices, &service), expect);
}

#[test]
fn what_is_wrong_with_an_api_service() {
    check("v1.g.io", "versionPriority", json!(1000), "[]");
    check(
        "v1.g.io",
        "versionPriority",
        json!(1001),
        "spec.versionPriority: Invalid value: 1001: must be positive and less than 1000",
    );
    check(
        "v2.",
        "group",
        json!(""),
        "metadata.name: Invalid value: \"v2.\": must be `spec.version+\".\"+spec.group`: \"v1.\"",
    );
    check(
        "v1.g.io",
        "caBundle",
        json!("AAAA"),
        "spec.caBundle: Invalid value: \"3 bytes\": local APIServices may not have a caBundle",
    );
    check(
        "v1.g.io",
        "service",
        json!({"namespace": "n", "name": "s", "port": 70000}),
        "spec.service.port: Invalid value: 70000: port is not valid: must be between 1 and 65535, inclusive",
    );
}

#[test]
fn a_local_one_is_available_at_once() {
    use resource::{Now, Strategy, Verb};
    let mut service = testing::object(&APIServices, &json!({"metadata": {"name": "v1."}}));
    let cells = |service: &_| APIServices.cells(service, &Now(Default::default()));
    assert_eq!(cells(&service)[2], "Unknown");
    APIServices.prepare_create(&testing::context(Verb::Create), &mut service);
    assert_eq!(cells(&service)[1..3], ["Local", "True"]);
    service.status.conditions[0].status = "False".into();
    service.status.conditions[0].reason = "MissingEndpoints".into();
    assert_eq!(cells(&service)[2], "False (MissingEndpoints)");
}
