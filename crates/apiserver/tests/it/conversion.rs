//! Custom resources in several versions whose schemas differ: converted by a webhook, or by nobody.
mod webhook;

use crate::{
    custom::{DEFINITIONS, define},
    full,
    kit::{Answer, Kit, events, send_with, tls::TlsServer},
};
use apiserver::Body;
use bytes::Bytes;
use client::transport::Dial;
use http::Request;
use serde_json::{Value, json};
use std::sync::Arc;
use webhook::{Mode, Webhook};

const OLD: &str = "/apis/sea.example.com/v1/namespaces/default/boats";
const NEW: &str = "/apis/sea.example.com/v2/namespaces/default/boats";
/// What is said of an object of v2 without a hull.
const REQUIRED: &str = "Boat.sea.example.com \"NAME\" is invalid: spec.hull: Required value";
const MERGE: &str = "application/merge-patch+json";
const JSON: &str = "application/json-patch+json";
const APPLY: &str = "application/apply-patch+yaml";

/// v1 is stored and has `spec.size`; in v2 that is `spec.hull.length`, which must be there.
fn boats(conversion: Value) -> Value {
    let status = json!({"type": "object", "properties": {"afloat": {"type": "integer"}}});
    let color = json!({"type": "string", "default": "red"});
    let size = json!({"type": "integer", "maximum": 9, "minimum": 1});
    let version = |name: &str, stored: bool, spec: Value, path: &str| {
        json!({
            "name": name, "served": true, "storage": stored,
            "schema": {"openAPIV3Schema": {
                "type": "object", "properties": {"spec": spec, "status": status},
            }},
            "subresources": {
                "status": {},
                "scale": {"specReplicasPath": path, "statusReplicasPath": ".status.afloat"},
            },
            "additionalPrinterColumns": [{"name": format!("Size {name}"), "type": "integer", "jsonPath": path}],
            "selectableFields": [{"jsonPath": path}],
        })
    };
    let old = json!({"type": "object", "properties": {"color": color, "size": size}});
    let new = json!({"type": "object", "required": ["hull"], "properties": {
        "color": {"type": "string"},
        "sails": {"type": "integer"},
        "hull": {"type": "object", "required": ["length"], "properties": {"length": size}},
    }});
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "boats.sea.example.com"},
        "spec": {
            "group": "sea.example.com",
            "scope": "Namespaced",
            "names": {"plural": "boats", "singular": "boat", "kind": "Boat", "listKind": "BoatList"},
            "conversion": conversion,
            "versions": [
                version("v1", true, old, ".spec.size"),
                version("v2", false, new, ".spec.hull.length"),
            ],
        },
    })
}

fn by_url(webhook: &Webhook, path: &str, reviews: &[&str]) -> Value {
    let client =
        json!({"url": format!("https://10.0.0.9:9443{path}"), "caBundle": webhook.authority});
    json!({
        "strategy": "Webhook",
        "webhook": {"conversionReviewVersions": reviews, "clientConfig": client},
    })
}

/// A server with boats, which the webhook converts.
fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Kit, Arc<Webhook>) -> F) {
    let webhook = Arc::new(Webhook::new());
    let dial: Arc<dyn Dial> = Arc::<TlsServer>::clone(&webhook.server);
    full::run_dialing(dial, |kit: Kit| async move {
        define(&kit, boats(by_url(&webhook, "/convert", &["v1"]))).await;
        scenario(kit, webhook).await;
    });
}

fn new_boat(name: &str, length: u32) -> Value {
    json!({
        "apiVersion": "sea.example.com/v2", "kind": "Boat",
        "metadata": {"name": name}, "spec": {"hull": {"length": length}},
    })
}

fn old_boat(name: &str, size: u32) -> Value {
    json!({
        "apiVersion": "sea.example.com/v1", "kind": "Boat",
        "metadata": {"name": name}, "spec": {"size": size},
    })
}

async fn accepting(kit: &Kit, path: &str, accept: &str) -> Answer {
    let headers = [("accept", accept)];
    send_with(&kit.admin, "GET", path, "", Value::Null, &headers).await
}

