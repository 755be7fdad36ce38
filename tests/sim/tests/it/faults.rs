//! On a bad day the network fails, watches break, and the control plane crashes in the middle of its writes and while it starts. Through all of
//! that nothing acknowledged is lost, no revision means two things, watches tell everything, no pod runs twice; and when the day is over, all is
//! as it was asked for.

use crate::{
    workloads::{deployment, is_rolled_out, key},
    writer::{Model, write},
};
use api::{
    apps::v1::Deployment,
    core::v1::{ConfigMap, Pod},
};
use client::{Cache, DeleteParams, Error, Patch, PatchParams, Resource, cache::Selector};
use meta::{Kind, ObjectKey, Str};
use serde_json::{Value, json};
use sim::{Faults, Observer, Rates, World, simulate};
use std::{
    collections::{BTreeMap, BTreeSet},
    future::poll_fn,
    sync::Arc,
    task::Poll,
    time::Duration,
};

/// `SIM_SEED` runs one alone.
const SEEDS: u64 = 200;
/// Virtual time in which one seed's day must end; what takes longer goes round in circles.
const DAY_MAX: Duration = Duration::from_secs(4 * 3600);
const WRITERS: u64 = 3;
/// How often a steady hand tries what a crash prevents, with a second between.
const TRIES_MAX: usize = 600;

/// What a day brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Day {
    network: Faults,
    fate: Fate,
    /// How often observers went on with a watch that broke off, and how often they could not.
    resumed: u64,
    relisted: u64,
    /// Everything that was told of every revision.
    told: BTreeMap<u64, String>,
    requests: BTreeMap<String, usize>,
}

/// How often the control plane crashed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Fate {
    at_once: u64,
    in_a_write: u64,
    while_starting: u64,
}

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

#[test]
fn a_seed_repeats_exactly() {
    for seed in [7, 8] {
        let (first, second) = (run(seed), run(seed));
        for (revision, meaning) in &first.told {
            assert_eq!(second.told.get(revision), Some(meaning), "{revision}");
        }
        assert_eq!(first, second);
    }
}

/// A quarter of the seeds: the quarters run beside each other.
fn days(quarter: u64) {
    if let Ok(seed) = std::env::var("SIM_SEED") {
        run(seed.parse().expect("SIM_SEED is a number"));
        return;
    }
    let mut total = BTreeMap::new();
    for seed in (quarter..SEEDS).step_by(4) {
        let day = run(seed);
        for (fault, count) in [
            ("requests lost", day.network.requests_lost),
            ("answers lost", day.network.answers_lost),
            ("requests twice", day.network.twice),
            ("bodies broken off", day.network.broken_off),
            ("watches resumed", day.resumed),
            ("watches begun anew", day.relisted),
            ("crashes at once", day.fate.at_once),
            ("crashes in a write", day.fate.in_a_write),
            ("crashes while starting", day.fate.while_starting),
        ] {
            *total.entry(fault).or_insert(0) += count;
        }
    }
    assert!(
        total.values().all(|count| *count > SEEDS / 40),
        "every fault was met: {total:?}"
    );
}

fn run(seed: u64) -> Day {
    let told = Arc::new(parking_lot::Mutex::new(Day::default()));
    let of_run = Arc::clone(&told);
    simulate(seed, |world| async move {
        let day = world.platform.clock.timeout(DAY_MAX, bad_day(&world)).await;
        *of_run.lock() = day.expect("the day ends");
    });
    let mut told = told.lock();
    std::mem::take(&mut *told)
}

