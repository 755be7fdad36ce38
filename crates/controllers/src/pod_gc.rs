//! Deletes pods that nobody else will: on nodes that are gone or out of service, never scheduled, ended long ago.

use crate::{
    Options,
    disruption::{Disruption, fail, mark},
    pods::{is_ready_node, is_terminal, is_terminating, node_name},
    taints::{NO_EXECUTE, NO_SCHEDULE, OUT_OF_SERVICE, has_taint},
    time::now,
};
use api::core::v1::{Node, Pod};
use client::{
    Api, Cache, Change, DeleteParams, Index, Queue,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{Kind, ObjectKey, Str};
use platform::Platform;
use std::{sync::Arc, time::Duration};

/// A node must have been unknown for so long before its pods are orphans, as upstream's quarantine.
const QUARANTINE: Duration = Duration::from_secs(40);
/// Index value of pods that have ended.
const TERMINATED: &str = "terminated";

const NODE_GONE: Disruption = Disruption {
    reason: "DeletionByPodGC",
    message: "PodGC: node no longer exists",
    fails_pod: true,
};
const OUT: Disruption = Disruption {
    reason: "DeletionByPodGC",
    message: "PodGC: node is out of service",
    fails_pod: true,
};

pub(crate) fn register(mut builder: Builder, options: &Options) {
    let nodes = builder.cache::<Node>();
    let pods = crate::pods::cache(&mut builder);
    let by_node = pods.index_by("node", node_name);
    let terminated = pods.index_by(TERMINATED, terminated);
    let watcher = Watcher {
        queue: builder.queue(),
        nodes: nodes.clone(),
        terminated: terminated.clone(),
        terminated_max: options.terminated_pods_max,
    };
    pods.on_change(move |change| watcher.pod_changed(&change));
    let queue = builder.queue();
    nodes.on_change(move |change| {
        let wake = |after: Duration| {
            by_node
                .get(&change.key.name)
                .iter()
                .for_each(|pod| queue.add_after(pod.key(), after));
        };
        match change.new {
            None => wake(QUARANTINE),
            Some(node) if is_out_of_service(node) => wake(Duration::ZERO),
            Some(_) => {}
        }
    });
    let controller = PodGc {
        api: builder.client().of(),
        live_nodes: builder.client().of(),
        platform: builder.platform().clone(),
        nodes,
        pods,
        terminated,
        terminated_max: options.terminated_pods_max,
    };
    builder.run(controller);
}

/// Turns changes of pods into work; most changes are none.
struct Watcher {
    queue: Queue<ObjectKey>,
    nodes: Cache<Node>,
    terminated: Index<Pod>,
    terminated_max: usize,
}

impl Watcher {
    fn pod_changed(&self, change: &Change<'_, Pod>) {
        let Some(pod) = change.new else { return };
        let node = self
            .nodes
            .get(&ObjectKey::cluster(pod.spec.node_name.clone()));
        match node {
            _ if pod.spec.node_name.is_empty() && is_terminating(pod) => self.queue.add(pod.key()),
            None if !pod.spec.node_name.is_empty() => self.queue.add_after(pod.key(), QUARANTINE),
            Some(node) if is_out_of_service(&node) => self.queue.add(pod.key()),
            _ if is_terminal(pod) && self.has_too_many() => self.queue.add(pod.key()),
            _ => {}
        }
    }

    fn has_too_many(&self) -> bool {
        self.terminated_max > 0 && self.terminated.count(TERMINATED) > self.terminated_max
    }
}

struct PodGc {
    api: Api<Pod>,
    live_nodes: Api<Node>,
    platform: Platform,
    nodes: Cache<Node>,
    pods: Cache<Pod>,
    terminated: Index<Pod>,
    terminated_max: usize,
}

impl Reconciler for PodGc {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(pod) = self.pods.get(key) else {
            return Ok(Action::Settled);
        };
        let node_key = ObjectKey::cluster(pod.spec.node_name.clone());
        let node = self.nodes.get(&node_key);
        if pod.spec.node_name.is_empty() {
            if is_terminating(&pod) {
                self.delete(&pod, None).await?;
            }
        } else if node.is_none() {
            if self.live_nodes.find(&node_key).await?.is_none() {
                self.delete(&pod, Some(&NODE_GONE)).await?;
            }
        } else if is_terminating(&pod) && node.is_some_and(|node| is_out_of_service(&node)) {
            self.delete(&pod, Some(&OUT)).await?;
        }
        self.delete_oldest().await?;
        Ok(Action::Settled)
    }
}

impl PodGc {
    /// Brings the number of ended pods down to its limit: evicted ones first, then the oldest.
    async fn delete_oldest(&self) -> Result<(), ReconcileError> {
        let count = self.terminated.count(TERMINATED);
        if self.terminated_max == 0 || count <= self.terminated_max {
            return Ok(());
        }
        let mut ended = self.terminated.get(TERMINATED);
        ended.retain(|pod| !is_terminating(pod));
        let surplus = ended.len().saturating_sub(self.terminated_max);
        ended.sort_by_key(|pod| {
            let evicted = pod.status.phase == "Failed" && pod.status.reason == "Evicted";
            (
                !evicted,
                pod.metadata.creation_timestamp,
                pod.metadata.name.clone(),
            )
        });
        for pod in ended.iter().take(surplus) {
            self.delete(pod, None).await?;
        }
        Ok(())
    }

    async fn delete(&self, pod: &Arc<Pod>, why: Option<&Disruption>) -> Result<(), ReconcileError> {
        match why {
            Some(why) => mark(&self.api, pod, why, now(&self.platform)).await?,
            None => fail(&self.api, pod).await?,
        }
        let params = DeleteParams {
            grace_period_seconds: Some(0),
            ..DeleteParams::of_uid(&pod.metadata.uid)
        };
        match self.api.delete(&pod.key(), &params).await {
            Err(error) if !error.is_overtaken() => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// Not ready, and an administrator has said that it will not come back.
fn is_out_of_service(node: &Node) -> bool {
    let said =
        has_taint(node, OUT_OF_SERVICE, NO_EXECUTE) || has_taint(node, OUT_OF_SERVICE, NO_SCHEDULE);
    said && !is_ready_node(node)
}

fn terminated(pod: &Pod, values: &mut Vec<Str>) {
    if is_terminal(pod) {
        values.push(Str::const_new(TERMINATED));
    }
}
