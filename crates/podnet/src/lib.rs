//! Pod interfaces, addresses, and what the host needs for them.
//!
//! Each pod has one end of a veth pair, the node's bridge has the other; the bridge holds the gateway address. Pods reach
//! each other through the bridge, the node and the outside by routing; towards the outside they are masqueraded by one
//! static rule. No rule grows with pods or Services: host ports are entries of the kernel's service maps (`ebpf`).
//!
//! What belongs to a cluster carries its name, so [`reset`] finds and removes all of it. Addresses are recorded in the run
//! directory before they are used, so neither a crash nor `kill -9` leaks or doubles one. This crate knows no Kubernetes
//! object, and nothing of other nodes yet.
//!
//! All functions block, for at most a few milliseconds; call them where blocking is allowed.

mod config;
mod host;
mod ledger;
mod names;
mod network;
mod sysctl;
mod watch;

pub use config::{Config, ConfigError};
pub use host::{HostNetwork, OpenError, survey};
pub use ledger::LedgerError;
pub use network::{
    AttachError, DetachError, HostPort, PodAddresses, PodNetwork, ResetError, reset,
};
pub use watch::HostWatch;
