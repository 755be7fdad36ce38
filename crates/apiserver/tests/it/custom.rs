//! Custom resources: what a definition adds to the server while it runs, and takes away again.
use crate::{
    full,
    kit::{Answer, Kit, events, send_with},
};
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

pub(crate) const DEFINITIONS: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
pub(crate) const SHIPS: &str = "/apis/sea.example.com/v1/namespaces/default/ships";
const OLD_SHIPS: &str = "/apis/sea.example.com/v1beta1/namespaces/default/ships";
pub(crate) const MERGE: &str = "application/merge-patch+json";
const APPLY: &str = "application/apply-patch+yaml";

/// Two versions with the same schema, the older one deprecated and with columns of its own.
pub(crate) fn ships() -> Value {
    let schema = json!({"openAPIV3Schema": {
        "type": "object",
        "properties": {
            "spec": {
                "type": "object",
                "x-kubernetes-validations": [
                    {"rule": "!has(oldSelf.color) || self.color == oldSelf.color || self.size < 5", "message": "large ships keep their color"},
                ],
                "properties": {
                    "size": {"type": "integer", "default": 3, "minimum": 1, "maximum": 9},
                    "color": {"type": "string", "enum": ["red", "blue"]},
                    "crew": {
                        "type": "array",
                        "x-kubernetes-list-type": "map",
                        "x-kubernetes-list-map-keys": ["name"],
                        "items": {
                            "type": "object",
                            "required": ["name"],
                            "properties": {"name": {"type": "string"}, "rank": {"type": "string"}},
                        },
                    },
                },
            },
            "status": {
                "type": "object",
                "properties": {"size": {"type": "integer"}, "conditions": {"type": "array", "items": {
                    "type": "object",
                    "properties": {"type": {"type": "string"}, "status": {"type": "string"}},
                }}},
            },
        },
    }});
    let mut old = schema.clone();
    old["openAPIV3Schema"]["description"] = json!("As ships were.");
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "ships.sea.example.com"},
        "spec": {
            "group": "sea.example.com",
            "scope": "Namespaced",
            "names": {"plural": "ships", "singular": "ship", "kind": "Ship", "listKind": "ShipList", "shortNames": ["sh"], "categories": ["all"]},
            "versions": [
                {
                    "name": "v1", "served": true, "storage": true, "schema": schema,
                    "subresources": {"status": {}, "scale": {"specReplicasPath": ".spec.size", "statusReplicasPath": ".status.size"}},
                    "additionalPrinterColumns": [
                        {"name": "Size", "type": "integer", "jsonPath": ".spec.size"},
                        {"name": "Ready", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status"},
                    ],
                    "selectableFields": [{"jsonPath": ".spec.color"}],
                },
                {"name": "v1beta1", "served": true, "storage": false, "deprecated": true, "schema": old},
            ],
        },
    })
}

/// Creates a definition and says what the controllers of definitions say.
pub(crate) async fn define(kit: &Kit, definition: Value) {
    let names = definition["spec"]["names"].clone();
    let name = definition["metadata"]["name"].as_str().unwrap().to_owned();
    kit.post(DEFINITIONS, definition).await.expect(201);
    let conditions = ["NamesAccepted", "Established"].map(|type_| {
        json!({"type": type_, "status": "True", "lastTransitionTime": "2026-11-22T01:40:50Z", "reason": "R", "message": "m"})
    });
    let status = json!({"status": {"acceptedNames": names, "conditions": conditions}});
    let path = format!("{DEFINITIONS}/{name}/status");
    kit.patch(&path, MERGE, status).await.expect(200);
}

pub(crate) fn ship(name: &str, spec: Value) -> Value {
    json!({"apiVersion": "sea.example.com/v1", "kind": "Ship", "metadata": {"name": name}, "spec": spec})
}

fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Kit) -> F) {
    full::run(|kit: Kit| async move {
        define(&kit, ships()).await;
        scenario(kit).await;
    });
}

async fn accepting(kit: &Kit, path: &str, accept: &str) -> Answer {
    let headers = [("accept", accept)];
    send_with(&kit.admin, "GET", path, "", Value::Null, &headers).await
}

