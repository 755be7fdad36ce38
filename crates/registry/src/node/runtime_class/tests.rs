//! Rules that the recorded answers do not show.

use super::RuntimeClasses;
use crate::testing;
use serde_json::{Value, json};

fn class(scheduling: &Value) -> Value {
    json!({"metadata": {"name": "c"}, "handler": "h", "scheduling": scheduling})
}

const TWICE: &str = "scheduling.tolerations[1]: Duplicate value: {\"Key\":\"a\",\"Operator\":\"Exists\",\"Value\":\"\",\"Effect\":\"NoExecute\",\"TolerationSeconds\":5}";

#[test]
fn tolerations_are_told_apart_without_their_seconds() {
    let one = |seconds: i64| json!({"key": "a", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": seconds});
    let once = class(&json!({"tolerations": [one(3)]}));
    assert_eq!(testing::create(&RuntimeClasses, &once), "[]");
    let twice = class(&json!({"tolerations": [one(3), one(5)]}));
    assert_eq!(testing::create(&RuntimeClasses, &twice), TWICE);
    assert_eq!(testing::update(&RuntimeClasses, &once, &twice), TWICE);
}

#[test]
fn handlers_have_names() {
    let none = testing::with(&class(&json!({})), "/handler", json!(""));
    assert_eq!(
        testing::create(&RuntimeClasses, &none),
        "handler: Required value"
    );
}

#[test]
fn handlers_stay() {
    let old = class(&json!({}));
    let new = testing::with(&old, "/handler", json!("other"));
    assert_eq!(
        testing::update(&RuntimeClasses, &old, &new),
        "handler: Invalid value: \"other\": field is immutable"
    );
}

/// Pods' quantities are rounded to thousandths, those of a class are not.
#[test]
fn overheads_stay_as_they_are() {
    let given = testing::with(
        &class(&json!({})),
        "/overhead",
        json!({"podFixed": {"memory": "100u"}}),
    );
    let class = testing::object(&RuntimeClasses, &given);
    let overhead = class.overhead.expect("it was given");
    let memory = overhead
        .pod_fixed
        .iter()
        .next()
        .map(|(_, quantity)| quantity.to_string());
    assert_eq!(memory.as_deref(), Some("100u"));
}
