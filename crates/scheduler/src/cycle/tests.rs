use super::schedule;
use crate::{
    framework::{ClusterEvent, Filter, Prefilter, Reason, Verdict},
    plugins::in_tree,
    pod::{Demands, PodView},
    resources::Resources,
    state::{NodeFacts, NodeView, State},
};
use api::core::v1::{
    Container, ContainerPort, NodeAffinity, NodeSelector, NodeSelectorRequirement,
    NodeSelectorTerm, Pod, Taint, Toleration,
};
use client::View;
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
    let got = schedule(&in_tree(), state, pod, &mut 0, |_| 0)
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
        match_expressions: [requirement("zone", operator, values)].into(),
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
            match_fields: [requirement("metadata.name", "In", &[name])].into(),
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
fn confined_to_no_node_at_all() {
    struct Confining(&'static [&'static str]);
    impl Filter for Confining {
        const NAME: &'static str = "Confining";
        const RETRY_ON: &'static [ClusterEvent] = &[];
        type State = ();

        fn prefilter(&self, _pod: &PodView) -> Prefilter<()> {
            match self.0 {
                [] => Prefilter::Rejected(Reason::new("nothing will do")),
                names => Prefilter::OnlyNodes(names.iter().map(|&name| name.into()).collect(), ()),
            }
        }

        fn filter(&self, (): &(), _pod: &PodView, _node: &NodeView) -> Verdict {
            Verdict::Fits
        }
    }
    let said = |first: &'static [&'static str], second: &'static [&'static str]| {
        let plugins = in_tree().filter(Confining(first)).filter(Confining(second));
        let unfit = schedule(&plugins, &cluster(), &pod(1), &mut 0, |_| 0).unwrap_err();
        (unfit.message(), unfit.rejected_by)
    };
    assert_eq!(
        said(&["a"], &["b"]).0,
        "0/3 nodes are available: node(s) didn't satisfy plugin(s) [Confining Confining] simultaneously."
    );
    assert_eq!(
        said(&["a"], &[]),
        (
            "0/3 nodes are available: nothing will do.".to_owned(),
            vec!["Confining"]
        )
    );
}

/// A pod on a node, so that it takes room and ports there.
fn on(name: &str, node: &str, ports: &[&str]) -> Arc<PodView> {
    let key = ObjectKey {
        namespace: Some("default".into()),
        name: name.into(),
    };
    Arc::new(PodView {
        key,
        node: node.into(),
        ..with_ports(ports)
    })
}

#[test]
fn full_nodes_reject() {
    let mut state = cluster();
    for (index, node) in ["a", "a", "b", "b"].into_iter().enumerate() {
        state.set_pod(on(&format!("p{index}"), node, &[]));
    }
    check(
        &state,
        &pod(1),
        "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Too many pods.",
    );
}

/// What the API shows of a pod whose containers have these ports, as `address:port/protocol`; a trailing `s` marks the port of a sidecar.
fn with_ports(ports: &[&str]) -> PodView {
    let mut pod = Pod::default();
    for text in ports {
        let (address, rest) = text.rsplit_once(':').unwrap();
        let (port, protocol) = rest.trim_end_matches('s').split_once('/').unwrap();
        let mut container = Container::default();
        container.ports.push(ContainerPort {
            container_port: 80,
            host_port: port.parse().unwrap(),
            host_ip: address.into(),
            protocol: protocol.into(),
            ..ContainerPort::default()
        });
        if text.ends_with('s') {
            container.restart_policy = Some("Always".into());
            pod.spec.init_containers.push(container);
        } else {
            pod.spec.containers.push(container);
        }
    }
    PodView::of(pod)
}

#[track_caller]
fn check_ports(used: &[&str], wanted: &[&str], free: bool) {
    let mut state = cluster();
    for node in ["a", "b"] {
        state.set_pod(on(&format!("on-{node}"), node, used));
    }
    let expect = if free {
        "b"
    } else {
        "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't have free ports for the requested pod ports."
    };
    check(&state, &with_ports(wanted), expect);
}

#[test]
fn taken_ports_reject() {
    check_ports(&[":8080/TCP"], &[":8080/TCP"], false);
    check_ports(&[":8080/TCP"], &[":8081/TCP"], true);
    check_ports(&[":8080/TCP"], &[":0/TCP"], true);
    // Another protocol has ports of its own; none means TCP.
    check_ports(&[":8080/TCP"], &[":8080/UDP"], true);
    check_ports(&[":8080/UDP"], &[":8080/UDP"], false);
    check_ports(&[":8080/"], &[":8080/TCP"], false);
    // An address has ports of its own, unless one pod has them all.
    check_ports(&["10.0.0.1:8080/TCP"], &["10.0.0.1:8080/TCP"], false);
    check_ports(&["10.0.0.1:8080/TCP"], &["10.0.0.2:8080/TCP"], true);
    check_ports(&["10.0.0.1:8080/TCP"], &[":8080/TCP"], false);
    check_ports(&["0.0.0.0:8080/TCP"], &["10.0.0.1:8080/TCP"], false);
    check_ports(&["0.0.0.0:8080/TCP"], &[":::8080/TCP"], false);
    check_ports(&[":::8080/TCP"], &["10.0.0.1:8080/TCP"], true);
    // One of several is enough; sidecars count.
    check_ports(&[":1/TCP", ":2/TCP"], &[":3/TCP", ":2/TCP"], false);
    check_ports(&[":1/TCPs"], &[":1/TCP"], false);
}

#[test]
fn ports_are_free_again_when_their_pod_has_gone() {
    let mut state = cluster();
    let taken = [
        on("p", "a", &[":8080/TCP"]),
        on("q", "b", &[":8080/TCP"]),
        on("r", "b", &["10.0.0.1:9090/TCP"]),
    ];
    for pod in &taken {
        state.set_pod(Arc::clone(pod));
    }
    check(
        &state,
        &with_ports(&[":8080/TCP"]),
        "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't have free ports for the requested pod ports.",
    );
    state.remove_pod(&taken[1].key);
    check(&state, &with_ports(&[":8080/TCP"]), "b");
    check(&state, &with_ports(&[":9090/TCP"]), "a");
}

#[test]
fn reasons_of_several_plugins_are_counted_together() {
    let mut state = cluster();
    state.set_pod(on("p", "b", &[":8080/TCP"]));
    let wanting = PodView {
        requests: pod(3000).requests,
        ..with_ports(&[":8080/TCP"])
    };
    check(
        &state,
        &wanting,
        "0/3 nodes are available: 1 Insufficient cpu, 1 node(s) didn't have free ports for the requested pod ports, 1 node(s) had untolerated taint(s).",
    );
}

#[test]
fn a_large_cluster_is_looked_at_in_turns() {
    assert_eq!(
        [0, 3, 100, 250, 1000, 5000, 20_000].map(super::fitting_max),
        [0, 3, 100, 120, 420, 500, 1000]
    );
    let mut state = State::default();
    for index in 0..250 {
        let mut facts = NodeFacts {
            name: format!("n{index}").into(),
            pods_max: 110,
            ..NodeFacts::default()
        };
        // One is much the best.
        facts.allocatable.milli_cpu = if index == 130 { 100_000 } else { 1000 };
        state.set_node(Arc::new(facts));
    }
    let mut start = 0;
    let mut next = || {
        schedule(&in_tree(), &state, &pod(100), &mut start, |_| 0)
            .unwrap()
            .to_string()
    };
    assert_eq!([next(), next(), next()], ["n0", "n130", "n240"]);
}
