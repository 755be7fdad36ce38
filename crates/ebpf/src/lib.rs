//! Kernel programs, maps, loader: Services in the kernel.
//!
//! A [`Datapath`] owns what is pinned below `<bpffs>/sampan/<cluster>/`: the maps, and the links that keep the programs
//! attached. All of it outlives the process, so Services work while the server is down, and a new process takes the maps
//! over as they are. [`reset`] removes it.
//!
//! Writers see only [`ServiceTable`]: frontends (address, port, protocol) and what is behind each. This crate does not
//! know Kubernetes objects; `proxy` and `podnet` decide what the tables hold.

mod bpf;
mod bpffs;
mod cgroup;
mod datapath;
mod map;
mod packets;
mod program;
mod sockets;
pub mod table;

pub use bpf::RefusedError;
pub use cgroup::{CgroupError, unified_root};
pub use datapath::{BPFFS, Config, Datapath, DatapathError, netns_cookie, reset};
pub use packets::Hook;
pub use table::{
    Backend, External, Frontend, KernelTable, Protocol, RecordingTable, Service, ServiceTable,
    TableError,
};
