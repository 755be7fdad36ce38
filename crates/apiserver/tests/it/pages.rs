//! Lists in pages: tokens, revisions, and what is deleted by pages.
use crate::full;
use crate::kit::{Kit, run};
use crate::lists::{PODS, five, names};
use serde_json::{Value, json};

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
fn a_selected_page_goes_on_while_there_are_keys() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let page = async |query: &str| {
            let list = kit.get(&format!("{PODS}?{query}")).await.expect(200);
            let metadata = &list["metadata"];
            let goes_on = metadata["continue"].is_string();
            (
                names(&list),
                goes_on,
                metadata["remainingItemCount"].as_i64(),
            )
        };
        let one = |name: &str| vec![name.to_owned()];
        assert_eq!(
            page("limit=1&labelSelector=n%3Dp2").await,
            (one("p2"), true, None)
        );
        assert_eq!(
            page("limit=1&labelSelector=n%3Dp5").await,
            (one("p5"), false, None)
        );
        let of_name = "limit=1&fieldSelector=metadata.name%3Dp2";
        assert_eq!(page(of_name).await, (one("p2"), false, None));
        let first = kit.get(&format!("{PODS}?limit=1")).await.expect(200);
        let token = first["metadata"]["continue"].as_str().unwrap();
        let behind = page(&format!("{of_name}&continue={token}")).await;
        assert_eq!(behind, (one("p2"), true, None));
        let all = five_names();
        assert_eq!(page("limit=2&resourceVersion=0").await, (all, false, None));
        let old = "limit=2&resourceVersionMatch=NotOlderThan&resourceVersion=1";
        assert_eq!(
            page(old).await,
            (vec!["p1".into(), "p2".into()], true, Some(3))
        );
    });
}

fn five_names() -> Vec<String> {
    (1..=5).map(|index| format!("p{index}")).collect()
}

#[test]
fn a_namespace_can_be_selected_as_a_field() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let query = "limit=2&fieldSelector=metadata.namespace%3Dn";
        let across = kit.get(&format!("/api/v1/pods?{query}")).await.expect(200);
        let within = kit.get(&format!("{PODS}?{query}")).await.expect(200);
        assert_eq!(names(&across), ["p1", "p2"]);
        assert_eq!(
            across["metadata"]["continue"],
            within["metadata"]["continue"]
        );
        let host = kit.get(&format!("{PODS}?fieldSelector=spec.host%3D")).await;
        assert_eq!(names(&host.expect(200)), five_names());
        let none = "/api/v1/namespaces?fieldSelector=metadata.namespace%3Dx";
        assert!(names(&kit.get(none).await.expect(200)).is_empty());
    });
}

#[test]
fn tokens_of_compacted_revisions_go_on_without_consistency() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let first = kit.get(&format!("{PODS}?limit=2")).await.expect(200);
        let token = first["metadata"]["continue"].as_str().unwrap();
        let first_token = token;
        let old = first["metadata"]["resourceVersion"].as_str().unwrap();
        kit.delete(&format!("{PODS}/p5"), Value::Null)
            .await
            .expect(200);
        let newest = kit.get(PODS).await.expect(200);
        let newest = newest["metadata"]["resourceVersion"].as_str().unwrap();
        let revision = store::Revision(newest.parse().unwrap());
        kit.store.compact(revision).await.unwrap();
        let gone = kit.get(&format!("{PODS}?limit=2&continue={token}")).await;
        let gone = gone.expect(410);
        assert_eq!(gone["reason"], "Expired");
        let token = gone["metadata"]["continue"].as_str().unwrap();
        let rest = kit
            .get(&format!("{PODS}?continue={token}"))
            .await
            .expect(200);
        assert_eq!(names(&rest), ["p3", "p4"]);
        let exact = format!("{PODS}?resourceVersion={old}&resourceVersionMatch=Exact");
        assert_eq!(
            kit.get(&exact).await.message(410),
            "The resourceVersion for the provided list is too old."
        );
        // The selection of one name is no way around it.
        let one = format!("{PODS}?fieldSelector=metadata.name%3Dp1&continue={first_token}");
        kit.get(&one).await.expect(410);
        // Nothing has changed among these since, and yet.
        let maps = "/api/v1/namespaces/n/configmaps";
        let exact = format!("{maps}?resourceVersion={old}&resourceVersionMatch=Exact");
        kit.get(&exact).await.expect(410);
    });
}

