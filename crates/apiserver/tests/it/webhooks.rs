//! Admission webhooks: what they are asked and when, what their answers do, and what happens when there are none.
mod calls;
mod other;
mod policies;

use self::other::{Cluster, Says, run};
use crate::kit::{pod, send_with};
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/n/configmaps";

fn map(name: &str) -> Value {
    json!({"metadata": {"name": name}, "data": {"a": "1"}})
}

fn patch(operations: &Value) -> Value {
    let patch = crate::kit::tls::base64(operations.to_string().as_bytes());
    json!({"allowed": true, "patch": patch, "patchType": "JSONPatch"})
}

fn allowed() -> Says {
    Says::Response(json!({"allowed": true}))
}

fn add(path: &str, value: &str) -> Value {
    json!({"op": "add", "path": path, "value": value})
}

#[test]
fn objects_are_changed_and_the_request_is_told() {
    run(|cluster| async move {
        let hook = cluster.hook("m", &json!({}));
        cluster.register("mutating", &[hook]).await;
        let change = patch(&json!([add("/data/b", "2")]));
        cluster.says("/m", Says::Response(change));
        let path = format!("{MAPS}?fieldManager=me&fieldValidation=Strict");
        let made = cluster.kit.post(&path, map("a")).await.expect(201);
        assert_eq!(made["data"], json!({"a": "1", "b": "2"}));
        let asked = cluster.asked();
        let (target, review) = &asked[0];
        assert_eq!((asked.len(), &**target), (1, "/m?timeout=10s"));
        assert_eq!(review["apiVersion"], "admission.k8s.io/v1");
        let mut request = review["request"].clone();
        assert_eq!(request["object"]["data"], json!({"a": "1"}));
        assert_eq!(request["object"]["kind"], "ConfigMap");
        request["object"].take();
        assert_eq!(request["uid"].take().as_str().unwrap().len(), 36);
        let kind = json!({"group": "", "version": "v1", "kind": "ConfigMap"});
        let resource = json!({"group": "", "version": "v1", "resource": "configmaps"});
        let wanted = json!({
            "uid": null,
            "kind": kind, "requestKind": kind,
            "resource": resource, "requestResource": resource,
            "name": "a", "namespace": "n", "operation": "CREATE",
            "userInfo": {"username": "admin", "groups": ["system:masters"]},
            "object": null, "oldObject": null, "dryRun": false,
            "options": {
                "kind": "CreateOptions", "apiVersion": "meta.k8s.io/v1",
                "fieldManager": "me", "fieldValidation": "Strict",
            },
        });
        assert_eq!(request, wanted);
        // What a webhook changes is nobody's.
        let owned = made["metadata"]["managedFields"].to_string();
        assert!(owned.contains("f:a") && !owned.contains("f:b"), "{owned}");
        let merge = "application/merge-patch+json";
        let path = format!("{MAPS}/a");
        let change = json!({"data": {"c": "3"}});
        let patched = cluster.kit.patch(&path, merge, change).await.expect(200);
        assert_eq!(patched["data"], json!({"a": "1", "b": "2", "c": "3"}));
        let request = &cluster.requests()[0];
        assert_eq!(request["operation"], "UPDATE");
        assert_eq!(request["oldObject"]["data"], json!({"a": "1", "b": "2"}));
        assert_eq!(request["options"]["kind"], "UpdateOptions");
        cluster.unregister("mutating").await;
        let made = cluster.kit.post(MAPS, map("b")).await.expect(201);
        assert_eq!(made["data"], json!({"a": "1"}));
        assert!(cluster.asked().is_empty());
    });
}

