use super::Ingresses;
use api::networking::v1::Ingress;
use meta::{FieldErrors, codec};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use serde_json::json;
use std::sync::Arc;

fn cx() -> RequestContext {
    let now = meta::Time::from_unix_seconds(0);
    RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader))
}

fn ingress(document: serde_json::Value) -> Ingress {
    codec::from_value(&document).unwrap().object
}

/// A path, its type, and the words about it.
#[track_caller]
fn check_path(kind: &str, path: &str, expect: &str) {
    let backend = json!({"service": {"name": "web", "port": {"number": 80}}});
    let path = json!({"path": path, "pathType": kind, "backend": backend});
    let new = ingress(json!({"spec": {"rules": [{"http": {"paths": [path]}}]}}));
    let mut errors = FieldErrors::new();
    Ingresses.validate(&cx(), &mut errors, &new);
    let words: Vec<String> = errors.iter().map(|error| error.detail.clone()).collect();
    assert_eq!(words.join("; "), expect);
}

#[test]
fn paths() {
    check_path("Prefix", "/a", "");
    check_path("Prefix", "a", "must be an absolute path");
    check_path("Exact", "/a//b", "must not contain '//'");
    check_path("Exact", "/a/%2fb", "must not contain '%2f'");
    check_path("Exact", "/a/..", "cannot end with '/..'");
    check_path("Exact", "/a/.", "cannot end with '/.'");
    check_path("ImplementationSpecific", "", "");
    check_path("ImplementationSpecific", "/a//b", "");
    check_path("ImplementationSpecific", "x", "must be an absolute path");
}

#[test]
fn hosts_and_backends() {
    for (rule, expect) in [
        (
            json!({"host": "1.2.3.4"}),
            "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address",
        ),
        (
            json!({"http": {"paths": []}}),
            "spec.rules[0].http.paths: Required value",
        ),
        (
            json!({"http": {"paths": [{"pathType": "Exact", "path": "/", "backend": {"resource": {"kind": "", "name": ""}}}]}}),
            "[spec.rules[0].http.paths[0].backend.resource.kind: Required value, spec.rules[0].http.paths[0].backend.resource.name: Required value]",
        ),
        (
            json!({"http": {"paths": [{"backend": {}}]}}),
            "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified",
        ),
        (
            json!({"http": {"paths": [{"pathType": "Exact", "path": "/", "backend": {"resource": {"kind": "a/b", "name": "n"}}}]}}),
            "spec.rules[0].http.paths[0].backend.resource.kind: Invalid value: \"a/b\": may not contain '/'",
        ),
        (
            json!({"http": {"paths": [{"pathType": "Exact", "path": "/", "backend": {"service": {"name": "s", "port": {"name": "http", "number": 1}}}}]}}),
            "spec.rules[0].http.paths[0].backend: Invalid value: \"\": cannot set both port name & port number",
        ),
    ] {
        let new = ingress(json!({"spec": {"rules": [rule]}}));
        let mut errors = FieldErrors::new();
        Ingresses.validate(&cx(), &mut errors, &new);
        assert_eq!(errors.aggregate(), expect);
    }
}

#[test]
fn the_old_annotation() {
    let new = ingress(json!({
        "metadata": {"annotations": {"kubernetes.io/ingress.class": "a"}},
        "spec": {"ingressClassName": "b", "defaultBackend": {"service": {"name": "s", "port": {"number": 80}}}},
    }));
    let mut errors = FieldErrors::new();
    Ingresses.validate(&cx(), &mut errors, &new);
    assert_eq!(
        errors.aggregate(),
        "annotations.kubernetes.io/ingress.class: Invalid value: \"a\": must match `ingressClassName` when both are specified"
    );
    let mut alone = new;
    alone.spec.ingress_class_name = None;
    assert_eq!(
        Ingresses.warnings_on_create(&cx(), &alone),
        [
            "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead"
        ]
    );
}

#[test]
fn addresses_are_shown_whole() {
    let long = "k8s-default-web.eu-west-1.elb.example.com";
    let points = json!([{"hostname": long}, {"ip": "10.0.0.1"}, {"hostname": long}]);
    let shown = ingress(json!({"status": {"loadBalancer": {"ingress": points}}}));
    assert_eq!(super::columns::address(&shown), format!("10.0.0.1,{long}"));
}
