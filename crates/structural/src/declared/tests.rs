use super::{As, Declared};
use crate::testing::structural;
use expr::Sizes as _;
use serde_json::{Value, json};

fn declared(schema: Value) -> Declared {
    Declared::new(&structural(schema), As::Resource).unwrap()
}

#[test]
fn expressions_see_what_has_a_type() {
    let declared = declared(json!({"type": "object", "properties": {
        "spec": {"type": "object", "properties": {
            "s": {"type": "string"}, "b": {"type": "string", "format": "byte"}, "d": {"type": "string", "format": "duration"},
            "t": {"type": "string", "format": "date-time"}, "day": {"type": "string", "format": "date"},
            "i": {"type": "integer"}, "n": {"type": "number"}, "is": {"type": "boolean"}, "any": {"x-kubernetes-int-or-string": true},
            "list": {"type": "array", "items": {"type": "integer"}}, "map": {"type": "object", "additionalProperties": {"type": "string"}},
            "free": {"x-kubernetes-preserve-unknown-fields": true}, "lists": {"type": "array", "items": {"x-kubernetes-preserve-unknown-fields": true}},
            "in": {"type": "string"}, "a-b": {"type": "string"}, "1": {"type": "string"},
        }},
    }}));
    let spec = declared.field("spec").unwrap();
    for (name, type_) in [
        ("s", "string"),
        ("b", "bytes"),
        ("d", "google.protobuf.Duration"),
        ("t", "google.protobuf.Timestamp"),
        ("day", "google.protobuf.Timestamp"),
        ("i", "int"),
        ("n", "double"),
        ("is", "bool"),
        ("any", "dyn"),
        ("list", "list(int)"),
        ("map", "map(string, string)"),
        ("__in__", "string"),
        ("a__dash__b", "string"),
    ] {
        let field = spec.field(name).unwrap_or_else(|| panic!("{name} is seen"));
        assert_eq!(field.type_.to_string(), type_, "{name}");
    }
    for name in ["free", "lists", "1", "in", "a-b"] {
        assert!(spec.field(name).is_none(), "{name} is not seen");
    }
    assert_eq!(spec.type_.to_string(), "selfType.spec");
    let metadata = declared.field("metadata").unwrap();
    assert!(metadata.field("generateName").is_some() && metadata.field("labels").is_none());
    assert!(declared.field("kind").is_some() && declared.field("apiVersion").is_some());
}

#[test]
fn sizes_are_those_that_a_request_can_have() {
    let declared = declared(json!({"type": "object", "properties": {
        "free": {"type": "string"}, "short": {"type": "string", "maxLength": 10}, "enum": {"type": "string", "enum": ["ab", "abc"]},
        "list": {"type": "array", "items": {"type": "integer"}}, "few": {"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 2}},
        "map": {"type": "object", "additionalProperties": {"type": "boolean"}},
        "objects": {"type": "array", "items": {"type": "object", "required": ["k", "d"], "properties": {"k": {"type": "integer"}, "d": {"type": "integer", "default": 1}}}},
    }}));
    for (path, max) in [
        (&["self", "free"][..], 3_145_726),
        (&["self", "short"], 40),
        (&["self", "enum"], 3),
        (&["self", "list"], 3_145_726 / 2),
        (&["self", "list", "@items"], 0),
        (&["self", "few"], 3),
        (&["self", "few", "@items"], 8),
        (&["self", "map"], 3_145_726 / 10),
        (&["self", "objects"], 3_145_726 / 9),
        (&["self", "metadata", "name"], 1012),
        (&["self", "metadata", "generateName"], 1008),
    ] {
        let size = declared
            .size(path)
            .unwrap_or_else(|| panic!("{path:?} has a size"));
        assert_eq!(size.max, max, "{path:?}");
    }
    assert!(declared.size(&["self", "none"]).is_none());
    assert!(declared.size(&[]).is_none());
}
