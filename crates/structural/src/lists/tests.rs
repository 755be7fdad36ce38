use crate::testing::{lines, structural};
use meta::{FieldErrors, FieldPath};
use serde_json::{Value, json};

#[track_caller]
fn check(schema: Value, value: Value, wanted: &[&str]) {
    let schema = structural(json!({"type": "object", "properties": {"l": schema}}));
    let mut errors = FieldErrors::new();
    schema.validate_lists(&FieldPath::root(), &json!({"l": value}), &mut errors);
    assert_eq!(lines(&errors), wanted);
}

#[test]
fn items_of_sets_stand_once() {
    let set = json!({"type": "array", "x-kubernetes-list-type": "set", "items": {"x-kubernetes-preserve-unknown-fields": true}});
    check(set.clone(), json!([1, "1", 2, true, null]), &[]);
    check(
        set,
        json!(["a", "a", "a", {"x": [1]}, {"x": [1]}, 1, 1]),
        &[
            r#"l[1]: Duplicate value: "a""#,
            r#"l[4]: Duplicate value: {"x":[1]}"#,
            "l[6]: Duplicate value: 1",
        ],
    );
}

#[test]
fn keys_of_maps_stand_once() {
    let one = json!({"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"], "items": {"type": "object"}});
    check(one.clone(), json!([{"k": 1}, {"k": 2}, {}]), &[]);
    check(
        one.clone(),
        json!([{"k": 1}, {"k": 1, "v": 2}, {}, {"v": 1}, null]),
        &[
            r#"l[1]: Duplicate value: {"k":1}"#,
            "l[3]: Duplicate value: {}",
        ],
    );
    check(
        one,
        json!([{"k": 1}, "x"]),
        &[r#"l[1]: Invalid value: "x": must be an object for an array of list-type map"#],
    );
    let two = json!({"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["b", "a"], "items": {"type": "object"}});
    check(
        two,
        json!([{"a": 1, "b": 2}, {"a": 1, "b": 3}, {"b": 2, "a": 1}]),
        &[r#"l[2]: Duplicate value: {"a":1,"b":2}"#],
    );
}

#[test]
fn lists_are_found_at_any_depth() {
    check(
        json!({"type": "object", "additionalProperties": {"type": "array", "items": {"type": "object", "properties": {
            "s": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
        }}}}),
        json!({"k": [{"s": ["a"]}, {"s": ["b", "b"]}]}),
        &[r#"l[k][1].s[1]: Duplicate value: "b""#],
    );
    check(
        json!({"type": "array", "items": {"type": "integer"}}),
        json!([1, 1]),
        &[],
    );
}
