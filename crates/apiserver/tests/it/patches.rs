//! Patches in upstream's words, and who owns what after them.
use crate::{
    full,
    kit::{Kit, pod, run, send_bytes},
};
use bytes::Bytes;
use serde_json::{Value, json};
use std::time::Duration;

const MAPS: &str = "/api/v1/namespaces/n/configmaps";
const MAP: &str = "/api/v1/namespaces/n/configmaps/c";
const JSON_PATCH: &str = "application/json-patch+json";
const MERGE: &str = "application/merge-patch+json";
const STRATEGIC: &str = "application/strategic-merge-patch+json";
const APPLY: &str = "application/apply-patch+yaml";

async fn patch(kit: &Kit, path: &str, media: &str, body: &str) -> crate::kit::Answer {
    let body = Bytes::copy_from_slice(body.as_bytes());
    send_bytes(&kit.admin, "PATCH", path, body, &[("content-type", media)]).await
}

async fn with_map(kit: &Kit) -> Value {
    let map = json!({"metadata": {"name": "c"}, "data": {"a": "1"}});
    kit.post(MAPS, map).await.expect(201)
}

#[test]
fn what_is_no_patch() {
    run(|kit: Kit| async move {
        // Nobody reads a patch of what is not there.
        for media in [JSON_PATCH, MERGE, STRATEGIC] {
            let answer = patch(&kit, MAP, media, "{").await;
            assert_eq!(answer.message(404), "configmaps \"c\" not found");
        }
        with_map(&kit).await;
        let cut = "unexpected end of JSON input";
        let map = "json: cannot unmarshal array into Go value of type map[string]interface {}";
        for (query, media, body, words) in [
            (
                "",
                JSON_PATCH,
                "[{",
                &*format!("error decoding patch: {cut}"),
            ),
            ("?fieldValidation=Ignore", JSON_PATCH, "[{", cut),
            ("", MERGE, "{", &format!("error decoding patch: {cut}")),
            ("?fieldValidation=Ignore", MERGE, "{", "Invalid JSON Patch"),
            ("", MERGE, "null", "Invalid JSON Patch"),
            ("", MERGE, "[]", &format!("error decoding patch: {map}")),
            ("", STRATEGIC, "{", cut),
            ("", STRATEGIC, "[]", map),
            (
                "?fieldManager=m",
                APPLY,
                "[1]",
                &format!(
                    "error decoding YAML: error unmarshaling JSON: while decoding JSON: {map}"
                ),
            ),
            (
                "?fieldManager=m",
                APPLY,
                "",
                "invalid object type: /, Kind=",
            ),
            (
                "?fieldManager=m",
                APPLY,
                "kind: ConfigMap",
                "invalid object type: /, Kind=ConfigMap",
            ),
            (
                "?fieldManager=m",
                APPLY,
                "{apiVersion: apps/v1, kind: Deployment}",
                "invalid object type: apps/v1, Kind=Deployment",
            ),
        ] {
            let answer = patch(&kit, &format!("{MAP}{query}"), media, body).await;
            assert_eq!(answer.message(400), words, "{media} {body}");
        }
    });
}

#[test]
fn what_a_patch_may_not_change() {
    run(|kit: Kit| async move {
        let made = with_map(&kit).await;
        for (metadata, code, words) in [
            (
                json!({"name": "d"}),
                400,
                "the name of the object (d) does not match the name on the URL (c)",
            ),
            (
                json!({"name": null}),
                400,
                "the name of the object (c based on URL) was undeterminable: name must be provided",
            ),
            (
                json!({"namespace": "o"}),
                400,
                "the namespace of the provided object does not match the namespace sent on the request",
            ),
            (
                json!({"uid": "u"}),
                422,
                "ConfigMap \"c\" is invalid: metadata.uid: Invalid value: \"u\": field is immutable",
            ),
            (
                json!({"resourceVersion": "1"}),
                409,
                "Operation cannot be fulfilled on configmaps \"c\": the object has been modified; please apply your changes to the latest version and try again",
            ),
            (
                json!({"deletionTimestamp": "2001-01-01T00:00:00Z"}),
                422,
                "ConfigMap \"c\" is invalid: metadata.deletionTimestamp: Invalid value: \"2001-01-01T00:00:00Z\": field is immutable",
            ),
        ] {
            let body = json!({"metadata": metadata});
            assert_eq!(kit.patch(MAP, MERGE, body).await.message(code), words);
        }
        // What an object is, a strategic patch does not say: nobody looks.
        let body = json!({"apiVersion": "apps/v9", "kind": "Boat", "metadata": {"resourceVersion": "0", "generation": 9, "creationTimestamp": null}});
        let same = kit.patch(MAP, STRATEGIC, body).await.expect(200);
        assert_eq!(same, made);
        let refused = kit
            .patch(MAP, MERGE, json!({"kind": "Boat"}))
            .await
            .message(422);
        let words = " \"\" is invalid: patch: Invalid value: ";
        assert!(refused.starts_with(words), "{refused}");
        assert!(
            refused.contains("no kind \"Boat\" is registered for version \"v1\""),
            "{refused}"
        );
    });
}

