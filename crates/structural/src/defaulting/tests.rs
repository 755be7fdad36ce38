use crate::testing::structural;
use serde_json::{Value, json};

#[track_caller]
fn check_default(schema: Value, mut value: Value, wanted: Value) {
    let schema = structural(schema);
    schema.default(&mut value);
    assert_eq!(value, wanted);
    schema.default(&mut value);
    assert_eq!(value, wanted, "a second time changes nothing");
}

#[test]
fn missing_fields_get_their_default_at_any_depth() {
    let schema = json!({"type": "object", "properties": {
        "a": {"type": "string", "default": "A"},
        "b": {"type": "object", "default": {"given": 1}, "properties": {"c": {"type": "integer", "default": 2}, "given": {"type": "integer"}}},
        "list": {"type": "array", "items": {"type": "object", "properties": {"d": {"type": "boolean", "default": false}}}},
        "map": {"type": "object", "additionalProperties": {"type": "object", "properties": {"e": {"type": "number", "default": 1.5}}}},
        "plain": {"type": "object", "properties": {"f": {"type": "string", "default": "F"}}},
    }});
    check_default(
        schema.clone(),
        json!({}),
        json!({"a": "A", "b": {"given": 1, "c": 2}}),
    );
    check_default(
        schema,
        json!({"a": "", "b": {}, "list": [{}, {"d": true}], "map": {"x": {}}, "plain": {}}),
        json!({"a": "", "b": {"c": 2}, "list": [{"d": false}, {"d": true}], "map": {"x": {"e": 1.5}}, "plain": {"f": "F"}}),
    );
}

#[test]
fn a_null_that_must_not_be_becomes_the_default() {
    let schema = json!({"type": "object", "properties": {
        "a": {"type": "string", "default": "A"},
        "n": {"type": "string", "default": "N", "nullable": true},
        "list": {"type": "array", "items": {"type": "string", "default": "I"}},
        "map": {"type": "object", "additionalProperties": {"type": "string", "default": "V"}},
    }});
    check_default(
        schema,
        json!({"a": null, "n": null, "list": [null, "x"], "map": {"k": null}}),
        json!({"a": "A", "n": null, "list": ["I", "x"], "map": {"k": "V"}}),
    );
}

#[test]
fn a_default_of_null_is_none() {
    check_default(
        json!({"type": "object", "properties": {"a": {"type": "string", "nullable": true, "default": null}}}),
        json!({}),
        json!({}),
    );
}

#[test]
fn nulls_without_a_default_go() {
    let schema = structural(json!({"type": "object", "properties": {
        "a": {"type": "string"},
        "d": {"type": "string", "default": "D"},
        "n": {"type": "string", "nullable": true},
        "list": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}},
        "map": {"type": "object", "additionalProperties": {"type": "string"}},
        "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
    }}));
    let mut value = json!({
        "a": null, "d": null, "n": null, "list": [{"a": null}, null], "map": {"k": null, "l": ""}, "free": {"x": null}, "unknown": null,
    });
    schema.prune_nulls(&mut value);
    assert_eq!(
        value,
        json!({"d": null, "n": null, "list": [{}, null], "map": {"l": ""}, "free": {"x": null}, "unknown": null})
    );
}
