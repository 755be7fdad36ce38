//! Watches: what they begin with, transitions of selectors, bookmarks, and revisions that are gone.
use crate::kit::{Kit, events, pod, run};
use apiserver::Body;
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

const PODS: &str = "/api/v1/namespaces/n/pods";

async fn watch(kit: &Kit, query: &str) -> Body {
    let request = Request::get(format!("{PODS}?watch=1&{query}"))
        .body(Bytes::new())
        .unwrap();
    kit.admin.call(request).await.into_body()
}

fn line(event: &Value) -> String {
    format!(
        "{} {}",
        event["type"].as_str().unwrap(),
        event["object"]["metadata"]["name"].as_str().unwrap_or("-")
    )
}

async fn next(body: &mut Body, count: usize) -> Vec<String> {
    let mut seen = Vec::new();
    while seen.len() < count {
        let chunk = events(body).await;
        assert!(!chunk.is_empty(), "the watch ended after {seen:?}");
        seen.extend(chunk.iter().map(line));
    }
    seen
}

#[test]
fn events_follow_a_revision_without_a_gap() {
    run(|kit: Kit| async move {
        let first = kit.post(PODS, pod("a", json!({}))).await.expect(201);
        kit.post(PODS, pod("b", json!({}))).await.expect(201);
        let from = first["metadata"]["resourceVersion"]
            .as_str()
            .unwrap()
            .to_owned();
        let mut body = watch(&kit, &format!("resourceVersion={from}")).await;
        kit.delete(&format!("{PODS}/a"), Value::Null)
            .await
            .expect(200);
        assert_eq!(
            next(&mut body, 3).await,
            ["ADDED b", "MODIFIED a", "DELETED a"]
        );
    });
}

#[test]
fn selectors_turn_changes_into_arrivals_and_departures() {
    run(|kit: Kit| async move {
        let mut body = watch(&kit, "labelSelector=app%3Dx").await;
        kit.post(PODS, pod("a", json!({"app": "y"})))
            .await
            .expect(201);
        let path = format!("{PODS}/a");
        let merge = "application/merge-patch+json";
        for app in ["x", "x", "y"] {
            let labels = json!({"metadata": {"labels": {"app": app, "turn": app.len().to_string()}, "annotations": {"t": app}}});
            kit.patch(&path, merge, labels).await.expect(200);
        }
        assert_eq!(next(&mut body, 2).await, ["ADDED a", "DELETED a"]);
    });
}

#[test]
fn a_graceful_delete_without_a_period_is_seen_twice() {
    run(|kit: Kit| async move {
        let mut body = watch(&kit, "").await;
        for (name, options) in [
            ("a", json!({"gracePeriodSeconds": 0})),
            ("b", Value::Null),
            ("c", json!({"dryRun": ["All"]})),
        ] {
            kit.post(PODS, pod(name, json!({}))).await.expect(201);
            let path = format!("{PODS}/{name}");
            let deleted = kit.delete(&path, options).await.expect(200);
            assert_eq!(deleted["metadata"]["deletionGracePeriodSeconds"], 0);
        }
        assert_eq!(
            next(&mut body, 7).await,
            [
                "ADDED a",
                "MODIFIED a",
                "DELETED a",
                "ADDED b",
                "MODIFIED b",
                "DELETED b",
                "ADDED c",
            ]
        );
    });
}

#[test]
fn a_list_of_metadata_is_no_form_of_an_event() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("a", json!({}))).await.expect(201);
        let accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
        let request = Request::get(format!("{PODS}?watch=1"))
            .header("accept", accept)
            .body(Bytes::new())
            .unwrap();
        let answer = kit.admin.call(request).await;
        assert_eq!(answer.status(), 200);
        assert!(events(&mut answer.into_body()).await.is_empty());
    });
}

#[test]
fn a_streaming_list_says_where_it_ends() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("a", json!({}))).await.expect(201);
        let query =
            "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
        let mut body = watch(&kit, query).await;
        let seen = events(&mut body).await;
        assert_eq!(
            seen.iter().map(line).collect::<Vec<_>>(),
            ["ADDED a", "BOOKMARK -"]
        );
        assert_eq!(
            seen[1]["object"]["metadata"]["annotations"]["k8s.io/initial-events-end"],
            "true"
        );
    });
}

#[test]
fn watchers_of_one_node_get_its_pods_only() {
    run(|kit: Kit| async move {
        let mut body = watch(&kit, "fieldSelector=spec.nodeName%3Dx").await;
        for (name, node) in [("a", "y"), ("b", "x")] {
            let mut bound = pod(name, json!({}));
            bound["spec"]["nodeName"] = json!(node);
            kit.post(PODS, bound).await.expect(201);
        }
        assert_eq!(next(&mut body, 1).await, ["ADDED b"]);
    });
}