/// Makes one, and says where it is.
async fn deployment(kit: &Kit) -> String {
    let made = json!({
        "metadata": {"name": "d"},
        "spec": {
            "selector": {"matchLabels": {"a": "b"}},
            "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}},
        },
    });
    let path = "/apis/apps/v1/namespaces/default/deployments";
    kit.post(path, made).await.expect(201);
    format!("{path}/d")
}

#[test]
fn values_of_the_wrong_type_in_strategic_patches() {
    full::run(|kit: Kit| async move {
        let path = deployment(&kit).await;
        for (spec, shown, why) in [
            (
                json!({"replicas": "x"}),
                "map[spec:map[replicas:x]]",
                "unrecognized type: int32",
            ),
            (
                json!({"replicas": 1.5}),
                "map[spec:map[replicas:1.5]]",
                "cannot convert float64 to int32",
            ),
            (
                json!({"strategy": {"rollingUpdate": {"maxSurge": [1]}}}),
                "map[spec:map[strategy:map[rollingUpdate:map[maxSurge:[1]]]]]",
                "json: cannot unmarshal array into Go value of type int32",
            ),
            (
                json!({"paused": "yes"}),
                "map[spec:map[paused:yes]]",
                "unrecognized type: bool",
            ),
            (
                json!({"strategy": 1}),
                "map[spec:map[strategy:1]]",
                "cannot restore struct from: int64",
            ),
            (
                json!({"template": {"spec": {"containers": {"a": "b"}}}}),
                "map[spec:map[template:map[spec:map[containers:map[a:b]]]]]",
                "cannot restore slice from map",
            ),
            (
                json!({"template": {"metadata": {"labels": {"a": 1}}}}),
                "map[spec:map[template:map[metadata:map[labels:map[a:1]]]]]",
                "cannot convert int64 to string",
            ),
            (
                json!({"strategy": {"type": 5}}),
                "map[spec:map[strategy:map[type:5]]]",
                "cannot convert int64 to v1.DeploymentStrategyType",
            ),
            (
                json!({"template": {"metadata": {"finalizers": [5]}}}),
                "map[spec:map[template:map[metadata:map[finalizers:[5]]]]]",
                "cannot convert int64 to string",
            ),
            (
                json!({"template": {"metadata": {"uid": 5}}}),
                "map[spec:map[template:map[metadata:map[uid:5]]]]",
                "cannot convert int64 to types.UID",
            ),
            (
                json!({"template": {"metadata": {"creationTimestamp": {}}}}),
                "map[spec:map[template:map[metadata:map[creationTimestamp:map[]]]]]",
                "json: cannot unmarshal object into Go value of type string",
            ),
        ] {
            let answer = kit.patch(&path, STRATEGIC, json!({"spec": spec})).await;
            assert_eq!(
                answer.message(422),
                format!(" \"\" is invalid: patch: Invalid value: \"{shown}\": {why}")
            );
        }
    });
}

