//! Service tables: frontends and their backends, as the kernel programs read them.
//!
//! One table is one scope with one writer. A change of a frontend is atomic: a connection sees the old set of backends or
//! the new one, never a mixture.

mod kernel;
mod recording;
mod wire;

#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::num::NonZeroU32;

pub use kernel::KernelTable;
pub use recording::{Change, RecordingTable};
pub(crate) use wire::{LAYOUT, Scope, config_bytes, peer_bytes};

/// Transport protocols that Services are translated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    Tcp,
    Udp,
}

/// What a client connects to. [`Ipv4Addr::UNSPECIFIED`] stands for every address of the node (node ports, host ports).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Frontend {
    pub address: Ipv4Addr,
    pub port: u16,
    pub protocol: Protocol,
}

/// Where a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backend {
    pub address: Ipv4Addr,
    pub port: u16,
}

/// What packets from other machines find at a frontend.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum External {
    /// Nothing: cluster addresses are not offered to the outside.
    #[default]
    Closed,
    /// The same backends as clients in the cluster.
    Cluster,
    /// These backends, which run on this node; with none of them packets are dropped (`externalTrafficPolicy: Local`).
    Local(Vec<Backend>),
}

/// What is behind a frontend. Without a backend connections are refused at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Service {
    /// Backends for clients on this node (pods and host), each chosen with the same probability. At most 65,535.
    pub backends: Vec<Backend>,
    pub external: External,
    /// Session affinity by client address: seconds since the client's last connection.
    pub affinity_s: Option<NonZeroU32>,
}

/// One scope of frontends, written by one owner.
pub trait ServiceTable: Send {
    /// Puts `service` behind `frontend`, atomically. Nothing is done when it is already there.
    fn set(&mut self, frontend: Frontend, service: &Service) -> Result<(), TableError>;

    /// Takes `frontend` away; nothing is done when it is not there.
    fn remove(&mut self, frontend: &Frontend) -> Result<(), TableError>;

    /// The frontends in the table, in order.
    fn frontends(&self) -> Vec<Frontend>;

    fn get(&self, frontend: &Frontend) -> Option<&Service>;

    /// Lets the sockets of a network namespace, a pod's, see Services. `cookie` is [`crate::netns_cookie`]'s.
    fn admit(&mut self, _cookie: u64) -> Result<(), TableError> {
        Ok(())
    }

    /// Takes that back from all namespaces but these.
    fn retain_admitted(&mut self, _cookies: &[u64]) -> Result<(), TableError> {
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error("failed to open the map {map}")]
    Open {
        map: &'static str,
        source: io::Error,
    },
    #[error("failed to read the map {map}")]
    Read {
        map: &'static str,
        source: io::Error,
    },
    #[error("failed to write {frontend} into the map {map}")]
    Write {
        map: &'static str,
        frontend: Frontend,
        source: io::Error,
    },
    #[error("failed to write the map {map}")]
    Clients {
        map: &'static str,
        source: io::Error,
    },
    #[error("{frontend} has {count} backends, the kernel programs take 65,535")]
    TooManyBackends { frontend: Frontend, count: usize },
}

impl Service {
    /// Backends that packets from outside may reach, when they have a set of their own.
    fn external_backends(&self) -> &[Backend] {
        match &self.external {
            External::Local(backends) => backends,
            External::Closed | External::Cluster => &[],
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Protocol::Tcp => "TCP",
            Protocol::Udp => "UDP",
        })
    }
}

impl fmt::Display for Frontend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}", self.address, self.port, self.protocol)
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.address, self.port)
    }
}
