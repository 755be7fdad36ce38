use crate::{Root, Structural, testing::structural};
use serde_json::{Value, json};

#[track_caller]
fn check(schema: Value, mut value: Value, root: Root, wanted: Value, unknown: &[&str]) {
    let schema = structural(schema);
    assert_eq!(schema.prune(&mut value, root), unknown);
    assert_eq!(value, wanted);
    let again = schema.prune(&mut value, root);
    assert_eq!(again, [""; 0], "a second time finds nothing");
}

#[test]
fn unknown_fields_go_and_are_told() {
    check(
        json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
            "a": {"type": "string"},
            "list": {"type": "array", "items": {"type": "object", "properties": {"b": {"type": "string"}}}},
            "map": {"type": "object", "additionalProperties": {"type": "object", "properties": {"c": {"type": "string"}}}},
        }}}}),
        json!({"apiVersion": "a/v1", "kind": "A", "metadata": {"any": 1}, "extra": 1, "spec": {
            "a": "", "z": {"y": 1}, "list": [{"b": 1}, {"x": 1}], "map": {"k": {"c": 1, "w": 2}},
        }}),
        Root::Resource,
        json!({"apiVersion": "a/v1", "kind": "A", "metadata": {"any": 1}, "spec": {
            "a": "", "list": [{"b": 1}, {}], "map": {"k": {"c": 1}},
        }}),
        &["extra", "spec.list[1].x", "spec.map.k.w", "spec.z"],
    );
}

#[test]
fn type_and_metadata_of_what_is_no_resource_go_silently_at_the_root_only() {
    check(
        json!({"type": "object", "properties": {"a": {"type": "object"}}}),
        json!({"kind": 1, "metadata": {}, "a": {"kind": 2}}),
        Root::Value,
        json!({"a": {}}),
        &["a.kind"],
    );
}

#[test]
fn unknown_fields_stay_where_they_may() {
    check(
        json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {
            "known": {"type": "object", "properties": {"a": {"type": "string"}}},
            "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {"b": {"type": "object"}}},
            "list": {"type": "array", "x-kubernetes-preserve-unknown-fields": true, "items": {"type": "object", "properties": {"c": {"type": "object"}}}},
        }}),
        json!({"any": {"x": 1}, "known": {"a": "", "x": 1}, "free": {"x": 1, "b": {"y": 1}}, "list": [{"x": 1, "c": {"y": 1}}]}),
        Root::Resource,
        json!({"any": {"x": 1}, "known": {"a": ""}, "free": {"x": 1, "b": {}}, "list": [{"x": 1, "c": {}}]}),
        &["free.b.y", "known.x", "list[0].c.y"],
    );
}

#[test]
fn additional_properties_of_any_form_lose_their_objects() {
    check(
        json!({"type": "object", "properties": {"map": {"type": "object", "additionalProperties": true}}}),
        json!({"map": {"a": 1, "b": {"c": 1}, "d": [{"e": 1}, 2]}}),
        Root::Value,
        json!({"map": {"a": 1, "b": {}, "d": [{}, 2]}}),
        &["map.b.c", "map.d[0].e"],
    );
}

#[test]
fn embedded_resources_keep_type_and_metadata() {
    check(
        json!({"type": "object", "properties": {"template": {
            "type": "object", "x-kubernetes-embedded-resource": true, "properties": {"spec": {"type": "object"}},
        }}}),
        json!({"template": {"apiVersion": "v1", "kind": "Pod", "metadata": {"x": 1}, "spec": {"y": 1}, "status": {}}}),
        Root::Resource,
        json!({"template": {"apiVersion": "v1", "kind": "Pod", "metadata": {"x": 1}, "spec": {}}}),
        &["template.spec.y", "template.status"],
    );
}

#[test]
fn without_a_schema_nothing_is_known() {
    let mut value =
        json!({"apiVersion": "a/v1", "kind": "A", "metadata": {"name": "a"}, "spec": {}});
    let unknown = Structural::without_schema().prune(&mut value, Root::Resource);
    assert_eq!(unknown, ["spec"]);
    assert_eq!(
        value,
        json!({"apiVersion": "a/v1", "kind": "A", "metadata": {"name": "a"}})
    );
}

#[test]
fn what_is_told_is_bounded() {
    let schema = structural(json!({"type": "object", "additionalProperties": {"type": "object"}}));
    let key = "k".repeat(1 << 16);
    let members: serde_json::Map<_, _> = (0..100).map(|n| (n.to_string(), json!(1))).collect();
    let mut value = json!({key: members});
    let unknown = schema.prune(&mut value, Root::Value);
    assert!(
        !unknown.is_empty() && unknown.len() < 20,
        "{}",
        unknown.len()
    );
    assert!(
        value
            .as_object()
            .unwrap()
            .values()
            .all(|value| value == &json!({}))
    );
}
