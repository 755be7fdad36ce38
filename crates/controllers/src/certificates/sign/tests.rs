//! What is issued, for how long, and what fails.

use super::{Step, plan, validity};
use crate::certificates::testing::{ANN, csr};
use serde_json::{Value, json};

const SIGNER: &str = "kubernetes.io/kube-apiserver-client";

/// In words.
fn planned(signer: &str, usages: &[&str], status: Value) -> String {
    match plan(&csr(signer, ANN, usages, status)).unwrap() {
        None => "nothing".to_owned(),
        Some(Step::Fail(why)) => why,
        Some(Step::Issue(..)) => "issue".to_owned(),
    }
}

fn with(types: &[&str]) -> Value {
    let conditions = types.iter();
    let conditions: Vec<_> = conditions
        .map(|type_| json!({"type": type_, "status": "True"}))
        .collect();
    json!({"conditions": conditions})
}

#[test]
fn only_what_was_approved() {
    let client = &["client auth"];
    assert_eq!(planned(SIGNER, client, json!({})), "nothing");
    assert_eq!(planned(SIGNER, client, with(&["Approved"])), "issue");
    assert_eq!(planned(SIGNER, client, with(&["Denied"])), "nothing");
    let failed = with(&["Approved", "Failed"]);
    assert_eq!(planned(SIGNER, client, failed), "nothing");
    let other = planned("example.com/signer", client, with(&["Approved"]));
    assert_eq!(other, "nothing");
    let mut issued = with(&["Approved"]);
    issued["certificate"] = "eA==".into();
    assert_eq!(planned(SIGNER, client, issued), "nothing");
    assert_eq!(
        planned(SIGNER, &["server auth"], with(&["Approved"])),
        "invalid usage for client certificate: server auth"
    );
}

/// Asked seconds -> valid until, seconds after 0.
#[track_caller]
fn check(asked: Option<i32>, until: i64) {
    let validity = validity(asked, 0, 200 * 24 * 3600);
    assert_eq!(validity.not_before, -300);
    assert_eq!(validity.not_after, until);
}

#[test]
fn how_long() {
    check(Some(600), 600);
    check(Some(1), 600);
    check(Some(3600), 3600);
    check(Some(24 * 3600), 24 * 3600 - 300);
    check(None, 200 * 24 * 3600);
    check(Some(i32::MAX), 200 * 24 * 3600);
    assert_eq!(
        super::validity(None, 0, i64::MAX).not_after,
        365 * 24 * 3600 - 300
    );
}
