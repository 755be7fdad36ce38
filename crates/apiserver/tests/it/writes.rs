//! Create, update, delete: statuses, words, generations.
use crate::{
    custom::MERGE,
    full,
    kit::{Kit, pod, run},
};
use serde_json::{Value, json};

const PODS: &str = "/api/v1/namespaces/n/pods";
const MAPS: &str = "/api/v1/namespaces/n/configmaps";

#[test]
fn an_object_is_created_read_and_created_once() {
    run(|kit: Kit| async move {
        let created = kit
            .post(PODS, pod("p", json!({"app": "a"})))
            .await
            .expect(201);
        let meta = &created["metadata"];
        assert_eq!(
            (meta["namespace"].as_str(), meta["generation"].as_i64()),
            (Some("n"), Some(1))
        );
        assert_eq!(created["status"]["phase"], "Pending");
        assert_eq!(created["spec"]["serviceAccountName"], "default");
        assert_eq!(meta["managedFields"][0]["manager"], "unknown");
        assert_eq!(kit.get(&format!("{PODS}/p")).await.expect(200), created);
        assert_eq!(
            kit.post(PODS, pod("p", json!({}))).await.message(409),
            "pods \"p\" already exists"
        );
    });
}

#[test]
fn a_link_to_itself_is_never_stored() {
    run(|kit: Kit| async move {
        let sent = json!({"metadata": {"name": "a", "selfLink": "/a"}, "data": {"a": "b"}});
        let made = kit.post(MAPS, sent.clone()).await.expect(201);
        let path = format!("{MAPS}/a");
        let replaced = kit.put(&path, sent.clone()).await.expect(200);
        let patched = kit.patch(&path, MERGE, sent).await.expect(200);
        for answer in [made, replaced, patched, kit.get(&path).await.expect(200)] {
            assert_eq!(answer["metadata"]["selfLink"], Value::Null);
        }
    });
}

#[test]
fn words_of_refused_creates() {
    run(|kit: Kit| async move {
        for (path, body, code, words) in [
            (
                MAPS,
                json!({"metadata": {}}),
                422,
                "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required",
            ),
            (
                MAPS,
                json!({"metadata": {"name": "x", "namespace": "o"}}),
                400,
                "the namespace of the provided object does not match the namespace sent on the request",
            ),
            (
                "/api/v1/namespaces/missing/configmaps",
                json!({"metadata": {"name": "x"}}),
                404,
                "namespaces \"missing\" not found",
            ),
            (
                PODS,
                json!({"metadata": {"name": "x"}, "spec": {"containers": []}}),
                422,
                "Pod \"x\" is invalid: spec.containers: Required value",
            ),
        ] {
            assert_eq!(kit.post(path, body).await.message(code), words);
        }
        let answer = kit
            .post(
                &format!("{MAPS}?fieldValidation=Strict"),
                json!({"metadata": {"name": "x"}, "bogus": 1}),
            )
            .await;
        let words = "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"bogus\"";
        assert_eq!(answer.message(400), words);
        let warned = kit
            .post(
                &format!("{MAPS}?dryRun=All"),
                json!({"metadata": {"name": "x"}, "bogus": 1}),
            )
            .await;
        assert_eq!(
            warned.headers["warning"],
            "299 - \"unknown field \\\"bogus\\\"\""
        );
        kit.get(&format!("{MAPS}/x")).await.expect(404);
    });
}

#[test]
fn documents_of_another_kind() {
    full::run(|kit: Kit| async move {
        for (path, body, words) in [
            (
                MAPS,
                json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}}),
                "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion",
            ),
            (
                MAPS,
                json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": {"containers": 5}}),
                "Pod in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field PodSpec.spec.containers of type []v1.Container",
            ),
            (
                MAPS,
                json!({"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "spec": 5}),
                "APIService in version \"v1\" cannot be handled as a ConfigMap: no kind \"APIService\" is registered for version \"apiregistration.k8s.io/v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"",
            ),
            (
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                json!({"apiVersion": "v1", "kind": "Pod", "spec": 5}),
                "Pod in version \"v1\" cannot be handled as a CustomResourceDefinition: no kind \"Pod\" is registered for version \"v1\" in scheme \"pkg/apiserver/apiserver.go:55\"",
            ),
        ] {
            assert_eq!(kit.post(path, body).await.message(400), words);
        }
    });
}

