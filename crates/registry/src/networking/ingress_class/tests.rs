use super::IngressClasses;
use api::networking::v1::IngressClass;
use meta::{FieldErrors, codec};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use serde_json::{Value, json};
use std::sync::Arc;

#[track_caller]
fn check(spec: Value, expect: &str) {
    let now = meta::Time::from_unix_seconds(0);
    let cx = RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader));
    let mut class: IngressClass = codec::from_value(&json!({"spec": spec})).unwrap().object;
    IngressClasses.set_defaults(&mut class);
    let mut errors = FieldErrors::new();
    IngressClasses.validate(&cx, &mut errors, &class);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn controllers_and_parameters() {
    check(json!({"controller": "acme.io/foo"}), "[]");
    check(json!({}), "spec.controller: Required value");
    check(
        json!({"controller": "acme.io"}),
        "spec.controller: Invalid value: \"acme.io\": must be a domain-prefixed path (such as \"acme.io/foo\")",
    );
    check(
        json!({"controller": "acme.io/a?b"}),
        "spec.controller: Invalid value: \"a?b\": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')",
    );
    check(
        json!({"controller": "a/b", "parameters": {}}),
        "[spec.parameters.kind: Required value, spec.parameters.name: Required value]",
    );
    check(
        json!({"controller": format!("acme.io/{}", "a".repeat(250))}),
        "spec.controller: Too long: may not be more than 250 bytes",
    );
    check(
        json!({"controller": "a/b", "parameters": {"kind": "K", "name": "n"}}),
        "[]",
    );
    check(
        json!({"controller": "a/b", "parameters": {"kind": "K", "name": "n", "scope": "Namespace"}}),
        "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
    );
    check(
        json!({"controller": "a/b", "parameters": {"kind": "K", "name": "n", "namespace": "x"}}),
        "spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'",
    );
}

#[test]
fn the_default_is_marked() {
    let shown = |value: &str| {
        let document = json!({"metadata": {"name": "c", "annotations": {"ingressclass.kubernetes.io/is-default-class": value}}});
        super::name(&codec::from_value(&document).unwrap().object)
    };
    assert_eq!(shown("true"), "c (default)");
    assert_eq!(shown("false"), "c");
}
