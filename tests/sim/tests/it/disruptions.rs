//! Budgets of disruptions are counted, and evictions keep to them.

use crate::workloads::{deployment, is_rolled_out, key};
use api::{
    apiextensions::v1::CustomResourceDefinition,
    apps::v1::{Deployment, StatefulSet},
    core::v1::{Event, Pod, ReplicationController},
    policy::v1::{Eviction, PodDisruptionBudget},
};
use client::{Error, Patch, PatchParams};
use http::Method;
use meta::{Kind, ObjectKey, Reason};
use serde_json::{Value, json};
use sim::{World, simulate};
use std::time::Duration;

async fn budget(world: &World, name: &str, spec: Value) {
    let metadata = json!({"name": name, "namespace": "default"});
    let budget = json!({"metadata": metadata, "spec": spec});
    world.create::<PodDisruptionBudget>(budget).await;
}

/// `healthy of desired of expected: allowed reason, let go`.
fn shown(budget: &PodDisruptionBudget) -> String {
    let status = &budget.status;
    let condition = status.conditions.first();
    format!(
        "{} of {} of {}: {} {}, {}",
        status.current_healthy,
        status.desired_healthy,
        status.expected_pods,
        status.disruptions_allowed,
        condition.map_or("", |condition| condition.reason.as_str()),
        status.disrupted_pods.len()
    )
}

async fn says(world: &World, name: &str, expect: &str) {
    world
        .eventually::<PodDisruptionBudget>(&key(name), |budget| {
            budget.is_some_and(|budget| {
                budget.status.observed_generation == budget.metadata.generation
                    && shown(budget) == expect
            })
        })
        .await;
}

async fn evict(world: &World, pod: &ObjectKey) -> Result<(), Error> {
    let mut eviction = Eviction::default();
    eviction.metadata.name = pod.name.clone();
    let pods = world.admin().of::<Pod>();
    pods.post(pod, "eviction", &eviction).await
}

/// A pod that its budget counts: one that does not run yet may always go.
async fn healthy(world: &World) -> ObjectKey {
    let pods = world.list::<Pod>("default").await;
    let is_healthy = |pod: &&Pod| {
        let mut conditions = pod.status.conditions.iter();
        pod.metadata.deletion_timestamp.is_none()
            && conditions.any(|one| one.type_ == "Ready" && one.status == "True")
    };
    pods.iter().find(is_healthy).unwrap().key()
}

async fn events(world: &World, reason: &str) -> Vec<String> {
    let events = world.list::<Event>("default").await;
    let of_reason = events.iter().filter(|event| event.reason == reason);
    of_reason.map(|event| event.message.to_string()).collect()
}

/// Merges into the object, or into a part of it (`status`).
async fn patch<K: Kind>(world: &World, name: &str, part: &str, patch: Value) {
    let (key, patch) = (key(name), Patch::merge(&patch));
    let (api, params) = (world.admin().of::<K>(), PatchParams::default());
    let done = api.patch_subresource(&key, part, &patch, &params);
    done.await.unwrap();
}

#[test]
fn evictions_use_a_budget_up_until_pods_are_replaced() {
    for seed in 90..93 {
        simulate(seed, |world| async move {
            let _node = world.node("n1").await;
            let spec = json!({"minAvailable": 2, "selector": {"matchLabels": {"app": "web"}}});
            budget(&world, "web", spec).await;
            says(&world, "web", "0 of 2 of 0: 0 InsufficientPods, 0").await;
            world.pass(Duration::from_secs(5)).await;
            assert_eq!(events(&world, "NoPods").await, ["No matching pods found"]);
            world.create::<Deployment>(deployment("web", 3, "v1")).await;
            let all = "3 of 2 of 3: 1 SufficientPods, 0";
            says(&world, "web", all).await;
            for _ in 0..2 {
                evict(&world, &healthy(&world).await).await.unwrap();
                let error = evict(&world, &healthy(&world).await).await.unwrap_err();
                let Error::Api(refusal) = error else {
                    panic!("{error}")
                };
                assert_eq!(refusal.reason, Reason::TooManyRequests);
                let words = "Cannot evict pod as it would violate the pod's disruption budget.";
                assert_eq!(refusal.message, words);
                let cause = &refusal.details.unwrap().causes[0];
                let words = "The disruption budget web needs 2 healthy pods and has ";
                assert!(cause.message.starts_with(words), "{}", cause.message);
                says(&world, "web", all).await;
            }
            world
                .eventually::<Deployment>(&key("web"), is_rolled_out)
                .await;
        });
    }
}

