use super::*;
use serde_json::json;

fn boat(document: &Tree) -> (Dynamic, Vec<StrictError>) {
    let type_ = Arc::new(DynamicType {
        group: "example.com".into(),
        version: "v1".into(),
        kind: "Boat".into(),
    });
    let Tree::Object(document) = document.clone() else {
        panic!("an object");
    };
    Dynamic::from_tree(type_, document, Strictness::Strict).unwrap()
}

#[test]
fn a_body_takes_its_revision_where_it_says() {
    let (mut object, strict) = boat(&json!({
        "apiVersion": "example.com/v1",
        "kind": "Boat",
        "metadata": {"name": "b1", "uid": "u", "bogus": 1},
        "spec": {"size": 3, "ratio": 1.5, "text": "a<b"},
        "data": [null, true],
    }));
    assert_eq!(
        strict,
        [StrictError::UnknownField("metadata.bogus".to_owned())]
    );
    object.metadata.resource_version = "7".into();
    let document = "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Boat\",\"metadata\":{\"name\":\"b1\",\"resourceVersion\":\"7\",\"uid\":\"u\"},\"data\":[null,true],\"spec\":{\"ratio\":1.5,\"size\":3,\"text\":\"a\\u003cb\"}}";
    assert_eq!(
        String::from_utf8(codec::to_json(&object)).unwrap(),
        document
    );
    let body = codec::encode_body(&object);
    let (before, after) = body.json.split_at(body.resource_version_at as usize);
    let joined = [
        &b"{\"apiVersion\":\"example.com/v1\",\"kind\":\"Boat\","[..],
        &before[1..],
        b"\"resourceVersion\":\"7\",",
        after,
    ]
    .concat();
    assert_eq!(String::from_utf8(joined).unwrap(), document);
    let read = Dynamic::from_body(Arc::clone(&object.type_), &body.json, 7).unwrap();
    assert_eq!(read, object);
    assert_eq!(codec::to_value(&read)["spec"]["size"], 3);
}

#[test]
fn another_kind_is_kept_to_be_refused() {
    let (object, _) = boat(&json!({"kind": "Car", "metadata": {"name": "c"}}));
    assert_eq!(object.content["kind"], "Car");
    assert_eq!(codec::to_value(&object)["kind"], "Car");
}

#[test]
fn repeated_keys_are_found_by_path() {
    let (value, repeated) =
        json::parse_tree(br#"{"a":[{"b":1,"b":2}],"n":9223372036854775808,"m":1.0}"#).unwrap();
    assert_eq!(repeated, [StrictError::DuplicateField("a[0].b".to_owned())]);
    assert_eq!(value["a"][0]["b"], 2);
    assert!(value["n"].is_f64() && value["m"].is_f64());
    let deep = [b'['; 200];
    assert!(json::parse_tree(&deep).is_err());
}

#[test]
fn objects_differ_where_their_documents_do() {
    let (old, _) = boat(&json!({"metadata": {"name": "b"}, "spec": {"a": 1, "b": 2}}));
    let (new, _) = boat(&json!({"metadata": {"name": "b"}, "spec": {"a": 1, "b": 3}}));
    assert!(codec::same(&old, &old.clone()) && !codec::same(&old, &new));
    let (before, after) = codec::difference(&old, &new, &["metadata", "managedFields"]);
    assert_eq!(before, json!({"spec": {"a": 1, "b": 2}}));
    assert_eq!(after, json!({"spec": {"a": 1, "b": 3}}));
}
