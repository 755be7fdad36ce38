use super::Deployments;
use api::{apps::v1::Deployment, core::v1::Container};
use meta::{FieldErrors, IntOrString};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
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
