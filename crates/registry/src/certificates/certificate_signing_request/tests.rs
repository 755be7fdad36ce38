use super::CertificateSigningRequests as Csrs;
use crate::testing;
use meta::FieldErrors;
use resource::{Part, Strategy, Verb};
use serde_json::{Value, json};

/// A request of an ECDSA key for the user ann.
const REQUEST: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIV01INENBUUF3SERFTU1Bb0dBMVVFQ2d3RFpHVjJNUXd3Q2dZRFZRUUREQU5oYm00d1dUQVRCZ2NxaGtqTwpQUUlCQmdncWhrak9QUU1CQndOQ0FBUXU4TTAvdXA4UFBYVDE1OU5JM3ladzVkOVJrbHRtTnM2ck9LL1ZyMHBhCnpsbEUxbHphODRtTGNKbWdkaTcyLzdRclYzTUIzUFVIMUp1bktyYXF0bTlMb0FBd0NnWUlLb1pJemowRUF3SUQKU0FBd1JRSWhBTjBRREY4M1ZGWWJ2U0ZKdTBnTVJKMEhDT2xjcXRseDZuRE5TZXQvNVZwVkFpQW9ja21rREpoUApUZ1VkOFEvY0VxKzdMQkthSlIrbHRvaEZKS1F0R3k4UVhnPT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==";

fn request() -> Value {
    json!({"metadata": {"name": "r"}, "spec": {
        "request": REQUEST,
        "signerName": "kubernetes.io/kube-apiserver-client",
        "usages": ["client auth"],
    }})
}

/// A field of the spec, its value -> the errors.
#[track_caller]
fn check(field: &str, value: Value, expect: &str) {
    let csr = testing::with(&request(), &format!("/spec/{field}"), value);
    assert_eq!(testing::create(&Csrs, &csr), expect);
}

#[test]
fn what_is_wrong_with_a_request() {
    check("usages", json!(["any"]), "[]");
    check("usages", json!([]), "spec.usages: Required value");
    check(
        "usages",
        json!(["any", "any"]),
        "spec.usages[1]: Duplicate value: \"any\"",
    );
    check("signerName", json!(""), "spec.signerName: Required value");
    check(
        "signerName",
        json!("kubernetes.io/legacy-unknown"),
        "spec.signerName: Invalid value: \"kubernetes.io/legacy-unknown\": the legacy signerName is not allowed via this API version",
    );
    check(
        "signerName",
        json!("io/signer"),
        "spec.signerName: Invalid value: \"io\": should be a domain with at least two segments separated by dots",
    );
    check(
        "signerName",
        json!("a-.b-/Sign"),
        "[spec.signerName: Invalid value: \"a-.b-\": validating label \"a-\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.signerName: Invalid value: \"Sign\": validating label \"Sign\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]",
    );
    check("expirationSeconds", json!(600), "[]");
}

#[test]
fn a_request_is_signed_by_its_key() {
    let cx = testing::context(Verb::Create);
    let mut csr = testing::object(&Csrs, &request());
    let errors = |csr: &Object| {
        let mut errors = FieldErrors::new();
        Csrs.validate(&cx, &mut errors, csr);
        errors.aggregate()
    };
    assert_eq!(errors(&csr), "[]");
    let request = &mut csr.spec.request;
    let end = request.len() - "==\n-----END CERTIFICATE REQUEST-----\n".len();
    request[end - 5] = if request[end - 5] == b'A' { b'B' } else { b'A' };
    assert!(errors(&csr).ends_with("x509: ECDSA verification failure"));
    // A key on secp256k1.
    let base64 = "MIHFMG0CAQAwDjEMMAoGA1UEAwwDYW5uMFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEX1xHUv3KrbsRr3rFMG/GDY7/qHQWK7hYSaqjigSI9Z7GBbs9kNge9htSvx+OpRF0NhUnCCgQGX0UCi6dtxjOsKAAMAoGCCqGSM49BAMCA0gAMEUCIBHJQUN3r2s1PQbXLuaQDJZLMxSvEqC9TVToawHrYaJFAiEA85+iwBkFxA+KCHgosAwydVt+aVGl+PnWIJT8Iiq2qMw=";
    let label = "CERTIFICATE REQUEST-----";
    csr.spec.request = format!("-----BEGIN {label}\n{base64}\n-----END {label}\n")
        .into_bytes()
        .into();
    assert!(errors(&csr).ends_with("x509: unsupported elliptic curve"));
    csr.spec.request = b"x".as_slice().into();
    assert_eq!(
        errors(&csr),
        "spec.request: Invalid value: \"eA==\": PEM block type must be CERTIFICATE REQUEST"
    );
}

