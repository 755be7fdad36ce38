use super::super::testing::{boats, boats_with, check, check_update, established, version};
use expect_test::expect;
use serde_json::{Value, json};

#[test]
fn a_definition_without_mistakes() {
    check(&boats(), expect!["[]"]);
    check(
        &boats_with(&[(
            "/versions",
            json!([version("v1", true), version("v2", false)]),
        )]),
        expect!["[]"],
    );
}

#[test]
fn group_scope_and_names() {
    check(
        &boats_with(&[("/group", json!(""))]),
        expect![[r#"spec.group: Required value"#]],
    );
    check(
        &boats_with(&[("/group", json!("example"))]),
        expect![[
            r#"spec.group: Invalid value: "example": should be a domain with at least one dot"#
        ]],
    );
    check(
        &boats_with(&[("/group", json!("Example.com"))]),
        expect![[
            r#"spec.group: Invalid value: "Example.com": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#
        ]],
    );
    check(
        &boats_with(&[("/scope", json!(""))]),
        expect![[r#"spec.scope: Required value"#]],
    );
    check(
        &boats_with(&[("/scope", json!("Planet"))]),
        expect![[
            r#"spec.scope: Unsupported value: "Planet": supported values: "Cluster", "Namespaced""#
        ]],
    );
    check(
        &boats_with(&[("/names", json!({}))]),
        expect![[
            r#"[spec.names.plural: Required value, spec.names.singular: Required value, spec.names.kind: Required value, spec.names.listKind: Required value]"#
        ]],
    );
    check(
        &boats_with(&[(
            "/names",
            json!({"plural": "Boats", "singular": "a_boat", "kind": "Bo_at", "listKind": "Bo_at", "shortNames": ["b", "B"], "categories": ["all", "1"]}),
        )]),
        expect![[
            r#"[spec.names.plural: Invalid value: "Boats": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?'), spec.names.singular: Invalid value: "a_boat": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?'), spec.names.kind: Invalid value: "Bo_at": may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?'), spec.names.listKind: Invalid value: "Bo_at": may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?'), spec.names.shortNames[1]: Invalid value: "B": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?'), spec.names.listKind: Invalid value: "Bo_at": kind and listKind may not be the same, spec.names.categories[1]: Invalid value: "1": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')]"#
        ]],
    );
}

#[test]
fn versions() {
    check(
        &boats_with(&[("/versions", Value::Null)]),
        expect![[
            r#"[spec.versions: Invalid value: null: must have exactly one version marked as storage version, status.storedVersions: Invalid value: null: must have at least one stored version]"#
        ]],
    );
    check(
        &boats_with(&[("/versions", json!([]))]),
        expect![[
            r#"[spec.versions: Invalid value: []: must have exactly one version marked as storage version, status.storedVersions: Invalid value: null: must have at least one stored version]"#
        ]],
    );
    check(
        &boats_with(&[(
            "/versions",
            json!([version("v1", true), version("v1", true)]),
        )]),
        expect![[
            r#"[spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":true,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null},{"Name":"v1","Served":true,"Storage":true,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must contain unique version names, spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":true,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null},{"Name":"v1","Served":true,"Storage":true,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must have exactly one version marked as storage version, status.storedVersions: Invalid value: ["v1"]: must have the storage version v1]"#
        ]],
    );
    check(
        &boats_with(&[("/versions/0/name", json!("V1"))]),
        expect![[
            r#"[spec.versions[0].name: Invalid value: "V1": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?'), spec.version: Invalid value: "V1": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')]"#
        ]],
    );
    check(
        &boats_with(&[("/versions/0/schema", Value::Null)]),
        expect![[r#"spec.versions[0].schema.openAPIV3Schema: Required value"#]],
    );
    let mut other = version("v2", false);
    other["schema"] = Value::Null;
    check(
        &boats_with(&[("/versions", json!([version("v1", true), other]))]),
        expect![[r#"spec.versions[1].schema.openAPIV3Schema: Required value"#]],
    );
}

#[test]
fn a_definition_of_old_times() {
    check(
        &boats_with(&[("/preserveUnknownFields", json!(true))]),
        expect![[
            r#"spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"#
        ]],
    );
    let old = established(boats_with(&[("/preserveUnknownFields", json!(true))]));
    check_update(&old, &old, expect!["[]"]);
    let size = "/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/default";
    let with_default = boats_with(&[("/preserveUnknownFields", json!(true)), (size, json!(1))]);
    check_update(
        &old,
        &with_default,
        expect![[
            r#"spec.preserveUnknownFields: Invalid value: true: must be false in order to use defaults in the schema"#
        ]],
    );
    let webhook = boats_with(&[
        ("/preserveUnknownFields", json!(true)),
        (
            "/conversion",
            json!({"strategy": "Webhook", "webhook": {"clientConfig": {"url": "https://a"}, "conversionReviewVersions": ["v1"]}}),
        ),
    ]);
    check_update(
        &old,
        &webhook,
        expect![[
            r#"spec.conversion.strategy: Invalid value: "Webhook": must be None if spec.preserveUnknownFields is true"#
        ]],
    );
}

#[test]
fn approval() {
    let mut document = boats_with(&[("/group", json!("boats.k8s.io"))]);
    check(
        &document,
        expect![[
            r#"metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111"#
        ]],
    );
    let stored = document.clone();
    check_update(&stored, &stored, expect!["[]"]);
    document["metadata"]["annotations"] = json!({"api-approved.kubernetes.io": "yes"});
    check(
        &document,
        expect![[
            r#"metadata.annotations[api-approved.kubernetes.io]: Invalid value: "yes": protected groups must have approval annotation "api-approved.kubernetes.io" with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111"#
        ]],
    );
    check_update(
        &stored,
        &document,
        expect![[
            r#"metadata.annotations[api-approved.kubernetes.io]: Invalid value: "yes": protected groups must have approval annotation "api-approved.kubernetes.io" with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111"#
        ]],
    );
    document["metadata"]["annotations"] = json!({"api-approved.kubernetes.io": "unapproved"});
    check(&document, expect!["[]"]);
    check_update(&stored, &document, expect!["[]"]);
}

#[test]
fn what_never_changes() {
    let changed = boats_with(&[
        ("/group", json!("other.com")),
        ("/scope", json!("Cluster")),
        ("/names", json!({"plural": "ships", "kind": "Ship"})),
    ]);
    check_update(
        &boats(),
        &changed,
        expect![[
            r#"[spec.group: Invalid value: "other.com": field is immutable, spec.names.plural: Invalid value: "ships": field is immutable]"#
        ]],
    );
    check_update(
        &established(boats()),
        &changed,
        expect![[
            r#"[spec.scope: Invalid value: "Cluster": field is immutable, spec.names.kind: Invalid value: "Ship": field is immutable, spec.group: Invalid value: "other.com": field is immutable, spec.names.plural: Invalid value: "ships": field is immutable]"#
        ]],
    );
}

#[test]
fn stored_versions() {
    let old = established(boats());
    let renamed = boats_with(&[("/versions", json!([version("v2", true)]))]);
    check_update(
        &old,
        &renamed,
        expect![[
            r#"status.storedVersions[0]: Invalid value: "v1": missing from spec.versions; v1 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v1 and removes v1 from status.storedVersions"#
        ]],
    );
    let mut without = established(renamed);
    without["status"]["storedVersions"] = json!(["v2"]);
    check_update(&without, &without, expect!["[]"]);
}

#[test]
fn schemas_may_stay_missing() {
    let bare = |preserve: bool| {
        boats_with(&[
            ("/versions/0/schema", Value::Null),
            ("/preserveUnknownFields", json!(preserve)),
        ])
    };
    check_update(&bare(true), &bare(true), expect!["[]"]);
    check_update(
        &bare(true),
        &bare(false),
        expect![[
            r#"spec.versions[0].schema.openAPIV3Schema: Required value: because otherwise all fields are pruned"#
        ]],
    );
    check_update(
        &boats(),
        &bare(false),
        expect![[r#"spec.versions[0].schema.openAPIV3Schema: Required value"#]],
    );
}
