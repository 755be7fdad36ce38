//! The tables against upstream's records, where those are at hand.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod documents;
mod round_trip;

use serde_json::Value;
use std::{fs, path::PathBuf};

/// A file or folder of the records, or none with a line that says so.
fn records(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/upstream"
    ))
    .join(name);
    if !path.exists() {
        eprintln!("skipped: no record at {}", path.display());
        return None;
    }
    Some(path)
}

fn record(name: &str) -> Option<Value> {
    let text = fs::read(records(name)?).unwrap();
    Some(serde_json::from_slice(&text).unwrap())
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
