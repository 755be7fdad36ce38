//! Addresses and node ports of Services: through crashes in the middle of writes, lost answers and requests that arrive twice, none is given
//! twice and none is lost.

use crate::workloads::key;
use api::{core::v1::Service, networking::v1::IPAddress};
use client::{Api, DeleteParams, Patch, PatchParams};
use meta::codec;
use serde_json::{Value, json};
use sim::{Rates, World, simulate};
use std::{collections::BTreeSet, time::Duration};

const SEEDS: u64 = 8;
const CLIENTS: u64 = 3;
const ACTS: u64 = 30;
/// They are shared by the clients: who creates one finds it deleted or changed by another.
const NAMES: u64 = 5;
const CRASHES: u64 = 3;

#[test]
fn none_is_given_twice_and_none_is_lost() {
    for seed in 0..SEEDS {
        simulate(7_000 + seed, |world| async move { run(&world).await });
    }
}

async fn run(world: &World) {
    world.network.set(Rates::bad_day());
    let tasks = &world.platform.tasks;
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let world = world.clone();
            tasks.spawn("client", async move { act(&world, client).await })
        })
        .collect();
    for _ in 0..CRASHES {
        world.pass(Duration::from_millis(below(world, 3_000))).await;
        let writes = u32::try_from(1 + below(world, 8)).expect("less than nine");
        world.crash(Some(writes)).await;
        world.pass(Duration::from_millis(below(world, 1_000))).await;
        world.restart().await;
    }
    let mut seen = Seen::default();
    for client in clients {
        seen.add(client.await.expect("a client does not panic"));
    }
    world.network.set(Rates::none());
    // What was under way is done, and what follows Services has followed.
    world.pass(Duration::from_secs(30)).await;
    check(world).await;
    all_can_be_had_again(world, seen).await;
}

fn below(world: &World, bound: u64) -> u64 {
    world.platform.rng.below(bound)
}

/// Everything that was ever given.
#[derive(Debug, Default)]
struct Seen {
    addresses: BTreeSet<String>,
    ports: BTreeSet<i32>,
}

impl Seen {
    fn of(services: &[Service]) -> Self {
        let mut seen = Self::default();
        for service in services {
            let address = service.spec.cluster_ip.to_string();
            if !matches!(&*address, "" | "None") {
                let is_new = seen.addresses.insert(address.clone());
                assert!(is_new, "{address} is given twice: {services:#?}");
            }
            for port in service.spec.ports.iter().map(|port| port.node_port) {
                assert!(
                    port == 0 || seen.ports.insert(port),
                    "node port {port} is given twice: {services:#?}"
                );
            }
        }
        seen
    }

    fn add(&mut self, other: Self) {
        self.addresses.extend(other.addresses);
        self.ports.extend(other.ports);
    }
}

/// Creates, changes the type of and deletes Services. What does not succeed may have been done all the same.
async fn act(world: &World, client: u64) -> Seen {
    let api: Api<Service> = world.client_of(&format!("client-{client}")).of();
    let mut seen = Seen::default();
    for _ in 0..ACTS {
        let name = format!("s{}", below(world, NAMES));
        let type_ = match below(world, 3) {
            0 => "ClusterIP",
            1 => "NodePort",
            _ => "LoadBalancer",
        };
        let told = match below(world, 4) {
            0 | 1 => api.create(&service(&name, type_, &json!({}))).await.ok(),
            2 => {
                let patch = json!({"spec": {"type": type_}});
                let patch = Patch::merge(&patch);
                api.patch(&key(&name), &patch, &PatchParams::default())
                    .await
                    .ok()
            }
            _ => {
                let deleted = api.delete(&key(&name), &DeleteParams::default()).await;
                drop(deleted);
                None
            }
        };
        seen.add(Seen::of(told.as_slice()));
        world.pass(Duration::from_millis(below(world, 400))).await;
    }
    seen
}

fn service(name: &str, type_: &str, more: &Value) -> Service {
    let mut object = json!({
        "metadata": {"name": name, "namespace": "default"},
        "spec": {"type": type_, "ports": [{"port": 80}]},
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        object["spec"][field] = value.clone();
    }
    let decoded = codec::from_value::<Service>(&object);
    decoded.expect("the fixture decodes").object
}

/// No two Services share anything, and there is an IPAddress for each address of one and for no other.
async fn check(world: &World) {
    let services = world.list::<Service>("").await;
    let seen = Seen::of(&services);
    let objects = world.list::<IPAddress>("").await;
    let objects = objects
        .iter()
        .map(|object| object.metadata.name.to_string());
    assert_eq!(objects.collect::<BTreeSet<_>>(), seen.addresses);
}

/// When all are gone, everything that was ever given can be asked for.
async fn all_can_be_had_again(world: &World, mut seen: Seen) {
    let api = world.admin().of::<Service>();
    for service in world.list::<Service>("default").await {
        if service.metadata.name == "kubernetes" {
            continue;
        }
        seen.add(Seen::of(std::slice::from_ref(&service)));
        let key = key(&service.metadata.name);
        let deleted = api.delete(&key, &DeleteParams::default()).await;
        deleted.expect("a delete works");
    }
    let most = seen.addresses.len().max(seen.ports.len());
    assert!(most > 3, "Services were made: {seen:?}");
    for (index, address) in seen.addresses.iter().enumerate() {
        let more = json!({"clusterIP": address});
        let again = service(&format!("address-{index}"), "ClusterIP", &more);
        api.create(&again)
            .await
            .unwrap_or_else(|error| panic!("{address}: {error}"));
    }
    for (index, port) in seen.ports.iter().enumerate() {
        let more = json!({"ports": [{"port": 80, "nodePort": port}]});
        let again = service(&format!("port-{index}"), "NodePort", &more);
        api.create(&again)
            .await
            .unwrap_or_else(|error| panic!("{port}: {error}"));
    }
}
