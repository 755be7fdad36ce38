//! What a node needs from this machine, looked at before anything is made or changed. Each lack is one sentence that says what to do.

use super::{cgroup_root, unified_cgroup};
use crate::config::Config;
use nix::{errno::Errno, mount::MsFlags};
use std::path::PathBuf;

/// Capabilities without which a node cannot work, with their numbers (capabilities(7)).
const CAPABILITIES: &[(&str, u32)] = &[
    ("CAP_CHOWN", 0),
    ("CAP_DAC_OVERRIDE", 1),
    ("CAP_KILL", 5),
    ("CAP_SETGID", 6),
    ("CAP_SETUID", 7),
    ("CAP_NET_ADMIN", 12),
    ("CAP_SYS_CHROOT", 18),
    ("CAP_SYS_ADMIN", 21),
    ("CAP_MKNOD", 27),
];

/// What is missing, and what to do. `StartError::Missing` ends the sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Missing {
    #[error("a node needs root: run `sudo sampan up`")]
    Root,
    #[error(
        "a node needs root with all its rights, and {0} is taken away here, as in a container: run sampan outside, or in a privileged container"
    )]
    Capability(&'static str),
    #[error("{0}")]
    Cgroup(ebpf::CgroupError),
    #[error(
        "--cgroup-root {path} is not a group of the unified hierarchy: make it with `mkdir` below the mount point of cgroup2"
    )]
    CgroupRoot { path: PathBuf },
    #[error(
        "the kernel has no {what}, which {why}: run `modprobe {module}`, or a kernel with {option}"
    )]
    FileSystem {
        what: &'static str,
        why: &'static str,
        module: &'static str,
        option: &'static str,
    },
}

/// Changes nothing.
///
/// # Errors
/// The first thing that is missing.
pub(crate) fn check(config: &Config) -> Result<(), Missing> {
    if !nix::unistd::geteuid().is_root() {
        return Err(Missing::Root);
    }
    let status = std::fs::read_to_string("/proc/thread-self/status").unwrap_or_default();
    if let Some(name) = missing_capability(&status) {
        return Err(Missing::Capability(name));
    }
    let cgroup = unified_cgroup(config).map_err(Missing::Cgroup)?;
    let below = cgroup_root(config).map_err(Missing::Cgroup)?;
    if below.is_none() || !cgroup.join("cgroup.procs").exists() {
        return Err(Missing::CgroupRoot { path: cgroup });
    }
    if !knows_file_system("overlay") {
        return Err(Missing::FileSystem {
            what: "overlayfs",
            why: "containers' file systems are made of",
            module: "overlay",
            option: "CONFIG_OVERLAY_FS",
        });
    }
    Ok(())
}

/// `status` is `/proc/PID/status`. Where it does not tell, nothing is missed: the kernel will say.
fn missing_capability(status: &str) -> Option<&'static str> {
    let effective = status
        .lines()
        .find_map(|line| line.strip_prefix("CapEff:"))?;
    let effective = u64::from_str_radix(effective.trim(), 16).ok()?;
    CAPABILITIES
        .iter()
        .find(|(_, number)| effective & (1 << number) == 0)
        .map(|(name, _)| *name)
}

/// Asks the kernel to mount one, in a way that it must refuse: an overlay has layers. That also loads the module, where it is one.
fn knows_file_system(name: &str) -> bool {
    let refused = nix::mount::mount(
        Some("sampan"),
        "/",
        Some(name),
        MsFlags::MS_RDONLY,
        None::<&str>,
    );
    refused != Err(Errno::ENODEV)
}

#[cfg(test)]
mod tests;
