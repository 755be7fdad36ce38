//! What is said of manifests, a line a case.

use super::*;

fn said(text: &str, target: u16) -> Vec<String> {
    let mut manifests = Vec::new();
    for (line, document) in documents(text) {
        let (json, _) = yaml::to_json(document).unwrap();
        add(
            "f.yaml",
            line,
            serde_json::from_slice(&json).unwrap(),
            &mut manifests,
        );
    }
    let verdict = |manifest: &Manifest| {
        Some(format!(
            "{manifest}: {}",
            judge(&manifest.document, target)?
        ))
    };
    manifests.iter().filter_map(verdict).collect()
}

#[track_caller]
fn check(kind: &str, target: u16, words: &str) {
    let (version, kind) = kind.split_once(' ').unwrap();
    let text = format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: one}}\n");
    let want = if words.is_empty() {
        vec![]
    } else {
        vec![format!("f.yaml:1: {kind} one: {words}")]
    };
    assert_eq!(said(&text, target), want, "{version} {kind} in 1.{target}");
}

#[test]
fn releases_serve_what_they_serve() {
    check("apps/v1 Deployment", 36, "");
    check(
        "networking.k8s.io/v1beta1 Ingress",
        36,
        "networking.k8s.io/v1beta1 Ingress is not served since v1.22; use networking.k8s.io/v1 Ingress",
    );
    check(
        "batch/v1beta1 CronJob",
        24,
        "batch/v1beta1 CronJob is deprecated since v1.21 and not served from v1.25 on; use batch/v1 CronJob",
    );
    check(
        "batch/v1 CronJob",
        20,
        "batch/v1 CronJob is served from v1.21 on",
    );
    check(
        "policy/v1beta1 PodSecurityPolicy",
        36,
        "policy/v1beta1 PodSecurityPolicy is not served since v1.25",
    );
    check(
        "apps/v1 Deploymnt",
        36,
        "no release has this kind in this version",
    );
    check("cert-manager.io/v1 Certificate", 36, "");
    check("v1 Pod", 36, "");
    check("policy/v1 Eviction", 36, "");
}

#[test]
fn every_document_and_every_item_counts() {
    let text = "\
# a comment
---
apiVersion: v1
kind: List
items:
- {apiVersion: extensions/v1beta1, kind: Ingress, metadata: {name: a}}
- {apiVersion: v1, kind: Service, metadata: {name: b}}
--- # another
apiVersion: extensions/v1beta1
kind: DeploymentList
items: [{metadata: {name: c}}]
---
values: {not: a manifest}
---
[neither, is, this]
";
    assert_eq!(
        said(text, 36),
        [
            "f.yaml:3: Ingress a: extensions/v1beta1 Ingress is not served since v1.22; use networking.k8s.io/v1 Ingress",
            "f.yaml:9: Deployment c: extensions/v1beta1 Deployment is not served since v1.16; use apps/v1 Deployment",
        ]
    );
}

#[test]
fn targets_are_releases() {
    assert_eq!(release("v1.25"), Ok(25));
    for wrong in ["1.15", "1.99", "2.0", "1", "x"] {
        assert!(release(wrong).is_err(), "{wrong}");
    }
}
