use super::{difference, identical, same};
use crate::{
    LabelSelector, ManagedFieldsEntry, ObjectMeta, Status,
    codec::{Message, Strictness, from_json},
};
use serde_json::json;

fn status(text: &serde_json::Value) -> Status {
    from_json(text.to_string().as_bytes(), Strictness::Strict)
        .unwrap()
        .object
}

#[track_caller]
fn check(
    old: &serde_json::Value,
    new: &serde_json::Value,
    before: serde_json::Value,
    after: serde_json::Value,
) {
    let (old, new) = (status(old), status(new));
    assert_eq!(difference(&old, &new, &[]), (before, after));
    assert!(same(&old, &old.clone()));
}

#[test]
fn what_is_the_same_is_left_out() {
    check(
        &json!({"code": 1, "message": "a", "metadata": {"resourceVersion": "1", "continue": "x"}}),
        &json!({"code": 2, "message": "a", "metadata": {"resourceVersion": "2", "continue": "x"}}),
        json!({"code": 1, "metadata": {"resourceVersion": "1"}}),
        json!({"code": 2, "metadata": {"resourceVersion": "2"}}),
    );
}

#[test]
fn what_only_one_has_is_there_as_a_whole() {
    check(
        &json!({}),
        &json!({"details": {"name": "n", "causes": [{"field": "f"}]}}),
        json!({}),
        json!({"details": {"name": "n", "causes": [{"field": "f"}]}}),
    );
    check(
        &json!({"reason": "r"}),
        &json!({}),
        json!({"reason": "r"}),
        json!({}),
    );
}

#[test]
fn lists_that_differ_are_there_as_a_whole() {
    check(
        &json!({"details": {"name": "n", "causes": [{"field": "f"}, {"field": "g"}]}}),
        &json!({"details": {"name": "n", "causes": [{"field": "f"}]}}),
        json!({"details": {"causes": [{"field": "f"}, {"field": "g"}]}}),
        json!({"details": {"causes": [{"field": "f"}]}}),
    );
}

#[test]
fn a_path_can_be_left_out() {
    let old = ObjectMeta {
        managed_fields: vec![ManagedFieldsEntry::default()],
        ..ObjectMeta::default()
    };
    let new = ObjectMeta {
        name: "n".into(),
        ..ObjectMeta::default()
    };
    assert_eq!(
        difference(&old, &new, &["managedFields"]),
        (json!({}), json!({"name": "n"}))
    );
    assert!(!same(&old, &new));
    assert_eq!(old.info().go_name, "ObjectMeta");
}

#[test]
fn nil_and_empty_are_the_same_but_not_identical() {
    let selector = |text: &str| {
        let decoded = from_json(text.as_bytes(), Strictness::Strict);
        decoded.unwrap().object
    };
    let none: LabelSelector = selector("{}");
    for empty in [
        r#"{"matchExpressions": []}"#,
        r#"{"matchLabels": {}}"#,
        r#"{"matchExpressions": [], "matchLabels": {}}"#,
    ] {
        let empty = selector(empty);
        assert!(same(&none, &empty));
        assert_eq!(none, empty);
        assert!(!identical(&none, &empty));
        assert!(identical(&empty, &empty.clone()));
    }
    assert!(identical(
        &none,
        &selector(r#"{"matchExpressions": null, "matchLabels": null}"#)
    ));
}
