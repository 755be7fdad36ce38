//! Lists: selectors, tables, and what is not served.
use crate::full;
use crate::kit::{Kit, events, pod, run, send_with};
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

pub(crate) const PODS: &str = "/api/v1/namespaces/n/pods";

pub(crate) async fn five(kit: &Kit) {
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

pub(crate) fn names(list: &Value) -> Vec<String> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["metadata"]["name"].as_str().unwrap().to_owned())
        .collect()
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
    });
}

#[test]
fn field_labels_that_a_kind_does_not_have() {
    full::run(|kit: Kit| async move {
        for (path, label, words) in [
            (
                "/apis/batch/v1/jobs",
                "spec.x",
                "field label \"spec.x\" not supported for Job",
            ),
            (
                "/apis/apps/v1/deployments",
                "a%00",
                "\"a\\x00\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
            ),
            (
                "/apis/apps/v1/deployments",
                "spec.x",
                "\"spec.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
            ),
        ] {
            let refused = kit.get(&format!("{path}?fieldSelector={label}%3D1")).await;
            assert_eq!(refused.message(400), words);
        }
    });
}

#[test]
fn what_is_listed_but_not_watched() {
    full::run(|kit: Kit| async move {
        let path = "/api/v1/componentstatuses";
        let list = kit.get(path).await.expect(200);
        assert_eq!(list["metadata"], json!({}));
        // It has no versions and no pages, whatever is asked.
        for query in ["resourceVersion=x", "continue=x", "resourceVersion=999999"] {
            let asked = kit.get(&format!("{path}?{query}")).await.expect(200);
            assert_eq!(asked, list, "{query}");
        }
        let one = kit
            .get(&format!("{path}/scheduler?resourceVersion=x"))
            .await;
        assert_eq!(one.expect(200)["metadata"], json!({"name": "scheduler"}));
        assert_eq!(
            kit.get(&format!("{path}?watch=1")).await.message(405),
            "watch is not supported on resources of kind \"componentstatuses\""
        );
        let future = "resourceVersion=999999&resourceVersionMatch=NotOlderThan";
        let refused = kit.get(&format!("/api/v1/events?{future}")).await;
        assert_eq!(
            refused.expect(504)["details"].get("retryAfterSeconds"),
            None
        );
    });
}

#[test]
fn options_that_are_refused() {
    run(|kit: Kit| async move {
        five(&kit).await;
        for (query, code, words) in [
            (
                "fieldSelector=spec.bogus%3D1",
                400,
                "field label not supported: spec.bogus",
            ),
            // What cannot be read goes before what does not fit together.
            (
                "resourceVersionMatch=Exact&labelSelector=a%3D%3D%3Db%21",
                400,
                "unable to parse requirement: found '=', expected: identifier",
            ),
            (
                "limit=x&resourceVersionMatch=Exact",
                400,
                "strconv.ParseInt: parsing \"x\": invalid syntax",
            ),
            (
                "timeoutSeconds=99999999999999999999",
                400,
                "strconv.ParseInt: parsing \"99999999999999999999\": value out of range",
            ),
            (
                "resourceVersion=x",
                400,
                "invalid resource version: resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax",
            ),
            (
                "watch=1&resourceVersion=x",
                500,
                "resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax",
            ),
            (
                "sendInitialEvents=true",
                422,
                "ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list",
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
        // Zeros that are not "0" are read as if no version was asked for.
        let zeros = kit.get(&format!("{PODS}?resourceVersion=00&limit=2")).await;
        assert_eq!(names(&zeros.expect(200)), ["p1", "p2"]);
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
        let of_list = [(
            "accept",
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
        )];
        let list = send_with(&kit.admin, "GET", PODS, "", Value::Null, &of_list).await;
        let list = list.expect(200);
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
            ("GET", "/api/v1/namespaces/../pods", 500),
            ("DELETE", "/api/v1/namespaces/./pods/p", 500),
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

/// Upstream looks at the keys behind a full page, not at what the selector would make of them.
/// Upstream reads what expires from the store itself.
#[test]
fn a_get_is_not_older_than_it_asks_for() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let path = format!("{PODS}/p1");
        kit.get(&format!("{path}?resourceVersion=0"))
            .await
            .expect(200);
        kit.get(&format!("{path}?resourceVersion=1"))
            .await
            .expect(200);
        let future = kit.get(&format!("{path}?resourceVersion=999999")).await;
        let future = future.expect(504);
        assert_eq!(future["details"]["retryAfterSeconds"], 1);
        assert_eq!(
            future["details"]["causes"][0]["reason"],
            "ResourceVersionTooLarge"
        );
        assert_eq!(
            kit.get(&format!("{path}?resourceVersion=x"))
                .await
                .message(500),
            "resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax"
        );
        assert_eq!(
            kit.get(&format!("{path}?export=true")).await.message(400),
            "the export parameter, deprecated since v1.14, is no longer supported"
        );
    });
}

#[test]
fn forms_that_do_not_fit() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let ask = async |path: &str, accept: &str| {
            let accept = [("accept", accept)];
            send_with(&kit.admin, "GET", path, "", Value::Null, &accept).await
        };
        let one = format!("{PODS}/p1");
        let form = |form: &str| format!("application/json;as={form};v=v1;g=meta.k8s.io");
        for (path, accept, words) in [
            (
                PODS,
                form("PartialObjectMetadata"),
                "you requested PartialObjectMetadata, but the requested object is a list (*core.PodList)",
            ),
            (
                &one,
                form("PartialObjectMetadataList"),
                "you requested PartialObjectMetadataList, but the requested object is not a list (*core.Pod)",
            ),
            (
                &one,
                form("Nothing"),
                "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf",
            ),
        ] {
            assert_eq!(ask(path, &accept).await.message(406), words);
        }
        // The refusal itself can be in YAML.
        let frames = ask(&format!("{PODS}?watch=1"), "application/yaml").await;
        let words = "only the following media types are accepted: application/json;stream=watch,\n  application/vnd.kubernetes.protobuf;stream=watch";
        assert!(
            frames.code == 406 && frames.text.contains(words),
            "{}",
            frames.text
        );
        let table = form("Table");
        assert_eq!(
            ask(&format!("{one}?includeObject=x"), &table)
                .await
                .message(400),
            "Unable to convert to Table as requested: includeObject: Invalid value: \"x\": must be 'Metadata', 'Object', 'None', or empty"
        );
        ask(&format!("{one}?includeObject=x"), "*/*")
            .await
            .expect(200);
        let none = ask(&format!("{one}?includeObject=None"), &table)
            .await
            .expect(200);
        assert!(none["rows"][0]["object"].is_null());
    });
}

