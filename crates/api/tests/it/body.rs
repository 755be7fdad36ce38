//! Bodies for encode-once.

use api::core::v1::{ConfigMap, Pod};
use meta::{Map, ObjectMeta, Time, codec};

#[test]
fn with_revision_equals_the_document() {
    let pod = include_bytes!("../../benches/pod.json");
    let mut pod = codec::from_json::<Pod>(pod, codec::Strictness::Strict)
        .unwrap()
        .object;
    let body = codec::encode_body(&pod);
    let document =
        codec::body_with_revision("v1", "Pod", &body.json, body.resource_version_at, 184_467);
    assert_eq!(
        String::from_utf8(document).unwrap(),
        String::from_utf8(codec::to_json(&pod)).unwrap()
    );
    let again = codec::decode_body::<Pod>(&body.json, 7).unwrap();
    pod.metadata.resource_version = "7".into();
    assert_eq!(again, pod);
}

#[test]
fn the_place_is_right_for_any_metadata() {
    let cases = [
        ObjectMeta {
            name: "a".into(),
            creation_timestamp: Time::from_unix_seconds(5),
            ..ObjectMeta::default()
        },
        ObjectMeta {
            creation_timestamp: Time::from_unix_seconds(5),
            ..ObjectMeta::default()
        },
        ObjectMeta {
            uid: "u".into(),
            labels: Map::from([("a", "b")]),
            ..ObjectMeta::default()
        },
        ObjectMeta {
            name: "only".into(),
            ..ObjectMeta::default()
        },
    ];
    for metadata in cases {
        let body = codec::encode_body(&ConfigMap {
            metadata,
            ..ConfigMap::default()
        });
        let document =
            codec::body_with_revision("v1", "ConfigMap", &body.json, body.resource_version_at, 9);
        let value: serde_json::Value = serde_json::from_slice(&document).unwrap();
        assert_eq!(value["metadata"]["resourceVersion"], "9");
    }
}

#[test]
fn empty_lists_become_nil() {
    let mut role = api::rbac::v1::Role {
        rules: Vec::new().into(),
        ..Default::default()
    };
    role.metadata.creation_timestamp = Time::from_unix_seconds(0);
    assert!(codec::to_json(&role).ends_with(br#""rules":[]}"#));
    assert!(
        codec::encode_body(&role)
            .json
            .ends_with(br#""rules":null}"#)
    );
}

#[test]
fn pointers_to_zero_stay() {
    let text = br#"{"metadata":{},"spec":{"containers":null,"activeDeadlineSeconds":0,"automountServiceAccountToken":false,"schedulerName":""},"status":{}}"#;
    let pod = codec::from_json::<Pod>(text, codec::Strictness::Strict)
        .unwrap()
        .object;
    assert_eq!(pod.spec.active_deadline_seconds, Some(0));
    let json = String::from_utf8(codec::to_json(&pod)).unwrap();
    let expected = r#""spec":{"containers":null,"activeDeadlineSeconds":0,"automountServiceAccountToken":false},"status":{}}"#;
    assert!(json.ends_with(expected), "{json}");
}

#[test]
fn claims_in_a_stateful_set_have_their_type() {
    let mut set = api::apps::v1::StatefulSet::default();
    set.spec
        .volume_claim_templates
        .push(api::core::v1::PersistentVolumeClaim::default());
    let json = String::from_utf8(codec::encode_body(&set).json).unwrap();
    let expected = r#""volumeClaimTemplates":[{"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{},"#;
    assert!(json.contains(expected), "{json}");
}
