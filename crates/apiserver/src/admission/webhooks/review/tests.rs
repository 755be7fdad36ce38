use super::{ReviewVersion, Sort, Unusable, denial, read};
use meta::Status;
use serde_json::{Value, json};

fn review(version: &str, response: Value) -> Vec<u8> {
    let review = json!({
        "apiVersion": format!("admission.k8s.io/{version}"),
        "kind": "AdmissionReview",
        "response": response,
    });
    review.to_string().into_bytes()
}

#[track_caller]
fn refused(sort: Sort, response: Value, words: &str) {
    let body = review("v1", response);
    let unusable = read(&body, ReviewVersion::V1, sort, "u").unwrap_err();
    assert_eq!(unusable, Unusable::Invalid(words.to_owned()));
}

#[test]
fn answers_that_are_none() {
    use Sort::{Mutating, Validating};
    refused(Mutating, json!(null), "webhook response was absent");
    let other = json!({"uid": "v"});
    refused(Mutating, other, "expected response.uid=\"u\", got \"v\"");
    let patch = |patch: Value| json!({"uid": "u", "allowed": true, "patch": patch});
    refused(
        Mutating,
        patch(json!("W10=")),
        "webhook returned response.patch but not response.patchType",
    );
    let typed = json!({"uid": "u", "patchType": "JSONPatch"});
    refused(
        Mutating,
        typed.clone(),
        "webhook returned response.patchType but not response.patch",
    );
    refused(
        Validating,
        patch(json!("W10=")),
        "validating webhook may not return response.patch",
    );
    refused(
        Validating,
        typed,
        "validating webhook may not return response.patchType",
    );
}

#[test]
fn answers_say_what_they_are() {
    let check = |body: Value, version: ReviewVersion, wanted: Unusable| {
        let body = body.to_string();
        let unusable = read(body.as_bytes(), version, Sort::Mutating, "u").unwrap_err();
        assert_eq!(unusable, wanted);
    };
    let response = json!({"uid": "u", "allowed": true});
    let old = json!({"apiVersion": "admission.k8s.io/v1beta1", "kind": "AdmissionReview", "response": response});
    let words = "converting (v1beta1.AdmissionReview) to (v1.AdmissionReview): unknown conversion";
    check(
        old,
        ReviewVersion::V1,
        Unusable::Undecodable(words.to_owned()),
    );
    let untyped = json!({"response": response});
    let words =
        "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind=";
    check(
        untyped.clone(),
        ReviewVersion::V1,
        Unusable::Invalid(words.to_owned()),
    );
    let body = untyped.to_string();
    let read = read(body.as_bytes(), ReviewVersion::V1Beta1, Sort::Mutating, "v");
    assert!(read.unwrap().allowed);
}

#[test]
fn v1beta1_is_not_looked_at_closely() {
    let body = review("v1beta1", json!({"allowed": true, "patch": "W10="}));
    let mutating = read(&body, ReviewVersion::V1Beta1, Sort::Mutating, "u").unwrap();
    assert!(mutating.allowed);
    let got = (mutating.patch.as_slice(), mutating.patch_type.as_str());
    assert_eq!(got, (&b"[]"[..], "JSONPatch"));
    let validating = read(&body, ReviewVersion::V1Beta1, Sort::Validating, "u").unwrap();
    assert!(validating.patch.is_empty());
}

#[test]
fn denials() {
    let check = |status: Option<Value>, code: u16, message: &str| {
        let status = status.map(|status| {
            let decoded = meta::codec::from_value::<Status>(&status);
            decoded.unwrap().object
        });
        let error = denial("w.example.com", status);
        assert_eq!((error.code, error.message.as_str()), (code, message));
    };
    const BY: &str = "admission webhook \"w.example.com\" denied the request";
    check(None, 400, &format!("{BY} without explanation"));
    let reason = json!({"reason": "Forbidden", "code": 403});
    check(Some(reason), 403, &format!("{BY}: Forbidden"));
    let said = json!({"message": "no", "code": 200, "status": "Success"});
    check(Some(said), 400, &format!("{BY}: no"));
    let teapot = json!({"message": "no", "code": 418});
    check(Some(teapot), 418, &format!("{BY}: no"));
}