#[test]
fn generated_names_differ() {
    run(|kit: Kit| async move {
        let body = || json!({"metadata": {"generateName": "g-"}});
        let a = kit.post(MAPS, body()).await.expect(201);
        let b = kit.post(MAPS, body()).await.expect(201);
        assert!(a["metadata"]["name"].as_str().unwrap().starts_with("g-"));
        assert_ne!(a["metadata"]["name"], b["metadata"]["name"]);
    });
}

#[test]
fn updates_conflict_bump_and_change_nothing() {
    run(|kit: Kit| async move {
        let made = kit
            .post(MAPS, json!({"metadata": {"name": "c"}, "data": {"a": "1"}}))
            .await
            .expect(201);
        let mut next = made.clone();
        next["data"]["a"] = json!("2");
        let path = format!("{MAPS}/c");
        let updated = kit.put(&path, next.clone()).await.expect(200);
        assert_eq!(updated["data"]["a"], "2");
        let words = "Operation cannot be fulfilled on configmaps \"c\": the object has been modified; please apply your changes to the latest version and try again";
        assert_eq!(kit.put(&path, next).await.message(409), words);
        let same = kit
            .put(
                &path,
                json!({"metadata": {"name": "c"}, "data": {"a": "2"}}),
            )
            .await
            .expect(200);
        assert_eq!(
            same["metadata"]["resourceVersion"],
            updated["metadata"]["resourceVersion"]
        );
        let words = "the name of the object (d) does not match the name on the URL (c)";
        assert_eq!(
            kit.put(&path, json!({"metadata": {"name": "d"}}))
                .await
                .message(400),
            words
        );
    });
}

#[test]
fn status_and_spec_are_apart() {
    run(|kit: Kit| async move {
        let made = kit.post(PODS, pod("p", json!({}))).await.expect(201);
        let mut changed = made.clone();
        changed["status"]["phase"] = json!("Running");
        changed["spec"]["nodeName"] = json!("x");
        let main = kit
            .put(&format!("{PODS}/p"), changed.clone())
            .await
            .expect(200);
        assert_eq!(
            (
                main["status"]["phase"].as_str(),
                main["metadata"]["generation"].as_i64()
            ),
            (Some("Pending"), Some(2))
        );
        changed["metadata"]["resourceVersion"] = Value::Null;
        changed["spec"]["nodeName"] = json!("y");
        let status = kit
            .put(&format!("{PODS}/p/status"), changed)
            .await
            .expect(200);
        assert_eq!(
            (
                status["status"]["phase"].as_str(),
                status["spec"]["nodeName"].as_str()
            ),
            (Some("Running"), Some("x"))
        );
        assert_eq!(status["metadata"]["generation"], 2);
    });
}

