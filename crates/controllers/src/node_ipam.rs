//! Gives each node its part of the cluster's pod addresses (`spec.podCIDR`).

mod cidr;

pub use self::cidr::Cidr;

use self::cidr::Pool;
use crate::Options;
use api::core::v1::Node;
use client::{
    Api, Cache, Patch, PatchParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
    events::Recorder,
};
use meta::{Kind, ObjectKey};
use parking_lot::Mutex;
use serde_json::json;
use std::sync::Arc;

pub(crate) fn register(mut builder: Builder, options: &Options) {
    if options.cluster_cidrs.is_empty() {
        return;
    }
    let pools = options.cluster_cidrs.iter().map(Pool::new).collect();
    let pools = Arc::new(Mutex::new(Pools(pools)));
    let occupied = Arc::clone(&pools);
    let nodes = builder.cache::<Node>();
    let queue = builder.queue();
    // What nodes already have is taken before the first node is given anything: work starts after the list.
    nodes.on_change(move |change| {
        let mut pools = occupied.lock();
        match (change.old, change.new) {
            (Some(old), None) => pools.release(old),
            (_, Some(new)) => pools.occupy(new),
            (None, None) => {}
        }
        queue.add(change.key.clone());
    });
    let controller = NodeIpam {
        api: builder.client().of(),
        events: builder.recorder("cidrAllocator"),
        nodes,
        pools,
    };
    builder.workers(1);
    builder.run(controller);
}

struct NodeIpam {
    api: Api<Node>,
    events: Recorder,
    nodes: Cache<Node>,
    pools: Arc<Mutex<Pools>>,
}

/// One pool per address family.
#[derive(Debug)]
struct Pools(Vec<Pool>);

impl Pools {
    fn occupy(&mut self, node: &Node) {
        for cidr in cidrs(node) {
            self.0.iter_mut().for_each(|pool| pool.occupy(&cidr));
        }
    }

    fn release(&mut self, node: &Node) {
        for cidr in cidrs(node) {
            self.0.iter_mut().for_each(|pool| pool.release(&cidr));
        }
    }

    /// One range of each family, or nothing.
    fn allocate(&mut self) -> Option<Vec<Cidr>> {
        let mut allocated = Vec::new();
        for at in 0..self.0.len() {
            match self.0[at].allocate() {
                Some(cidr) => allocated.push(cidr),
                None => {
                    self.give_back(&allocated);
                    return None;
                }
            }
        }
        Some(allocated)
    }

    fn give_back(&mut self, cidrs: &[Cidr]) {
        for cidr in cidrs {
            self.0.iter_mut().for_each(|pool| pool.release(cidr));
        }
    }
}

impl Reconciler for NodeIpam {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(node) = self
            .nodes
            .get(key)
            .filter(|node| node.spec.pod_cidr.is_empty())
        else {
            return Ok(Action::Settled);
        };
        // The cache may not show yet what we assigned a moment ago.
        if self
            .api
            .find(key)
            .await?
            .is_none_or(|fresh| !fresh.spec.pod_cidr.is_empty())
        {
            return Ok(Action::Settled);
        }
        let Some(allocated) = self.pools.lock().allocate() else {
            let message = format!("Node {} status is now: CIDRNotAvailable", key.name);
            self.events.normal(&*node, "CIDRNotAvailable", message);
            return Err(ReconcileError::Other(format!(
                "no addresses are left for node {key}"
            )));
        };
        if let Err(error) = self.assign(&node, &allocated).await {
            self.pools.lock().give_back(&allocated);
            let message = format!("Node {} status is now: CIDRAssignmentFailed", key.name);
            self.events.normal(&*node, "CIDRAssignmentFailed", message);
            return Err(error.into());
        }
        Ok(Action::Settled)
    }
}

impl NodeIpam {
    /// Fails when the node has got a range meanwhile: `spec.podCIDR` never changes.
    async fn assign(&self, node: &Node, allocated: &[Cidr]) -> Result<(), client::Error> {
        let all: Vec<_> = allocated.iter().map(Cidr::to_string).collect();
        let patch = json!({
            "metadata": {"uid": node.metadata.uid.as_str()},
            "spec": {"podCIDR": all.first(), "podCIDRs": all},
        });
        let params = PatchParams::default();
        match self
            .api
            .patch(&node.key(), &Patch::strategic(&patch), &params)
            .await
        {
            Err(error) if error.is_not_found() => {
                self.pools.lock().give_back(allocated);
                Ok(())
            }
            result => result.map(drop),
        }
    }
}

fn cidrs(node: &Node) -> Vec<Cidr> {
    let single = Some(&node.spec.pod_cidr).filter(|_| node.spec.pod_cidrs.is_empty());
    node.spec
        .pod_cidrs
        .iter()
        .chain(single)
        .filter_map(|text| text.parse().ok())
        .collect()
}
