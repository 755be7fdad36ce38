//! How many pods are made, which are deleted, what is reported.

use super::{
    plan::{Todo, plan},
    status::status,
};
use api::{
    apps::v1::ReplicaSet,
    core::v1::{ContainerStatus, Pod, PodCondition},
};
use expect_test::{Expect, expect};
use meta::{Str, Time};
use std::sync::Arc;

const NOW: i64 = 1_000_000_000;

fn ago(seconds: i64) -> Time {
    Time::from_unix_seconds(NOW - seconds)
}

/// `name [phase] [node=n] [ready=AGE] [cost=n] [restarts=n] [age=n] [going]`.
fn pod(text: &str) -> Arc<Pod> {
    let mut words = text.split(' ');
    let mut pod = Pod::default();
    pod.metadata.name = words.next().unwrap().into();
    pod.metadata.uid = pod.metadata.name.clone();
    pod.metadata.creation_timestamp = ago(600);
    pod.status.phase = "Running".into();
    for word in words {
        match word.split_once('=') {
            Some(("node", node)) => pod.spec.node_name = node.into(),
            Some(("ready", age)) => pod.status.conditions.push(PodCondition {
                type_: "Ready".into(),
                status: "True".into(),
                last_transition_time: ago(age.parse().unwrap()),
                ..PodCondition::default()
            }),
            Some(("cost", cost)) => {
                let key = "controller.kubernetes.io/pod-deletion-cost";
                pod.metadata.annotations.insert(key, Str::from(cost));
            }
            Some(("restarts", count)) => pod.status.container_statuses.push(ContainerStatus {
                restart_count: count.parse().unwrap(),
                ..ContainerStatus::default()
            }),
            Some(("age", age)) => pod.metadata.creation_timestamp = ago(age.parse().unwrap()),
            _ if word == "going" => pod.metadata.deletion_timestamp = Some(ago(1)),
            _ => pod.status.phase = word.into(),
        }
    }
    Arc::new(pod)
}

fn pods(texts: &[&str]) -> Vec<Arc<Pod>> {
    texts.iter().map(|text| pod(text)).collect()
}

fn set(replicas: i32) -> ReplicaSet {
    let mut set = ReplicaSet::default();
    set.metadata.name = "web".into();
    set.spec.replicas = Some(replicas);
    set
}

fn check(replicas: i32, texts: &[&str], expect: &str) {
    let pods = pods(texts);
    let done = match plan(&set(replicas), &pods, &pods, ago(0)) {
        Todo::Nothing => "nothing".to_owned(),
        Todo::Create(count) => format!("create {count}"),
        Todo::Delete(pods) => {
            let names: Vec<_> = pods.iter().map(|pod| pod.metadata.name.as_str()).collect();
            format!("delete {}", names.join(" "))
        }
    };
    assert_eq!(done, expect, "{replicas} of {texts:?}");
}

#[test]
fn counts_active_pods() {
    check(0, &[], "nothing");
    check(3, &[], "create 3");
    check(3, &["a", "b"], "create 1");
    check(2, &["a", "b"], "nothing");
    check(2, &["a", "b going"], "create 1");
    check(2, &["a", "b Failed", "c Succeeded"], "create 1");
    check(600, &[], "create 500");
    check(0, &["a", "b Failed"], "delete a");
}

#[test]
fn who_goes_first() {
    check(1, &["a node=n", "b"], "delete b");
    check(1, &["a node=n Pending", "b node=n"], "delete a");
    check(1, &["a node=n ready=60", "b node=n"], "delete b");
    check(
        1,
        &["a node=n ready=60", "b node=n ready=60 cost=-1"],
        "delete b",
    );
    check(
        2,
        &[
            "a node=m ready=60",
            "b node=n ready=60",
            "c node=n ready=60",
        ],
        "delete b",
    );
    check(1, &["a node=n ready=600", "b node=n ready=6"], "delete b");
    check(1, &["a node=n ready=60", "b node=n ready=61"], "delete a");
    check(1, &["a node=n", "b node=n restarts=3"], "delete b");
    check(1, &["a node=n age=600", "b node=n age=6"], "delete b");
}

fn check_status(min_ready: i32, texts: &[&str], expect: &Expect) {
    let mut set = set(3);
    set.spec.min_ready_seconds = min_ready;
    set.metadata.generation = 4;
    let (status, next) = status(&set, &pods(texts), None, ago(0));
    expect.assert_eq(&format!(
        "{} there, {} ready, {} available, {:?} going, observed {}, next {next:?}",
        status.replicas,
        status.ready_replicas,
        status.available_replicas,
        status.terminating_replicas,
        status.observed_generation
    ));
}

#[test]
fn what_is_reported() {
    let pods = &[
        "a ready=5",
        "b ready=100",
        "c",
        "d ready=9 going",
        "e Failed",
    ];
    check_status(
        0,
        pods,
        &expect!["3 there, 2 ready, 2 available, Some(1) going, observed 4, next None"],
    );
    check_status(
        30,
        pods,
        &expect!["3 there, 2 ready, 1 available, Some(1) going, observed 4, next Some(25s)"],
    );
}