#[test]
fn refusals_have_the_webhooks_code_and_words() {
    run(|cluster| async move {
        let hook = cluster.hook("v", &json!({}));
        cluster.register("validating", &[hook]).await;
        let status = json!({"code": 403, "reason": "Forbidden", "message": "not that one"});
        let denied = json!({"allowed": false, "status": status, "warnings": ["beware"]});
        cluster.says("/v", Says::Response(denied));
        let refused = cluster.kit.post(MAPS, map("a")).await;
        assert_eq!(refused.headers["warning"], "299 - \"beware\"");
        let refused = refused.expect(403);
        let words = "admission webhook \"v.example.com\" denied the request: not that one";
        assert_eq!(refused["message"], words);
        assert_eq!(refused["reason"], "Forbidden");
        cluster.says(
            "/v",
            Says::Response(json!({"allowed": true, "warnings": ["beware"]})),
        );
        let made = cluster.kit.post(MAPS, map("a")).await;
        assert_eq!(made.headers["warning"], "299 - \"beware\"");
        made.expect(201);
        cluster.requests();
        let denied = json!({"allowed": false});
        cluster.says("/v", Says::Response(denied));
        let path = format!("{MAPS}/a?gracePeriodSeconds=0");
        let message = cluster.kit.delete(&path, Value::Null).await.message(400);
        let words = "admission webhook \"v.example.com\" denied the request without explanation";
        assert_eq!(message, words);
        let request = &cluster.requests()[0];
        assert_eq!(request["operation"], "DELETE");
        assert_eq!(request["object"], Value::Null);
        assert_eq!(request["oldObject"]["metadata"]["name"], "a");
        assert_eq!(request["options"]["gracePeriodSeconds"], 0);
        assert_eq!(request["options"]["kind"], "DeleteOptions");
        // Of a collection each is asked about, and the request has no name.
        cluster.kit.delete(MAPS, Value::Null).await.message(400);
        let requests = cluster.requests();
        let mut olds = requests.iter().map(|r| &r["oldObject"]["metadata"]["name"]);
        assert!(olds.any(|name| name == "a"), "{requests:?}");
        assert!(requests.iter().all(|request| request.get("name").is_none()));
    });
}

#[test]
fn who_cannot_be_asked_fails_open_or_closed() {
    run(|cluster| async move {
        let closed = cluster.hook("v", &json!({"timeoutSeconds": 2}));
        cluster.register("validating", &[closed]).await;
        let refused = async |says: Says, why: &str| {
            cluster.says("/v", says);
            let message = cluster.kit.post(MAPS, map("a")).await.message(500);
            let head = "Internal error occurred: failed calling webhook \"v.example.com\": ";
            assert_eq!(message, format!("{head}{why}"));
        };
        refused(
            Says::Nothing,
            "failed to call webhook: Post \"https://hooks.example/v?timeout=2s\": context deadline exceeded",
        )
        .await;
        refused(
            Says::Text(500, "boom"),
            "failed to call webhook: an error on the server (\"boom\") has prevented the request from succeeding",
        )
        .await;
        refused(
            Says::Text(404, "?"),
            "failed to call webhook: the server could not find the requested resource",
        )
        .await;
        refused(
            Says::Response(json!({"allowed": true, "patch": "W10=", "patchType": "JSONPatch"})),
            "received invalid webhook response: validating webhook may not return response.patch",
        )
        .await;
        cluster.unregister("validating").await;
        let gone =
            json!({"clientConfig": {"url": "https://gone.example/v"}, "failurePolicy": "Ignore"});
        let open = cluster.hook("v", &gone);
        cluster
            .register("validating", std::slice::from_ref(&open))
            .await;
        cluster.register("mutating", &[open]).await;
        cluster.kit.post(MAPS, map("a")).await.expect(201);
        let shown = cluster.kit.get("/metrics").await.text;
        for line in [
            "apiserver_admission_webhook_fail_open_count{name=\"v.example.com\",type=\"admit\"} 1",
            "apiserver_admission_webhook_fail_open_count{name=\"v.example.com\",type=\"validating\"} 1",
            "apiserver_admission_webhook_rejection_count{error_type=\"calling_webhook_error\",name=\"v.example.com\",operation=\"CREATE\",rejection_code=\"404\",type=\"validating\"} 1",
            "apiserver_admission_webhook_request_total{code=\"503\",name=\"v.example.com\",operation=\"CREATE\",rejected=\"false\",type=\"validating\"} 1",
            "apiserver_admission_webhook_admission_duration_seconds_count{name=\"v.example.com\",operation=\"CREATE\",rejected=\"false\",type=\"admit\"} 1",
            "apiserver_admission_step_admission_duration_seconds_summary_count{operation=\"CREATE\",rejected=\"true\",type=\"validate\"} 4",
            "apiserver_admission_controller_admission_duration_seconds_count{name=\"NamespaceLifecycle\",operation=\"CREATE\",rejected=\"false\",type=\"admit\"} ",
        ] {
            assert!(shown.contains(line), "{line}");
        }
    });
}

