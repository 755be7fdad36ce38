//! The tables against upstream's records, where those are at hand.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

use schema::openapi::{Version, definition};
use serde_json::Value;
use std::{fs, path::PathBuf};

fn record(name: &str) -> Option<Value> {
    let path = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/upstream"
    ))
    .join(name);
    let Ok(text) = fs::read(&path) else {
        eprintln!("skipped: no record at {}", path.display());
        return None;
    };
    Some(serde_json::from_slice(&text).unwrap())
}

/// Definitions that differ, with both sides.
fn differences(definitions: &Value, version: Version) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, recorded) in definitions.as_object().unwrap() {
        let Some(info) = schema::by_name(name) else {
            wrong.push(format!("{name}: unknown"));
            continue;
        };
        let (mut ours, mut theirs) = (definition(info, version), recorded.clone());
        if info.kinds.is_empty() {
            ours.as_object_mut()
                .unwrap()
                .remove("x-kubernetes-group-version-kind");
            theirs
                .as_object_mut()
                .unwrap()
                .remove("x-kubernetes-group-version-kind");
        }
        if ours != theirs {
            wrong.push(format!("{name}\n  ours   {ours}\n  theirs {theirs}"));
        }
    }
    wrong
}

#[test]
fn openapi_v2() {
    let Some(document) = record("openapi/v2.json") else {
        return;
    };
    let wrong = differences(&document["definitions"], Version::V2);
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn openapi_v3() {
    for name in [
        "api_v1",
        "apis_apps_v1",
        "apis_apiextensions.k8s.io_v1",
        "apis_batch_v1",
        "apis_storage.k8s.io_v1",
    ] {
        let Some(document) = record(&format!("openapi/v3/{name}.json")) else {
            return;
        };
        let wrong = differences(&document["components"]["schemas"], Version::V3);
        assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn lookups() {
    let pod = schema::lookup("", "v1", "Pod").unwrap();
    let spec = pod.field("spec").unwrap().element_type().unwrap();
    let containers = spec.field("containers").unwrap();
    assert_eq!(containers.patch_merge_key, "name");
    assert_eq!(containers.list_type, schema::ListType::Map(&["name"]));
    let port = containers.element_type().unwrap().field("ports").unwrap();
    assert_eq!(
        port.list_type,
        schema::ListType::Map(&["containerPort", "protocol"])
    );
    assert_eq!(
        port.element_type()
            .unwrap()
            .field("protocol")
            .unwrap()
            .default,
        Some("\"TCP\"")
    );
    assert!(schema::lookup("", "v1", "Nope").is_none());
    let pods = schema::discovery::resource("", "v1", "pods").unwrap();
    assert_eq!((pods.kind, pods.short_names), ("Pod", &["po"][..]));
    assert_eq!(pods.subresource("eviction").unwrap().group, "policy");
    assert_eq!(
        schema::discovery::resource_of_kind("apps", "v1", "Deployment")
            .unwrap()
            .plural,
        "deployments"
    );
}
