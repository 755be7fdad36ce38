//! `proxy` subresources.
use crate::{
    backend::{Backend, Kubelet},
    kit::{self, Kit, send_bytes, send_with, user},
};
use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt;
use platform::Platform;
use serde_json::{Value, json};
use std::sync::Arc;

/// Runs a scenario against a cluster with the node `here` and, in the namespace `n`, pod `web` with a service before it.
fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Kit, Arc<Backend>) -> F) {
    platform::simulated::run(7, |platform: Platform| async move {
        let backend = Arc::new(Backend::default());
        let kit = kit::start(platform, kit::all_kinds(), |config| {
            config.dial = Arc::<Backend>::clone(&backend);
            config.nodes = Arc::new(Kubelet(Arc::clone(&backend)));
        })
        .await;
        fill(&kit).await;
        scenario(kit, backend).await;
    });
}

async fn fill(kit: &Kit) {
    let meta = |name: &str| json!({"name": name});
    let namespace = json!({"metadata": meta("n")});
    kit.post("/api/v1/namespaces", namespace).await.expect(201);
    let account = json!({"metadata": meta("default")});
    let accounts = "/api/v1/namespaces/n/serviceaccounts";
    kit.post(accounts, account).await.expect(201);
    pod(kit, "web", json!([{"containerPort": 8080}]), "10.0.0.7").await;
    let service =
        json!({"metadata": meta("web"), "spec": {"ports": [{"name": "http", "port": 80}]}});
    let services = "/api/v1/namespaces/n/services";
    kit.post(services, service).await.expect(201);
    let bare = json!({"metadata": meta("bare"), "spec": {"ports": [{"port": 80}]}});
    kit.post(services, bare).await.expect(201);
    endpoints(
        kit,
        "web",
        json!([{
            "addresses": [
                {"ip": "10.0.0.9"},
                {"ip": "10.0.0.7", "targetRef": {"kind": "Pod", "namespace": "n", "name": "web"}},
            ],
            "ports": [{"name": "http", "port": 8080}],
        }]),
    )
    .await;
    endpoints(kit, "bare", json!([])).await;
    let node = json!({
        "metadata": meta("here"),
        "status": {
            "addresses": [{"type": "InternalIP", "address": "192.168.0.1"}],
            "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}},
        },
    });
    kit.post("/api/v1/nodes", node).await.expect(201);
    let near = json!({
        "metadata": meta("near"),
        "status": {"addresses": [{"type": "Hostname", "address": "near"}]},
    });
    kit.post("/api/v1/nodes", near).await.expect(201);
    kit.post("/api/v1/nodes", json!({"metadata": meta("far")}))
        .await
        .expect(201);
}

async fn pod(kit: &Kit, name: &str, ports: Value, address: &str) {
    let pods = "/api/v1/namespaces/n/pods";
    let container = json!({"name": "c", "image": "i", "ports": ports});
    let pod = json!({"metadata": {"name": name}, "spec": {"containers": [container]}});
    kit.post(pods, pod).await.expect(201);
    let status = json!({"status": {"podIP": address, "podIPs": [{"ip": address}]}});
    let path = format!("{pods}/{name}/status");
    let media = "application/merge-patch+json";
    kit.patch(&path, media, status).await.expect(200);
}

async fn endpoints(kit: &Kit, name: &str, subsets: Value) {
    let object = json!({"metadata": {"name": name}, "subsets": subsets});
    let path = "/api/v1/namespaces/n/endpoints";
    kit.post(path, object).await.expect(201);
}

const WEB: &str = "/api/v1/namespaces/n/pods/web/proxy";

#[test]
fn a_request_goes_on_to_the_pod() {
    run(|kit, backend| async move {
        let headers = [
            ("host", "cluster"),
            ("x-forwarded-for", "1.2.3.4"),
            ("keep-alive", "5"),
            ("cookie", "a=b"),
        ];
        let path = format!("{WEB}/a%20b/../c/?x=1&y=%2F");
        let body = Bytes::from_static(b"hello");
        let answer = send_bytes(&kit.admin, "POST", &path, body, &headers).await;
        assert_eq!(
            answer.expect(200),
            json!({
                "method": "POST",
                "target": "/c/?x=1&y=%2F",
                "headers": {
                    "content-length": "5",
                    "cookie": "a=b",
                    "host": "cluster",
                    "x-forwarded-for": "1.2.3.4",
                    "x-forwarded-uri": format!("{WEB}/c/"),
                },
                "body": "hello",
            })
        );
        assert_eq!(backend.dialed(), ["10.0.0.7 8080"]);
    });
}

