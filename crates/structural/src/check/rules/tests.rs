use super::{RuleOptions, rules};
use crate::testing::{lines, props};
use meta::{FieldErrors, FieldPath};
use serde_json::{Value, json};

fn errors_of(schema: Value, suppress_cost: bool) -> Vec<String> {
    let mut errors = FieldErrors::new();
    let options = RuleOptions { suppress_cost };
    let path = FieldPath::new("s");
    rules(
        &props(schema),
        &path,
        options,
        &FieldErrors::new(),
        &mut errors,
    );
    lines(&errors)
}

/// A rule at the root, with these properties.
#[track_caller]
fn check(properties: Value, rule: Value, wanted: &[&str]) {
    let schema =
        json!({"type": "object", "properties": properties, "x-kubernetes-validations": [rule]});
    assert_eq!(errors_of(schema, false), wanted);
}

#[test]
fn rules_compile_to_a_bool_and_messages_to_a_string() {
    let a = json!({"a": {"type": "integer"}});
    check(
        a.clone(),
        json!({"rule": "self.a > 1", "messageExpression": "'a'"}),
        &[],
    );
    check(
        a.clone(),
        json!({"rule": "self.a"}),
        &[
            r#"s.x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self.a","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: cel expression must evaluate to a bool"#,
        ],
    );
    check(
        a.clone(),
        json!({"rule": "self.b"}),
        &[
            "s.x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.b\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:5: undefined field 'b'\n | self.b\n | ....^",
        ],
    );
    check(
        a,
        json!({"rule": "true", "message": "m", "messageExpression": "1", "reason": "FieldValueInvalid", "fieldPath": ".a", "optionalOldSelf": false}),
        &[
            r#"s.x-kubernetes-validations[0].messageExpression: Invalid value: {"Rule":"true","Message":"m","MessageExpression":"1","Reason":"FieldValueInvalid","FieldPath":".a","OptionalOldSelf":false}: messageExpression must evaluate to a string"#,
            "s.x-kubernetes-validations[0].optionalOldSelf: Invalid value: false: may not be set if oldSelf is not used in rule",
        ],
    );
}

#[test]
fn rules_about_transitions_need_what_can_be_told_apart() {
    let rule = json!([{"rule": "self == oldSelf"}]);
    let item = json!({"type": "object", "properties": {"k": {"type": "string"}, "v": {"type": "string", "x-kubernetes-validations": rule}}});
    let list = |extra: Value| {
        let mut list = json!({"type": "array", "maxItems": 5, "items": item});
        list.as_object_mut()
            .unwrap()
            .append(&mut extra.as_object().unwrap().clone());
        json!({"type": "object", "properties": {"l": list}})
    };
    let map = json!({"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]});
    assert_eq!(errors_of(list(map), true), [""; 0]);
    assert_eq!(
        errors_of(list(json!({"x-kubernetes-list-type": "set"})), true),
        [
            r#"s.properties[l].items.properties[v].x-kubernetes-validations[0].rule: Invalid value: "self == oldSelf": oldSelf cannot be used on the uncorrelatable portion of the schema within s.properties[l]"#
        ]
    );
}

#[test]
fn nodes_with_errors_are_left_out() {
    let schema = props(json!({"type": "object", "properties": {
        "a": {"type": "object", "properties": {"b": {"type": "string", "x-kubernetes-validations": [{"rule": "1"}]}}, "x-kubernetes-validations": [{"rule": "1"}]},
        "ab": {"type": "string", "x-kubernetes-validations": [{"rule": "1"}]},
    }}));
    let mut found = FieldErrors::new();
    found.required(&FieldPath::new("s.properties[a].properties[b].type"), "");
    let mut errors = FieldErrors::new();
    let options = RuleOptions {
        suppress_cost: false,
    };
    rules(&schema, &FieldPath::new("s"), options, &found, &mut errors);
    let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(
        fields,
        ["s.properties[ab].x-kubernetes-validations[0].rule"]
    );
}

#[test]
fn rules_may_not_cost_too_much() {
    let quadratic = json!({"type": "object", "properties": {"l": {"type": "array", "items": {"type": "string"}, "x-kubernetes-validations": [
        {"rule": "self.all(x, self.all(y, x == y))"},
    ]}}});
    let found = errors_of(quadratic.clone(), false);
    assert_eq!(
        found,
        [
            "s.properties[l].x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)",
            "s.properties[l].x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema",
            "s: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)",
        ]
    );
    assert_eq!(errors_of(quadratic, true).len(), 2);
    let bounded = json!({"type": "object", "properties": {"l": {"type": "array", "maxItems": 10, "items": {"type": "string", "maxLength": 10}, "x-kubernetes-validations": [
        {"rule": "self.all(x, self.all(y, x == y))"},
    ]}}});
    assert_eq!(errors_of(bounded, false), [""; 0]);
}

#[test]
fn fields_of_an_unknown_sort_of_map_have_no_past() {
    let field = |map_type: &str, rule: Value| {
        let field = json!({"type": "string", "maxLength": 9, "x-kubernetes-validations": [rule]});
        let map = json!({"type": "object", "x-kubernetes-map-type": map_type, "properties": {"b": field}});
        errors_of(json!({"type": "object", "properties": {"a": map}}), false)
    };
    let rule = json!({"rule": "self == oldSelf"});
    assert!(field("atomic", rule.clone()).is_empty());
    assert!(field("granular", rule.clone()).is_empty());
    let words =
        "oldSelf cannot be used on the uncorrelatable portion of the schema within s.properties[a]";
    assert_eq!(
        field("future", rule),
        [format!(
            r#"s.properties[a].properties[b].x-kubernetes-validations[0].rule: Invalid value: "self == oldSelf": {words}"#
        )]
    );
}
