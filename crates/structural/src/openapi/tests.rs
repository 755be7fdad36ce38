use super::{Published, definition, definition_name, list_definition};
use crate::testing::props;
use api::apiextensions::v1::JSONSchemaProps;
use schema::openapi::Version;
use serde_json::{Value, json};

fn published(schema: Option<&JSONSchemaProps>) -> Published<'_> {
    Published {
        schema,
        group: "example.com",
        version: "v1",
        kind: "Boat",
        list_kind: "BoatList",
        plural: "boats",
        selectable_fields: Vec::new(),
        preserve_unknown_fields: false,
    }
}

const V3_META: &str = "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
const V2_META: &str = "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

fn kinds(kind: &str) -> Value {
    json!([{"group": "example.com", "version": "v1", "kind": kind}])
}

#[track_caller]
fn check(schema: Value, version: Version, wanted: Value) {
    let schema = props(json!({"type": "object", "properties": {"spec": schema}}));
    let definition = definition(&published(Some(&schema)), version);
    assert_eq!(definition["properties"]["spec"], wanted);
}

#[test]
fn v3_is_the_schema_with_type_and_metadata() {
    let schema = props(
        json!({"type": "object", "description": "A boat.", "properties": {
            "kind": {"type": "string", "description": "What it is."},
            "spec": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "default": "b", "nullable": true, "pattern": "^b"}}},
        }}),
    );
    let with_fields = Published {
        selectable_fields: vec![".spec.a"],
        ..published(Some(&schema))
    };
    assert_eq!(
        definition(&with_fields, Version::V3),
        json!({"type": "object", "description": "A boat.", "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"allOf": [{"$ref": V3_META}]},
            "spec": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "default": "b", "nullable": true, "pattern": "^b"}}},
        }, "x-kubernetes-group-version-kind": kinds("Boat"), "x-kubernetes-selectable-fields": [{"fieldPath": "spec.a"}]})
    );
}

#[test]
fn v2_loses_what_it_lacks() {
    check(
        json!({"type": "object", "required": ["a", "b"], "default": {}, "properties": {
            "a": {"type": "string", "nullable": true},
            "b": {"type": "integer", "anyOf": [{"minimum": 1}], "default": 3},
        }}),
        Version::V2,
        json!({"type": "object", "required": ["b"], "properties": {"a": {}, "b": {"type": "integer"}}}),
    );
    check(
        json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {"a": {"type": "string"}}}),
        Version::V2,
        json!({"x-kubernetes-preserve-unknown-fields": true}),
    );
    check(
        json!({"type": "array", "nullable": true, "items": {"type": "string"}}),
        Version::V2,
        json!({}),
    );
    let schema = props(json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true}));
    assert_eq!(
        definition(&published(Some(&schema)), Version::V2),
        json!({"type": "object", "x-kubernetes-group-version-kind": kinds("Boat")})
    );
}

#[test]
fn int_or_string_says_what_it_is() {
    let either = json!([{"type": "integer"}, {"type": "string"}]);
    for (schema, wanted) in [
        (
            json!({"x-kubernetes-int-or-string": true}),
            json!({"x-kubernetes-int-or-string": true, "anyOf": either}),
        ),
        (
            json!({"x-kubernetes-int-or-string": true, "anyOf": either}),
            json!({"x-kubernetes-int-or-string": true, "anyOf": either}),
        ),
        (
            json!({"x-kubernetes-int-or-string": true, "anyOf": [{"maximum": 1}]}),
            json!({"x-kubernetes-int-or-string": true, "anyOf": [{"maximum": 1}], "allOf": [{"anyOf": either}]}),
        ),
        (
            json!({"x-kubernetes-int-or-string": true, "allOf": [{"anyOf": either}]}),
            json!({"x-kubernetes-int-or-string": true, "allOf": [{"anyOf": either}]}),
        ),
    ] {
        check(schema, Version::V3, wanted);
    }
    check(
        json!({"x-kubernetes-int-or-string": true}),
        Version::V2,
        json!({"x-kubernetes-int-or-string": true}),
    );
}

#[test]
fn embedded_resources_have_type_and_metadata() {
    let schema = json!({"type": "object", "x-kubernetes-embedded-resource": true, "properties": {"kind": {"type": "string", "enum": ["A"]}}});
    let wanted = |metadata: Value| {
        json!({"type": "object", "x-kubernetes-embedded-resource": true, "required": ["kind", "apiVersion"], "properties": {
            "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": metadata,
        }})
    };
    check(
        schema.clone(),
        Version::V3,
        wanted(json!({"allOf": [{"$ref": V3_META}]})),
    );
    check(schema, Version::V2, wanted(json!({"$ref": V2_META})));
}

#[test]
fn without_a_structural_schema_it_is_an_object() {
    let wanted = json!({"type": "object", "x-kubernetes-group-version-kind": kinds("Boat")});
    assert_eq!(definition(&published(None), Version::V3), wanted);
    let schema = props(json!({"type": "object", "properties": {"a": {}}}));
    assert_eq!(definition(&published(Some(&schema)), Version::V3), wanted);
}

#[test]
fn lists_are_published() {
    let list = list_definition(&published(None), Version::V2);
    assert_eq!(
        list["properties"]["items"]["items"]["$ref"],
        "#/definitions/com.example.v1.Boat"
    );
    assert_eq!(list["x-kubernetes-group-version-kind"], kinds("BoatList"));
    let list = list_definition(&published(None), Version::V3);
    assert_eq!(
        list["properties"]["items"]["items"]["$ref"],
        "#/components/schemas/com.example.v1.Boat"
    );
    assert_eq!(
        definition_name("a.example.com", "v1beta1", "B"),
        "com.example.a.v1beta1.B"
    );
}
