//! The garbage collector beyond workloads.

use api::core::v1::ConfigMap;
use client::{DeleteParams, Patch, PatchParams, Propagation};
use meta::ObjectKey;
use serde_json::{Value, json};
use sim::{World, simulate};
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

/// Names of ConfigMaps of the test that are there, with `*` when they wait to go.
async fn left(world: &World) -> String {
    let maps = world.list::<ConfigMap>("default").await;
    let of_test = maps
        .iter()
        .filter(|map| map.metadata.name != "kube-root-ca.crt");
    let told = of_test.map(|map| {
        let going = map.metadata.deletion_timestamp.is_some();
        format!("{}{}", map.metadata.name, if going { "*" } else { "" })
    });
    told.collect::<Vec<_>>().join(" ")
}

async fn release(world: &World, name: &str, kept: &[&str]) {
    let patch = Patch::merge(&json!({"metadata": {"finalizers": kept}}));
    let key = ObjectKey::namespaced("default", name);
    let maps = world.admin().of::<ConfigMap>();
    maps.patch(&key, &patch, &PatchParams::default())
        .await
        .unwrap();
    world.pass(Duration::from_secs(30)).await;
}

fn held(name: &str, owner: Option<&ConfigMap>, blocks: bool) -> Value {
    let mut map = owned(name, owner);
    map["metadata"]["finalizers"] = json!(["example.com/held"]);
    if !blocks {
        map["metadata"]["ownerReferences"][0]["blockOwnerDeletion"] = false.into();
    }
    map
}

#[test]
fn finalizers_over_several_levels() {
    simulate(23, |world| async move {
        let a: ConfigMap = world.create(held("a", None, true)).await;
        let b: ConfigMap = world.create(held("b", Some(&a), true)).await;
        world.create::<ConfigMap>(held("c", Some(&b), true)).await;
        world.create::<ConfigMap>(held("d", Some(&b), false)).await;
        let foreground = DeleteParams {
            propagation: Some(Propagation::Foreground),
            ..DeleteParams::default()
        };
        let maps = world.admin().of::<ConfigMap>();
        let key = ObjectKey::namespaced("default", "a");
        maps.delete(&key, &foreground).await.unwrap();
        world.pass(Duration::from_secs(30)).await;
        assert_eq!(left(&world).await, "a* b* c* d*");
        release(&world, "c", &[]).await;
        assert_eq!(
            left(&world).await,
            "a* b* d*",
            "b waits for its own finalizer"
        );
        // `d` blocks nobody.
        release(&world, "b", &[]).await;
        assert_eq!(left(&world).await, "a* d*");
        release(&world, "a", &[]).await;
        assert_eq!(left(&world).await, "d*");
        release(&world, "d", &[]).await;
        assert_eq!(left(&world).await, "");
    });
}

#[test]
fn nothing_is_decided_while_an_owner_cannot_be_looked_up() {
    simulate(24, |world| async move {
        let owner = |version: &str, kind: &str, digit: char| {
            let uid = format!("{digit}0000000-0000-4000-8000-000000000000");
            json!({"apiVersion": version, "kind": kind, "name": "o", "uid": uid})
        };
        let (absent, unknown) = (
            owner("v1", "ConfigMap", '1'),
            owner("example.com/v1", "Thing", '2'),
        );
        let map = json!({"metadata": {"name": "m", "namespace": "default", "ownerReferences": [absent, unknown]}});
        world.create::<ConfigMap>(map).await;
        world.pass(Duration::from_secs(60)).await;
        let key = ObjectKey::namespaced("default", "m");
        let map = world.admin().of::<ConfigMap>().get(&key).await.unwrap();
        assert_eq!(map.metadata.owner_references.len(), 2);
    });
}