#[test]
fn what_expires_is_read_at_the_store() {
    full::run(|kit: Kit| async move {
        let path = "/api/v1/namespaces/default/events";
        for name in ["a", "b"] {
            let about = json!({"kind": "Pod", "name": "p", "namespace": "default"});
            let event = json!({"metadata": {"name": name}, "involvedObject": about});
            kit.post(path, event).await.expect(201);
        }
        let page = kit.get(&format!("{path}?resourceVersion=0&limit=1")).await;
        let page = page.expect(200);
        assert_eq!(names(&page), ["a"]);
        assert_eq!(page["metadata"]["remainingItemCount"], 1);
        assert!(
            kit.get(&format!("{path}/a?resourceVersion=x"))
                .await
                .message(400)
                .starts_with("invalid resource version: ")
        );
        let newest = page["metadata"]["resourceVersion"].as_str().unwrap();
        let newest: u64 = newest.parse().unwrap();
        kit.store.compact(store::Revision(newest)).await.unwrap();
        let begun = async |revision: u64| {
            let query = format!("watch=1&timeoutSeconds=1&resourceVersion={revision}");
            let answer = kit.get(&format!("{path}?{query}")).await;
            assert_eq!(answer.code, 200);
            answer.text
        };
        for old in [newest - 2, i64::MAX as u64, u64::MAX] {
            let told: Value = serde_json::from_str(&begun(old).await).unwrap();
            assert_eq!(told["type"], "ERROR");
            assert_eq!(
                told["object"]["message"],
                "The resourceVersion for the provided watch is too old."
            );
        }
        assert!(begun(newest - 1).await.contains("\"ADDED\""));
    });
}

#[test]
fn wrong_tokens() {
    run(|kit: Kit| async move {
        let token = |text: &str| {
            let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
            base64::Engine::encode(&engine, text)
        };
        for (text, why) in [
            (
                r#"{"v":"meta.k8s.io/v1","rv":0,"start":"/a"}"#,
                "continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)",
            ),
            (
                r#"{"v":"meta.k8s.io/v1","rv":1}"#,
                "continue key is not valid: encoded start key empty (version meta.k8s.io/v1)",
            ),
            (
                r#"{"v":"meta.k8s.io/v1","rv":1,"start":"/../a"}"#,
                "continue key is not valid: /../a",
            ),
            (
                r#"{"v":"meta.k8s.io/v1","rv":1,"start":"a//b"}"#,
                "continue key is not valid: a//b",
            ),
            (
                r#"{"v":"v9","rv":1,"start":"/a"}"#,
                "continue key is not valid: server does not recognize this encoded version v9",
            ),
        ] {
            let path = format!("{PODS}?continue={}", token(text));
            let words = format!("invalid continue token: {why}");
            assert_eq!(kit.get(&path).await.message(400), words);
        }
        let good = token(r#"{"v":"meta.k8s.io/v1","rv":-1,"start":"a"}"#);
        kit.get(&format!("{PODS}?continue={good}"))
            .await
            .expect(200);
        let both = format!("{PODS}?continue={good}&resourceVersion=5");
        assert_eq!(
            kit.get(&both).await.message(400),
            "specifying resource version is not allowed when using continue"
        );
        let path = format!("{PODS}?continue=a.b");
        assert_eq!(
            kit.get(&path).await.message(400),
            "invalid continue token: continue key is not valid: illegal base64 data at input byte 1"
        );
    });
}

#[test]
fn a_collection_is_deleted_by_pages() {
    run(|kit: Kit| async move {
        five(&kit).await;
        let deleted = kit
            .delete(&format!("{PODS}?limit=2"), Value::Null)
            .await
            .expect(200);
        assert_eq!(names(&deleted), ["p1", "p2"]);
        assert_eq!(deleted["metadata"]["remainingItemCount"], 3);
        let token = deleted["metadata"]["continue"].as_str().unwrap();
        let path = format!("{PODS}?limit=1&continue={token}");
        let next = kit.delete(&path, Value::Null).await.expect(200);
        assert_eq!(names(&next), ["p3"]);
        assert_eq!(names(&kit.get(PODS).await.expect(200)), ["p4", "p5"]);
        // What the body says is all that is said.
        let kept = kit
            .delete(
                &format!("{PODS}/p4?dryRun=bad&propagationPolicy=bad"),
                json!({"dryRun": ["All"]}),
            )
            .await;
        kept.expect(200);
        assert_eq!(
            kit.delete(&format!("{PODS}/p4?dryRun=bad"), Value::Null)
                .await
                .message(422),
            "DeleteOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"bad\"]: supported values: \"All\""
        );
        let wrong = kit
            .delete(&format!("{PODS}/p4?uid=other"), Value::Null)
            .await;
        wrong.expect(409);
        kit.delete(PODS, Value::Null).await.expect(200);
        assert!(names(&kit.get(PODS).await.expect(200)).is_empty());
    });
}
