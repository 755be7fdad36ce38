//! MutatingAdmissionPolicy, as people write them.
use crate::{
    custom, full,
    kit::{Kit, pod},
    validating_policies::{GROUP, deployment, on},
};
use serde_json::{Value, json};

const DEPLOYMENTS: &str = "/apis/apps/v1/namespaces/default/deployments";
const PODS: &str = "/api/v1/namespaces/default/pods";

/// Writes a policy of the name, and a binding `NAME-b`.
async fn bind(kit: &Kit, name: &str, mut policy: Value, mut binding: Value) {
    if policy["reinvocationPolicy"].is_null() {
        policy["reinvocationPolicy"] = json!("Never");
    }
    let object = json!({"metadata": {"name": name}, "spec": policy});
    let path = format!("{GROUP}/mutatingadmissionpolicies");
    kit.post(&path, object).await.expect(201);
    binding["policyName"] = json!(name);
    let object = json!({"metadata": {"name": format!("{name}-b")}, "spec": binding});
    let path = format!("{GROUP}/mutatingadmissionpolicybindings");
    kit.post(&path, object).await.expect(201);
}

fn apply(expression: &str) -> Value {
    json!({"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": expression}})
}

fn json_patch(expression: &str) -> Value {
    json!({"patchType": "JSONPatch", "jsonPatch": {"expression": expression}})
}

async fn account(kit: &Kit) {
    let accounts = "/api/v1/namespaces/default/serviceaccounts";
    let account = json!({"metadata": {"name": "default"}});
    kit.post(accounts, account).await.expect(201);
}

#[test]
fn sidecars_and_labels_are_added() {
    full::run(|kit: Kit| async move {
        account(&kit).await;
        let sidecar = r#"Object{
            metadata: Object.metadata{labels: {"mesh": "on"}},
            spec: Object.spec{containers: [
                Object.spec.containers{name: "proxy", image: "mesh/proxy", ports: [
                    Object.spec.containers.ports{containerPort: 15001}
                ]}
            ]}
        }"#;
        let policy = json!({
            "matchConstraints": on("/v1/pods", &["CREATE"]),
            "matchConditions": [{"name": "once", "expression": "!object.spec.containers.exists(c, c.name == 'proxy')"}],
            "mutations": [apply(sidecar)],
        });
        bind(&kit, "mesh", policy, json!({})).await;
        let made = kit
            .post(PODS, pod("p", json!({"app": "web"})))
            .await
            .expect(201);
        assert_eq!(
            made["metadata"]["labels"],
            json!({"app": "web", "mesh": "on"})
        );
        let containers = made["spec"]["containers"].as_array().unwrap();
        let names: Vec<&Value> = containers
            .iter()
            .map(|container| &container["name"])
            .collect();
        assert_eq!(names, ["c", "proxy"]);
        // Defaults come after it.
        assert_eq!(containers[1]["imagePullPolicy"], "Always");
        assert_eq!(containers[1]["ports"][0]["protocol"], "TCP");
        assert_eq!(made["spec"]["restartPolicy"], "Always");
    });
}

#[test]
fn patches_are_made_of_parameters() {
    full::run(|kit: Kit| async move {
        let maps = "/api/v1/namespaces/default/configmaps";
        let map = json!({"metadata": {"name": "team"}, "data": {"owner": "blue"}});
        kit.post(maps, map).await.expect(201);
        let policy = json!({
            "paramKind": {"apiVersion": "v1", "kind": "ConfigMap"},
            "matchConstraints": on("apps/v1/deployments", &["CREATE"]),
            "variables": [{"name": "owner", "expression": "params.data.owner"}],
            "mutations": [
                json_patch("(has(object.metadata.annotations) ? [] : [JSONPatch{op: 'add', path: '/metadata/annotations', value: {}}]) + [JSONPatch{op: 'add', path: '/metadata/annotations/' + jsonpatch.escapeKey('example.com/owner'), value: variables.owner}]"),
                json_patch("[JSONPatch{op: 'test', path: '/spec/replicas', value: 1}, JSONPatch{op: 'replace', path: '/spec/replicas', value: 2}]"),
                json_patch("[JSONPatch{op: 'test', path: '/spec/replicas', value: 1}, JSONPatch{op: 'replace', path: '/spec/replicas', value: 9}]"),
                json_patch("[JSONPatch{op: 'add', path: '/spec/template/spec/tolerations', value: [Object.spec.template.spec.tolerations{key: 'x', operator: 'Exists'}]}]"),
            ],
        });
        let reference = json!({"name": "team", "parameterNotFoundAction": "Deny"});
        bind(&kit, "owner", policy, json!({"paramRef": reference})).await;
        let made = kit.post(DEPLOYMENTS, deployment("d", 1)).await.expect(201);
        let annotations = json!({"example.com/owner": "blue"});
        assert_eq!(made["metadata"]["annotations"], annotations);
        assert_eq!(made["spec"]["replicas"], 2);
        let tolerations = &made["spec"]["template"]["spec"]["tolerations"];
        assert_eq!(*tolerations, json!([{"key": "x", "operator": "Exists"}]));
    });
}