#[test]
fn all_methods_go_on_and_answers_come_back_as_they_are() {
    run(|kit, _backend| async move {
        for method in ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            let path = format!("{WEB}/x");
            let answer = send_bytes(&kit.admin, method, &path, Bytes::new(), &[]);
            assert_eq!(answer.await.expect(200)["method"], method);
        }
        let missing = kit.get(&format!("{WEB}/missing")).await;
        assert_eq!((missing.code, &*missing.text), (404, "nothing here"));
        let cors = kit.get(&format!("{WEB}/cors")).await;
        assert!(!cors.headers.contains_key("access-control-allow-origin"));
        assert_eq!(cors.headers["x-kept"], "*");
        assert_eq!(cors.headers["cache-control"], "no-cache, private");
    });
}

#[test]
fn links_and_redirects_lead_back() {
    run(|kit, _backend| async move {
        let bare = kit.get(&format!("{WEB}?x=1")).await;
        assert_eq!(bare.code, 301);
        assert_eq!(bare.headers["location"], format!("{WEB}/?x=1"));
        let page = kit.get(&format!("{WEB}/page")).await;
        assert_eq!(page.text, format!(r#"<a href="{WEB}/next">n</a>"#));
        let redirect = kit.get(&format!("{WEB}/redirect")).await;
        assert_eq!(redirect.code, 302);
        assert_eq!(
            redirect.headers["location"],
            format!("{WEB}/elsewhere/?x=1")
        );
        let away = kit.get(&format!("{WEB}/away")).await;
        assert_eq!(away.headers["location"], "https://example.com/");
        let odd = kit.get(&format!("{WEB}/odd")).await.message(500);
        let words =
            "error trying to parse Location header: parse \"/%zz\": invalid URL escape \"%zz\"";
        assert_eq!(odd, format!("Internal error occurred: {words}"));
    });
}

#[test]
fn names_choose_scheme_and_port() {
    run(|kit, backend| async move {
        let path = |what: &str| format!("/api/v1/namespaces/n/{what}/proxy/x");
        let dialed = [
            ("pods/web", "10.0.0.7 8080"),
            ("pods/web:9", "10.0.0.7 9"),
            ("pods/http:web:10", "10.0.0.7 10"),
            ("services/web:http", "10.0.0.7 8080"),
            ("services/web:80", "10.0.0.7 8080"),
            ("services/http:web:80", "10.0.0.7 8080"),
        ];
        for (what, wanted) in dialed {
            kit.get(&path(what)).await.expect(200);
            // The connection of a pod that was asked before is used again.
            let dialed = backend.dialed();
            assert!(
                dialed.is_empty() || dialed == [wanted],
                "{what}: {dialed:?}"
            );
        }
        for what in ["nodes/here", "nodes/https:here:10250", "nodes/here:10250"] {
            let answer = kit.get(&format!("/api/v1/{what}/proxy/pods")).await;
            assert_eq!(answer.expect(200)["target"], "/pods");
            assert_eq!(backend.dialed(), ["kubelet"]);
        }
        kit.get("/api/v1/nodes/here:9100/proxy/metrics")
            .await
            .expect(200);
        assert_eq!(backend.dialed(), ["192.168.0.1 9100"]);
    });
}

#[test]
fn refusals_are_upstreams() {
    run(|kit, backend| async move {
        pod(&kit, "loop", json!([]), "127.0.0.1").await;
        let path = |what: &str| format!("/api/v1/namespaces/n/{what}/proxy/x");
        let cases = [
            ("pods/ftp:web:1", 400, "invalid pod request \"ftp:web:1\""),
            ("pods/none", 404, "pods \"none\" not found"),
            ("pods/loop", 400, "address not allowed"),
            (
                "services/a:b:c:d",
                400,
                "invalid service request \"a:b:c:d\"",
            ),
            ("services/none", 404, "services \"none\" not found"),
            ("services/none:80", 404, "services \"none\" not found"),
            (
                "services/web:81",
                503,
                "no service port 81 found for service \"web\"",
            ),
            (
                "services/web",
                503,
                "no endpoints available for service \"web\"",
            ),
            (
                "services/web:nope",
                503,
                "no endpoints available for service \"web:nope\"",
            ),
            (
                "services/bare",
                503,
                "no endpoints available for service \"bare\"",
            ),
            (
                "pods/web:1",
                503,
                "error trying to reach service: dial tcp 10.0.0.7:1: connect: connection refused",
            ),
        ];
        for (what, code, words) in cases {
            assert_eq!(kit.get(&path(what)).await.message(code), words, "{what}");
        }
        let node = |what: &str| format!("/api/v1/nodes/{what}/proxy/x");
        let cases = [
            ("none", 404, "nodes \"none\" not found"),
            (
                "far:9100",
                500,
                "no preferred addresses found; known addresses: []",
            ),
            (
                "far",
                500,
                "no preferred addresses found; known addresses: []",
            ),
            ("near:9100", 400, "address not allowed"),
            (
                "near",
                503,
                "error trying to reach service: no connection to node \"near\"",
            ),
        ];
        for (what, code, words) in cases {
            assert_eq!(kit.get(&node(what)).await.message(code), words, "{what}");
        }
        let dry = kit.get(&format!("{WEB}/x?dryRun=All")).await;
        assert_eq!(dry.message(400), "dryRun is not supported");
        assert_eq!(backend.dialed(), ["10.0.0.7 1"]);
    });
}

#[test]
fn pods_of_nodes_that_cannot_be_reached() {
    run(|kit, _backend| async move {
        for (node, code, words) in [
            ("none", 404, "pods \"none\" not found"),
            (
                "far",
                500,
                "no preferred addresses found; known addresses: []",
            ),
            (
                "near",
                500,
                "error dialing backend: no connection to node \"near\"",
            ),
        ] {
            let name = format!("on-{node}");
            let pod = json!({
                "metadata": {"name": name},
                "spec": {"nodeName": node, "containers": [{"name": "c", "image": "i"}]},
            });
            kit.post("/api/v1/namespaces/n/pods", pod).await.expect(201);
            for what in ["log", "exec?command=x"] {
                let path = format!("/api/v1/namespaces/n/pods/{name}/{what}");
                assert_eq!(kit.get(&path).await.message(code), words, "{path}");
            }
        }
    });
}

#[test]
fn who_may_get_pods_may_not_reach_them() {
    run(|kit, backend| async move {
        let role = json!({
            "metadata": {"name": "reader"},
            "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["*"]}],
        });
        let roles = "/apis/rbac.authorization.k8s.io/v1";
        kit.post(&format!("{roles}/clusterroles"), role)
            .await
            .expect(201);
        let binding = json!({
            "metadata": {"name": "reader"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "reader"},
            "subjects": [{"kind": "User", "name": "eve"}],
        });
        kit.post(&format!("{roles}/clusterrolebindings"), binding)
            .await
            .expect(201);
        let eve = kit.server.in_process(user("eve", &[]));
        let refused = send_with(&eve, "POST", &format!("{WEB}/x"), "", Value::Null, &[]).await;
        assert_eq!(
            refused.message(403),
            "pods \"web\" is forbidden: User \"eve\" cannot create resource \"pods/proxy\" in API group \"\" in the namespace \"n\""
        );
        assert!(backend.dialed().is_empty());
    });
}

#[test]
fn an_answer_that_breaks_off_is_no_whole_answer() {
    run(|kit, _backend| async move {
        let request = Request::get("/api/v1/namespaces/n/pods/web:2/proxy/x")
            .body(Bytes::new())
            .unwrap();
        let mut body = kit.admin.call(request).await.into_body();
        let mut last = None;
        while let Some(frame) = body.frame().await {
            last = Some(frame.is_ok());
        }
        assert_eq!(last, Some(false));
    });
}

#[test]
fn a_backend_that_does_not_upgrade_is_said_so() {
    run(|kit, _backend| async move {
        let headers = [("connection", "Upgrade"), ("upgrade", "websocket")];
        let ask = |path: String| async move {
            send_bytes(&kit.admin, "GET", &path, Bytes::new(), &headers).await
        };
        let answer = ask(format!("{WEB}/page")).await;
        assert_eq!(
            answer.message(500),
            "invalid upgrade response: status code 200"
        );
    });
}