#[test]
fn bytes_of_the_wrong_type() {
    full::run(|kit: Kit| async move {
        let secrets = "/api/v1/namespaces/default/secrets";
        let secret = json!({"metadata": {"name": "s"}, "data": {"a": "YQ=="}});
        kit.post(secrets, secret).await.expect(201);
        let path = format!("{secrets}/s");
        for (value, shown, why) in [
            (json!(5), "5", "cannot restore slice from int64"),
            (json!({}), "map[]", "cannot restore slice from map"),
            (json!([{}]), "[map[]]", "unrecognized type: uint8"),
        ] {
            let body = json!({"data": {"a": value}});
            let answer = kit.patch(&path, STRATEGIC, body).await;
            assert_eq!(
                answer.message(422),
                format!(
                    " \"\" is invalid: patch: Invalid value: \"map[data:map[a:{shown}]]\": {why}"
                )
            );
        }
        let cut = kit.patch(&path, STRATEGIC, json!({"data": {"a": [300, null]}}));
        assert_eq!(cut.await.expect(200)["data"]["a"], "LAA=");
        let body = json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {"a": 5}});
        let path = format!("{path}?fieldManager=m");
        assert_eq!(
            kit.patch(&path, APPLY, body).await.message(500),
            "failed to create typed patch object (/s; /v1, Kind=Secret): .data.a: expected string, got &value.valueUnstructured{Value:5}"
        );
    });
}

#[test]
fn patches_of_what_an_object_is() {
    full::run(|kit: Kit| async move {
        let maps = "/api/v1/namespaces/default/configmaps";
        let map = json!({"metadata": {"name": "c"}, "data": {"a": "1"}});
        kit.post(maps, map).await.expect(201);
        let path = format!("{maps}/c");
        for (media, patch, code, words) in [
            // Read anew as what says nothing of itself: the name is not found in it.
            (
                MERGE,
                json!({"apiVersion": ""}),
                400,
                "the name of the object (c based on URL) was undeterminable: name must be provided",
            ),
            (
                MERGE,
                json!({"apiVersion": null, "kind": null}),
                400,
                "the name of the object (c based on URL) was undeterminable: name must be provided",
            ),
            (
                STRATEGIC,
                json!({"apiVersion": 5}),
                422,
                " \"\" is invalid: patch: Invalid value: \"map[apiVersion:5]\": cannot convert int64 to string",
            ),
            (
                STRATEGIC,
                json!({"kind": {"a": "b"}}),
                422,
                " \"\" is invalid: patch: Invalid value: \"map[kind:map[a:b]]\": unrecognized type: string",
            ),
        ] {
            let answer = kit.patch(&path, media, patch).await;
            assert_eq!(answer.message(code), words);
        }
        for (media, patch) in [
            (MERGE, json!({"kind": null})),
            (STRATEGIC, json!({"kind": null})),
            (STRATEGIC, json!({"apiVersion": ""})),
        ] {
            kit.patch(&path, media, patch).await.expect(200);
        }
    });
}

#[test]
fn what_takes_any_value_takes_a_list() {
    full::run(|kit: Kit| async move {
        let path = "/apis/apps/v1/namespaces/default/controllerrevisions/r?fieldManager=m";
        let applied = |data: Value| {
            let metadata = json!({"name": "r"});
            json!({"apiVersion": "apps/v1", "kind": "ControllerRevision", "metadata": metadata, "revision": 1, "data": data})
        };
        for data in [json!([1]), json!("a"), json!(5)] {
            let answer = kit.patch(path, APPLY, applied(data)).await;
            assert_eq!(
                answer.message(422),
                "ControllerRevision.apps \"r\" is invalid: data: Required value: data must be a valid JSON object"
            );
        }
        let answer = kit.patch(path, APPLY, applied(json!({"a": 1}))).await;
        answer.expect(201);
    });
}

#[test]
fn evictions_and_bindings() {
    full::run(|kit: Kit| async move {
        let accounts = "/api/v1/namespaces/default/serviceaccounts";
        let account = json!({"metadata": {"name": "default"}});
        kit.post(accounts, account).await.expect(201);
        let pods = "/api/v1/namespaces/default/pods";
        kit.post(pods, pod("p", json!({}))).await.expect(201);
        let evict = |version: &str| {
            let version = format!("policy/{version}");
            let body =
                json!({"apiVersion": version, "kind": "Eviction", "metadata": {"name": "p"}});
            let path = format!("{pods}/p/eviction?dryRun=All");
            let kit = &kit;
            async move { kit.post(&path, body).await }
        };
        evict("v1").await.expect(201);
        evict("v1beta1").await.expect(201);
        evict("v2").await.expect(400);
        let target = json!({"kind": "Node", "name": "n"});
        let bind = json!({"metadata": {}, "target": target});
        let answer = kit.post("/api/v1/namespaces/default/bindings", bind).await;
        assert_eq!(answer.message(400), "Name parameter required.");
    });
}

