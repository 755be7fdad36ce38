//! The life of objects: names that are taken, versions and UIDs that do not fit, options of deletes, finalizers.
use crate::{
    full,
    kit::{Kit, pod, run, send_bytes, user},
};
use bytes::Bytes;
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/n/configmaps";
const PODS: &str = "/api/v1/namespaces/n/pods";

fn map(name: &str) -> Value {
    json!({"metadata": {"name": name}})
}

#[test]
fn names_that_are_taken() {
    run(|kit: Kit| async move {
        let held = json!({"metadata": {"name": "a", "finalizers": ["x.io/f"]}});
        kit.post(MAPS, held).await.expect(201);
        let taken = "configmaps \"a\" already exists";
        assert_eq!(kit.post(MAPS, map("a")).await.message(409), taken);
        let dry = kit.post(&format!("{MAPS}?dryRun=All"), map("a")).await;
        assert_eq!(dry.message(409), taken);

        let generated = json!({"metadata": {"name": "a", "generateName": "b-"}});
        let answer = kit.post(MAPS, generated).await;
        assert_eq!(answer.headers["retry-after"], "1");
        let status = answer.expect(409);
        let words = "configmaps \"a\" already exists, the server was not able to generate a unique name for the object";
        assert_eq!(status["message"], words);
        assert_eq!(status["reason"], "AlreadyExists");
        assert_eq!(status["details"]["retryAfterSeconds"], 1);

        let path = format!("{MAPS}/a");
        kit.delete(&path, Value::Null).await.expect(200);
        let words = "object is being deleted: configmaps \"a\" already exists";
        assert_eq!(kit.post(MAPS, map("a")).await.message(409), words);
    });
}

#[test]
fn a_new_object_has_no_version() {
    run(|kit: Kit| async move {
        let body = |version: &str| json!({"metadata": {"name": "a", "resourceVersion": version, "uid": "u", "creationTimestamp": "2001-01-01T00:00:00Z"}});
        let refused = kit.post(MAPS, body("7")).await.expect(500);
        let words = "resourceVersion should not be set on objects to be created";
        assert_eq!(
            (&refused["message"], &refused["reason"]),
            (&json!(words), &Value::Null)
        );
        let dry = kit.post(&format!("{MAPS}?dryRun=All"), body("7")).await;
        dry.expect(201);
        let made = kit.post(MAPS, body("0")).await.expect(201);
        assert_ne!(made["metadata"]["uid"], "u");
        assert_ne!(
            made["metadata"]["creationTimestamp"],
            "2001-01-01T00:00:00Z"
        );
    });
}

#[test]
fn updates_say_which_object_they_mean() {
    run(|kit: Kit| async move {
        let made = kit.post(MAPS, map("a")).await.expect(201);
        let path = format!("{MAPS}/a");
        // A dry run tells the version of what is there.
        let dry = kit.put(&format!("{path}?dryRun=All"), map("a")).await;
        let version = &made["metadata"]["resourceVersion"];
        assert_eq!(&dry.expect(200)["metadata"]["resourceVersion"], version);
        let put = |metadata: Value| {
            let mut body = json!({"metadata": {"name": "a"}});
            let all = body["metadata"].as_object_mut().unwrap();
            all.extend(metadata.as_object().unwrap().clone());
            kit.put(&path, body)
        };
        let uid = made["metadata"]["uid"].as_str().unwrap();
        let words = format!(
            "Operation cannot be fulfilled on configmaps \"a\": StorageError: invalid object, Code: 4, Key: /registry/configmaps/n/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: {uid}"
        );
        let both = put(json!({"uid": "other", "resourceVersion": "1"})).await;
        assert_eq!(both.message(409), words);
        let other = json!({"metadata": {"name": "a", "uid": "other"}});
        let tried = kit.put(&format!("{path}?dryRun=All"), other).await;
        assert_eq!(tried.message(409), words.replace("/registry", ""));
        let modified = "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again";
        let old = put(json!({"resourceVersion": "1"})).await;
        assert_eq!(old.message(409), modified);
        let wrong = put(json!({"resourceVersion": "abc"})).await;
        assert_eq!(
            wrong.message(500),
            "strconv.ParseUint: parsing \"abc\": invalid syntax"
        );
        put(json!({"resourceVersion": "0"})).await.expect(200);
        let nameless = kit.put(&path, json!({"metadata": {}})).await;
        assert_eq!(
            nameless.message(400),
            "the name of the object (a based on URL) was undeterminable: name must be provided"
        );
        let elsewhere = put(json!({"namespace": "o"})).await;
        assert_eq!(
            elsewhere.message(400),
            "the namespace of the provided object does not match the namespace sent on the request"
        );
        let missing = kit.put(&format!("{MAPS}/b"), map("b")).await;
        assert_eq!(missing.message(404), "configmaps \"b\" not found");
    });
}