#[test]
fn operations_of_json_patches() {
    full::run(|kit: Kit| async move {
        let policy = json!({
            "matchConstraints": on("apps/v1/deployments", &["CREATE"]),
            "mutations": [
                json_patch("[JSONPatch{op: 'add', path: '/metadata/annotations', value: {'a/b': jsonpatch.escapeKey('c/d~')}}]"),
                json_patch("[JSONPatch{op: 'test', path: '/spec/replicas', value: 7}, JSONPatch{op: 'replace', path: '/spec/replicas', value: 9}]"),
                json_patch("[JSONPatch{op: 'copy', from: '/spec/template/spec/containers/0', path: '/spec/template/spec/containers/-'}, JSONPatch{op: 'replace', path: '/spec/template/spec/containers/1/name', value: 'copy'}]"),
                json_patch("object.spec.template.spec.containers.size() == 2 ? [JSONPatch{op: 'replace', path: '/spec/replicas', value: object.spec.replicas + 1}] : []"),
            ],
        });
        bind(&kit, "patches", policy, json!({})).await;
        let made = kit.post(DEPLOYMENTS, deployment("d", 1)).await.expect(201);
        assert_eq!(made["metadata"]["annotations"], json!({"a/b": "c~1d~0"}));
        assert_eq!(made["spec"]["replicas"], 2);
        assert_eq!(
            made["spec"]["template"]["spec"]["containers"][1]["name"],
            "copy"
        );
        // What is set so is not owned.
        let managed = made["metadata"]["managedFields"].to_string();
        assert!(!managed.contains("annotations"), "{managed}");
        let metrics = kit.get("/metrics").await.text;
        let line = "apiserver_mutating_admission_policy_check_total{error_type=\"no_error\",policy=\"patches\",policy_binding=\"patches-b\"} 4";
        assert!(metrics.contains(line), "{metrics}");
    });
}

#[test]
fn objects_stay_of_their_version_and_in_their_place() {
    full::run(|kit: Kit| async move {
        let policy =
            |on: Value, mutation: Value| json!({"matchConstraints": on, "mutations": [mutation]});
        let scaled = policy(
            on("autoscaling/v2/horizontalpodautoscalers", &["CREATE"]),
            apply("Object{spec: Object.spec{minReplicas: 2}}"),
        );
        bind(&kit, "scaled", scaled, json!({})).await;
        let scaler = json!({"metadata": {"name": "h"}, "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"},
            "maxReplicas": 3,
        }});
        let path = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
        assert_eq!(
            kit.post(path, scaler).await.message(403),
            "policy 'scaled' with binding 'scaled-b' denied request: converting (v2.HorizontalPodAutoscaler) to (v1.HorizontalPodAutoscaler): unknown conversion"
        );
        let replicas = apply("Object{spec: Object.spec{replicas: 7}}");
        let scale = policy(on("apps/v1/deployments/scale", &["UPDATE"]), replicas);
        bind(&kit, "scale", scale, json!({})).await;
        kit.post(DEPLOYMENTS, deployment("d", 1)).await.expect(201);
        let media = "application/merge-patch+json";
        let patch = json!({"spec": {"replicas": 2}});
        let scale = format!("{DEPLOYMENTS}/d/scale");
        assert_eq!(
            kit.patch(&scale, media, patch).await.message(403),
            "policy 'scale' with binding 'scale-b' denied request: error applying patch: failed to convert patch object to typed object: no corresponding type for autoscaling/v1, Kind=Scale"
        );
        let moved = policy(
            on("/v1/configmaps", &["CREATE"]),
            json_patch(
                "[JSONPatch{op: 'replace', path: '/metadata/namespace', value: 'kube-system'}]",
            ),
        );
        bind(&kit, "moved", moved, json!({})).await;
        let maps = "/api/v1/namespaces/default/configmaps";
        let map = json!({"metadata": {"name": "m"}});
        assert_eq!(
            kit.post(maps, map).await.message(400),
            "the namespace of the provided object does not match the namespace sent on the request"
        );
        let emptied = policy(
            on("/v1/secrets", &["CREATE"]),
            json_patch("[JSONPatch{op: 'replace', path: '', value: {'data': {}}}]"),
        );
        bind(&kit, "emptied", emptied, json!({})).await;
        let secret = json!({"metadata": {"name": "s"}});
        let secrets = "/api/v1/namespaces/default/secrets";
        assert_eq!(
            kit.post(secrets, secret).await.message(422),
            "Secret \"\" is invalid: metadata.name: Required value: name or generateName is required"
        );
    });
}

