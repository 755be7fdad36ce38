use crate::testing::structural;
use patch::{Kind, ListKind, ScalarKind};
use serde_json::json;

#[test]
fn schemas_become_what_server_side_apply_reads() {
    let schema = structural(json!({"type": "object", "properties": {
        "metadata": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 5}}},
        "spec": {"type": "object", "properties": {
            "set": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
            "map": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k", "p"], "items": {
                "type": "object", "required": ["k"], "properties": {"k": {"type": "string"}, "p": {"type": "string", "default": "TCP"}},
            }},
            "list": {"type": "array", "items": {"type": "integer"}},
            "atomic": {"type": "object", "x-kubernetes-map-type": "atomic", "properties": {"a": {"type": "boolean"}}},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "any": {"x-kubernetes-int-or-string": true},
            "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {"known": {"type": "object", "properties": {"b": {"type": "string"}}}}},
            "closed": {"type": "object", "properties": {"c": {"type": "number"}}},
            "when": {"type": "string", "format": "date-time"},
            "template": {"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true},
        }},
    }}));
    let apply = schema.apply_schema();
    let root = apply.node();
    let at = |path: &str| path.split('.').fold(root, |node, name| node.child(name));
    assert_eq!(root.kind(), Kind::Struct { atomic: false });
    assert!(!root.open());
    assert_eq!(at("kind").kind(), Kind::Scalar(ScalarKind::String));
    assert_eq!(at("metadata.finalizers").kind(), Kind::List(ListKind::Set));
    assert_eq!(at("metadata.labels").kind(), Kind::Map { atomic: false });
    assert!(
        matches!(at("metadata.ownerReferences").kind(), Kind::List(ListKind::Map { keys }) if keys.iter().eq(["uid"]))
    );
    assert_eq!(
        at("metadata.ownerReferences")
            .element()
            .field("uid")
            .unwrap()
            .default,
        Some(patch::KeyDefault::Value(&json!("")))
    );
    assert_eq!(at("spec.set").kind(), Kind::List(ListKind::Set));
    assert!(
        matches!(at("spec.map").kind(), Kind::List(ListKind::Map { keys }) if keys.iter().eq(["k", "p"]))
    );
    assert_eq!(
        at("spec.map").element().field("p").unwrap().default,
        Some(patch::KeyDefault::Value(&json!("TCP")))
    );
    assert_eq!(at("spec.list").kind(), Kind::List(ListKind::Atomic));
    assert_eq!(at("spec.atomic").kind(), Kind::Struct { atomic: true });
    assert_eq!(at("spec.labels").kind(), Kind::Map { atomic: false });
    assert_eq!(at("spec.any").kind(), Kind::Untyped);
    assert!(at("spec.free").open());
    assert_eq!(at("spec.free.x").kind(), Kind::Untyped);
    assert!(
        at("spec.free.known").open(),
        "what is below is open as well"
    );
    assert!(!at("spec.closed").open());
    assert_eq!(at("spec.when").kind(), Kind::Scalar(ScalarKind::Any));
    assert_eq!(
        at("spec.template.metadata.finalizers").kind(),
        Kind::List(ListKind::Set)
    );
    assert_eq!(at("spec.template.spec.x").kind(), Kind::Untyped);
}
