use super::{FieldErrors, FieldPath, validate_no_new_finalizers, validate_parts};
use meta::{ObjectMeta, OwnerReference};

fn owner(api_version: &str, kind: &str, controller: Option<bool>) -> OwnerReference {
    OwnerReference {
        api_version: api_version.into(),
        kind: kind.into(),
        name: "o".into(),
        uid: "1".into(),
        controller,
        ..OwnerReference::default()
    }
}

#[track_caller]
fn check(metadata: &ObjectMeta, expect: &str) {
    let mut errors = FieldErrors::new();
    validate_parts(&mut errors, metadata, &FieldPath::new("metadata"));
    assert_eq!(errors.aggregate(), expect);
}

#[track_caller]
fn check_owners(owners: &[OwnerReference], expect: &str) {
    let metadata = ObjectMeta {
        owner_references: owners.to_vec(),
        ..ObjectMeta::default()
    };
    check(&metadata, expect);
}

#[test]
fn owners() {
    check_owners(&[owner("apps/v1", "ReplicaSet", Some(true))], "[]");
    check_owners(
        &[owner("a/b/c", "K", None)],
        "metadata.ownerReferences.apiVersion: Invalid value: \"a/b/c\": version must not be empty",
    );
    check_owners(
        &[owner("apps/", "K", None)],
        "metadata.ownerReferences.apiVersion: Invalid value: \"apps/\": version must not be empty",
    );
    check_owners(
        &[owner("v1", "", None)],
        "metadata.ownerReferences.kind: Invalid value: \"\": must not be empty",
    );
    check_owners(
        &[owner("v1", "Event", None)],
        "metadata.ownerReferences: Invalid value: {\"apiVersion\":\"v1\",\"kind\":\"Event\",\"name\":\"o\",\"uid\":\"1\"}: /v1, Kind=Event is disallowed from being an owner",
    );
    check_owners(
        &[owner("/v1", "Event", None)],
        "metadata.ownerReferences: Invalid value: {\"apiVersion\":\"/v1\",\"kind\":\"Event\",\"name\":\"o\",\"uid\":\"1\"}: /v1, Kind=Event is disallowed from being an owner",
    );
    check_owners(
        &[owner("v1", "A", Some(true)), owner("v1", "B", Some(true))],
        "metadata.ownerReferences: Invalid value: [{\"apiVersion\":\"v1\",\"kind\":\"A\",\"name\":\"o\",\"uid\":\"1\",\"controller\":true},{\"apiVersion\":\"v1\",\"kind\":\"B\",\"name\":\"o\",\"uid\":\"1\",\"controller\":true}]: Only one reference can have Controller set to true. Found \"true\" in references for A/o and B/o",
    );
}

#[test]
fn annotations_have_a_limit_together() {
    let mut metadata = ObjectMeta::default();
    metadata
        .annotations
        .insert("a", "x".repeat(256 * 1024 - 1).into());
    check(&metadata, "[]");
    metadata.annotations.insert("b", "".into());
    check(
        &metadata,
        "metadata.annotations: Too long: may not be more than 262144 bytes",
    );
}

#[test]
fn label_keys_have_one_slash() {
    let mut metadata = ObjectMeta::default();
    metadata.labels.insert("a/b/c", "".into());
    check(
        &metadata,
        "metadata.labels: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    );
    let mut metadata = ObjectMeta::default();
    let prefix = vec!["a".repeat(60); 5].join(".");
    metadata.labels.insert(format!("{prefix}/b"), "".into());
    check(
        &metadata,
        &format!(
            "metadata.labels: Invalid value: \"{prefix}/b\": prefix part must be no more than 253 bytes"
        ),
    );
}

#[test]
fn finalizers_of_what_is_deleted_only_go() {
    let of = |names: &[&str]| ObjectMeta {
        finalizers: names.iter().map(|name| (*name).into()).collect(),
        ..ObjectMeta::default()
    };
    let mut errors = FieldErrors::new();
    let path = FieldPath::new("metadata.finalizers");
    let (new, old) = (of(&["b.c/d", "a.c/d", "o.c/d", "b.c/d"]), of(&["o.c/d"]));
    validate_no_new_finalizers(&mut errors, &new, &old, &path);
    assert_eq!(
        errors.aggregate(),
        "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"a.c/d\", \"b.c/d\"}"
    );
}
