//! Writes of the node lifecycle: status, taints, pods that are no longer ready, events.

use crate::{pods::is_ready, time};
use api::core::v1::{Node, NodeStatus, Pod, Taint};
use client::{
    Api, Change, Error, Index, Patch, PatchParams,
    events::{Recorder, Reference, Type},
};
use meta::{Kind, codec};
use serde_json::json;

pub(super) struct Nodes {
    pub(super) nodes: Api<Node>,
    pub(super) pods: Api<Pod>,
    pub(super) events: Recorder,
    pub(super) by_node: Index<Pod>,
}

impl Nodes {
    /// Writes the status of a silent node; answers the node as it then is.
    pub(super) async fn report(&self, node: &Node, status: NodeStatus) -> Result<Node, Error> {
        let mut updated = node.clone();
        updated.status = status;
        self.nodes.replace_status(&updated).await
    }

    /// The node was ready, and is not any more.
    pub(super) fn note_not_ready(&self, was: &Node) {
        if super::ready_status(was) == "True" {
            let name = &was.metadata.name;
            let message = format!("Node {name} status is now: NodeNotReady");
            self.events
                .event(reference(was), Type::Normal, "NodeNotReady", message);
        }
    }

    /// Pods of a silent node are not ready: Services must not send anything there. A kubelet that says itself that its node is not
    /// ready says so of the pods too.
    pub(super) async fn mark_pods(&self, node: &Node) -> Result<(), Error> {
        for pod in self.by_node.get(&node.metadata.name) {
            if is_ready(&pod) {
                self.mark_pod(&pod).await?;
            }
        }
        Ok(())
    }

    /// Only as it was looked at: the cache may not show yet that this was done.
    async fn mark_pod(&self, pod: &Pod) -> Result<(), Error> {
        let now = time::now(self.pods.client().platform());
        let condition = json!({
            "type": "Ready",
            "status": "False",
            "lastTransitionTime": now.to_string(),
        });
        let metadata = json!({
            "uid": pod.metadata.uid.as_str(),
            "resourceVersion": pod.metadata.resource_version.as_str(),
        });
        let patch = json!({"metadata": metadata, "status": {"conditions": [condition]}});
        let params = PatchParams::default();
        match self
            .pods
            .patch_subresource(&pod.key(), "status", &Patch::strategic(&patch), &params)
            .await
        {
            Err(error) if error.is_not_found() => Ok(()),
            Err(error) => Err(error),
            Ok(_) => {
                self.events
                    .warning(pod, "NodeNotReady", "Node is not ready");
                Ok(())
            }
        }
    }

    /// Replaces the taints, unless the node has changed since it was looked at.
    pub(super) async fn set_taints(&self, node: &Node, taints: Vec<Taint>) -> Result<(), Error> {
        let taints: Vec<_> = taints.iter().map(|taint| codec::to_value(taint)).collect();
        let revision = node.metadata.resource_version.as_str();
        let patch = json!({"metadata": {"resourceVersion": revision}, "spec": {"taints": taints}});
        self.nodes
            .patch(&node.key(), &Patch::merge(&patch), &PatchParams::default())
            .await
            .map(drop)
    }
}

/// Tells of nodes that come and go.
pub(super) fn tell_membership(events: &Recorder, change: &Change<'_, Node>) {
    let (node, reason, what) = match (change.old, change.new) {
        (None, Some(node)) => (node, "RegisteredNode", "Registered"),
        (Some(node), None) => (node, "RemovingNode", "Removing"),
        _ => return,
    };
    let name = &node.metadata.name;
    let direction = if what == "Registered" { "in" } else { "from" };
    let message = format!("Node {name} event: {what} Node {name} {direction} Controller");
    events.event(reference(node), Type::Normal, reason, message);
}

fn reference(node: &Node) -> Reference {
    Reference::of(node)
}