#[test]
fn an_object_lives() {
    run(|kit| async move {
        // Nobody waits: who has seen that the kind is established finds it.
        let made = kit
            .post(SHIPS, ship("a", json!({"color": "red"})))
            .await
            .expect(201);
        assert_eq!(made["spec"], json!({"color": "red", "size": 3}));
        assert_eq!(made["metadata"]["generation"], 1);
        let path = format!("{SHIPS}/a");
        assert_eq!(kit.get(&path).await.expect(200), made);
        // Generation counts everything but metadata and status.
        let labelled = json!({"metadata": {"labels": {"a": "b"}}});
        let same = kit.patch(&path, MERGE, labelled).await.expect(200);
        assert_eq!(same["metadata"]["generation"], 1);
        let mut next = same.clone();
        next["spec"]["size"] = json!(4);
        next["status"] = json!({"size": 9});
        let next = kit.put(&path, next).await.expect(200);
        assert_eq!(
            (&next["metadata"]["generation"], &next["status"]),
            (&json!(2), &Value::Null)
        );
        let refused = kit.put(&path, ship("a", json!({}))).await.message(422);
        assert!(refused.contains("metadata.resourceVersion"), "{refused}");
        let wrong = json!({"spec": {"size": 10}});
        let refused = kit.patch(&path, MERGE, wrong).await.message(422);
        assert_eq!(
            refused,
            "Ship.sea.example.com \"a\" is invalid: spec.size: Invalid value: 10: spec.size in body should be less than or equal to 9"
        );
        let painted = json!({"spec": {"size": 7, "color": "blue"}});
        let refused = kit.patch(&path, MERGE, painted).await.message(422);
        assert_eq!(
            refused,
            "Ship.sea.example.com \"a\" is invalid: spec: Invalid value: large ships keep their color"
        );
        let mut other = next.clone();
        other["kind"] = json!("Car");
        let refused = kit.put(&path, other).await.message(422);
        assert_eq!(
            refused,
            "Ship.sea.example.com \"a\" is invalid: kind: Invalid value: \"Car\": must be Ship"
        );
        let gone = kit.delete(&path, Value::Null).await.expect(200);
        assert_eq!(
            (&gone["status"], &gone["details"]["kind"]),
            (&json!("Success"), &json!("ships"))
        );
        kit.get(&path).await.expect(404);
    });
}

