use super::AbacPolicies;
use crate::authz::Attributes;
use resource::User;

const FILE: &str = r#"
# who reads
{"apiVersion": "abac.authorization.kubernetes.io/v1beta1", "kind": "Policy", "spec": {"user": "ann", "namespace": "n", "resource": "pods", "apiGroup": "", "readonly": true}}
{"apiVersion": "abac.authorization.kubernetes.io/v1beta1", "kind": "Policy", "spec": {"group": "ops", "namespace": "*", "resource": "*", "apiGroup": "*", "nonResourcePath": "/metrics*"}}
{"apiVersion": "abac.authorization.kubernetes.io/v1beta1", "kind": "Policy", "spec": {"user": "*", "nonResourcePath": "/version", "readonly": true}}
{"user": "old", "resource": "services"}
"#;

fn user(name: &str, groups: &[&str]) -> User {
    User {
        name: name.into(),
        groups: groups.iter().map(|group| (*group).into()).collect(),
        ..User::default()
    }
}

#[test]
fn policies_allow_what_they_name() {
    let policies = AbacPolicies::parse("file", FILE).unwrap();
    let of = |verb, namespace, group, resource| Attributes {
        verb,
        namespace,
        group,
        resource,
        ..Attributes::default()
    };
    let path = |verb, path| Attributes {
        verb,
        path,
        ..Attributes::default()
    };
    let authenticated = ["system:authenticated"];
    let (ann, old) = (user("ann", &authenticated), user("old", &authenticated));
    let (bob, nobody) = (
        user("bob", &["ops"]),
        user("x", &["system:unauthenticated"]),
    );
    for (user, asked, allowed) in [
        (&ann, of("get", "n", "", "pods"), true),
        (&ann, of("delete", "n", "", "pods"), false),
        (&ann, of("get", "m", "", "pods"), false),
        (&ann, of("get", "n", "apps", "pods"), false),
        (&ann, path("get", "/version"), true),
        (&ann, path("post", "/version"), false),
        (&nobody, path("get", "/version"), false),
        (&bob, of("delete", "m", "apps", "deployments"), true),
        (&bob, path("get", "/metrics/cadvisor"), true),
        (&bob, path("get", "/healthz"), false),
        (&old, of("create", "m", "", "services"), true),
        (&old, of("create", "m", "", "pods"), false),
        (&old, path("get", "/healthz"), false),
    ] {
        let verdict = policies.authorize(user, &asked);
        assert_eq!(verdict.allows(), allowed, "{} {asked:?}", user.name);
        let words = if allowed { "" } else { "No policy matched." };
        assert_eq!(&*verdict.reason, words);
    }
}

#[test]
fn what_was_left_out_meant_all() {
    let policies = AbacPolicies::parse("file", "{}").unwrap();
    let asked = Attributes {
        verb: "delete",
        path: "/anything",
        ..Attributes::default()
    };
    let ann = user("ann", &["system:authenticated"]);
    assert!(policies.authorize(&ann, &asked).allows());
    assert!(!policies.authorize(&user("ann", &[]), &asked).allows());
}

#[test]
fn rules_are_listed() {
    let policies = AbacPolicies::parse("file", FILE).unwrap();
    let rules = |user: &User| -> Vec<String> {
        let rules = policies.rules_of(user, "n").into_iter();
        rules
            .map(|rule| format!("{:?} {:?}", rule.verbs, rule.resources))
            .collect()
    };
    assert_eq!(rules(&user("ann", &[])).len(), 1);
    assert_eq!(rules(&user("bob", &["ops"])).len(), 2);
}

#[test]
fn what_is_no_policy_is_named() {
    for (text, words) in [
        (
            "\n{\"user\": 3}",
            "error reading policy file file, line 2: {\"user\": 3}: user must be a string",
        ),
        (
            "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}",
            "error reading policy file file, line 1: {\"apiVersion\": \"v1\", \"kind\": \"Pod\"}: no kind \"Pod\" is registered for version \"v1\"",
        ),
    ] {
        let error = AbacPolicies::parse("file", text).unwrap_err();
        assert_eq!(error.to_string(), words);
    }
}
