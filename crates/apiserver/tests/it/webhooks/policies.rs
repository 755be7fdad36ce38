//! Policies beside webhooks: about connections, and about custom resources that a webhook converts.
use super::{
    account, define,
    other::{Cluster, Says, run},
};
use crate::{
    kit::pod,
    validating_policies::{GROUP, bind, on},
};
use serde_json::{Value, json};

/// Writes a mutating policy of the name, and a binding `NAME-b`.
async fn mutate(cluster: &Cluster, name: &str, constraints: Value, expression: &str) {
    let mutation = json!({"patchType": "JSONPatch", "jsonPatch": {"expression": expression}});
    let spec = json!({
        "matchConstraints": constraints, "mutations": [mutation], "reinvocationPolicy": "Never",
    });
    let kit = &cluster.kit;
    let policy = json!({"metadata": {"name": name}, "spec": spec});
    let path = format!("{GROUP}/mutatingadmissionpolicies");
    kit.post(&path, policy).await.expect(201);
    let binding = json!({"metadata": {"name": format!("{name}-b")}, "spec": {"policyName": name}});
    let path = format!("{GROUP}/mutatingadmissionpolicybindings");
    kit.post(&path, binding).await.expect(201);
}

#[test]
fn policies_are_asked_about_connections() {
    run(|cluster| async move {
        account(&cluster).await;
        let pods = "/api/v1/namespaces/n/pods";
        let made = cluster.kit.post(pods, pod("p", json!({}))).await;
        made.expect(201);
        let shells = json!({
            "matchConstraints": on("/v1/pods/exec", &["CONNECT"]),
            "matchConditions": [{"name": "command", "expression": "has(object.command)"}],
            "validations": [{
                "expression": "object.command[0] != 'sh' && request.operation == 'CONNECT' && !has(object.metadata)",
                "messageExpression": "object.kind + ' of ' + object.command[0] + ' in ' + object.container",
            }],
        });
        bind(&cluster.kit, "shells", shells, json!({})).await;
        let container = "[JSONPatch{op: 'add', path: '/container', value: 'other'}]";
        let constraints = on("/v1/pods/exec", &["CONNECT"]);
        mutate(&cluster, "container", constraints, container).await;
        let path = format!("{pods}/p/exec?command=sh&stdout=true&container=c");
        let refused = cluster.kit.post(&path, Value::Null).await.message(422);
        assert_eq!(
            refused,
            "pods \"p\" is forbidden: ValidatingAdmissionPolicy 'shells' with binding 'shells-b' denied request: PodExecOptions of sh in other"
        );
        // What admission has changed is what is asked for.
        let path = format!("{pods}/p/exec?command=ls&stdout=true&container=c");
        let refused = cluster.kit.post(&path, Value::Null).await.message(400);
        assert_eq!(refused, "container other is not valid for pod p");
        // A webhook comes behind policies.
        let rules = json!([{
            "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CONNECT"],
            "resources": ["pods/exec"],
        }]);
        let hook = cluster.hook("m", &json!({"rules": rules}));
        cluster.register("mutating", &[hook]).await;
        let change = json!([{"op": "add", "path": "/container", "value": "third"}]);
        cluster.says("/m", Says::Response(super::patch(&change)));
        let refused = cluster.kit.post(&path, Value::Null).await.message(400);
        assert_eq!(refused, "container third is not valid for pod p");
        assert_eq!(cluster.requests()[0]["object"]["container"], "other");
        cluster.unregister("mutating").await;
        let proxies = json!({
            "matchConstraints": on("/v1/pods/proxy", &["CONNECT"]),
            "validations": [{"expression": "object.path != '/secret/'", "message": "secret"}],
        });
        bind(&cluster.kit, "proxies", proxies, json!({})).await;
        let path = format!("{pods}/p/proxy/secret/");
        let refused = cluster.kit.get(&path).await.message(422);
        assert!(refused.ends_with("denied request: secret"), "{refused}");
        // Three of four are gone through twice: a policy has changed their options.
        let shown = cluster.kit.get("/metrics").await.text;
        for line in [
            "apiserver_admission_controller_admission_duration_seconds_count{name=\"ValidatingAdmissionPolicy\",operation=\"CONNECT\",rejected=\"true\",type=\"validate\"} 2",
            "apiserver_admission_controller_admission_duration_seconds_count{name=\"MutatingAdmissionWebhook\",operation=\"CONNECT\",rejected=\"false\",type=\"admit\"} 7",
            "apiserver_admission_controller_admission_duration_seconds_count{name=\"ResourceQuota\",operation=\"CREATE\",rejected=\"false\",type=\"validate\"} ",
        ] {
            assert!(shown.contains(line), "{line}\n{shown}");
        }
    });
}

