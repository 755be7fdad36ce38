use super::*;
use serde_json::{Value, json};

fn definition(document: Value) -> CustomResourceDefinition {
    meta::codec::from_value(&document).unwrap().object
}

#[test]
fn which_objects_go() {
    let of = |group: &str, plural: &str, established: &str| {
        plan(&definition(json!({
            "spec": {"group": group, "names": {"plural": plural}},
            "status": {"conditions": [{"type": "Established", "status": established}]},
        })))
    };
    assert_eq!(of("example.com", "boats", "True"), Objects::Delete);
    let never = Objects::Keep("NeverEstablished", "resource was never established");
    assert_eq!(of("example.com", "boats", "False"), never);
    let words = "instances overlap with built-in resources in storage";
    assert_eq!(
        of("apiregistration.k8s.io", "apiservices", "True"),
        Objects::Keep("OverlappingBuiltInResource", words)
    );
}

#[test]
fn objects_are_deleted_in_a_version_that_is_served() {
    let of = |versions: Value| {
        let document = json!({"spec": {"scope": "Namespaced", "versions": versions}});
        resource(&definition(document)).version
    };
    let version = |name: &str, served: bool, storage: bool| json!({"name": name, "served": served, "storage": storage});
    let v1 = version("v1", true, false);
    assert_eq!(of(json!([v1, version("v2", true, true)])), "v2");
    assert_eq!(of(json!([v1, version("v2", false, true)])), "v1");
    assert_eq!(
        of(json!([
            version("v1", false, false),
            version("v2", false, true)
        ])),
        "v2"
    );
}

#[test]
fn own_changes_wake_nobody() {
    let going = |document: Value| definition(document);
    let old = going(json!({"metadata": {"resourceVersion": "1"}}));
    let condition = json!({"status": {"conditions": [{"type": "Terminating", "status": "True"}]}});
    assert!(differ_in_progress_only(&old, &going(condition)));
    let other = json!({"status": {"conditions": [{"type": "Established", "status": "True"}]}});
    assert!(!differ_in_progress_only(&old, &going(other)));
    assert!(!differ_in_progress_only(
        &old,
        &going(json!({"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}}))
    ));
}
