use crate::{
    admissionregistration::{
        mutating_webhook_configuration::MutatingWebhookConfigurations as Mutating,
        validating_webhook_configuration::ValidatingWebhookConfigurations as Validating,
    },
    testing,
};
use resource::Strategy;
use serde_json::{Value, json};

fn configuration() -> Value {
    json!({"webhooks": [{
        "name": "a.example.com",
        "clientConfig": {"url": "https://example.com"},
        "rules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]}],
        "sideEffects": "None",
        "admissionReviewVersions": ["v1"],
    }]})
}

fn hook(field: &str, value: Value) -> Value {
    testing::with(&configuration(), &format!("/webhooks/0/{field}"), value)
}

/// A field of the webhook, its value -> the errors.
#[track_caller]
fn check(field: &str, value: Value, expect: &str) {
    let expect = expect.replace('@', "webhooks[0]");
    let changed = hook(field, value);
    assert_eq!(testing::create(&Validating, &changed), expect);
    assert_eq!(testing::create(&Mutating, &changed), expect);
}

#[test]
fn an_empty_list_is_a_new_generation() {
    fn check<S: Strategy>(strategy: &S) {
        let old = configuration();
        for (conditions, expect) in [(Value::Null, 0), (json!([]), 1)] {
            let new = hook("matchConditions", conditions);
            assert_eq!(testing::generations(strategy, &old, &new), expect);
        }
    }
    check(&Validating);
    check(&Mutating);
}

#[test]
fn what_is_wrong_with_a_webhook() {
    check("timeoutSeconds", json!(30), "[]");
    check(
        "timeoutSeconds",
        json!(31),
        "@.timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds",
    );
    check(
        "name",
        json!("example.com"),
        "@.name: Invalid value: \"example.com\": should be a domain with at least three segments separated by dots",
    );
    check(
        "sideEffects",
        Value::Null,
        "@.sideEffects: Required value: must specify one of None, NoneOnDryRun",
    );
    check(
        "admissionReviewVersions",
        json!([]),
        "@.admissionReviewVersions: Required value: must specify one of v1, v1beta1",
    );
    check(
        "admissionReviewVersions",
        json!(["v2", "v2"]),
        "[@.admissionReviewVersions[1]: Invalid value: \"v2\": duplicate version, @.admissionReviewVersions: Invalid value: [\"v2\",\"v2\"]: must include at least one of v1, v1beta1]",
    );
    check(
        "matchConditions",
        json!([{"name": "a", "expression": "1"}]),
        "@.matchConditions[0].expression: Invalid value: \"1\": must evaluate to bool but got int",
    );
    check(
        "matchConditions",
        json!([{"name": "a", "expression": "true"}, {"name": "a", "expression": " "}]),
        "[@.matchConditions[1].expression: Required value, @.matchConditions[1].name: Duplicate value: \"a\"]",
    );
}

/// Operations and resources of a rule -> the errors.
#[track_caller]
fn check_rule(operations: Value, resources: Value, expect: &str) {
    let rule = json!({"operations": operations, "apiGroups": ["*"], "apiVersions": ["*"], "resources": resources});
    check("rules", json!([rule]), &expect.replace('#', "@.rules[0]"));
}

#[test]
fn rules_do_not_repeat_themselves() {
    check_rule(json!(["*"]), json!(["pods", "*/scale", "nodes/*"]), "[]");
    check_rule(
        json!(["*", "CREATE"]),
        json!(["*/*"]),
        "#.operations: Invalid value: [\"*\",\"CREATE\"]: if '*' is present, must not specify other operations",
    );
    check_rule(
        json!(["CREATE"]),
        json!(["pods/*", "pods/status"]),
        "#.resources[1]: Invalid value: \"pods/status\": if 'pods/*' is present, must not specify pods/status",
    );
    check_rule(
        json!(["CREATE"]),
        json!(["*", "pods"]),
        "#.resources: Invalid value: [\"*\",\"pods\"]: if '*' is present, must not specify other resources without subresources",
    );
    check_rule(
        json!([]),
        json!([""]),
        "[#.operations: Required value, #.resources[0]: Required value]",
    );
}

#[test]
fn names_stand_once() {
    let twice = testing::with(
        &configuration(),
        "/webhooks/-",
        configuration()["webhooks"][0].clone(),
    );
    let expect = "webhooks[1].name: Duplicate value: \"a.example.com\"";
    assert_eq!(testing::create(&Validating, &twice), expect);
    assert_eq!(
        testing::update(&Validating, &configuration(), &twice),
        expect
    );
    // What was there before stays allowed.
    assert_eq!(testing::update(&Validating, &twice, &twice), "[]");
    let bad = hook(
        "matchConditions",
        json!([{"name": "a", "expression": "nope"}]),
    );
    assert_eq!(testing::update(&Mutating, &bad, &bad), "[]");
    let worse = hook("sideEffects", json!("Some"));
    assert_eq!(testing::update(&Mutating, &worse, &worse), "[]");
    assert!(testing::update(&Mutating, &configuration(), &worse).contains("Unsupported value"));
}

#[test]
fn names_of_static_configurations() {
    let cx = testing::context(resource::Verb::Create);
    for (name, expect) in [("a", 0), ("a.static.k8s.io", 1)] {
        let named = testing::with(&configuration(), "/metadata", json!({"name": name}));
        let new = testing::object(&Validating, &named);
        let warnings = resource::Strategy::warnings_on_create(&Validating, &cx, &new);
        assert_eq!(warnings.len(), expect, "{warnings:?}");
    }
}
