use super::{super::testing::boats, CustomResourceDefinitions as Kind};
use crate::testing;
use api::apiextensions::v1::CustomResourceDefinition;
use expect_test::{Expect, expect};
use meta::{FieldErrors, Time, codec};
use resource::{Deletion, Now, Part, Strategy, Verb};
use serde_json::{Value, json};

fn stored(document: &Value) -> CustomResourceDefinition {
    let mut definition = testing::object(&Kind, document);
    Kind.prepare_create(&testing::context(Verb::Create), &mut definition);
    definition
}

#[test]
fn defaults() {
    let definition = stored(&json!({"spec": {
        "names": {"kind": "Boat"},
        "versions": [{"name": "v1"}, {"name": "v2", "storage": true}],
        "conversion": {"strategy": "Webhook", "webhook": {"clientConfig": {"service": {}}}},
    }}));
    let spec = &definition.spec;
    assert_eq!(spec.names.singular, "boat");
    assert_eq!(spec.names.list_kind, "BoatList");
    let webhook = spec.conversion.as_ref().unwrap().webhook.as_ref().unwrap();
    let config = webhook.client_config.as_ref().unwrap();
    assert_eq!(config.service.as_ref().unwrap().port, Some(443));
    assert_eq!(definition.status.stored_versions[..], ["v2"]);
    let conversion = json!({"strategy": "None", "webhook": {"conversionReviewVersions": []}});
    let silent = stored(&json!({"spec": {"conversion": conversion}}));
    assert!(silent.spec.conversion.unwrap().webhook.is_none());
    let bare = stored(&json!({}));
    assert_eq!(bare.spec.conversion.unwrap().strategy, "None");
    assert_eq!(bare.spec.names.list_kind, "");
    assert!(bare.status.stored_versions.is_nil());
}

#[test]
fn a_version_that_becomes_the_stored_one_is_noted() {
    let old = stored(&boats());
    let mut new = old.clone();
    new.spec.versions[0].name = "v2".into();
    Kind.prepare_update(&testing::context(Verb::Update), &mut new, &old);
    assert_eq!(new.status.stored_versions[..], ["v1", "v2"]);
}

#[test]
fn the_name_is_that_of_the_resource() {
    let mut document = boats();
    document["metadata"]["name"] = json!("ships.example.com");
    expect![[r#"metadata.name: Invalid value: "ships.example.com": must be spec.names.plural+"."+spec.group"#]].assert_eq(&testing::create(&Kind, &document));
}

#[test]
fn cells() {
    let mut definition = stored(&boats());
    definition.metadata.name = "boats.example.com".into();
    definition.metadata.creation_timestamp = Time::from_unix_seconds(0);
    let cells = Kind.cells(&definition, &Now(Time::from_unix_seconds(60)));
    assert_eq!(
        cells,
        [json!("boats.example.com"), json!("1970-01-01T00:00:00Z")]
    );
}

#[test]
fn a_delete_waits_for_the_objects() {
    let cx = testing::context(Verb::Delete);
    let mut definition = stored(&boats());
    definition.metadata.finalizers = vec!["example.com/mine".into()];
    assert_eq!(Kind.on_delete(&cx, &mut definition), Deletion::Marked);
    let shown = codec::to_value(&definition);
    check_json(
        &shown["metadata"],
        expect![[
            r#"{"deletionTimestamp":"2026-05-28T20:26:40Z","finalizers":["example.com/mine","customresourcecleanup.apiextensions.k8s.io"],"name":"boats.example.com"}"#
        ]],
    );
    check_json(
        &shown["status"]["conditions"],
        expect![[
            r#"[{"lastTransitionTime":"2026-05-28T20:26:40Z","message":"CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon","reason":"InstanceDeletionPending","status":"True","type":"Terminating"}]"#
        ]],
    );
    let again = definition.clone();
    assert_eq!(Kind.on_delete(&cx, &mut definition), Deletion::Default);
    assert!(definition == again);
}

#[track_caller]
fn check_json(value: &Value, expect: Expect) {
    expect.assert_eq(&value.to_string());
}

#[test]
fn accepted_names_are_names() {
    let old = stored(&boats());
    let mut new = old.clone();
    new.status.accepted_names.plural = "Boats".into();
    let mut errors = FieldErrors::new();
    let cx = testing::context(Verb::Update);
    super::StatusPart.validate_update(&cx, &mut errors, &new, &old);
    expect![[r#"status.acceptedNames.plural: Invalid value: "Boats": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#]].assert_eq(&errors.aggregate());
}

#[test]
fn unknown_formats_are_warned_of_once() {
    use super::super::testing::boats_with;
    let with = |format: &str| {
        let size = "/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/format";
        testing::object(&Kind, &boats_with(&[(size, json!(format))]))
    };
    let cx = testing::context(Verb::Create);
    assert_eq!(
        Kind.warnings_on_create(&cx, &with("int16")),
        ["unrecognized format \"int16\""]
    );
    assert!(Kind.warnings_on_create(&cx, &with("int32")).is_empty());
    let update = |new, old| Kind.warnings_on_update(&cx, &with(new), &with(old));
    // What versions share is looked at once, what they do not is looked at in each.
    let twice = |second: &str| {
        let version = |name: &str, format: &str| json!({"name": name, "schema": {"openAPIV3Schema": {"type": "string", "format": format}}});
        let versions = json!([version("v1", "int16"), version("v2", second)]);
        let definition = testing::object(&Kind, &boats_with(&[("/versions", versions)]));
        Kind.warnings_on_create(&cx, &definition)
    };
    assert_eq!(twice("int16"), ["unrecognized format \"int16\""]);
    assert_eq!(
        twice("int8"),
        [
            "unrecognized format \"int16\"",
            "unrecognized format \"int8\""
        ]
    );
    assert!(update("int16", "int16").is_empty());
    assert_eq!(update("int8", "int16"), ["unrecognized format \"int8\""]);
}