#[test]
fn people_get_line_breaks() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let ask = async |path: &str, agent: &str| {
            let agent = [("user-agent", agent)];
            send_with(&kit.admin, "GET", path, "", Value::Null, &agent)
                .await
                .text
        };
        assert!(ask("/apis", "curl/8.0").await.starts_with("{\n  \""));
        let (one, missing) = (format!("{PODS}/p1"), format!("{PODS}/none"));
        for path in [&one, &missing] {
            assert!(ask(path, "curl/8.0").await.starts_with("{\n  \"kind\""));
            assert!(!ask(path, "kubectl").await.starts_with("{\n"));
            let asked = ask(&format!("{path}?pretty=true"), "kubectl").await;
            assert!(asked.starts_with("{\n  \"kind\""));
            let plain = ask(&format!("{path}?pretty=false"), "curl/8.0").await;
            assert!(!plain.starts_with("{\n"));
        }
    });
}

#[test]
fn options_of_writes() {
    run(|kit: Kit| async move {
        for (query, words) in [
            (
                "dryRun=",
                "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"\"]: supported values: \"All\"",
            ),
            (
                "fieldManager=a%07",
                "CreateOptions.meta.k8s.io \"\" is invalid: fieldManager: Invalid value: \"a\\a\": invalid character U+0007 (at position 1)",
            ),
            (
                "fieldValidation=x",
                "CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value: \"x\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
            ),
        ] {
            let path = format!("{PODS}?{query}");
            let answer = kit.post(&path, pod("a", json!({}))).await;
            assert_eq!(answer.message(422), words);
        }
        // Only patches know of force.
        let path = format!("{PODS}?force=true");
        kit.post(&path, pod("a", json!({}))).await.expect(201);
        let path = format!("{PODS}/a?force=false");
        let refused = kit
            .patch(&path, "application/merge-patch+json", json!({}))
            .await;
        assert_eq!(
            refused.message(422),
            "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch"
        );
    });
}

/// Scales have a table of their own, reviews and tokens have none.
#[test]
fn forms_of_what_is_not_stored() {
    full::run(|kit: Kit| async move {
        let deployment = json!({"metadata": {"name": "d"}, "spec": {
            "replicas": 2,
            "selector": {"matchLabels": {"a": "b"}},
            "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}},
        }});
        let deployments = "/apis/apps/v1/namespaces/default/deployments";
        kit.post(deployments, deployment).await.expect(201);
        let form = |name: &str| format!("application/json;as={name};g=meta.k8s.io;v=v1");
        let (table, partial) = (form("Table"), form("PartialObjectMetadata"));
        let scale = format!("{deployments}/d/scale");
        let get = async |accept: &str| {
            send_with(
                &kit.admin,
                "GET",
                &scale,
                "",
                Value::Null,
                &[("accept", accept)],
            )
            .await
        };
        let shown = get(&table).await.expect(200);
        let columns = shown["columnDefinitions"].as_array().unwrap().iter();
        let columns: Vec<&str> = columns.map(|head| head["name"].as_str().unwrap()).collect();
        assert_eq!(columns, ["Name", "Desired", "Available", "Age"]);
        let row = &shown["rows"][0];
        assert_eq!(
            row["cells"].as_array().unwrap()[..3],
            [json!("d"), json!(2), json!(0)]
        );
        assert_eq!(row["object"]["kind"], "PartialObjectMetadata");
        let shown = get(&partial).await.expect(200);
        assert_eq!(
            (&shown["kind"], &shown["spec"]),
            (&json!("PartialObjectMetadata"), &Value::Null)
        );

        let reviews = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        let post = async |accept: &str| {
            let review = json!({"spec": {"nonResourceAttributes": {"path": "/", "verb": "get"}}});
            send_with(
                &kit.admin,
                "POST",
                reviews,
                "application/json",
                review,
                &[("accept", accept)],
            )
            .await
        };
        assert_eq!(
            post(&partial).await.expect(201)["kind"],
            "PartialObjectMetadata"
        );
        assert!(
            post(&table)
                .await
                .message(406)
                .starts_with("only the following media types")
        );
        let listed = post(&form("PartialObjectMetadataList")).await.message(406);
        assert_eq!(
            listed,
            "you requested PartialObjectMetadataList, but the requested object is not a list (*authorization.SelfSubjectAccessReview)"
        );
    });
}
