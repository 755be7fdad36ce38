//! The control plane as one process: it can be started, crash anywhere, and be started again over the same disk.

use crate::{faults::Network, server, transport::Counts};
use apiserver::Server;
use client::{Client, ListMode, SharedCaches, controller, queue::Queues};
use meta::Str;
use parking_lot::Mutex;
use platform::{Platform, simulated, simulated::SimulatedDisk};
use resource::User;
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use telemetry::metrics::Registry;
use tokio::sync::Notify;

/// The process, or the place where it was. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Plane {
    world: Platform,
    network: Network,
    counts: Counts,
    disk: SimulatedDisk,
    door: Door,
    /// What the present process runs on, from the moment at which it is started.
    process: Arc<Mutex<Option<Platform>>>,
    lives: Arc<AtomicU64>,
}

/// One process that listens.
#[derive(Clone, Debug)]
pub(crate) struct Life {
    pub(crate) number: u64,
    pub(crate) server: Arc<Server>,
}

/// Where clients find the process that listens, if there is one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Door(Arc<Doorway>);

#[derive(Debug, Default)]
struct Doorway {
    inside: Mutex<Option<Life>>,
    /// Wakes in the order of waiting, so that runs repeat.
    changed: Notify,
}

impl Door {
    /// The process that listens now.
    pub(crate) fn life(&self) -> Option<Life> {
        self.0.inside.lock().clone()
    }

    /// Completes when that process is gone.
    pub(crate) fn gone(&self, number: u64) -> impl Future<Output = ()> + Send + 'static {
        let door = self.clone();
        async move {
            while door.life().is_some_and(|life| life.number == number) {
                door.0.changed.notified().await;
            }
        }
    }

    fn set(&self, life: Option<Life>) {
        *self.0.inside.lock() = life;
        self.0.changed.notify_waiters();
    }
}

impl Plane {
    /// An empty disk, and nothing that runs.
    pub(crate) fn new(world: &Platform, network: &Network, counts: &Counts) -> Self {
        Self {
            world: world.clone(),
            network: network.clone(),
            counts: counts.clone(),
            disk: SimulatedDisk::new(simulated::fork(&world.rng)),
            door: Door::default(),
            process: Arc::default(),
            lives: Arc::default(),
        }
    }

    pub(crate) fn disk(&self) -> &SimulatedDisk {
        &self.disk
    }

    /// Starts a process over what is on the disk; it listens before it has made sure of the objects that every cluster has.
    pub(crate) async fn start(&self) {
        let number = self.lives.fetch_add(1, Ordering::Relaxed);
        let process = simulated::process(&self.world, &format!("life {number}"), self.disk.clone());
        *self.process.lock() = Some(process.clone());
        let options = store::Options::server();
        let path = Path::new("data");
        let store = store::Embedded::open(&process, path, options).await;
        let store = self.unless_dead(store).await;
        let metrics = Registry::new();
        let config = server::config(&process, store, &metrics);
        let server = self.unless_dead(Server::start(config).await).await;
        let server = Arc::new(server);
        let life = Life {
            number,
            server: Arc::clone(&server),
        };
        self.door.set(Some(life));
        server.ready().await;
        self.start_controllers(&process, Queues::new(&metrics));
        self.start_scheduler(&process);
    }

    /// A start fails only when the power fails; then the process does nothing more.
    async fn unless_dead<T, E: std::fmt::Debug>(&self, started: Result<T, E>) -> T {
        match started {
            Ok(started) => started,
            Err(_) if self.disk.is_without_power() => std::future::pending().await,
            Err(error) => panic!("what a crash leaves can be started from: {error:?}"),
        }
    }

    /// The process is gone, wherever it was, and of what it had not synced a random part is lost.
    ///
    /// # Panics
    /// When one of its tasks has panicked.
    pub(crate) async fn crash(&self) {
        let process = self.process.lock().take();
        let process = process.expect("a process runs");
        // Whatever is dropped now writes nothing any more.
        self.disk.cut_power_after(0);
        self.door.set(None);
        process.tasks.crash().await;
        self.disk.crash();
        assert_eq!(process.tasks.panics(), 0, "tasks of the control plane");
    }

    /// Panics in the process that runs.
    pub(crate) fn panics(&self) -> u64 {
        let process = self.process.lock();
        process.as_ref().map_or(0, |process| process.tasks.panics())
    }

    fn start_controllers(&self, process: &Platform, queues: Queues) {
        let (plane, on) = (self.clone(), process.clone());
        let context = controller::Context {
            caches: SharedCaches::new(self.client("system:kube-controller-manager", process)),
            clients: Arc::new(move |account| {
                if [controllers::API_SERVER, controllers::CONTROLLER_MANAGER].contains(&account) {
                    return plane.client(account, &on);
                }
                plane.client(&format!("system:serviceaccount:kube-system:{account}"), &on)
            }),
            platform: process.clone(),
            queues,
        };
        let key = crate::authority::token_key();
        let options = controllers::Options {
            authority: crate::authority::authority(),
            cluster_cidrs: vec!["10.244.0.0/16".parse().expect("a range")],
            legacy_tokens_unused: Duration::from_secs(3600),
            root_ca_pem: "PEM".to_owned(),
            selection: controllers::Selection::default(),
            terminated_pods_max: 12_500,
            token_signer: controllers::TokenSigner::new(move |claims| key.sign(claims)),
        };
        controllers::start(&context, &options);
    }

    fn start_scheduler(&self, process: &Platform) {
        let client = self.client("system:kube-scheduler", process);
        scheduler::start(scheduler::Config {
            scheduler_name: "default-scheduler".into(),
            caches: SharedCaches::new(client.clone()),
            client,
            platform: process.clone(),
            plugins: scheduler::in_tree(),
        });
    }

    /// A client with this identity in a process of its own or in this one; service accounts and nodes are in the groups that go with them.
    pub(crate) fn client(&self, name: &str, on: &Platform) -> Client {
        let agent = name.rsplit(':').next().unwrap_or(name);
        let transport = self.counts.transport(&self.door, user(name), agent);
        // The test's own hand is steady.
        let transport = if name == "admin" {
            transport
        } else {
            self.network.before(transport)
        };
        Client::new(transport, on.clone(), agent).with_list_mode(ListMode::Streaming)
    }
}

fn user(name: &str) -> User {
    let mut groups = vec![Str::const_new("system:authenticated")];
    if name.starts_with("system:serviceaccount:kube-system:") {
        groups.push(Str::const_new("system:serviceaccounts"));
        groups.push(Str::const_new("system:serviceaccounts:kube-system"));
    } else if name.starts_with("system:node:") {
        groups.push(Str::const_new("system:nodes"));
    } else if !name.starts_with("system:kube-") {
        groups.push(Str::const_new("system:masters"));
    }
    User {
        name: name.into(),
        groups,
        ..User::default()
    }
}