#[test]
fn owners_named_twice_count_once() {
    run(|kit: Kit| async move {
        let owner = json!({"apiVersion": "v1", "kind": "K", "name": "o", "uid": "1"});
        let twice = json!([owner, owner]);
        let warned = |when: &str| {
            format!(
                "299 - \".metadata.ownerReferences contains duplicate entries{when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: 1\""
            )
        };
        let body = json!({"metadata": {"name": "a", "ownerReferences": twice}});
        let made = kit.post(MAPS, body).await;
        assert_eq!(made.headers["warning"], warned("").as_str());
        let made = made.expect(201);
        assert_eq!(made["metadata"]["ownerReferences"], json!([owner]));
        let patched = kit
            .patch(
                &format!("{MAPS}/a"),
                "application/merge-patch+json",
                json!({"metadata": {"ownerReferences": twice}}),
            )
            .await;
        assert_eq!(
            patched.headers["warning"],
            warned(" after mutating admission happens").as_str()
        );

        let event = json!([{"apiVersion": "v1", "kind": "Event", "name": "o", "uid": "1"}]);
        let body = json!({"metadata": {"name": "b", "ownerReferences": event}});
        assert_eq!(
            kit.post(MAPS, body).await.message(422),
            "ConfigMap \"b\" is invalid: metadata.ownerReferences: Invalid value: {\"apiVersion\":\"v1\",\"kind\":\"Event\",\"name\":\"o\",\"uid\":\"1\"}: /v1, Kind=Event is disallowed from being an owner"
        );
    });
}

#[test]
fn options_of_deletes() {
    run(|kit: Kit| async move {
        for name in ["a", "b", "c"] {
            kit.post(MAPS, map(name)).await.expect(201);
        }
        let path = format!("{MAPS}/a");
        let both = kit.delete(
            &path,
            json!({"propagationPolicy": "Orphan", "orphanDependents": true}),
        );
        assert_eq!(
            both.await.message(422),
            "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Invalid value: \"Orphan\": orphanDependents and deletionPropagation cannot be both set"
        );
        let unknown = kit.delete(&path, json!({"propagationPolicy": "<none>"}));
        assert_eq!(
            unknown.await.message(422),
            "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"\\u003cnone\\u003e\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""
        );
        let of_pod = kit.delete(&path, json!({"kind": "Pod", "apiVersion": "v1"}));
        assert_eq!(
            of_pod.await.message(400),
            "no kind \"Pod\" is registered for version \"v1\" in scheme \"pkg/apis/meta/internalversion/scheme/register.go:27\""
        );
        let envelope = Bytes::from_static(b"k8s\0\n\x09\n\x02v1\x12\x03Pod");
        let media = [("content-type", "application/vnd.kubernetes.protobuf")];
        let in_protobuf = send_bytes(&kit.admin, "DELETE", &path, envelope, &media);
        assert_eq!(
            in_protobuf.await.message(400),
            "no kind \"Pod\" is registered for version \"v1\" in scheme \"pkg/apis/meta/internalversion/scheme/register.go:27\""
        );
        // Unknown fields and any version are taken, and hide the query.
        let asked = json!({"kind": "DeleteOptions", "apiVersion": "policy/v1", "bogus": 1});
        kit.delete(&format!("{path}?dryRun=All"), asked)
            .await
            .expect(200);
        kit.get(&path).await.expect(404);

        let held = json!({"metadata": {"name": "h", "finalizers": ["x.io/f"]}});
        kit.post(MAPS, held).await.expect(201);
        let held = format!("{MAPS}/h");
        let old_way = kit.delete(&held, json!({"orphanDependents": false})).await;
        assert_eq!(old_way.expect(202)["metadata"]["name"], "h");
        kit.delete(&held, Value::Null).await.expect(200);

        let limited = kit.delete(&format!("{MAPS}?limit=1"), Value::Null).await;
        let limited = limited.expect(200);
        assert_eq!(limited["items"].as_array().unwrap().len(), 1);
        assert_eq!(limited["metadata"]["remainingItemCount"], 2);
        kit.get(&format!("{MAPS}/b")).await.expect(404);
        kit.get(&format!("{MAPS}/c")).await.expect(200);
    });
}

