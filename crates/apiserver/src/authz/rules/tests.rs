use super::{Attributes, allows, covers};
use api::rbac::v1::PolicyRule;
use meta::Str;

fn strs(text: &str) -> Vec<Str> {
    text.split(',')
        .filter(|t| !t.is_empty())
        .map(Str::from)
        .collect()
}

fn rule(verbs: &str, groups: &str, resources: &str, names: &str) -> PolicyRule {
    let groups = if groups == "core" {
        vec![Str::default()]
    } else {
        strs(groups)
    };
    PolicyRule {
        verbs: strs(verbs).into(),
        api_groups: groups.into(),
        resources: strs(resources).into(),
        resource_names: strs(names).into(),
        ..PolicyRule::default()
    }
}

fn asks<'a>(
    verb: &'a str,
    resource: &'a str,
    subresource: &'a str,
    name: &'a str,
) -> Attributes<'a> {
    Attributes {
        verb,
        group: "",
        resource,
        subresource,
        namespace: "n",
        name,
        path: "",
        ..Attributes::default()
    }
}

#[test]
fn what_a_rule_allows() {
    for (rule, asked, expect) in [
        (
            rule("get", "core", "pods", ""),
            asks("get", "pods", "", "p"),
            true,
        ),
        (
            rule("get", "core", "pods", ""),
            asks("list", "pods", "", ""),
            false,
        ),
        (
            rule("get", "core", "pods", ""),
            asks("get", "pods", "log", "p"),
            false,
        ),
        (
            rule("get", "core", "pods/log", ""),
            asks("get", "pods", "log", "p"),
            true,
        ),
        (
            rule("get", "core", "*/log", ""),
            asks("get", "pods", "log", "p"),
            true,
        ),
        (
            rule("*", "*", "*", ""),
            asks("get", "pods", "log", "p"),
            true,
        ),
        (
            rule("get", "core", "pods", "a"),
            asks("get", "pods", "", "p"),
            false,
        ),
        (
            rule("get", "core", "pods", "p"),
            asks("get", "pods", "", "p"),
            true,
        ),
        (
            rule("get", "apps", "pods", ""),
            asks("get", "pods", "", "p"),
            false,
        ),
    ] {
        assert_eq!(allows(&rule, &asked), expect, "{rule:?} {asked:?}");
    }
}

#[test]
fn paths() {
    let rule = PolicyRule {
        verbs: strs("get").into(),
        non_resource_urls: strs("/healthz,/logs/*").into(),
        ..PolicyRule::default()
    };
    for (path, expect) in [
        ("/healthz", true),
        ("/healthz/x", false),
        ("/logs/a", true),
        ("/log", false),
    ] {
        let asked = Attributes {
            path,
            resource: "",
            ..asks("get", "", "", "")
        };
        assert_eq!(allows(&rule, &asked), expect, "{path}");
    }
}

#[test]
fn coverage() {
    let owned = [
        rule("get,list", "core", "pods", ""),
        rule("*", "apps", "*", ""),
    ];
    assert!(
        covers(
            &owned,
            &[
                rule("get", "core", "pods", "a"),
                rule("create", "apps", "deployments/scale", "")
            ]
        )
        .is_empty()
    );
    let missing = covers(&owned, &[rule("get,delete", "core", "pods", "")]);
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].verbs[0], "delete");
}
