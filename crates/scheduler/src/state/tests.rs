use super::{NodeFacts, State};
use crate::{pod::PodView, resources::Resources};
use meta::ObjectKey;
use std::sync::Arc;

fn node(name: &str) -> Arc<NodeFacts> {
    Arc::new(NodeFacts {
        name: name.into(),
        pods_max: 10,
        ..NodeFacts::default()
    })
}

fn pod(name: &str, node: &str, milli_cpu: i64) -> Arc<PodView> {
    let key = ObjectKey {
        namespace: Some("default".into()),
        name: name.into(),
    };
    Arc::new(PodView {
        key,
        node: node.into(),
        requests: Resources {
            milli_cpu,
            ..Resources::default()
        },
        ..PodView::default()
    })
}

/// `node:pods/cpu` of every node, by name.
fn shown(state: &State) -> String {
    let mut rows: Vec<String> = state
        .nodes()
        .iter()
        .map(|n| format!("{}:{}/{}", n.facts.name, n.pods, n.requested.milli_cpu))
        .collect();
    rows.sort();
    rows.join(" ")
}

#[test]
fn pods_count_once_and_follow_their_node() {
    let mut state = State::default();
    state.set_node(node("a"));
    state.set_node(node("b"));
    state.set_pod(pod("p", "a", 100));
    state.set_pod(pod("p", "a", 200));
    assert_eq!(shown(&state), "a:1/200 b:0/0");
    state.set_pod(pod("p", "b", 200));
    assert_eq!(shown(&state), "a:0/0 b:1/200");
    assert!(state.remove_pod(&pod("p", "", 0).key));
    assert!(!state.remove_pod(&pod("p", "", 0).key));
    assert_eq!(shown(&state), "a:0/0 b:0/0");
}

#[test]
fn pods_seen_before_their_node_count_when_it_comes() {
    let mut state = State::default();
    state.set_pod(pod("p", "late", 100));
    state.set_node(node("late"));
    assert_eq!(shown(&state), "late:1/100");
}

#[test]
fn a_node_that_goes_and_comes_keeps_its_pods() {
    let mut state = State::default();
    for name in ["a", "b", "c"] {
        state.set_node(node(name));
        state.set_pod(pod(&format!("on-{name}"), name, 100));
    }
    state.remove_node("a");
    assert_eq!(shown(&state), "b:1/100 c:1/100");
    state.set_node(node("a"));
    assert_eq!(shown(&state), "a:1/100 b:1/100 c:1/100");
}
