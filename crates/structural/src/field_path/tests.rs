use super::{Arrays, resolve};
use crate::testing::structural;
use serde_json::json;

#[test]
fn paths_lead_through_declared_fields() {
    let schema = structural(json!({"type": "object", "properties": {
        "spec": {"type": "object", "properties": {"a": {"type": "string"}, "b.c": {"type": "integer"}, "it's": {"type": "boolean"}}},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "any": {"type": "object", "additionalProperties": true},
    }}));
    for (path, shown, type_) in [
        (".spec.a", "spec.a", "string"),
        (".spec['a']", "spec.a", "string"),
        (".spec['b.c']", "spec.b.c", "integer"),
        (r".spec['it\'s']", "spec.it's", "boolean"),
        (".labels.x", "labels[x]", "string"),
        (".labels['x.y/z']", "labels[x.y/z]", "string"),
        ("['spec'].a", "spec.a", "string"),
        ("", "", "object"),
    ] {
        let (found, schema) = resolve(path, &schema, Arrays::Allowed).unwrap();
        assert_eq!(
            (found.as_str(), schema.type_name()),
            (shown, type_),
            "{path}"
        );
    }
    for (path, words) in [
        ("spec", "expected [ or . but got: spec"),
        (".", "unexpected end of JSON path"),
        (".spec[", "unexpected end of JSON path"),
        (".spec['a'", "unexpected end of JSON path"),
        (".spec['a'.", "expected ] but got ."),
        (".spec[0]", "expected single quoted string but got 0"),
        (
            r".spec['\x']",
            r"invalid string literal: invalid escape char \x",
        ),
        (".spec.z", "does not refer to a valid field"),
        (".spec.a.b", "does not refer to a valid field"),
        (".any.x", "does not refer to a valid field"),
    ] {
        let error = resolve(path, &schema, Arrays::Allowed).unwrap_err();
        assert_eq!(error.to_string(), words, "{path}");
    }
    let error = resolve(".spec['a']", &schema, Arrays::Forbidden).unwrap_err();
    assert_eq!(error.to_string(), "array notation is not allowed");
}
