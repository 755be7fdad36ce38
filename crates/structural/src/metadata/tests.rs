use crate::{
    Malformed, Root,
    testing::{lines, structural},
};
use meta::{FieldErrors, FieldPath};
use serde_json::{Value, json};

fn schema() -> crate::Structural {
    structural(json!({"type": "object", "properties": {
        "template": {"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true},
        "list": {"type": "array", "items": {"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true}},
    }}))
}

#[test]
fn metadata_of_embedded_resources_is_read_as_such() {
    let mut value = json!({"metadata": {"bogus": 1}, "template": {
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "labels": {"a": "b"}, "bogus": 1}, "spec": {"x": 1},
    }, "list": [{"metadata": {"more": 2}}]});
    let unknown = schema().coerce_metadata(
        &FieldPath::root(),
        &mut value,
        Root::Value,
        Malformed::Refuse,
    );
    assert_eq!(
        unknown.unwrap(),
        ["list[0].metadata.more", "template.metadata.bogus"]
    );
    assert_eq!(
        value,
        json!({"metadata": {"bogus": 1}, "template": {
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "labels": {"a": "b"}}, "spec": {"x": 1},
        }, "list": [{"metadata": {}}]})
    );
}

#[test]
fn malformed_metadata_is_refused_or_dropped() {
    for (template, words, dropped) in [
        (
            json!({"kind": 7}),
            "template.kind: Invalid value: 7: must be a string",
            json!({}),
        ),
        (
            json!({"apiVersion": {"a": 1}}),
            r#"template.apiVersion: Invalid value: {"a":1}: must be a string"#,
            json!({}),
        ),
        (
            json!({"metadata": {"name": 1, "labels": {"a": "b"}}}),
            r#"template.metadata: Invalid value: {"labels":{"a":"b"},"name":1}: json: cannot unmarshal number into Go struct field ObjectMeta.name of type string"#,
            json!({"metadata": {"labels": {"a": "b"}}}),
        ),
    ] {
        let mut value = json!({"template": template});
        let refused = schema().coerce_metadata(
            &FieldPath::root(),
            &mut value,
            Root::Value,
            Malformed::Refuse,
        );
        assert_eq!(refused.unwrap_err().to_string(), words);
        let kept =
            schema().coerce_metadata(&FieldPath::root(), &mut value, Root::Value, Malformed::Drop);
        assert!(kept.is_ok());
        assert_eq!(value, json!({"template": dropped}));
    }
}

#[track_caller]
fn check_embedded(value: Value, root: Root, wanted: &[&str]) {
    let mut errors = FieldErrors::new();
    let rules = |errors: &mut FieldErrors, metadata: &meta::ObjectMeta, path: &FieldPath| {
        if metadata.name.contains('/') {
            errors.invalid(&path.child("name"), &metadata.name, "may not contain '/'");
        }
    };
    schema().validate_embedded(&FieldPath::root(), &value, root, &rules, &mut errors);
    assert_eq!(lines(&errors), wanted);
}

#[test]
fn embedded_resources_are_validated() {
    check_embedded(
        json!({"template": {}, "list": [{"apiVersion": "a/b/c", "kind": "Bad_Kind", "metadata": {"name": "a/b"}}]}),
        Root::Value,
        &[
            r#"list[0].apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c"#,
            r#"list[0].kind: Invalid value: "Bad_Kind": may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
            r#"list[0].metadata.name: Invalid value: "a/b": may not contain '/'"#,
            "template.apiVersion: Required value",
            "template.kind: Required value",
        ],
    );
    check_embedded(
        json!({"apiVersion": "", "kind": 1}),
        Root::Resource,
        &[
            r#"apiVersion: Invalid value: "": must not be empty"#,
            "kind: Invalid value: 1: must be a string",
        ],
    );
    check_embedded(
        json!({"template": {"apiVersion": "v1", "kind": "Pod", "metadata": {}}}),
        Root::Value,
        &[],
    );
}
