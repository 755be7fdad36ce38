//! Who may be emptied when.

use super::Zones;
use crate::node_lifecycle::plan::Evict;
use api::core::v1::{Node, NodeCondition};
use meta::Map;
use platform::Monotonic;
use std::{sync::Arc, time::Duration};

/// `count` nodes `ZONE-n`, the first `unready` of them not ready.
fn zone(name: &str, count: usize, unready: usize) -> Vec<Arc<Node>> {
    let node = |n: usize| {
        let mut node = Node::default();
        node.metadata.name = format!("{name}-{n}").into();
        node.metadata.labels = Map::from([("topology.kubernetes.io/zone", name)]);
        node.status.conditions.push(NodeCondition {
            type_: "Ready".into(),
            status: if n < unready { "Unknown" } else { "True" }.into(),
            ..NodeCondition::default()
        });
        Arc::new(node)
    };
    (0..count).map(node).collect()
}

fn at(seconds: u64) -> Monotonic {
    Monotonic::START + Duration::from_secs(seconds)
}

/// Asks for the first two nodes at these seconds.
fn check(nodes: &[Arc<Node>], asked: &[(usize, u64)], expect: &str) {
    let mut zones = Zones::default();
    zones.set(nodes);
    let answers =
        asked.iter().map(
            |(n, seconds)| match zones.may_evict(&nodes[*n], at(*seconds)) {
                (Evict::Now, None) => "now".to_owned(),
                (Evict::Never, None) => "never".to_owned(),
                (_, Some(wait)) => format!("in {} s", wait.as_secs()),
                (_, None) => "later".to_owned(),
            },
        );
    assert_eq!(answers.collect::<Vec<_>>().join(", "), expect);
}

#[test]
fn one_after_the_other() {
    let asked = &[(0, 0), (1, 1), (0, 2), (1, 10)];
    check(&zone("a", 10, 2), asked, "now, in 9 s, now, now");
    check(&zone("a", 100, 60), asked, "now, in 99 s, now, in 90 s");
    check(&zone("a", 10, 6), asked, "later, later, later, later");
    check(&zone("a", 2, 1), &[(0, 0)], "now");
}

#[test]
fn when_everything_is_down_nothing_is_done() {
    check(&zone("a", 1, 1), &[(0, 0)], "never");
    let one_zone_down = [zone("a", 3, 3), zone("b", 3, 0)].concat();
    check(&one_zone_down, &[(0, 0)], "now");
    let both_down = [zone("a", 3, 3), zone("b", 3, 3)].concat();
    check(&both_down, &[(0, 0)], "never");
}
