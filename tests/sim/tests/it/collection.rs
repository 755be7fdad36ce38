//! The garbage collector beyond workloads.

use api::core::v1::ConfigMap;
use client::{DeleteParams, Propagation};
use meta::ObjectKey;
use serde_json::{Value, json};
use sim::simulate;
use std::time::Duration;

fn owned(name: &str, owner: Option<&ConfigMap>) -> Value {
    let owners: Vec<_> = owner
        .map(|owner| {
            json!({"apiVersion": "v1", "kind": "ConfigMap", "blockOwnerDeletion": true,
                "name": owner.metadata.name.as_str(), "uid": owner.metadata.uid.as_str()})
        })
        .into_iter()
        .collect();
    json!({"metadata": {"name": name, "namespace": "default", "ownerReferences": owners}})
}

#[test]
fn chains_and_absent_owners() {
    simulate(21, |world| async move {
        let a: ConfigMap = world.create(owned("a", None)).await;
        let b: ConfigMap = world.create(owned("b", Some(&a))).await;
        world.create::<ConfigMap>(owned("c", Some(&b))).await;
        let mut never = a.clone();
        never.metadata.uid = "00000000-0000-4000-8000-000000000000".into();
        never.metadata.name = "never".into();
        world.create::<ConfigMap>(owned("lost", Some(&never))).await;
        let key = |name: &str| ObjectKey::namespaced("default", name);
        world
            .eventually::<ConfigMap>(&key("lost"), |map| map.is_none())
            .await;
        world.pass(Duration::from_secs(5)).await;
        world
            .eventually::<ConfigMap>(&key("c"), |map| map.is_some())
            .await;
        world
            .admin()
            .of::<ConfigMap>()
            .delete(&key("a"), &DeleteParams::default())
            .await
            .unwrap();
        world
            .eventually::<ConfigMap>(&key("c"), |map| map.is_none())
            .await;
    });
}

#[test]
fn foreground_through_a_chain() {
    simulate(22, |world| async move {
        let a: ConfigMap = world.create(owned("a", None)).await;
        let b: ConfigMap = world.create(owned("b", Some(&a))).await;
        world.create::<ConfigMap>(owned("c", Some(&b))).await;
        let key = |name: &str| ObjectKey::namespaced("default", name);
        let foreground = DeleteParams {
            propagation: Some(Propagation::Foreground),
            ..DeleteParams::default()
        };
        world
            .admin()
            .of::<ConfigMap>()
            .delete(&key("a"), &foreground)
            .await
            .unwrap();
        world
            .eventually::<ConfigMap>(&key("a"), |map| map.is_none())
            .await;
        let left = world.list::<ConfigMap>("default").await;
        let left: Vec<_> = left.iter().map(|map| map.metadata.name.as_str()).collect();
        assert_eq!(left, ["kube-root-ca.crt"], "dependents went first");
    });
}
