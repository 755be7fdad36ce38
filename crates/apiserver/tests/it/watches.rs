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
        assert_eq!(next(&mut body, 2).await, ["ADDED b", "DELETED a"]);
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