#[test]
fn numbers_are_cut_to_the_width_of_their_field() {
    full::run(|kit: Kit| async move {
        let path = deployment(&kit).await;
        const CUT: &str = "Deployment.apps \"d\" is invalid: spec.replicas: Invalid value: -2147483648: must be greater than or equal to 0";
        let applied = |replicas: Value| {
            let metadata = json!({"name": "d"});
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": {"replicas": replicas}})
        };
        let large = json!(2_147_483_648_i64);
        let body = json!({"spec": {"replicas": large}});
        let answer = kit.patch(&path, STRATEGIC, body).await;
        assert_eq!(answer.message(422), CUT);
        let by = format!("{path}?fieldManager=m&force=true&dryRun=All");
        let answer = kit.patch(&by, APPLY, applied(large)).await;
        assert_eq!(answer.message(422), CUT);
        let answer = kit.patch(&by, APPLY, applied(json!(1e20))).await;
        assert_eq!(answer.expect(200)["spec"]["replicas"], 0);
        assert_eq!(
            kit.patch(&by, APPLY, applied(json!(1.5)))
                .await
                .message(500),
            "failed to convert new object (/d; apps/v1, Kind=Deployment) to proper version: unable to convert unstructured object to apps/v1, Kind=Deployment: cannot convert float64 to int32"
        );
    });
}

#[test]
fn values_of_the_wrong_type_in_applies() {
    full::run(|kit: Kit| async move {
        let deployments = "/apis/apps/v1/namespaces/default/deployments";
        let applied = |spec: Value| {
            let mut whole = json!({
                "apiVersion": "apps/v1",
                "kind": "Deployment",
                "metadata": {"name": "d"},
                "spec": {
                    "selector": {"matchLabels": {"a": "b"}},
                    "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}},
                },
            });
            let spec = spec.as_object().unwrap().clone();
            whole["spec"].as_object_mut().unwrap().extend(spec);
            whole
        };
        let path = format!("{deployments}/d?fieldManager=m&force=true");
        let wide = applied(json!({"replicas": 4_294_967_298_u64}));
        let made = kit.patch(&path, APPLY, wide).await.expect(201);
        assert_eq!(made["spec"]["replicas"], 2);
        for (spec, why) in [
            (json!({"replicas": 1.5}), "cannot convert float64 to int32"),
            (
                json!({"strategy": {"rollingUpdate": {"maxSurge": {}}}}),
                "json: cannot unmarshal object into Go value of type int32",
            ),
        ] {
            let answer = kit.patch(&path, APPLY, applied(spec)).await;
            assert_eq!(
                answer.message(500),
                format!(
                    "failed to convert new object (/d; apps/v1, Kind=Deployment) to proper version: unable to convert unstructured object to apps/v1, Kind=Deployment: {why}"
                )
            );
        }
        // A new object has no version yet, and what is said of one is read.
        let mut other = applied(json!({}));
        other["metadata"] = json!({"name": "e", "resourceVersion": "abc"});
        let path = format!("{deployments}/e?fieldManager=m");
        let refused = kit.patch(&path, APPLY, other).await.message(500);
        assert_eq!(
            refused,
            "strconv.ParseUint: parsing \"abc\": invalid syntax"
        );
    });
}

