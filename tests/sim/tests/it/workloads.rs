//! Deployments roll, scale, and go.

use api::{
    apps::v1::{Deployment, ReplicaSet},
    core::v1::{ConfigMap, Event, Namespace, Pod, ServiceAccount},
};
use client::{DeleteParams, Patch, PatchParams, Propagation};
use meta::ObjectKey;
use serde_json::{Value, json};
use sim::{World, simulate};

pub(crate) fn deployment(name: &str, replicas: i32, image: &str) -> Value {
    json!({
        "metadata": {"name": name, "namespace": "default"},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": "c", "image": image}]},
            },
        },
    })
}

pub(crate) fn key(name: &str) -> ObjectKey {
    ObjectKey::namespaced("default", name)
}

pub(crate) fn is_rolled_out(deployment: Option<&Deployment>) -> bool {
    deployment.is_some_and(|deployment| {
        let wanted = deployment.spec.replicas.unwrap();
        let status = &deployment.status;
        status.observed_generation == deployment.metadata.generation
            && [
                status.replicas,
                status.updated_replicas,
                status.available_replicas,
            ] == [wanted; 3]
    })
}

async fn patch(world: &World, name: &str, patch: Value) {
    let api = world.admin().of::<Deployment>();
    api.patch(
        &key(name),
        &Patch::strategic(&patch),
        &PatchParams::default(),
    )
    .await
    .unwrap();
}

async fn roll_to(world: &World, image: &str) {
    let containers = json!([{"name": "c", "image": image}]);
    patch(
        world,
        "web",
        json!({"spec": {"template": {"spec": {"containers": containers}}}}),
    )
    .await;
    world
        .eventually::<Deployment>(&key("web"), is_rolled_out)
        .await;
}

fn conditions(deployment: &Deployment) -> Vec<String> {
    let conditions = deployment.status.conditions.iter();
    conditions
        .map(|condition| format!("{} {}", condition.type_, condition.reason))
        .collect()
}

/// `image:replicas` of each ReplicaSet, sorted.
async fn sets(world: &World) -> Vec<String> {
    let show = |set: &ReplicaSet| {
        format!(
            "{}:{}",
            set.spec.template.spec.containers[0].image,
            set.spec.replicas.unwrap()
        )
    };
    let mut sets: Vec<_> = world
        .list::<ReplicaSet>("default")
        .await
        .iter()
        .map(show)
        .collect();
    sets.sort();
    sets
}

async fn messages(world: &World, reason: &str) -> Vec<String> {
    let events = world.list::<Event>("default").await;
    let of_reason = events.iter().filter(|event| event.reason == reason);
    of_reason.map(|event| event.message.to_string()).collect()
}

#[test]
fn a_deployment_rolls_out_and_back() {
    for seed in 0..5 {
        simulate(seed, |world| async move {
            let _node = world.node("n1").await;
            world.create::<Deployment>(deployment("web", 3, "v1")).await;
            world
                .eventually::<Deployment>(&key("web"), is_rolled_out)
                .await;
            roll_to(&world, "v2").await;
            assert_eq!(sets(&world).await, ["v1:0", "v2:3"]);
            roll_to(&world, "v1").await;
            assert_eq!(
                sets(&world).await,
                ["v1:3", "v2:0"],
                "the old set serves again"
            );
            let done = world
                .admin()
                .of::<Deployment>()
                .get(&key("web"))
                .await
                .unwrap();
            let revision = done
                .metadata
                .annotations
                .get("deployment.kubernetes.io/revision")
                .unwrap();
            assert_eq!(revision, "3");
            world.pass(std::time::Duration::from_secs(1)).await;
            let done = world
                .admin()
                .of::<Deployment>()
                .get(&key("web"))
                .await
                .unwrap();
            assert_eq!(
                conditions(&done),
                [
                    "Available MinimumReplicasAvailable",
                    "Progressing NewReplicaSetAvailable"
                ]
            );
            let scaled = messages(&world, "ScalingReplicaSet").await;
            assert!(
                scaled
                    .iter()
                    .any(|message| message.ends_with(" from 0 to 3")),
                "{scaled:?}"
            );
            let created = messages(&world, "SuccessfulCreate").await;
            assert!(
                created
                    .iter()
                    .all(|message| message.starts_with("Created pod: web-")),
                "{created:?}"
            );
        });
    }
}