#[test]
fn a_service_is_found_by_its_endpoints() {
    run(|cluster| async move {
        let service = json!({"service": {"namespace": "n", "name": "hook", "path": "/v"}});
        let hook = cluster.hook("v", &json!({"clientConfig": service}));
        cluster.register("validating", &[hook]).await;
        let refused = cluster.kit.post(MAPS, map("a")).await.message(500);
        let words = "Internal error occurred: failed calling webhook \"v.example.com\": failed to call webhook: Post \"https://hook.n.svc:443/v?timeout=10s\": service \"hook\" not found";
        assert_eq!(refused, words);
        let service = json!({
            "metadata": {"name": "hook"},
            "spec": {"ports": [{"name": "https", "port": 443}]},
        });
        let path = "/api/v1/namespaces/n/services";
        cluster.kit.post(path, service).await.expect(201);
        let slice = json!({
            "metadata": {"name": "h", "labels": {"kubernetes.io/service-name": "hook"}},
            "addressType": "IPv4",
            "ports": [{"name": "https", "port": 8443}],
            "endpoints": [{"addresses": ["10.0.0.8"]}],
        });
        let path = "/apis/discovery.k8s.io/v1/namespaces/n/endpointslices";
        cluster.kit.post(path, slice).await.expect(201);
        cluster.says("/v", allowed());
        cluster.kit.post(MAPS, map("a")).await.expect(201);
        assert_eq!(cluster.asked().len(), 1);
    });
}

#[test]
fn dry_runs_need_webhooks_without_side_effects() {
    run(|cluster| async move {
        let some = cluster.hook("v", &json!({"sideEffects": "NoneOnDryRun"}));
        cluster.register("validating", &[some]).await;
        cluster.says("/v", allowed());
        let path = format!("{MAPS}?dryRun=All");
        cluster.kit.post(&path, map("a")).await.expect(201);
        let request = &cluster.requests()[0];
        assert_eq!(request["dryRun"], true);
        assert_eq!(request["options"]["dryRun"], json!(["All"]));
        cluster.unregister("validating").await;
        // Objects of today cannot say `Some`; those of v1beta1 could.
        let none = cluster.hook("v", &json!({"sideEffects": "None"}));
        cluster.register("validating", &[none]).await;
        cluster.kit.post(&path, map("a")).await.expect(201);
        assert_eq!(cluster.requests().len(), 1);
    });
}

#[test]
fn some_are_asked_again() {
    run(|cluster| async move {
        let first = cluster.hook("first", &json!({"reinvocationPolicy": "IfNeeded"}));
        let never = cluster.hook("never", &json!({}));
        let last = cluster.hook("last", &json!({}));
        cluster.register("mutating", &[first, never, last]).await;
        // The count of what it sees.
        cluster.says(
            "/first",
            Says::By(|request| {
                let seen = request["object"]["data"].as_object().unwrap().len();
                patch(&json!([add("/data/seen", &seen.to_string())]))
            }),
        );
        cluster.says("/never", allowed());
        cluster.says(
            "/last",
            Says::Response(patch(&json!([add("/data/b", "2")]))),
        );
        let made = cluster.kit.post(MAPS, map("a")).await.expect(201);
        assert_eq!(made["data"], json!({"a": "1", "b": "2", "seen": "3"}));
        let asked: Vec<String> = cluster.asked().into_iter().map(|(path, _)| path).collect();
        let wanted =
            ["/first", "/never", "/last", "/first"].map(|path| format!("{path}?timeout=10s"));
        assert_eq!(asked, wanted);
    });
}

