//! Control groups of version 1, 2 and the hybrid of both, behind one trait.
//!
//! Paths are the same on all: `/kubepods/burstable/pod…`, relative to every hierarchy. In a hybrid the controllers
//! of version 1 count; the unified hierarchy beside them has none and is left alone.

mod fake;
mod hierarchy;
mod v1;
mod v2;

use std::fmt::Debug;

pub use fake::{FakeCgroups, Recorded};
pub use hierarchy::HostCgroups;

use crate::SysError;
use std::path::PathBuf;

/// Which hierarchies a machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    V1,
    V2,
    /// Version 1 controllers with a version 2 mount beside them.
    Hybrid,
}

/// What a group may use. `None` leaves a value as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// 2 to 262,144; version 2's weight is computed from it.
    pub cpu_shares: Option<u64>,
    /// Microseconds in a period; negative is no limit.
    pub cpu_quota_us: Option<i64>,
    pub cpu_period_us: Option<u64>,
    /// Negative is no limit.
    pub memory_bytes: Option<i64>,
    /// Memory and swap together; negative is no limit.
    pub memory_swap_bytes: Option<i64>,
    /// Negative is no limit.
    pub pids: Option<i64>,
    pub cpuset_cpus: Option<String>,
    pub cpuset_mems: Option<String>,
    /// Page size as the kernel writes it (`2MB`) and bytes.
    pub hugepages: Vec<(String, u64)>,
}

/// What a group uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub cpu_ns: u64,
    pub memory_bytes: u64,
    /// Memory that cannot be taken back: usage less inactive file pages.
    pub memory_working_set_bytes: u64,
    pub memory_rss_bytes: u64,
    /// Zero without a limit.
    pub memory_limit_bytes: u64,
    pub page_faults: u64,
    pub major_page_faults: u64,
    pub pids: u64,
    /// Processes that the kernel has killed here for memory.
    pub oom_kills: u64,
}

/// The machine's control groups, or a recording of what was asked of them. Calls block for microseconds, but for
/// [`Self::kill`].
pub trait Cgroups: Send + Sync + Debug {
    fn layout(&self) -> Layout;

    /// Creates the group and its parents, and sets its limits. Idempotent.
    ///
    /// # Errors
    /// The kernel's refusal.
    fn create(&self, path: &str, limits: &Limits) -> Result<(), SysError>;

    /// # Errors
    /// When the group does not exist or the kernel refuses a value.
    fn update(&self, path: &str, limits: &Limits) -> Result<(), SysError>;

    /// Removes the group and those below it. A missing one is success.
    ///
    /// # Errors
    /// `ResourceBusy` while processes are in it.
    fn remove(&self, path: &str) -> Result<(), SysError>;

    /// Removes the groups above `path`, as far as nothing is in them. Best effort: one that is in use stays.
    fn remove_empty_above(&self, path: &str);

    /// Processes in the group and below it.
    fn processes(&self, path: &str) -> Vec<i32>;

    /// Sends SIGKILL to all of [`Self::processes`] and waits for their ends, for seconds at most: then
    /// [`Self::remove`] finds nobody in it.
    fn kill(&self, path: &str);

    /// # Errors
    /// When the group does not exist.
    fn usage(&self, path: &str) -> Result<Usage, SysError>;

    /// [`Usage::oom_kills`] alone; 0 for a missing group.
    fn oom_kills(&self, path: &str) -> u64;

    /// Where those of version 1's hierarchies are mounted in which each container has a group, each once; none with version 2 alone.
    fn hierarchies(&self) -> Vec<PathBuf>;

    /// Whether it exists in any hierarchy.
    fn exists(&self, path: &str) -> bool;
}

/// Version 2's `cpu.weight` for version 1's `cpu.shares`, as the Kubernetes runtimes map them.
#[must_use]
pub fn weight_from_shares(shares: u64) -> u64 {
    let shares = shares.clamp(2, 262_144);
    1 + ((shares - 2) * 9_999) / 262_142
}

#[cfg(test)]
mod tests;
