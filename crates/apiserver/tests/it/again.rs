//! What outlives a server: pages that were begun, watches, the ends of Events.
use crate::{
    kit::{Kit, events},
    services::{ONE, cluster, restarted},
};
use bytes::Bytes;
use http::Request;
use platform::Platform;
use serde_json::{Value, json};
use std::time::Duration;

const MAPS: &str = "/api/v1/namespaces/default/configmaps";
const EVENTS: &str = "/api/v1/namespaces/default/events";
const MINUTE: Duration = Duration::from_secs(60);

fn names(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    let name = |item: &Value| item["metadata"]["name"].as_str().unwrap().to_owned();
    items.map(name).collect()
}

async fn maps(kit: &Kit, wanted: &[&str]) {
    for name in wanted {
        kit.post(
            MAPS,
            json!({"metadata": {"name": name, "labels": {"of": "test"}}}),
        )
        .await
        .expect(201);
    }
}

#[test]
fn pages_go_on_where_another_server_ended() {
    platform::simulated::run(7, |platform: Platform| async move {
        let kit = cluster(platform.clone(), ONE).await;
        maps(&kit, &["a", "b", "c", "d", "e"]).await;
        let first = format!("{MAPS}?labelSelector=of%3Dtest&limit=2");
        let first = kit.get(&first).await.expect(200);
        assert_eq!(names(&first), ["a", "b"]);
        let kit = restarted(&platform, kit, ONE).await;
        // What came since is not part of the list that was begun.
        maps(&kit, &["c-2"]).await;
        kit.delete(&format!("{MAPS}/d"), Value::Null)
            .await
            .expect(200);
        let token = first["metadata"]["continue"].as_str().unwrap();
        let rest = format!("{MAPS}?labelSelector=of%3Dtest&limit=2&continue={token}");
        let rest = kit.get(&rest).await.expect(200);
        assert_eq!(names(&rest), ["c", "d"]);
        let version = |list: &Value| list["metadata"]["resourceVersion"].clone();
        assert_eq!(version(&rest), version(&first));
    });
}

/// As upstream's, a server knows what happened since it started; who asks for more lists anew.
#[test]
fn watches_of_what_came_before_the_start_have_expired() {
    platform::simulated::run(7, |platform: Platform| async move {
        let kit = cluster(platform.clone(), ONE).await;
        maps(&kit, &["a"]).await;
        let version = |list: &Value| -> u64 {
            let version = list["metadata"]["resourceVersion"].as_str().unwrap();
            version.parse().unwrap()
        };
        let old = version(&kit.get(MAPS).await.expect(200));
        maps(&kit, &["b"]).await;
        let kit = restarted(&platform, kit, ONE).await;
        let watch = async |from: u64| {
            let path = format!("{MAPS}?watch=1&labelSelector=of%3Dtest&resourceVersion={from}");
            let request = Request::get(path).body(Bytes::new()).unwrap();
            kit.admin.call(request).await.into_body()
        };
        let told = &events(&mut watch(old).await).await[0];
        assert_eq!(
            (&told["type"], &told["object"]["code"]),
            (&json!("ERROR"), &json!(410))
        );
        let words = told["object"]["message"].as_str().unwrap();
        let start = format!("too old resource version: {old} (");
        assert!(words.starts_with(&start), "{words}");
        let now = version(&kit.get(MAPS).await.expect(200));
        let mut body = watch(now).await;
        maps(&kit, &["c"]).await;
        let told = events(&mut body).await;
        assert_eq!(told[0]["object"]["metadata"]["name"], "c");
    });
}

fn event(name: &str) -> Value {
    json!({
        "metadata": {"name": name, "namespace": "default"},
        "involvedObject": {"kind": "Pod", "name": "p", "namespace": "default"},
        "reason": "Test", "message": "m", "type": "Normal", "source": {"component": "test"},
    })
}

/// An hour after the last write, whichever server is there then.
#[test]
fn events_end_when_they_would_have() {
    platform::simulated::run(7, |platform: Platform| async move {
        let kit = cluster(platform.clone(), ONE).await;
        for name in ["kept", "left"] {
            kit.post(EVENTS, event(name)).await.expect(201);
        }
        platform.clock.sleep(MINUTE * 30).await;
        let kit = restarted(&platform, kit, ONE).await;
        let all = names(&kit.get(EVENTS).await.expect(200));
        assert!(
            all.contains(&"kept".into()) && all.contains(&"left".into()),
            "{all:?}"
        );
        // The series goes on, and with it the Event.
        let series = json!({"count": 2, "lastTimestamp": "2026-01-01T00:00:00Z"});
        let path = format!("{EVENTS}/kept");
        kit.patch(&path, "application/merge-patch+json", series)
            .await
            .expect(200);
        platform.clock.sleep(MINUTE * 32).await;
        let all = names(&kit.get(EVENTS).await.expect(200));
        assert!(
            all.contains(&"kept".into()) && !all.contains(&"left".into()),
            "{all:?}"
        );
        platform.clock.sleep(MINUTE * 30).await;
        let all = names(&kit.get(EVENTS).await.expect(200));
        assert!(!all.contains(&"kept".into()), "{all:?}");
    });
}
