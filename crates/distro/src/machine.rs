//! The node of this machine: network, runtime, agent, Services, DNS. With `--control-plane-only` there is none.

mod addresses;
mod connector;
mod datagrams;
mod dns_service;
mod network;
mod pod_network;
mod preflight;

use crate::{
    config::Config,
    control_plane::{ControlPlane, Parts},
    files, identity,
    transport::Clients,
};
use addresses::{Follower, node_address, set_node_addresses};
use apiserver::{NoNodes, NodeConnector};
use client::SharedCaches;
use connector::Connector;
use datagrams::Gone;
use ebpf::Datapath;
use ipnet::Ipv4Net;
use network::Network;
use node::NodeAgent;
use platform::Platform;
use podnet::{HostNetwork, HostWatch, PodNetwork};
pub(crate) use preflight::{Missing, check};
use runtime::{CriError, Embedded, EmbeddedConfig};
use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};
use sys::cgroup::{Cgroups, HostCgroups};
use tokio::net::TcpListener;

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
    #[error("failed to remove pods' control groups: {0}")]
    Groups(String),
    #[error("failed to unmount pods' volumes: {0}")]
    Volumes(String),
    #[error("failed to remove the pod network")]
    Reset(#[source] podnet::ResetError),
    #[error("a task of the start ended early: {0}")]
    Task(String),
}

/// What was found on this machine before anything was started.
#[derive(Debug)]
pub(crate) enum Machine {
    ControlPlaneOnly {
        advertise: IpAddr,
        addresses: Vec<Ipv4Addr>,
    },
    Node {
        /// Older than `host`, so that no change is missed.
        watch: HostWatch,
        host: HostNetwork,
        cluster: String,
        advertise: IpAddr,
        connector: Arc<Connector>,
    },
}

impl Machine {
    pub(crate) fn survey(config: &Config, platform: &Platform) -> Result<Self, MachineError> {
        if config.control_plane_only {
            return Self::survey_without_node(config);
        }
        let cluster = pod_network::cluster_id(&config.data_dir, || platform.rng.uuid())?;
        let watch = HostWatch::new().map_err(MachineError::Survey)?;
        let host = podnet::survey(&cluster).map_err(MachineError::Survey)?;
        // Pods reach the API at their bridge's own address, which the first node's network begins with.
        let advertise = config.cluster_cidr.nth(1).into();
        Ok(Self::Node {
            watch,
            host,
            cluster,
            advertise,
            connector: Arc::new(Connector::new(
                config.node_name.clone(),
                platform.tasks.clone(),
            )),
        })
    }

    /// Others reach the API server where it listens.
    fn survey_without_node(config: &Config) -> Result<Self, MachineError> {
        if !config.bind_address.is_unspecified() {
            return Ok(Self::ControlPlaneOnly {
                advertise: config.bind_address,
                addresses: Vec::new(),
            });
        }
        let host = podnet::survey("").map_err(MachineError::Survey)?;
        Ok(Self::ControlPlaneOnly {
            advertise: host.primary.unwrap_or(Ipv4Addr::LOCALHOST).into(),
            addresses: host.addresses,
        })
    }

    pub(crate) fn advertise(&self) -> IpAddr {
        match self {
            Self::ControlPlaneOnly { advertise, .. } | Self::Node { advertise, .. } => *advertise,
        }
    }

