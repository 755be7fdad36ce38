use super::FlowSchemas;
use crate::testing;
use serde_json::{Value, json};

fn schema(name: &str) -> Value {
    json!({"metadata": {"name": name}, "spec": {
        "matchingPrecedence": 50,
        "priorityLevelConfiguration": {"name": "workload-low"},
        "rules": [{
            "subjects": [{"kind": "User", "user": {"name": "ann"}}],
            "resourceRules": [{"verbs": ["get"], "apiGroups": [""], "resources": ["pods"], "namespaces": ["a"]}],
            "nonResourceRules": [{"verbs": ["get"], "nonResourceURLs": ["/a/*"]}],
        }],
    }})
}

/// A place, its value -> the errors.
#[track_caller]
fn check(pointer: &str, value: Value, expect: &str) {
    let changed = testing::with(&schema("s"), pointer, value);
    assert_eq!(testing::create(&FlowSchemas, &changed), expect);
}

#[test]
fn what_is_wrong_with_a_schema() {
    check("/spec/matchingPrecedence", json!(10000), "[]");
    check(
        "/spec/matchingPrecedence",
        json!(10001),
        "spec.matchingPrecedence: Invalid value: 10001: must not be greater than 10000",
    );
    check(
        "/spec/matchingPrecedence",
        json!(1),
        "spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1",
    );
    check(
        "/spec/priorityLevelConfiguration/name",
        json!(""),
        "spec.priorityLevelConfiguration.name: Required value: must reference a priority level",
    );
    check(
        "/spec/rules/0/subjects",
        json!([]),
        "spec.rules[0].subjects: Required value: subjects must contain at least one value",
    );
    check(
        "/spec/rules",
        json!([{"subjects": [{"kind": "Group", "group": {"name": "g"}}]}]),
        "spec.rules[0]: Required value: at least one of resourceRules and nonResourceRules has to be non-empty",
    );
}

#[test]
fn subjects_are_what_their_kind_says() {
    check(
        "/spec/rules/0/subjects/0/group",
        json!({"name": "g"}),
        "spec.rules[0].subjects[0].group: Forbidden: group is forbidden when subject kind is not 'Group'",
    );
    check(
        "/spec/rules/0/subjects/0/kind",
        json!("Group"),
        "[spec.rules[0].subjects[0].group: Required value: group is required when subject kind is 'Group', spec.rules[0].subjects[0].user: Forbidden: user is forbidden when subject kind is not 'User']",
    );
    check(
        "/spec/rules/0/subjects",
        json!([{"kind": "ServiceAccount", "serviceAccount": {"name": "*", "namespace": ""}}]),
        "spec.rules[0].subjects[0].serviceAccount.namespace: Required value: must specify namespace for service account",
    );
}

#[test]
fn rules_say_what_is_asked_for() {
    let rule = "/spec/rules/0/resourceRules/0";
    check(
        &format!("{rule}/verbs"),
        json!(["*", "get"]),
        "spec.rules[0].resourceRules[0].verbs: Invalid value: [\"*\",\"get\"]: if '*' is present, must not specify other verbs",
    );
    check(
        &format!("{rule}/namespaces"),
        json!([]),
        "spec.rules[0].resourceRules[0].namespaces: Required value: resource rules that are not cluster scoped must supply at least one namespace",
    );
    let urls = "/spec/rules/0/nonResourceRules/0/nonResourceURLs";
    check(urls, json!(["/", "/a", "/a/*"]), "[]");
    for (url, words) in [
        ("", "must not be empty"),
        ("a", "must start with slash"),
        ("/a b", "must not contain white-space"),
        ("/a//b", "must not contain double slash"),
        ("/*/b", "wildcard can only do suffix matching"),
    ] {
        let expect = format!(
            "spec.rules[0].nonResourceRules[0].nonResourceURLs[0]: Invalid value: {url:?}: {words}"
        );
        check(urls, json!([url]), &expect);
    }
}

#[test]
fn the_mandatory_ones_stay() {
    let mine = testing::create(&FlowSchemas, &schema("catch-all"));
    assert!(mine.ends_with("spec of 'catch-all' must equal the fixed value"));
    assert!(mine.starts_with("spec: Invalid value: {\"PriorityLevelConfiguration\":{\"Name\":"));
    let fixed = super::mandatory::flow_schema("exempt").unwrap();
    let object = api::flowcontrol::v1::FlowSchema {
        metadata: meta::ObjectMeta {
            name: "exempt".into(),
            ..Default::default()
        },
        spec: fixed,
        ..Default::default()
    };
    let document = meta::codec::to_value(&object);
    assert_eq!(testing::create(&FlowSchemas, &document), "[]");
}
