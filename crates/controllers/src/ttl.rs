//! Tells kubelets, by an annotation of their Node, for how long they may use what they have read of Secrets and ConfigMaps: longer in larger clusters.

use crate::Options;
use api::core::v1::Node;
use client::{
    Api, Cache, Patch, PatchParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::ObjectKey;
use parking_lot::Mutex;
use serde_json::json;
use std::sync::Arc;

const ANNOTATION: &str = "node.alpha.kubernetes.io/ttl";

/// Sizes of clusters, smallest and largest number of nodes, and the seconds. They overlap, so that a node more and a node less changes nothing.
const STEPS: [(usize, usize, u32); 5] = [
    (0, 100, 0),
    (90, 500, 15),
    (450, 1000, 30),
    (900, 2000, 60),
    (1800, usize::MAX, 300),
];

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let nodes = builder.cache::<Node>();
    let size = Arc::new(Mutex::new(Size::default()));
    let (counted, queue) = (Arc::clone(&size), builder.queue());
    // A new step reaches the other nodes with their next heartbeat, as upstream.
    nodes.on_change(move |change| match (change.old, change.new) {
        (None, Some(_)) => {
            counted.lock().grow();
            queue.add(change.key.clone());
        }
        (Some(_), None) => counted.lock().shrink(),
        _ => queue.add(change.key.clone()),
    });
    let api = builder.client().of();
    builder.run(Ttl { nodes, api, size });
}

struct Ttl {
    nodes: Cache<Node>,
    api: Api<Node>,
    size: Arc<Mutex<Size>>,
}

/// How many nodes there are, and which of [`STEPS`] that has led to.
#[derive(Debug, Default)]
struct Size {
    nodes: usize,
    step: usize,
}

impl Size {
    fn grow(&mut self) {
        self.nodes += 1;
        if self.nodes > STEPS[self.step].1 {
            self.step += 1;
        }
    }

    fn shrink(&mut self) {
        self.nodes -= 1;
        if self.nodes < STEPS[self.step].0 {
            self.step -= 1;
        }
    }

    const fn seconds(&self) -> u32 {
        STEPS[self.step].2
    }
}

impl Reconciler for Ttl {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(node) = self.nodes.get(key) else {
            return Ok(Action::Settled);
        };
        let wanted = self.size.lock().seconds();
        if told(&node) == Some(wanted) {
            return Ok(Action::Settled);
        }
        let patch = json!({"metadata": {"annotations": {ANNOTATION: wanted.to_string()}}});
        let params = PatchParams::default();
        match self
            .api
            .patch(key, &Patch::strategic(&patch), &params)
            .await
        {
            Err(error) if !error.is_not_found() => Err(error.into()),
            _ => Ok(Action::Settled),
        }
    }
}

fn told(node: &Node) -> Option<u32> {
    node.metadata.annotations.get(ANNOTATION)?.parse().ok()
}

#[cfg(test)]
mod tests;