#[test]
fn a_revision_before_the_window_is_expired() {
    run(|kit: Kit| async move {
        let mut body = watch(&kit, "resourceVersion=0").await;
        drop(kit.post(PODS, pod("a", json!({}))).await.expect(201));
        assert_eq!(next(&mut body, 1).await, ["ADDED a"]);
        let text = kit
            .get(&format!(
                "{PODS}?watch=1&sendInitialEvents=true&timeoutSeconds=1"
            ))
            .await;
        assert!(
            text.message(422).contains(
                "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"
            )
        );
    });
}

/// As a list that streams: so says a watch by default.
#[test]
fn a_watch_from_nowhere_says_where_the_beginning_ends() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("a", json!({}))).await.expect(201);
        for query in [
            "allowWatchBookmarks=true",
            "allowWatchBookmarks=true&resourceVersion=0",
        ] {
            let mut body = watch(&kit, query).await;
            let seen = events(&mut body).await;
            let lines: Vec<_> = seen.iter().map(line).collect();
            assert_eq!(lines, ["ADDED a", "BOOKMARK -"]);
            let annotations = &seen[1]["object"]["metadata"]["annotations"];
            assert_eq!(annotations["k8s.io/initial-events-end"], "true");
        }
        let mut body = watch(&kit, "resourceVersion=0").await;
        assert_eq!(events(&mut body).await.len(), 1);
    });
}

#[test]
fn a_bookmark_comes_shortly_before_the_end() {
    run(|kit: Kit| async move {
        let mut body = watch(
            &kit,
            "allowWatchBookmarks=true&resourceVersion=2&timeoutSeconds=10",
        )
        .await;
        let mut seen = Vec::new();
        loop {
            let chunk = events(&mut body).await;
            if chunk.is_empty() {
                break;
            }
            seen.extend(chunk.iter().map(line));
        }
        assert_eq!(seen, ["BOOKMARK -"]);
        let short = "allowWatchBookmarks=true&resourceVersion=2&timeoutSeconds=1";
        let mut body = watch(&kit, short).await;
        assert!(events(&mut body).await.is_empty());
        let mut passed = watch(&kit, "resourceVersion=2&timeoutSeconds=-1").await;
        assert!(events(&mut passed).await.is_empty());
    });
}

#[test]
fn a_streaming_list_waits_for_its_revision() {
    run(|kit: Kit| async move {
        let query = "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=999999";
        let mut body = watch(&kit, query).await;
        let seen = events(&mut body).await;
        assert_eq!(seen[0]["type"], "ERROR");
        let status = &seen[0]["object"];
        assert_eq!(
            (&status["code"], &status["reason"]),
            (&json!(504), &json!("Timeout"))
        );
        assert_eq!(status["details"]["retryAfterSeconds"], 1);
        assert!(events(&mut body).await.is_empty());
    });
}

#[test]
fn only_the_first_table_has_columns() {
    run(|kit: Kit| async move {
        for name in ["a", "b"] {
            kit.post(PODS, pod(name, json!({}))).await.expect(201);
        }
        let accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
        let query = "watch=1&allowWatchBookmarks=true&includeObject=None";
        let request = Request::get(format!("{PODS}?{query}"))
            .header("accept", accept)
            .body(Bytes::new())
            .unwrap();
        let mut body = kit.admin.call(request).await.into_body();
        let seen = events(&mut body).await;
        let columns: Vec<bool> = seen
            .iter()
            .map(|event| event["object"]["columnDefinitions"].is_array())
            .collect();
        assert_eq!(columns, [true, false, false]);
        assert!(seen[0]["object"]["rows"][0]["object"].is_null());
        let end = &seen[2]["object"]["rows"][0]["object"];
        assert_eq!(end["kind"], "PartialObjectMetadata");
        assert_eq!(
            end["metadata"]["annotations"]["k8s.io/initial-events-end"],
            "true"
        );
    });
}

#[test]
fn a_watch_path_ends_in_a_name() {
    run(|kit: Kit| async move {
        for name in ["a", "b"] {
            kit.post(PODS, pod(name, json!({}))).await.expect(201);
        }
        let path = "/api/v1/watch/namespaces/n/pods/b";
        let ask = async |query: &str| {
            let request = Request::get(format!("{path}{query}")).body(Bytes::new());
            kit.admin.call(request.unwrap()).await.into_body()
        };
        assert_eq!(next(&mut ask("").await, 1).await, ["ADDED b"]);
        let same = ask("?fieldSelector=metadata.name%3Db").await;
        assert_eq!(next(&mut { same }, 1).await, ["ADDED b"]);
        let other = kit
            .get(&format!("{path}?fieldSelector=metadata.name%3Da"))
            .await;
        assert_eq!(
            other.message(400),
            "fieldSelector metadata.name doesn't match requested name"
        );
        // Its options are those of a list: it need not say that it watches.
        let refused = kit.get("/api/v1/watch/pods?sendInitialEvents=true").await;
        assert!(
            refused
                .message(422)
                .ends_with("sendInitialEvents is forbidden for list")
        );
    });
}