/// How many reviews there were since the last time, and of how many objects each.
fn reviewed(webhook: &Webhook) -> Vec<usize> {
    let asked = webhook.asked();
    let objects =
        |(_, review): &(String, Value)| review["request"]["objects"].as_array().unwrap().len();
    asked.iter().map(objects).collect()
}

#[test]
fn an_object_lives_in_a_version_that_is_not_stored() {
    run(|kit, webhook| async move {
        let made = kit.post(NEW, new_boat("a", 4)).await.expect(201);
        assert_eq!(made["apiVersion"], "sea.example.com/v2");
        // Pruned by the schema of v2 after the conversion; defaults are those of what is stored.
        assert_eq!(made["spec"], json!({"color": "red", "hull": {"length": 4}}));
        assert_eq!(made["metadata"]["labels"], json!({"form": "new"}));
        assert_eq!(made["metadata"]["finalizers"], Value::Null);
        let manager = &made["metadata"]["managedFields"][0];
        assert_eq!(manager["apiVersion"], "sea.example.com/v2");
        assert!(manager["fieldsV1"]["f:spec"]["f:hull"]["f:length"].is_object());
        // To be stored, and back.
        let asked = webhook.asked();
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[0].0, "/convert?timeout=30s");
        let request = &asked[1].1["request"];
        assert_eq!(request["desiredAPIVersion"], "sea.example.com/v2");
        assert_eq!(
            request["objects"][0]["metadata"]["resourceVersion"],
            Value::Null
        );

        let stored = kit.get(&format!("{OLD}/a")).await.expect(200);
        assert_eq!(stored["spec"], json!({"color": "red", "size": 4}));
        assert_eq!(stored["metadata"]["labels"], json!({"form": "old"}));
        assert!(reviewed(&webhook).is_empty());

        let mut wanted = made.clone();
        wanted["spec"]["hull"]["length"] = json!(5);
        wanted["status"] = json!({"afloat": 1});
        let put = kit.put(&format!("{NEW}/a"), wanted).await.expect(200);
        assert_eq!(put["spec"]["hull"]["length"], 5);
        assert_eq!(put["metadata"]["generation"], 2);
        assert_eq!(put["status"], Value::Null);
        let stale = kit.put(&format!("{NEW}/a"), made).await.message(409);
        assert!(stale.contains("the object has been modified"), "{stale}");
        for (media, patch) in [
            (MERGE, json!({"spec": {"hull": {"length": 6}}})),
            (
                JSON,
                json!([{"op": "replace", "path": "/spec/hull/length", "value": 6}]),
            ),
        ] {
            let patched = kit
                .patch(&format!("{NEW}/a"), media, patch)
                .await
                .expect(200);
            assert_eq!(patched["spec"]["hull"]["length"], 6);
        }
        let wrong = json!({"spec": {"hull": {"length": 60}}});
        let wrong = kit
            .patch(&format!("{NEW}/a"), MERGE, wrong)
            .await
            .message(422);
        assert_eq!(
            wrong,
            "Boat.sea.example.com \"a\" is invalid: spec.hull.length: Invalid value: 60: spec.hull.length in body should be less than or equal to 9"
        );
    });
}

#[test]
fn parts_and_ends_are_in_the_version_of_the_request() {
    run(|kit, _webhook| async move {
        kit.post(OLD, old_boat("a", 6)).await.expect(201);
        let status = json!({"status": {"afloat": 3}});
        let status = kit
            .patch(&format!("{NEW}/a/status"), MERGE, status)
            .await
            .expect(200);
        assert_eq!(status["spec"]["hull"]["length"], 6);
        assert_eq!(status["status"]["afloat"], 3);
        let scale = kit.get(&format!("{NEW}/a/scale")).await.expect(200);
        assert_eq!(
            (&scale["spec"]["replicas"], &scale["status"]["replicas"]),
            (&json!(6), &json!(3))
        );
        let scaled = json!({"spec": {"replicas": 7}});
        kit.patch(&format!("{NEW}/a/scale"), MERGE, scaled)
            .await
            .expect(200);
        let stored = kit.get(&format!("{OLD}/a")).await.expect(200);
        assert_eq!(stored["spec"], json!({"color": "red", "size": 7}));

        let finalizers = json!({"metadata": {"finalizers": ["example.com/wait"]}});
        kit.patch(&format!("{NEW}/a"), MERGE, finalizers)
            .await
            .expect(200);
        let going = kit
            .delete(&format!("{NEW}/a"), Value::Null)
            .await
            .expect(200);
        assert_eq!(going["spec"]["hull"]["length"], 7);
        assert!(going["metadata"]["deletionTimestamp"].is_string());
        let free = json!({"metadata": {"finalizers": null}});
        kit.patch(&format!("{NEW}/a"), MERGE, free)
            .await
            .expect(200);
        kit.get(&format!("{NEW}/a")).await.expect(404);
    });
}