#[test]
fn patches_that_cannot_be_applied_are_refused() {
    run(|cluster| async move {
        let hook = cluster.hook("m", &json!({}));
        cluster.register("mutating", &[hook]).await;
        let refused = async |response: Value, words: &str| {
            cluster.says("/m", Says::Response(response));
            let message = cluster.kit.post(MAPS, map("a")).await.message(500);
            assert_eq!(message, format!("Internal error occurred: {words}"));
        };
        let remove = json!([{"op": "remove", "path": "/data/x"}]);
        let words = "error in remove for path: '/data/x': Unable to remove nonexistent key: x: missing value";
        refused(patch(&remove), words).await;
        refused(
            json!({"allowed": true, "patch": "W10=", "patchType": ""}),
            "failed calling webhook \"m.example.com\": received invalid webhook response: webhook returned invalid response.patchType of \"\"",
        )
        .await;
        cluster.says("/m", allowed());
        cluster.kit.post(MAPS, map("a")).await.expect(201);
        cluster.says("/m", Says::Response(patch(&json!([add("/data/b", "2")]))));
        let path = format!("{MAPS}/a");
        let message = cluster.kit.delete(&path, Value::Null).await.message(500);
        let words = "Internal error occurred: admission webhook \"m.example.com\" attempted to modify the object, which is not supported for this operation";
        assert_eq!(message, words);
    });
}

#[test]
fn selectors_and_what_is_exempt() {
    run(|cluster| async move {
        let all = json!([{
            "apiGroups": ["*"], "apiVersions": ["*"], "operations": ["*"], "resources": ["*/*"],
        }]);
        let blue = json!({"matchLabels": {"team": "blue"}});
        let app = json!({"matchLabels": {"app": "x"}});
        let more = json!({"rules": all, "namespaceSelector": blue, "objectSelector": app});
        let hook = cluster.hook("v", &more);
        cluster.register("validating", &[hook]).await;
        cluster.says("/v", allowed());
        cluster.kit.post(MAPS, map("a")).await.expect(201);
        assert!(cluster.asked().is_empty());
        let mut labelled = map("b");
        labelled["metadata"]["labels"] = json!({"app": "x"});
        cluster.kit.post(MAPS, labelled.clone()).await.expect(201);
        assert_eq!(cluster.asked().len(), 1);
        let elsewhere = "/api/v1/namespaces/default/configmaps";
        cluster.kit.post(elsewhere, labelled).await.expect(201);
        assert!(cluster.asked().is_empty());
        cluster.unregister("validating").await;
        let hook = cluster.hook("v", &json!({"rules": all}));
        cluster
            .register("validating", std::slice::from_ref(&hook))
            .await;
        cluster.register("mutating", &[hook]).await;
        cluster.unregister("mutating").await;
        assert!(cluster.asked().is_empty());
        let review =
            json!({"spec": {"user": "u", "nonResourceAttributes": {"path": "/", "verb": "get"}}});
        let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
        cluster.kit.post(path, review).await.expect(201);
        let request = &cluster.requests()[0];
        assert_eq!(request["kind"]["kind"], "SubjectAccessReview");
        assert_eq!(request["object"]["spec"]["user"], "u");
    });
}

#[test]
fn equivalent_resources_are_shown_in_the_version_that_matched() {
    run(|cluster| async move {
        let rule = json!([{
            "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"],
            "resources": ["events"],
        }]);
        let exact = cluster.hook("exact", &json!({"rules": rule, "matchPolicy": "Exact"}));
        let equivalent = cluster.hook("equivalent", &json!({"rules": rule}));
        cluster.register("mutating", &[exact, equivalent]).await;
        cluster.says("/exact", allowed());
        let change = json!([{"op": "replace", "path": "/message", "value": "changed"}]);
        cluster.says("/equivalent", Says::Response(patch(&change)));
        let event = json!({
            "metadata": {"name": "e"},
            "eventTime": "2026-01-01T00:00:00.000000Z",
            "action": "do", "reason": "because", "note": "said", "type": "Normal",
            "reportingController": "c.example/x", "reportingInstance": "i",
            "regarding": {"kind": "Pod", "name": "p", "namespace": "n"},
        });
        let path = "/apis/events.k8s.io/v1/namespaces/n/events";
        let made = cluster.kit.post(path, event).await.expect(201);
        assert_eq!(made["note"], "changed");
        let requests = cluster.requests();
        assert_eq!(requests.len(), 1);
        let request = &requests[0];
        assert_eq!(request["resource"]["group"], "");
        assert_eq!(request["requestResource"]["group"], "events.k8s.io");
        assert_eq!(request["object"]["apiVersion"], "v1");
        assert_eq!(request["object"]["message"], "said");
    });
}