#[test]
fn a_share_follows_the_scale_of_a_deployment() {
    simulate(93, |world| async move {
        let _node = world.node("n1").await;
        let selector = json!({"matchLabels": {"app": "web"}});
        let spec = json!({"maxUnavailable": "50%", "selector": selector});
        budget(&world, "web", spec).await;
        world.create::<Deployment>(deployment("web", 4, "v1")).await;
        says(&world, "web", "4 of 2 of 4: 2 SufficientPods, 0").await;
        let larger = json!({"spec": {"replicas": 7}});
        patch::<Deployment>(&world, "web", "", larger).await;
        says(&world, "web", "7 of 3 of 7: 4 SufficientPods, 0").await;
        let spec = json!({"selector": {"matchLabels": {"app": "web"}}, "minAvailable": "100%"});
        budget(&world, "second", spec).await;
        says(&world, "second", "7 of 7 of 7: 0 InsufficientPods, 0").await;
        evict(&world, &healthy(&world).await).await.unwrap_err();
    });
}

/// A pod of app `a`, controlled by the owner, if any: its API version, kind, name and uid. It stays when the owner is not there.
async fn owned_pod(world: &World, name: &str, owner: Option<[&str; 4]>) {
    let owners: Vec<_> = owner
        .iter()
        .map(|[version, kind, name, uid]| {
            json!({"apiVersion": version, "kind": kind, "name": name, "uid": uid, "controller": true})
        })
        .collect();
    world
        .create::<Pod>(json!({
            "metadata": {
                "name": name, "namespace": "default", "labels": {"app": "a"}, "ownerReferences": owners,
                "finalizers": ["example.com/stay"],
            },
            "spec": {"nodeName": "n1", "containers": [{"name": "c", "image": "i"}]},
        }))
        .await;
}

/// Makes a kind with a scale, and an object of it that wants four pods; answers with its uid.
async fn boat(world: &World) -> String {
    let schema = json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true});
    let definition = json!({
        "metadata": {"name": "boats.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"plural": "boats", "kind": "Boat"},
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": schema},
                "subresources": {"scale": {
                    "specReplicasPath": ".spec.crew", "statusReplicasPath": ".status.crew",
                }},
            }],
        },
    });
    world.create::<CustomResourceDefinition>(definition).await;
    let served = ObjectKey::cluster("boats.example.com");
    world
        .eventually::<CustomResourceDefinition>(&served, |found| {
            found.is_some_and(structural::definition::is_established)
        })
        .await;
    let boat = json!({
        "apiVersion": "example.com/v1", "kind": "Boat",
        "metadata": {"name": "boat"}, "spec": {"crew": 4},
    });
    let body = serde_json::to_vec(&boat).unwrap().into();
    let (path, json) = (
        "/apis/example.com/v1/namespaces/default/boats",
        "application/json",
    );
    let admin = world.admin();
    let made = admin.fetch(Method::POST, path, json, Some((json, body)));
    let made: Value = serde_json::from_slice(&made.await.unwrap()).unwrap();
    made["metadata"]["uid"].as_str().unwrap().to_owned()
}

#[test]
fn owners_of_every_kind_are_asked_for_their_scale() {
    simulate(94, |world| async move {
        let _node = world.node("n1").await;
        let template = json!({
            "metadata": {"labels": {"app": "a"}},
            "spec": {"containers": [{"name": "c", "image": "i"}]},
        });
        let metadata = json!({"name": "s", "namespace": "default"});
        let set = json!({"metadata": metadata, "spec": {
            "replicas": 2, "template": template, "selector": {"matchLabels": {"app": "a"}},
        }});
        let set = world.create::<StatefulSet>(set).await;
        let controller = json!({"metadata": metadata, "spec": {
            "replicas": 3, "template": template, "selector": {"app": "a"},
        }});
        let controller = world.create::<ReplicationController>(controller).await;
        let spec = json!({"maxUnavailable": 7, "selector": {"matchLabels": {"app": "a"}}});
        budget(&world, "b", spec).await;
        owned_pod(
            &world,
            "p1",
            Some(["apps/v1", "StatefulSet", "s", &set.metadata.uid]),
        )
        .await;
        says(&world, "b", "1 of 0 of 2: 1 SufficientPods, 0").await;
        let owner = ["v1", "ReplicationController", "s", &controller.metadata.uid];
        owned_pod(&world, "p2", Some(owner)).await;
        says(&world, "b", "2 of 0 of 5: 2 SufficientPods, 0").await;
        let uid = boat(&world).await;
        owned_pod(&world, "p3", Some(["example.com/v1", "Boat", "boat", &uid])).await;
        says(&world, "b", "3 of 2 of 9: 1 SufficientPods, 0").await;
        assert!(events(&world, "UnmanagedPods").await.is_empty());
        owned_pod(&world, "p4", None).await;
        says(&world, "b", "4 of 2 of 9: 2 SufficientPods, 0").await;
        world.pass(Duration::from_secs(5)).await;
        assert_eq!(
            events(&world, "UnmanagedPods").await,
            [
                "Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:map[string]string{app: a,},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set \".spec.minAvailable\" field of the PDB to an integer value."
            ]
        );
    });
}

