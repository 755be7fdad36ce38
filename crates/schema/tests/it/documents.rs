//! The documents of everything that upstream serves, against the recorded ones.

use crate::record;
use schema::openapi::{Endpoint, Place, v2, v3};
use serde_json::{Value, json};

fn everything() -> Vec<Endpoint<'static>> {
    schema::discovery::RESOURCES
        .iter()
        .map(Endpoint::from)
        .collect()
}

/// Takes out what the records lack: descriptions, and the defaults of what lists and maps hold, which stand in them beside `allOf`.
fn without_gaps(value: &mut Value) {
    match value {
        Value::Object(map) => {
            // A field of that name is an object, not a text.
            if map.get("description").is_some_and(Value::is_string) {
                map.remove("description");
            }
            for key in ["items", "additionalProperties"] {
                if let Some(held) = map.get_mut(key).filter(|held| is_schema(held)) {
                    without_default(held);
                }
            }
            map.values_mut().for_each(without_gaps);
        }
        Value::Array(items) => items.iter_mut().for_each(without_gaps),
        _ => {}
    }
}

fn is_schema(value: &Value) -> bool {
    value["type"].is_string() || value["allOf"].is_array()
}

fn without_default(held: &mut Value) {
    let Some(map) = held.as_object_mut() else {
        return;
    };
    if map.remove("default").is_none() {
        return;
    }
    if let Some(only) = map.get("allOf").and_then(|all| all.get(0)).cloned() {
        *held = only;
    }
}

/// Where two documents differ.
fn differences(at: &str, ours: &Value, theirs: &Value, out: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                match b.get(key) {
                    Some(other) => differences(&format!("{at} {key}"), value, other, out),
                    None => out.push(format!("{at} {key}: only ours")),
                }
            }
            let missing = b.keys().filter(|key| !a.contains_key(*key));
            out.extend(missing.map(|key| format!("{at} {key}: missing")));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{at} {index}"), a, b, out);
            }
        }
        _ if ours == theirs => {}
        _ => out.push(format!("{at}: {ours} for {theirs}")),
    }
}

#[track_caller]
fn check(name: &str, mut ours: Value, theirs: &Value) {
    without_gaps(&mut ours);
    let mut wrong = Vec::new();
    differences(name, &ours, theirs, &mut wrong);
    let shown = &wrong[..wrong.len().min(30)];
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), shown.join("\n"));
}

#[test]
fn version_2() {
    if let Some(theirs) = record("openapi/v2.json") {
        check("v2", v2(&everything(), "1.36"), &theirs);
    }
}

#[test]
fn version_3() {
    let endpoints = everything();
    let places = Place::all(&endpoints);
    assert_eq!(places.len(), 47);
    for place in places {
        let name = place.path().replace('/', "_");
        if let Some(theirs) = record(&format!("openapi/v3/{name}.json")) {
            check(&name, v3(&endpoints, place, "1.36"), &theirs);
        }
    }
}

#[test]
fn what_lists_hold_has_gos_zero_value_as_default() {
    let document = v3(&everything(), Place::GroupVersion("", "v1"), "1.36");
    let schemas = &document["components"]["schemas"];
    let held = |name: &str, field: &str, key: &str| {
        schemas[format!("io.k8s.api.core.v1.{name}")]["properties"][field][key].clone()
    };
    assert_eq!(
        held("PodSpec", "containers", "items"),
        json!({"allOf": [{"$ref": "#/components/schemas/io.k8s.api.core.v1.Container"}], "default": {}})
    );
    assert_eq!(
        held("Container", "args", "items"),
        json!({"default": "", "type": "string"})
    );
    assert_eq!(
        held("ConfigMap", "binaryData", "additionalProperties"),
        json!({"format": "byte", "type": "string"})
    );
    assert_eq!(
        held("ResourceRequirements", "limits", "additionalProperties"),
        json!({"$ref": "#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity"})
    );
}