#[test]
fn a_dry_run_asks_as_a_write_does() {
    run(|kit, webhook| async move {
        let made = kit
            .post(&format!("{NEW}?dryRun=All"), new_boat("a", 4))
            .await;
        let made = made.expect(201);
        assert_eq!(made["metadata"]["labels"], json!({"form": "new"}));
        assert_eq!(reviewed(&webhook), [1, 1]);
        kit.get(&format!("{OLD}/a")).await.expect(404);
        kit.post(OLD, old_boat("a", 4)).await.expect(201);
        assert!(reviewed(&webhook).is_empty());
        let path = format!("{NEW}/a?dryRun=All");
        let patch = json!({"spec": {"hull": {"length": 5}}});
        let patched = kit.patch(&path, MERGE, patch).await.expect(200);
        assert_eq!(patched["spec"]["hull"]["length"], 5);
        webhook.is(Mode::SaysNo);
        let refused = kit
            .post(&format!("{NEW}?dryRun=All"), new_boat("b", 4))
            .await;
        let words = "conversion webhook for sea.example.com/v2, Kind=Boat failed: the sea is rough";
        assert_eq!(refused.message(500), words);
    });
}

#[test]
fn bodies_are_read_by_the_schema_of_their_version() {
    run(|kit, _webhook| async move {
        let mut unknown = new_boat("a", 4);
        unknown["spec"]["size"] = json!(3);
        let strict = format!("{NEW}?fieldValidation=Strict");
        let refused = kit.post(&strict, unknown.clone()).await.message(400);
        assert!(refused.contains("unknown field \"spec.size\""), "{refused}");
        let made = kit.post(NEW, unknown).await.expect(201);
        assert_eq!(made["spec"]["size"], Value::Null);
        let refused = kit.post(NEW, old_boat("b", 3)).await.message(400);
        assert_eq!(
            refused,
            "the API version in the data (sea.example.com/v1) does not match the expected API version (sea.example.com/v2)"
        );
        let mut bare = new_boat("b", 3);
        bare["spec"] = json!({});
        let refused = kit.post(NEW, bare).await.message(422);
        assert_eq!(refused, REQUIRED.replace("NAME", "b"));
    });
}

#[test]
fn a_list_is_one_question() {
    run(|kit, webhook| async move {
        for (name, size) in [("a", 1), ("b", 2), ("c", 2)] {
            kit.post(OLD, old_boat(name, size)).await.expect(201);
        }
        let list = kit.get(NEW).await.expect(200);
        assert_eq!(list["kind"], "BoatList");
        let lengths: Vec<&Value> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|boat| &boat["spec"]["hull"]["length"])
            .collect();
        assert_eq!(lengths, [1, 2, 2]);
        assert_eq!(reviewed(&webhook), [3]);
        // What has been converted once is kept; what has changed is not.
        kit.patch(
            &format!("{OLD}/b"),
            MERGE,
            json!({"spec": {"color": "blue"}}),
        )
        .await
        .expect(200);
        let names = async |query: &str| {
            let list = kit.get(&format!("{NEW}?{query}")).await.expect(200);
            let items = list["items"].as_array().unwrap().iter();
            let names: Vec<String> = items
                .map(|boat| boat["metadata"]["name"].as_str().unwrap().to_owned())
                .collect();
            (
                names.join(" "),
                list["metadata"]["continue"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
            )
        };
        assert_eq!(names("fieldSelector=spec.hull.length=2").await.0, "b c");
        assert_eq!(reviewed(&webhook), [1]);
        assert_eq!(names("fieldSelector=spec.hull.length!=2").await.0, "a");
        assert_eq!(names("labelSelector=form=new").await.0, "a b c");
        assert_eq!(names("labelSelector=form=old").await.0, "");
        assert_eq!(names("fieldSelector=metadata.name=b").await.0, "b");
        let (first, token) = names("fieldSelector=spec.hull.length=2&limit=1").await;
        assert_eq!(first, "b");
        let rest = format!("fieldSelector=spec.hull.length=2&limit=1&continue={token}");
        assert_eq!(names(&rest).await, ("c".to_owned(), String::new()));
        assert!(reviewed(&webhook).is_empty());
        let other = kit
            .get(&format!("{NEW}?fieldSelector=spec.size=2"))
            .await
            .message(400);
        assert_eq!(other, "field label not supported: spec.size");

        let gone = kit
            .delete(
                &format!("{NEW}?fieldSelector=spec.hull.length=2"),
                Value::Null,
            )
            .await;
        let gone = gone.expect(200);
        assert_eq!(gone["items"][1]["spec"]["hull"]["length"], 2);
        assert_eq!(names("").await.0, "a");
    });
}

