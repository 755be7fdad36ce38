//! Lists: pages, selectors, revisions, tables, and what is not served.
use crate::kit::{Kit, events, pod, run, send_with};
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

const PODS: &str = "/api/v1/namespaces/n/pods";

async fn five(kit: &Kit) {
    for index in 1..=5 {
        kit.post(
            PODS,
            pod(
                &format!("p{index}"),
                json!({"app": "a", "n": format!("p{index}")}),
            ),
        )
        .await
        .expect(201);
    }
}

fn names(list: &Value) -> Vec<String> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["metadata"]["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn pages_keep_their_revision() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let first = kit.get(&format!("{PODS}?limit=2")).await.expect(200);
        assert_eq!(
            (
                names(&first),
                first["metadata"]["remainingItemCount"].as_i64()
            ),
            (vec!["p1".into(), "p2".into()], Some(3))
        );
        kit.delete(&format!("{PODS}/p3"), Value::Null)
            .await
            .expect(200);
        let token = first["metadata"]["continue"].as_str().unwrap();
        let second = kit
            .get(&format!("{PODS}?limit=2&continue={token}"))
            .await
            .expect(200);
        assert_eq!(names(&second), ["p3", "p4"]);
        assert_eq!(
            second["metadata"]["resourceVersion"],
            first["metadata"]["resourceVersion"]
        );
        assert!(second["items"][0]["apiVersion"].is_null());
    });
}

#[test]
fn selectors() {
    run(|kit: Kit| async move {
        five(&kit).await;
        for (query, expect) in [
            ("labelSelector=n%3Dp2", vec!["p2"]),
            ("labelSelector=n%20in%20(p4,p1)", vec!["p1", "p4"]),
            (
                "labelSelector=app%3Da,n%21%3Dp1",
                vec!["p2", "p3", "p4", "p5"],
            ),
            ("labelSelector=app%3Dnone", vec![]),
            ("fieldSelector=metadata.name%3Dp5", vec!["p5"]),
            (
                "fieldSelector=spec.nodeName%3D",
                vec!["p1", "p2", "p3", "p4", "p5"],
            ),
            ("resourceVersion=0&labelSelector=n%3Dp1", vec!["p1"]),
        ] {
            assert_eq!(
                names(&kit.get(&format!("{PODS}?{query}")).await.expect(200)),
                expect,
                "{query}"
            );
        }
        for (query, code, words) in [
            (
                "fieldSelector=spec.bogus%3D1",
                400,
                "field label not supported: spec.bogus",
            ),
            (
                "resourceVersionMatch=Exact",
                422,
                "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
            ),
            (
                "labelSelector=a%3D%3D%3Db%21",
                400,
                "unable to parse requirement: found '=', expected: identifier",
            ),
        ] {
            assert_eq!(
                kit.get(&format!("{PODS}?{query}")).await.message(code),
                words,
                "{query}"
            );
        }
        let future = kit
            .get(&format!(
                "{PODS}?resourceVersion=999999&resourceVersionMatch=Exact"
            ))
            .await;
        assert!(
            future
                .message(504)
                .starts_with("Timeout: Too large resource version: 999999, current: ")
        );
    });
}

#[test]
fn tables_and_partial_metadata() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let accept = |value: &'static str| [("accept", value)];
        let table = accept("application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        let table = send_with(&kit.admin, "GET", PODS, "", Value::Null, &table)
            .await
            .expect(200);
        assert_eq!(
            (
                table["kind"].as_str(),
                table["rows"][0]["cells"][0].as_str()
            ),
            (Some("Table"), Some("p1"))
        );
        assert_eq!(table["rows"][0]["object"]["kind"], "PartialObjectMetadata");
        let partial = accept("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        let partial = send_with(&kit.admin, "GET", PODS, "", Value::Null, &partial)
            .await
            .expect(200);
        assert_eq!(partial["kind"], "PartialObjectMetadataList");
        assert!(partial["items"][0]["spec"].is_null());
        let css = send_with(
            &kit.admin,
            "GET",
            PODS,
            "",
            Value::Null,
            &accept("text/css"),
        )
        .await;
        assert_eq!(css.code, 406);
    });
}

