use super::{Refusal, ReviewVersion, answer, question};
use expect_test::{Expect, expect};
use meta::{Dynamic, DynamicType, ObjectMeta};
use serde_json::{Value, json};
use std::sync::Arc;

#[test]
fn the_first_known_version_is_spoken() {
    let first = |versions: &[&str]| {
        let versions: Vec<_> = versions.iter().map(|version| (*version).into()).collect();
        ReviewVersion::first_of(&versions)
    };
    assert_eq!(
        first(&["v2", "v1beta1", "v1"]),
        Some(ReviewVersion::V1beta1)
    );
    assert_eq!(first(&["v1"]), Some(ReviewVersion::V1));
    assert_eq!(first(&["v2"]), None);
}

#[test]
fn a_question_has_no_resource_versions() {
    let object = Dynamic {
        type_: Arc::new(DynamicType {
            group: "g".into(),
            version: "v1".into(),
            kind: "K".into(),
        }),
        metadata: ObjectMeta {
            name: "a".into(),
            resource_version: "7".into(),
            ..ObjectMeta::default()
        },
        content: serde_json::Map::new(),
    };
    let asked = question(ReviewVersion::V1beta1, "u", "g/v2", &[object]);
    let asked: Value = serde_json::from_slice(&asked).unwrap();
    assert_eq!(asked["apiVersion"], "apiextensions.k8s.io/v1beta1");
    assert_eq!(
        asked["request"],
        json!({
            "uid": "u",
            "desiredAPIVersion": "g/v2",
            "objects": [{"apiVersion": "g/v1", "kind": "K", "metadata": {"name": "a"}}],
        })
    );
}

fn check(version: ReviewVersion, body: &str, expected: &Expect) {
    let shown = match answer(version, "u", body.as_bytes()) {
        Ok(objects) => format!("{} objects", objects.len()),
        Err(Refusal::Undecodable(words)) => format!("undecodable: {words}"),
        Err(Refusal::Malformed(words)) => format!("malformed: {words}"),
    };
    expected.assert_eq(&shown);
}

#[test]
fn answers_belong_to_their_questions() {
    let v1 = |body: &str, expected: &Expect| {
        let head = "{\"kind\":\"ConversionReview\",\"apiVersion\":\"apiextensions.k8s.io/v1\"";
        check(ReviewVersion::V1, &format!("{head}{body}}}"), expected);
    };
    v1("", &expect!["malformed: no response provided"]);
    v1(
        r#","response":{"uid":"x"}"#,
        &expect![[r#"malformed: expected response.uid="u", got "x""#]],
    );
    v1(
        r#","response":{"uid":"u"}"#,
        &expect!["malformed: response.result.status was '', not 'Success'"],
    );
    v1(
        r#","response":{"uid":"u","result":{"status":"Failure","message":"no"}}"#,
        &expect!["malformed: no"],
    );
    v1(
        r#","response":{"uid":"u","result":{"status":"Success"}}"#,
        &expect!["0 objects"],
    );
    v1(
        r#","response":{"uid":"u","result":{"status":"Success"},"convertedObjects":[{},null]}"#,
        &expect!["2 objects"],
    );
}

#[test]
fn the_old_version_is_trusted() {
    check(
        ReviewVersion::V1beta1,
        r#"{"response":{"uid":"x","result":{"status":"Success"},"convertedObjects":[{}]}}"#,
        &expect!["1 objects"],
    );
}

#[test]
fn what_is_no_review_is_not_read() {
    let v1 = |body: &str, expected: &Expect| check(ReviewVersion::V1, body, expected);
    v1(
        "{}",
        &expect![
            "malformed: expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got /, Kind="
        ],
    );
    v1(
        r#"{"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1beta1"}"#,
        &expect![
            "undecodable: converting (v1beta1.ConversionReview) to (v1.ConversionReview): unknown conversion"
        ],
    );
    v1(
        r#"{"kind":"Pod","apiVersion":"v1"}"#,
        &expect![[
            r#"undecodable: no kind "Pod" is registered for version "v1" in scheme "k8s.io/apiserver/pkg/util/webhook/client.go""#
        ]],
    );
    v1(
        "{no",
        &expect![
            "undecodable: couldn't get version/kind; json parse error: invalid character 'n' looking for beginning of object key string"
        ],
    );
}