#[test]
fn other_forms_show_what_was_converted() {
    run(|kit, _webhook| async move {
        kit.post(OLD, old_boat("a", 1)).await.expect(201);
        let table = accepting(&kit, NEW, "application/json;as=Table;g=meta.k8s.io;v=v1").await;
        let table = table.expect(200);
        assert_eq!(table["columnDefinitions"][1]["name"], "Size v2");
        assert_eq!(table["rows"][0]["cells"], json!(["a", 1]));
        assert_eq!(
            table["rows"][0]["object"]["metadata"]["labels"],
            json!({"form": "new"})
        );
        let partial = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
        let partial = accepting(&kit, NEW, partial).await.expect(200);
        assert_eq!(
            partial["items"][0]["metadata"]["labels"],
            json!({"form": "new"})
        );
        let yaml = accepting(&kit, &format!("{NEW}/a"), "application/yaml").await;
        assert!(yaml.text.contains("length: 1"), "{}", yaml.text);
    });
}

async fn watch(kit: &Kit, query: &str) -> Body {
    let request = Request::get(format!("{NEW}?watch=1&{query}"))
        .body(Bytes::new())
        .unwrap();
    kit.admin.call(request).await.into_body()
}

async fn next(body: &mut Body) -> Vec<String> {
    let line = |event: &Value| {
        let object = &event["object"];
        format!(
            "{} {} {}",
            event["type"].as_str().unwrap(),
            object["metadata"]["name"],
            object["spec"]["hull"]["length"]
        )
    };
    events(body).await.iter().map(line).collect()
}

#[test]
fn events_are_converted_once_for_all_watches() {
    run(|kit, webhook| async move {
        kit.post(OLD, old_boat("a", 1)).await.expect(201);
        kit.post(OLD, old_boat("b", 2)).await.expect(201);
        let mut all = watch(&kit, "").await;
        assert_eq!(next(&mut all).await, ["ADDED \"a\" 1", "ADDED \"b\" 2"]);
        assert_eq!(reviewed(&webhook), [2]);
        let mut twos = watch(
            &kit,
            "fieldSelector=spec.hull.length=2&labelSelector=form=new",
        )
        .await;
        assert_eq!(next(&mut twos).await, ["ADDED \"b\" 2"]);
        assert!(reviewed(&webhook).is_empty());
        for (name, size) in [("a", 2), ("b", 3)] {
            let patch = json!({"spec": {"size": size}});
            kit.patch(&format!("{OLD}/{name}"), MERGE, patch)
                .await
                .expect(200);
        }
        kit.delete(&format!("{OLD}/b"), Value::Null)
            .await
            .expect(200);
        let mut seen = Vec::new();
        while seen.len() < 3 {
            seen.extend(next(&mut all).await);
        }
        assert_eq!(
            seen,
            ["MODIFIED \"a\" 2", "MODIFIED \"b\" 3", "DELETED \"b\" 3"]
        );
        let objects: usize = reviewed(&webhook).iter().sum();
        assert_eq!(objects, 2);
        assert_eq!(next(&mut twos).await, ["ADDED \"a\" 2", "DELETED \"b\" 2"]);
        assert!(reviewed(&webhook).is_empty());
        let mut named = watch(
            &kit,
            "allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan",
        )
        .await;
        assert_eq!(next(&mut named).await, ["ADDED \"a\" 2"]);
        let mark = events(&mut named).await;
        assert_eq!(mark[0]["type"], "BOOKMARK");
        assert_eq!(mark[0]["object"]["apiVersion"], "sea.example.com/v2");
        webhook.is(Mode::SaysNo);
        kit.post(OLD, old_boat("c", 1)).await.expect(201);
        let failed = events(&mut all).await;
        assert_eq!(failed[0]["type"], "ERROR");
        assert_eq!(
            failed[0]["object"]["message"],
            "Internal error occurred: conversion webhook for sea.example.com/v1, Kind=Boat failed: the sea is rough"
        );
        assert!(events(&mut all).await.is_empty());
    });
}

