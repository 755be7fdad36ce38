//! What is in use outlives its deletion, and goes when nobody uses it any more.

use api::{
    core::v1::{PersistentVolume, PersistentVolumeClaim, Pod, Service, ServiceAccount},
    networking::v1::ServiceCIDR,
    storage::v1::VolumeAttributesClass,
};
use client::{DeleteParams, Patch, PatchParams};
use meta::{Kind, ObjectKey};
use serde_json::{Value, json};
use sim::{World, simulate};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

async fn delete<K: Kind>(world: &World, key: &ObjectKey) {
    let now = DeleteParams {
        grace_period_seconds: Some(0),
        ..DeleteParams::default()
    };
    world.admin().of::<K>().delete(key, &now).await.unwrap();
}

async fn is_there<K: Kind>(world: &World, key: &ObjectKey) -> bool {
    let found = world.admin().of::<K>().find(key).await;
    found.unwrap().is_some()
}

/// Patches the status.
async fn say<K: Kind>(world: &World, key: &ObjectKey, status: Value) {
    let patch = Patch::merge(&json!({"status": status}));
    let api = world.admin().of::<K>();
    let params = PatchParams::default();
    api.patch_subresource(key, "status", &patch, &params)
        .await
        .unwrap();
}

fn claim(name: &str) -> Value {
    json!({
        "metadata": {"name": name, "namespace": "default"},
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1Gi"}},
            "volumeAttributesClassName": "gold",
        },
    })
}

#[test]
fn storage_that_is_in_use_stays() {
    simulate(61, |world| async move {
        let _node = world.node("n1").await;
        let account = ObjectKey::namespaced("default", "default");
        let is_made = |account: Option<&ServiceAccount>| account.is_some();
        world.eventually(&account, is_made).await;
        let class = json!({"metadata": {"name": "gold"}, "driverName": "d.example.com", "parameters": {"a": "b"}});
        world.create::<VolumeAttributesClass>(class).await;
        world.create::<PersistentVolumeClaim>(claim("c")).await;
        world
            .create::<Pod>(json!({
                "metadata": {"name": "p", "namespace": "default"},
                "spec": {
                    "nodeName": "n1",
                    "containers": [{"name": "c", "image": "i"}],
                    "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "c"}}],
                },
            }))
            .await;
        world
            .create::<PersistentVolume>(json!({
                "metadata": {"name": "v"},
                "spec": {
                    "accessModes": ["ReadWriteOnce"],
                    "capacity": {"storage": "1Gi"},
                    "hostPath": {"path": "/x"},
                },
            }))
            .await;
        let volume = ObjectKey::cluster("v");
        say::<PersistentVolume>(&world, &volume, json!({"phase": "Bound"})).await;
        let class = ObjectKey::cluster("gold");
        let claim = ObjectKey::namespaced("default", "c");
        delete::<VolumeAttributesClass>(&world, &class).await;
        delete::<PersistentVolumeClaim>(&world, &claim).await;
        delete::<PersistentVolume>(&world, &volume).await;
        world.pass(MINUTE).await;
        assert!(is_there::<PersistentVolumeClaim>(&world, &claim).await);
        assert!(is_there::<PersistentVolume>(&world, &volume).await);
        assert!(is_there::<VolumeAttributesClass>(&world, &class).await);

        say::<PersistentVolume>(&world, &volume, json!({"phase": "Released"})).await;
        delete::<Pod>(&world, &ObjectKey::namespaced("default", "p")).await;
        let gone = |object: Option<&PersistentVolumeClaim>| object.is_none();
        world.eventually(&claim, gone).await;
        let gone = |object: Option<&PersistentVolume>| object.is_none();
        world.eventually(&volume, gone).await;
        let gone = |object: Option<&VolumeAttributesClass>| object.is_none();
        world.eventually(&class, gone).await;
    });
}

#[test]
fn a_range_of_services_stays_while_an_address_needs_it() {
    simulate(62, |world| async move {
        let range = json!({"metadata": {"name": "more"}, "spec": {"cidrs": ["10.97.0.0/24"]}});
        world.create::<ServiceCIDR>(range).await;
        let key = ObjectKey::cluster("more");
        let ready = |range: Option<&ServiceCIDR>| {
            range.is_some_and(|range| {
                range.metadata.finalizers == ["networking.k8s.io/service-cidr-finalizer"]
                    && range.status.conditions.iter().any(|c| c.status == "True")
            })
        };
        world.eventually(&key, ready).await;
        world
            .create::<Service>(json!({
                "metadata": {"name": "s", "namespace": "default"},
                "spec": {"clusterIP": "10.97.0.7", "ports": [{"port": 80}]},
            }))
            .await;
        world.pass(MINUTE).await;
        delete::<ServiceCIDR>(&world, &key).await;
        world.pass(MINUTE).await;
        let kept = world.admin().of::<ServiceCIDR>().get(&key).await.unwrap();
        let condition = &kept.status.conditions[0];
        assert_eq!(condition.status, "False");
        assert_eq!(condition.reason, "Terminating");
        delete::<Service>(&world, &ObjectKey::namespaced("default", "s")).await;
        let gone = |range: Option<&ServiceCIDR>| range.is_none();
        world.eventually(&key, gone).await;
    });
}