#[test]
fn match_conditions_decide_who_is_asked() {
    run(|cluster| async move {
        let condition =
            |name: &str, expression: &str| json!({"name": name, "expression": expression});
        let may = "authorizer.requestResource.check('get').allowed() && !authorizer.serviceAccount('n', 'x').group('').resource('pods').check('get').allowed()";
        let conditions = [
            condition(
                "name",
                "object.metadata.name != 'skipped' && request.operation == 'CREATE'",
            ),
            condition("may", may),
        ];
        let hook = cluster.hook("v", &json!({"matchConditions": conditions}));
        cluster.register("validating", &[hook]).await;
        cluster.says("/v", allowed());
        cluster.kit.post(MAPS, map("skipped")).await.expect(201);
        assert!(cluster.asked().is_empty());
        cluster.kit.post(MAPS, map("a")).await.expect(201);
        assert_eq!(cluster.asked().len(), 1);
        cluster.unregister("validating").await;
        let missing = [condition("missing", "object.data.missing == 'x'")];
        let hook = cluster.hook("v", &json!({"matchConditions": missing}));
        cluster.register("mutating", &[hook]).await;
        let message = cluster.kit.post(MAPS, map("b")).await.message(403);
        let words = "configmaps \"b\" is forbidden: expression 'object.data.missing == 'x'' resulted in error: no such key: missing";
        assert_eq!(message, words);
        cluster.unregister("mutating").await;
        let open = json!({"matchConditions": missing, "failurePolicy": "Ignore"});
        cluster
            .register("mutating", &[cluster.hook("v", &open)])
            .await;
        cluster.kit.post(MAPS, map("b")).await.expect(201);
        assert!(cluster.asked().is_empty());
        let shown = cluster.kit.get("/metrics").await.text;
        for line in [
            "apiserver_admission_match_condition_exclusions_total{kind=\"webhook\",name=\"v.example.com\",operation=\"CREATE\",type=\"validate\"} 1",
            "apiserver_admission_match_condition_evaluation_seconds_count{kind=\"webhook\",name=\"v.example.com\",operation=\"CREATE\",type=\"validating\"} ",
            "apiserver_admission_match_condition_evaluation_errors_total{kind=\"webhook\",name=\"v.example.com\",operation=\"CREATE\",type=\"admit\"} 2",
            "rest_client_requests_total{code=\"200\",host=\"hooks.example\",method=\"POST\"} 1",
            "rest_client_request_duration_seconds_count{host=\"hooks.example\",verb=\"POST\"} 1",
            "rest_client_request_size_bytes_count{host=\"hooks.example\",verb=\"POST\"} 1",
            "rest_client_response_size_bytes_count{host=\"hooks.example\",verb=\"POST\"} 1",
        ] {
            assert!(shown.contains(line), "{line}");
        }
    });
}

/// Accounts are there before any pod is.
async fn account(cluster: &Cluster) {
    let path = "/api/v1/namespaces/n/serviceaccounts";
    let account = json!({"metadata": {"name": "default"}});
    cluster.kit.post(path, account).await.expect(201);
}

