//! When each node was last heard of.

use api::{coordination::v1::Lease, core::v1::Node};
use client::{Change, cache::View};
use meta::{MicroTime, Str, Time};
use parking_lot::Mutex;
use platform::{Clock, Monotonic};
use std::{collections::HashMap, time::Duration};

/// Of a node's Lease: when it was renewed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heartbeat(Option<MicroTime>);

impl View<Lease> for Heartbeat {
    fn of(lease: Lease) -> Self {
        Self(lease.spec.renew_time)
    }
}

/// Moments at which something of a node moved, by our own clock: theirs may be wrong.
#[derive(Debug)]
pub(super) struct Heartbeats {
    clock: Clock,
    last: Mutex<HashMap<Str, Monotonic>>,
}

impl Heartbeats {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            last: Mutex::default(),
        }
    }

    pub(super) fn lease_changed(&self, change: &Change<'_, Heartbeat>) {
        if change.new.is_some() && change.old != change.new {
            self.beat(&change.key.name);
        }
    }

    pub(super) fn node_changed(&self, change: &Change<'_, Node>) {
        let heard = |node: &Node| {
            let mut conditions = node.status.conditions.iter();
            let ready = conditions.find(|condition| condition.type_ == "Ready");
            // Our own verdict keeps the last heartbeat, and is none itself.
            ready.map_or(Time::default(), |ready| ready.last_heartbeat_time)
        };
        match (change.old, change.new) {
            (None, Some(_)) => self.beat(&change.key.name),
            (Some(old), Some(new)) if heard(old) != heard(new) => self.beat(&change.key.name),
            _ => {}
        }
    }

    /// A node that was never heard of begins to be silent now.
    pub(super) fn silent_for(&self, node: &Str) -> Duration {
        let now = self.clock.monotonic();
        now.since(*self.last.lock().entry(node.clone()).or_insert(now))
    }

    pub(super) fn forget(&self, node: &Str) {
        self.last.lock().remove(node);
    }

    fn beat(&self, node: &Str) {
        self.last
            .lock()
            .insert(node.clone(), self.clock.monotonic());
    }
}