#[test]
fn sizes_follow() {
    simulate(11, |world| async move {
        let _node = world.node("n1").await;
        world.create::<Deployment>(deployment("web", 1, "v1")).await;
        for size in [8, 2, 0, 3] {
            patch(&world, "web", json!({"spec": {"replicas": size}})).await;
            world
                .eventually::<Deployment>(&key("web"), is_rolled_out)
                .await;
        }
        assert_eq!(world.list::<Pod>("default").await.len(), 3);
    });
}

#[test]
fn a_lost_pod_is_replaced_and_an_orphan_adopted() {
    simulate(12, |world| async move {
        let _node = world.node("n1").await;
        world.create::<Deployment>(deployment("web", 2, "v1")).await;
        world
            .eventually::<Deployment>(&key("web"), is_rolled_out)
            .await;
        let pods = world.list::<Pod>("default").await;
        let lost = ObjectKey::namespaced("default", pods[0].metadata.name.clone());
        world
            .admin()
            .of::<Pod>()
            .delete(&lost, &DeleteParams::default())
            .await
            .unwrap();
        world.eventually::<Pod>(&lost, |pod| pod.is_none()).await;
        world
            .eventually::<Deployment>(&key("web"), is_rolled_out)
            .await;
        // A pod that matches is adopted, and then one too many is there.
        let labels = world.list::<Pod>("default").await[0]
            .metadata
            .labels
            .clone();
        let labels: Value = labels
            .iter()
            .map(|(k, v)| (k.to_string(), json!(v.as_str())))
            .collect();
        world
            .create::<Pod>(json!({
                "metadata": {"name": "stray", "namespace": "default", "labels": labels},
                "spec": {"containers": [{"name": "c", "image": "v1"}]},
            }))
            .await;
        world.pass(std::time::Duration::from_secs(10)).await;
        let pods = world.list::<Pod>("default").await;
        assert_eq!(pods.len(), 2);
        assert!(
            pods.iter()
                .all(|pod| pod.metadata.owner_references.len() == 1)
        );
    });
}

#[test]
fn a_namespace_gets_its_first_objects_and_goes_with_everything() {
    simulate(13, |world| async move {
        let _node = world.node("n1").await;
        world
            .create::<Namespace>(json!({"metadata": {"name": "shop"}}))
            .await;
        let inside = |name: &str| ObjectKey::namespaced("shop", name);
        world
            .eventually::<ServiceAccount>(&inside("default"), |account| account.is_some())
            .await;
        world
            .eventually::<ConfigMap>(&inside("kube-root-ca.crt"), |map| map.is_some())
            .await;
        let mut web = deployment("web", 2, "v1");
        web["metadata"]["namespace"] = "shop".into();
        world.create::<Deployment>(web).await;
        world
            .eventually::<Deployment>(&inside("web"), is_rolled_out)
            .await;
        let shop = ObjectKey::cluster("shop");
        world
            .admin()
            .of::<Namespace>()
            .delete(&shop, &DeleteParams::default())
            .await
            .unwrap();
        world
            .eventually::<Namespace>(&shop, |namespace| namespace.is_none())
            .await;
        assert_eq!(world.list::<Pod>("shop").await.len(), 0);
        assert_eq!(world.list::<ConfigMap>("shop").await.len(), 0);
    });
}

#[test]
fn deleting_a_deployment() {
    for (propagation, sets_left, pods_left) in [
        (Propagation::Background, 0, 0),
        (Propagation::Foreground, 0, 0),
        (Propagation::Orphan, 1, 2),
    ] {
        simulate(14, |world| async move {
            let _node = world.node("n1").await;
            world.create::<Deployment>(deployment("web", 2, "v1")).await;
            world
                .eventually::<Deployment>(&key("web"), is_rolled_out)
                .await;
            let params = DeleteParams {
                propagation: Some(propagation),
                ..DeleteParams::default()
            };
            world
                .admin()
                .of::<Deployment>()
                .delete(&key("web"), &params)
                .await
                .unwrap();
            world
                .eventually::<Deployment>(&key("web"), |web| web.is_none())
                .await;
            if propagation == Propagation::Foreground {
                assert_eq!(sets(&world).await.len(), 0, "the owner goes last");
            }
            world.pass(std::time::Duration::from_secs(60)).await;
            let sets = world.list::<ReplicaSet>("default").await;
            let pods = world.list::<Pod>("default").await;
            assert_eq!(
                (sets.len(), pods.len()),
                (sets_left, pods_left),
                "{propagation:?}"
            );
            assert!(
                sets.iter()
                    .all(|set| set.metadata.owner_references.is_empty())
            );
        });
    }
}
