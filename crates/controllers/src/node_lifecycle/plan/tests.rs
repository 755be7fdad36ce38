//! Taints and the status of silent nodes.

use super::{Evict, silence, wanted_taints};
use api::core::v1::{Node, NodeCondition, Taint};
use meta::Time;

const NOW: Time = Time::from_unix_seconds(100);

/// `Ready=True MemoryPressure=False unschedulable taint=KEY:EFFECT`.
fn node(text: &str) -> Node {
    let mut node = Node::default();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match word.split_once('=') {
            None => node.spec.unschedulable = true,
            Some(("taint", taint)) => {
                let (key, effect) = taint.split_once(':').unwrap();
                let key = key.replace('~', "node.kubernetes.io/").into();
                node.spec.taints.push(Taint {
                    key,
                    effect: effect.into(),
                    ..Taint::default()
                });
            }
            Some((type_, status)) => node.status.conditions.push(NodeCondition {
                type_: type_.into(),
                status: status.into(),
                ..NodeCondition::default()
            }),
        }
    }
    node
}

fn check(text: &str, evict: Evict, expect: &str) {
    let taints = wanted_taints(&node(text), evict, NOW);
    let shown = taints.map_or("as it is".to_owned(), |taints| {
        let show = |taint: &Taint| {
            let key = taint.key.replace("node.kubernetes.io/", "~");
            let new = if taint.time_added == Some(NOW) {
                "+"
            } else {
                ""
            };
            format!("{new}{key}:{}", taint.effect)
        };
        taints.iter().map(show).collect::<Vec<_>>().join(" ")
    });
    assert_eq!(shown, expect, "{text}");
}

#[test]
fn taints_follow_conditions() {
    let later = Evict::Later;
    check("Ready=True", later, "as it is");
    check(
        "Ready=True unschedulable",
        later,
        "+~unschedulable:NoSchedule",
    );
    check(
        "Ready=True MemoryPressure=True",
        later,
        "+~memory-pressure:NoSchedule",
    );
    check(
        "Ready=True taint=~disk-pressure:NoSchedule taint=mine:NoExecute",
        later,
        "mine:NoExecute",
    );
    check("Ready=False", later, "+~not-ready:NoSchedule");
    check(
        "Ready=False",
        Evict::Now,
        "+~not-ready:NoSchedule +~not-ready:NoExecute",
    );
    check(
        "Ready=Unknown",
        Evict::Now,
        "+~unreachable:NoSchedule +~unreachable:NoExecute",
    );
    let unreachable = "Ready=Unknown taint=~unreachable:NoSchedule taint=~unreachable:NoExecute";
    check(unreachable, later, "as it is");
    check(unreachable, Evict::Never, "~unreachable:NoSchedule");
    check(
        "Ready=True taint=~not-ready:NoSchedule taint=~not-ready:NoExecute",
        later,
        "",
    );
    check(
        "Ready=False taint=~unreachable:NoSchedule taint=~unreachable:NoExecute",
        later,
        "+~not-ready:NoSchedule +~not-ready:NoExecute",
    );
}

#[test]
fn a_silent_node_is_unknown() {
    let mut silent =
        node("Ready=True MemoryPressure=False DiskPressure=Unknown NetworkUnavailable=False");
    silent.metadata.creation_timestamp = Time::from_unix_seconds(7);
    let status = silence(&silent, NOW).unwrap();
    let shown: Vec<_> = status
        .conditions
        .iter()
        .map(|condition| {
            format!(
                "{} {} {}",
                condition.type_, condition.status, condition.reason
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "Ready Unknown NodeStatusUnknown",
            "MemoryPressure Unknown NodeStatusUnknown",
            "DiskPressure Unknown ",
            "NetworkUnavailable False ",
            "PIDPressure Unknown NodeStatusNeverUpdated",
        ]
    );
    silent.status = status;
    assert_eq!(silence(&silent, NOW), None, "said once");
}
