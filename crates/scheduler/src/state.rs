//! The cluster as the scheduler pictures it: nodes, and what the pods on them occupy. Owned by one loop; a cycle reads it, events change it.

#[cfg(test)]
mod tests;

use crate::{
    pod::{HostPort, PodView},
    resources::Resources,
};
use api::core::v1::{Node, Taint};
use client::View;
use meta::{Map, ObjectKey, Str};
use std::{collections::HashMap, sync::Arc};

/// What filters read of a node. Facts come from the Node object; the sums from the pods on it.
#[derive(Clone, Debug, Default)]
pub struct NodeView {
    pub facts: Arc<NodeFacts>,
    pub requested: Resources,
    pub pods: usize,
    pub ports: Vec<HostPort>,
}

/// What the Node object says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeFacts {
    pub name: Str,
    pub labels: Map<Str, Str>,
    pub taints: Vec<Taint>,
    pub unschedulable: bool,
    pub allocatable: Resources,
    pub pods_max: usize,
}

impl View<Node> for NodeFacts {
    fn of(node: Node) -> Self {
        let list = &node.status.allocatable;
        Self {
            allocatable: Resources::from_list(list),
            pods_max: list
                .get("pods")
                .map_or(0, |pods| usize::try_from(pods.value()).unwrap_or(0)),
            name: node.metadata.name,
            labels: node.metadata.labels,
            taints: node.spec.taints.into_vec(),
            unschedulable: node.spec.unschedulable,
        }
    }
}

/// All nodes, densely, and where each counted pod is.
#[derive(Debug, Default)]
pub struct State {
    nodes: Vec<NodeView>,
    places: HashMap<Str, usize>,
    counted: HashMap<ObjectKey, Arc<PodView>>,
    /// Pods whose node is not known yet; they count once it comes.
    stray: HashMap<ObjectKey, Arc<PodView>>,
}

impl State {
    #[must_use]
    pub fn nodes(&self) -> &[NodeView] {
        &self.nodes
    }

    #[must_use]
    pub fn node(&self, name: &str) -> Option<&NodeView> {
        self.places.get(name).map(|&place| &self.nodes[place])
    }

    /// Takes a new or changed node.
    pub fn set_node(&mut self, facts: Arc<NodeFacts>) {
        if let Some(&place) = self.places.get(&facts.name) {
            self.nodes[place].facts = facts;
            return;
        }
        let name = facts.name.clone();
        self.places.insert(name.clone(), self.nodes.len());
        self.nodes.push(NodeView {
            facts,
            ..NodeView::default()
        });
        let waiting: Vec<Arc<PodView>> = self
            .stray
            .values()
            .filter(|pod| pod.node == name)
            .cloned()
            .collect();
        for pod in waiting {
            self.set_pod(pod);
        }
    }

    pub fn remove_node(&mut self, name: &str) {
        let Some(place) = self.places.remove(name) else {
            return;
        };
        self.nodes.swap_remove(place);
        if let Some(moved) = self.nodes.get(place) {
            self.places.insert(moved.facts.name.clone(), place);
        }
        let gone: Vec<ObjectKey> = self
            .counted
            .iter()
            .filter(|(_, pod)| pod.node == name)
            .map(|(key, _)| key.clone())
            .collect();
        for key in gone {
            if let Some(pod) = self.counted.remove(&key) {
                self.stray.insert(key, pod);
            }
        }
    }

    /// Counts a pod on its node, in place of what was counted for it before.
    pub fn set_pod(&mut self, pod: Arc<PodView>) {
        self.remove_pod(&pod.key);
        let Some(&place) = self.places.get(&pod.node) else {
            self.stray.insert(pod.key.clone(), pod);
            return;
        };
        let node = &mut self.nodes[place];
        node.requested.add(&pod.requests);
        node.pods += 1;
        node.ports.extend(pod.ports.iter().cloned());
        self.counted.insert(pod.key.clone(), pod);
    }

    /// Stops counting a pod. Returns whether it was counted.
    pub fn remove_pod(&mut self, key: &ObjectKey) -> bool {
        self.stray.remove(key);
        let Some(pod) = self.counted.remove(key) else {
            return false;
        };
        let place = *self
            .places
            .get(&pod.node)
            .expect("counted pods are on known nodes");
        let node = &mut self.nodes[place];
        node.requested.subtract(&pod.requests);
        node.pods -= 1;
        for port in &pod.ports {
            if let Some(index) = node.ports.iter().position(|used| used == port) {
                node.ports.swap_remove(index);
            }
        }
        true
    }

    /// The pod as it is counted, assumed ones included.
    #[must_use]
    pub fn pod(&self, key: &ObjectKey) -> Option<&Arc<PodView>> {
        self.counted.get(key).or_else(|| self.stray.get(key))
    }

    /// The names of all nodes.
    pub fn node_names(&self) -> impl Iterator<Item = &Str> {
        self.places.keys()
    }

    /// The keys of all pods that are counted or waiting for their node.
    pub fn pod_keys(&self) -> impl Iterator<Item = &ObjectKey> {
        self.counted.keys().chain(self.stray.keys())
    }
}