/// What is said of wrong answers, behind the name of the webhook.
const WRONG: &[(Mode, &str)] = &[
    (Mode::SaysNo, " failed: the sea is rough"),
    (
        Mode::SaysNothing,
        " failed: response.result.status was '', not 'Success'",
    ),
    (
        Mode::NoReview,
        " failed: expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got /, Kind=",
    ),
    (
        Mode::OtherReview,
        " failed: converting (v1beta1.ConversionReview) to (v1.ConversionReview): unknown conversion",
    ),
    (Mode::NoObjects, " returned 0 objects, expected 1"),
    (
        Mode::OtherName,
        " returned invalid object: must have the same name: a != other",
    ),
    (
        Mode::OtherVersion,
        " returned invalid object at index 0: invalid groupVersion (expected sea.example.com/v2, received sea.example.com/v9)",
    ),
    (
        Mode::OtherKind,
        " returned invalid object at index 0: invalid kind (expected Boat, received Raft)",
    ),
    (
        Mode::NoMetadata,
        " returned invalid object: must have the same name: a != ",
    ),
    (
        Mode::LabelOfNumber,
        " returned invalid metadata: metadata.labels[a] must be a string, but is int64 in converted object",
    ),
    (
        Mode::Broken,
        " failed: an error on the server (\"no way\") has prevented the request from succeeding",
    ),
    (
        Mode::Silent,
        " failed: Post \"https://10.0.0.9:9443/convert?timeout=30s\": context deadline exceeded",
    ),
];

#[test]
fn answers_of_webhooks_are_not_believed() {
    run(|kit, webhook| async move {
        kit.post(OLD, old_boat("a", 1)).await.expect(201);
        let path = format!("{NEW}/a");
        let of = "conversion webhook for sea.example.com/v1, Kind=Boat";
        for (mode, words) in WRONG {
            webhook.is(*mode);
            let answer = kit.get(&path).await.expect(500);
            assert_eq!(answer["message"], format!("{of}{words}"), "{mode:?}");
            assert_eq!(answer["reason"], Value::Null);
        }
        webhook.is(Mode::WrongLabel);
        let words = kit.get(&path).await.message(500);
        assert!(words.starts_with(&format!("{of} returned invalid metadata: metadata.labels: Invalid value: \"a b\": name part must consist of")), "{words}");
        webhook.is(Mode::OtherUid);
        let words = kit.get(&path).await.message(500);
        assert!(
            words.starts_with(&format!("{of} failed: expected response.uid=\""))
                && words.ends_with(", got \"u\""),
            "{words}"
        );
        webhook.is(Mode::NoKind);
        let words = kit.get(&path).await.message(500);
        assert!(
            words.starts_with("Object 'Kind' is missing in '{"),
            "{words}"
        );

        // Nothing that needs it is served or written meanwhile; the stored version is.
        webhook.is(Mode::SaysNo);
        assert_eq!(kit.get(NEW).await.code, 500);
        assert_eq!(kit.post(NEW, new_boat("b", 1)).await.code, 500);
        assert_eq!(kit.delete(&path, Value::Null).await.code, 500);
        kit.get(&format!("{OLD}/b")).await.expect(404);
        kit.get(&format!("{OLD}/a")).await.expect(200);
        webhook.is(Mode::Right);
        kit.get(&path).await.expect(200);

        let metrics = kit.get("/metrics").await.text;
        for line in [
            "apiserver_conversion_webhook_request_total{failure_type=\"conversion_webhook_partial_response_failure\",result=\"failure\"} 1",
            "apiserver_conversion_webhook_request_total{failure_type=\"\",result=\"success\"} 1",
            "apiserver_conversion_webhook_duration_seconds_count{failure_type=\"\",result=\"success\"} 1",
            "apiserver_crd_conversion_webhook_duration_seconds_count{crd_name=\"boats.sea.example.com\",from_version=\"v1\",succeeded=\"true\",to_version=\"v2\"} 1",
        ] {
            assert!(metrics.contains(line), "{line}");
        }
    });
}

