//! Opening, taking over and removing what is in the kernel.

use std::fs;
use std::io;
use std::net::Ipv4Addr;
use std::os::fd::AsRawFd as _;
use std::path::{Path, PathBuf};

use ipnet::Ipv4Net;

use crate::bpf::RefusedError;
use crate::map::Map;
use crate::packets::{self, Hook};
use crate::table::{Backend, KernelTable, LAYOUT, Scope, TableError, config_bytes, peer_bytes};
use crate::{bpffs, program, sockets};

/// Where the kernel keeps bpf pins on every distribution.
pub const BPFFS: &str = "/sys/fs/bpf";
const NODE_ADDRESSES: &str = "node_addresses";
const PEERS: &str = "peers";

#[derive(Debug, Clone)]
pub struct Config {
    /// Names the pins; a path component.
    pub cluster: String,
    /// The bpf file system, normally [`BPFFS`]; mounted when it is not.
    pub bpffs: PathBuf,
    /// Processes below this cgroup (v2) see Services; normally [`crate::unified_root`].
    pub cgroup: PathBuf,
    /// Addresses of this range that are no Service are refused.
    pub service_network: Ipv4Net,
    /// Ethernet interfaces on which other machines reach node ports and external addresses.
    pub external_interfaces: Vec<String>,
}

/// The programs and maps of one cluster on this machine. Dropping it changes nothing in the kernel.
#[derive(Debug)]
pub struct Datapath {
    maps: PathBuf,
    links: PathBuf,
    interfaces: PathBuf,
    hook: Hook,
    node_addresses: Map<4, 4>,
    peers: Map<16, 8>,
}

#[derive(Debug, thiserror::Error)]
pub enum DatapathError {
    #[error("{cluster:?} cannot name a directory")]
    ClusterName { cluster: String },
    #[error(
        "failed to mount a bpf file system at {path}; Services need eBPF in the kernel (CONFIG_BPF_SYSCALL) and root"
    )]
    Mount { path: PathBuf, source: io::Error },
    #[error("failed to open the cgroup {path}")]
    Cgroup { path: PathBuf, source: io::Error },
    #[error(
        "failed to make or write the map {map}; Services need eBPF in the kernel (CONFIG_BPF_SYSCALL) and root"
    )]
    Map {
        map: &'static str,
        source: io::Error,
    },
    #[error(
        "the kernel refused the program {program}; Services need Linux 5.18 or newer with CONFIG_CGROUP_BPF"
    )]
    Program {
        program: &'static str,
        source: RefusedError,
    },
    #[error(
        "failed to attach the program {program}; Services need Linux 5.18 or newer with CONFIG_CGROUP_BPF"
    )]
    Link {
        program: &'static str,
        source: io::Error,
    },
    #[error("failed to attach to the interface {interface}")]
    Interface {
        interface: String,
        source: io::Error,
    },
    #[error("failed to change the pins at {path}")]
    Pin { path: PathBuf, source: io::Error },
    #[error(
        "failed to read the cookie of the network namespace; Services need Linux 5.14 or newer"
    )]
    Cookie { source: io::Error },
}

impl Datapath {
    /// Loads and attaches the programs of this process's version, taking over maps that an earlier start left, without a
    /// moment in which Services do not work. To be called in the node's network namespace. Blocks for some milliseconds.
    pub fn open(config: &Config) -> Result<Datapath, DatapathError> {
        Self::open_with(config, Hook::of_this_kernel())
    }

    /// Like [`Datapath::open`], with a choice of how packet programs hang on interfaces.
    pub fn open_with(config: &Config, hook: Hook) -> Result<Datapath, DatapathError> {
        let root = cluster_directory(&config.bpffs, &config.cluster)?;
        bpffs::ensure(&config.bpffs).map_err(|source| DatapathError::Mount {
            path: config.bpffs.clone(),
            source,
        })?;
        let (maps, links) = (root.join(format!("maps-{LAYOUT}")), root.join("links"));
        for directory in [&maps, &links] {
            bpffs::create_dir(directory).map_err(|source| DatapathError::Pin {
                path: directory.clone(),
                source,
            })?;
        }
        program::create_maps(sockets::MAPS, &maps)?;
        write_config(&maps, config.service_network)?;
        sockets::attach(&config.cgroup, &maps, &links)?;
        let interfaces = root.join("interfaces");
        packets::attach(&config.external_interfaces, hook, &maps, &interfaces)?;
        remove_old_layouts(&root, &maps)?;
        let failed = |map| move |source| DatapathError::Map { map, source };
        Ok(Datapath {
            node_addresses: Map::open(&maps, NODE_ADDRESSES).map_err(failed(NODE_ADDRESSES))?,
            peers: Map::open(&maps, PEERS).map_err(failed(PEERS))?,
            maps,
            links,
            interfaces,
            hook,
        })
    }

    /// The table of Services, with what is in the kernel now. One writer at a time: `proxy`.
    pub fn services(&self) -> Result<KernelTable, TableError> {
        KernelTable::open(&self.maps, Scope::Service)
    }

