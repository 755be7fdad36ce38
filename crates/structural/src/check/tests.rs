use crate::testing::{lines, props};
use meta::{FieldErrors, FieldPath};
use serde_json::{Value, json};

#[track_caller]
fn check_structural(schema: Value, wanted: &[&str]) {
    let mut errors = FieldErrors::new();
    super::structural(&props(schema), &FieldPath::new("s"), &mut errors);
    assert_eq!(lines(&errors), wanted);
}

/// A schema as the property `a` of an object.
#[track_caller]
fn check_property(schema: Value, wanted: &[&str]) {
    check_structural(
        json!({"type": "object", "properties": {"a": schema}}),
        wanted,
    );
}

#[test]
fn types_are_said_where_values_are() {
    check_structural(
        json!({}),
        &["s.type: Required value: must not be empty at the root"],
    );
    check_structural(
        json!({"type": "array", "items": {"type": "string"}}),
        &[r#"s.type: Invalid value: "array": must be object at the root"#],
    );
    check_property(
        json!({}),
        &["s.properties[a].type: Required value: must not be empty for specified object fields"],
    );
    check_property(
        json!({"type": "array", "items": {}}),
        &[
            "s.properties[a].items.type: Required value: must not be empty for specified array items",
        ],
    );
    check_property(
        json!({"type": "array"}),
        &["s.properties[a].items: Required value: must be specified"],
    );
    check_property(
        json!({"type": "object", "additionalProperties": {}}),
        &[
            "s.properties[a].additionalProperties.type: Required value: must not be empty for specified object fields",
        ],
    );
    check_property(json!({"x-kubernetes-int-or-string": true}), &[]);
    check_property(json!({"x-kubernetes-preserve-unknown-fields": true}), &[]);
    check_structural(
        json!({"type": "object", "additionalProperties": {"type": "string"}}),
        &["s.additionalProperties: Forbidden: must not be used at the root"],
    );
}

#[test]
fn resources_have_their_type_and_metadata() {
    check_property(
        json!({"x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true}),
        &[
            "s.properties[a].type: Required value: must be object if x-kubernetes-embedded-resource is true",
        ],
    );
    check_property(
        json!({"type": "string", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true}),
        &[
            r#"s.properties[a].type: Invalid value: "string": must be object if x-kubernetes-embedded-resource is true"#,
        ],
    );
    check_property(
        json!({"type": "object", "x-kubernetes-embedded-resource": true, "additionalProperties": {"type": "string"}}),
        &[
            "s.properties[a].additionalProperties: Forbidden: must not be used if x-kubernetes-embedded-resource is set",
            "s.properties[a].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields",
        ],
    );
    check_structural(
        json!({"type": "object", "properties": {
            "kind": {"type": "integer"},
            "apiVersion": {"type": "object"},
            "metadata": {"type": "string", "properties": {"name": {"type": "string"}, "labels": {"type": "object"}}},
        }}),
        &[
            r#"s.properties[apiVersion].type: Invalid value: "object": must be string"#,
            r#"s.properties[kind].type: Invalid value: "integer": must be string"#,
            r#"s.properties[metadata].type: Invalid value: "string": must be object"#,
            "s.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified",
        ],
    );
    check_structural(
        json!({"type": "object", "properties": {"metadata": {"type": "object", "properties": {
            "name": {"type": "string", "maxLength": 9}, "generateName": {"type": "string"},
        }}}}),
        &[],
    );
    check_property(
        json!({"x-kubernetes-int-or-string": true, "x-kubernetes-preserve-unknown-fields": true}),
        &[
            "s.properties[a].x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true",
        ],
    );
}

#[test]
fn junctors_restrict_and_do_not_describe() {
    check_property(
        json!({"type": "object", "allOf": [{
            "type": "object", "title": "t", "description": "d", "nullable": true, "default": {}, "additionalProperties": true,
            "x-kubernetes-preserve-unknown-fields": true, "x-kubernetes-list-type": "set", "x-kubernetes-map-type": "atomic",
            "x-kubernetes-list-map-keys": ["k"], "x-kubernetes-validations": [{"rule": "true"}],
        }]}),
        &[
            "s.properties[a].allOf[0].additionalProperties: Forbidden: must be undefined to be structural",
            "s.properties[a].allOf[0].default: Forbidden: must be undefined to be structural",
            "s.properties[a].allOf[0].description: Forbidden: must be empty to be structural",
            "s.properties[a].allOf[0].nullable: Forbidden: must be false to be structural",
            "s.properties[a].allOf[0].title: Forbidden: must be empty to be structural",
            "s.properties[a].allOf[0].type: Forbidden: must be empty to be structural",
            "s.properties[a].allOf[0].x-kubernetes-list-map-keys: Forbidden: must be empty to be structural",
            "s.properties[a].allOf[0].x-kubernetes-list-type: Forbidden: must be undefined to be structural",
            "s.properties[a].allOf[0].x-kubernetes-map-type: Forbidden: must be undefined to be structural",
            "s.properties[a].allOf[0].x-kubernetes-preserve-unknown-fields: Forbidden: must be false to be structural",
            "s.properties[a].allOf[0].x-kubernetes-validations: Forbidden: must be empty to be structural",
        ],
    );
    check_property(
        json!({"type": "string", "not": {"pattern": "a["}, "anyOf": [{"oneOf": [{"type": "string"}]}]}),
        &[
            "s.properties[a].anyOf[0].oneOf[0].type: Forbidden: must be empty to be structural",
            r#"s.properties[a].not.pattern: Invalid value: "a[": must be a valid regular expression, but isn't: error parsing regexp: missing closing ]: `[`"#,
        ],
    );
    let either = json!([{"type": "integer"}, {"type": "string"}]);
    check_property(
        json!({"x-kubernetes-int-or-string": true, "anyOf": either}),
        &[],
    );
    check_property(
        json!({"x-kubernetes-int-or-string": true, "allOf": [{"anyOf": either}, {"maximum": 1}]}),
        &[],
    );
    check_property(
        json!({"x-kubernetes-int-or-string": true, "allOf": [{"maximum": 1}, {"anyOf": either}]}),
        &[
            "s.properties[a].allOf[1].anyOf[0].type: Forbidden: must be empty to be structural",
            "s.properties[a].allOf[1].anyOf[1].type: Forbidden: must be empty to be structural",
        ],
    );
}

#[test]
fn what_is_restricted_is_declared() {
    check_structural(
        json!({"type": "object", "properties": {"a": {"type": "object"}}, "anyOf": [
            {"properties": {"a": {"properties": {"b": {"minimum": 1}}}}},
            {"properties": {"c": {"items": {"minimum": 1}}, "metadata": {}}},
        ]}),
        &[
            "s.anyOf[1].properties[metadata]: Forbidden: must not be specified in a nested context",
            "s.properties[a].properties[b]: Required value: because it is defined in s.anyOf[0].properties[a].properties[b]",
            "s.properties[c]: Required value: because it is defined in s.anyOf[1].properties[c]",
            "s.properties[metadata]: Required value: because it is defined in s.anyOf[1].properties[metadata]",
        ],
    );
}

#[track_caller]
fn check_rule(rule: Value, wanted: &[&str]) {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "x-kubernetes-validations": [rule]});
    let mut errors = FieldErrors::new();
    super::rule_texts(&props(schema), &FieldPath::new("s"), &mut errors);
    let prefix = "s.x-kubernetes-validations[0].";
    let wanted: Vec<String> = wanted
        .iter()
        .map(|line| format!("{prefix}{line}"))
        .collect();
    assert_eq!(lines(&errors), wanted);
}

#[test]
fn texts_of_rules_are_given_and_on_one_line() {
    check_rule(
        json!({"rule": "self.a == 'b'", "message": "no", "reason": "FieldValueForbidden", "fieldPath": ".a"}),
        &[],
    );
    check_rule(
        json!({"rule": " "}),
        &["rule: Required value: rule is not specified"],
    );
    check_rule(
        json!({"rule": "true", "message": " "}),
        &[r#"message: Invalid value: " ": must be non-empty if specified"#],
    );
    check_rule(
        json!({"rule": "true", "message": "a\nb"}),
        &[r#"message: Invalid value: "a\nb": must not contain line breaks"#],
    );
    check_rule(
        json!({"rule": "true\n&& true"}),
        &["message: Required value: message must be specified if rule contains line breaks"],
    );
    check_rule(
        json!({"rule": "true", "messageExpression": " ", "reason": "Other", "fieldPath": ".b"}),
        &[
            "messageExpression: Required value: messageExpression must be non-empty if specified",
            r#"reason: Unsupported value: "Other": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired""#,
            r#"fieldPath: Invalid value: ".b": must be a valid path"#,
        ],
    );
}

#[test]
fn formats_count_for_their_type() {
    for (schema, unknown) in [
        (json!({"type": "string", "format": "date-time"}), ""),
        (json!({"type": "string", "format": "k8s-short-name"}), ""),
        (json!({"type": "string", "format": "int32"}), "int32"),
        (json!({"type": "integer", "format": "int32"}), ""),
        (json!({"type": "integer", "format": "double"}), "double"),
        (json!({"type": "number", "format": "double"}), ""),
        (json!({"type": "object", "format": "uuid"}), "uuid"),
        (json!({"format": "uuid"}), ""),
        (json!({}), ""),
    ] {
        let found = super::unrecognized_formats(&props(schema));
        assert_eq!(found.concat(), unknown);
    }
}
