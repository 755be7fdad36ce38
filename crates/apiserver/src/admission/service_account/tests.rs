use super::{check_mirror, fill, secrets};
use crate::admission::testing::{context, decoded};
use api::core::v1::{Pod, ServiceAccount};
use serde_json::{Value, json};

fn pod(spec: Value) -> Pod {
    let metadata = json!({"name": "p", "namespace": "n"});
    let document = json!({"metadata": metadata, "spec": spec});
    meta::codec::from_value(&document).unwrap().object
}

#[test]
fn mirrors_need_nothing() {
    let token =
        json!([{"name": "t", "projected": {"sources": [{"serviceAccountToken": {"path": "t"}}]}}]);
    for (spec, expect) in [
        (json!({}), Ok(())),
        (
            json!({"serviceAccountName": "a"}),
            Err("a mirror pod may not reference service accounts"),
        ),
        (
            json!({"imagePullSecrets": [{"name": "s"}]}),
            Err("a mirror pod may not reference secrets"),
        ),
        (
            json!({"volumes": token}),
            Err("a mirror pod may not use ServiceAccountToken volume projections"),
        ),
    ] {
        assert_eq!(check_mirror(&pod(spec)), expect);
    }
}

#[test]
fn accounts_that_are_not_there() {
    for (name, expect) in [
        ("gone", "serviceaccount \"gone\" not found"),
        (
            "a/b",
            "invalid resource name \"a/b\": [may not contain '/']",
        ),
        ("..", "invalid resource name \"..\": [may not be '..']"),
    ] {
        let pod = pod(json!({"serviceAccountName": name}));
        assert_eq!(
            super::account(&context(Vec::new()), &pod).unwrap_err(),
            format!("error looking up service account n/{name}: {expect}")
        );
    }
}

/// A pod of an account that names `own` alone -> why not.
#[track_caller]
fn check(spec: Value, expect: &str) {
    let annotations = json!({"kubernetes.io/enforce-mountable-secrets": "true"});
    let account = json!({
        "metadata": {"name": "a", "namespace": "n", "annotations": annotations},
        "secrets": [{"name": "own"}], "imagePullSecrets": [{"name": "own"}],
    });
    let cx = context(vec![decoded::<ServiceAccount>(&account)]);
    let mut with_account = spec;
    with_account["serviceAccountName"] = json!("a");
    let mut pod = pod(with_account);
    let account = super::account(&cx, &pod).unwrap();
    let done = fill(&cx, &mut pod).and_then(|()| secrets::check_ephemeral(&account, &pod));
    assert_eq!(done.err().unwrap_or_default(), expect);
}

#[test]
fn accounts_may_bound_the_secrets() {
    check(
        json!({"volumes": [{"name": "v", "secret": {"secretName": "own"}}]}),
        "",
    );
    check(
        json!({"volumes": [{"name": "v", "secret": {"secretName": "other"}}]}),
        "volume with secret.secretName=\"other\" is not allowed because service account a does not reference that secret",
    );
    let env = json!([{"name": "E", "valueFrom": {"secretKeyRef": {"name": "other", "key": "k"}}}]);
    check(
        json!({"initContainers": [{"name": "c", "env": env}]}),
        "init container c with envVar E referencing secret.secretName=\"other\" is not allowed because service account a does not reference that secret",
    );
    check(
        json!({"containers": [{"name": "c", "envFrom": [{"secretRef": {"name": "other"}}]}]}),
        "container c with envFrom referencing secret.secretName=\"other\" is not allowed because service account a does not reference that secret",
    );
    check(
        json!({"ephemeralContainers": [{"name": "c", "envFrom": [{"secretRef": {"name": "other"}}]}]}),
        "ephemeral container c with envFrom referencing secret.secretName=\"other\" is not allowed because service account a does not reference that secret",
    );
    check(
        json!({"imagePullSecrets": [{"name": "own"}, {"name": "other"}]}),
        "imagePullSecrets[1].name=\"other\" is not allowed because service account a does not reference that imagePullSecret",
    );
}

#[test]
fn the_account_is_there() {
    let cx = context(Vec::new());
    let why = fill(&cx, &mut pod(json!({}))).unwrap_err();
    assert_eq!(
        why,
        "error looking up service account n/default: serviceaccount \"default\" not found"
    );
}