#[test]
fn a_count_that_fails_allows_nothing() {
    for (version, kind, expect) in [
        (
            "tests.example.com/v1",
            "Test",
            r#"no matches for kind "Test" in version "tests.example.com/v1""#,
        ),
        (
            "v1",
            "ConfigMap",
            "configmaps does not implement the scale subresource",
        ),
        (
            "policy/v1",
            "PodDisruptionBudget",
            "poddisruptionbudgets.policy does not implement the scale subresource",
        ),
        (
            "apps/v1",
            "StatefulSet",
            r#"found no controllers for pod "p""#,
        ),
    ] {
        simulate(95, |world| async move {
            let _node = world.node("n1").await;
            let spec = json!({"maxUnavailable": 1, "selector": {}});
            budget(&world, "b", spec).await;
            says(&world, "b", "0 of 0 of 0: 0 InsufficientPods, 0").await;
            owned_pod(&world, "p", Some([version, kind, "b", "u"])).await;
            world
                .eventually::<PodDisruptionBudget>(&key("b"), |budget| {
                    let condition = budget.and_then(|budget| budget.status.conditions.first());
                    condition.is_some_and(|condition| {
                        condition.reason == "SyncFailed" && condition.message == expect
                    })
                })
                .await;
            let words = format!("Failed to calculate the number of expected pods: {expect}");
            world.pass(Duration::from_secs(5)).await;
            assert_eq!(
                events(&world, "CalculateExpectedPodCountFailed").await,
                [words]
            );
        });
    }
}

#[test]
fn disruptions_that_do_not_come_are_forgotten() {
    simulate(96, |world| async move {
        let _node = world.node("n1").await;
        owned_pod(&world, "p", None).await;
        let spec = json!({"minAvailable": 0, "selector": {"matchLabels": {"app": "a"}}});
        budget(&world, "b", spec).await;
        says(&world, "b", "1 of 0 of 1: 1 SufficientPods, 0").await;
        let pod = world.admin().of::<Pod>().get(&key("p")).await.unwrap();
        let now = pod.status.conditions[0].last_transition_time.to_string();
        let let_go = json!({"status": {"disruptedPods": {"p": now}}});
        patch::<PodDisruptionBudget>(&world, "b", "status", let_go).await;
        says(&world, "b", "0 of 0 of 1: 0 InsufficientPods, 1").await;
        let conditions = pod.status.conditions.iter();
        let mut conditions: Vec<_> = conditions.map(|one| meta::codec::to_value(one)).collect();
        conditions.push(json!({
            "type": "DisruptionTarget", "status": "True", "reason": "PreemptionByScheduler",
            "message": "m", "lastTransitionTime": now,
        }));
        let marked = json!({"status": {"conditions": conditions}});
        patch::<Pod>(&world, "p", "status", marked).await;
        world.pass(Duration::from_secs(100)).await;
        says(&world, "b", "0 of 0 of 1: 0 InsufficientPods, 1").await;
        world.pass(Duration::from_secs(30)).await;
        says(&world, "b", "1 of 0 of 1: 1 SufficientPods, 0").await;
        assert_eq!(
            events(&world, "NotDeleted").await,
            ["Pod was expected by PDB default/default to be deleted but it wasn't"]
        );
        let pod = world.admin().of::<Pod>().get(&key("p")).await.unwrap();
        let mut conditions = pod.status.conditions.iter();
        let mark = conditions
            .find(|one| one.type_ == "DisruptionTarget")
            .unwrap();
        assert_eq!(
            [&mark.status, &mark.reason, &mark.message],
            ["False", "", ""]
        );
    });
}
