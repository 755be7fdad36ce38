use super::PersistentVolumeClaims;
use api::core::v1::PersistentVolumeClaim;
use meta::{FieldErrors, codec};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use serde_json::{Value, json};
use std::sync::Arc;

fn cx() -> RequestContext {
    let now = meta::Time::from_unix_seconds(0);
    RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader))
}

/// A good claim with these fields, of a phase.
fn claim(fields: Value, phase: &str) -> PersistentVolumeClaim {
    let mut spec = json!({
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "2Gi"}},
    });
    for (key, value) in fields.as_object().unwrap() {
        spec[key] = value.clone();
    }
    let status = json!({"phase": phase, "capacity": {"storage": "1Gi"}});
    let document = json!({"spec": spec, "status": status});
    let mut claim = codec::from_value(&document).unwrap().object;
    PersistentVolumeClaims.set_defaults(&mut claim);
    claim
}

fn size(size: &str) -> Value {
    json!({"resources": {"requests": {"storage": size}}})
}

#[track_caller]
fn check_update(old: Value, new: Value, phase: &str, expect: &str) {
    let (mut new, old) = (claim(new, phase), claim(old, phase));
    let mut errors = FieldErrors::new();
    PersistentVolumeClaims.prepare_update(&cx(), &mut new, &old);
    PersistentVolumeClaims.validate_update(&cx(), &mut errors, &new, &old);
    let words = errors.aggregate();
    assert_eq!(words.split("@@").next().unwrap(), expect, "{words}");
}

const IMMUTABLE: &str = "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n";

#[test]
fn what_may_change() {
    check_update(json!({}), json!({"volumeName": "pv"}), "Pending", "[]");
    check_update(
        json!({"volumeName": "a"}),
        json!({"volumeName": "b"}),
        "Pending",
        IMMUTABLE,
    );
    check_update(json!({}), json!({"storageClassName": "x"}), "Pending", "[]");
    check_update(
        json!({"storageClassName": "x"}),
        json!({"storageClassName": "y"}),
        "Bound",
        IMMUTABLE,
    );
    check_update(size("2Gi"), size("3Gi"), "Bound", "[]");
    check_update(size("2Gi"), size("3Gi"), "Pending", IMMUTABLE);
    check_update(size("3Gi"), size("2Gi"), "Bound", "[]");
    check_update(
        size("3Gi"),
        size("1Gi"),
        "Bound",
        "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity",
    );
    check_update(
        size("3Gi"),
        json!({"resources": {"requests": {}}}),
        "Bound",
        "[spec.resources[storage]: Required value, spec.resources.requests.storage: Forbidden: field can not be less than status.capacity]",
    );
    check_update(
        json!({"volumeAttributesClassName": "gold"}),
        json!({"volumeAttributesClassName": "silver"}),
        "Bound",
        "[]",
    );
}

#[test]
fn attributes_that_a_volume_has_are_not_taken_away() {
    let check = |current: Option<&str>, class: Option<&str>, expect: &str| {
        let mut old = claim(json!({"volumeAttributesClassName": "gold"}), "Bound");
        old.status.current_volume_attributes_class_name = current.map(Into::into);
        let mut new = old.clone();
        new.spec.volume_attributes_class_name = class.map(Into::into);
        let mut errors = FieldErrors::new();
        PersistentVolumeClaims.validate_update(&cx(), &mut errors, &new, &old);
        assert_eq!(errors.aggregate(), expect, "{current:?} {class:?}");
    };
    for class in [None, Some(""), Some("silver")] {
        check(None, class, "[]");
    }
    check(Some("gold"), Some("silver"), "[]");
    for (class, nothing) in [(None, "nil"), (Some(""), "empty string")] {
        let words = format!(
            "spec.volumeAttributesClassName: Forbidden: update to {nothing} is forbidden when status.currentVolumeAttributesClassName is not nil"
        );
        check(Some("gold"), class, &words);
    }
}

