//! The node agent: its configuration, its start, and the loop that gives pods to workers.

mod backend;
mod dispatch;
mod registration;
mod registration_object;
#[cfg(test)]
mod tests;

use crate::machine_facts::Facts;
use crate::objects::ObjectStore;
use crate::sandbox::Resolver;
use crate::streaming::Server;
use crate::worker::Handle;
use api::core::v1::Service;
use client::events::Recorder;
use client::{Cache, Client, Resource, Selector};
use parking_lot::Mutex;
use platform::Platform;
use runtime::Runtime;
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Notify, watch};

/// What the node keeps from pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reserved {
    pub cpu_milli: i64,
    pub memory_bytes: i64,
    pub ephemeral_bytes: i64,
}

/// A node's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    pub node_name: String,
    /// Pods' directories are in `<root_dir>/pods`.
    pub root_dir: PathBuf,
    /// Logs are in `<log_dir>/<namespace>_<name>_<uid>/<container>/<attempt>.log`.
    pub log_dir: PathBuf,
    pub hostname: String,
    /// Control group that `/kubepods` is made below, as a path in each hierarchy; empty for the root.
    pub cgroup_root: String,
    /// Internal addresses at the start; the first is `hostIP`. [`NodeAgent::set_addresses`] changes them.
    pub addresses: Vec<IpAddr>,
    /// `daemonEndpoints`; 0 for none.
    pub kubelet_port: u16,
    pub cluster_domain: String,
    /// Name servers of dnsPolicy ClusterFirst; empty: pods use the host's.
    pub cluster_dns: Vec<IpAddr>,
    pub resolv_conf: PathBuf,
    pub max_pods: u32,
    pub reserved: Reserved,
    /// Besides the usual `kubernetes.io/` ones.
    pub labels: Vec<(String, String)>,
    pub taints: Vec<api::core::v1::Taint>,
    /// `nodeInfo.kubeletVersion`.
    pub version: String,
}

/// What a node talks to.
pub struct Deps {
    /// As `system:node:<name>`, group `system:nodes`.
    pub client: Client,
    pub runtime: Arc<dyn Runtime>,
    /// The agent's tasks run in its group; draining it leaves pods running.
    pub platform: Platform,
}

impl std::fmt::Debug for Deps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deps").finish_non_exhaustive()
    }
}

/// What all parts of the node share.
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) client: Client,
    pub(crate) runtime: Arc<dyn Runtime>,
    pub(crate) platform: Platform,
    pub(crate) recorder: Recorder,
    pub(crate) objects: ObjectStore,
    pub(crate) services: Cache<Service>,
    pub(crate) resolver: Resolver,
    pub(crate) machine: Facts,
    /// Name and version of the runtime, once it has answered.
    pub(crate) runtime_version: Mutex<(String, String)>,
    /// Told when something changes that the node's status shows.
    pub(crate) node_changed: Notify,
    pub(crate) addresses: Mutex<Vec<IpAddr>>,
    /// Workers by pod uid.
    pub(crate) workers: Mutex<HashMap<String, Handle>>,
}

impl Shared {
    pub(crate) fn host_ips(&self) -> Vec<String> {
        self.addresses
            .lock()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// The scheme of container ids.
    pub(crate) fn runtime_name(&self) -> String {
        self.runtime_version.lock().0.clone()
    }
}

/// A running node agent. Cheap to clone.
#[derive(Clone)]
pub struct NodeAgent {
    shared: Arc<Shared>,
    server: Server,
    ready: watch::Receiver<bool>,
}

impl std::fmt::Debug for NodeAgent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NodeAgent").finish_non_exhaustive()
    }
}

impl NodeAgent {
    /// Starts the node's tasks in `deps.platform.tasks`. Pods of an earlier life are adopted.
    #[must_use]
    pub fn start(config: Config, deps: Deps) -> Self {
        let Deps {
            client,
            runtime,
            platform,
        } = deps;
        let resolver = std::fs::read_to_string(&config.resolv_conf).unwrap_or_default();
        let shared = Arc::new(Shared {
            recorder: Recorder::start_on(client.clone(), "kubelet", &config.node_name),
            objects: ObjectStore::new(client.clone()),
            services: Cache::start(&client, Resource::of::<Service>(), Selector::default()),
            resolver: Resolver::parse(&resolver),
            machine: Facts::read(&config),
            runtime_version: Mutex::new(("sampan".to_owned(), String::new())),
            node_changed: Notify::new(),
            addresses: Mutex::new(config.addresses.clone()),
            workers: Mutex::default(),
            config,
            client,
            runtime,
            platform: platform.clone(),
        });
        let (ready_sender, ready) = watch::channel(false);
        drop(platform.tasks.spawn(
            "node registration",
            registration::run(Arc::clone(&shared), ready_sender),
        ));
        drop(
            platform
                .tasks
                .spawn("node pods", dispatch::run(Arc::clone(&shared))),
        );
        let backend = Arc::new(backend::NodeBackend::new(Arc::clone(&shared)));
        Self {
            shared,
            server: Server::new(backend, platform),
            ready,
        }
    }

    /// Serves one connection of the API server, which the caller has authenticated.
    pub async fn serve<IO: AsyncRead + AsyncWrite + Send + Unpin + 'static>(&self, io: IO) {
        self.server.serve(io).await;
    }

    /// The machine's internal addresses have changed: the Node object says so at once, pods with their next change.
    pub fn set_addresses(&self, addresses: Vec<IpAddr>) {
        let before = std::mem::replace(&mut *self.shared.addresses.lock(), addresses.clone());
        if before != addresses {
            self.shared.node_changed.notify_one();
        }
    }

    /// Completes once the Node object says that the node is ready.
    pub async fn ready(&self) {
        let mut ready = self.ready.clone();
        // The registration task holds the sender; if it ends, the node drains.
        let _ = ready.wait_for(|ready| *ready).await;
    }
}
