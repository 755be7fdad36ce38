use super::Queue;
use crate::{
    framework::ClusterEvent,
    plugins::in_tree,
    pod::{Demands, PodView},
};
use meta::{ObjectKey, Str};
use platform::Monotonic;
use std::{sync::Arc, time::Duration};

const TAINTS: &str = "TaintToleration";
const FIT: &str = "NodeResourcesFit";

fn at(seconds: u64) -> Monotonic {
    Monotonic::START + Duration::from_secs(seconds)
}

fn pod(name: &str, priority: i32, gates: &[&str]) -> Arc<PodView> {
    let key = ObjectKey {
        namespace: Some("default".into()),
        name: name.into(),
    };
    let demands = Demands {
        gates: gates.iter().map(|gate| Str::from(*gate)).collect(),
        ..Demands::default()
    };
    Arc::new(PodView {
        key,
        priority,
        demands: Some(Box::new(demands)),
        ..PodView::default()
    })
}

fn queue() -> Queue {
    Queue::new(Arc::new(in_tree()))
}

/// The names that can be popped now, in order.
fn popped(queue: &mut Queue) -> String {
    let names: Vec<String> = std::iter::from_fn(|| queue.pop())
        .map(|attempt| attempt.pod.key.name.to_string())
        .collect();
    names.join(" ")
}

#[test]
fn priority_then_arrival_orders() {
    let mut queue = queue();
    for (name, priority, second) in [("late", 0, 2), ("early", 0, 1), ("important", 9, 3)] {
        queue.set(pod(name, priority, &[]), at(second));
    }
    assert_eq!(popped(&mut queue), "important early late");
}

#[test]
fn gated_pods_enter_when_their_gates_are_gone() {
    let mut queue = queue();
    queue.set(pod("p", 0, &["wait"]), at(0));
    assert_eq!(popped(&mut queue), "");
    queue.set(pod("p", 0, &[]), at(1));
    assert_eq!(popped(&mut queue), "p");
}

#[test]
fn only_a_changed_spec_wakes_an_unschedulable_pod() {
    let mut queue = queue();
    queue.set(pod("p", 0, &[]), at(0));
    let attempt = queue.pop().unwrap();
    queue.unschedulable(attempt, vec![FIT], at(0));
    queue.set(pod("p", 0, &[]), at(20));
    assert_eq!(popped(&mut queue), "");
    queue.set(
        Arc::new(PodView {
            generation: 2,
            ..(*pod("p", 0, &[])).clone()
        }),
        at(20),
    );
    assert_eq!(popped(&mut queue), "p");
}

#[test]
fn only_events_that_help_wake() {
    let mut queue = queue();
    queue.set(pod("p", 0, &[]), at(0));
    let attempt = queue.pop().unwrap();
    queue.unschedulable(attempt, vec![TAINTS], at(0));
    queue.event(ClusterEvent::PodRemoved, at(20));
    assert_eq!(popped(&mut queue), "");
    queue.event(ClusterEvent::NodeTaintsChanged, at(20));
    assert_eq!(popped(&mut queue), "p");
}

#[test]
fn a_helped_pod_still_waits_out_its_backoff() {
    let mut queue = queue();
    queue.set(pod("p", 0, &[]), at(0));
    let attempt = queue.pop().unwrap();
    queue.unschedulable(attempt, vec![FIT], at(0));
    queue.event(ClusterEvent::PodRemoved, at(0));
    assert_eq!(
        (popped(&mut queue).as_str(), queue.next_due()),
        ("", Some(at(1)))
    );
    queue.due(at(1));
    assert_eq!(popped(&mut queue), "p");
}

#[test]
fn what_helps_a_pod_in_flight_is_not_missed() {
    for (event, waits_until) in [
        (ClusterEvent::PodRemoved, 1),
        (ClusterEvent::NodeTaintsChanged, 300),
    ] {
        let mut queue = queue();
        queue.event(ClusterEvent::PodRemoved, at(0));
        queue.set(pod("p", 0, &[]), at(0));
        let attempt = queue.pop().unwrap();
        queue.event(event, at(0));
        queue.unschedulable(attempt, vec![FIT], at(0));
        assert_eq!(queue.next_due(), Some(at(waits_until)), "{event:?}");
    }
}

#[test]
fn what_a_pod_gives_up_helps_only_others() {
    let mut queue = queue();
    for name in ["p", "q"] {
        queue.set(pod(name, 0, &[]), at(0));
        let attempt = queue.pop().unwrap();
        queue.unschedulable(attempt, vec![FIT], at(0));
    }
    queue.gave_up(&pod("p", 0, &[]).key, at(20));
    assert_eq!(popped(&mut queue), "q");
}

#[test]
fn failures_back_off_further_each_time() {
    let mut queue = queue();
    queue.set(pod("p", 0, &[]), at(0));
    for wait in [1, 2, 4, 8, 10, 10] {
        let attempt = queue.pop().unwrap();
        queue.failed(attempt, at(0));
        assert_eq!(queue.next_due(), Some(at(wait)));
        queue.due(at(wait));
    }
}

#[test]
fn overlooked_pods_are_tried_again_after_five_minutes() {
    let mut queue = queue();
    queue.set(pod("p", 0, &[]), at(0));
    let attempt = queue.pop().unwrap();
    queue.unschedulable(attempt, vec![FIT], at(0));
    queue.due(at(299));
    assert_eq!(popped(&mut queue), "");
    queue.due(at(300));
    assert_eq!(popped(&mut queue), "p");
}

#[test]
fn removed_pods_are_gone() {
    let mut queue = queue();
    queue.set(pod("p", 0, &[]), at(0));
    queue.remove(&pod("p", 0, &[]).key);
    assert_eq!(popped(&mut queue), "");
}