#[test]
fn deletes_are_graceful_and_finalizers_hold() {
    run(|kit: Kit| async move {
        let mut bound = pod("p", json!({}));
        bound["spec"]["nodeName"] = json!("x");
        kit.post(PODS, bound).await.expect(201);
        let path = format!("{PODS}/p");
        let going = kit.delete(&path, Value::Null).await.expect(200);
        assert_eq!(going["metadata"]["deletionGracePeriodSeconds"], 30);
        kit.get(&path).await.expect(200);
        kit.delete(&path, json!({"gracePeriodSeconds": 0}))
            .await
            .expect(200);
        kit.get(&path).await.expect(404);

        kit.post(
            MAPS,
            json!({"metadata": {"name": "c", "finalizers": ["x.io/f"]}}),
        )
        .await
        .expect(201);
        let path = format!("{MAPS}/c");
        let held = kit.delete(&path, Value::Null).await.expect(200);
        assert_eq!(held["metadata"]["finalizers"], json!(["x.io/f"]));
        kit.patch(
            &path,
            "application/merge-patch+json",
            json!({"metadata": {"finalizers": null}}),
        )
        .await
        .expect(200);
        kit.get(&path).await.expect(404);

        kit.post(MAPS, json!({"metadata": {"name": "d"}}))
            .await
            .expect(201);
        let path = format!("{MAPS}/d");
        let refused = kit
            .delete(&path, json!({"preconditions": {"uid": "nope"}}))
            .await;
        assert!(refused.message(409).starts_with(
            "Operation cannot be fulfilled on ConfigMap \"d\": the UID in the precondition (nope)"
        ));
        let gone = kit.delete(&path, Value::Null).await.expect(200);
        assert_eq!(
            (gone["kind"].as_str(), gone["status"].as_str()),
            (Some("Status"), Some("Success"))
        );
    });
}

#[test]
fn a_collection_is_deleted_whole_and_answered_as_it_was() {
    run(|kit: Kit| async move {
        for index in 0..150 {
            let labels = json!({"app": if index % 3 == 0 { "kept" } else { "gone" }});
            let map = json!({"metadata": {"name": format!("m-{index:03}"), "labels": labels}});
            kit.post(MAPS, map).await.expect(201);
        }
        let selected = format!("{MAPS}?labelSelector=app%3Dgone");
        let names = |list: &Value| -> Vec<String> {
            let items = list["items"].as_array().unwrap().iter();
            let name = |item: &Value| item["metadata"]["name"].as_str().unwrap().to_owned();
            items.map(name).collect()
        };
        let before = names(&kit.get(&selected).await.expect(200));
        let answered = kit.delete(&selected, Value::Null).await.expect(200);
        assert_eq!(names(&answered), before);
        let left = names(&kit.get(MAPS).await.expect(200));
        assert_eq!((before.len(), left.len()), (100, 50));
        assert!(left.iter().all(|name| !before.contains(name)));
    });
}

#[test]
fn the_first_refusal_ends_the_deletion_of_a_collection() {
    run(|kit: Kit| async move {
        for index in 0..150 {
            let map = json!({"metadata": {"name": format!("m-{index:03}")}});
            kit.post(MAPS, map).await.expect(201);
        }
        let refused = json!({"preconditions": {"uid": "another"}});
        let answer = kit.delete(MAPS, refused).await.message(409);
        assert!(
            answer.contains("the UID in the precondition (another)"),
            "{answer}"
        );
        let left = kit.get(MAPS).await.expect(200);
        assert_eq!(left["items"].as_array().unwrap().len(), 150);
    });
}

#[test]
fn kinds_that_a_put_creates() {
    full::run(|kit: Kit| async move {
        let created = |path: &'static str, rest: Value, code: u16| {
            let mut body = json!({"metadata": {"name": "made"}});
            for (name, value) in rest.as_object().unwrap() {
                body[name] = value.clone();
            }
            let kit = &kit;
            async move {
                let answer = kit.put(&format!("{path}/made"), body).await;
                assert_eq!(answer.code, code, "{path}: {}", answer.text);
            }
        };
        created(
            "/apis/node.k8s.io/v1/runtimeclasses",
            json!({"handler": "h"}),
            201,
        )
        .await;
        created(
            "/apis/rbac.authorization.k8s.io/v1/clusterroles",
            json!({}),
            201,
        )
        .await;
        created(
            "/apis/coordination.k8s.io/v1/namespaces/default/leases",
            json!({}),
            201,
        )
        .await;
        created("/api/v1/namespaces/default/configmaps", json!({}), 404).await;
        created(
            "/apis/scheduling.k8s.io/v1/priorityclasses",
            json!({"value": 1}),
            404,
        )
        .await;
    });
}
