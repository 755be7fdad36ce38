use super::{binding, rule};
use api::rbac::v1::{PolicyRule, RoleRef, Subject};
use meta::{FieldErrors, Str};

fn list(words: &str) -> Vec<Str> {
    words
        .split_whitespace()
        .map(|word| Str::from(if word == "core" { "" } else { word }))
        .collect()
}

#[track_caller]
fn check_rule(verbs: &str, groups: &str, resources: &str, urls: &str, expect: &str) {
    let rule = PolicyRule {
        verbs: list(verbs).into(),
        api_groups: list(groups).into(),
        resources: list(resources).into(),
        non_resource_urls: list(urls).into(),
        ..PolicyRule::default()
    };
    let mut errors = FieldErrors::new();
    rule::check_all(&mut errors, &[rule], true);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn rules_say_what_they_cover() {
    check_rule("get", "core", "pods", "", "[]");
    check_rule(
        "",
        "core",
        "pods",
        "",
        "rules[0].verbs: Required value: verbs must contain at least one value",
    );
    check_rule(
        "get",
        "core",
        "",
        "",
        "rules[0].resources: Required value: resource rules must supply at least one resource",
    );
    check_rule(
        "get",
        "",
        "",
        "/x",
        "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to non-resource URLs",
    );
}

#[track_caller]
fn check_binding(kind: &str, name: &str, namespace: &str, expect: &str) {
    let mut role = RoleRef {
        kind: "ClusterRole".into(),
        name: "view".into(),
        ..RoleRef::default()
    };
    let mut subjects = [Subject {
        kind: kind.into(),
        name: name.into(),
        namespace: namespace.into(),
        ..Subject::default()
    }];
    binding::set_defaults(&mut role, &mut subjects);
    let mut errors = FieldErrors::new();
    binding::check(&mut errors, &role, &subjects, &["ClusterRole"], false);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn subjects_are_known_kinds() {
    check_binding("User", "ann", "", "[]");
    check_binding("ServiceAccount", "sa", "default", "[]");
    check_binding(
        "ServiceAccount",
        "sa",
        "",
        "subjects[0].namespace: Required value",
    );
    check_binding(
        "Robot",
        "r",
        "",
        "subjects[0].kind: Unsupported value: \"Robot\": supported values: \"ServiceAccount\", \"User\", \"Group\"",
    );
}
