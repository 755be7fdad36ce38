//! Paths and queries.

use super::{Query, Resource};

fn resource(group: &str, plural: &str, namespaced: bool) -> Resource {
    Resource {
        group: group.into(),
        version: "v1".into(),
        kind: "Any".into(),
        plural: plural.into(),
        namespaced,
    }
}

#[test]
fn paths() {
    let check = |group, plural, namespaced, namespace, name, subresource, expect: &str| {
        let resource = resource(group, plural, namespaced);
        assert_eq!(resource.path(namespace, name, subresource), expect);
    };
    check("", "pods", true, None, None, "", "/api/v1/pods");
    check(
        "",
        "pods",
        true,
        Some("a"),
        None,
        "",
        "/api/v1/namespaces/a/pods",
    );
    check(
        "",
        "pods",
        true,
        Some("a"),
        Some("b"),
        "log",
        "/api/v1/namespaces/a/pods/b/log",
    );
    check(
        "apps",
        "deployments",
        true,
        Some(""),
        None,
        "",
        "/apis/apps/v1/deployments",
    );
    check(
        "",
        "nodes",
        false,
        Some("a"),
        Some("n"),
        "status",
        "/api/v1/nodes/n/status",
    );
    check(
        "g",
        "roles",
        false,
        None,
        Some("system:x/y"),
        "",
        "/apis/g/v1/roles/system%3Ax%2Fy",
    );
}

#[test]
fn queries() {
    let mut path = "/x".to_owned();
    let mut query = Query::default();
    query
        .add("a", "")
        .add("labelSelector", "a=b,c in (d)")
        .add("limit", "5");
    query.append_to(&mut path);
    assert_eq!(path, "/x?labelSelector=a%3Db%2Cc%20in%20%28d%29&limit=5");
}