    /// The table of pods' host ports, with what is in the kernel now. One writer at a time: `podnet`.
    pub fn host_ports(&self) -> Result<KernelTable, TableError> {
        KernelTable::open(&self.maps, Scope::HostPort)
    }

    /// Says which addresses are the node's own: node ports and host ports answer on them.
    pub fn set_node_addresses(&self, addresses: &[Ipv4Addr]) -> Result<(), DatapathError> {
        let failed = |source| DatapathError::Map {
            map: NODE_ADDRESSES,
            source,
        };
        for address in addresses {
            self.node_addresses
                .insert(&address.octets(), &1_u32.to_ne_bytes())
                .map_err(failed)?;
        }
        for key in self.node_addresses.keys().map_err(failed)? {
            if !addresses.contains(&Ipv4Addr::from(key)) {
                self.node_addresses.remove(&key).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Says on which Ethernet interfaces other machines reach node ports, when that changes. Blocks for some milliseconds.
    pub fn set_external_interfaces(&self, interfaces: &[String]) -> Result<(), DatapathError> {
        packets::attach(interfaces, self.hook, &self.maps, &self.interfaces)
    }

    /// Whether the socket with this cookie talks to `backend` because a Service led it there.
    pub fn translated(&self, cookie: u64, backend: &Backend) -> bool {
        self.peers
            .get(&peer_bytes(cookie, backend))
            .is_ok_and(|peer| peer.is_some())
    }

    /// Whether every socket program is still attached (somebody may have removed the pins).
    pub fn is_attached(&self) -> bool {
        sockets::HOOKS
            .iter()
            .all(|(program, _)| self.links.join(program).exists())
    }
}

/// Detaches and removes everything of `cluster`; what is not there is no error. Unmounts the bpf file system if
/// [`Datapath::open`] mounted it and nothing else is in it.
pub fn reset(bpffs: &Path, cluster: &str) -> Result<(), DatapathError> {
    let root = cluster_directory(bpffs, cluster)?;
    let failed = |path: &Path, source| DatapathError::Pin {
        path: path.into(),
        source,
    };
    if !bpffs::is_bpffs(bpffs).unwrap_or(false) {
        return Ok(());
    }
    packets::detach_others(&[], &root.join("interfaces"))?;
    for (program, _) in sockets::HOOKS {
        let path = root.join("links").join(program);
        program::detach_pinned(&path).map_err(|source| failed(&path, source))?;
    }
    match fs::remove_dir_all(&root) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&root, error)),
        _ => {}
    }
    // The directory of all clusters goes with the last of them.
    let all = bpffs.join("sampan");
    match fs::remove_dir(&all) {
        Err(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty
            ) =>
        {
            return Err(failed(&all, error));
        }
        _ => {}
    }
    bpffs::unmount(bpffs).map_err(|source| failed(bpffs, source))
}

fn cluster_directory(bpffs: &Path, cluster: &str) -> Result<PathBuf, DatapathError> {
    // The bpf file system takes no dots in names.
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if cluster.is_empty() || cluster.len() > 64 || !cluster.chars().all(plain) {
        return Err(DatapathError::ClusterName {
            cluster: cluster.to_owned(),
        });
    }
    Ok(bpffs.join("sampan").join(cluster))
}

fn write_config(maps: &Path, service_network: Ipv4Net) -> Result<(), DatapathError> {
    let cookie = netns_cookie().map_err(|source| DatapathError::Cookie { source })?;
    let failed = |source| DatapathError::Map {
        map: "config",
        source,
    };
    let map: Map<4, 16> = Map::open(maps, "config").map_err(failed)?;
    map.insert(&0_u32.to_ne_bytes(), &config_bytes(cookie, service_network))
        .map_err(failed)
}

/// The kernel's number for the network namespace of the calling thread; no other has or will have it until a reboot.
pub fn netns_cookie() -> io::Result<u64> {
    let socket = std::net::UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    let mut cookie = 0_u64;
    let mut length = libc::socklen_t::try_from(size_of_val(&cookie)).expect("eight fits");
    #[expect(unsafe_code, reason = "no safe wrapper knows SO_NETNS_COOKIE")]
    // SAFETY: the descriptor is open, and the kernel writes at most `length` bytes, the size of `cookie`.
    let result = unsafe {
        libc::getsockopt(
            socket.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_NETNS_COOKIE,
            std::ptr::from_mut(&mut cookie).cast(),
            &raw mut length,
        )
    };
    if result == 0 {
        Ok(cookie)
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Maps of an older layout are of no use once the new programs are attached.
fn remove_old_layouts(root: &Path, keep: &Path) -> Result<(), DatapathError> {
    let failed = |source| DatapathError::Pin {
        path: root.into(),
        source,
    };
    for entry in fs::read_dir(root).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_maps = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("maps-"));
        if is_maps && path != keep {
            fs::remove_dir_all(&path).map_err(failed)?;
        }
    }
    Ok(())
}
