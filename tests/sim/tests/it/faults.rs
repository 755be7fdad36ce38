//! On a bad day of the network, what was acknowledged is there, no pod runs twice, watches tell everything, and when
//! the day is over all is as it was asked for.

use crate::workloads::{deployment, is_rolled_out, key};
use api::{
    apps::v1::Deployment,
    core::v1::{ConfigMap, Pod},
};
use client::{Api, Cache, DeleteParams, Patch, PatchParams, Resource, cache::Selector};
use meta::{Kind, ObjectKey, Str};
use serde_json::{Value, json};
use sim::{Faults, Rates, World, simulate};
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// `SIM_SEED` runs one alone.
const SEEDS: u64 = 200;
/// Virtual time in which one seed's day must end; what takes longer goes round in circles.
const DAY_MAX: Duration = Duration::from_secs(4 * 3600);
const WRITERS: u64 = 3;
const WRITES: u64 = 12;

#[test]
fn everything_converges_after_a_bad_day() {
    days(0);
}

#[test]
fn everything_converges_after_another() {
    days(1);
}

#[test]
fn everything_converges_after_a_third() {
    days(2);
}

#[test]
fn everything_converges_after_a_fourth() {
    days(3);
}

/// A quarter of the seeds: the quarters run beside each other.
fn days(quarter: u64) {
    let one = std::env::var("SIM_SEED").ok();
    if let Some(seed) = one {
        run(seed.parse().expect("SIM_SEED is a number"));
        return;
    }
    let mut total = [0; 4];
    for seed in (quarter..SEEDS).step_by(4) {
        let faults = run(seed);
        let of_run = [
            faults.requests_lost,
            faults.answers_lost,
            faults.twice,
            faults.broken_off,
        ];
        total = std::array::from_fn(|index| total[index] + of_run[index]);
    }
    let least = SEEDS / 4;
    assert!(
        total.iter().all(|count| *count > least),
        "every fault was met: {total:?}"
    );
}

fn run(seed: u64) -> Faults {
    let faults = Arc::new(parking_lot::Mutex::new(Faults::default()));
    let of_run = Arc::clone(&faults);
    simulate(seed, |world| async move {
        let day = world.platform.clock.timeout(DAY_MAX, bad_day(&world)).await;
        day.expect("the day ends");
        *of_run.lock() = world.network.faults();
    });
    *faults.lock()
}

async fn bad_day(world: &World) {
    let _nodes = (world.node("n1").await, world.node("n2").await);
    let watching = Cache::<ConfigMap>::start(
        &world.client_of("watcher"),
        Resource::of::<ConfigMap>(),
        Selector::default(),
    );
    world.network.set(Rates::bad_day());
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let world = world.clone();
            let tasks = world.platform.tasks.clone();
            tasks.spawn("writer", async move { write(&world, writer).await })
        })
        .collect();
    world.create::<Deployment>(deployment("web", 3, "v1")).await;
    world.pass(Duration::from_secs(5)).await;
    change_deployment(world, json!({"spec": {"replicas": 5}})).await;
    world.pass(Duration::from_secs(5)).await;
    let containers = json!([{"name": "c", "image": "v2"}]);
    change_deployment(
        world,
        json!({"spec": {"template": {"spec": {"containers": containers}}}}),
    )
    .await;
    let mut acknowledged = BTreeMap::new();
    for writer in writers {
        acknowledged.extend(writer.await.expect("a writer does not panic"));
    }
    world.network.set(Rates::none());
    check_writes(world, &watching, &acknowledged).await;
    check_pods(world).await;
}

/// Creates, changes and deletes; returns what the server acknowledged last for each name: a value, or gone.
async fn write(world: &World, writer: u64) -> BTreeMap<String, Option<u64>> {
    let api: Api<ConfigMap> = world.client_of(&format!("writer-{writer}")).of();
    let mut acknowledged = BTreeMap::new();
    for turn in 0..WRITES {
        let name = format!("writer-{writer}-{}", turn % 4);
        let done = match turn % 3 {
            2 => api
                .delete(&key(&name), &DeleteParams::default())
                .await
                .is_ok()
                .then_some(None),
            _ => put(&api, &name, turn).await.then_some(Some(turn)),
        };
        match done {
            Some(value) => drop(acknowledged.insert(name, value)),
            // Nobody knows whether it happened.
            None => drop(acknowledged.remove(&name)),
        }
        world.pass(Duration::from_millis(700)).await;
    }
    acknowledged
}

async fn put(api: &Api<ConfigMap>, name: &str, value: u64) -> bool {
    let data: Value = json!({"data": {"value": value.to_string()}});
    let changed = api
        .patch(&key(name), &Patch::merge(&data), &PatchParams::default())
        .await;
    if changed.is_ok() {
        return true;
    }
    let object = json!({
        "metadata": {"name": name, "namespace": "default"},
        "data": {"value": value.to_string()},
    });
    let decoded = meta::codec::from_value::<ConfigMap>(&object).expect("the fixture decodes");
    api.create(&decoded.object).await.is_ok()
}

async fn change_deployment(world: &World, patch: Value) {
    let api = world.admin().of::<Deployment>();
    let changed = api
        .patch(
            &key("web"),
            &Patch::strategic(&patch),
            &PatchParams::default(),
        )
        .await;
    changed.expect("the test's own hand is steady");
}

/// Every acknowledged write is there, and the watcher has been told of everything.
async fn check_writes(
    world: &World,
    watching: &Cache<ConfigMap>,
    acknowledged: &BTreeMap<String, Option<u64>>,
) {
    assert!(!acknowledged.is_empty(), "some writes got through");
    let api = world.admin().of::<ConfigMap>();
    for (name, expect) in acknowledged {
        let found = api.find(&key(name)).await.expect("a get works");
        let found = found.map(|map| map.data.get("value").expect("it has a value").to_string());
        assert_eq!(found, expect.map(|value| value.to_string()), "{name}");
    }
    world.pass(Duration::from_secs(120)).await;
    let stored: BTreeMap<ObjectKey, Str> = world
        .list::<ConfigMap>("default")
        .await
        .iter()
        .map(|map| (map.key(), map.metadata.resource_version.clone()))
        .collect();
    let told: BTreeMap<ObjectKey, Str> = watching
        .keys(None)
        .iter()
        .filter(|key| key.namespace.as_deref() == Some("default"))
        .filter_map(|key| watching.get(key))
        .map(|map| (map.key(), map.metadata.resource_version.clone()))
        .collect();
    assert_eq!(told, stored, "a watch has a gap");
}

/// As many pods as asked for, each on one node.
async fn check_pods(world: &World) {
    world
        .eventually::<Deployment>(&key("web"), is_rolled_out)
        .await;
    world.pass(Duration::from_secs(120)).await;
    let pods = world.list::<Pod>("default").await;
    assert_eq!(pods.len(), 5, "neither too few nor too many");
    for pod in &pods {
        assert!(
            !pod.spec.node_name.is_empty(),
            "{} has a node",
            pod.metadata.name
        );
        assert_eq!(pod.spec.containers[0].image, "v2");
    }
}
