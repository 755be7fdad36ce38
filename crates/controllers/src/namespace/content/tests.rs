//! What is left is counted, and said in upstream's words.

use super::{Emptied, undiscovered};
use client::{Metadata, Resource};

fn resource(group: &str, plural: &str) -> Resource {
    Resource {
        group: group.into(),
        version: "v1".into(),
        kind: "K".into(),
        plural: plural.into(),
        namespaced: true,
    }
}

fn left(finalizers: &[&str], grace: Option<i64>) -> Metadata {
    let mut object = Metadata::default();
    object.metadata.finalizers = finalizers.iter().map(|one| (*one).into()).collect();
    object.metadata.deletion_grace_period_seconds = grace;
    object
}

#[test]
fn what_is_left() {
    let mut emptied = Emptied::default();
    emptied.count("n", &resource("", "secrets"), &[]);
    assert_eq!(emptied, Emptied::default());
    emptied.count(
        "n",
        &resource("", "pods"),
        &[left(&[], Some(30)), left(&["f"], Some(5))],
    );
    assert_eq!(emptied.wait_seconds, Some(30));
    assert_eq!(emptied.finalizers.get("f"), Some(&1));
    assert!(emptied.failures.is_empty());
    emptied.count("n", &resource("apps", "deployments"), &[left(&["f"], None)]);
    assert!(emptied.failures.is_empty());
    emptied.count("n", &resource("apps", "replicasets"), &[left(&[], None)]);
    assert_eq!(
        emptied.failures,
        ["unexpected items still remain in namespace: n for gvr: apps/v1, Resource=replicasets"]
    );
}

#[test]
fn servers_that_do_not_answer() {
    assert_eq!(undiscovered(&[]), None);
    assert_eq!(
        undiscovered(&["metrics.k8s.io/v1beta1".to_owned()]).unwrap(),
        "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery: metrics.k8s.io/v1beta1"
    );
}
