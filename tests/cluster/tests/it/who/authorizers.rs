//! Who decides: a webhook with conditions and policies for its failure, a configuration that changes, and a file of policies.
use super::{ISSUER, Issuer, LATER, put};
use serde_json::{Value, json};
use std::fs;
use testkit::{Cluster, Machine, Options, eventually, is_root, output, text};

/// Nobody listens there.
const NOWHERE: &str = "https://127.0.0.1:9";

#[test]
fn who_decides() {
    if !is_root("who_decides") {
        return;
    }
    let options = Options {
        name: "whomay",
        control_plane_only: true,
    };
    let mut cluster = Cluster::new(Machine::new(options.name), options);
    let issuer = Issuer::start(&cluster);
    let decisions = json!({
        "ann": {"allowed": true, "reason": "a friend"},
        "eve": {"allowed": false, "denied": true, "reason": "not her"},
        "bob": {"allowed": false, "reason": "no idea"},
        "carl": {"allowed": true},
    });
    put(
        issuer.directory.path(),
        "decisions.json",
        &decisions.to_string(),
    );
    configure(&issuer, ISSUER, "Deny");
    cluster.flags.push("--authorization-config".to_owned());
    cluster.flags.push(issuer.path("authorization.yaml"));
    cluster.up();
    asked(&cluster, &issuer);
    failed(&cluster, &issuer);
    cluster.stop();
    policies(&mut cluster, &issuer);
}

/// The webhook first, for everybody but Carl; then RBAC.
fn configure(issuer: &Issuer, server: &str, failure_policy: &str) {
    let kubeconfig = fs::read_to_string(issuer.path("webhook.yaml")).unwrap();
    let mut kubeconfig: Value = serde_json::from_str(&kubeconfig).unwrap();
    kubeconfig["clusters"][0]["cluster"]["server"] = json!(format!("{server}/may"));
    // The configuration is followed, not what it names.
    let name = if server == NOWHERE {
        "nowhere.yaml"
    } else {
        "may.yaml"
    };
    put(issuer.directory.path(), name, &kubeconfig.to_string());
    let configuration = json!({
        "apiVersion": "apiserver.config.k8s.io/v1",
        "kind": "AuthorizationConfiguration",
        "authorizers": [
            {"type": "Webhook", "name": "may", "webhook": {
                "timeout": "3s",
                "subjectAccessReviewVersion": "v1",
                "matchConditionSubjectAccessReviewVersion": "v1",
                "failurePolicy": failure_policy,
                "connectionInfo": {"type": "KubeConfigFile", "kubeConfigFile": issuer.path(name)},
                "matchConditions": [
                    {"expression": "has(request.resourceAttributes)"},
                    {"expression": "request.user in ['ann', 'bob', 'eve', 'zoe']"},
                ],
            }},
            {"type": "Node", "name": "node"},
            {"type": "RBAC", "name": "rbac"},
        ],
    });
    put(
        issuer.directory.path(),
        "authorization.yaml",
        &configuration.to_string(),
    );
}

/// What a user gets who lists ConfigMaps; `Err` is what kubectl says.
fn lists(cluster: &Cluster, user: &str) -> Result<(), String> {
    let answer = output(&mut cluster.kubectl(&["get", "configmaps", "--as", user]));
    if answer.status.success() {
        return Ok(());
    }
    Err(text(&answer.stderr))
}

#[track_caller]
fn refuses(cluster: &Cluster, user: &str, words: &str) {
    let said = lists(cluster, user).unwrap_err();
    assert!(said.contains(words), "{said}");
}

fn asked(cluster: &Cluster, issuer: &Issuer) {
    assert_eq!(lists(cluster, "ann"), Ok(()));
    refuses(
        cluster,
        "eve",
        "configmaps is forbidden: User \"eve\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"default\": not her",
    );
    refuses(
        cluster,
        "bob",
        "User \"bob\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"default\": no idea",
    );
    refuses(cluster, "carl", "User \"carl\" cannot list resource");
    let asked = fs::read_to_string(issuer.path("asked")).unwrap();
    let asked: Vec<Value> = asked
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let about = |user: &str| asked.iter().filter(|spec| spec["user"] == user).count();
    assert!(about("ann") > 0 && about("eve") > 0 && about("bob") > 0);
    assert_eq!(about("carl"), 0, "the conditions leave him out");
    let ann = asked.iter().find(|spec| spec["user"] == "ann").unwrap();
    assert_eq!(ann["groups"], json!(["system:authenticated"]));
}

/// A webhook that cannot be asked refuses, or is passed over, as its policy has it.
fn failed(cluster: &Cluster, issuer: &Issuer) {
    configure(issuer, NOWHERE, "Deny");
    eventually("the webhook that is not there", LATER, || {
        let said = lists(cluster, "ann").err()?;
        said.contains("Internal Server Error").then_some(())
    });
    cluster.ok(&[
        "create",
        "clusterrolebinding",
        "zoe",
        "--clusterrole=view",
        "--user=zoe",
    ]);
    refuses(cluster, "zoe", "Internal Server Error");
    configure(issuer, NOWHERE, "NoOpinion");
    eventually("the next authorizer", LATER, || lists(cluster, "zoe").ok());
    refuses(cluster, "ann", "Internal Server Error");
    put(
        issuer.directory.path(),
        "authorization.yaml",
        "authorizers: [",
    );
    eventually("a word on the wrong file", LATER, || {
        cluster.log().contains("authorization.yaml").then_some(())
    });
    assert_eq!(lists(cluster, "zoe"), Ok(()));
}

fn policies(cluster: &mut Cluster, issuer: &Issuer) {
    let of = |spec: Value| {
        let version = "abac.authorization.kubernetes.io/v1beta1";
        json!({"apiVersion": version, "kind": "Policy", "spec": spec}).to_string()
    };
    let lines = [
        "# who reads".to_owned(),
        of(
            json!({"user": "ann", "namespace": "default", "resource": "configmaps", "apiGroup": "*", "readonly": true}),
        ),
        json!({"user": "old", "resource": "configmaps"}).to_string(),
    ];
    put(issuer.directory.path(), "policies.jsonl", &lines.join("\n"));
    cluster.flags = vec![
        "--authorization-mode=ABAC,RBAC".to_owned(),
        format!(
            "--authorization-policy-file={}",
            issuer.path("policies.jsonl")
        ),
    ];
    cluster.up();
    assert_eq!(lists(cluster, "ann"), Ok(()));
    assert_eq!(lists(cluster, "old"), Ok(()));
    assert_eq!(lists(cluster, "zoe"), Ok(()));
    refuses(
        cluster,
        "bob",
        "User \"bob\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"default\": No policy matched.",
    );
    let create = ["create", "configmap", "a", "--as", "ann"];
    assert!(cluster.refuses(&create).contains("No policy matched."));
    cluster.ok(&["create", "configmap", "a", "--as", "old"]);
}
