//! How webhooks are spoken to: in which version, and for how long.
use super::{
    MAPS, add, allowed, map,
    other::{Says, run},
    patch,
};
use serde_json::json;
use std::time::Duration;

#[test]
fn webhooks_of_the_old_version_are_asked_in_it() {
    run(|cluster| async move {
        let old = json!({"admissionReviewVersions": ["v2", "v1beta1"]});
        let (mutating, validating) = (cluster.hook("m", &old), cluster.hook("v", &old));
        cluster.register("mutating", &[mutating]).await;
        cluster.register("validating", &[validating]).await;
        let mut change = patch(&json!([add("/data/b", "2")]));
        // What v1 demands, v1beta1 does not.
        change.as_object_mut().unwrap().remove("patchType");
        cluster.says("/m", Says::Response(change.clone()));
        // And what v1 refuses, it does not look at.
        let ignored = json!({"allowed": true, "patch": "W10=", "warnings": ["old"]});
        cluster.says("/v", Says::Response(ignored));
        let made = cluster.kit.post(MAPS, map("a")).await;
        assert_eq!(made.headers["warning"], "299 - \"old\"");
        let made = made.expect(201);
        assert_eq!(made["data"], json!({"a": "1", "b": "2"}));
        let asked = cluster.asked();
        let asked: Vec<_> = asked
            .iter()
            .map(|(path, review)| (path.as_str(), &review["apiVersion"], &review["kind"]))
            .collect();
        let version = &json!("admission.k8s.io/v1beta1");
        let kind = &json!("AdmissionReview");
        let wanted = [
            ("/m?timeout=10s", version, kind),
            ("/v?timeout=10s", version, kind),
        ];
        assert_eq!(asked, wanted);
        let status = json!({"code": 403, "reason": "Forbidden", "message": "no"});
        cluster.says(
            "/v",
            Says::Response(json!({"allowed": false, "status": status})),
        );
        let words = "admission webhook \"v.example.com\" denied the request: no";
        let refused = cluster.kit.post(MAPS, map("b")).await;
        assert_eq!(refused.message(403), words);
    });
}

#[test]
fn whoever_is_busy_is_asked_again() {
    run(|cluster| async move {
        let hook = cluster.hook("v", &json!({}));
        cluster.register("validating", &[hook]).await;
        let clock = cluster.kit.platform.clock.clone();
        let began = clock.monotonic();
        cluster.says("/v", Says::Busy(2, 429, "3"));
        cluster.kit.post(MAPS, map("a")).await.expect(201);
        let took = clock.monotonic().since(began);
        assert!(took >= Duration::from_secs(6), "{took:?}");
        assert_eq!(cluster.asked().len(), 3);
        let refused = async |busy: Says, words: &str| {
            cluster.says("/v", busy);
            let message = cluster.kit.post(MAPS, map("b")).await.message(500);
            let head = "Internal error occurred: failed calling webhook \"v.example.com\": failed to call webhook: ";
            assert_eq!(message, format!("{head}{words}"));
            cluster.asked().len()
        };
        let late = "Post \"https://hooks.example/v?timeout=10s\": context deadline exceeded";
        assert_eq!(refused(Says::Busy(9, 503, "4"), late).await, 3);
        let busy = "the server has received too many requests and has asked us to try again later";
        assert_eq!(refused(Says::Busy(99, 429, "0"), busy).await, 11);
        let failed = "an error on the server (\"busy\") has prevented the request from succeeding";
        assert_eq!(refused(Says::Busy(9, 500, "soon"), failed).await, 1);
        // A refusal for good is none to wait after.
        let found = "the server could not find the requested resource";
        assert_eq!(refused(Says::Busy(9, 404, "1"), found).await, 1);
        cluster.says("/v", allowed());
        cluster.kit.post(MAPS, map("b")).await.expect(201);
    });
}