#[test]
fn subresources_and_connections() {
    run(|cluster| async move {
        account(&cluster).await;
        let pods = "/api/v1/namespaces/n/pods";
        cluster
            .kit
            .post(pods, pod("p", json!({})))
            .await
            .expect(201);
        let rules = json!([{
            "apiGroups": ["*"], "apiVersions": ["*"], "operations": ["*"],
            "resources": ["pods/*", "deployments/scale", "serviceaccounts/token"],
        }]);
        let hook = cluster.hook("v", &json!({"rules": rules}));
        cluster.register("validating", &[hook]).await;
        let denied = json!({"allowed": false});
        cluster.says("/v", Says::Response(denied));
        let refused = async |path: &str, body: Value, kind: &str, operation: &str| {
            let answer = cluster.kit.post(path, body).await;
            let denied = answer.message(400).contains("denied the request");
            assert!(denied, "{path}");
            let requests = cluster.requests();
            let request = &requests[0];
            assert_eq!(
                (requests.len(), &request["kind"]["kind"]),
                (1, &json!(kind))
            );
            assert_eq!(request["operation"], operation);
            assert_eq!(request["object"]["kind"], kind);
            request.clone()
        };
        let target = json!({"apiVersion": "v1", "kind": "Node", "name": "node"});
        let binding = json!({"metadata": {"name": "p"}, "target": target});
        let path = format!("{pods}/p/binding");
        refused(&path, binding, "Binding", "CREATE").await;
        let eviction = json!({
            "apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "p"},
        });
        let path = format!("{pods}/p/eviction");
        let request = refused(&path, eviction, "Eviction", "CREATE").await;
        assert_eq!(request["subResource"], "eviction");
        let path = "/api/v1/namespaces/n/serviceaccounts/default/token";
        refused(path, json!({"spec": {}}), "TokenRequest", "CREATE").await;
        let path = format!("{pods}/p/exec?command=ls&command=-l&stdout=true&container=c");
        let request = refused(&path, Value::Null, "PodExecOptions", "CONNECT").await;
        let options = json!({
            "apiVersion": "v1", "kind": "PodExecOptions",
            "command": ["ls", "-l"], "stdout": true, "container": "c",
        });
        assert_eq!(
            (&request["object"], &request["options"]),
            (&options, &Value::Null)
        );
        let path = format!("{pods}/p/portforward?ports=80");
        refused(&path, Value::Null, "PodPortForwardOptions", "CONNECT").await;
        let path = format!("{pods}/p/proxy/x");
        refused(&path, Value::Null, "PodProxyOptions", "CONNECT").await;
        cluster.kit.get(&format!("{pods}/p/log")).await;
        assert!(cluster.asked().is_empty());
    });
}

#[test]
fn a_scale_is_changed_through_its_webhook() {
    run(|cluster| async move {
        let deployments = "/apis/apps/v1/namespaces/n/deployments";
        let deployment = json!({
            "metadata": {"name": "d"},
            "spec": {
                "replicas": 1,
                "selector": {"matchLabels": {"a": "b"}},
                "template": {
                    "metadata": {"labels": {"a": "b"}},
                    "spec": {"containers": [{"name": "c", "image": "i"}]},
                },
            },
        });
        cluster.kit.post(deployments, deployment).await.expect(201);
        let rules = json!([{
            "apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["UPDATE"],
            "resources": ["deployments/scale"],
        }]);
        let hook = cluster.hook("m", &json!({"rules": rules}));
        cluster.register("mutating", &[hook]).await;
        let change = json!([{"op": "replace", "path": "/spec/replicas", "value": 5}]);
        cluster.says("/m", Says::Response(patch(&change)));
        let merge = "application/merge-patch+json";
        let path = format!("{deployments}/d/scale");
        let wanted = json!({"spec": {"replicas": 3}});
        cluster.kit.patch(&path, merge, wanted).await.expect(200);
        let request = &cluster.requests()[0];
        assert_eq!(request["kind"]["kind"], "Scale");
        assert_eq!(request["resource"]["resource"], "deployments");
        assert_eq!(request["object"]["spec"]["replicas"], 3);
        assert_eq!(request["oldObject"]["spec"]["replicas"], 1);
        let path = format!("{deployments}/d");
        let now = cluster.kit.get(&path).await.expect(200);
        assert_eq!(now["spec"]["replicas"], 5);
    });
}

/// Defines boxes in the versions v1, which is stored and has `spec.size`, and v2 with a field of this name instead.
async fn define(cluster: &Cluster, conversion: Value, field: &str) {
    let version = |name: &str, storage: bool, field: &str| {
        let spec = json!({
            "type": "object",
            "properties": {
                field: {"type": "integer"},
                "color": {"type": "string", "default": "red"},
            },
        });
        let schema = json!({"type": "object", "properties": {"spec": spec}});
        json!({
            "name": name, "served": true, "storage": storage,
            "schema": {"openAPIV3Schema": schema},
        })
    };
    let definition = json!({
        "metadata": {"name": "boxes.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced",
            "names": {"plural": "boxes", "kind": "Box"},
            "versions": [version("v1", true, "size"), version("v2", false, field)],
            "conversion": conversion,
        },
    });
    let path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    cluster.kit.post(path, definition).await.expect(201);
    let path = format!("{path}/boxes.example.com/status");
    let condition = |kind: &str| {
        json!({
            "type": kind, "status": "True", "reason": "r", "message": "",
            "lastTransitionTime": "2026-01-01T00:00:00Z",
        })
    };
    let status = json!({"status": {
        "conditions": [condition("NamesAccepted"), condition("Established")],
        "acceptedNames": {"plural": "boxes", "kind": "Box"},
        "storedVersions": ["v1"],
    }});
    let merge = "application/merge-patch+json";
    cluster.kit.patch(&path, merge, status).await.expect(200);
}

