use super::Deployments;
use api::{apps::v1::Deployment, core::v1::Container};
use meta::{FieldErrors, IntOrString};
use resource::{NoReader, Part, RequestContext, Strategy, User, Verb};
use std::sync::Arc;

fn deployment() -> Deployment {
    let mut deployment = Deployment::default();
    let selector = deployment.spec.selector.get_or_insert_default();
    selector.match_labels.insert("app", "web".into());
    deployment
        .spec
        .template
        .metadata
        .labels
        .insert("app", "web".into());
    deployment.spec.template.spec.containers.push(Container {
        name: "web".into(),
        image: "web:1".into(),
        ..Container::default()
    });
    deployment
}

#[track_caller]
fn check(change: impl FnOnce(&mut Deployment), expect: &str) {
    let mut deployment = deployment();
    change(&mut deployment);
    Deployments.set_defaults(&mut deployment);
    let cx = RequestContext::new(
        User::default(),
        Verb::Create,
        meta::Time::from_unix_seconds(0),
        1,
        Arc::new(NoReader),
    );
    let mut errors = FieldErrors::new();
    Deployments.validate(&cx, &mut errors, &deployment);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn defaults_make_it_valid() {
    check(|_| {}, "[]");
}

#[test]
fn selectors_match_templates() {
    check(
        |deployment| {
            drop(
                deployment
                    .spec
                    .template
                    .metadata
                    .labels
                    .insert("app", "other".into()),
            )
        },
        "spec.template.metadata.labels: Invalid value: {\"app\":\"other\"}: `selector` does not match template `labels`",
    );
}

#[test]
fn a_rolling_update_must_be_able_to_move() {
    check(
        |deployment| {
            let rolling = deployment
                .spec
                .strategy
                .rolling_update
                .get_or_insert_default();
            rolling.max_unavailable = Some(IntOrString::Int(0));
            rolling.max_surge = Some(IntOrString::Int(0));
        },
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0",
    );
}

/// `status` after `old` -> the errors.
#[track_caller]
fn check_status(old: serde_json::Value, new: serde_json::Value, expect: &str) {
    let [old, new] = [old, new].map(|status| -> Deployment {
        let document = serde_json::json!({"status": status});
        meta::codec::from_value(&document).unwrap().object
    });
    let mut errors = FieldErrors::new();
    let cx = crate::testing::context(Verb::Update);
    super::Status.validate_update(&cx, &mut errors, &new, &old);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn what_a_status_cannot_say() {
    use serde_json::json;
    let none = || json!({});
    check_status(none(), none(), "[]");
    let all = json!({"replicas": 3, "updatedReplicas": 3, "readyReplicas": 2, "availableReplicas": 2, "unavailableReplicas": 1, "terminatingReplicas": 1});
    check_status(none(), all, "[]");
    check_status(
        none(),
        json!({"replicas": -1, "updatedReplicas": -1, "readyReplicas": -1, "availableReplicas": -1, "terminatingReplicas": -1}),
        "[status.replicas: Invalid value: -1: must be greater than or equal to 0, \
         status.updatedReplicas: Invalid value: -1: must be greater than or equal to 0, \
         status.readyReplicas: Invalid value: -1: must be greater than or equal to 0, \
         status.availableReplicas: Invalid value: -1: must be greater than or equal to 0, \
         status.terminatingReplicas: Invalid value: -1: must be greater than or equal to 0]",
    );
    check_status(
        none(),
        json!({"replicas": 1, "updatedReplicas": 2, "availableReplicas": 1}),
        "[status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas, \
         status.availableReplicas: Invalid value: 1: cannot be greater than readyReplicas]",
    );
    check_status(
        json!({"collisionCount": 2}),
        json!({"collisionCount": 1}),
        "status.collisionCount: Invalid value: 1: cannot be decremented",
    );
}

#[test]
fn annotations_are_a_new_generation() {
    let cx = crate::testing::context(Verb::Update);
    let mut old = deployment();
    old.metadata.generation = 3;
    let mut same = old.clone();
    Deployments.prepare_update(&cx, &mut same, &old);
    assert_eq!(same.metadata.generation, 3);
    let mut new = old.clone();
    new.metadata.annotations.insert("a", "b".into());
    Deployments.prepare_update(&cx, &mut new, &old);
    assert_eq!(new.metadata.generation, 4);
    // The controller's note is nothing that anybody asks for.
    let noted = &mut old.metadata.annotations;
    noted.insert("deployment.kubernetes.io/revision", "1".into());
    let mut sent_as_before = same.clone();
    Deployments.prepare_update(&cx, &mut sent_as_before, &old);
    assert_eq!(sent_as_before.metadata.generation, 3);
}

#[test]
fn labels_do_not_change_through_the_status() {
    let cx = crate::testing::context(Verb::Update);
    let mut old = deployment();
    old.metadata.labels.insert("a", "old".into());
    let mut new = old.clone();
    new.metadata.labels.insert("a", "new".into());
    super::Status.prepare_update(&cx, &mut new, &old);
    assert_eq!(new.metadata.labels, old.metadata.labels);
}
