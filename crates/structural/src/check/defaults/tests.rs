use super::{DefaultPruning, defaults, defaults_are_pruned};
use crate::testing::{lines, props, structural};
use meta::{FieldErrors, FieldPath, ObjectMeta};
use serde_json::{Value, json};

#[track_caller]
fn check_with(pruning: DefaultPruning, properties: Value, wanted: &[&str]) {
    let rules = |errors: &mut FieldErrors, metadata: &ObjectMeta, path: &FieldPath| {
        if metadata.name.contains('/') {
            errors.invalid(&path.child("name"), &metadata.name, "may not contain '/'");
        }
    };
    let schema = structural(json!({"type": "object", "properties": properties}));
    let mut errors = FieldErrors::new();
    defaults(&schema, &FieldPath::new("s"), pruning, &rules, &mut errors);
    assert_eq!(lines(&errors), wanted);
}

#[track_caller]
fn check(properties: Value, wanted: &[&str]) {
    check_with(DefaultPruning::Required, properties, wanted);
}

#[test]
fn defaults_are_values_of_their_schema() {
    check(
        json!({"a": {"type": "string", "default": "x", "maxLength": 1}}),
        &[],
    );
    check(
        json!({"a": {"type": "string", "default": 1}}),
        &[
            r#"s.properties[a].default: Invalid value: "integer":  in body must be of type string: "integer""#,
        ],
    );
    check(
        json!({"a": {"type": "array", "items": {"type": "object", "properties": {"b": {"type": "integer", "minimum": 3, "default": 1}}}}}),
        &[
            "s.properties[a].items.properties[b].default: Invalid value: 1:  in body should be greater than or equal to 3",
        ],
    );
    check(
        json!({"a": {"type": "object", "required": ["b"], "default": {"c": {"d": 1}}, "properties": {
            "b": {"type": "string"}, "c": {"type": "object", "properties": {"d": {"type": "string"}}},
        }}}),
        &[
            r#"s.properties[a].default.c.d: Invalid value: "integer": c.d in body must be of type string: "integer""#,
            "s.properties[a].default.b: Required value",
        ],
    );
}

#[test]
fn defaults_know_no_more_fields_than_their_schema() {
    let schema = json!({"a": {"type": "object", "default": {"b": 1, "c": 2}, "properties": {"b": {"type": "integer"}}}});
    check(
        schema.clone(),
        &[r#"s.properties[a].default: Invalid value: {"b":1,"c":2}: must not have unknown fields"#],
    );
    check_with(DefaultPruning::Optional, schema.clone(), &[]);
    assert!(!defaults_are_pruned(&props(
        json!({"type": "object", "properties": schema})
    )));
    assert!(defaults_are_pruned(&props(
        json!({"type": "object", "properties": {"a": {"type": "object", "default": {}}}})
    )));
}

#[test]
fn defaults_in_metadata_make_valid_metadata() {
    let embedded = |metadata: Value| {
        json!({"t": {"type": "object", "x-kubernetes-embedded-resource": true, "properties": {
            "metadata": {"type": "object", "properties": metadata},
        }}})
    };
    check(
        embedded(json!({"name": {"type": "string", "default": "a"}})),
        &[],
    );
    check(
        embedded(json!({"name": {"type": "string", "default": "a/b"}})),
        &[
            r#"s.properties[t].properties[metadata].properties[name].default: Invalid value: "a/b": must result in valid metadata: metadata.name: Invalid value: "a/b": may not contain '/'"#,
        ],
    );
    check(
        embedded(json!({"name": {"type": "integer", "default": 1}})),
        &[
            r#"s.properties[t].properties[metadata].properties[name].default: Invalid value: 1: must result in valid metadata: metadata: Invalid value: {"name":1}: json: cannot unmarshal number into Go struct field ObjectMeta.name of type string"#,
        ],
    );
    check(
        json!({"t": {"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true, "default": {"kind": "A"}}}),
        &["s.properties[t].default.apiVersion: Required value"],
    );
}

/// The metadata that is shown is what the server makes of it.
#[test]
fn unknown_fields_beside_metadata_are_shown_without_those_within() {
    check(
        json!({"t": {"type": "object", "x-kubernetes-embedded-resource": true, "default": {
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "nope": 1}, "nope": 2,
        }}}),
        &[
            r#"s.properties[t].default: Invalid value: {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"nope":2}: must not have unknown fields"#,
        ],
    );
}

/// A default of the whole object is a whole object.
#[test]
fn a_default_of_the_root_has_type_and_metadata() {
    let root = json!({"type": "object", "default": {"apiVersion": "a/v1", "kind": "A", "metadata": {"name": "%"}}});
    let metadata = |errors: &mut FieldErrors, metadata: &ObjectMeta, path: &FieldPath| {
        if metadata.name == "%" {
            errors.invalid(&path.child("name"), "%", "may not contain '%'");
        }
    };
    let mut errors = FieldErrors::new();
    let path = FieldPath::new("s");
    defaults(
        &structural(root),
        &path,
        DefaultPruning::Required,
        &metadata,
        &mut errors,
    );
    assert_eq!(
        lines(&errors),
        [r#"s.default.metadata.name: Invalid value: "%": may not contain '%'"#]
    );
}

#[test]
fn defaults_keep_the_rules() {
    check(
        json!({"a": {"type": "integer", "default": 1, "x-kubernetes-validations": [
            {"rule": "self > 0"}, {"rule": "self > 1", "message": "m"}, {"rule": "self >= oldSelf"},
        ]}}),
        &["s.properties[a].default: Invalid value: 1: m"],
    );
    check(
        json!({"a": {"type": "integer", "default": 1, "x-kubernetes-validations": [
            {"rule": "oldSelf.hasValue()", "message": "m", "optionalOldSelf": true},
        ]}}),
        &["s.properties[a].default: Invalid value: 1: m"],
    );
}
