//! Pods' interfaces: attached, detached, found again, removed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::{Path, PathBuf};

use ebpf::{Backend, External, Frontend, Protocol, Service, ServiceTable, TableError};
use nix::net::if_::if_nametoindex;
use parking_lot::Mutex;
use sys::SysError;
use sys::namespace::in_network;
use sys::netlink::link::{self, Veth};
use sys::netlink::{BatchError, Socket, diagnostics, nftables, route};

use crate::config::Config;
use crate::host::{self, IP_FORWARD, OpenError};
use crate::ledger::{Ledger, LedgerError};
use crate::names::{Names, host_mac, pod_mac};
use crate::sysctl;

/// What a pod's interface is called inside.
const INTERFACE: &str = "eth0";
const LOOPBACK: u32 = 1;

/// The pods of one node.
pub struct PodNetwork {
    config: Config,
    names: Names,
    bridge: u32,
    mtu: u32,
    state: Mutex<State>,
}

struct State {
    ledger: Ledger,
    host_ports: Box<dyn ServiceTable>,
    socket: Socket,
}

/// A port of the node that leads to a pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostPort {
    /// `None`: on every address of the node.
    pub host_address: Option<Ipv4Addr>,
    pub host_port: u16,
    pub container_port: u16,
    pub protocol: Protocol,
}

/// A pod's place in the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PodAddresses {
    pub address: Ipv4Addr,
    pub prefix_length: u8,
    pub gateway: Ipv4Addr,
    /// The interface's name inside the pod.
    pub interface: &'static str,
}

#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    #[error("failed to give an address to sandbox {sandbox}")]
    Address {
        sandbox: String,
        source: LedgerError,
    },
    #[error("failed to reach the network namespace of sandbox {sandbox}")]
    Namespace { sandbox: String, source: SysError },
    #[error("failed to create the interface {interface} of sandbox {sandbox}")]
    Link {
        sandbox: String,
        interface: String,
        source: io::Error,
    },
    #[error("failed to set up the network inside sandbox {sandbox}")]
    Inside { sandbox: String, source: io::Error },
    #[error("failed to open host port {frontend} for sandbox {sandbox}")]
    HostPort {
        sandbox: String,
        frontend: Frontend,
        source: TableError,
    },
    #[error("failed to let sandbox {sandbox} see Services")]
    Services { sandbox: String, source: TableError },
    #[error("host port {frontend} is already in use")]
    HostPortInUse { frontend: Frontend },
}

#[derive(Debug, thiserror::Error)]
pub enum DetachError {
    #[error("failed to close a host port of sandbox {sandbox}")]
    HostPort { sandbox: String, source: TableError },
    #[error("failed to remove the interface {interface} of sandbox {sandbox}")]
    Link {
        sandbox: String,
        interface: String,
        source: io::Error,
    },
    #[error("failed to list interfaces")]
    List { source: io::Error },
    #[error("failed to release the address of sandbox {sandbox}")]
    Address {
        sandbox: String,
        source: LedgerError,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    #[error("failed to talk to the kernel's network configuration")]
    Netlink { source: io::Error },
    #[error("failed to remove the interface {interface}")]
    Link {
        interface: String,
        source: io::Error,
    },
    #[error("failed to remove the route of the service network")]
    Route { source: io::Error },
    #[error("failed to remove the packet filter rules of {table}")]
    Masquerade { table: String, source: BatchError },
    #[error(transparent)]
    Sysctl(sysctl::SysctlError),
    #[error("failed to remove {path}")]
    RunDirectory { path: PathBuf, source: io::Error },
}

impl PodNetwork {
    /// Makes the host ready (bridge, routes, masquerading, forwarding), keeps what is already there, and reads which
    /// addresses are in use. To be called in the node's network namespace. `host_ports` is
    /// [`ebpf::Datapath::host_ports`].
    pub fn open(
        config: Config,
        host_ports: Box<dyn ServiceTable>,
    ) -> Result<PodNetwork, OpenError> {
        config.check().map_err(OpenError::Config)?;
        let names = Names::of(&config.cluster);
        let mut socket = Socket::route().map_err(|source| OpenError::Survey { source })?;
        let (bridge, mtu) = host::prepare(&config, &names, &mut socket)?;
        let ledger = Ledger::open(&addresses_directory(&config), config.pod_network)
            .map_err(OpenError::Ledger)?;
        let state = Mutex::new(State {
            ledger,
            host_ports,
            socket,
        });
        Ok(PodNetwork {
            config,
            names,
            bridge,
            mtu,
            state,
        })
    }

