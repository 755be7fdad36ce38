use super::*;
use expect_test::{Expect, expect};

#[track_caller]
fn check_approval(annotation: &str, expect: Expect) {
    let mut metadata = ObjectMeta::default();
    metadata
        .annotations
        .insert(APPROVED_ANNOTATION, annotation.into());
    expect.assert_eq(&format!("{:?}", approval(&metadata)));
}

#[test]
fn approvals() {
    check_approval(
        "https://github.com/kubernetes/kubernetes/pull/78458",
        expect![[
            r#"(Approved, "approved in https://github.com/kubernetes/kubernetes/pull/78458")"#
        ]],
    );
    check_approval(
        "unapproved, other text",
        expect![[r#"(Bypassed, "not approved: \"unapproved, other text\"")"#]],
    );
    check_approval(
        "",
        expect![[
            r#"(Missing, "protected groups must have approval annotation \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111")"#
        ]],
    );
    check_approval(
        "invalid",
        expect![[
            r#"(Invalid, "protected groups must have approval annotation \"api-approved.kubernetes.io\" with either a URL or a reason starting with \"unapproved\", see https://github.com/kubernetes/enhancements/pull/1111")"#
        ]],
    );
}

#[test]
fn urls() {
    for good in [
        "https://a",
        "http://a.b:80/c?d",
        "x+y://u@h/p%20q",
        "https://[::1]:8/",
    ] {
        assert!(is_absolute_url(good), "{good}");
    }
    for bad in [
        "https://",
        "https:a",
        "/a",
        "a.b/c",
        "1a://b",
        "https://a b",
        "https://a:b/",
        "https://a/%zz",
        "https:///path",
        "https://a/\u{1}",
    ] {
        assert!(!is_absolute_url(bad), "{bad}");
    }
}

#[test]
fn groups() {
    for protected in [
        "k8s.io",
        "sigs.k8s.io",
        "kubernetes.io",
        "a.b.kubernetes.io",
    ] {
        assert!(is_protected_group(protected), "{protected}");
    }
    for free in [
        "",
        "example.com",
        "notk8s.io",
        "k8s.io.example.com",
        "x-kubernetes.io",
    ] {
        assert!(!is_protected_group(free), "{free}");
    }
}

#[test]
fn a_condition_keeps_its_time_while_its_status_stays() {
    let mut status = CustomResourceDefinitionStatus::default();
    let mut new = Condition {
        type_: "Established",
        status: "False",
        reason: "NotAccepted",
        message: "not all names are accepted".to_owned(),
    };
    set_condition(&mut status, &new, Time::from_unix_seconds(1));
    new.reason = "Installing";
    set_condition(&mut status, &new, Time::from_unix_seconds(2));
    let there = &status.conditions[0];
    assert_eq!(there.last_transition_time, Time::from_unix_seconds(1));
    assert!(new.says(there));
    new.status = "True";
    assert!(!new.says(there));
    set_condition(&mut status, &new, Time::from_unix_seconds(3));
    let there = &status.conditions[0];
    assert_eq!(there.last_transition_time, Time::from_unix_seconds(3));
    assert_eq!(status.conditions.len(), 1);
    let mut definition = CustomResourceDefinition::default();
    assert!(!is_established(&definition));
    definition.status = status;
    assert!(is_established(&definition));
    assert_eq!(
        condition(&definition, "Established").unwrap().reason,
        "Installing"
    );
}

#[track_caller]
fn check_bundle(bundle: &str, expect: Expect) {
    expect.assert_eq(
        ca_bundle_problem(bundle.as_bytes())
            .as_deref()
            .unwrap_or("usable"),
    );
}

#[test]
fn bundles() {
    check_bundle("", expect!["usable"]);
    check_bundle(
        "not PEM",
        expect!["unable to load root certificates: unable to parse bytes as PEM block"],
    );
    check_bundle(
        "-----BEGIN KEY-----\naGVsbG8=\n-----END KEY-----\n",
        expect!["unable to load root certificates: no valid certificate authority data seen"],
    );
    check_bundle(
        "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n",
        expect![
            "unable to load root certificates: failed to parse certificate: x509: malformed certificate"
        ],
    );
    check_bundle(include_str!("../../test_data/ca.pem"), expect!["usable"]);
}
