//! Errors and their Status.

use super::*;

#[test]
fn there_and_back() {
    let error = ApiError::not_found("apps", "deployments", "web");
    assert_eq!(error.message, "deployments.apps \"web\" not found");
    let quoted = ApiError::not_found("", "pods", "a\"\t").message;
    assert_eq!(quoted, r#"pods "a\"\t" not found"#);
    let status = error.to_status();
    assert_eq!((status.code, &*status.reason), (404, "NotFound"));
    assert_eq!(ApiError::from_status(status), error);
    assert_eq!(
        ApiError::too_many_requests("slow down", 3).retry_after_seconds(),
        Some(3)
    );
    assert_eq!(
        ApiError::forbidden("", "pods", "", "no").message,
        "pods is forbidden: no"
    );
}

#[test]
fn json() {
    let json = crate::codec::to_json(&ApiError::bad_request("no").to_status());
    let expected = r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"no","reason":"BadRequest","code":400}"#;
    assert_eq!(String::from_utf8(json).unwrap(), expected);
}