    /// The machine's own, loopback left out.
    pub(crate) fn addresses(&self) -> &[Ipv4Addr] {
        match self {
            Self::ControlPlaneOnly { addresses, .. } => addresses,
            Self::Node { host, .. } => &host.addresses,
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
            watch,
            host,
            cluster,
            connector,
            ..
        } = self
        else {
            return Ok(());
        };
        let cgroup_root = cgroup_root(parts.config)
            .map_err(MachineError::Cgroup)?
            .expect("it was checked before the start");
        pod_network::remember(parts.config, &cgroup_root)?;
        let start = Start {
            parts,
            cgroup_root,
            host,
            cluster,
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
        let address = node_address(&start.host, gateway);
        let agent = Arc::new(start.agent(&control_plane.clients, runtime, address));
        connector.set(Arc::clone(&agent));
        start.serve_pods(control_plane, gateway).await?;
        start.services(&datapath, &network, caches)?;
        start.dns(gateway, caches, &control_plane.clients).await?;
        progress("pod network, Services and DNS");
        let follower = Follower {
            watch,
            cluster: start.cluster.clone(),
            gateway,
            datapath,
            agent: Arc::clone(&agent),
            certificate: Arc::clone(&control_plane.certificate),
            platform: parts.platform.group("addresses"),
        };
        follower.spawn(start.host);
        agent.ready().await;
        progress("node is Ready");
        Ok(())
    }
}

/// What the steps share.
struct Start<'s, 'p> {
    parts: &'s Parts<'p>,
    cgroup_root: String,
    host: HostNetwork,
    cluster: String,
}

impl Start<'_, '_> {
    async fn runtime(&self, network: Arc<Network>) -> Result<Embedded, MachineError> {
        let config = self.parts.config;
        let opened = Embedded::open(EmbeddedConfig {
            data_dir: runtime_dir(&config.data_dir),
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
        let cgroup = unified_cgroup(self.parts.config).map_err(MachineError::Cgroup)?;
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
        let host = self.host.clone();
        let network = Arc::clone(network);
        let work = move || {
            let host_ports = Box::new(datapath.host_ports().map_err(MachineError::Table)?);
            let opened = PodNetwork::open(config, host_ports).map_err(MachineError::Network)?;
            let gateway = opened.gateway();
            set_node_addresses(&datapath, &host, gateway).map_err(MachineError::Datapath)?;
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

    fn agent(&self, clients: &Clients, runtime: Embedded, address: IpAddr) -> NodeAgent {
        let config = self.parts.config;
        let node = node::Config {
            node_name: config.node_name.clone(),
            root_dir: config.data_dir.join("node"),
            log_dir: config.data_dir.join("logs"),
            hostname: config.node_name.clone(),
            cgroup_root: self.cgroup_root.clone(),
            addresses: vec![address],
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

    fn services(
        &self,
        datapath: &Arc<Datapath>,
        network: &Arc<Network>,
        caches: &SharedCaches,
    ) -> Result<(), MachineError> {
        let platform = self.parts.platform.group("proxy");
        let table = Box::new(datapath.services().map_err(MachineError::Table)?);
        let gone = Arc::new(Gone::default());
        let lost = Arc::clone(&gone);
        let proxy = proxy::Proxy::new(&platform, caches, &self.parts.config.node_name, table)
            .on_datagrams_gone(move |backends| lost.add(backends));
        let aborts = datagrams::run(
            gone,
            Arc::clone(network),
            Arc::clone(datapath),
            platform.tasks.clone(),
        );
        let draining = platform.tasks.draining();
        drop(platform.tasks.spawn("proxy", async move {
            tokio::select! {
                biased;
                () = draining => {}
                () = proxy.run() => {}
                () = aborts => {}
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

/// The group whose processes see Services.
fn unified_cgroup(config: &Config) -> Result<PathBuf, ebpf::CgroupError> {
    match &config.cgroup_root {
        Some(root) => Ok(root.clone()),
        None => ebpf::unified_root(),
    }
}

/// The same group as a path in every hierarchy, where pods get theirs: empty for the root. None if it is not of the unified one.
fn cgroup_root(config: &Config) -> Result<Option<String>, ebpf::CgroupError> {
    let Some(root) = &config.cgroup_root else {
        return Ok(Some(String::new()));
    };
    let below = root.strip_prefix(ebpf::unified_root()?).ok();
    Ok(below.and_then(Path::to_str).map(|path| match path {
        "" => String::new(),
        path => format!("/{path}"),
    }))
}

/// Images and containers.
pub(crate) fn runtime_dir(data_dir: &Path) -> PathBuf {
    data_dir.join("runtime")
}

/// Sockets and bundles of running pods: gone after a reboot, as the pods are.
fn run_dir(cluster: &str) -> PathBuf {
    Path::new("/run/sampan").join(cluster)
}

/// What is not empty is in use, by another cluster.
fn remove_empty_groups(cgroup_root: &str) -> Result<(), MachineError> {
    let cgroups = HostCgroups::detect().map_err(|error| MachineError::Groups(error.to_string()))?;
    for group in node::pod_groups(cgroup_root) {
        cgroups.remove_empty_above(&format!("{group}/pod"));
    }
    Ok(())
}

/// Whether a node has ever run over this data directory.
pub(crate) fn was_node(data_dir: &Path) -> bool {
    !matches!(pod_network::known_cluster_id(data_dir), Ok(None))
}

/// Removes what a node leaves on the machine. Idempotent, and nothing if there never was a node.
pub(crate) fn reset(data_dir: &Path) -> Result<(), MachineError> {
    let Some(cluster) = pod_network::known_cluster_id(data_dir)? else {
        return Ok(());
    };
    let run = run_dir(&cluster);
    runtime::reset(&runtime_dir(data_dir), &run.join("runtime")).map_err(MachineError::Runtime)?;
    remove_empty_groups(&pod_network::known_cgroup_root(data_dir))?;
    sys::mount::unmount_below(data_dir)
        .map_err(|error| MachineError::Volumes(error.to_string()))?;
    podnet::reset(&pod_network::reset_config(data_dir, &cluster)).map_err(MachineError::Reset)?;
    ebpf::reset(Path::new(ebpf::BPFFS), &cluster).map_err(MachineError::Datapath)?;
    files::remove_dir(&run).map_err(|source| MachineError::File {
        path: run.clone(),
        source,
    })
}
