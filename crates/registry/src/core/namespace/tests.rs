use super::{Finalize, Namespaces, StatusPart};
use crate::testing::{context, create};
use api::core::v1::Namespace;
use meta::{FieldErrors, codec};
use resource::{Part, Verb};
use serde_json::{Value, json};

fn object(document: &Value) -> Namespace {
    codec::from_value(document).unwrap().object
}

#[track_caller]
fn check_part(part: &impl Part<Namespace>, document: Value, expect: &str) {
    let new = object(&document);
    let mut errors = FieldErrors::new();
    part.validate_update(&context(Verb::Update), &mut errors, &new, &new);
    assert_eq!(errors.aggregate(), expect);
}

const STANDARD: &str = "name is neither a standard finalizer name nor is it fully qualified";

#[test]
fn finalizers() {
    let document = json!({"metadata": {"name": "n"}, "spec": {"finalizers": ["x"]}});
    assert_eq!(
        create(&Namespaces, &document),
        format!("spec.finalizers: Invalid value: \"x\": {STANDARD}")
    );
    check_part(
        &Finalize,
        document,
        &format!("spec.finalizers[0]: Invalid value: \"x\": {STANDARD}"),
    );
    check_part(
        &Finalize,
        json!({"metadata": {"name": "n"}, "spec": {"finalizers": ["a.b/"]}}),
        "[spec.finalizers[0]: Invalid value: \"a.b/\": name part must be non-empty, spec.finalizers[0]: Invalid value: \"a.b/\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]",
    );
}

#[test]
fn phases() {
    check_part(
        &StatusPart,
        json!({"metadata": {"name": "n"}, "status": {"phase": "Terminating"}}),
        "status.Phase: Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty",
    );
    check_part(
        &StatusPart,
        json!({"metadata": {"name": "n", "deletionTimestamp": "2026-01-01T00:00:00Z"}, "status": {"phase": "Active"}}),
        "status.Phase: Invalid value: \"Active\": may only be 'Terminating' if `deletionTimestamp` is not empty",
    );
}

#[test]
fn a_phase_is_active_by_default() {
    let namespace = crate::testing::object(&Namespaces, &json!({"metadata": {"name": "n"}}));
    assert_eq!(namespace.status.phase, "Active");
}

#[test]
fn what_waits_to_be_emptied_has_no_grace_period() {
    let document = json!({"metadata": {"name": "n"}, "spec": {"finalizers": ["kubernetes"]}});
    let resource = resource::resource(Namespaces);
    let planned = resource::plan_delete(
        &context(Verb::Delete),
        &*resource,
        Box::new(object(&document)),
        &mut meta::DeleteOptions::default(),
    );
    let resource::PlannedDelete::Mark(marked) = planned.unwrap() else {
        panic!("it is kept");
    };
    assert!(marked.metadata().deletion_timestamp.is_some());
    assert_eq!(marked.metadata().deletion_grace_period_seconds, None);
}
