//! The node of this machine: network, runtime, agent, Services, DNS. With `--control-plane-only` there is none.

mod connector;
mod dns_service;
mod network;
mod pod_network;

use crate::{
    config::Config,
    control_plane::{ControlPlane, Parts},
    files, identity,
    transport::Clients,
};
use apiserver::{NoNodes, NodeConnector};
use client::SharedCaches;
use connector::Connector;
use ebpf::Datapath;
use image::StoreConfig;
use ipnet::Ipv4Net;
use network::Network;
use node::NodeAgent;
use platform::Platform;
use podnet::{HostNetwork, PodNetwork};
use runtime::{CriError, Embedded, EmbeddedConfig};
use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::net::TcpListener;

/// Where the images are, within the data directory.
pub(crate) const IMAGES: &str = "runtime/images";
pub(crate) const LAYERS_IN_FLIGHT_MAX: usize = 3;
/// Bounds of one layer: what a hostile image may cost.
const LAYER_BYTES_MAX: u64 = 32 << 30;
const LAYER_ENTRIES_MAX: u64 = 4_000_000;
const LOG_BYTES_MAX: u64 = 10 << 20;
const LOG_FILES_MAX: u32 = 5;
const PODS_MAX: u32 = 110;
const KUBELET_PORT: u16 = 10250;
const DNS_PORT: u16 = 53;
const RESOLV_CONF: &str = "/etc/resolv.conf";

