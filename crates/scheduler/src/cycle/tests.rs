use super::schedule;
use crate::{
    plugins::in_tree,
    pod::{Demands, PodView},
    resources::Resources,
    state::{NodeFacts, State},
};
use api::core::v1::{
    NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, Taint, Toleration,
};
use meta::{ObjectKey, Str};
use std::sync::Arc;

/// Nodes `a` (2 CPU, zone=x), `b` (4 CPU, zone=y) and `c` (8 CPU, tainted `dedicated`), each with room for two pods.
fn cluster() -> State {
    let mut state = State::default();
    for (name, cpus, zone) in [("a", 2, "x"), ("b", 4, "y"), ("c", 8, "y")] {
        let mut facts = NodeFacts {
            name: name.into(),
            pods_max: 2,
            ..NodeFacts::default()
        };
        facts.allocatable = Resources {
            milli_cpu: cpus * 1000,
            memory: 16 << 30,
            ..Resources::default()
        };
        facts.labels.insert("zone", zone.into());
        if name == "c" {
            facts.taints.push(Taint {
                key: "dedicated".into(),
                effect: "NoSchedule".into(),
                ..Taint::default()
            });
        }
        state.set_node(Arc::new(facts));
    }
    state
}

fn pod(milli_cpu: i64) -> PodView {
    PodView {
        requests: Resources {
            milli_cpu,
            ..Resources::default()
        },
        demands: Some(Box::default()),
        ..PodView::default()
    }
}

fn demanding(change: impl FnOnce(&mut Demands)) -> PodView {
    let mut pod = pod(100);
    change(pod.demands.as_mut().unwrap());
    pod
}

#[track_caller]
fn check(state: &State, pod: &PodView, expect: &str) {
    let got = schedule(&in_tree(), state, pod, |_| 0)
        .map_or_else(|unfit| unfit.message(), |node| node.to_string());
    assert_eq!(got, expect);
}

#[test]
fn the_emptier_node_wins() {
    check(&cluster(), &pod(1000), "b");
}

#[test]
fn no_nodes_are_said_to_be_none() {
    check(
        &State::default(),
        &pod(1),
        "no nodes available to schedule pods",
    );
}

#[test]
fn reasons_are_counted() {
    check(
        &cluster(),
        &pod(5000),
        "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu.",
    );
}

#[test]
fn tolerations_open_tainted_nodes() {
    let tolerant = demanding(|demands| {
        demands.tolerations.push(Toleration {
            operator: "Exists".into(),
            ..Toleration::default()
        })
    });
    check(&cluster(), &tolerant, "c");
}

#[test]
fn node_selectors_select() {
    check(
        &cluster(),
        &demanding(|demands| drop(demands.node_selector.insert("zone", "x".into()))),
        "a",
    );
    let nowhere = demanding(|demands| drop(demands.node_selector.insert("zone", "z".into())));
    check(
        &cluster(),
        &nowhere,
        "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector.",
    );
}

fn requirement(key: &str, operator: &str, values: &[&str]) -> NodeSelectorRequirement {
    NodeSelectorRequirement {
        key: key.into(),
        operator: operator.into(),
        values: values.iter().map(|value| Str::from(*value)).collect(),
    }
}

fn required(term: NodeSelectorTerm) -> PodView {
    let mut selector = NodeSelector::default();
    selector.node_selector_terms.push(term);
    let affinity = NodeAffinity {
        required_during_scheduling_ignored_during_execution: Some(Box::new(selector)),
        ..NodeAffinity::default()
    };
    demanding(|demands| demands.node_affinity = Some(Box::new(affinity)))
}

#[test]
fn required_affinity_decides() {
    let expressions = |operator, values: &[&str]| NodeSelectorTerm {
        match_expressions: vec![requirement("zone", operator, values)],
        ..NodeSelectorTerm::default()
    };
    check(&cluster(), &required(expressions("In", &["x"])), "a");
    check(&cluster(), &required(expressions("NotIn", &["x"])), "b");
    check(
        &cluster(),
        &required(NodeSelectorTerm::default()),
        "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector.",
    );
}

#[test]
fn named_nodes_confine_the_search() {
    let named = |name: &str| {
        required(NodeSelectorTerm {
            match_fields: vec![requirement("metadata.name", "In", &[name])],
            ..NodeSelectorTerm::default()
        })
    };
    check(&cluster(), &named("a"), "a");
    check(
        &cluster(),
        &named("z"),
        "0/3 nodes are available: 3 node(s) didn't satisfy plugin(s) [NodeAffinity].",
    );
}

#[test]
fn full_nodes_and_taken_ports_reject() {
    let mut state = cluster();
    for (index, node) in ["a", "a", "b", "b"].into_iter().enumerate() {
        let key = ObjectKey {
            namespace: Some("default".into()),
            name: format!("p{index}").into(),
        };
        state.set_pod(Arc::new(PodView {
            key,
            node: node.into(),
            ..PodView::default()
        }));
    }
    check(
        &state,
        &pod(1),
        "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Too many pods.",
    );
}
