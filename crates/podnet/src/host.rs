//! The host's side: the bridge, the routes, the masquerading, forwarding.

use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use ipnet::Ipv4Net;
use sys::netlink::link::{self, Link};
use sys::netlink::nftables::{self, Masquerade};
use sys::netlink::{BatchError, Socket, route};

use crate::config::{Config, ConfigError, overlap};
use crate::ledger::LedgerError;
use crate::names::{Names, pod_mac};
use crate::sysctl::{self, SysctlError};

pub(crate) const IP_FORWARD: &str = "net/ipv4/ip_forward";
const ETHERNET_MTU: u32 = 1500;

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Config(ConfigError),
    #[error("failed to list the machine's interfaces and routes")]
    Survey { source: io::Error },
    #[error(
        "the machine already routes {route}, which overlaps the cluster's {network}; choose another range for the cluster"
    )]
    InUse { route: Ipv4Net, network: Ipv4Net },
    #[error("failed to create the bridge {name}")]
    Bridge { name: String, source: io::Error },
    #[error("failed to set up the bridge {name}")]
    BridgeAddress { name: String, source: BatchError },
    #[error("failed to route the service network {network}")]
    ServiceRoute { network: Ipv4Net, source: io::Error },
    #[error(
        "failed to set up masquerading and forwarding; the kernel needs nf_tables with NAT (CONFIG_NFT_MASQ)"
    )]
    Masquerade { source: BatchError },
    #[error(transparent)]
    Sysctl(SysctlError),
    #[error(transparent)]
    Ledger(LedgerError),
    #[error("failed to prepare {path}")]
    RunDirectory { path: PathBuf, source: io::Error },
}

/// The machine's interfaces towards other machines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostNetwork {
    /// All addresses of the node but loopback ones: node ports answer on them.
    pub addresses: Vec<Ipv4Addr>,
    /// Ethernet interfaces that are up and have an address: packets for node ports come in there.
    pub external_interfaces: Vec<String>,
    /// The address of the interface with the default route, or else the first: the node's InternalIP.
    pub primary: Option<Ipv4Addr>,
}

/// Lists the addresses and interfaces of the calling thread's network namespace, without what belongs to `cluster`.
pub fn survey(cluster: &str) -> io::Result<HostNetwork> {
    let mut socket = Socket::route()?;
    let links = link::list(&mut socket)?;
    let addresses = route::addresses(&mut socket)?;
    let default = default_interface(&mut socket)?;
    let bridge = Names::of(cluster).bridge();
    let mut host = HostNetwork::default();
    for link in links
        .iter()
        .filter(|link| !link.loopback && link.name != bridge)
    {
        let mut own = addresses
            .iter()
            .filter(|address| address.index == link.index && address.global)
            .peekable();
        if link.up && link.ethernet && own.peek().is_some() {
            host.external_interfaces.push(link.name.clone());
        }
        for address in own {
            if Some(link.index) == default && host.primary.is_none() {
                host.primary = Some(address.address);
            }
            host.addresses.push(address.address);
        }
    }
    host.primary = host.primary.or_else(|| host.addresses.first().copied());
    Ok(host)
}

/// Makes the host ready for pods; what is already there stays as it is. Returns the bridge's index and the pods' MTU.
pub(crate) fn prepare(
    config: &Config,
    names: &Names,
    socket: &mut Socket,
) -> Result<(u32, u32), OpenError> {
    check_ranges(config, names, socket)?;
    let (bridge, mtu) = ensure_bridge(config, names, socket)?;
    let service = config.service_network;
    socket
        .request(route::add_unreachable(
            service.network(),
            service.prefix_len(),
        ))
        .map_err(|source| OpenError::ServiceRoute {
            network: service,
            source,
        })?;
    sysctl::change(IP_FORWARD, "1", &config.run_directory.join("sysctl"))
        .map_err(OpenError::Sysctl)?;
    masquerade(config, names)?;
    Ok((bridge, mtu))
}

/// Container engines make the machine drop what it forwards; then pods need an exception.
fn masquerade(config: &Config, names: &Names) -> Result<(), OpenError> {
    let pair = |network: Ipv4Net| (network.network(), network.prefix_len());
    let masquerade = Masquerade {
        source: pair(config.pod_network),
        except: pair(config.cluster_network),
    };
    let failed = |source| OpenError::Masquerade { source };
    let mut netfilter =
        Socket::netfilter().map_err(|source| failed(BatchError { index: 0, source }))?;
    nftables::set_masquerade(&mut netfilter, &names.table(), &masquerade).map_err(failed)?;
    nftables::accept_forwarding(&mut netfilter, &names.bridge(), &names.table()).map_err(failed)?;
    Ok(())
}

/// A range that the machine already uses would be cut off, so it is refused.
fn check_ranges(config: &Config, names: &Names, socket: &mut Socket) -> Result<(), OpenError> {
    let survey = |source| OpenError::Survey { source };
    let bridge = link::list(socket)
        .map_err(survey)?
        .into_iter()
        .find(|link| link.name == names.bridge());
    let bridge = bridge.map(|link| link.index);
    for found in route::routes(socket).map_err(survey)? {
        let ours =
            found.protocol == route::PROTOCOL || (found.index.is_some() && found.index == bridge);
        let Ok(network) = Ipv4Net::new(found.network, found.prefix_length) else {
            continue;
        };
        if ours || found.prefix_length == 0 {
            continue;
        }
        for wanted in [config.pod_network, config.service_network] {
            if overlap(network, wanted) {
                return Err(OpenError::InUse {
                    route: network,
                    network: wanted,
                });
            }
        }
    }
    Ok(())
}

fn ensure_bridge(
    config: &Config,
    names: &Names,
    socket: &mut Socket,
) -> Result<(u32, u32), OpenError> {
    let name = names.bridge();
    let survey = |source| OpenError::Survey { source };
    let links = link::list(socket).map_err(survey)?;
    let mtu = match config.mtu {
        Some(mtu) => mtu,
        None => default_mtu(&links, default_interface(socket).map_err(survey)?),
    };
    if !links.iter().any(|link| link.name == name) {
        socket
            .request(link::bridge(&name, pod_mac(config.gateway()), mtu))
            .and_then(|()| socket.without_ipv6_address(&name))
            .map_err(|source| OpenError::Bridge {
                name: name.clone(),
                source,
            })?;
    }
    let index = link::list(socket)
        .map_err(survey)?
        .into_iter()
        .find(|link| link.name == name)
        .map(|link| link.index);
    let index = index.ok_or_else(|| survey(io::ErrorKind::NotFound.into()))?;
    socket
        .batch(vec![
            link::set_up(index),
            link::set_alias(index, &names.alias("pods")),
            route::add_address(index, config.gateway(), config.pod_network.prefix_len()),
        ])
        .map_err(|source| OpenError::BridgeAddress { name, source })?;
    Ok((index, mtu))
}

fn default_interface(socket: &mut Socket) -> io::Result<Option<u32>> {
    Ok(route::routes(socket)?
        .into_iter()
        .find(|route| route.prefix_length == 0)
        .and_then(|route| route.index))
}

fn default_mtu(links: &[Link], default: Option<u32>) -> u32 {
    links
        .iter()
        .find(|link| Some(link.index) == default)
        .map_or(ETHERNET_MTU, |link| link.mtu)
}