async fn bad_day(world: &World) -> Day {
    let _nodes = (world.node("n1").await, world.node("n2").await);
    let watching = Cache::<ConfigMap>::start(
        &world.client_of("watcher"),
        Resource::of::<ConfigMap>(),
        Selector::default(),
    );
    let (maps, pods) = (
        Observer::start::<ConfigMap>(world),
        Observer::start::<Pod>(world),
    );
    world.network.set(Rates::bad_day());
    let tasks = &world.platform.tasks;
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let world = world.clone();
            tasks.spawn("writer", async move { write(&world, writer).await })
        })
        .collect();
    let (doomed, slot) = (world.clone(), world.clone());
    let fate = tasks.spawn("fate", async move { fate(&doomed).await });
    let slot = tasks.spawn("slot", async move { fill_slot(&slot).await });
    ask_for_web(world).await;
    let mut models = BTreeMap::new();
    for writer in writers {
        models.extend(writer.await.expect("a writer does not panic"));
    }
    let fate = fate.await.expect("fate does not panic");
    slot.await.expect("the slot's keeper does not panic");
    world.network.set(Rates::none());
    check_writes(world, &models).await;
    check_pods(world).await;
    check_cache(world, &watching).await;
    check_observer::<ConfigMap>(world, &maps).await;
    check_observer::<Pod>(world, &pods).await;
    let ((a, b), (c, d)) = (maps.reconnections(), pods.reconnections());
    Day {
        network: world.network.faults(),
        fate,
        resumed: a + c,
        relisted: b + d,
        told: world.ledger.meanings(),
        requests: world.requests(),
    }
}

/// Crashes the control plane once or twice, and starts it again, perhaps in vain.
async fn fate(world: &World) -> Fate {
    let rng = &world.platform.rng;
    let mut fate = Fate::default();
    for _ in 0..=rng.below(2) {
        world
            .pass(Duration::from_millis(500 + rng.below(9000)))
            .await;
        if rng.chance(2, 3) {
            let writes = u32::try_from(rng.below(10)).expect("less than ten");
            world.crash(Some(1 + writes)).await;
            fate.in_a_write += 1;
        } else {
            world.crash(None).await;
            fate.at_once += 1;
        }
        loop {
            world.pass(Duration::from_millis(rng.below(4000))).await;
            if rng.chance(2, 3) {
                world.restart().await;
                break;
            }
            let started = start_in_vain(world).await;
            world.crash(None).await;
            if started {
                fate.at_once += 1;
            } else {
                fate.while_starting += 1;
            }
        }
    }
    fate
}

/// Starts a control plane that is about to crash; whether it could be started before.
async fn start_in_vain(world: &World) -> bool {
    let rng = &world.platform.rng;
    let writes = 1 + u32::try_from(rng.below(4)).expect("less than four");
    if rng.chance(1, 2) {
        tokio::select! {
            biased;
            () = world.power_fails_after(writes) => false,
            () = world.restart() => true,
        }
    } else {
        tokio::select! {
            biased;
            () = world.restart() => true,
            () = turns(1 + rng.below(2)) => false,
        }
    }
}