    /// The node's address among the pods: where cluster DNS listens.
    pub fn gateway(&self) -> Ipv4Addr {
        self.config.gateway()
    }

    /// Gives the namespace an interface, an address, a default route and its host ports. All or nothing. A sandbox that
    /// is attached already keeps its address, and its interface if the namespace has it.
    pub fn attach(
        &self,
        sandbox: &str,
        netns: &Path,
        host_ports: &[HostPort],
    ) -> Result<PodAddresses, AttachError> {
        let number = self
            .state
            .lock()
            .ledger
            .take(sandbox, netns)
            .map_err(|source| AttachError::Address {
                sandbox: sandbox.to_owned(),
                source,
            })?;
        let attached = self.attach_at(sandbox, number, netns, host_ports);
        if attached.is_err()
            && let Err(error) = self.detach(sandbox)
        {
            tracing::warn!(%error, sandbox, "failed to undo a failed attach; the next start tries again");
        }
        attached
    }

    /// Takes interface, host ports and address away; nothing is done for a sandbox that has none.
    pub fn detach(&self, sandbox: &str) -> Result<(), DetachError> {
        let mut state = self.state.lock();
        let Some(number) = state.ledger.number(sandbox) else {
            return Ok(());
        };
        let address = state.ledger.address(number);
        close_host_ports(state.host_ports.as_mut(), |backend| {
            backend.address == address
        })
        .map_err(|source| DetachError::HostPort {
            sandbox: sandbox.to_owned(),
            source,
        })?;
        let interface = self.names.veth(number);
        absent_is_fine(state.socket.request(link::delete(&interface))).map_err(|source| {
            DetachError::Link {
                sandbox: sandbox.to_owned(),
                interface,
                source,
            }
        })?;
        state
            .ledger
            .release(sandbox)
            .map_err(|source| DetachError::Address {
                sandbox: sandbox.to_owned(),
                source,
            })
    }

    /// Where a sandbox is attached.
    pub fn addresses(&self, sandbox: &str) -> Option<PodAddresses> {
        let state = self.state.lock();
        state
            .ledger
            .number(sandbox)
            .map(|number| self.pod_addresses(state.ledger.address(number)))
    }

    /// Ends UDP sockets of the node and its pods that `stale` picks by cookie and peer: a connected socket chose its backend
    /// when it connected, and would go on talking to one that is gone. Who waits for a datagram gets ECONNABORTED, who
    /// sends EDESTADDRREQ, and both connect again. Returns how many there were. Pods that cannot be looked into are passed
    /// over: they are ending.
    pub fn abort_datagrams(&self, stale: &(dyn Fn(u64, Backend) -> bool + Sync)) -> usize {
        let stale = |cookie, peer: SocketAddrV4| {
            stale(
                cookie,
                Backend {
                    address: *peer.ip(),
                    port: peer.port(),
                },
            )
        };
        let abort = || {
            Socket::diagnostics().and_then(|mut socket| diagnostics::abort_udp(&mut socket, stale))
        };
        let namespaces = self.state.lock().ledger.namespaces();
        let in_pods = namespaces
            .iter()
            .map(|netns| in_network(netns, abort).ok()?.ok());
        in_pods.chain([abort().ok()]).flatten().sum()
    }

    /// After a restart: releases whatever belongs to no sandbox in `live`, and returns the sandboxes it released.
    pub fn recover(&self, live: &BTreeSet<String>) -> Result<Vec<String>, DetachError> {
        let gone: Vec<String> = {
            let state = self.state.lock();
            state
                .ledger
                .sandboxes()
                .map(|(sandbox, _)| sandbox.to_owned())
                .filter(|sandbox| !live.contains(sandbox))
                .collect()
        };
        for sandbox in &gone {
            self.detach(sandbox)?;
        }
        self.remove_strays()?;
        Ok(gone)
    }

    /// Interfaces, host ports and rights that no recorded sandbox has.
    fn remove_strays(&self) -> Result<(), DetachError> {
        self.admit_recorded()?;
        let mut state = self.state.lock();
        let kept: BTreeSet<String> = state
            .ledger
            .sandboxes()
            .map(|(_, number)| self.names.veth(number))
            .collect();
        let addresses: BTreeSet<Ipv4Addr> = state
            .ledger
            .sandboxes()
            .map(|(_, number)| state.ledger.address(number))
            .collect();
        let prefix = self.names.veth_prefix();
        for link in link::list(&mut state.socket).map_err(|source| DetachError::List { source })? {
            if link.name.starts_with(&prefix) && !kept.contains(&link.name) {
                absent_is_fine(state.socket.request(link::delete(&link.name))).map_err(
                    |source| DetachError::Link {
                        sandbox: String::from("(unknown)"),
                        interface: link.name,
                        source,
                    },
                )?;
            }
        }
        close_host_ports(state.host_ports.as_mut(), |backend| {
            !addresses.contains(&backend.address)
        })
        .map_err(|source| DetachError::HostPort {
            sandbox: String::from("(unknown)"),
            source,
        })
    }

