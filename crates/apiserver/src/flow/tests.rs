use super::rules::matches;
use crate::request_info;
use api::flowcontrol::v1::FlowSchemaSpec;
use http::Method;
use meta::{Str, codec};
use resource::User;
use serde_json::{Value, json};

fn spec(rule: Value) -> FlowSchemaSpec {
    let schema = json!({"spec": {"rules": [rule]}}).to_string();
    let schema: api::flowcontrol::v1::FlowSchema =
        codec::from_json(schema.as_bytes(), codec::Strictness::Strict)
            .unwrap()
            .object;
    schema.spec
}

fn user(name: &str, groups: &[&str]) -> User {
    User {
        name: name.into(),
        groups: groups.iter().map(|group| Str::from(*group)).collect(),
        ..User::default()
    }
}

fn check(spec: &FlowSchemaSpec, user: &User, request: &str, expected: bool) {
    let (method, target) = request.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let info = request_info::parse(&method, path, query);
    assert_eq!(
        matches(spec, user, &info),
        expected,
        "{request} of {}",
        user.name
    );
}

#[test]
fn subjects() {
    let all = json!([{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "clusterScope": true, "namespaces": ["*"]}]);
    let of = |subject: Value| spec(json!({"subjects": [subject], "resourceRules": all}));
    let get = "GET /api/v1/namespaces/n/pods/p";
    let account = user("system:serviceaccount:n:a", &["system:serviceaccounts"]);
    for (subject, expected) in [
        (json!({"kind": "User", "user": {"name": "*"}}), true),
        (json!({"kind": "User", "user": {"name": "other"}}), false),
        (
            json!({"kind": "User", "user": {"name": "system:serviceaccount:n:a"}}),
            true,
        ),
        (json!({"kind": "Group", "group": {"name": "*"}}), true),
        (
            json!({"kind": "Group", "group": {"name": "system:serviceaccounts"}}),
            true,
        ),
        (json!({"kind": "Group", "group": {"name": "system"}}), false),
        (
            json!({"kind": "ServiceAccount", "serviceAccount": {"namespace": "n", "name": "a"}}),
            true,
        ),
        (
            json!({"kind": "ServiceAccount", "serviceAccount": {"namespace": "n", "name": "*"}}),
            true,
        ),
        (
            json!({"kind": "ServiceAccount", "serviceAccount": {"namespace": "n", "name": "b"}}),
            false,
        ),
        (
            json!({"kind": "ServiceAccount", "serviceAccount": {"namespace": "", "name": "*"}}),
            false,
        ),
        (json!({"kind": "User"}), false),
    ] {
        check(&of(subject), &account, get, expected);
    }
}

#[test]
fn resources() {
    let rule = |rule: Value| {
        let everyone = json!([{"kind": "Group", "group": {"name": "*"}}]);
        spec(json!({"subjects": everyone, "resourceRules": [rule]}))
    };
    let someone = user("u", &[]);
    let leases = rule(
        json!({"verbs": ["get", "update"], "apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "namespaces": ["*"]}),
    );
    let of_group = "/apis/coordination.k8s.io/v1";
    for (request, expected) in [
        (format!("GET {of_group}/namespaces/n/leases/l"), true),
        (format!("PUT {of_group}/namespaces/n/leases/l"), true),
        (format!("GET {of_group}/namespaces/n/leases"), false),
        (format!("GET {of_group}/leases"), false),
        ("GET /api/v1/namespaces/n/leases/l".to_owned(), false),
        (format!("GET {of_group}"), false),
    ] {
        check(&leases, &someone, &request, expected);
    }
    let nodes = rule(
        json!({"verbs": ["*"], "apiGroups": [""], "resources": ["nodes", "nodes/status"], "clusterScope": true}),
    );
    for (request, expected) in [
        ("GET /api/v1/nodes", true),
        ("PATCH /api/v1/nodes/a/status", true),
        ("GET /api/v1/nodes/a/proxy", false),
        ("GET /api/v1/namespaces/n/nodes", false),
    ] {
        check(&nodes, &someone, request, expected);
    }
}

#[test]
fn paths() {
    let rule = |paths: Value| {
        let everyone = json!([{"kind": "Group", "group": {"name": "*"}}]);
        let rule = json!({"verbs": ["get"], "nonResourceURLs": paths});
        spec(json!({"subjects": everyone, "nonResourceRules": [rule]}))
    };
    let someone = user("u", &[]);
    for (path, request, expected) in [
        ("/healthz", "GET /healthz", true),
        ("/healthz", "GET /healthz/ping", true),
        ("/healthz", "GET /healthzz", false),
        ("/healthz", "POST /healthz", false),
        ("/healthz/*", "GET /healthz/ping", true),
        ("/healthz/*", "GET /healthz", false),
        ("*", "GET /version", true),
        ("*", "GET /api/v1/pods", false),
    ] {
        check(&rule(json!([path])), &someone, request, expected);
    }
}
