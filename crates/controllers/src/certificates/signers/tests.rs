//! What each signer takes.

use super::{API_CLIENT, KUBELET_CLIENT, KUBELET_SERVING, LEGACY_UNKNOWN, check};
use crate::certificates::testing::{ANN, NAMED, NODE, request};
use meta::Str;

#[track_caller]
fn says(signer: &str, pem: &str, usages: &[&str], expect: Result<bool, &str>) {
    let usages: Vec<Str> = usages.iter().map(|usage| Str::from(*usage)).collect();
    let answer = check(signer, &request(pem), &usages);
    assert_eq!(answer, expect.map_err(str::to_owned));
}

const CLIENT: &[&str] = &["client auth", "digital signature", "key encipherment"];
const SERVER: &[&str] = &["server auth", "digital signature"];

#[test]
fn clients_of_the_api() {
    says(API_CLIENT, ANN, CLIENT, Ok(true));
    says(API_CLIENT, ANN, &["client auth"], Ok(true));
    says(
        API_CLIENT,
        ANN,
        &["client auth", "server auth"],
        Err("invalid usage for client certificate: server auth"),
    );
    says(
        API_CLIENT,
        ANN,
        &["digital signature"],
        Err("missing required usage for client certificate: client auth"),
    );
}

#[test]
fn kubelets() {
    says(KUBELET_CLIENT, NODE, CLIENT, Ok(true));
    says(KUBELET_CLIENT, NODE, &CLIENT[..2], Ok(true));
    says(
        KUBELET_CLIENT,
        ANN,
        CLIENT,
        Err("subject organization is not system:nodes"),
    );
    says(
        KUBELET_CLIENT,
        NAMED,
        CLIENT,
        Err("DNS subjectAltNames are not allowed"),
    );
    says(
        KUBELET_CLIENT,
        NODE,
        SERVER,
        Err("usages did not match [client auth digital signature key encipherment]"),
    );
    says(
        KUBELET_SERVING,
        NODE,
        SERVER,
        Err("DNS or IP subjectAltName is required"),
    );
    says(
        KUBELET_SERVING,
        NAMED,
        SERVER,
        Err("Email subjectAltNames are not allowed"),
    );
}

#[test]
fn others() {
    says(LEGACY_UNKNOWN, ANN, &["any"], Ok(true));
    says("example.com/signer", ANN, CLIENT, Ok(false));
}