#[test]
fn policies_are_asked_before_versions_are_compared() {
    full::run(|kit: Kit| async move {
        let maps = "/api/v1/namespaces/default/configmaps";
        let map = json!({"metadata": {"name": "m"}});
        kit.post(maps, map).await.expect(201);
        let policy = json!({
            "matchConstraints": on("/v1/configmaps", &["UPDATE"]),
            "mutations": [apply("Object{data: {'k': object.data.none}}")],
        });
        bind(&kit, "closed", policy, json!({})).await;
        let late = json!({"metadata": {"name": "m", "resourceVersion": "1"}});
        let refused = kit.put(&format!("{maps}/m"), late.clone()).await;
        assert!(refused.message(403).contains("policy 'closed'"));
        let media = "application/merge-patch+json";
        let refused = kit.patch(&format!("{maps}/m"), media, late).await;
        assert!(refused.message(403).contains("policy 'closed'"));
    });
}

#[test]
fn what_goes_wrong_is_told_unless_it_is_ignored() {
    full::run(|kit: Kit| async move {
        let cases = [
            (
                apply(
                    "Object{spec: Object.spec{selector: Object.spec.selector{matchLabels: {'x': 'y'}}}}",
                ),
                "error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.selector",
            ),
            (
                apply("Object{spec: Object.spec{color: 'red'}}"),
                "error applying patch: failed to convert patch object to typed object: .spec.color: field not declared in schema",
            ),
            (
                apply("Object{spec: Object.status{replicas: 1}}"),
                "type mismatch: unexpected type name \"Object.status\", expected \"Object.spec\", which matches field name path from root Object type",
            ),
            (
                apply("Object{spec: Object.spec{replicas: object.spec.missing}}"),
                "expression 'Object{spec: Object.spec{replicas: object.spec.missing}}' resulted in error: no such key: missing",
            ),
            (
                json_patch("[JSONPatch{op: 'remove', path: '/spec/missing'}]"),
                "JSON Patch: error in remove for path: '/spec/missing': Unable to remove nonexistent key: missing: missing value",
            ),
        ];
        for (index, (mutation, words)) in cases.into_iter().enumerate() {
            let name = format!("p{index}");
            let policy = json!({
                "matchConstraints": on("apps/v1/deployments", &["CREATE"]),
                "mutations": [mutation],
            });
            bind(&kit, &name, policy, json!({})).await;
            let refusal = kit.post(DEPLOYMENTS, deployment("d", 1)).await.expect(403);
            let message =
                format!("policy '{name}' with binding '{name}-b' denied request: {words}");
            assert_eq!(refusal["message"], message);
            assert_eq!(refusal["reason"], "Invalid");
            assert_eq!(
                refusal["details"],
                json!({"name": "d", "group": "apps", "kind": "deployments", "causes": [{"message": message}]})
            );
            let path = format!("{GROUP}/mutatingadmissionpolicies/{name}");
            let media = "application/merge-patch+json";
            let ignore = json!({"spec": {"failurePolicy": "Ignore"}});
            kit.patch(&path, media, ignore).await.expect(200);
            let dry = format!("{DEPLOYMENTS}?dryRun=All");
            kit.post(&dry, deployment("d", 1)).await.expect(201);
        }
    });
}

#[test]
fn patches_of_unknown_fields_are_errors_whatever_the_policy() {
    full::run(|kit: Kit| async move {
        let policy = json!({
            "failurePolicy": "Ignore",
            "matchConstraints": on("apps/v1/deployments", &["CREATE"]),
            "mutations": [json_patch("[JSONPatch{op: 'add', path: '/spec/nope', value: 1}, JSONPatch{op: 'add', path: '/spec/template/spec/containers/0/imag', value: 'x'}]")],
        });
        bind(&kit, "nope", policy, json!({})).await;
        let refused = kit.post(DEPLOYMENTS, deployment("d", 1)).await;
        assert_eq!(
            refused.message(500),
            "Internal error occurred: strict decoding error: unknown field \"spec.nope\", unknown field \"spec.template.spec.containers[0].imag\""
        );
    });
}