/// Old clients ask for the forms of `v1beta1`, and look at the version of what they get.
#[test]
fn forms_have_the_version_that_was_asked_for() {
    run(|kit: Kit| async move {
        five(&kit).await;
        for version in ["v1", "v1beta1"] {
            let expected = format!("meta.k8s.io/{version}");
            let ask = async |path: &str, form: &str| {
                let accept = format!("application/json;as={form};v={version};g=meta.k8s.io");
                let accept = [("accept", accept.as_str())];
                let answer = send_with(&kit.admin, "GET", path, "", Value::Null, &accept).await;
                answer.expect(200)
            };
            let table = ask(PODS, "Table").await;
            assert_eq!(table["apiVersion"], expected);
            assert_eq!(table["rows"][0]["object"]["apiVersion"], expected);
            let list = ask(PODS, "PartialObjectMetadataList").await;
            assert_eq!(list["apiVersion"], expected);
            assert_eq!(list["items"][0]["apiVersion"], expected);
            let one = ask(&format!("{PODS}/p1"), "PartialObjectMetadata").await;
            assert_eq!(one["apiVersion"], expected);
        }
    });
}

#[test]
fn partial_metadata_is_that_of_the_object() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let partial = [(
            "accept",
            "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
        )];
        let ask = async |path: &str| {
            send_with(&kit.admin, "GET", path, "", Value::Null, &partial)
                .await
                .expect(200)
        };
        let whole = kit.get(PODS).await.expect(200);
        let list = ask(PODS).await;
        let watched = Request::get(format!("{PODS}?watch=1"))
            .header(partial[0].0, partial[0].1)
            .body(Bytes::new())
            .unwrap();
        let mut watched = kit.admin.call(watched).await.into_body();
        let watched = events(&mut watched).await;
        for (index, object) in whole["items"].as_array().unwrap().iter().enumerate() {
            let metadata = &object["metadata"];
            let expected = json!({"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": metadata});
            assert!(metadata["resourceVersion"].is_string());
            assert_eq!(list["items"][index], expected);
            assert_eq!(watched[index]["object"], expected);
            let name = metadata["name"].as_str().unwrap();
            assert_eq!(ask(&format!("{PODS}/{name}")).await, expected);
        }
    });
}

#[test]
fn what_is_not_there() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("p", json!({}))).await.expect(201);
        for (method, path, code) in [
            ("GET", "/api/v1/namespaces/n/things", 404),
            ("GET", "/api/v1/namespaces/n/pods/p/nope", 404),
            ("POST", "/api/v1/namespaces/n/pods/p", 405),
            ("POST", "/api/v1/pods", 405),
            ("GET", "/api/v1/namespaces/n/pods/q", 404),
        ] {
            let answer =
                crate::kit::send(&kit.admin, method, path, "application/json", json!({})).await;
            assert_eq!(
                (answer.code, answer.expect(code)["kind"].as_str()),
                (code, Some("Status")),
                "{method} {path}"
            );
        }
        assert_eq!(
            kit.get("/apis/none.example/v1/things").await.text,
            "404 page not found\n"
        );
    });
}

#[test]
fn discovery_health_and_openapi() {
    run(|kit: Kit| async move {
        let list = kit.get("/api/v1").await.expect(200);
        let rows: Vec<&str> = list["resources"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["name"].as_str().unwrap())
            .collect();
        assert_eq!(
            rows,
            [
                "bindings",
                "configmaps",
                "namespaces",
                "pods",
                "pods/status",
                "secrets",
                "serviceaccounts",
                "serviceaccounts/token"
            ]
        );
        let groups = kit.get("/apis").await.expect(200);
        assert_eq!(groups["kind"], "APIGroupList");
        assert_eq!(kit.get("/readyz").await.text, "ok");
        let document = kit.get("/openapi/v3/api/v1").await.expect(200);
        assert!(document["components"]["schemas"]["io.k8s.api.core.v1.PodSpec"].is_object());
        assert_eq!(
            kit.get("/version").await.expect(200)["gitVersion"],
            "v1.36.2"
        );
    });
}