#[test]
fn policies_see_what_a_webhook_converts() {
    run(|cluster| async move {
        let convert = super::converter(&cluster);
        define(&cluster, convert, "measure").await;
        let limit = json!({
            "matchConstraints": on("example.com/v1/boxes", &["*"]),
            "validations": [{
                "expression": "object.spec.size < 9 && (oldObject == null || oldObject.spec.size < 9)",
                "messageExpression": "'size ' + string(object.spec.size)",
            }],
        });
        bind(&cluster.kit, "limit", limit, json!({})).await;
        let larger = "[JSONPatch{op: 'replace', path: '/spec/size', value: object.spec.size + 1}]";
        let constraints = on("example.com/v1/boxes", &["CREATE"]);
        mutate(&cluster, "larger", constraints, larger).await;
        let path = "/apis/example.com/v2/namespaces/n/boxes";
        let sent = |name: &str, measure: i64| {
            json!({
                "apiVersion": "example.com/v2", "kind": "Box", "metadata": {"name": name},
                "spec": {"measure": measure},
            })
        };
        let made = cluster.kit.post(path, sent("b", 1)).await.expect(201);
        assert_eq!(made["spec"], json!({"measure": 2, "color": "red"}));
        let refused = cluster.kit.post(path, sent("c", 8)).await.message(422);
        assert!(refused.ends_with("denied request: size 9"), "{refused}");
        let merge = "application/merge-patch+json";
        let one = format!("{path}/b");
        let wanted = json!({"spec": {"measure": 12}});
        let refused = cluster.kit.patch(&one, merge, wanted.clone()).await;
        let refused = refused.message(422);
        assert!(refused.ends_with("denied request: size 12"), "{refused}");
        cluster.says("/convert", Says::Text(500, "?"));
        let refused = cluster.kit.post(path, sent("d", 1)).await.message(403);
        assert!(
            refused.starts_with("policy \"larger\" denied request: failed to configure policy: conversion webhook for example.com/v2, Kind=Box failed: "),
            "{refused}"
        );
        let path_of = format!("{GROUP}/mutatingadmissionpolicies/larger");
        cluster.kit.delete(&path_of, Value::Null).await.expect(200);
        let refused = cluster.kit.post(path, sent("d", 1)).await.message(422);
        let words = "ValidatingAdmissionPolicy 'limit' with binding 'limit-b' denied request: failed to configure binding: failed to convert object version: conversion webhook for ";
        assert!(refused.contains(words), "{refused}");
        let path_of = format!("{GROUP}/validatingadmissionpolicies/limit");
        cluster.kit.delete(&path_of, Value::Null).await.expect(200);
        let rules = json!([{
            "apiGroups": ["example.com"], "apiVersions": ["v1"], "operations": ["*"],
            "resources": ["boxes"],
        }]);
        let hook = cluster.hook("m", &json!({"rules": rules}));
        cluster.register("mutating", &[hook]).await;
        let refused = cluster.kit.post(path, sent("d", 1)).await.message(500);
        let words =
            "Internal error occurred: conversion webhook for example.com/v2, Kind=Box failed: ";
        assert!(refused.starts_with(words), "{refused}");
    });
}