#[test]
fn refused_json_patches_show_what_they_did_not_touch_as_it_was() {
    run(|kit: Kit| async move {
        with_map(&kit).await;
        let patched = json!([{"op": "add", "path": "/data/b", "value": 2}]);
        let refused = patch(&kit, MAP, JSON_PATCH, &patched.to_string()).await;
        let refused = refused.message(422);
        let sorted = r#"{\"apiVersion\":\"v1\",\"data\":{\"a\":\"1\",\"b\":2},\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\",\"namespace\":\"n\","#;
        assert!(refused.contains(sorted), "{refused}");
        let lenient = format!("{MAP}?fieldValidation=Ignore");
        for (body, wanted) in [("{}", "jsonpatch.Patch"), ("[1]", "jsonpatch.Operation")] {
            let refused = patch(&kit, &lenient, JSON_PATCH, body).await.message(400);
            assert!(refused.ends_with(wanted), "{refused}");
            assert!(refused.starts_with("json: cannot unmarshal "), "{refused}");
        }
    });
}

#[test]
fn times_follow_values_and_not_writes() {
    run(|kit: Kit| async move {
        let made = with_map(&kit).await;
        let time = |object: &Value| object["metadata"]["managedFields"][0]["time"].clone();
        kit.platform.clock.sleep(Duration::from_secs(5)).await;
        let same = kit
            .patch(MAP, MERGE, json!({"data": {"a": "1"}}))
            .await
            .expect(200);
        assert_eq!(same, made);
        let other = kit
            .patch(MAP, MERGE, json!({"data": {"a": "2"}}))
            .await
            .expect(200);
        assert_ne!(time(&other), time(&made));
    });
}

#[test]
fn managers_can_be_forgotten() {
    run(|kit: Kit| async move {
        with_map(&kit).await;
        let managers = |object: &Value| object["metadata"]["managedFields"].clone();
        // What cannot be read is not heard.
        let wrong = json!({"metadata": {"managedFields": [{"manager": "x"}]}, "data": {"b": "1"}});
        let kept = kit.patch(MAP, MERGE, wrong).await.expect(200);
        assert_eq!(managers(&kept)[0]["manager"], "unknown");
        for forgotten in [json!([]), json!([{}])] {
            let body = json!({"metadata": {"managedFields": forgotten}});
            let bare = kit.patch(MAP, MERGE, body).await.expect(200);
            assert_eq!(managers(&bare), Value::Null);
            let body = json!({"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1"}});
            let path = format!("{MAP}?fieldManager=m");
            let applied = kit.patch(&path, APPLY, body).await.expect(200);
            let applied = managers(&applied);
            let entries = applied.as_array().unwrap().iter();
            let names: Vec<&str> = entries.map(|e| e["manager"].as_str().unwrap()).collect();
            assert_eq!(names, ["m", "before-first-apply"]);
        }
    });
}

const SCALED: &str = "/apis/apps/v1/namespaces/default/deployments/d";

/// Applies a Deployment with one replica, owned by `owner`.
async fn make_scaled(kit: &Kit) {
    let object = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d"},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"a": "b"}},
            "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}},
        },
    });
    let path = format!("{SCALED}?fieldManager=owner");
    kit.patch(&path, APPLY, object).await.expect(201);
}

fn scale(replicas: i64) -> Value {
    json!({"apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": {"name": "d"}, "spec": {"replicas": replicas}})
}

#[test]
fn a_scale_is_applied_as_any_object() {
    full::run(|kit: Kit| async move {
        make_scaled(&kit).await;
        let at = format!("{SCALED}/scale?fieldManager=scaler");
        let conflict = kit.patch(&at, APPLY, scale(3)).await;
        assert_eq!(
            conflict.message(409),
            "Apply failed with 1 conflict: conflict with \"owner\": .spec.replicas"
        );
        let forced = format!("{at}&force=true");
        let scaled = kit.patch(&forced, APPLY, scale(3)).await.expect(200);
        assert_eq!(scaled["spec"]["replicas"], 3);
        let object = kit.get(SCALED).await.expect(200);
        let owners: Vec<(String, bool)> = object["metadata"]["managedFields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| {
                let name = entry["manager"].as_str().unwrap().to_owned();
                (name, !entry["fieldsV1"]["f:spec"]["f:replicas"].is_null())
            })
            .collect();
        assert!(owners.contains(&("scaler".to_owned(), true)), "{owners:?}");
        assert!(owners.contains(&("owner".to_owned(), false)), "{owners:?}");
    });
}