#[test]
fn a_service_is_asked_and_another_configuration_at_once() {
    run(|kit, webhook| async move {
        kit.post(OLD, old_boat("a", 1)).await.expect(201);
        kit.get(&format!("{NEW}/a")).await.expect(200);
        webhook.asked();
        let path = format!("{DEFINITIONS}/boats.sea.example.com");
        let configured = async |webhook: Value| {
            let patch = json!({"spec": {"conversion": {"webhook": webhook}}});
            kit.patch(&path, MERGE, patch).await.expect(200);
            kit.get(&format!("{NEW}/a")).await
        };
        let service = json!({"namespace": "sea", "name": "boats", "path": "/by/service"});
        let client = json!({"url": null, "service": service});
        let early = configured(json!({"clientConfig": client}))
            .await
            .message(500);
        assert_eq!(
            early,
            "conversion webhook for sea.example.com/v1, Kind=Boat failed: Post \"https://boats.sea.svc:443/by/service?timeout=30s\": service \"boats\" not found"
        );
        kit.post("/api/v1/namespaces", json!({"metadata": {"name": "sea"}}))
            .await
            .expect(201);
        let ports = json!([{"name": "https", "port": 443}]);
        let service = json!({"metadata": {"name": "boats"}, "spec": {"ports": ports}});
        kit.post("/api/v1/namespaces/sea/services", service)
            .await
            .expect(201);
        let slice = json!({
            "metadata": {"name": "boats-1", "labels": {"kubernetes.io/service-name": "boats"}},
            "addressType": "IPv4",
            "ports": [{"name": "https", "port": 9443}],
            "endpoints": [{"addresses": ["10.0.0.9"]}],
        });
        let slices = "/apis/discovery.k8s.io/v1/namespaces/sea/endpointslices";
        kit.post(slices, slice).await.expect(201);
        kit.get(&format!("{NEW}/a")).await.expect(200);
        assert_eq!(webhook.asked()[0].0, "/by/service?timeout=30s");
        configured(json!({"conversionReviewVersions": ["v7", "v1beta1", "v1"]}))
            .await
            .expect(200);
        assert_eq!(
            webhook.asked()[0].1["apiVersion"],
            "apiextensions.k8s.io/v1beta1"
        );
        let (other, _) = crate::kit::tls::authority("others");
        let bundle = crate::kit::tls::base64(other.as_bytes());
        let refused = configured(json!({"clientConfig": {"caBundle": bundle}}))
            .await
            .message(500);
        assert!(
            refused.contains("certificate signed by unknown authority"),
            "{refused}"
        );
        configured(json!({"clientConfig": {"caBundle": webhook.authority}}))
            .await
            .expect(200);
    });
}

