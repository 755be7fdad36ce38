//! How fast nodes may be emptied: slower where much of a zone is down, not at all where everything is.

use super::plan::{Evict, ready_status};
use api::core::v1::Node;
use meta::Str;
use platform::Monotonic;
use std::{collections::HashMap, sync::Arc, time::Duration};

/// One node in ten seconds (`--node-eviction-rate`).
const EVICTION_INTERVAL: Duration = Duration::from_secs(10);
/// One node in a hundred seconds, in a large zone that is partly down (`--secondary-node-eviction-rate`).
const SLOW_INTERVAL: Duration = Duration::from_secs(100);
/// Zones up to this size are not emptied while they are partly down (`--large-cluster-size-threshold`).
const LARGE_ZONE_NODES: usize = 50;
/// Share of nodes down, in percent, that makes a zone partly down (`--unhealthy-zone-threshold`).
const UNHEALTHY_PERCENT: usize = 55;

#[derive(Debug, Default)]
pub(super) struct Zones(HashMap<Str, Zone>);

#[derive(Debug, Default)]
struct Zone {
    ready: usize,
    unready: usize,
    /// The last node that was given a `NoExecute` taint, and when.
    evicted: Option<(Str, Monotonic)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Normal,
    Partial,
    Full,
}

impl Zone {
    fn state(&self) -> State {
        if self.ready == 0 && self.unready > 0 {
            State::Full
        } else if self.unready > 2
            && self.unready * 100 >= UNHEALTHY_PERCENT * (self.ready + self.unready)
        {
            State::Partial
        } else {
            State::Normal
        }
    }

    /// Time between two evictions; `None`: no evictions.
    fn interval(&self) -> Option<Duration> {
        match self.state() {
            State::Normal | State::Full => Some(EVICTION_INTERVAL),
            State::Partial if self.ready + self.unready > LARGE_ZONE_NODES => Some(SLOW_INTERVAL),
            State::Partial => None,
        }
    }
}

impl Zones {
    /// Counts anew.
    pub(super) fn set(&mut self, nodes: &[Arc<Node>]) {
        for zone in self.0.values_mut() {
            (zone.ready, zone.unready) = (0, 0);
        }
        for node in nodes {
            let zone = self.0.entry(zone_of(node)).or_default();
            if ready_status(node) == "True" {
                zone.ready += 1
            } else {
                zone.unready += 1
            }
        }
        self.0.retain(|_, zone| zone.ready + zone.unready > 0);
    }

    /// Whether this node may be emptied now, and if not, when to ask again.
    pub(super) fn may_evict(&mut self, node: &Node, now: Monotonic) -> (Evict, Option<Duration>) {
        if self.0.values().all(|zone| zone.state() == State::Full) {
            return (Evict::Never, None);
        }
        let Some(zone) = self.0.get_mut(&zone_of(node)) else {
            return (Evict::Later, None);
        };
        let Some(interval) = zone.interval() else {
            return (Evict::Later, None);
        };
        match &zone.evicted {
            Some((last, _)) if *last == node.metadata.name => (Evict::Now, None),
            Some((_, at)) if now.since(*at) < interval => {
                (Evict::Later, Some(interval - now.since(*at)))
            }
            _ => {
                zone.evicted = Some((node.metadata.name.clone(), now));
                (Evict::Now, None)
            }
        }
    }
}

/// Region and zone together, as upstream's `GetZoneKey`.
fn zone_of(node: &Node) -> Str {
    let label = |key: &str| {
        node.metadata
            .labels
            .get(key)
            .map(Str::as_str)
            .unwrap_or_default()
    };
    let region = label("topology.kubernetes.io/region");
    Str::from(format!("{region}/{}", label("topology.kubernetes.io/zone")))
}

#[cfg(test)]
mod tests;