    /// Namespaces that ended with their pods drop out; their numbers are never used again.
    fn admit_recorded(&self) -> Result<(), DetachError> {
        let namespaces = self.state.lock().ledger.namespaces();
        let cookies: Vec<u64> = namespaces
            .iter()
            .filter_map(|netns| in_network(netns, ebpf::netns_cookie).ok()?.ok())
            .collect();
        let table = &mut self.state.lock().host_ports;
        let admitted = cookies.iter().try_for_each(|cookie| table.admit(*cookie));
        admitted
            .and_then(|()| table.retain_admitted(&cookies))
            .map_err(|source| DetachError::HostPort {
                sandbox: String::from("(all)"),
                source,
            })
    }

    fn attach_at(
        &self,
        sandbox: &str,
        number: u32,
        netns: &Path,
        host_ports: &[HostPort],
    ) -> Result<PodAddresses, AttachError> {
        let address = self.state.lock().ledger.address(number);
        let addresses = self.pod_addresses(address);
        let enter = |source| AttachError::Namespace {
            sandbox: sandbox.to_owned(),
            source,
        };
        let present = in_network(netns, || if_nametoindex(INTERFACE).is_ok()).map_err(enter)?;
        if !present {
            let namespace = File::open(netns).map_err(|source| {
                enter(SysError::Path {
                    action: "open",
                    path: netns.to_owned(),
                    source,
                })
            })?;
            self.create_link(sandbox, number, address, &namespace)?;
            in_network(netns, || configure_inside(&addresses))
                .map_err(enter)?
                .map_err(|source| AttachError::Inside {
                    sandbox: sandbox.to_owned(),
                    source,
                })?;
            self.settle(sandbox, number)?;
        }
        let cookie = in_network(netns, ebpf::netns_cookie)
            .map_err(enter)?
            .map_err(|source| AttachError::Inside {
                sandbox: sandbox.to_owned(),
                source,
            })?;
        self.state
            .lock()
            .host_ports
            .admit(cookie)
            .map_err(|source| AttachError::Services {
                sandbox: sandbox.to_owned(),
                source,
            })?;
        self.open_host_ports(sandbox, address, host_ports)?;
        Ok(addresses)
    }

    fn create_link(
        &self,
        sandbox: &str,
        number: u32,
        address: Ipv4Addr,
        namespace: &File,
    ) -> Result<(), AttachError> {
        let interface = self.names.veth(number);
        let veth = Veth {
            name: &interface,
            mac: host_mac(address),
            master: Some(self.bridge),
            mtu: self.mtu,
            peer_name: INTERFACE,
            peer_mac: pod_mac(address),
            peer_netns: namespace,
        };
        let alias = self.names.alias(sandbox);
        let failed = |source| AttachError::Link {
            sandbox: sandbox.to_owned(),
            interface: interface.clone(),
            source,
        };
        let socket = &mut self.state.lock().socket;
        let mut created = socket.request(link::veth(&veth));
        if created
            .as_ref()
            .is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists)
        {
            // Left by a process that was killed between the address and the interface of an earlier sandbox.
            created = socket
                .request(link::delete(&interface))
                .and_then(|()| socket.request(link::veth(&veth)));
        }
        created
            .and_then(|()| socket.without_ipv6_address(&interface))
            .and_then(|()| socket.request(link::set_port(&interface, &alias)))
            .map_err(failed)
    }

    /// The bridge forwards to the pod when this returns.
    fn settle(&self, sandbox: &str, number: u32) -> Result<(), AttachError> {
        let interface = self.names.veth(number);
        // The first port that forwards gives the bridge itself its carrier.
        let messages = vec![link::settle(&interface), link::settle(&self.names.bridge())];
        let settled = self.state.lock().socket.batch(messages);
        settled.map_err(|error| AttachError::Link {
            sandbox: sandbox.to_owned(),
            interface,
            source: error.source,
        })
    }

