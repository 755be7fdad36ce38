//! What is used of a quota follows what there is.

use crate::workloads::deployment;
use api::{
    apps::v1::Deployment,
    core::v1::{ConfigMap, ResourceQuota, Service},
};
use client::{DeleteParams, Patch, PatchParams, Propagation};
use meta::ObjectKey;
use serde_json::json;
use sim::simulate;
use std::{collections::BTreeMap, time::Duration};

fn key(name: &str) -> ObjectKey {
    ObjectKey::namespaced("default", name)
}

fn used(quota: &ResourceQuota) -> BTreeMap<String, String> {
    let used = quota.status.used.iter();
    used.map(|(name, amount)| (name.to_string(), amount.to_string()))
        .collect()
}

#[test]
fn a_quota_says_what_is_used() {
    simulate(71, |world| async move {
        let _node = world.node("n1").await;
        let hard = json!({"pods": "10", "services": "5", "configmaps": "9", "count/deployments.apps": "3", "count/x.example.com": "1"});
        let quota =
            json!({"metadata": {"name": "q", "namespace": "default"}, "spec": {"hard": hard}});
        world.create::<ResourceQuota>(quota).await;
        let says = |expect: [(&str, &str); 4]| {
            let expect: BTreeMap<String, String> = expect
                .into_iter()
                .map(|(name, amount)| (name.to_owned(), amount.to_owned()))
                .collect();
            move |quota: Option<&ResourceQuota>| {
                quota.is_some_and(|quota| {
                    used(quota) == expect && quota.status.hard == quota.spec.hard
                })
            }
        };
        // The Service of the API server, and the ConfigMap of the cluster's authority.
        let nothing = [
            ("configmaps", "1"),
            ("count/deployments.apps", "0"),
            ("pods", "0"),
            ("services", "1"),
        ];
        world.eventually(&key("q"), says(nothing)).await;
        world.create::<Deployment>(deployment("web", 3, "v1")).await;
        world
            .create::<ConfigMap>(json!({"metadata": {"name": "c", "namespace": "default"}}))
            .await;
        world
            .create::<Service>(json!({"metadata": {"name": "s", "namespace": "default"}, "spec": {"ports": [{"port": 80}]}}))
            .await;
        let all = [
            ("configmaps", "2"),
            ("count/deployments.apps", "1"),
            ("pods", "3"),
            ("services", "2"),
        ];
        world.eventually(&key("q"), says(all)).await;

        let one = Patch::merge(&json!({"spec": {"replicas": 1}}));
        let deployments = world.admin().of::<Deployment>();
        let params = PatchParams::default();
        deployments.patch(&key("web"), &one, &params).await.unwrap();
        let fewer = [
            ("configmaps", "2"),
            ("count/deployments.apps", "1"),
            ("pods", "1"),
            ("services", "2"),
        ];
        world.eventually(&key("q"), says(fewer)).await;
        let all = DeleteParams {
            propagation: Some(Propagation::Background),
            ..DeleteParams::default()
        };
        deployments.delete(&key("web"), &all).await.unwrap();
        let api = world.admin().of::<ConfigMap>();
        api.delete(&key("c"), &DeleteParams::default())
            .await
            .unwrap();
        let api = world.admin().of::<Service>();
        api.delete(&key("s"), &DeleteParams::default())
            .await
            .unwrap();
        world.eventually(&key("q"), says(nothing)).await;

        let api = world.admin().of::<ResourceQuota>();
        api.delete(&key("q"), &DeleteParams::default())
            .await
            .unwrap();
        world.pass(Duration::from_secs(60)).await;
    });
}
