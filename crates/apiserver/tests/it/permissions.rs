//! Who may, impersonation, tokens and reviews.
use crate::kit::{Kit, run, send, send_with, user};
use serde_json::{Value, json};

#[test]
fn denied_in_upstreams_words() {
    run(|kit: Kit| async move {
        let jane = kit
            .server
            .in_process(user("jane", &["system:authenticated"]));
        for (method, path, words) in [
            (
                "GET",
                "/api/v1/namespaces/n/pods",
                "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"n\"",
            ),
            (
                "GET",
                "/api/v1/pods",
                "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" at the cluster scope",
            ),
            (
                "GET",
                "/api/v1/namespaces/n/pods/p",
                "pods \"p\" is forbidden: User \"jane\" cannot get resource \"pods\" in API group \"\" in the namespace \"n\"",
            ),
            (
                "GET",
                "/metrics",
                "forbidden: User \"jane\" cannot get path \"/metrics\"",
            ),
        ] {
            assert_eq!(
                send(&jane, method, path, "", Value::Null)
                    .await
                    .message(403),
                words
            );
        }
        let as_jane = [("impersonate-user", "jane")];
        let answer = send_with(
            &kit.admin,
            "GET",
            "/api/v1/namespaces/n/configmaps",
            "",
            Value::Null,
            &as_jane,
        )
        .await;
        assert_eq!(answer.code, 403);
        let answer = send_with(
            &jane,
            "GET",
            "/version",
            "",
            Value::Null,
            &[("impersonate-user", "bob")],
        )
        .await;
        assert_eq!(
            answer.message(403),
            "users \"bob\" is forbidden: User \"jane\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope"
        );
    });
}

#[test]
fn reviews_answer_and_are_not_stored() {
    run(|kit: Kit| async move {
        let who = kit
            .post(
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                json!({}),
            )
            .await
            .expect(201);
        assert_eq!(who["status"]["userInfo"]["username"], "admin");
        let body = json!({"spec": {"user": "jane", "resourceAttributes": {"verb": "get", "resource": "pods", "namespace": "n"}}});
        let review = kit
            .post("/apis/authorization.k8s.io/v1/subjectaccessreviews", body)
            .await
            .expect(201);
        assert_eq!(review["status"], json!({"allowed": false}));
        let own = json!({"spec": {"resourceAttributes": {"verb": "get", "resource": "pods"}}});
        let own = kit
            .post(
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                own,
            )
            .await
            .expect(201);
        assert_eq!(own["status"]["allowed"], true);
    });
}