#[test]
fn sources_say_the_same() {
    for (spec, source, reference) in [
        (
            json!({"dataSource": {"kind": "PersistentVolumeClaim", "name": "a"}}),
            Some("a"),
            Some("a"),
        ),
        (
            json!({"dataSourceRef": {"apiGroup": "x.y", "kind": "Any", "name": "b"}}),
            Some("b"),
            Some("b"),
        ),
        (
            json!({"dataSource": {"apiGroup": "x.y", "kind": "Any", "name": "c"}}),
            None,
            None,
        ),
        (
            json!({"dataSourceRef": {"kind": "PersistentVolumeClaim", "name": "d", "namespace": "other"}}),
            None,
            None,
        ),
    ] {
        let mut new = claim(spec, "Pending");
        PersistentVolumeClaims.prepare_create(&cx(), &mut new);
        let found = new.spec.data_source.as_ref().map(|one| one.name.as_str());
        assert_eq!(found, source);
        let found = new
            .spec
            .data_source_ref
            .as_ref()
            .map(|one| one.name.as_str());
        assert_eq!(found, reference);
    }
}

#[test]
fn bad_claims() {
    for (fields, expect) in [
        (
            size("0"),
            "spec.resources[storage]: Invalid value: \"0\": must be greater than zero",
        ),
        (
            json!({"dataSource": {"kind": "Pod", "name": "a"}, "dataSourceRef": {"kind": "PersistentVolumeClaim", "name": "a"}}),
            "[spec.dataSource: Invalid value: \"Pod\": must be 'PersistentVolumeClaim' when referencing the default apiGroup, spec: Invalid value: {}: must match dataSourceRef]",
        ),
    ] {
        let mut errors = FieldErrors::new();
        PersistentVolumeClaims.validate(&cx(), &mut errors, &claim(fields, "Pending"));
        assert_eq!(errors.aggregate(), expect);
    }
}

#[track_caller]
fn check_status(status: Value, expect: &str) {
    let mut new = claim(json!({}), "Bound");
    let document = json!({"status": status});
    new.status = codec::from_value::<PersistentVolumeClaim>(&document)
        .unwrap()
        .object
        .status;
    let mut errors = FieldErrors::new();
    super::update::check_status(&mut errors, &new);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn resizes() {
    check_status(
        json!({"allocatedResourceStatuses": {"storage": "x"}}),
        "status.allocatedResourceStatuses: Unsupported value: \"storage\": supported values: \"ControllerResizeInProgress\", \"ControllerResizeInfeasible\", \"NodeResizeInProgress\", \"NodeResizeInfeasible\", \"NodeResizePending\"",
    );
    check_status(
        json!({"capacity": {"storage": "-1"}, "allocatedResources": {"cpu": "1"}}),
        "[status.capacity[storage]: Invalid value: -1: must be a valid resource quantity, status.allocatedResources: Unsupported value: \"cpu\": supported values: \"storage\"]",
    );
}

#[test]
fn the_annotation_of_the_class_stays() {
    let old = claim(json!({}), "Pending");
    let mut new = old.clone();
    new.metadata.annotations.insert(super::CLASS, "x".into());
    let mut errors = FieldErrors::new();
    PersistentVolumeClaims.validate_update(&cx(), &mut errors, &new, &old);
    assert_eq!(
        errors.aggregate(),
        "metadata.annotations.volume.beta.kubernetes.io/storage-class: Invalid value: \"x\": field is immutable"
    );
}

#[test]
fn amounts_are_rounded_up() {
    let document = json!({"spec": {"resources": {"requests": {"storage": "0.0001"}}}});
    let claim = crate::testing::object(&PersistentVolumeClaims, &document);
    assert_eq!(
        claim
            .spec
            .resources
            .requests
            .get("storage")
            .unwrap()
            .to_string(),
        "1m"
    );
}
