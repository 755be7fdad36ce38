use super::*;
use expect_test::{Expect, expect};
use serde_json::{Value, json};

fn definition(document: Value) -> CustomResourceDefinition {
    meta::codec::from_value(&document).unwrap().object
}

#[track_caller]
fn check(condition: Option<Condition>, expect: Expect) {
    let text = condition.map_or_else(String::new, |condition| {
        let Condition {
            type_,
            status,
            reason,
            message,
        } = condition;
        format!("{type_}={status} {reason}: {message}")
    });
    expect.assert_eq(&text);
}

#[test]
fn a_definition_is_established_after_its_names_were_accepted() {
    let with = |conditions: Value, bundle: &str| {
        definition(json!({
            "spec": {"conversion": {"webhook": {"clientConfig": {"caBundle": bundle}}}},
            "status": {"conditions": conditions},
        }))
    };
    let accepted = json!({"type": "NamesAccepted", "status": "True"});
    check(established(&with(json!([]), "")), expect![""]);
    check(
        established(&with(json!([accepted]), "")),
        expect![[r#"Established=True InitialNamesAccepted: the initial names have been accepted"#]],
    );
    check(
        established(&with(json!([accepted]), "YQ==")),
        expect![[
            r#"Established=False InvalidCABundle: The conversion webhook CABundle is invalid"#
        ]],
    );
    let done = json!([accepted, {"type": "Established", "status": "True"}]);
    check(established(&with(done, "")), expect![""]);
}

#[test]
fn definitions_of_old_times_are_told_of() {
    let mut old = definition(json!({"spec": {"preserveUnknownFields": true}}));
    check(
        structure(&old),
        expect![[
            r#"NonStructuralSchema=True Violations: spec.preserveUnknownFields: Invalid value: true: must be false"#
        ]],
    );
    set_structure(&mut old, Time::from_unix_seconds(1));
    assert_eq!(old.status.conditions.len(), 1);
    old.spec.preserve_unknown_fields = false;
    set_structure(&mut old, Time::from_unix_seconds(2));
    assert!(old.status.conditions.is_empty());
}

#[test]
fn protected_groups_approve() {
    let of = |group: &str, annotation: &str| {
        approval(&definition(json!({
            "metadata": {"annotations": {"api-approved.kubernetes.io": annotation}},
            "spec": {"group": group},
        })))
    };
    check(of("example.com", ""), expect![""]);
    check(
        of("x.k8s.io", ""),
        expect![[
            r#"KubernetesAPIApprovalPolicyConformant=False MissingAnnotation: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111"#
        ]],
    );
    check(
        of("x.k8s.io", "yes"),
        expect![[
            r#"KubernetesAPIApprovalPolicyConformant=False InvalidAnnotation: protected groups must have approval annotation "api-approved.kubernetes.io" with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111"#
        ]],
    );
    check(
        of("x.k8s.io", "unapproved, for a test"),
        expect![[
            r#"KubernetesAPIApprovalPolicyConformant=False UnapprovedAnnotation: not approved: "unapproved, for a test""#
        ]],
    );
    check(
        of("x.k8s.io", "https://example.com/1"),
        expect![[
            r#"KubernetesAPIApprovalPolicyConformant=True ApprovedAnnotation: approved in https://example.com/1"#
        ]],
    );
}

#[test]
fn schemas_say_what_values_are() {
    let of = |schema: Value| {
        structure(&definition(json!({"spec": {"versions": [
            {"name": "v1"},
            {"name": "v2", "schema": {"openAPIV3Schema": schema}},
        ]}})))
    };
    check(of(json!({"type": "object"})), expect![""]);
    check(
        of(json!({"properties": {"a": {}}})),
        expect![[
            r#"NonStructuralSchema=True Violations: [spec.versions[1].schema.openAPIV3Schema.properties[a].type: Required value: must not be empty for specified object fields, spec.versions[1].schema.openAPIV3Schema.type: Required value: must not be empty at the root]"#
        ]],
    );
    check(
        of(json!({"type": "object", "$ref": "a"})),
        expect![[
            r#"NonStructuralSchema=Unknown StructuralError: failed to check validation schema for version v2: OpenAPIV3Schema '$ref' is not supported"#
        ]],
    );
}