    fn open_host_ports(
        &self,
        sandbox: &str,
        address: Ipv4Addr,
        host_ports: &[HostPort],
    ) -> Result<(), AttachError> {
        let mut state = self.state.lock();
        for port in host_ports {
            let frontend = Frontend {
                address: port.host_address.unwrap_or(Ipv4Addr::UNSPECIFIED),
                port: port.host_port,
                protocol: port.protocol,
            };
            let backend = Backend {
                address,
                port: port.container_port,
            };
            let service = Service {
                backends: vec![backend],
                external: External::Cluster,
                affinity_s: None,
            };
            let other = state
                .host_ports
                .get(&frontend)
                .is_some_and(|there| there.backends.iter().any(|b| b.address != address));
            if other {
                return Err(AttachError::HostPortInUse { frontend });
            }
            state
                .host_ports
                .set(frontend, &service)
                .map_err(|source| AttachError::HostPort {
                    sandbox: sandbox.to_owned(),
                    frontend,
                    source,
                })?;
        }
        Ok(())
    }

    fn pod_addresses(&self, address: Ipv4Addr) -> PodAddresses {
        let prefix_length = self.config.pod_network.prefix_len();
        PodAddresses {
            address,
            prefix_length,
            gateway: self.config.gateway(),
            interface: INTERFACE,
        }
    }
}

impl std::fmt::Debug for PodNetwork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PodNetwork")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

/// Removes all that a [`PodNetwork`] of this configuration made on the machine, and puts settings back. What is not
/// there is no error. To be called in the node's network namespace, when no pod runs.
pub fn reset(config: &Config) -> Result<(), ResetError> {
    let names = Names::of(&config.cluster);
    let netlink = |source| ResetError::Netlink { source };
    let mut socket = Socket::route().map_err(netlink)?;
    for link in link::list(&mut socket).map_err(netlink)? {
        if link.name == names.bridge() || link.name.starts_with(&names.veth_prefix()) {
            absent_is_fine(socket.request(link::delete(&link.name))).map_err(|source| {
                ResetError::Link {
                    interface: link.name,
                    source,
                }
            })?;
        }
    }
    let service = config.service_network;
    absent_is_fine(socket.request(route::delete_unreachable(
        service.network(),
        service.prefix_len(),
    )))
    .map_err(|source| ResetError::Route { source })?;
    let mut netfilter = Socket::netfilter().map_err(netlink)?;
    nftables::remove_table(&mut netfilter, &names.table())
        .and_then(|()| nftables::remove_accepted_forwarding(&mut netfilter, &names.table()))
        .map_err(|source| ResetError::Masquerade {
            table: names.table(),
            source,
        })?;
    sysctl::restore(IP_FORWARD, "1", &config.run_directory.join("sysctl"))
        .map_err(ResetError::Sysctl)?;
    match fs::remove_dir_all(&config.run_directory) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(ResetError::RunDirectory {
            path: config.run_directory.clone(),
            source,
        }),
        _ => Ok(()),
    }
}

/// On a thread inside the pod's namespace: the interface and loopback are usable, and, as container runtimes have it,
/// unprivileged processes may bind low ports and send pings.
fn configure_inside(addresses: &PodAddresses) -> io::Result<()> {
    let index = if_nametoindex(INTERFACE)?;
    let mut socket = Socket::route()?;
    socket.without_ipv6_address(INTERFACE)?;
    socket
        .batch(vec![
            link::set_up(LOOPBACK),
            link::set_up(index),
            route::add_address(index, addresses.address, addresses.prefix_length),
            route::add_default(index, addresses.gateway),
            link::settle(INTERFACE),
        ])
        .map_err(|error| error.source)?;
    sysctl::set("net/ipv4/ip_unprivileged_port_start", "0").map_err(|error| error.source)?;
    sysctl::set("net/ipv4/ping_group_range", "0 2147483647").map_err(|error| error.source)
}

fn close_host_ports(
    table: &mut dyn ServiceTable,
    whose: impl Fn(&Backend) -> bool,
) -> Result<(), TableError> {
    for frontend in table.frontends() {
        if table
            .get(&frontend)
            .is_some_and(|service| service.backends.iter().any(&whose))
        {
            table.remove(&frontend)?;
        }
    }
    Ok(())
}

fn addresses_directory(config: &Config) -> PathBuf {
    config.run_directory.join("addresses")
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    let absent = |error: &io::Error| {
        matches!(
            error.raw_os_error(),
            Some(nix::libc::ENODEV | nix::libc::ESRCH | nix::libc::ENOENT)
        )
    };
    match result {
        Err(error) if absent(&error) => Ok(()),
        other => other,
    }
}
