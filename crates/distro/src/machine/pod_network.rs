//! Which network this machine's pods get: the cluster's name on the machine, the node's registration, the network given to it.

use super::{MachineError, run_dir};
use crate::{
    config::{Config, Ipv4Network},
    files,
};
use api::core::v1::Node;
use client::{Client, SharedCaches};
use ipnet::Ipv4Net;
use meta::ObjectKey;
use std::path::Path;

const CLUSTER_ID: &str = "cluster-id";
const CGROUP_ROOT: &str = "cgroup-root";
const SERVICE_NETWORK: &str = "service-network";
const CLUSTER_ID_CHARACTERS: usize = 8;
/// Changed keys that a subscription keeps apart.
const KEYS_MAX: usize = 64;

/// Names what this cluster has in the kernel. Made at the first start.
pub(super) fn cluster_id(
    data_dir: &Path,
    random: impl FnOnce() -> String,
) -> Result<String, MachineError> {
    if let Some(known) = known_cluster_id(data_dir)? {
        return Ok(known);
    }
    let id: String = random()
        .chars()
        .filter(char::is_ascii_hexdigit)
        .take(CLUSTER_ID_CHARACTERS)
        .collect();
    let path = data_dir.join(CLUSTER_ID);
    files::write_private(&path, id.as_bytes())
        .map_err(|source| MachineError::File { path, source })?;
    Ok(id)
}

pub(super) fn known_cluster_id(data_dir: &Path) -> Result<Option<String>, MachineError> {
    let path = data_dir.join(CLUSTER_ID);
    match std::fs::read_to_string(&path) {
        Ok(id) => Ok(Some(id.trim().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(MachineError::File { path, source }),
    }
}

pub(super) fn network(network: Ipv4Network) -> Ipv4Net {
    Ipv4Net::new(network.address, network.prefix)
        .expect("the prefix was checked when it was configured")
}

pub(super) fn config(config: &Config, cluster: &str, pod_network: Ipv4Net) -> podnet::Config {
    podnet::Config {
        cluster: cluster.to_owned(),
        pod_network,
        cluster_network: network(config.cluster_cidr),
        service_network: network(config.service_cidr),
        run_directory: run_dir(cluster).join("podnet"),
        mtu: None,
    }
}

/// Remembers what a reset must find again: the names follow from the cluster, the route from the network of the Services, pods'
/// groups from the one above them.
pub(super) fn remember(config: &Config, cgroup_root: &str) -> Result<(), MachineError> {
    let service_network = network(config.service_cidr).to_string();
    for (name, text) in [
        (SERVICE_NETWORK, service_network.as_str()),
        (CGROUP_ROOT, cgroup_root),
    ] {
        let path = config.data_dir.join(name);
        files::write_private(&path, text.as_bytes())
            .map_err(|source| MachineError::File { path, source })?;
    }
    Ok(())
}

/// What [`remember`] wrote; the root where nothing did.
pub(super) fn known_cgroup_root(data_dir: &Path) -> String {
    std::fs::read_to_string(data_dir.join(CGROUP_ROOT)).unwrap_or_default()
}

/// What a reset needs to know; the networks of the pods do not matter to it.
pub(super) fn reset_config(data_dir: &Path, cluster: &str) -> podnet::Config {
    let nowhere = Ipv4Net::new([0, 0, 0, 0].into(), 24).expect("24 is a prefix");
    let remembered = std::fs::read_to_string(data_dir.join(SERVICE_NETWORK));
    let service_network = remembered
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(nowhere);
    podnet::Config {
        cluster: cluster.to_owned(),
        pod_network: nowhere,
        cluster_network: nowhere,
        service_network,
        run_directory: run_dir(cluster).join("podnet"),
        mtu: None,
    }
}

/// Makes the Node object if it is not there, and waits until the node IPAM controller has given it a network.
pub(super) async fn register(
    client: &Client,
    caches: &SharedCaches,
    name: &str,
) -> Result<Ipv4Net, MachineError> {
    let key = ObjectKey::cluster(name);
    let nodes = client.of::<Node>();
    if nodes
        .find(&key)
        .await
        .map_err(MachineError::Register)?
        .is_none()
    {
        let mut node = Node::default();
        node.metadata.name = name.into();
        node.metadata
            .labels
            .insert("kubernetes.io/hostname", name.into());
        nodes.create(&node).await.map_err(MachineError::Register)?;
    }
    let cache = caches.of::<Node>();
    let mut changes = cache.subscribe(KEYS_MAX);
    cache.synced().await;
    loop {
        if let Some(network) = cache
            .get(&key)
            .and_then(|node| node.spec.pod_cidr.parse().ok())
        {
            return Ok(network);
        }
        changes.next().await;
    }
}
