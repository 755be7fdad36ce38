//! What upstream recorded as `managedFields` of applies.

use patch::{FieldManager, FieldSet, Node, SingleVersion};
use serde_json::{Value, json};

use crate::recorded;

#[test]
fn applies_of_manifests() {
    check("golden/valid");
}

#[test]
fn applies_of_manifests_with_one_thing_changed() {
    check("golden/invalid");
}

fn check(folder: &str) {
    let records = recorded::folder(folder);
    if records.is_empty() {
        return;
    }
    let mut failures = Vec::new();
    let (mut checked, mut skipped) = (0, 0);
    for (name, record) in records {
        let expected = &record["apply"]["managedFields"];
        if !expected.is_array() {
            skipped += 1;
            continue;
        }
        let found = apply(&record["input"]);
        checked += 1;
        if found != *expected {
            failures.push(format!("{name}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(checked > 100, "only {checked}, {skipped} without");
    assert!(
        failures.is_empty(),
        "{} of {checked}:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn apply(input: &Value) -> Value {
    let of = |field: &str| input[field].as_str().unwrap_or_default();
    let (api_version, kind) = (of("apiVersion"), of("kind"));
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let node = Node::builtin(schema::lookup(group, version, kind).unwrap());
    let reset = FieldSet::of(&[&["status"]]);
    let zero = json!({"metadata": {}});
    let manager = FieldManager {
        api_version,
        kind,
        subresource: "",
        versions: &SingleVersion { api_version, node },
        zero: &zero,
        reset_fields: &reset,
        now: "",
    };
    match manager.apply(&zero, input, "golden", false) {
        Ok(object) => object["metadata"]["managedFields"].clone(),
        Err(error) => json!(error.to_string()),
    }
}
