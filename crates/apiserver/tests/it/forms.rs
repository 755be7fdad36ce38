//! Forms of answers, and what is said to requests that have no route, of custom resources and of kinds of this program.
use crate::{
    custom::{MERGE, SHIPS, define, ship, ships},
    full,
    kit::{Answer, Kit, pod, send, send_with},
};
use serde_json::{Value, json};

const PARTIAL: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
const PARTIAL_LIST: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
const TABLE: &str = "application/json;as=Table;g=meta.k8s.io;v=v1";
const MAPS: &str = "/api/v1/namespaces/default/configmaps";

fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Kit) -> F) {
    full::run(|kit: Kit| async move {
        define(&kit, ships()).await;
        kit.post(SHIPS, ship("a", json!({}))).await.expect(201);
        scenario(kit).await;
    });
}

async fn accepting(kit: &Kit, path: &str, accept: &str) -> Answer {
    send_with(
        &kit.admin,
        "GET",
        path,
        "",
        Value::Null,
        &[("accept", accept)],
    )
    .await
}

#[test]
fn lists_and_metadata_are_written_as_upstream_writes_them() {
    run(|kit| async move {
        let list = kit.get(SHIPS).await;
        assert!(
            list.text.contains(r#""metadata":{"continue":"","#),
            "{}",
            list.text
        );
        let empty = format!("{SHIPS}?labelSelector=none%3Dthere");
        let none = accepting(&kit, &empty, PARTIAL_LIST).await;
        assert!(none.text.contains(r#""items":null"#), "{}", none.text);
        let partial = accepting(&kit, &format!("{SHIPS}/a"), PARTIAL).await;
        let metadata = r#"{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"a","namespace":"default","uid":""#;
        assert!(partial.text.starts_with(metadata), "{}", partial.text);
        let table = accepting(&kit, SHIPS, TABLE).await;
        let column = r#""columnDefinitions":[{"name":"Name","type":"string","format":"name","description":""#;
        assert!(table.text.contains(column), "{}", table.text);
        // Kinds without columns of their own are printed by another hand.
        let ranges = "/api/v1/namespaces/default/limitranges";
        for (path, rows) in [(ranges, r#""rows":null}"#), (&empty, r#""rows":[]}"#)] {
            let none = accepting(&kit, path, TABLE).await;
            assert!(none.text.trim_end().ends_with(rows), "{}", none.text);
        }
        let one = accepting(&kit, &format!("{SHIPS}/a"), PARTIAL_LIST).await;
        assert_eq!(one.message(500), "content is not a list");
        let many = accepting(&kit, MAPS, PARTIAL).await;
        assert!(!many.text.ends_with('\n'), "as for people");
        assert_eq!(
            many.message(406),
            "you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)"
        );
    });
}

#[test]
fn kinds_of_definitions_have_no_routes() {
    run(|kit| async move {
        let path = format!("{SHIPS}/a");
        let made = kit.post(&path, ship("b", json!({}))).await.expect(201);
        assert_eq!(made["metadata"]["name"], "b");
        let nameless = kit.put(SHIPS, ship("c", json!({}))).await.message(400);
        assert_eq!(nameless, "name must be provided");
        kit.patch(SHIPS, "text/plain", json!({})).await.expect(415);
        for (method, path, verb) in [
            ("OPTIONS", path.clone(), ""),
            ("DELETE", format!("{path}/status"), "delete"),
            ("POST", format!("{path}/scale"), "create"),
        ] {
            let refused = send(&kit.admin, method, &path, "", Value::Null).await;
            assert_eq!(
                refused.message(405),
                format!("{verb} is not supported on resources of kind \"ships.sea.example.com\"")
            );
        }
        let status = json!({"kind": "Car", "status": {"size": 1}});
        kit.patch(&format!("{path}/status"), MERGE, status)
            .await
            .expect(200);
        let scale = json!({"kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": {"name": "a"}, "spec": {"replicas": 4}});
        let scaled = kit.put(&format!("{path}/scale"), scale).await.expect(200);
        assert_eq!(scaled["spec"]["replicas"], 4);
        let bodies = [
            (json!({}), "Object 'Kind' is missing in '{}' ({})"),
            (
                json!({"kind": null}),
                r#"Object 'Kind' is missing in '{"kind":null}' ({"kind":null})"#,
            ),
            (
                json!({"Kind": "Ship"}),
                r#"Object 'Kind' is missing in '{"Kind":"Ship"}' ({"Kind":"Ship"})"#,
            ),
            (
                json!({"kind": "Ship"}),
                "the API version in the data () does not match the expected API version (sea.example.com/v1)",
            ),
        ];
        for (body, why) in bodies {
            let refused = kit.post(SHIPS, body).await.message(400);
            assert!(refused.ends_with(why), "{refused}");
        }
    });
}

#[test]
fn what_has_no_route_is_told_so() {
    run(|kit| async move {
        for (method, path, code) in [
            ("GET", "/api/v1/configmaps/a", 404),
            ("POST", "/api/v1/watch/configmaps", 405),
            ("POST", "/api/v1/namespaces/watch/configmaps", 400),
            ("GET", "/api/v1/watch/nodes/a/status", 404),
            ("GET", "/api/v1/proxy/namespaces/default/pods/a", 404),
            (
                "HEAD",
                "/apis/apps/v1/namespaces/default/deployments/a/status",
                405,
            ),
            ("GET", "/apis/apps/v2/deployments", 404),
            ("GET", "/apis/apps/v2", 404),
        ] {
            let answer = send(&kit.admin, method, path, "", Value::Null).await;
            assert_eq!(answer.code, code, "{method} {path}");
            assert_eq!(answer.headers["content-type"], "application/json", "{path}");
        }
        let nothing = kit.get("/apis/apps/v1/watch?a=%3C&b").await;
        assert_eq!(nothing.code, 500);
        assert_eq!(
            nothing.text,
            "Internal Server Error: \"/apis/apps/v1/watch?a=%3C&amp;b\": failed to create RequestInfo: unable to determine kind and \
             namespace from url, /apis/apps/v1/watch?a=%3C&amp;b\n"
        );
        for (name, why) in [
            ("%2e%2e", "may not be '..'"),
            ("a%25b", "may not contain '%'"),
        ] {
            let refused = kit.get(&format!("{MAPS}/{name}")).await.message(400);
            assert!(refused.starts_with("Name parameter invalid: "), "{refused}");
            assert!(refused.ends_with(why), "{refused}");
        }
        let above = "/api/v1/namespaces/%2e%2e/configmaps";
        let refused = kit.post(above, json!({"metadata": {"name": "a"}})).await;
        assert_eq!(
            refused.message(500),
            "Internal error occurred: invalid resource name \"..\": [may not be '..']"
        );
        let refused = kit.get(&format!("{MAPS}?fieldSelector=a%3Db%3Dc")).await;
        assert_eq!(
            refused.message(400),
            "invalid field selector: unescaped character in value: 61"
        );
        let broken = send(
            &kit.admin,
            "DELETE",
            &format!("{MAPS}/a"),
            "application/json",
            json!("x"),
        )
        .await;
        broken.expect(400);
    });
}

#[test]
fn discovery_takes_any_method_and_every_encoding() {
    run(|kit| async move {
        for path in ["/apis", "/apis/apps", "/apis/sea.example.com/v1"] {
            let posted = send(&kit.admin, "POST", path, "", Value::Null).await;
            assert_eq!(posted.code, 200, "{path}");
        }
        for path in ["/apis/apps/v1", "/apis/apiregistration.k8s.io"] {
            let posted = send(&kit.admin, "POST", path, "", Value::Null).await;
            assert_eq!(posted.code, 405, "{path}");
        }
        let path = "/apis/sea.example.com/v1";
        for accept in ["text/html", TABLE] {
            accepting(&kit, path, accept).await.expect(406);
        }
        let plain = kit.get(path).await;
        let start = r#"{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"sea.example.com/v1","resources":[{"name":"ships","singularName":""#;
        assert!(plain.text.starts_with(start), "{}", plain.text);
        let maps = kit.get("/api/v1").await;
        assert!(
            maps.text
                .starts_with(r#"{"kind":"APIResourceList","groupVersion":"v1","#),
            "{}",
            maps.text
        );
        // The first half of SHA-256 of "/v1/ConfigMap".
        assert!(maps.text.contains(r#""storageVersionHash":"qFsyl6wFWjQ=""#));
        let protobuf = accepting(&kit, "/apis/apps", "application/vnd.kubernetes.protobuf").await;
        let head = "k8s\0\n\u{e}\n\u{2}v1\u{12}\u{8}APIGroup";
        assert!(protobuf.text.starts_with(head), "{}", protobuf.text);
    });
}

#[test]
fn new_finalizers_are_refused_twice() {
    run(|kit| async move {
        let path = format!("{SHIPS}/a");
        let finalizers = |names: &[&str]| json!({"metadata": {"finalizers": names}});
        kit.patch(&path, MERGE, finalizers(&["a.b/c"]))
            .await
            .expect(200);
        kit.delete(&path, Value::Null).await.expect(200);
        let refused = kit
            .patch(&path, MERGE, finalizers(&["a.b/c", "d.e/f"]))
            .await;
        let refused = refused.expect(422);
        assert_eq!(
            refused["details"]["causes"].as_array().map(Vec::len),
            Some(2)
        );
        let message = refused["message"].as_str().unwrap();
        assert_eq!(message.matches("no new finalizers").count(), 1, "{message}");
    });
}

/// The status stands in tables as the whole object does, of most kinds; other parts and actions do not.
#[test]
fn subresources_in_tables() {
    run(|kit| async move {
        let pods = "/api/v1/namespaces/default/pods";
        let accounts = "/api/v1/namespaces/default/serviceaccounts";
        let account = json!({"metadata": {"name": "default"}});
        kit.post(accounts, account).await.expect(201);
        kit.post(pods, pod("p", json!({}))).await.expect(201);
        let claims = "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims";
        let claim = json!({"metadata": {"name": "c"}, "spec": {"devices": {}}});
        kit.post(claims, claim).await.expect(201);
        let definition =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ships.sea.example.com";
        for (path, code) in [
            (format!("{pods}/p/status"), 200),
            (format!("{SHIPS}/a/status"), 200),
            (format!("{pods}/p/resize"), 406),
            (format!("{pods}/p/ephemeralcontainers"), 406),
            (format!("{claims}/c"), 200),
            (format!("{claims}/c/status"), 406),
            (definition.to_owned(), 200),
            (format!("{definition}/status"), 406),
        ] {
            let answer = accepting(&kit, &path, TABLE).await;
            assert_eq!(answer.code, code, "{path}");
            let partial = accepting(&kit, &path, PARTIAL).await;
            assert_eq!(
                partial.expect(200)["kind"],
                "PartialObjectMetadata",
                "{path}"
            );
        }
    });
}