#[test]
fn match_conditions_are_counted() {
    full::run(|kit: Kit| async move {
        let policy = json!({
            "matchConstraints": on("apps/v1/deployments", &["CREATE"]),
            "matchConditions": [
                {"name": "missing", "expression": "object.spec.missing == 1"},
                {"name": "name", "expression": "object.metadata.name == 'other'"},
                {"name": "again", "expression": "object.spec.missing == 2"},
            ],
            "mutations": [json_patch("[JSONPatch{op: 'test', path: '/spec', value: 1}]")],
        });
        bind(&kit, "counted", policy, json!({})).await;
        kit.post(DEPLOYMENTS, deployment("d", 1)).await.expect(201);
        let refused = kit.post(DEPLOYMENTS, deployment("other", 1)).await;
        let refused = refused.message(403);
        assert!(refused.contains("no such key: missing, "), "{refused}");
        let shown = kit.get("/metrics").await.text;
        for line in [
            "apiserver_admission_match_condition_evaluation_errors_total{kind=\"policy\",name=\"counted\",operation=\"CREATE\",type=\"validate\"} 3",
            "apiserver_admission_match_condition_evaluation_seconds_count{kind=\"policy\",name=\"counted\",operation=\"CREATE\",type=\"validate\"} 2",
        ] {
            assert!(shown.contains(line), "{line}\n{shown}");
        }
        assert!(!shown.contains("match_condition_exclusions_total{kind=\"policy\""));
    });
}

#[test]
fn policies_are_asked_again_after_others() {
    full::run(|kit: Kit| async move {
        let count = |annotation: &str| {
            let expression = format!(
                "Object{{metadata: Object.metadata{{annotations: {{'{annotation}': has(object.metadata.annotations) && '{annotation}' in object.metadata.annotations ? object.metadata.annotations['{annotation}'] + 'x' : 'x'}}}}}}"
            );
            vec![apply(&expression)]
        };
        let matching = on("/v1/configmaps", &["CREATE"]);
        let again = json!({"matchConstraints": matching, "reinvocationPolicy": "IfNeeded", "mutations": count("again")});
        let never = json!({"matchConstraints": matching, "mutations": count("never")});
        bind(&kit, "again", again, json!({})).await;
        bind(&kit, "never", never, json!({})).await;
        let maps = "/api/v1/namespaces/default/configmaps";
        let made = kit.post(maps, json!({"metadata": {"name": "m"}})).await;
        assert_eq!(
            made.expect(201)["metadata"]["annotations"],
            json!({"again": "xx", "never": "x"})
        );
    });
}

#[test]
fn custom_resources_are_changed_and_defaulted() {
    full::run(|kit: Kit| async move {
        let spec = json!({"type": "object", "properties": {
            "size": {"type": "integer"},
            "crew": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "items": {
                "type": "object", "required": ["name"],
                "properties": {"name": {"type": "string"}, "rank": {"type": "string", "default": "sailor"}},
            }},
        }});
        let schema = json!({"type": "object", "properties": {"spec": spec}});
        let definition = json!({"metadata": {"name": "ships.sea.example.com"}, "spec": {
            "group": "sea.example.com", "scope": "Cluster",
            "names": {"plural": "ships", "singular": "ship", "kind": "Ship", "listKind": "ShipList"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}}],
        }});
        custom::define(&kit, definition).await;
        let policy = json!({
            "matchConstraints": on("sea.example.com/v1/ships", &["CREATE", "UPDATE"]),
            "mutations": [apply("Object{spec: Object.spec{size: object.spec.crew.size(), crew: [Object.spec.crew{name: 'cook'}]}}")],
        });
        bind(&kit, "cook", policy, json!({})).await;
        let ship = json!({"apiVersion": "sea.example.com/v1", "kind": "Ship", "metadata": {"name": "s"}, "spec": {"crew": [{"name": "ann", "rank": "captain"}]}});
        let made = kit
            .post("/apis/sea.example.com/v1/ships", ship)
            .await
            .expect(201);
        assert_eq!(
            made["spec"],
            json!({"size": 1, "crew": [{"name": "ann", "rank": "captain"}, {"name": "cook", "rank": "sailor"}]})
        );
    });
}