#[derive(Debug, thiserror::Error)]
pub(crate) enum MachineError {
    #[error("failed to look at this machine's network")]
    Survey(#[source] io::Error),
    #[error(
        "this machine has no network address that is not loopback: give it one, or run --control-plane-only"
    )]
    NoAddress,
    #[error("the kernel cannot run Services: {0}")]
    Datapath(#[source] ebpf::DatapathError),
    #[error("the kernel cannot run Services: {0}")]
    Table(#[source] ebpf::TableError),
    #[error("the kernel cannot run Services: {0}")]
    Cgroup(#[source] ebpf::CgroupError),
    #[error("failed to open the pod network")]
    Network(#[source] podnet::OpenError),
    #[error("failed to give back addresses of pods that are gone")]
    Recover(#[source] podnet::DetachError),
    #[error("failed to open the container runtime: {0}")]
    Runtime(CriError),
    #[error("failed to register this machine as a node")]
    Register(#[source] client::Error),
    #[error("failed to listen on {address}, where pods reach the API and DNS")]
    Listen {
        address: SocketAddr,
        #[source]
        source: io::Error,
    },
    #[error("failed to serve the API to pods: {0}")]
    Serve(String),
    #[error("failed to read or write {path}")]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("failed to unmount pods' volumes: {0}")]
    Volumes(String),
    #[error("failed to remove the pod network")]
    Reset(#[source] podnet::ResetError),
    #[error("a task of the start ended early: {0}")]
    Task(String),
}

pub(crate) fn image_store_config(root: PathBuf, platform: &Platform) -> StoreConfig {
    StoreConfig {
        root,
        layer_bytes_max: LAYER_BYTES_MAX,
        layer_entries_max: LAYER_ENTRIES_MAX,
        rng: platform.rng.clone(),
    }
}

/// What was found on this machine before anything was started.
#[derive(Debug)]
pub(crate) enum Machine {
    ControlPlaneOnly {
        advertise: IpAddr,
    },
    Node {
        host: HostNetwork,
        cluster: String,
        advertise: IpAddr,
        connector: Arc<Connector>,
    },
}

impl Machine {
    pub(crate) fn survey(config: &Config, platform: &Platform) -> Result<Self, MachineError> {
        if config.control_plane_only {
            let advertise = if config.bind_address.is_unspecified() {
                Ipv4Addr::LOCALHOST.into()
            } else {
                config.bind_address
            };
            return Ok(Self::ControlPlaneOnly { advertise });
        }
        let cluster = pod_network::cluster_id(&config.data_dir, || platform.rng.uuid())?;
        pod_network::remember(config)?;
        let host = podnet::survey(&cluster).map_err(MachineError::Survey)?;
        // Pods reach the API at their bridge's own address, which the first node's network begins with.
        let advertise = config.cluster_cidr.nth(1).into();
        Ok(Self::Node {
            host,
            cluster,
            advertise,
            connector: Arc::new(Connector::new(
                config.node_name.clone(),
                platform.tasks.clone(),
            )),
        })
    }

    pub(crate) fn advertise(&self) -> IpAddr {
        match self {
            Self::ControlPlaneOnly { advertise } | Self::Node { advertise, .. } => *advertise,
        }
    }

    pub(crate) fn connector(&self) -> Arc<dyn NodeConnector> {
        match self {
            Self::ControlPlaneOnly { .. } => Arc::new(NoNodes),
            Self::Node { connector, .. } => Arc::<Connector>::clone(connector),
        }
    }

    /// Starts the node and waits until it is Ready. `progress` hears of each step that is done.
    pub(crate) async fn start(
        self,
        parts: &Parts<'_>,
        control_plane: &ControlPlane,
        caches: &SharedCaches,
        progress: &mut (dyn FnMut(&str) + Send),
    ) -> Result<(), MachineError> {
        let Self::Node {
            host,
            cluster,
            connector,
            ..
        } = self
        else {
            return Ok(());
        };
        let address = host.primary.ok_or(MachineError::NoAddress)?;
        let start = Start {
            parts,
            host,
            cluster,
            address,
        };
        let network = Arc::new(Network::new(parts.platform.tasks.clone()));
        let (runtime, datapath, pod_cidr) = tokio::try_join!(
            start.runtime(Arc::clone(&network)),
            start.datapath(),
            start.register(&control_plane.clients, caches)
        )?;
        progress("container runtime and kernel programs");
        let datapath = Arc::new(datapath);
        let gateway = start
            .open_network(&network, Arc::clone(&datapath), pod_cidr)
            .await?;
        let agent = Arc::new(start.agent(&control_plane.clients, runtime));
        connector.set(Arc::clone(&agent));
        start.serve_pods(control_plane, gateway).await?;
        start.services(&datapath, caches)?;
        start.dns(gateway, caches, &control_plane.clients).await?;
        progress("pod network, Services and DNS");
        agent.ready().await;
        progress("node is Ready");
        Ok(())
    }
}

/// What the steps share.
struct Start<'s, 'p> {
    parts: &'s Parts<'p>,
    host: HostNetwork,
    cluster: String,
    address: Ipv4Addr,
}

impl Start<'_, '_> {
    async fn runtime(&self, network: Arc<Network>) -> Result<Embedded, MachineError> {
        let config = self.parts.config;
        let opened = Embedded::open(EmbeddedConfig {
            data_dir: config.data_dir.join("runtime"),
            run_dir: run_dir(&self.cluster).join("runtime"),
            shim_program: PathBuf::from("/proc/self/exe"),
            insecure_registries: config.insecure_registries.clone(),
            log_bytes_max: LOG_BYTES_MAX,
            log_files_max: LOG_FILES_MAX,
            network,
            platform: self.parts.platform.group("runtime"),
        });
        opened.await.map_err(MachineError::Runtime)
    }

    async fn datapath(&self) -> Result<Datapath, MachineError> {
        let cgroup = match &self.parts.config.cgroup_root {
            Some(root) => root.clone(),
            None => ebpf::unified_root().map_err(MachineError::Cgroup)?,
        };
        let config = ebpf::Config {
            cluster: self.cluster.clone(),
            bpffs: ebpf::BPFFS.into(),
            cgroup,
            service_network: pod_network::network(self.parts.config.service_cidr),
            external_interfaces: self.host.external_interfaces.clone(),
        };
        let opened = self
            .parts
            .platform
            .tasks
            .spawn_blocking("kernel programs", move || Datapath::open(&config))
            .await;
        opened
            .map_err(|error| MachineError::Task(error.to_string()))?
            .map_err(MachineError::Datapath)
    }

    async fn register(
        &self,
        clients: &Clients,
        caches: &SharedCaches,
    ) -> Result<Ipv4Net, MachineError> {
        let name = &self.parts.config.node_name;
        pod_network::register(&clients.of(identity::node(name), "kubelet"), caches, name).await
    }

    async fn open_network(
        &self,
        network: &Arc<Network>,
        datapath: Arc<Datapath>,
        pod_cidr: Ipv4Net,
    ) -> Result<Ipv4Addr, MachineError> {
        let config = pod_network::config(self.parts.config, &self.cluster, pod_cidr);
        let mut addresses = self.host.addresses.clone();
        let network = Arc::clone(network);
        let work = move || {
            let host_ports = Box::new(datapath.host_ports().map_err(MachineError::Table)?);
            let opened = PodNetwork::open(config, host_ports).map_err(MachineError::Network)?;
            let gateway = opened.gateway();
            addresses.push(gateway);
            datapath
                .set_node_addresses(&addresses)
                .map_err(MachineError::Datapath)?;
            network.open(opened).map_err(MachineError::Recover)?;
            Ok(gateway)
        };
        let opened = self
            .parts
            .platform
            .tasks
            .spawn_blocking("open network", work)
            .await;
        opened.map_err(|error| MachineError::Task(error.to_string()))?
    }

    fn agent(&self, clients: &Clients, runtime: Embedded) -> NodeAgent {
        let config = self.parts.config;
        let node = node::Config {
            node_name: config.node_name.clone(),
            root_dir: config.data_dir.join("node"),
            log_dir: config.data_dir.join("logs"),
            hostname: config.node_name.clone(),
            addresses: vec![self.address.into()],
            kubelet_port: KUBELET_PORT,
            cluster_domain: config.cluster_domain.clone(),
            cluster_dns: vec![config.cluster_dns.into()],
            resolv_conf: RESOLV_CONF.into(),
            max_pods: PODS_MAX,
            reserved: node::Reserved {
                cpu_milli: 0,
                memory_bytes: 0,
                ephemeral_bytes: 0,
            },
            labels: Vec::new(),
            taints: Vec::new(),
            version: crate::control_plane::git_version(),
        };
        let deps = node::Deps {
            client: clients.of(identity::node(&config.node_name), "kubelet"),
            runtime: Arc::new(runtime),
            platform: self.parts.platform.group("node"),
        };
        NodeAgent::start(node, deps)
    }

    /// Pods reach the API server at their gateway, unless it listens everywhere anyway.
    async fn serve_pods(
        &self,
        control_plane: &ControlPlane,
        gateway: Ipv4Addr,
    ) -> Result<(), MachineError> {
        let config = self.parts.config;
        if config.bind_address.is_unspecified() {
            return Ok(());
        }
        let address = SocketAddr::new(gateway.into(), config.port);
        let listener = TcpListener::bind(address)
            .await
            .map_err(|source| MachineError::Listen { address, source })?;
        control_plane
            .serve(self.parts, listener)
            .map_err(|error| MachineError::Serve(error.to_string()))
    }

    fn services(&self, datapath: &Datapath, caches: &SharedCaches) -> Result<(), MachineError> {
        let platform = self.parts.platform.group("proxy");
        let table = Box::new(datapath.services().map_err(MachineError::Table)?);
        let proxy = proxy::Proxy::new(&platform, caches, &self.parts.config.node_name, table);
        let draining = platform.tasks.draining();
        drop(platform.tasks.spawn("proxy", async move {
            tokio::select! {
                biased;
                () = draining => {}
                () = proxy.run() => {}
            }
        }));
        Ok(())
    }

    async fn dns(
        &self,
        gateway: Ipv4Addr,
        caches: &SharedCaches,
        clients: &Clients,
    ) -> Result<(), MachineError> {
        let config = self.parts.config;
        let address = SocketAddr::new(gateway.into(), DNS_PORT);
        let listen = |source| MachineError::Listen { address, source };
        let bound = dns::Bound::new(address).map_err(listen)?;
        let settings = dns::Config {
            domain: config.cluster_domain.clone(),
            service_addresses: vec![config.cluster_dns.into()],
            resolv_conf: RESOLV_CONF.into(),
        };
        let platform = self.parts.platform.group("dns");
        let records = Box::new(dns::Objects::new(caches));
        let server = dns::Server::new(platform.clone(), &settings, vec![gateway.into()], records)
            .map_err(listen)?;
        drop(platform.tasks.spawn("dns", server.run(bound)));
        dns_service::publish(
            &clients.of(identity::masters(), "sampan"),
            config.cluster_dns,
            gateway,
        )
        .await
        .map_err(MachineError::Register)
    }
}

/// Sockets and bundles of running pods: gone after a reboot, as the pods are.
fn run_dir(cluster: &str) -> PathBuf {
    Path::new("/run/sampan").join(cluster)
}

/// Removes what a node leaves on the machine. Idempotent, and nothing if there never was a node.
pub(crate) fn reset(data_dir: &Path) -> Result<(), MachineError> {
    let Some(cluster) = pod_network::known_cluster_id(data_dir)? else {
        return Ok(());
    };
    let run = run_dir(&cluster);
    runtime::reset(&data_dir.join("runtime"), &run.join("runtime"))
        .map_err(MachineError::Runtime)?;
    sys::mount::unmount_below(data_dir)
        .map_err(|error| MachineError::Volumes(error.to_string()))?;
    podnet::reset(&pod_network::reset_config(data_dir, &cluster)).map_err(MachineError::Reset)?;
    ebpf::reset(Path::new(ebpf::BPFFS), &cluster).map_err(MachineError::Datapath)?;
    files::remove_dir(&run).map_err(|source| MachineError::File {
        path: run.clone(),
        source,
    })
}