#[test]
fn what_a_scale_is_sent_is_checked() {
    full::run(|kit: Kit| async move {
        make_scaled(&kit).await;
        let at = format!("{SCALED}/scale");
        let mut other = scale(4);
        other["metadata"]["name"] = json!("e");
        assert_eq!(
            kit.put(&at, other).await.message(400),
            "the name of the object (e) does not match the name on the URL (d)"
        );
        // What is sent is read before it is looked for.
        let elsewhere = at.replace("/d/", "/absent/");
        let absent = kit.put(&elsewhere, json!({}));
        assert_eq!(
            absent.await.message(400),
            "the name of the object (absent based on URL) was undeterminable: name must be provided"
        );
        let dry = format!("{at}?dryRun=All");
        let mut wrong = scale(5);
        wrong["metadata"]["finalizers"] = json!(["x"]);
        let words = kit.put(&dry, wrong).await.message(422);
        assert_eq!(
            words,
            "Scale.autoscaling \"d\" is invalid: metadata.finalizers[0]: Invalid value: \"x\": name is neither a standard finalizer name nor is it fully qualified"
        );
        let mut shown = kit.get(&at).await.expect(200);
        let mut more = scale(5);
        more["metadata"]["labels"] = json!({"a": "b"});
        more["status"] = json!({"replicas": 9});
        let answer = kit.put(&dry, more).await.expect(200);
        shown["spec"]["replicas"] = json!(5);
        assert_eq!(answer, shown, "a dry run shows the scale of the object");
        let text = json!({"spec": {"replicas": "x"}});
        let words = kit.patch(&at, MERGE, text).await.message(422);
        assert!(words.contains("managedFields"), "{words}");
        let uid = json!({"metadata": {"uid": "u"}});
        let words = kit.patch(&at, MERGE, uid).await.message(409);
        assert!(
            words.starts_with("Operation cannot be fulfilled on deployments/scale.apps \"d\": Precondition failed: UID in precondition: u, UID in object meta: "),
            "{words}"
        );
    });
}

/// Subresources that change little still own whatever comes with it, also what is put back.
#[test]
fn narrow_subresources_own_what_comes_with_a_change() {
    full::run(|kit| async move {
        let namespace = "/api/v1/namespaces/default";
        kit.post(
            &format!("{namespace}/serviceaccounts"),
            json!({"metadata": {"name": "default"}}),
        )
        .await;
        let pod = json!({"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i",
            "resources": {"requests": {"cpu": "1"}, "limits": {"cpu": "1"}}}]}});
        kit.post(&format!("{namespace}/pods"), pod)
            .await
            .expect(201);
        let owned = |pod: &Value, subresource: &str| -> Value {
            let entries = pod["metadata"]["managedFields"].as_array().unwrap();
            let mut entries = entries.iter();
            let entry = entries.find(|entry| entry["subresource"] == subresource);
            entry.map_or(Value::Null, |entry| entry["fieldsV1"].clone())
        };
        let debug = json!({
            "metadata": {"labels": {"a": "b"}},
            "spec": {"ephemeralContainers": [{"name": "e", "image": "i"}]},
        });
        let path = format!("{namespace}/pods/p/ephemeralcontainers");
        let pod = kit.patch(&path, STRATEGIC, debug).await.expect(200);
        let below = owned(&pod, "ephemeralcontainers");
        assert_eq!(
            below["f:metadata"],
            json!({"f:labels": {".": {}, "f:a": {}}})
        );
        assert!(
            below["f:spec"]["f:ephemeralContainers"].is_object(),
            "{below}"
        );
        let resize = json!({
            "metadata": {"labels": {"c": "d"}},
            "spec": {"containers": [{"name": "c", "resources": {"requests": {"cpu": "2"}, "limits": {"cpu": "2"}}}]},
        });
        let path = format!("{namespace}/pods/p/resize");
        let pod = kit.patch(&path, STRATEGIC, resize).await.expect(200);
        assert_eq!(
            owned(&pod, "resize"),
            json!({"f:metadata": {"f:labels": {".": {}, "f:c": {}}}, "f:spec": {"f:containers": {"k:{\"name\":\"c\"}": {"f:resources": {
                "f:limits": {"f:cpu": {}}, "f:requests": {"f:cpu": {}}}}}}})
        );
    });
}