#[test]
fn bodies_are_read_strictly_if_asked() {
    run(|kit| async move {
        let text = r#"{"apiVersion":"sea.example.com/v1","kind":"Ship","metadata":{"name":"x","bogus":1},"spec":{"size":1,"size":2,"sails":7}}"#;
        let post = |validation: &str| {
            Request::post(format!("{SHIPS}?dryRun=All&fieldValidation={validation}"))
                .header("content-type", "application/json")
                .body(Bytes::from(text))
                .unwrap()
        };
        let (head, _) = kit.admin.call(post("Warn")).await.into_parts();
        let warnings: Vec<_> = head
            .headers
            .get_all("warning")
            .iter()
            .map(|w| w.to_str().unwrap())
            .collect();
        expect_test::expect![[r#"
            [
                "299 - \"duplicate field \\\"spec.size\\\"\"",
                "299 - \"unknown field \\\"metadata.bogus\\\"\"",
                "299 - \"unknown field \\\"spec.sails\\\"\"",
            ]
        "#]]
        .assert_debug_eq(&warnings);
        assert_eq!(kit.admin.call(post("Strict")).await.status(), 400);
        assert_eq!(kit.admin.call(post("Ignore")).await.status(), 201);
        let yaml =
            "apiVersion: sea.example.com/v1\nkind: Ship\nmetadata: {name: yam}\nspec: {size: 5}\n";
        let request = Request::post(SHIPS)
            .header("content-type", "application/yaml")
            .body(Bytes::from(yaml))
            .unwrap();
        assert_eq!(kit.admin.call(request).await.status(), 201);
        let nameless = json!({"metadata": {"name": "z"}});
        let refused = kit.post(SHIPS, nameless).await.message(400);
        assert!(refused.contains("Object 'Kind' is missing in"), "{refused}");
        let mut old = ship("z", json!({}));
        old["apiVersion"] = json!("sea.example.com/v2");
        let refused = kit.post(SHIPS, old).await.message(400);
        assert_eq!(
            refused,
            "the API version in the data (sea.example.com/v2) does not match the expected API version (sea.example.com/v1)"
        );
    });
}

#[test]
fn there_is_no_protobuf() {
    run(|kit| async move {
        kit.post(SHIPS, ship("a", json!({}))).await.expect(201);
        let path = format!("{SHIPS}/a");
        let protobuf = "application/vnd.kubernetes.protobuf";
        let alone = Request::get(&path)
            .header("accept", protobuf)
            .body(Bytes::new())
            .unwrap();
        assert_eq!(kit.admin.call(alone).await.status(), 406);
        let either = format!("{protobuf},application/json");
        let shown = accepting(&kit, &path, &either).await.expect(200);
        assert_eq!(shown["kind"], "Ship");
        let partial = format!("{protobuf};as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        let request = Request::get(&path)
            .header("accept", partial)
            .body(Bytes::new())
            .unwrap();
        assert_eq!(kit.admin.call(request).await.status(), 200);
        let strategic = "application/strategic-merge-patch+json";
        kit.patch(&path, strategic, json!({})).await.expect(415);
    });
}

#[test]
fn status_and_scale() {
    run(|kit| async move {
        kit.post(SHIPS, ship("a", json!({"color": "blue"})))
            .await
            .expect(201);
        let status = json!({"spec": {"color": "red"}, "status": {"size": 2, "conditions": [{"type": "Ready", "status": "True"}]}});
        let changed = kit
            .patch(&format!("{SHIPS}/a/status"), MERGE, status)
            .await
            .expect(200);
        assert_eq!(
            (&changed["spec"]["color"], &changed["status"]["size"]),
            (&json!("blue"), &json!(2))
        );
        assert_eq!(changed["metadata"]["generation"], 1);
        let wrong = json!({"status": {"size": "two"}});
        let refused = kit
            .patch(&format!("{SHIPS}/a/status"), MERGE, wrong)
            .await
            .message(422);
        assert!(
            refused.contains("size in body must be of type integer"),
            "{refused}"
        );
        let scale = kit.get(&format!("{SHIPS}/a/scale")).await.expect(200);
        assert_eq!(
            (&scale["spec"]["replicas"], &scale["status"]["replicas"]),
            (&json!(3), &json!(2))
        );
        let table = "application/json;as=Table;g=meta.k8s.io;v=v1";
        let table = accepting(&kit, &format!("{SHIPS}/a/scale"), table)
            .await
            .expect(200);
        assert_eq!(table["columnDefinitions"][3]["type"], "date");
        assert_eq!(table["rows"][0]["cells"][1], 3);
        let scaled = kit
            .patch(
                &format!("{SHIPS}/a/scale"),
                MERGE,
                json!({"spec": {"replicas": 5}}),
            )
            .await
            .expect(200);
        assert_eq!(scaled["spec"]["replicas"], 5);
        let shown = kit.get(&format!("{SHIPS}/a")).await.expect(200);
        assert_eq!(
            (&shown["spec"]["size"], &shown["metadata"]["generation"]),
            (&json!(5), &json!(2))
        );
        // The older version has neither.
        let missing = kit.get(&format!("{OLD_SHIPS}/a/scale")).await.message(404);
        assert_eq!(missing, "ships.sea.example.com \"a\" not found");
    });
}

#[test]
fn a_scale_without_a_count() {
    full::run(|kit: Kit| async move {
        let anything = json!({"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}});
        let mut definition = ships();
        let version = &mut definition["spec"]["versions"][0];
        version["schema"] = anything.clone();
        version["selectableFields"] = json!([]);
        definition["spec"]["versions"][1]["schema"] = anything;
        define(&kit, definition).await;
        kit.post(SHIPS, ship("a", json!({}))).await.expect(201);
        let path = format!("{SHIPS}/a/scale");
        assert_eq!(
            kit.get(&path).await.message(500),
            "Internal error occurred: the spec replicas field \".spec.size\" does not exist"
        );
        assert_eq!(
            kit.patch(&path, MERGE, json!({})).await.message(400),
            "the spec replicas field \".spec.size\" cannot be empty"
        );
        let counted = json!({"spec": {"replicas": 0}});
        let scaled = kit.patch(&path, MERGE, counted).await.expect(200);
        assert_eq!(scaled["spec"]["replicas"].as_i64(), None);
        let shown = kit.get(&format!("{SHIPS}/a")).await.expect(200);
        assert_eq!(shown["spec"]["size"], 0);
        kit.get(&path).await.expect(200);
        let refused = kit.post(SHIPS, ship("b", json!(5))).await.message(422);
        assert_eq!(
            refused,
            "Ship.sea.example.com \"b\" is invalid: .spec.size: Invalid value: 0: .spec.size accessor error: 5 is of the type int64, expected map[string]interface{}"
        );
    });
}

#[test]
fn tables_and_field_selectors() {
    run(|kit| async move {
        for (name, color) in [("a", "red"), ("b", "blue")] {
            kit.post(SHIPS, ship(name, json!({"color": color})))
                .await
                .expect(201);
        }
        let ready = json!({"status": {"conditions": [{"type": "Ready", "status": "True"}]}});
        kit.patch(&format!("{SHIPS}/a/status"), MERGE, ready)
            .await
            .expect(200);
        let table = "application/json;as=Table;g=meta.k8s.io;v=v1";
        let of = |table: &Value| {
            let cells = |row: &Value| row["cells"].clone();
            table["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(cells)
                .collect::<Vec<_>>()
        };
        let shown = accepting(&kit, SHIPS, table).await.expect(200);
        assert_eq!(of(&shown), [json!(["a", 3, "True"]), json!(["b", 3, null])]);
        let old = accepting(&kit, OLD_SHIPS, table).await.expect(200);
        assert_eq!(old["columnDefinitions"][1]["name"], "Age");
        assert_eq!(of(&old)[0][0], "a");
        let red = kit
            .get(&format!("{SHIPS}?fieldSelector=spec.color%3Dred"))
            .await
            .expect(200);
        assert_eq!(red["items"][0]["metadata"]["name"], "a");
        assert_eq!(red["items"].as_array().unwrap().len(), 1);
        assert_eq!(
            (&red["items"][0]["kind"], &red["kind"]),
            (&json!("Ship"), &json!("ShipList"))
        );
        let unknown = kit
            .get(&format!("{OLD_SHIPS}?fieldSelector=spec.color%3Dred"))
            .await
            .message(400);
        assert_eq!(unknown, "field label not supported: spec.color");
        kit.delete(
            &format!("{SHIPS}?fieldSelector=spec.color%3Dred"),
            Value::Null,
        )
        .await
        .expect(200);
        let left = kit.get(SHIPS).await.expect(200);
        assert_eq!(left["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn versions_differ_in_their_names_alone() {
    run(|kit| async move {
        let mut old = ship("a", json!({"size": 2}));
        old["apiVersion"] = json!("sea.example.com/v1beta1");
        let made = kit.post(OLD_SHIPS, old).await;
        let warning = made.headers["warning"].to_str().unwrap().to_owned();
        assert_eq!(
            warning,
            "299 - \"sea.example.com/v1beta1 Ship is deprecated; use sea.example.com/v1 Ship\""
        );
        let made = made.expect(201);
        assert_eq!(made["apiVersion"], "sea.example.com/v1beta1");
        assert_eq!(
            made["metadata"]["managedFields"][0]["apiVersion"],
            "sea.example.com/v1beta1"
        );
        let shown = kit.get(&format!("{SHIPS}/a")).await.expect(200);
        assert_eq!(
            (&shown["apiVersion"], &shown["spec"]["size"]),
            (&json!("sea.example.com/v1"), &json!(2))
        );
        let list = kit.get(OLD_SHIPS).await.expect(200);
        assert_eq!(list["items"][0]["apiVersion"], "sea.example.com/v1beta1");
        let unknown = kit.get("/apis/sea.example.com/v3/ships").await;
        assert_eq!(
            (unknown.code, unknown.text.as_str()),
            (404, "404 page not found\n")
        );
        let misplaced = kit.get("/apis/sea.example.com/v1/ships/a").await;
        assert_eq!(
            (misplaced.code, misplaced.text.as_str()),
            (404, "404 page not found\n")
        );
    });
}

#[test]
fn applied_nulls_are_validated() {
    run(|kit| async move {
        let path = format!("{SHIPS}/a?fieldManager=m");
        let nulls = ship("a", json!({"color": null, "size": null}));
        let refused = kit.patch(&path, APPLY, nulls).await.message(422);
        assert!(
            refused.contains("spec.color in body must be of type string: \"null\""),
            "{refused}"
        );
        // It has a default, which takes its place.
        assert!(!refused.contains("spec.size"), "{refused}");
        let sent = ship("b", json!({"color": null}));
        let made = kit.post(SHIPS, sent).await.expect(201);
        assert_eq!(made["spec"], json!({"size": 3}));
    });
}

#[test]
fn a_status_that_nobody_wrote_has_its_defaults() {
    full::run(|kit: Kit| async move {
        let mut ships = ships();
        let schema = &mut ships["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
        schema["properties"]["status"]["default"] = json!({"size": 0});
        define(&kit, ships).await;
        let mut sent = ship("a", json!({}));
        sent["status"] = json!({"size": 7});
        let made = kit.post(SHIPS, sent.clone()).await.expect(201);
        assert_eq!(made["status"], json!({"size": 0}));
        let path = format!("{SHIPS}/a");
        assert_eq!(kit.get(&path).await.expect(200), made);
        let written = kit.patch(&format!("{path}/status"), MERGE, sent).await;
        assert_eq!(written.expect(200)["status"], json!({"size": 7}));
        let path = format!("{SHIPS}/b?fieldManager=m");
        let applied = kit.patch(&path, APPLY, ship("b", json!({}))).await;
        assert_eq!(applied.expect(201)["status"], json!({"size": 0}));
    });
}

#[test]
fn nothing_is_said_of_what_an_apply_loses() {
    full::run(|kit: Kit| async move {
        let mut ships = ships();
        let schema = &mut ships["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
        schema["properties"]["spec"]["properties"]["cargo"] = json!({"type": "object"});
        define(&kit, ships).await;
        let sent = ship("a", json!({"cargo": {"coal": 1}}));
        let made = kit.post(&format!("{SHIPS}?dryRun=All"), sent.clone()).await;
        assert_eq!(
            made.headers["warning"],
            "299 - \"unknown field \\\"spec.cargo.coal\\\"\""
        );
        let path = format!("{SHIPS}/a?fieldManager=m");
        let applied = kit.patch(&path, APPLY, sent).await;
        assert_eq!(applied.headers.get("warning"), None);
        assert_eq!(applied.expect(201)["spec"]["cargo"], json!({}));
    });
}

#[test]
fn nobody_applies_the_scale_of_what_nobody_manages() {
    run(|kit| async move {
        let made = ship("a", json!({"size": 2}));
        kit.post(SHIPS, made).await.expect(201);
        kit.patch(
            &format!("{SHIPS}/a"),
            MERGE,
            json!({"metadata": {"managedFields": [{}]}}),
        )
        .await
        .expect(200);
        let scale = json!({
            "apiVersion": "autoscaling/v1",
            "kind": "Scale",
            "metadata": {"name": "a", "namespace": "default"},
            "spec": {"replicas": 4},
        });
        let path = format!("{SHIPS}/a/scale?fieldManager=m");
        let refused = kit.patch(&path, APPLY, scale).await.message(500);
        assert_eq!(
            refused,
            "failed to create manager for existing fields: failed to convert live object (/; autoscaling/v1, Kind=Scale) to proper version: request to convert CR to an invalid group/version: autoscaling/v1"
        );
    });
}

#[test]
fn a_dry_run_keeps_the_version_that_it_says() {
    run(|kit| async move {
        let mut sent = ship("a", json!({}));
        sent["metadata"]["resourceVersion"] = json!("5");
        let made = kit.post(&format!("{SHIPS}?dryRun=All"), sent.clone()).await;
        assert_eq!(made.expect(201)["metadata"]["resourceVersion"], "5");
        let refused = kit.post(SHIPS, sent).await.message(500);
        assert_eq!(
            refused,
            "resourceVersion should not be set on objects to be created"
        );
    });
}

#[test]
fn apply_merges_lists_by_their_keys() {
    run(|kit| async move {
        let path = |manager: &str| format!("{SHIPS}/a?fieldManager={manager}");
        let one = ship(
            "a",
            json!({"color": "red", "crew": [{"name": "ann", "rank": "captain"}]}),
        );
        kit.patch(&path("one"), APPLY, one).await.expect(201);
        let two = ship("a", json!({"crew": [{"name": "bob"}]}));
        let both = kit.patch(&path("two"), APPLY, two).await.expect(200);
        assert_eq!(
            both["spec"]["crew"],
            json!([{"name": "ann", "rank": "captain"}, {"name": "bob"}])
        );
        let three = ship("a", json!({"color": "blue"}));
        let conflict = kit.patch(&path("two"), APPLY, three).await.message(409);
        assert_eq!(
            conflict,
            "Apply failed with 1 conflict: conflict with \"one\": .spec.color"
        );
        // What its only manager leaves out goes; the default stays.
        let less = ship("a", json!({"color": "red"}));
        let left = kit.patch(&path("one"), APPLY, less).await.expect(200);
        assert_eq!(
            left["spec"],
            json!({"color": "red", "crew": [{"name": "bob"}], "size": 3})
        );
    });
}

/// Whether the group's paths in a document are those of its resources.
fn has_resources_alone(document: &Value) -> bool {
    let paths = document["paths"].as_object().unwrap().keys();
    let mut of_group = paths.filter(|path| path.starts_with("/apis/sea.example.com"));
    of_group.clone().count() > 3 && of_group.all(|path| path.contains("/ships"))
}

#[test]
fn documents_show_it_and_their_hashes_change() {
    full::run(|kit: Kit| async move {
        let aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        let etag = async |path: &str, accept: &str| {
            let answer = accepting(&kit, path, accept).await;
            answer.headers["etag"].to_str().unwrap().to_owned()
        };
        let before = [
            etag("/apis", aggregated).await,
            etag("/openapi/v2", "application/json").await,
            kit.get("/openapi/v3").await.text,
        ];
        define(&kit, ships()).await;
        let after = [
            etag("/apis", aggregated).await,
            etag("/openapi/v2", "application/json").await,
            kit.get("/openapi/v3").await.text,
        ];
        assert!(
            before
                .iter()
                .zip(&after)
                .all(|(before, after)| before != after)
        );
        let groups = kit.get("/apis").await.expect(200);
        let last = groups["groups"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            (&last["name"], &last["preferredVersion"]["version"]),
            (&json!("sea.example.com"), &json!("v1"))
        );
        assert_eq!(last["versions"].as_array().unwrap().len(), 2);
        let resources = kit.get("/apis/sea.example.com/v1").await.expect(200);
        let names: Vec<&str> = resources["resources"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["ships", "ships/status", "ships/scale"]);
        let v3 = kit
            .get("/openapi/v3/apis/sea.example.com/v1")
            .await
            .expect(200);
        let ship = &v3["components"]["schemas"]["com.example.sea.v1.Ship"];
        assert_eq!(
            ship["properties"]["spec"]["properties"]["size"]["default"],
            3
        );
        let path = "/apis/sea.example.com/v1/namespaces/{namespace}/ships/{name}";
        let patch = &v3["paths"][path]["patch"];
        assert_eq!(patch["x-kubernetes-group-version-kind"]["kind"], "Ship");
        assert!(patch["parameters"].to_string().contains("fieldValidation"));
        let missing =
            v3["components"]["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"]
                .is_null();
        assert!(!missing);
        let v2 = kit.get("/openapi/v2").await.expect(200);
        assert!(v2["definitions"]["com.example.sea.v1beta1.ShipList"].is_object());
        assert!(has_resources_alone(&v2) && has_resources_alone(&v3));
        let group = kit.get("/openapi/v3/apis/sea.example.com").await;
        assert_eq!(group.code, 404);
        let protobuf = "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";
        let request = Request::get("/openapi/v3/apis/sea.example.com/v1")
            .header("accept", protobuf)
            .body(Bytes::new())
            .unwrap();
        assert_eq!(kit.admin.call(request).await.status(), 200);
    });
}

#[test]
fn objects_follow_their_definition() {
    run(|kit| async move {
        kit.post(SHIPS, ship("a", json!({"color": "red"})))
            .await
            .expect(201);
        let request = Request::get(format!("{SHIPS}?watch=true&resourceVersion=0"))
            .body(Bytes::new())
            .unwrap();
        let mut watch = kit.admin.call(request).await.into_body();
        assert_eq!(events(&mut watch).await[0]["type"], "ADDED");
        // A new default and a new stored version: what is stored shows both.
        let path = format!("{DEFINITIONS}/ships.sea.example.com");
        let mut definition = kit.get(&path).await.expect(200);
        for version in [0, 1] {
            let versions = &mut definition["spec"]["versions"];
            versions[version]["storage"] = json!(version == 1);
            let spec = &mut versions[version]["schema"]["openAPIV3Schema"]["properties"]["spec"];
            spec["properties"]["mast"] = json!({"type": "integer", "default": 1});
        }
        kit.put(&path, definition).await.expect(200);
        assert!(events(&mut watch).await.is_empty(), "the watch ends");
        let shown = kit.get(&format!("{SHIPS}/a")).await.expect(200);
        assert_eq!(shown["spec"], json!({"color": "red", "mast": 1, "size": 3}));
        assert_eq!(shown["apiVersion"], "sea.example.com/v1");
        // A write without a change writes the new version.
        let unchanged = kit
            .put(&format!("{SHIPS}/a"), shown.clone())
            .await
            .expect(200);
        assert_ne!(
            unchanged["metadata"]["resourceVersion"],
            shown["metadata"]["resourceVersion"]
        );
        let listed = kit.get(&format!("{OLD_SHIPS}?limit=1")).await.expect(200);
        assert_eq!(listed["items"][0]["spec"]["mast"], 1);
        // Without its definition the kind is gone.
        let finalizers = json!({"metadata": {"finalizers": null}});
        kit.delete(&path, Value::Null).await.expect(200);
        kit.patch(&path, MERGE, finalizers).await;
        assert_eq!(kit.get(SHIPS).await.code, 404);
        let groups = kit.get("/apis").await.expect(200).to_string();
        assert!(!groups.contains("sea.example.com"));
    });
}

#[test]
fn nothing_is_created_while_the_definition_goes() {
    run(|kit| async move {
        kit.post(SHIPS, ship("a", json!({}))).await.expect(201);
        let path = format!("{DEFINITIONS}/ships.sea.example.com");
        let held = json!({"metadata": {"finalizers": ["example.com/held"]}});
        kit.patch(&path, MERGE, held).await.expect(200);
        kit.delete(&path, Value::Null).await.expect(200);
        let refused = kit.post(SHIPS, ship("b", json!({}))).await.message(403);
        assert_eq!(
            refused,
            "ships.sea.example.com \"b\" is forbidden: create not allowed while custom resource definition is terminating"
        );
        let resources = kit.get("/apis/sea.example.com/v1").await.expect(200);
        let verbs = json!(["delete", "deletecollection", "get", "list", "watch"]);
        assert_eq!(resources["resources"][0]["verbs"], verbs);
        kit.patch(&format!("{SHIPS}/a"), MERGE, json!({"spec": {"size": 5}}))
            .await
            .expect(200);
    });
}

#[test]
fn group_versions_have_their_api_services() {
    run(|kit| async move {
        let path = "/apis/apiregistration.k8s.io/v1/apiservices";
        let request = Request::get(format!("{path}?watch=true&resourceVersion=0&labelSelector=kube-aggregator.kubernetes.io/automanaged=true"))
            .body(Bytes::new())
            .unwrap();
        let mut watch = kit.admin.call(request).await.into_body();
        let mut names = Vec::new();
        while names.len() < 2 {
            let made = events(&mut watch).await;
            names.extend(
                made.iter()
                    .map(|event| event["object"]["metadata"]["name"].clone()),
            );
        }
        names.sort_by_key(ToString::to_string);
        assert_eq!(names, ["v1.sea.example.com", "v1beta1.sea.example.com"]);
        let definition = format!("{DEFINITIONS}/ships.sea.example.com");
        kit.delete(&definition, Value::Null).await.expect(200);
        let finalizers = json!({"metadata": {"finalizers": null}});
        kit.patch(&definition, MERGE, finalizers).await;
        let mut gone = 0;
        while gone < 2 {
            let ended = events(&mut watch).await;
            gone += ended
                .iter()
                .filter(|event| event["type"] == "DELETED")
                .count();
        }
    });
}