#[test]
fn what_was_stored_in_another_version_is_converted_when_it_is_asked_for() {
    run(|kit, webhook| async move {
        kit.post(OLD, old_boat("a", 1)).await.expect(201);
        let mut definition = kit
            .get(&format!("{DEFINITIONS}/boats.sea.example.com"))
            .await
            .expect(200);
        for (index, stored) in [(0, false), (1, true)] {
            definition["spec"]["versions"][index]["storage"] = json!(stored);
        }
        let path = format!("{DEFINITIONS}/boats.sea.example.com");
        kit.put(&path, definition).await.expect(200);
        assert!(reviewed(&webhook).is_empty());
        // As it was written.
        let old = kit.get(&format!("{OLD}/a")).await.expect(200);
        assert_eq!(
            (&old["spec"]["size"], &old["metadata"]["labels"]),
            (&json!(1), &Value::Null)
        );
        assert!(reviewed(&webhook).is_empty());
        let list = kit
            .get(&format!("{NEW}?fieldSelector=spec.hull.length=1"))
            .await
            .expect(200);
        assert_eq!(list["items"][0]["spec"]["hull"]["length"], 1);
        assert_eq!(reviewed(&webhook), [1]);
        // Written again without a change it is stored in the new version.
        kit.patch(&format!("{NEW}/a"), MERGE, json!({}))
            .await
            .expect(200);
        assert_eq!(reviewed(&webhook), [1, 1]);
        kit.get(&format!("{NEW}/a")).await.expect(200);
        assert!(reviewed(&webhook).is_empty());
        let old = kit.get(&format!("{OLD}/a")).await.expect(200);
        assert_eq!(old["metadata"]["labels"], json!({"form": "old"}));
    });
}

#[test]
fn managers_own_fields_in_the_version_in_which_they_applied() {
    run(|kit, _webhook| async move {
        let apply = async |path: &str, manager: &str, force: bool, boat: Value| {
            let path = format!("{path}/a?fieldManager={manager}&force={force}");
            kit.patch(&path, APPLY, boat).await
        };
        apply(OLD, "one", false, old_boat("a", 4)).await.expect(201);
        let conflict = apply(NEW, "two", false, new_boat("a", 5))
            .await
            .message(409);
        assert_eq!(
            conflict,
            "Apply failed with 1 conflict: conflict with \"one\": .spec.size"
        );
        let forced = apply(NEW, "two", true, new_boat("a", 5)).await.expect(200);
        let managers = |boat: &Value| {
            let entries = boat["metadata"]["managedFields"].as_array().unwrap().iter();
            let shown = entries.map(|entry| {
                let (manager, version) = (&entry["manager"], &entry["apiVersion"]);
                format!("{manager} {version} {}", entry["fieldsV1"]["f:spec"])
            });
            shown.collect::<Vec<_>>()
        };
        assert_eq!(
            managers(&forced),
            ["\"two\" \"sea.example.com/v2\" {\"f:hull\":{\"f:length\":{}}}"]
        );
        // Who gives a field up in its own version removes it in all.
        let mut sails = new_boat("a", 5);
        sails["spec"]["color"] = json!("blue");
        apply(NEW, "two", false, sails).await.expect(200);
        let bare = apply(NEW, "two", false, new_boat("a", 5)).await.expect(200);
        assert_eq!(bare["spec"]["color"], "red");
        let patch = json!({"spec": {"size": 6}});
        let path = format!("{OLD}/a?fieldManager=three");
        let taken = kit.patch(&path, MERGE, patch).await.expect(200);
        assert_eq!(
            managers(&taken),
            ["\"three\" \"sea.example.com/v1\" {\"f:size\":{}}"]
        );
    });
}

#[test]
fn without_a_webhook_each_version_keeps_its_own_rules() {
    full::run(|kit: Kit| async move {
        define(&kit, boats(json!({"strategy": "None"}))).await;
        let mut boat = new_boat("a", 4);
        boat["spec"]["color"] = json!("blue");
        // Validated as it was sent: what v1 does not know is lost when it is stored, as upstream loses it.
        let made = kit.post(NEW, boat).await.expect(201);
        assert_eq!(made["spec"], json!({"color": "blue"}));
        let bare = kit
            .patch(
                &format!("{NEW}/a"),
                MERGE,
                json!({"spec": {"color": "red"}}),
            )
            .await;
        assert_eq!(bare.message(422), REQUIRED.replace("NAME", "a"));
        let old = kit.get(&format!("{OLD}/a")).await.expect(200);
        assert_eq!(old["spec"], json!({"color": "blue"}));
        let list = kit.get(NEW).await.expect(200);
        assert_eq!(list["items"][0]["apiVersion"], "sea.example.com/v2");
        let request = Request::get(format!("{NEW}?watch=1"))
            .body(Bytes::new())
            .unwrap();
        let mut body = kit.admin.call(request).await.into_body();
        let seen = events(&mut body).await;
        assert_eq!(seen[0]["object"]["apiVersion"], "sea.example.com/v2");
    });
}
