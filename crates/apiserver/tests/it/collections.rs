//! Deletions of collections: options mean for each object what they mean for one.
use crate::kit::{Kit, run};
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/n/configmaps";

fn names(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["metadata"]["name"].as_str().unwrap())
        .collect()
}

async fn filled(kit: &Kit) {
    for (name, team) in [("a", "x"), ("b", "y"), ("c", "x"), ("d", "y")] {
        let map = json!({"metadata": {"name": name, "labels": {"team": team}}});
        kit.post(MAPS, map).await.expect(201);
    }
}

/// What a deletion answers, and what is left.
async fn deleted(kit: &Kit, query: &str, options: Value) -> (Value, Value) {
    let answer = kit
        .delete(&format!("{MAPS}{query}"), options)
        .await
        .expect(200);
    (answer, kit.get(MAPS).await.expect(200))
}

#[test]
fn selectors_and_limits_choose() {
    run(|kit: Kit| async move {
        filled(&kit).await;
        let (answer, left) = deleted(&kit, "?fieldSelector=metadata.name%3Db", Value::Null).await;
        assert_eq!(
            (names(&answer), names(&left)),
            (vec!["b"], vec!["a", "c", "d"])
        );
        let both = "?fieldSelector=metadata.name%21%3Dc&labelSelector=team%3Dx";
        let (answer, left) = deleted(&kit, both, Value::Null).await;
        assert_eq!((names(&answer), names(&left)), (vec!["a"], vec!["c", "d"]));
        let (answer, left) = deleted(&kit, "?limit=1", Value::Null).await;
        assert_eq!((names(&answer), names(&left)), (vec!["c"], vec!["d"]));
        assert!(answer["metadata"]["continue"].is_string());
        assert_eq!(answer["kind"], "ConfigMapList");
    });
}

/// Collections are deleted as they were at the version that is asked for.
#[test]
fn a_version_is_that_exactly() {
    run(|kit: Kit| async move {
        let before = kit.get(MAPS).await.expect(200);
        let before = before["metadata"]["resourceVersion"].as_str().unwrap();
        filled(&kit).await;
        let query = format!("?resourceVersion={before}");
        let (answer, left) = deleted(&kit, &query, Value::Null).await;
        assert_eq!(names(&answer), Vec::<&str>::new());
        assert_eq!(names(&left).len(), 4);
    });
}

#[test]
fn a_dry_run_deletes_nothing() {
    run(|kit: Kit| async move {
        filled(&kit).await;
        for (query, options) in [
            ("?dryRun=All", Value::Null),
            ("", json!({"dryRun": ["All"]})),
        ] {
            let (answer, left) = deleted(&kit, query, options).await;
            assert_eq!(
                (names(&answer).len(), names(&left).len()),
                (4, 4),
                "{query}"
            );
        }
        let wrong = kit
            .delete(&format!("{MAPS}?dryRun=Some"), Value::Null)
            .await;
        let words = wrong.message(422);
        assert!(words.contains("dryRun: Unsupported value"), "{words}");
    });
}

#[test]
fn propagation_is_each_objects_own() {
    run(|kit: Kit| async move {
        filled(&kit).await;
        let finalizers = |list: &Value| -> Vec<Value> {
            let items = list["items"].as_array().unwrap().iter();
            items
                .map(|item| item["metadata"]["finalizers"].clone())
                .collect()
        };
        let foreground = json!({"propagationPolicy": "Foreground"});
        let (answer, left) = deleted(&kit, "?labelSelector=team%3Dx", foreground).await;
        assert_eq!(finalizers(&answer), [Value::Null, Value::Null]);
        assert_eq!(
            finalizers(&left),
            [
                json!(["foregroundDeletion"]),
                Value::Null,
                json!(["foregroundDeletion"]),
                Value::Null
            ]
        );
        let (_, left) = deleted(
            &kit,
            "?propagationPolicy=Orphan&labelSelector=team%3Dy",
            Value::Null,
        )
        .await;
        assert_eq!(finalizers(&left)[1], json!(["orphan"]));
        // Again in the background, and what waited for the collector is gone.
        let (_, left) = deleted(&kit, "", json!({"propagationPolicy": "Background"})).await;
        assert_eq!(names(&left), [""; 0]);
    });
}

#[test]
fn preconditions_hold_for_each() {
    run(|kit: Kit| async move {
        filled(&kit).await;
        let one = kit.get(&format!("{MAPS}/a")).await.expect(200);
        let own = json!({"preconditions": {"uid": one["metadata"]["uid"], "resourceVersion": one["metadata"]["resourceVersion"]}});
        let (_, left) = deleted(&kit, "?fieldSelector=metadata.name%3Da", own.clone()).await;
        assert_eq!(names(&left), ["b", "c", "d"]);
        let refused = kit.delete(MAPS, own).await.message(409);
        assert!(refused.contains("the UID in the precondition"), "{refused}");
        assert_eq!(names(&kit.get(MAPS).await.expect(200)), ["b", "c", "d"]);
    });
}
