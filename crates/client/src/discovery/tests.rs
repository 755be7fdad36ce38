//! The document of a server with two versions of a group.

use super::{Discovery, List, collect};

#[test]
fn prefers_the_first_version() {
    let document = r#"{"items":[{"metadata":{"name":"g"},"versions":[
        {"version":"v1","freshness":"Current","resources":[
            {"resource":"as","responseKind":{"kind":"A"},"scope":"Namespaced","verbs":["list"]}]},
        {"version":"v1beta1","freshness":"Stale","resources":[
            {"resource":"as","responseKind":{"kind":"A"},"scope":"Namespaced","verbs":["list"]},
            {"resource":"bs","responseKind":{"kind":"B"},"scope":"Cluster","verbs":["get","delete"]}]}]},
        {"metadata":{},"versions":[{"version":"v1","resources":[{"resource":"pods","scope":"Namespaced"}]}]}]}"#;
    let list: List = serde_json::from_str(document).unwrap();
    let mut discovery = Discovery::default();
    list.items
        .into_iter()
        .for_each(|group| collect(group, &mut discovery));
    let paths: Vec<_> = discovery
        .resources
        .iter()
        .map(|found| found.resource.path(None, None, ""))
        .collect();
    assert_eq!(
        paths,
        ["/apis/g/v1/as", "/apis/g/v1beta1/bs", "/api/v1/pods"]
    );
    assert!(discovery.resources[1].can("delete"));
    assert_eq!(discovery.stale, ["g/v1beta1"]);
}