/// Creates a box of v2 while a webhook for v1 takes its color and changes its size; `field` is the size's name in v2.
async fn boxed(cluster: &Cluster, field: &str) {
    let rules = json!([{
        "apiGroups": ["example.com"], "apiVersions": ["v1"], "operations": ["*"],
        "resources": ["boxes"],
    }]);
    let hook = cluster.hook("m", &json!({"rules": rules}));
    cluster.register("mutating", &[hook]).await;
    let color = json!({"op": "remove", "path": "/spec/color"});
    let size = json!({"op": "add", "path": "/spec/size", "value": 2});
    cluster.says("/m", Says::Response(patch(&json!([color, size]))));
    let sent = json!({
        "apiVersion": "example.com/v2", "kind": "Box", "metadata": {"name": "b"},
        "spec": {field: 1},
    });
    let path = "/apis/example.com/v2/namespaces/n/boxes";
    let made = cluster.kit.post(path, sent).await.expect(201);
    assert_eq!(made["spec"], json!({field: 2, "color": "red"}));
    let requests = cluster.requests();
    let mut reviews = requests
        .iter()
        .filter(|request| request["object"].is_object());
    let request = reviews.next().unwrap();
    assert_eq!(request["object"]["apiVersion"], "example.com/v1");
    assert_eq!(request["requestKind"]["version"], "v2");
    let spec = json!({"size": 1, "color": "red"});
    assert_eq!(request["object"]["spec"], spec);
    assert!(reviews.next().is_none());
}

#[test]
fn custom_resources_are_shown_in_the_version_that_matched() {
    run(|cluster| async move {
        define(&cluster, json!({"strategy": "None"}), "size").await;
        boxed(&cluster, "size").await;
    });
}

/// A conversion by the other program, which knows sizes as `size` in v1 and as `measure` in v2.
fn converter(cluster: &Cluster) -> Value {
    let url = json!({"url": "https://hooks.example/convert"});
    let client = cluster.hook("", &json!({"clientConfig": url}))["clientConfig"].take();
    let webhook = json!({"clientConfig": client, "conversionReviewVersions": ["v1"]});
    cluster.says(
        "/convert",
        Says::By(|request| {
            let wanted = &request["desiredAPIVersion"];
            let (from, to) = match wanted.as_str() {
                Some("example.com/v1") => ("measure", "size"),
                _ => ("size", "measure"),
            };
            let objects = request["objects"].as_array().unwrap().iter();
            let converted = objects.map(|object| {
                let mut object = object.clone();
                object["apiVersion"] = wanted.clone();
                let spec = object["spec"].as_object_mut().unwrap();
                if let Some(value) = spec.remove(from) {
                    spec.insert(to.to_owned(), value);
                }
                object
            });
            let converted: Vec<Value> = converted.collect();
            json!({"convertedObjects": converted, "result": {"status": "Success"}})
        }),
    );
    json!({"strategy": "Webhook", "webhook": webhook})
}

#[test]
fn a_webhook_may_have_to_convert_first() {
    run(|cluster| async move {
        let conversion = converter(&cluster);
        define(&cluster, conversion, "measure").await;
        boxed(&cluster, "measure").await;
    });
}

#[test]
fn whoever_updates_and_creates_is_asked_about_a_create() {
    run(|cluster| async move {
        let hook = cluster.hook("v", &json!({}));
        cluster.register("validating", &[hook]).await;
        cluster.says("/v", allowed());
        let apply = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}});
        let path = format!("{MAPS}/a?fieldManager=me");
        let media = [("content-type", "application/apply-patch+yaml")];
        let made = send_with(&cluster.kit.admin, "PATCH", &path, "", apply, &media).await;
        made.expect(201);
        let request = &cluster.requests()[0];
        assert_eq!(request["operation"], "CREATE");
        assert_eq!(request["options"]["kind"], "CreateOptions");
    });
}
