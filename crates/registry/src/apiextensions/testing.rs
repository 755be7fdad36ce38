//! A definition to change in tests, and the errors that come of it.

use super::custom_resource_definition::CustomResourceDefinitions as Kind;
use crate::testing;
use expect_test::Expect;
use serde_json::{Value, json};

/// A definition without mistakes: one version, status and scale.
pub(super) fn boats() -> Value {
    json!({
        "metadata": {"name": "boats.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"plural": "boats", "kind": "Boat"},
            "versions": [version("v1", true)],
        },
    })
}

/// A version whose schema has `spec.size` and `status.size`.
pub(super) fn version(name: &str, storage: bool) -> Value {
    json!({
        "name": name, "served": true, "storage": storage,
        "schema": {"openAPIV3Schema": {"type": "object", "properties": {
            "spec": {"type": "object", "properties": {"size": {"type": "integer"}}},
            "status": {"type": "object", "properties": {"size": {"type": "integer"}}},
        }}},
        "subresources": {"status": {}, "scale": {"specReplicasPath": ".spec.size", "statusReplicasPath": ".status.size"}},
    })
}

/// The definition with values at JSON pointers below `spec`.
pub(super) fn boats_with(changes: &[(&str, Value)]) -> Value {
    let mut document = boats();
    for (pointer, value) in changes {
        document = testing::with(&document, &format!("/spec{pointer}"), value.clone());
    }
    document
}

/// The same with the schema replaced.
pub(super) fn boats_of(schema: Value) -> Value {
    boats_with(&[
        ("/versions/0/schema/openAPIV3Schema", schema),
        ("/versions/0/subresources", Value::Null),
    ])
}

/// The errors of a create under the name that belongs to the definition.
#[track_caller]
pub(super) fn check(document: &Value, expect: Expect) {
    let mut named = document.clone();
    let part = |pointer: &str| {
        document
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or("")
    };
    let name = format!("{}.{}", part("/spec/names/plural"), part("/spec/group"));
    named["metadata"]["name"] = name.into();
    expect.assert_eq(&testing::create(&Kind, &named));
}

/// The errors of an update, which cannot change the status.
#[track_caller]
pub(super) fn check_update(old: &Value, new: &Value, expect: Expect) {
    let mut new = new.clone();
    new["status"] = old["status"].clone();
    expect.assert_eq(&testing::update(&Kind, old, &new));
}

/// The stored definition as it is once its names were accepted.
pub(super) fn established(mut document: Value) -> Value {
    document["status"] = json!({
        "conditions": [{"type": "Established", "status": "True"}],
        "storedVersions": ["v1"],
    });
    document
}
