//! Endpoints of both forms follow the pods of a Service.

use crate::workloads::{deployment, is_rolled_out, key};
use api::{
    apps::v1::Deployment,
    core::v1::{Endpoints, Pod, Service},
    discovery::v1::EndpointSlice,
};
use client::{DeleteParams, Patch, PatchParams};
use serde_json::json;
use sim::{World, simulate};
use std::time::Duration;

/// Addresses in the slices and in the Endpoints of `web`, sorted.
async fn addresses(world: &World) -> (Vec<String>, Vec<String>) {
    let slices = world.list::<EndpointSlice>("default").await;
    let of_web = slices.iter().filter(|slice| {
        slice
            .metadata
            .labels
            .get("kubernetes.io/service-name")
            .is_some_and(|name| name == "web")
    });
    let ready = of_web
        .flat_map(|slice| &slice.endpoints)
        .filter(|found| found.conditions.ready == Some(true));
    let mut sliced: Vec<_> = ready
        .flat_map(|found| found.addresses.iter().map(ToString::to_string))
        .collect();
    let endpoints = world
        .admin()
        .of::<Endpoints>()
        .find(&key("web"))
        .await
        .unwrap()
        .unwrap_or_default();
    let subsets = endpoints
        .subsets
        .iter()
        .flat_map(|subset| &subset.addresses);
    let mut plain: Vec<_> = subsets.map(|address| address.ip.to_string()).collect();
    sliced.sort();
    plain.sort();
    (sliced, plain)
}

#[test]
fn endpoints_that_are_written_by_hand_are_mirrored() {
    simulate(33, |world| async move {
        let web = json!({"metadata": {"name": "web", "namespace": "default"}, "spec": {"ports": [{"port": 80}]}});
        world.create::<Service>(web).await;
        let subsets = |ip: &str| json!([{"addresses": [{"ip": ip}], "ports": [{"port": 80}]}]);
        let by_hand = json!({"metadata": {"name": "web", "namespace": "default"}, "subsets": subsets("10.1.2.3")});
        world.create::<Endpoints>(by_hand).await;
        world.pass(Duration::from_secs(5)).await;
        assert_eq!(addresses(&world).await.0, ["10.1.2.3"]);
        let (api, params) = (world.admin().of::<Endpoints>(), PatchParams::default());
        let patch = Patch::merge(&json!({"subsets": subsets("10.2.3.4")}));
        drop(api.patch(&key("web"), &patch, &params).await.unwrap());
        world.pass(Duration::from_secs(5)).await;
        assert_eq!(addresses(&world).await.0, ["10.2.3.4"]);
        api.delete(&key("web"), &DeleteParams::default())
            .await
            .unwrap();
        world.pass(Duration::from_secs(5)).await;
        assert!(addresses(&world).await.0.is_empty());
    });
}

async fn pod_addresses(world: &World) -> Vec<String> {
    let pods = world.list::<Pod>("default").await;
    let mut addresses: Vec<_> = pods
        .iter()
        .map(|pod| pod.status.pod_ip.to_string())
        .collect();
    addresses.sort();
    addresses
}

#[test]
fn endpoints_follow_pods() {
    simulate(31, |world| async move {
        let _node = world.node("n1").await;
        world.create::<Deployment>(deployment("web", 3, "v1")).await;
        world
            .create::<Service>(json!({
                "metadata": {"name": "web", "namespace": "default"},
                "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": 8080}]},
            }))
            .await;
        world
            .eventually::<Deployment>(&key("web"), is_rolled_out)
            .await;
        world.pass(Duration::from_secs(2)).await;
        let pods = pod_addresses(&world).await;
        assert_eq!(pods.len(), 3);
        assert_eq!(addresses(&world).await, (pods.clone(), pods));

        let one = json!({"spec": {"replicas": 1}});
        let api = world.admin().of::<Deployment>();
        api.patch(&key("web"), &Patch::merge(&one), &PatchParams::default())
            .await
            .unwrap();
        world
            .eventually::<Deployment>(&key("web"), is_rolled_out)
            .await;
        world.pass(Duration::from_secs(2)).await;
        let pods = pod_addresses(&world).await;
        assert_eq!(pods.len(), 1);
        assert_eq!(addresses(&world).await, (pods.clone(), pods));

        world
            .admin()
            .of::<Service>()
            .delete(&key("web"), &DeleteParams::default())
            .await
            .unwrap();
        world.pass(Duration::from_secs(10)).await;
        assert_eq!(addresses(&world).await, (Vec::new(), Vec::new()));
        let slices = world.list::<EndpointSlice>("default").await;
        assert!(
            slices
                .iter()
                .all(|slice| slice.metadata.name == "kubernetes"),
            "{slices:?}"
        );
    });
}
