//! Notices that a node has fallen silent, says so in its status, and taints it.
//!
//! A node is alive while its Lease or its `Ready` condition moves. Renewals only move a mark in memory; one timer
//! per node looks whether the mark is too old, so that a healthy cluster costs nothing.

mod act;
mod health;
mod plan;
mod zones;

use self::{
    act::Nodes,
    health::{Heartbeat, Heartbeats},
    plan::{Evict, ready_status, silence, wanted_taints},
    zones::Zones,
};
use crate::{Options, time::now};
use api::{coordination::v1::Lease, core::v1::Node};
use client::{
    Cache, Change,
    cache::Selector,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{Kind, ObjectKey, Str};
use parking_lot::Mutex;
use platform::Platform;
use std::{sync::Arc, time::Duration};

/// Silence after which a node is not known to be alive (`--node-monitor-grace-period`).
const GRACE: Duration = Duration::from_secs(50);
/// The same for a node that has never reported (`--node-startup-grace-period`).
const STARTUP_GRACE: Duration = Duration::from_secs(60);

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let nodes = builder.primary::<Node>();
    let selector = Selector {
        namespace: Str::const_new("kube-node-lease"),
        ..Selector::default()
    };
    let leases = builder.view::<Lease, Heartbeat>(selector);
    let pods = crate::pods::cache(&mut builder);
    let by_node = pods.index_by("node", crate::pods::node_name);
    let heartbeats = Arc::new(Heartbeats::new(builder.platform().clock.clone()));
    let beats = Arc::clone(&heartbeats);
    leases.on_change(move |change| beats.lease_changed(&change));
    let events = builder.recorder("node-controller");
    let (beats, told) = (Arc::clone(&heartbeats), events.clone());
    nodes.on_change(move |change| {
        beats.node_changed(&change);
        act::tell_membership(&told, &change);
    });
    let (queue, neighbours) = (builder.queue(), nodes.clone());
    nodes.on_change(move |change| {
        if readiness_changed(&change) {
            wake_unready(&neighbours, &queue);
        }
    });
    let act = Nodes {
        nodes: builder.client().of(),
        pods: builder.client().of(),
        events,
        by_node,
    };
    let platform = builder.platform().clone();
    let zones = Mutex::new(Zones::default());
    builder.workers(8);
    builder.run(NodeLifecycle {
        act,
        platform,
        nodes,
        heartbeats,
        zones,
    });
}

struct NodeLifecycle {
    act: Nodes,
    platform: Platform,
    nodes: Cache<Node>,
    heartbeats: Arc<Heartbeats>,
    zones: Mutex<Zones>,
}

impl Reconciler for NodeLifecycle {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(node) = self.nodes.get(key) else {
            self.heartbeats.forget(&key.name);
            return Ok(Action::Settled);
        };
        let now = now(&self.platform);
        let left = self.time_left(&node);
        if left.is_zero()
            && let Some(silent) = silence(&node, now)
        {
            // The change comes back through the cache, and with it the taints and the pods.
            self.act.report(&node, silent).await?;
            self.act.note_not_ready(&node);
            return Ok(Action::Settled);
        }
        if ready_status(&node) == "Unknown" {
            self.act.mark_pods(&node).await?;
        }
        let waits = self.taint(&node).await?;
        let next = waits
            .into_iter()
            .chain(Some(left).filter(|left| !left.is_zero()))
            .min();
        Ok(next.map_or(Action::Settled, Action::RequeueAfter))
    }
}

impl NodeLifecycle {
    /// Time until the node counts as silent; zero when it does.
    fn time_left(&self, node: &Node) -> Duration {
        let never_reported = ready_status(node).is_empty();
        let grace = if never_reported { STARTUP_GRACE } else { GRACE };
        grace.saturating_sub(self.heartbeats.silent_for(&node.metadata.name))
    }

    /// Brings the controller's own taints up to date; answers when one may be added that may not be now.
    async fn taint(&self, node: &Node) -> Result<Option<Duration>, ReconcileError> {
        let (evict, wait) = self.may_evict(node);
        let wanted = wanted_taints(node, evict, now(&self.platform));
        if let Some(taints) = wanted {
            self.act.set_taints(node, taints).await?;
        }
        Ok(wait)
    }

    /// Whether `NoExecute` taints may be put on the node now, given how the rest of its zone does.
    fn may_evict(&self, node: &Node) -> (Evict, Option<Duration>) {
        if ready_status(node) == "True" {
            return (Evict::Later, None);
        }
        let clock = &self.platform.clock;
        let mut zones = self.zones.lock();
        zones.set(&self.nodes.list(None));
        zones.may_evict(node, clock.monotonic())
    }
}

/// A zone's state, and so what may be done to its other nodes, depends on the readiness of all.
fn readiness_changed(change: &Change<'_, Node>) -> bool {
    let status = |node: Option<&Arc<Node>>| node.map(|node| ready_status(node).to_owned());
    status(change.old) != status(change.new)
}

/// Wakes all nodes that are not ready: master disruption may have begun or ended.
fn wake_unready(nodes: &Cache<Node>, queue: &client::Queue<ObjectKey>) {
    for node in nodes.list(None) {
        if ready_status(&node) != "True" {
            queue.add(node.key());
        }
    }
}
