use super::Status;
use api::apps::v1::ReplicaSet;
use meta::FieldErrors;
use resource::{Part, Verb};
use serde_json::{Value, json};

#[track_caller]
fn check(status: Value, expect: &str) {
    let document = json!({"status": status});
    let new: ReplicaSet = meta::codec::from_value(&document).unwrap().object;
    let mut errors = FieldErrors::new();
    let cx = crate::testing::context(Verb::Update);
    Status.validate_update(&cx, &mut errors, &new, &ReplicaSet::default());
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn what_a_status_cannot_say() {
    let all = json!({"replicas": 3, "fullyLabeledReplicas": 3, "readyReplicas": 2, "availableReplicas": 2, "observedGeneration": 1});
    check(all, "[]");
    check(
        json!({"replicas": 1, "fullyLabeledReplicas": 2, "observedGeneration": -1, "terminatingReplicas": -2}),
        "[status.observedGeneration: Invalid value: -1: must be greater than or equal to 0, \
         status.terminatingReplicas: Invalid value: -2: must be greater than or equal to 0, \
         status.fullyLabeledReplicas: Invalid value: 2: cannot be greater than status.replicas]",
    );
    check(
        json!({"replicas": 2, "readyReplicas": 1, "availableReplicas": 2}),
        "status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas",
    );
}

#[test]
fn selectors_and_labels() {
    let create = |selector: Value, metadata: Value| {
        let template =
            json!({"metadata": metadata, "spec": {"containers": [{"name": "c", "image": "i"}]}});
        let set = json!({"metadata": {"name": "r"}, "spec": {"selector": selector, "template": template}});
        crate::testing::create(&super::ReplicaSets, &set)
    };
    let wanted = || json!({"matchLabels": {"a": "b"}});
    for (metadata, shown) in [
        (json!({}), "null"),
        (json!({"labels": {}}), "{}"),
        (json!({"labels": {"a": "c"}}), "{\"a\":\"c\"}"),
    ] {
        let words = "`selector` does not match template `labels`";
        assert_eq!(
            create(wanted(), metadata),
            format!("spec.template.metadata.labels: Invalid value: {shown}: {words}")
        );
    }
    assert_eq!(
        create(json!({}), json!({"labels": {"a": "b"}})),
        "spec.selector: Invalid value: {}: empty selector is invalid for deployment"
    );
}
