//! Which objects are kept, adopted and let go.

use super::sort;
use crate::owner::controller_reference;
use api::{apps::v1::ReplicaSet, core::v1::Pod};
use meta::{Map, Time, labels::Selector};
use std::sync::Arc;

fn owner(uid: &str) -> ReplicaSet {
    let mut set = ReplicaSet::default();
    set.metadata.uid = uid.into();
    set
}

/// `name [of=OWNER] [app=web] [going]`.
fn pod(text: &str) -> Arc<Pod> {
    let mut pod = Pod::default();
    for word in text.split(' ') {
        match word.split_once('=') {
            Some(("of", uid)) => {
                pod.metadata.owner_references = vec![controller_reference(&owner(uid))]
            }
            Some((key, value)) => drop(pod.metadata.labels.insert(key, value.into())),
            None if word == "going" => {
                pod.metadata.deletion_timestamp = Some(Time::from_unix_seconds(1))
            }
            None => pod.metadata.name = word.into(),
        }
    }
    Arc::new(pod)
}

fn check(going: bool, expect: [&str; 3]) {
    let pods = [
        "mine of=me app=web",
        "stray of=me",
        "other of=you app=web",
        "orphan app=web",
        "free",
        "late app=web going",
    ];
    let mut me = owner("me");
    me.metadata.deletion_timestamp = going.then(|| Time::from_unix_seconds(1));
    let selector = Selector::from_labels(&Map::from([("app", "web")]));
    let sorted = sort(&me, &selector, pods.iter().map(|text| pod(text)).collect());
    let names = |pods: &[Arc<Pod>]| {
        pods.iter()
            .map(|pod| pod.metadata.name.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        [
            names(&sorted.mine),
            names(&sorted.adopt),
            names(&sorted.release)
        ],
        expect
    );
}

#[test]
fn keeps_adopts_and_releases() {
    check(false, ["mine", "orphan", "stray"]);
    check(true, ["mine", "", ""]);
}