/// Upstream the labels that a default takes from elsewhere are one map with those, until something copies the object.
#[test]
fn labels_of_a_job_by_default_are_those_of_its_pods() {
    const JOBS: &str = "/apis/batch/v1/namespaces/default/jobs";
    const GENERATED: &str = "batch.kubernetes.io/job-name";
    full::run(|kit: Kit| async move {
        let policy = json!({
            "matchConstraints": on("batch/v1/jobs", &["CREATE"]),
            "matchConditions": [{"name": "named", "expression": "object.metadata.?name.orValue('').startsWith('changed')"}],
            "mutations": [apply("Object{spec: Object.spec{parallelism: 2}}")],
        });
        bind(&kit, "parallel", policy, json!({})).await;
        let template = |labels: Value| {
            let container = json!({"name": "c", "image": "i"});
            json!({
                "metadata": {"labels": labels},
                "spec": {"restartPolicy": "Never", "containers": [container]},
            })
        };
        let plain = json!({"app": "a"});
        for (metadata, labels, generated) in [
            (json!({"name": "by-default"}), &plain, true),
            (
                json!({"name": "given", "labels": {"app": "a"}}),
                &plain,
                false,
            ),
            (json!({"name": "no-labels", "labels": {}}), &json!({}), true),
            (json!({"generateName": "tried-"}), &plain, false),
            (json!({"name": "changed"}), &plain, false),
        ] {
            let job = json!({"metadata": metadata, "spec": {"template": template(labels.clone())}});
            let made = kit.post(JOBS, job).await.expect(201);
            let has = made["metadata"]["labels"].get(GENERATED).is_some();
            assert_eq!(has, generated, "{metadata}");
        }
        let job = json!({
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": {"name": "applied"},
            "spec": {"template": template(plain)},
        });
        let path = format!("{JOBS}/applied?fieldManager=m");
        let applied = kit.patch(&path, "application/apply-patch+yaml", job).await;
        assert_eq!(
            applied.expect(201)["metadata"]["labels"][GENERATED],
            "applied"
        );
    });
}

/// A patch that adds data.
fn data(value: &str) -> Value {
    json_patch(&format!(
        "[JSONPatch{{op: 'add', path: '/data', value: {value}}}]"
    ))
}

fn replaced(field: &str, value: &str) -> Value {
    json_patch(&format!(
        "[JSONPatch{{op: 'replace', path: '/{field}', value: '{value}'}}]"
    ))
}

#[test]
fn what_is_no_field_and_no_object_of_the_kind() {
    const NOT_TEXT: &str = "error applying patch: failed to convert patch object to typed object: .data.a: expected string, got &value.valueUnstructured{Value:1000000000}";
    const NO_THING: &str = "no kind \"Thing\" is registered for version \"v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"";
    let unmarshalled = "policy 'p' with binding 'p-b' denied request: JSONPath valueExpression evaluated to a type that could not marshal to JSON: ";
    let internal = "Internal error occurred: ";
    let denied = "policy 'p' with binding 'p-b' denied request: ";
    for (mutation, code, front, words) in [
        (
            data("{'a': quantity('1')}"),
            403,
            unmarshalled,
            "type conversion error from 'Quantity' to '*structpb.Value'",
        ),
        (
            data("{'a': int}"),
            403,
            unmarshalled,
            "type conversion not supported for 'type'",
        ),
        (
            data("{1: 'a'}"),
            403,
            unmarshalled,
            "unsupported type conversion from 'int' to string",
        ),
        (
            apply("Object{data: {'a': bytes('x')}}"),
            403,
            denied,
            "no field holds a value of type bytes",
        ),
        (
            apply("Object{data: {'a': duration('1s')}}"),
            403,
            denied,
            NOT_TEXT,
        ),
        (replaced("kind", "Thing"), 500, internal, NO_THING),
        (
            replaced("kind", "Endpoints"),
            500,
            internal,
            "strict decoding error: unknown field \"data\"",
        ),
        (
            replaced("apiVersion", "a/b/c"),
            500,
            internal,
            "unexpected GroupVersion string: a/b/c",
        ),
    ] {
        full::run(|kit: Kit| async move {
            let policy = json!({
                "matchConstraints": on("/v1/configmaps", &["CREATE"]),
                "mutations": [mutation],
            });
            bind(&kit, "p", policy, json!({})).await;
            let map = json!({"metadata": {"name": "m"}, "data": {"a": "b"}});
            let maps = "/api/v1/namespaces/default/configmaps";
            let answer = kit.post(maps, map).await;
            assert_eq!(answer.message(code), format!("{front}{words}"));
        });
    }
}
