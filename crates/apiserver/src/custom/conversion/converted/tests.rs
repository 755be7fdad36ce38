use super::{Place, converted};
use expect_test::{Expect, expect};
use meta::{Dynamic, DynamicType, ObjectMeta, RawJson};
use serde_json::{Value, json};
use std::sync::Arc;

fn type_of(version: &str) -> Arc<DynamicType> {
    Arc::new(DynamicType {
        group: "g".into(),
        version: version.into(),
        kind: "K".into(),
    })
}

fn original() -> Dynamic {
    let mut metadata = ObjectMeta {
        name: "a".into(),
        namespace: "n".into(),
        uid: "u".into(),
        resource_version: "7".into(),
        generation: 2,
        ..ObjectMeta::default()
    };
    metadata.labels.insert("old", "1".into());
    // An old label that new objects could not have.
    metadata.annotations.insert("a b", "c".into());
    Dynamic {
        type_: type_of("v1"),
        metadata,
        content: serde_json::Map::new(),
    }
}

fn answered(metadata: Value) -> Value {
    json!({"apiVersion": "g/v2", "kind": "K", "metadata": metadata, "spec": {"x": 1}})
}

#[test]
fn only_content_labels_and_annotations_are_taken() {
    let metadata = json!({
        "name": "a", "namespace": "n", "uid": "u", "generation": 9, "resourceVersion": "99",
        "labels": {"new": "2"}, "annotations": {"a b": "c"},
    });
    let raw = RawJson::from_value(&answered(metadata));
    let object = converted(&original(), &type_of("v2"), &raw, Place::Only, "").unwrap();
    assert_eq!(
        Value::Object(object.to_tree()),
        json!({
            "apiVersion": "g/v2", "kind": "K", "spec": {"x": 1},
            "metadata": {
                "name": "a", "namespace": "n", "uid": "u", "generation": 2, "resourceVersion": "7",
                "labels": {"new": "2"}, "annotations": {"a b": "c"},
            },
        })
    );
}

fn check(answered: &Value, place: Place, expected: &Expect) {
    let raw = RawJson::from_value(answered);
    let refused = converted(&original(), &type_of("v2"), &raw, place, "C");
    expected.assert_eq(&refused.unwrap_err());
}

#[test]
fn another_object_is_refused() {
    let only = |answered: Value, expected: Expect| check(&answered, Place::Only, &expected);
    let in_list = |answered: Value, expected: Expect| check(&answered, Place::At(3), &expected);
    in_list(
        json!(5),
        expect![[
            "C returned invalid converted object at index 3: json: cannot unmarshal number into Go value of type map[string]interface {}"
        ]],
    );
    in_list(
        json!({"apiVersion": "g/v2"}),
        expect![[
            r#"C returned invalid converted object at index 3: Object 'Kind' is missing in '{"apiVersion":"g/v2"}'"#
        ]],
    );
    in_list(
        json!({"apiVersion": "g/v1", "kind": "K"}),
        expect![
            "C returned invalid converted object at index 3: invalid groupVersion (expected g/v2, received g/v1)"
        ],
    );
    only(
        answered(json!({"name": "a", "namespace": "m"})),
        expect!["C returned invalid object: must have the same namespace: n != m"],
    );
    only(
        answered(json!({"name": "a", "namespace": "n", "uid": "v"})),
        expect!["C returned invalid object: must have the same UID: u != v"],
    );
}

#[test]
fn labels_and_annotations_are_what_they_may_be() {
    let with = |member: &str, value: Value, place: Place, expected: Expect| {
        let mut metadata = json!({"name": "a", "namespace": "n", "uid": "u"});
        metadata[member] = value;
        check(&answered(metadata), place, &expected);
    };
    with(
        "labels",
        json!([]),
        Place::Only,
        expect![
            "C returned invalid metadata: invalid metadata.labels of type []interface {} in converted object"
        ],
    );
    with(
        "annotations",
        json!({"a": true}),
        Place::At(0),
        expect![
            "C returned invalid metadata in object at index 0: metadata.annotations[a] must be a string, but is bool in converted object"
        ],
    );
    with(
        "labels",
        json!({"a": "b c"}),
        Place::Only,
        expect![
            "C returned invalid metadata: metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
        ],
    );
    with(
        "annotations",
        json!({"a b": "c", "d": "e"}),
        Place::Only,
        expect![
            "C returned invalid metadata: metadata.annotation: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
        ],
    );
}
