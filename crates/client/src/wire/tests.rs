//! Lines of watches, as servers write them and otherwise.

use super::{decode_event, decode_list};
use crate::{Metadata, WatchEvent, cache::Decode};
use api::core::v1::ConfigMap;
use meta::codec::Projection;

fn event<D: Decode>(line: &str) -> String {
    let name = |object: &D| object.object_meta().name.to_string();
    match decode_event::<D>("maps", line.as_bytes(), Projection::WHOLE) {
        Ok(WatchEvent::Added(object)) => format!("+{}", name(&object)),
        Ok(WatchEvent::Modified(object)) => format!("~{}", name(&object)),
        Ok(WatchEvent::Deleted(object)) => format!("-{}", name(&object)),
        Ok(WatchEvent::Bookmark { revision, .. }) => format!("at {revision}"),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn the_usual_and_the_unusual_layout() {
    for (line, expected) in [
        (
            r#"{"type":"ADDED","object":{"metadata":{"name":"a"}}}"#,
            "+a",
        ),
        (
            r#"{"type":"MODIFIED","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"}}}"#,
            "~a",
        ),
        (
            r#"{"type":"DELETED","object":{"metadata":{"name":"a"}}} "#,
            "-a",
        ),
        (
            r#" { "type" : "ADDED" , "object" : {"metadata":{"name":"a"}} } "#,
            "+a",
        ),
        (
            r#"{"object":{"metadata":{"name":"a"}},"type":"ADDED"}"#,
            "+a",
        ),
        (
            r#"{"type":"ADDED","object":{"metadata":{"name":"a"}},"more":{}}"#,
            "+a",
        ),
        (
            r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7"}}}"#,
            "at 7",
        ),
    ] {
        assert_eq!(event::<ConfigMap>(line), expected, "{line}");
        assert_eq!(event::<Metadata>(line), expected, "{line}");
    }
    for line in [
        r#"{"type":"ADDED","object":{"metadata":{"name":1}}}"#,
        r#"{"type":"ADDED","object":{"metadata":"#,
        "{}",
        "",
    ] {
        assert!(event::<ConfigMap>(line).starts_with("error"), "{line}");
        assert!(event::<Metadata>(line).starts_with("error"), "{line}");
    }
}

#[test]
fn metadata_has_the_type_and_the_parts_asked_for() {
    let parts = Projection(&[("ObjectMeta", &["name"])]);
    let list = br#"{"metadata":{"resourceVersion":"9"},"items":[{"kind":"K","data":{"x":[1]},"apiVersion":"g/v1","metadata":{"name":"a","labels":{"l":"v"}}}]}"#;
    let page = decode_list::<Metadata>("maps", list, parts).unwrap();
    let item = &page.items[0];
    assert_eq!(
        (item.api_version.as_str(), item.kind.as_str()),
        ("g/v1", "K")
    );
    assert_eq!(
        (item.metadata.name.as_str(), item.metadata.labels.len()),
        ("a", 0)
    );
    assert_eq!(page.revision, "9");
}
