//! What holds for any schema and any value.

use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath, codec};
use proptest::{collection::btree_map, prelude::*};
use serde_json::{Map, Value, json};
use structural::{Malformed, Root, Structural};

/// Few names, so that values have what schemas declare.
fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "kind", "metadata", "spec"]).prop_map(str::to_owned)
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..4).prop_map(Value::from),
        (-3_i32..4).prop_map(|number| Value::from(f64::from(number) / 2.0)),
        "[a-c]{0,3}".prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(name(), inner, 0..5).prop_map(|members| json!(members)),
        ]
    })
}

fn object() -> impl Strategy<Value = Value> {
    btree_map(name(), value(), 0..6).prop_map(|members| json!(members))
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({"type": "string"})),
        Just(json!({"type": "string", "maxLength": 2, "default": "b"})),
        Just(json!({"type": "string", "pattern": "^a", "nullable": true})),
        Just(json!({"type": "string", "enum": ["a", "b"]})),
        Just(json!({"type": "integer", "minimum": 0, "maximum": 2, "default": 1})),
        Just(json!({"type": "number", "multipleOf": 0.5})),
        Just(json!({"type": "boolean", "default": true})),
        Just(json!({"x-kubernetes-int-or-string": true})),
        Just(json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true})),
        Just(json!({"type": "object", "additionalProperties": true})),
        Just(json!({"x-kubernetes-preserve-unknown-fields": true})),
        Just(
            json!({"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true})
        ),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            properties(inner.clone()),
            (properties(inner.clone()), object()).prop_map(|(schema, default)| with(schema, "default", default)),
            (properties(inner.clone()), name()).prop_map(|(schema, name)| require(schema, &name)),
            (properties(inner.clone()), name()).prop_map(|(schema, name)| require_any(schema, &name)),
            inner.clone().prop_map(|items| json!({"type": "array", "items": items})),
            inner.clone().prop_map(|items| json!({"type": "array", "items": items, "x-kubernetes-list-type": "set"})),
            properties(inner.clone()).prop_map(|items| json!({"type": "array", "items": items, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["a", "b"]})),
            inner.prop_map(|values| json!({"type": "object", "additionalProperties": values})),
        ]
    })
}

fn properties(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let properties = btree_map(name(), inner, 0..4);
    properties.prop_map(|properties| json!({"type": "object", "properties": properties}))
}

/// What is required is declared: a schema may require what it does not know, but that would be pruned.
fn require(schema: Value, name: &str) -> Value {
    match schema["properties"].get(name) {
        Some(_) => with(schema, "required", json!([name])),
        None => schema,
    }
}

fn require_any(schema: Value, name: &str) -> Value {
    match schema["properties"].get(name) {
        Some(_) => with(
            schema,
            "anyOf",
            json!([{"required": [name]}, {"minProperties": 9}]),
        ),
        None => schema,
    }
}

fn with(mut schema: Value, name: &str, value: Value) -> Value {
    schema[name] = value;
    schema
}

/// Schemas of whole objects.
fn root() -> impl Strategy<Value = JSONSchemaProps> {
    properties(schema()).prop_map(|schema| {
        let decoded = codec::from_value::<JSONSchemaProps>(&schema).unwrap();
        assert_eq!(decoded.strict, []);
        decoded.object
    })
}

fn errors(schema: &Structural, value: &Value, old: Option<&Value>) -> Vec<String> {
    let mut errors = FieldErrors::new();
    schema.validate(&FieldPath::root(), value, old, &mut errors);
    errors.iter().map(ToString::to_string).collect()
}

/// Whether a value has the fields of another, at any depth.
fn has_all(value: &Value, of: &Value) -> bool {
    match (value, of) {
        (Value::Object(value), Value::Object(of)) => of
            .iter()
            .all(|(name, of)| value.get(name).is_some_and(|value| has_all(value, of))),
        (Value::Array(value), Value::Array(of)) => {
            value.len() == of.len() && value.iter().zip(of).all(|(value, of)| has_all(value, of))
        }
        _ => value == of,
    }
}

proptest! {
    #[test]
    fn pruning_twice_is_pruning_once(schema in root(), object in object()) {
        let schema = Structural::new(&schema).unwrap();
        let mut pruned = object.clone();
        let unknown = schema.prune(&mut pruned, Root::Resource);
        prop_assert!(unknown.is_sorted());
        prop_assert!(has_all(&object, &pruned), "nothing is added");
        prop_assert_eq!(unknown.is_empty(), pruned == object || unknown.is_empty());
        let mut again = pruned.clone();
        prop_assert_eq!(schema.prune(&mut again, Root::Resource), Vec::<String>::new());
        prop_assert_eq!(again, pruned);
    }

    /// Unknown fields are no matter of validation, but of what is compared whole and shown: an `enum`.
    #[test]
    fn what_is_pruned_was_not_validated(schema in root(), object in object()) {
        let schema = Structural::new(&schema).unwrap();
        let mut pruned = object.clone();
        schema.prune(&mut pruned, Root::Resource);
        let of_parts = |value: &Value| {
            let mut found = errors(&schema, value, None);
            found.retain(|error| !error.contains(": Unsupported value: "));
            found
        };
        prop_assert_eq!(of_parts(&pruned), of_parts(&object));
    }

    #[test]
    fn defaulting_twice_is_defaulting_once(schema in root(), object in object()) {
        let schema = Structural::new(&schema).unwrap();
        let mut once = object.clone();
        schema.default(&mut once);
        let mut twice = once.clone();
        schema.default(&mut twice);
        prop_assert_eq!(&twice, &once);
        let mut without_nulls = object;
        schema.prune_nulls(&mut without_nulls);
        let mut again = without_nulls.clone();
        schema.prune_nulls(&mut again);
        prop_assert_eq!(again, without_nulls);
    }

    /// What a server serves by has no defaults that it would prune.
    #[test]
    fn served_defaults_are_known(schema in root(), object in object()) {
        let Ok(schema) = Structural::serving(&schema) else { return Ok(()) };
        let mut object = object;
        if schema.read(&mut object, Malformed::Drop).is_err() {
            return Ok(());
        }
        schema.default(&mut object);
        let before = object.clone();
        schema.prune(&mut object, Root::Resource);
        prop_assert_eq!(object, before);
    }

    #[test]
    fn an_update_has_no_more_errors_than_a_create(schema in root(), new in object(), old in object()) {
        let schema = Structural::new(&schema).unwrap();
        let all = errors(&schema, &new, None);
        let left = errors(&schema, &new, Some(&old));
        prop_assert!(left.iter().all(|error| all.contains(error)));
    }

    #[test]
    fn a_part_that_stays_is_not_complained_about(schema in root(), object in object(), old in value()) {
        let schema = Structural::new(&schema).unwrap();
        let spec = |value: Value| Value::Object(Map::from_iter([("spec".to_owned(), value)]));
        // What is declared all through and stays is forgiven, whatever else changes.
        if schema.property("spec").is_some_and(|spec| spec.type_name() == "string") {
            let value = object.get("spec").cloned().unwrap_or(old);
            // Members and items of what is to be a string are described by nothing.
            prop_assume!(!value.is_object() && !value.is_array());
            let object = spec(value);
            let found = errors(&schema, &object, Some(&object));
            prop_assert!(found.iter().all(|error| !error.starts_with("spec:")), "{found:?}");
        }
    }
}
