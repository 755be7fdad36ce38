//! What a node's pod network is made from.

use std::net::Ipv4Addr;
use std::path::PathBuf;

use ipnet::Ipv4Net;

/// Room for a gateway and two pods.
const PREFIX_LENGTH_MAX: u8 = 29;
/// Interface names hold twenty bits of an address.
const PREFIX_LENGTH_MIN: u8 = 12;

#[derive(Debug, Clone)]
pub struct Config {
    /// Names links, tables and pins on this machine.
    pub cluster: String,
    /// Addresses of this node's pods (the Node's `spec.podCIDR`); the first is the gateway.
    pub pod_network: Ipv4Net,
    /// Addresses of all pods of the cluster: pods talk to them with their own address.
    pub cluster_network: Ipv4Net,
    /// Addresses of Services: nothing is ever routed there.
    pub service_network: Ipv4Net,
    /// Ours alone, and gone with a reboot (below `/run`): what is recorded here is as short-lived as the namespaces.
    pub run_directory: PathBuf,
    /// Of the pods' interfaces; `None`: that of the interface with the default route.
    pub mtu: Option<u32>,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the pod network {0} must be between /{PREFIX_LENGTH_MIN} and /{PREFIX_LENGTH_MAX}")]
    Size(Ipv4Net),
    #[error("the pod network {0} is not part of the cluster's network {1}")]
    Outside(Ipv4Net, Ipv4Net),
    #[error("the service network {0} and the pods' network {1} overlap")]
    Overlap(Ipv4Net, Ipv4Net),
}

impl Config {
    /// The node's own address among the pods: the bridge's.
    pub fn gateway(&self) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.pod_network.network().to_bits() + 1)
    }

    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        if !(PREFIX_LENGTH_MIN..=PREFIX_LENGTH_MAX).contains(&self.pod_network.prefix_len()) {
            return Err(ConfigError::Size(self.pod_network));
        }
        if !self.cluster_network.contains(&self.pod_network) {
            return Err(ConfigError::Outside(self.pod_network, self.cluster_network));
        }
        if overlap(self.service_network, self.cluster_network) {
            return Err(ConfigError::Overlap(
                self.service_network,
                self.cluster_network,
            ));
        }
        Ok(())
    }
}

pub(crate) fn overlap(one: Ipv4Net, other: Ipv4Net) -> bool {
    one.contains(&other) || other.contains(&one)
}
