//! Nodes come, fall silent, and go.

use crate::workloads::{deployment, is_rolled_out, key};
use api::{
    apps::v1::Deployment,
    core::v1::{Node, Pod},
};
use client::DeleteParams;
use meta::ObjectKey;
use serde_json::json;
use sim::simulate;
use std::{collections::BTreeSet, time::Duration};

fn taints(node: &Node) -> Vec<String> {
    node.spec
        .taints
        .iter()
        .map(|taint| format!("{}:{}", taint.key, taint.effect))
        .collect()
}

/// Whether it is Ready, and nothing keeps pods away from it any more.
fn takes_pods(node: Option<&Node>) -> bool {
    node.is_some_and(|node| {
        let mut conditions = node.status.conditions.iter();
        conditions.any(|c| c.type_ == "Ready" && c.status == "True") && node.spec.taints.is_empty()
    })
}

#[test]
fn a_node_gets_addresses_and_no_taints() {
    simulate(41, |world| async move {
        let _nodes = (world.node("n1").await, world.node("n2").await);
        let mut ranges = BTreeSet::new();
        for name in ["n1", "n2"] {
            let key = ObjectKey::cluster(name);
            world
                .eventually::<Node>(&key, |node| {
                    node.is_some_and(|node| !node.spec.pod_cidr.is_empty())
                })
                .await;
            let node = world.admin().of::<Node>().get(&key).await.unwrap();
            ranges.insert(node.spec.pod_cidr.to_string());
        }
        assert_eq!(
            ranges,
            ["10.244.0.0/24", "10.244.1.0/24"].map(String::from).into()
        );
        world.pass(Duration::from_secs(600)).await;
        let node = world
            .admin()
            .of::<Node>()
            .get(&ObjectKey::cluster("n1"))
            .await
            .unwrap();
        assert_eq!(
            node.status.conditions[0].status, "True",
            "its lease speaks for it"
        );
        assert_eq!(taints(&node), Vec::<String>::new());
    });
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
fn pods_leave_a_silent_node() {
    simulate(42, |world| async move {
        let _healthy = (world.node("n1").await, world.node("n3").await);
        let silent = world.node("n2").await;
        for name in ["n1", "n2", "n3"] {
            world
                .eventually::<Node>(&ObjectKey::cluster(name), takes_pods)
                .await;
        }
        let mut web = deployment("web", 6, "v1");
        web["spec"]["template"]["spec"]["tolerations"] = json!([
            {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute",
                "tolerationSeconds": 300},
        ]);
        world.create::<Deployment>(web).await;
        world
            .eventually::<Deployment>(&key("web"), is_rolled_out)
            .await;
        let begun = world.platform.clock.monotonic();
        silent.silence();
        let n2 = ObjectKey::cluster("n2");
        world
            .eventually::<Node>(&n2, |node| {
                node.is_some_and(|node| {
                    node.status
                        .conditions
                        .iter()
                        .any(|c| c.type_ == "Ready" && c.status == "Unknown")
                })
            })
            .await;
        let noticed = world.platform.clock.monotonic().since(begun).as_secs();
        assert!((40..60).contains(&noticed), "noticed after {noticed} s");
        world
            .eventually::<Node>(&n2, |node| taints(node.unwrap()).len() == 2)
            .await;
        let node = world.admin().of::<Node>().get(&n2).await.unwrap();
        let unreachable = "node.kubernetes.io/unreachable";
        assert_eq!(
            taints(&node),
            [
                format!("{unreachable}:NoSchedule"),
                format!("{unreachable}:NoExecute")
            ]
        );
        world.pass(Duration::from_secs(30)).await;
        let pods = world.list::<Pod>("default").await;
        let there: Vec<_> = pods
            .iter()
            .filter(|pod| pod.spec.node_name == "n2")
            .collect();
        assert!(!there.is_empty());
        for pod in there {
            assert_eq!(
                pod.metadata.deletion_timestamp, None,
                "tolerated for a while"
            );
            let ready = pod
                .status
                .conditions
                .iter()
                .find(|c| c.type_ == "Ready")
                .unwrap();
            assert_eq!(ready.status, "False");
        }
        world.pass(Duration::from_secs(300)).await;
        let pods = world.list::<Pod>("default").await;
        let left = pods
            .iter()
            .filter(|pod| pod.spec.node_name == "n2" && pod.metadata.deletion_timestamp.is_none());
        assert_eq!(left.count(), 0);
        let running = pods.iter().filter(|pod| pod.spec.node_name != "n2").count();
        assert_eq!(running, 6, "replaced elsewhere");

        world
            .admin()
            .of::<Node>()
            .delete(&n2, &DeleteParams::default())
            .await
            .unwrap();
        world.pass(Duration::from_secs(60)).await;
        let pods = world.list::<Pod>("default").await;
        assert_eq!(pods.len(), 6, "what was left of them is gone");
    });
}
