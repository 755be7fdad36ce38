use crate::{
    admissionregistration::{
        mutating_admission_policy::MutatingAdmissionPolicies as Mutating,
        validating_admission_policy::ValidatingAdmissionPolicies as Validating,
        validating_admission_policy_binding::ValidatingAdmissionPolicyBindings as Bindings,
    },
    testing,
};
use serde_json::{Value, json};

fn policy() -> Value {
    json!({"metadata": {"name": "p"}, "spec": {
        "matchConstraints": {"resourceRules": [
            {"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]},
        ]},
        "variables": [{"name": "n", "expression": "object.spec.n"}],
        "validations": [{"expression": "variables.n > 1"}],
    }})
}

/// A field of the spec, its value -> the errors.
#[track_caller]
fn check(field: &str, value: Value, expect: &str) {
    let changed = testing::with(&policy(), &format!("/spec/{field}"), value);
    assert_eq!(testing::create(&Validating, &changed), expect);
}

#[test]
fn what_is_wrong_with_a_validating_policy() {
    check("failurePolicy", Value::Null, "[]");
    check(
        "validations",
        json!([]),
        "[spec.validations: Required value: validations or auditAnnotations must contain at least one item, spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item]",
    );
    check(
        "validations",
        json!([{"expression": "true", "message": "a\nb", "reason": "Gone", "messageExpression": "1"}]),
        "[spec.validations[0].messageExpression: Invalid value: \"1\": must evaluate to string but got int, spec.validations[0].message: Invalid value: \"a\\nb\": message must not contain line breaks, spec.validations[0].reason: Unsupported value: \"Gone\": supported values: \"Forbidden\", \"Invalid\", \"RequestEntityTooLarge\"]",
    );
    check(
        "validations",
        json!([{"expression": "params.x == 1"}]),
        "spec.validations[0].expression: Invalid value: \"params.x == 1\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'params' (in container '')\n | params.x == 1\n | ^",
    );
    check(
        "variables",
        json!([{"name": "in", "expression": " "}, {"name": "n", "expression": "variables.a"}]),
        "[spec.variables[0].name: Invalid value: \"in\": must be a valid CEL identifier, spec.variables[0].expression: Required value: expression is not specified, spec.variables[1].expression: Invalid value: \"variables.a\": compilation failed: ERROR: <input>:1:10: undefined field 'a'\n | variables.a\n | .........^]",
    );
    check(
        "variables",
        json!([{"name": "n", "expression": "variables.a"}]),
        "spec.variables[0].expression: Invalid value: \"variables.a\": compilation failed: ERROR: <input>:1:10: undefined field 'a'\n | variables.a\n | .........^",
    );
    check(
        "validations",
        json!([{"expression": "request.userInfo.nobody == namespaceObject.metadata.name"}]),
        "spec.validations[0].expression: Invalid value: \"request.userInfo.nobody == namespaceObject.metadata.name\": compilation failed: ERROR: <input>:1:17: undefined field 'nobody'\n | request.userInfo.nobody == namespaceObject.metadata.name\n | ................^",
    );
    check(
        "variables",
        json!([{"name": "a", "expression": " "}, {"name": "b", "expression": "variables.a"}, {"name": "n", "expression": "1"}]),
        "[spec.variables[0].expression: Required value: expression is not specified, spec.variables[1].expression: Invalid value: \"variables.a\": compilation failed: ERROR: <input>:1:10: undefined field 'a'\n | variables.a\n | .........^]",
    );
    check(
        "auditAnnotations",
        json!([{"key": "a", "valueExpression": "'x'"}, {"key": "a", "valueExpression": "true"}]),
        "[spec.auditAnnotations[1].valueExpression: Invalid value: \"true\": must evaluate to one of [string null_type] but got bool, spec.auditAnnotations[1].key: Duplicate value: \"a\"]",
    );
    check(
        "matchConstraints",
        Value::Null,
        "spec.matchConstraints: Required value",
    );
    check(
        "matchConstraints",
        json!({}),
        "spec.matchConstraints.resourceRules: Required value",
    );
}

#[test]
fn kinds_of_parameters() {
    let kind = |version: &str, kind: &str| json!({"apiVersion": version, "kind": kind});
    check("paramKind", kind("v1", "ConfigMap"), "[]");
    check("paramKind", kind("rules.example.com/v1", "Limit"), "[]");
    check(
        "paramKind",
        kind("", ""),
        "[spec.paramKind.apiVersion: Required value, spec.paramKind.kind: Required value]",
    );
    check(
        "paramKind",
        kind("a/b/c", "X"),
        "spec.paramKind.apiVersion: Invalid value: \"a/b/c\": unexpected GroupVersion string: a/b/c",
    );
    check(
        "paramKind",
        kind("a/", "X"),
        "spec.paramKind.apiVersion: Invalid value: \"a/\": version must be specified",
    );
}

/// A field of the spec, its value -> the errors.
#[track_caller]
fn check_mutating(field: &str, value: Value, expect: &str) {
    let mut whole = testing::with(&policy(), "/spec/reinvocationPolicy", json!("Never"));
    whole["spec"].as_object_mut().unwrap().remove("validations");
    let patch =
        json!([{"patchType": "JSONPatch", "jsonPatch": {"expression": "[JSONPatch{op: 'test'}]"}}]);
    let whole = testing::with(&whole, "/spec/mutations", patch);
    let changed = testing::with(&whole, &format!("/spec/{field}"), value);
    assert_eq!(testing::create(&Mutating, &changed), expect);
}

#[test]
fn what_is_wrong_with_a_mutating_policy() {
    check_mutating("failurePolicy", json!("Ignore"), "[]");
    check_mutating(
        "reinvocationPolicy",
        json!(""),
        "spec.reinvocationPolicy: Required value",
    );
    check_mutating(
        "mutations",
        json!([]),
        "spec.mutations: Required value: mutations must contain at least one item",
    );
    check_mutating(
        "mutations",
        json!([{"patchType": "ApplyConfiguration", "jsonPatch": {"expression": "x"}}]),
        "[spec.mutations[0].applyConfiguration: Required value: must be specified when patchType is ApplyConfiguration, spec.mutations[0].jsonPatch: Invalid value: \"{jsonPatch}\": must not be specified when patchType is ApplyConfiguration]",
    );
    check_mutating(
        "mutations",
        json!([{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": "Object{spec: Object.spec{n: 1}}"}}]),
        "[]",
    );
}

#[test]
fn bindings() {
    let binding = json!({"spec": {"policyName": "p", "validationActions": ["Deny", "Warn"]}});
    assert_eq!(
        testing::create(&Bindings, &binding),
        "spec.validationActions: Invalid value: [\"Deny\",\"Warn\"]: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)"
    );
    let binding = json!({"spec": {"policyName": "p", "validationActions": [], "paramRef": {}}});
    assert_eq!(
        testing::create(&Bindings, &binding),
        "[spec.paramRef: Required value: one of name or selector must be specified, spec.paramRef.parameterNotFoundAction: Required value, spec.validationActions: Required value: at least one validation action is required]"
    );
    let shown =
        |param: Value| super::param_cell(Some(&meta::codec::from_value(&param).unwrap().object));
    assert_eq!(shown(json!({"name": "a"})), "*/a");
    assert_eq!(shown(json!({"name": "a", "namespace": "n"})), "n/a");
    assert_eq!(
        shown(json!({"selector": {"matchLabels": {"a": "b"}}})),
        "&LabelSelector{MatchLabels:map[string]string{a: b,},MatchExpressions:[]LabelSelectorRequirement{},}"
    );
}