#[test]
fn finalizers_of_the_collector_keep_their_place() {
    run(|kit: Kit| async move {
        let body =
            json!({"metadata": {"name": "a", "finalizers": ["foregroundDeletion", "x.io/f"]}});
        kit.post(MAPS, body).await.expect(201);
        let path = format!("{MAPS}/a");
        let kept = kit
            .delete(&path, json!({"propagationPolicy": "Foreground"}))
            .await
            .expect(200);
        assert_eq!(
            kept["metadata"]["finalizers"],
            json!(["foregroundDeletion", "x.io/f"])
        );
        let orphaned = kit
            .delete(&path, json!({"propagationPolicy": "Orphan"}))
            .await
            .expect(200);
        assert_eq!(
            orphaned["metadata"]["finalizers"],
            json!(["x.io/f", "orphan"])
        );
        let added = kit
            .patch(
                &path,
                "application/merge-patch+json",
                json!({"metadata": {"finalizers": ["x.io/z", "x.io/b"], "deletionTimestamp": "2001-01-01T00:00:00Z"}}),
            )
            .await;
        assert_eq!(
            added.message(422),
            "ConfigMap \"a\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"x.io/b\", \"x.io/z\"}"
        );
    });
}

/// Jobs leave their pods, events have nobody that is theirs, and namespaces know an old word for a newer one.
#[test]
fn kinds_have_their_own_ways_with_dependents() {
    full::run(|kit: Kit| async move {
        let jobs = "/apis/batch/v1/namespaces/default/jobs";
        let words = "299 - \"child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning\"";
        for (path, options, warned) in [
            ("/j", json!({}), Some(words)),
            ("", json!({}), Some(words)),
            ("/j", json!({"propagationPolicy": "Orphan"}), None),
            ("", json!({"orphanDependents": false}), None),
        ] {
            let answer = kit.delete(&format!("{jobs}{path}"), options).await;
            let told = answer.headers.get("warning");
            assert_eq!(told.map(|told| told.to_str().unwrap()), warned, "{path}");
        }
        let events = "/api/v1/namespaces/default/events";
        let event = json!({"metadata": {"name": "e"}, "involvedObject": {"namespace": "default"}});
        kit.post(events, event).await.expect(201);
        let foreground = json!({"propagationPolicy": "Foreground"});
        let gone = kit.delete(&format!("{events}/e"), foreground).await;
        assert_eq!(gone.expect(200)["status"], "Success");
        let name = json!({"metadata": {"name": "going"}});
        kit.post("/api/v1/namespaces", name).await.expect(201);
        let with = json!({"orphanDependents": false});
        let going = kit.delete("/api/v1/namespaces/going", with).await;
        assert_eq!(
            going.expect(202)["metadata"]["finalizers"],
            json!(["foregroundDeletion"])
        );
    });
}

#[test]
fn who_accepts_nothing_is_not_told_that_a_kind_is_old() {
    full::run(|kit: Kit| async move {
        for (accept, code, warned) in [("application/yaml", 200, true), ("text/x", 406, false)] {
            let request = http::Request::get("/api/v1/namespaces/default/endpoints")
                .header("accept", accept)
                .body(bytes::Bytes::new())
                .unwrap();
            let answer = kit.admin.call(request).await;
            assert_eq!(answer.status(), code);
            assert_eq!(answer.headers().contains_key("warning"), warned, "{accept}");
        }
    });
}

#[test]
fn periods_below_nothing_are_a_second() {
    run(|kit: Kit| async move {
        let mut bound = pod("p", json!({}));
        bound["spec"]["nodeName"] = json!("x");
        kit.post(PODS, bound).await.expect(201);
        let path = format!("{PODS}/p");
        let going = kit
            .delete(&path, json!({"gracePeriodSeconds": -5}))
            .await
            .expect(200);
        assert_eq!(going["metadata"]["deletionGracePeriodSeconds"], 1);
        // Nothing but less time can be asked for.
        let longer = kit
            .delete(&path, json!({"gracePeriodSeconds": 9}))
            .await
            .expect(200);
        assert_eq!(longer["metadata"]["deletionGracePeriodSeconds"], 1);
    });
}

