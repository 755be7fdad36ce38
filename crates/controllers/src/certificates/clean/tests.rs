//! When requests go.

use super::due;
use crate::certificates::testing::{ANN, csr};
use serde_json::{Value, json};

/// A condition, and the certificate -> the second in which the request goes.
#[track_caller]
fn check(type_: &str, certificate: &str, expect: Option<i64>) {
    let mut status = json!({"certificate": certificate});
    if !type_.is_empty() {
        let condition =
            json!({"type": type_, "status": "True", "lastUpdateTime": "1970-01-01T01:00:00Z"});
        status["conditions"] = Value::Array(vec![condition]);
    }
    let csr = csr("s", ANN, &["any"], status);
    assert_eq!(due(&csr).map(|time| time.unix_seconds()), expect);
}

#[test]
fn when_requests_go() {
    check("", "", Some(24 * 3600 + 2));
    check("Approved", "", None);
    check("Approved", "eA==", Some(2 * 3600 + 1));
    check("Denied", "", Some(2 * 3600 + 1));
    check("Failed", "", Some(2 * 3600 + 1));
    check("Other", "", None);
}
