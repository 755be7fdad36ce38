//! Rules that the recorded answers do not show.

use super::ControllerRevisions;
use crate::testing;
use api::apps::v1::ControllerRevision;
use meta::codec::{self, Strictness};
use serde_json::{Value, json};

fn revision(data: &Value, number: i64) -> Value {
    json!({"metadata": {"name": "r"}, "data": data, "revision": number})
}

#[test]
fn data_is_an_object() {
    const WORDS: &str = "data: Required value: data must be a valid JSON object";
    for (data, expect) in [
        (json!({}), "[]"),
        (json!({"a": 1}), "[]"),
        (Value::Null, "data: Required value: data is mandatory"),
        (json!([1]), WORDS),
        (json!("{}"), WORDS),
        (json!(true), WORDS),
        (json!(0.5), WORDS),
    ] {
        let got = testing::create(&ControllerRevisions, &revision(&data, 0));
        assert_eq!(got, expect, "{data}");
    }
    assert_eq!(
        testing::create(&ControllerRevisions, &revision(&json!({}), -1)),
        "revision: Invalid value: -1: must be greater than or equal to 0"
    );
}

#[test]
fn data_stays() {
    let old = revision(&json!({"a": 1}), 1);
    let got = |new: &Value| testing::update(&ControllerRevisions, &old, new);
    assert_eq!(got(&revision(&json!({"a": 1}), 2)), "[]");
    assert_eq!(
        got(&revision(&Value::Null, 1)),
        "data: Invalid value: null: field is immutable"
    );
    // However it is spelled, it is what was stored.
    let sent = testing::object(&ControllerRevisions, &revision(&json!({"a": "<&>"}), 1));
    let stored = codec::to_json(&sent);
    assert!(stored.windows(6).any(|six| six == br"\u003c"));
    let stored = codec::from_json::<ControllerRevision>(&stored, Strictness::Lenient);
    assert!(stored.unwrap().object.data == sent.data);
    let changed = got(&revision(&json!({"a": 2}), 1));
    assert!(changed.starts_with("data: Invalid value: "), "{changed}");
    assert!(changed.ends_with(": field is immutable"), "{changed}");
}
