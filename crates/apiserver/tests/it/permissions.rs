//! Who may, impersonation, tokens and reviews.
use crate::kit::{Kit, run, send, send_with, user};
use base64::{Engine as _, engine::general_purpose::STANDARD};
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
            "forbidden: User \"jane\" cannot impersonate-on:user-info:get path \"/version\""
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

#[test]
fn tokens_are_bound_to_what_exists() {
    run(|kit: Kit| async move {
        let path = "/api/v1/namespaces/n/serviceaccounts/default/token";
        kit.post("/api/v1/namespaces/n/pods", crate::kit::pod("p", json!({})))
            .await
            .expect(201);
        let bound =
            json!({"spec": {"boundObjectRef": {"kind": "Pod", "apiVersion": "v1", "name": "p"}}});
        let made = kit.post(path, bound).await.expect(201);
        assert_eq!(made["metadata"]["name"], "default");
        let review = json!({"spec": {"token": made["status"]["token"]}});
        let reviews = "/apis/authentication.k8s.io/v1/tokenreviews";
        let good = kit.post(reviews, review.clone()).await.expect(201);
        assert_eq!(
            good["status"]["user"]["username"],
            "system:serviceaccount:n:default"
        );
        assert_eq!(
            good["status"]["user"]["extra"]["authentication.kubernetes.io/pod-name"],
            json!(["p"])
        );
        kit.delete("/api/v1/namespaces/n/pods/p", Value::Null)
            .await
            .expect(200);
        let gone = kit.post(reviews, review).await.expect(201);
        assert_eq!(gone["status"]["authenticated"], Value::Null);
        let short = kit
            .post(path, json!({"spec": {"expirationSeconds": 10}}))
            .await;
        assert!(
            short
                .message(422)
                .contains("may not specify a duration less than 10 minutes")
        );
    });
}

#[test]
fn bootstrap_tokens_are_secrets_of_the_system() {
    run(|kit: Kit| async move {
        let space = json!({"metadata": {"name": "kube-system"}});
        kit.post("/api/v1/namespaces", space).await.expect(201);
        let secrets = "/api/v1/namespaces/kube-system/secrets";
        let secret = |id: &str, change: (&str, &str)| {
            let mut data = json!({
                "token-id": id,
                "token-secret": "0123456789abcdef",
                "usage-bootstrap-authentication": "true",
                "auth-extra-groups": "system:bootstrappers:workers",
            });
            data[change.0] = change.1.into();
            for value in data.as_object_mut().unwrap().values_mut() {
                *value = STANDARD.encode(value.as_str().unwrap()).into();
            }
            json!({
                "metadata": {"name": format!("bootstrap-token-{id}")},
                "type": "bootstrap.kubernetes.io/token",
                "data": data,
            })
        };
        for (id, change, user) in [
            (
                "aaaaaa",
                ("description", "good"),
                json!("system:bootstrap:aaaaaa"),
            ),
            (
                "bbbbbb",
                ("usage-bootstrap-authentication", "false"),
                Value::Null,
            ),
            (
                "cccccc",
                ("expiration", "2001-01-01T00:00:00Z"),
                Value::Null,
            ),
            (
                "dddddd",
                ("expiration", "2999-01-01T00:00:00Z"),
                json!("system:bootstrap:dddddd"),
            ),
            (
                "eeeeee",
                ("auth-extra-groups", "system:masters"),
                Value::Null,
            ),
            ("ffffff", ("token-secret", "fedcba9876543210"), Value::Null),
        ] {
            kit.post(secrets, secret(id, change)).await.expect(201);
            let review = json!({"spec": {"token": format!("{id}.0123456789abcdef")}});
            let path = "/apis/authentication.k8s.io/v1/tokenreviews";
            let seen = kit.post(path, review).await.expect(201);
            assert_eq!(seen["status"]["user"]["username"], user, "{id} {change:?}");
            if id == "aaaaaa" {
                let groups = json!([
                    "system:bootstrappers",
                    "system:bootstrappers:workers",
                    "system:authenticated",
                ]);
                assert_eq!(seen["status"]["user"]["groups"], groups);
            }
        }
    });
}

#[test]
fn grants_and_what_may_not_be_granted() {
    run(|kit: Kit| async move {
        let rbac = "/apis/rbac.authorization.k8s.io/v1";
        let role = |name: &str, rules: Value| json!({"metadata": {"name": name}, "rules": rules});
        let read = json!([{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}]);
        let roles = json!([{"apiGroups": ["apps"], "resources": ["*"], "verbs": ["*"]}]);
        let creates = json!([{"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["clusterroles"], "verbs": ["create"]}]);
        kit.post(&format!("{rbac}/clusterroles"), role("reader", read))
            .await
            .expect(201);
        kit.post(&format!("{rbac}/clusterroles"), role("roles", creates))
            .await
            .expect(201);
        for (name, role) in [("a", "reader"), ("b", "roles")] {
            let binding = json!({
                "metadata": {"name": name},
                "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
                "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "jane"}],
            });
            kit.post(&format!("{rbac}/clusterrolebindings"), binding)
                .await
                .expect(201);
        }
        let jane = kit
            .server
            .in_process(user("jane", &["system:authenticated"]));
        send(&jane, "GET", "/api/v1/pods", "", Value::Null)
            .await
            .expect(200);
        send(
            &jane,
            "DELETE",
            "/api/v1/namespaces/n/pods",
            "",
            Value::Null,
        )
        .await
        .expect(403);
        let refused = send(
            &jane,
            "POST",
            &format!("{rbac}/clusterroles"),
            "application/json",
            role("more", roles),
        )
        .await;
        let words = refused.message(403);
        assert!(
            words.contains("is attempting to grant RBAC permissions not currently held"),
            "{words}"
        );
        let held = json!([{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]);
        send(
            &jane,
            "POST",
            &format!("{rbac}/clusterroles"),
            "application/json",
            role("same", held),
        )
        .await
        .expect(201);
    });
}

#[test]
fn a_node_writes_itself_and_its_pods_only() {
    run(|kit: Kit| async move {
        let role = json!({"metadata": {"name": "system:node"}, "rules": [
            {"apiGroups": [""], "resources": ["pods", "configmaps", "pods/status"], "verbs": ["*"]},
        ]});
        kit.post("/apis/rbac.authorization.k8s.io/v1/clusterroles", role)
            .await
            .expect(201);
        for (name, node) in [("mine", "x"), ("other", "y")] {
            let mut pod = crate::kit::pod(name, json!({}));
            pod["spec"]["nodeName"] = json!(node);
            kit.post("/api/v1/namespaces/n/pods", pod).await.expect(201);
        }
        kit.post(
            "/api/v1/namespaces/n/configmaps",
            json!({"metadata": {"name": "c"}}),
        )
        .await
        .expect(201);
        let node = kit.server.in_process(user(
            "system:node:x",
            &["system:nodes", "system:authenticated"],
        ));
        for (method, path, code) in [
            ("GET", "/api/v1/namespaces/n/pods/mine", 200),
            ("GET", "/api/v1/namespaces/n/pods/other", 403),
            ("DELETE", "/api/v1/namespaces/n/pods/other", 403),
            ("GET", "/api/v1/namespaces/n/configmaps/c", 403),
            ("GET", "/api/v1/namespaces/n/configmaps", 403),
        ] {
            send(&node, method, path, "", Value::Null)
                .await
                .expect(code);
        }
    });
}
