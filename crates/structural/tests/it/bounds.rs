//! Depth and size: what decoders let through is walked without overflowing the stack.

use api::apiextensions::v1::{JSONSchemaProps, JSONSchemaPropsOrArray};
use meta::{FieldErrors, FieldPath, Slice};
use serde_json::{Value, json};
use structural::{JsonPath, Malformed, Root, Rules, Structural, check};

/// Decoders of schemas stop here.
const SCHEMA_DEPTH: usize = 150;
/// Decoders of raw JSON stop here.
const VALUE_DEPTH: usize = 100;

fn nested(wrap: impl Fn(JSONSchemaProps) -> JSONSchemaProps) -> JSONSchemaProps {
    let leaf = JSONSchemaProps {
        type_: "string".into(),
        ..JSONSchemaProps::default()
    };
    (0..SCHEMA_DEPTH).fold(leaf, |schema, _| wrap(schema))
}

fn in_list(schema: JSONSchemaProps) -> JSONSchemaProps {
    JSONSchemaProps {
        type_: "array".into(),
        items: Some(Box::new(JSONSchemaPropsOrArray {
            schema: Some(Box::new(schema)),
            json_schemas: Slice::nil(),
        })),
        ..JSONSchemaProps::default()
    }
}

#[test]
fn deep_schemas_and_values_are_walked() {
    let lists = nested(in_list);
    let nots = nested(|schema| JSONSchemaProps {
        not: Some(Box::new(schema)),
        ..JSONSchemaProps::default()
    });
    let all = nested(|schema| JSONSchemaProps {
        all_of: [schema].into(),
        ..JSONSchemaProps::default()
    });
    let mut value = (0..VALUE_DEPTH).fold(json!(1), |value, _| json!([value]));
    let path = FieldPath::root();
    for schema in [lists, nots, all] {
        let mut errors = FieldErrors::new();
        check::structural(&schema, &path, &mut errors);
        let schema = Structural::serving(&schema).unwrap();
        schema.read(&mut value, Malformed::Refuse).unwrap();
        schema.default(&mut value);
        schema.validate(&path, &value, Some(&value), &mut errors);
        schema.validate_lists(&path, &value, &mut errors);
        assert!(!schema.apply_schema().node().type_name().contains('x'));
        assert!(Rules::new(&schema, Root::Resource).is_none());
    }
    let path = JsonPath::parse("..x").unwrap();
    assert_eq!(path.find(&value).unwrap(), Vec::<&Value>::new());
}

/// Comparing each item with each would take hours.
#[test]
fn long_lists_of_unique_items_are_compared_once() {
    let schema = JSONSchemaProps {
        unique_items: true,
        x_kubernetes_list_type: Some("set".into()),
        ..in_list(JSONSchemaProps {
            type_: "integer".into(),
            ..JSONSchemaProps::default()
        })
    };
    let schema = Structural::new(&schema).unwrap();
    let value: Value = (0..200_000).collect();
    let mut errors = FieldErrors::new();
    schema.validate(&FieldPath::root(), &value, None, &mut errors);
    schema.validate_lists(&FieldPath::root(), &value, &mut errors);
    assert!(errors.is_empty());
}

/// As many errors as items, each told.
#[test]
fn many_errors_are_told_apart() {
    let schema = in_list(JSONSchemaProps {
        type_: "string".into(),
        ..JSONSchemaProps::default()
    });
    let schema = Structural::new(&schema).unwrap();
    let value: Value = (0..20_000).collect();
    let mut errors = FieldErrors::new();
    schema.validate(&FieldPath::root(), &value, None, &mut errors);
    assert_eq!(errors.len(), 20_000);
}
