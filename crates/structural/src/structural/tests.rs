use crate::{
    Structural,
    testing::{props, structural},
};
use serde_json::{Value, json};

#[test]
fn what_no_structural_schema_has_is_refused() {
    for (schema, words) in [
        (json!({"id": "a"}), "OpenAPIV3Schema 'id' is not supported"),
        (
            json!({"$schema": "a"}),
            "OpenAPIV3Schema 'schema' is not supported",
        ),
        (
            json!({"$ref": "#/a"}),
            "OpenAPIV3Schema '$ref' is not supported",
        ),
        (
            json!({"properties": {"a": {"patternProperties": {"b": {}}}}}),
            "OpenAPIV3Schema 'patternProperties' is not supported",
        ),
        (
            json!({"allOf": [{"dependencies": {"a": ["b"]}}]}),
            "OpenAPIV3Schema 'dependencies' is not supported",
        ),
        (
            json!({"additionalItems": true}),
            "OpenAPIV3Schema 'additionalItems' is not supported",
        ),
        (
            json!({"definitions": {"a": {}}}),
            "OpenAPIV3Schema 'definitions' is not supported",
        ),
        (
            json!({"items": [{"type": "string"}]}),
            "OpenAPIV3Schema 'items' must be a schema, but is an array",
        ),
        (
            json!({"x-kubernetes-preserve-unknown-fields": false}),
            "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined",
        ),
    ] {
        let error = Structural::new(&props(schema)).unwrap_err();
        assert_eq!(error.to_string(), words);
    }
}

/// What becomes of the default of `spec`, which stands in an object.
fn served(schema: Value) -> Value {
    let schema = Structural::serving(&props(schema)).unwrap();
    let mut object = json!({"apiVersion": "a/v1", "kind": "A", "metadata": {"name": "a"}});
    schema.default(&mut object);
    object["spec"].clone()
}

#[test]
fn a_server_prunes_its_defaults() {
    let schema = json!({"type": "object", "properties": {"spec": {
        "type": "object",
        "default": {"known": 1, "unknown": 2, "template": {"metadata": {"name": "n", "bogus": 1}, "kind": 7}},
        "properties": {
            "known": {"type": "integer"},
            "template": {
                "type": "object",
                "x-kubernetes-embedded-resource": true,
                "x-kubernetes-preserve-unknown-fields": true,
            },
        },
    }}});
    assert_eq!(
        served(schema.clone()),
        json!({"known": 1, "template": {"metadata": {"name": "n"}}})
    );
    let mut object = json!({});
    structural(schema).default(&mut object);
    assert_eq!(object["spec"]["unknown"], 2);
}

#[test]
fn properties_are_found() {
    let schema = structural(json!({"type": "object", "properties": {
        "spec": {"type": "object"}, "status": {"type": "string"}, "b": {},
    }}));
    assert_eq!(schema.type_name(), "object");
    assert_eq!(schema.property("status").unwrap().type_name(), "string");
    assert_eq!(schema.property("b").unwrap().type_name(), "");
    assert!(schema.property("c").is_none());
}