/// Completes when it has been looked at so often.
async fn turns(mut left: u64) {
    poll_fn(|_| {
        left -= 1;
        if left == 0 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

/// Does something until the control plane is there to do it.
async fn insist<T, F: Future<Output = Result<T, Error>>>(world: &World, act: impl Fn() -> F) -> T {
    let mut failed = None;
    for _ in 0..TRIES_MAX {
        match act().await {
            Ok(done) => return done,
            Err(error) => failed = Some(error),
        }
        world.pass(Duration::from_secs(1)).await;
    }
    panic!("the control plane never came back: {failed:?}");
}

/// A Deployment that grows and is rolled over.
async fn ask_for_web(world: &World) {
    let api = world.admin().of::<Deployment>();
    let decoded = meta::codec::from_value::<Deployment>(&deployment("web", 3, "v1"));
    let web = decoded.expect("the fixture decodes").object;
    insist(world, || async {
        match api.create(&web).await {
            Err(error) if !error.is_already_exists() => Err(error),
            _ => Ok(()),
        }
    })
    .await;
    let containers = json!([{"name": "c", "image": "v2"}]);
    for change in [
        json!({"spec": {"replicas": 5}}),
        json!({"spec": {"template": {"spec": {"containers": containers}}}}),
    ] {
        world.pass(Duration::from_secs(5)).await;
        let patch = Patch::strategic(&change);
        let parameters = PatchParams::default();
        let web = key("web");
        insist(world, || api.patch(&web, &patch, &parameters)).await;
    }
}

/// One pod after the other of the same name, as a controller with stable names has them.
async fn fill_slot(world: &World) {
    let api = world.client_of("slot").of::<Pod>();
    let pod: Value = json!({
        "metadata": {"name": "slot-0", "namespace": "default"},
        "spec": {"containers": [{"name": "c", "image": "v1"}]},
    });
    let pod = meta::codec::from_value::<Pod>(&pod).expect("the fixture decodes");
    for _ in 0..4 {
        insist(world, || async {
            match api.create(&pod.object).await {
                Err(error) if !error.is_already_exists() => Err(error),
                _ => Ok(()),
            }
        })
        .await;
        world.pass(Duration::from_secs(2)).await;
        insist(world, || async {
            match api.delete(&key("slot-0"), &DeleteParams::default()).await {
                Err(error) if !error.is_not_found() => Err(error),
                _ => Ok(()),
            }
        })
        .await;
    }
}

/// Every acknowledged write is there.
async fn check_writes(world: &World, models: &BTreeMap<String, Model>) {
    let acknowledged = world.ledger.acknowledgements(ConfigMap::PLURAL);
    assert!(!acknowledged.is_empty(), "some writes got through");
    let api = world.admin().of::<ConfigMap>();
    for (name, model) in models {
        let found = api.find(&key(name)).await.expect("a get works");
        model.clone().check(world, name, found.as_ref());
    }
}

/// As many pods as asked for, each on one node, and on the nodes those and no others.
async fn check_pods(world: &World) {
    world
        .eventually::<Deployment>(&key("web"), is_rolled_out)
        .await;
    world
        .eventually::<Pod>(&key("slot-0"), |slot| slot.is_none())
        .await;
    world.pass(Duration::from_secs(60)).await;
    let pods = world.list::<Pod>("default").await;
    let told: Vec<String> = pods.iter().map(told).collect();
    assert_eq!(
        pods.len(),
        5,
        "neither too few nor too many: {told:#?} at {}",
        world.platform.clock.now()
    );
    for pod in &pods {
        assert!(
            !pod.spec.node_name.is_empty(),
            "{} has a node",
            pod.metadata.name
        );
        assert_eq!(pod.spec.containers[0].image, "v2");
    }
    let uids: BTreeSet<Str> = pods.iter().map(|pod| pod.metadata.uid.clone()).collect();
    assert_eq!(world.ledger.running(), uids, "what the nodes run");
}

/// What to know of a pod that should not be there.
fn told(pod: &Pod) -> String {
    let owner = pod.metadata.owner_references.first();
    format!(
        "{} of {:?} on {:?}: {} deleted {:?} finalizers {:?}",
        pod.metadata.name,
        owner.map(|owner| owner.name.as_str()),
        pod.spec.node_name.as_str(),
        pod.status.phase,
        pod.metadata.deletion_timestamp,
        pod.metadata.finalizers,
    )
}

/// The cache, which knows nothing but lists and watches, holds what there is.
async fn check_cache(world: &World, watching: &Cache<ConfigMap>) {
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

/// What the events told is what there is, and none is missing.
async fn check_observer<K: Kind>(world: &World, observer: &Observer) {
    let list = world.admin().of::<K>();
    let list = list.list(None, &client::ListParams::default()).await;
    let stored: BTreeMap<ObjectKey, u64> = list
        .expect("a list works")
        .items
        .iter()
        .map(|object| {
            let revision = &object.metadata().resource_version;
            (object.key(), revision.parse().expect("a number"))
        })
        .collect();
    assert_eq!(observer.objects(), stored, "a watch has a gap");
    observer.check_gaps(world);
}