/// Who may change objects may not by that make them.
#[test]
fn creating_by_an_update_takes_the_right_to_create() {
    full::run(|kit: Kit| async move {
        let rbac = "/apis/rbac.authorization.k8s.io/v1";
        let role = json!({"metadata": {"name": "changes"}, "rules": [
            {"apiGroups": ["", "coordination.k8s.io"], "resources": ["configmaps", "leases"], "verbs": ["patch", "update"]},
        ]});
        kit.post(&format!("{rbac}/clusterroles"), role)
            .await
            .expect(201);
        let binding = json!({
            "metadata": {"name": "changes"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "changes"},
            "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "jane"}],
        });
        kit.post(&format!("{rbac}/clusterrolebindings"), binding)
            .await
            .expect(201);
        let jane = kit
            .server
            .in_process(user("jane", &["system:authenticated"]));
        let maps = "/api/v1/namespaces/default/configmaps/a?fieldManager=m";
        let leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases/a";
        let applied = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}});
        let lease = json!({"metadata": {"name": "a"}});
        let ask = |method: &'static str, path: &'static str, media: &'static str, body: &Value| {
            let body = Bytes::from(body.to_string());
            let jane = jane.clone();
            async move {
                let headers = [("content-type", media)];
                send_bytes(&jane, method, path, body, &headers).await
            }
        };
        let apply = "application/apply-patch+yaml";
        assert_eq!(
            ask("PATCH", maps, apply, &applied).await.message(403),
            "configmaps \"a\" is forbidden: User \"jane\" cannot create resource \"configmaps\" in API group \"\" in the namespace \"default\""
        );
        assert_eq!(
            ask("PUT", leases, "application/json", &lease)
                .await
                .message(403),
            "leases.coordination.k8s.io \"a\" is forbidden: User \"jane\" cannot create resource \"leases\" in API group \"coordination.k8s.io\" in the namespace \"default\""
        );
        // What is wrong with the object is told first, as upstream does.
        let mut wrong = applied.clone();
        wrong["data"] = json!({"a b": ""});
        ask("PATCH", maps, apply, &wrong).await.expect(422);
        kit.put(
            leases,
            json!({"metadata": {"name": "a", "resourceVersion": "5"}}),
        )
        .await
        .expect(201);
        kit.patch(maps, apply, applied.clone()).await.expect(201);
        ask("PATCH", maps, apply, &applied).await.expect(200);
        let other = json!({"metadata": {"name": "b", "uid": "u"}});
        let leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases/b";
        assert_eq!(
            kit.put(leases, other).await.message(409),
            "Operation cannot be fulfilled on leases.coordination.k8s.io \"b\": StorageError: invalid object, Code: 4, Key: /registry/leases/default/b, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: u, UID in object meta: "
        );
    });
}

/// A binding means one pod, in one version when it says so.
#[test]
fn bindings_say_which_pod_they_mean() {
    full::run(|kit: Kit| async move {
        let pods = "/api/v1/namespaces/default/pods";
        let account = json!({"metadata": {"name": "default"}});
        let accounts = "/api/v1/namespaces/default/serviceaccounts";
        kit.post(accounts, account).await.expect(201);
        let made = kit.post(pods, pod("p", json!({}))).await.expect(201);
        let bind_as = |query: &str, metadata: Value| {
            let mut body = json!({"metadata": {"name": "p"}, "target": {"name": "node"}});
            let all = body["metadata"].as_object_mut().unwrap();
            all.extend(metadata.as_object().unwrap().clone());
            let path = format!("/api/v1/namespaces/default/pods/p/binding{query}");
            let kit = &kit;
            async move { kit.post(&path, body).await }
        };
        let bind = |metadata: Value| bind_as("", metadata);
        let version = made["metadata"]["resourceVersion"].as_str().unwrap();
        let words = format!(
            "Operation cannot be fulfilled on pods \"p\": StorageError: invalid object, Code: 4, Key: /registry/pods/default/p, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ResourceVersion in precondition: 1, ResourceVersion in object meta: {version}"
        );
        let old = bind(json!({"resourceVersion": "1"})).await;
        assert_eq!(old.message(409), words);
        let old = bind_as("?dryRun=All", json!({"resourceVersion": "1"})).await;
        assert_eq!(old.message(409), words.replace("/registry/", "/"));
        bind(json!({"resourceVersion": version})).await.expect(201);
    });
}
