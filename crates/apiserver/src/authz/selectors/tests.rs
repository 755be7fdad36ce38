use super::unread;
use meta::codec;
use serde_json::{Value, json};

/// A field selector -> what an answer says of it.
#[track_caller]
fn told(selector: Value, expect: &[&str]) {
    for (name, word) in [
        ("fieldSelector", "fieldSelector"),
        ("labelSelector", "labelSelector"),
    ] {
        let asked = codec::from_value(&json!({ name: selector }))
            .unwrap()
            .object;
        let expect: Vec<String> = expect
            .iter()
            .map(|words| words.replace('@', word))
            .collect();
        assert_eq!(unread(&asked), expect);
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    const ALL: &str = "spec.resourceAttributes.@ ignored due to parse error";
    const PART: &str = "spec.resourceAttributes.@ partially ignored due to parse error";
    told(json!({"rawSelector": "a=b"}), &[]);
    told(json!({"rawSelector": "a=b,!!"}), &[ALL]);
    let good = json!({"key": "a", "operator": "In", "values": ["b"]});
    let new = json!({"key": "a", "operator": "Newer"});
    told(json!({"requirements": [good]}), &[]);
    told(json!({"requirements": [new]}), &[ALL]);
    told(json!({"requirements": [good, new]}), &[PART]);
}