/// Status before, after, and the subresource -> the errors.
#[track_caller]
fn check_update(part: Option<&dyn Part<Object>>, old: Value, new: Value, expect: &str) {
    let cx = testing::context(Verb::Update);
    let [old, mut new] = [old, new].map(|status| {
        let csr = testing::with(&request(), "/status", status);
        testing::object(&Csrs, &csr)
    });
    let mut errors = FieldErrors::new();
    match part {
        Some(part) => {
            part.prepare_update(&cx, &mut new, &old);
            part.validate_update(&cx, &mut errors, &new, &old);
        }
        None => Csrs.validate_update(&cx, &mut errors, &new, &old),
    }
    assert_eq!(errors.aggregate(), expect);
}

type Object = api::certificates::v1::CertificateSigningRequest;

#[test]
fn each_path_changes_its_own_part() {
    let approved = json!({"conditions": [{"type": "Approved", "status": "True", "lastUpdateTime": "2026-01-01T00:00:00Z", "lastTransitionTime": "2026-01-01T00:00:00Z"}]});
    let denied = json!({"conditions": [{"type": "Denied", "status": "True"}]});
    let none = json!({});
    let (approval, status) = (&super::Approval, &super::Status);
    check_update(Some(approval), none.clone(), approved.clone(), "[]");
    check_update(
        Some(approval),
        approved.clone(),
        none.clone(),
        "status.conditions: Forbidden: updates may not remove a condition of type \"Approved\"",
    );
    check_update(
        Some(status),
        none.clone(),
        denied.clone(),
        "status.conditions: Forbidden: updates may not add a condition of type \"Denied\"",
    );
    check_update(Some(status), approved.clone(), approved.clone(), "[]");
    let both = json!({"conditions": [{"type": "Approved", "status": "True"}, {"type": "Denied", "status": "True"}]});
    check_update(
        Some(approval),
        none.clone(),
        both,
        "status.conditions: Invalid value: \"Denied\": Approved and Denied conditions are mutually exclusive",
    );
    let twice = json!({"conditions": [{"type": "Failed", "status": "False"}]});
    check_update(
        Some(status),
        none.clone(),
        twice,
        "status.conditions[0].status: Unsupported value: \"False\": supported values: \"True\"",
    );
    check_update(
        Some(status),
        none.clone(),
        json!({"certificate": "eA=="}),
        "status.certificate: Invalid value: \"<certificate data>\": must contain at least one CERTIFICATE PEM block",
    );
    check_update(
        None,
        none,
        json!({"certificate": "eA=="}),
        "[status.certificate: Invalid value: \"<certificate data>\": must contain at least one CERTIFICATE PEM block, status.certificate: Forbidden: updates may not set certificate content]",
    );
}

#[test]
fn the_server_says_who_asks() {
    let cx = testing::context(Verb::Create);
    let spoofed = testing::with(&request(), "/spec/username", json!("root"));
    let mut csr = testing::object(&Csrs, &spoofed);
    Csrs.prepare_create(&cx, &mut csr);
    assert_eq!(csr.spec.username, "ann");
    assert_eq!(csr.spec.groups, ["dev"]);
    assert_eq!(super::condition(&csr), "Pending");
}

#[test]
fn the_spec_stays() {
    let changed = testing::with(&request(), "/spec/usages", json!([]));
    assert_eq!(testing::update(&Csrs, &request(), &changed), "[]");
}
