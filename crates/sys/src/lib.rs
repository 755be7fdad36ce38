//! Linux: namespaces, mounts, cgroups, processes, sockets that carry file descriptors.
//!
//! With `ebpf` the only crate that has `unsafe` code. Every function here is safe to call; those that must only
//! be called from a process with a single thread check it. It knows neither containers nor Kubernetes.

pub mod cgroup;
pub mod command;
mod error;
pub mod fs;
pub mod mount;
pub mod namespace;
pub mod netlink;
pub mod process;
pub mod seqpacket;
pub mod terminal;

pub use error::SysError;
