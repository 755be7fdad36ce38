//! Version 1: a hierarchy a controller.

use std::path::{Path, PathBuf};

use super::hierarchy::{keyed, read_keyed, read_number, write};
use super::{HostCgroups, Limits, Usage};
use crate::SysError;

/// What the kernel writes for "no limit": the largest number of whole pages.
const NO_LIMIT_BYTES_MIN: u64 = 1 << 62;

pub(super) fn create(controller: &str, mount: &Path, path: &str) -> Result<(), SysError> {
    let mut directory = mount.to_owned();
    for part in path.split('/').filter(|p| !p.is_empty()) {
        let parent = directory.clone();
        directory.push(part);
        match std::fs::create_dir(&directory) {
            Ok(()) => {}
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => continue,
            Err(e) => return Err(SysError::path("create cgroup", &directory, e)),
        }
        if controller == "cpuset" {
            inherit_cpuset(&parent, &directory)?;
        }
    }
    Ok(())
}

/// A new cpuset is empty, and nothing can run in an empty one.
fn inherit_cpuset(parent: &Path, child: &Path) -> Result<(), SysError> {
    for file in ["cpuset.cpus", "cpuset.mems"] {
        let value = std::fs::read_to_string(parent.join(file))
            .map_err(|e| SysError::path("read", &parent.join(file), e))?;
        write(&child.join(file), value.trim())?;
    }
    Ok(())
}

pub(super) fn update(host: &HostCgroups, path: &str, limits: &Limits) -> Result<(), SysError> {
    let set = |controller: &str, file: &str, value: Option<String>| match (
        host.directory(controller, path),
        value,
    ) {
        (Some(directory), Some(value)) => write(&directory.join(file), &value),
        _ => Ok(()),
    };
    set(
        "cpu",
        "cpu.shares",
        limits.cpu_shares.map(|v| v.to_string()),
    )?;
    set(
        "cpu",
        "cpu.cfs_period_us",
        limits
            .cpu_period_us
            .filter(|v| *v > 0)
            .map(|v| v.to_string()),
    )?;
    set(
        "cpu",
        "cpu.cfs_quota_us",
        limits.cpu_quota_us.map(|v| v.max(-1).to_string()),
    )?;
    if let Some(directory) = host.directory("memory", path) {
        memory(&directory, limits)?;
    }
    set("pids", "pids.max", limits.pids.map(max_or_number))?;
    set("cpuset", "cpuset.cpus", limits.cpuset_cpus.clone())?;
    set("cpuset", "cpuset.mems", limits.cpuset_mems.clone())?;
    for (size, bytes) in &limits.hugepages {
        set(
            "hugetlb",
            &format!("hugetlb.{size}.limit_in_bytes"),
            Some(bytes.to_string()),
        )?;
    }
    Ok(())
}

/// The sum of memory and swap must never be below the memory limit, so the order depends on the direction.
fn memory(directory: &Path, limits: &Limits) -> Result<(), SysError> {
    let limit = |bytes: i64| bytes.max(-1).to_string();
    let memory = limits
        .memory_bytes
        .map(|v| (directory.join("memory.limit_in_bytes"), limit(v)));
    let swap_file = directory.join("memory.memsw.limit_in_bytes");
    let swap = limits
        .memory_swap_bytes
        .filter(|_| swap_file.exists())
        .map(|v| (swap_file, limit(v)));
    let now = read_number(&directory.join("memory.limit_in_bytes")).unwrap_or(u64::MAX);
    let grows = limits
        .memory_bytes
        .is_some_and(|v| u64::try_from(v).map_or(true, |v| v > now));
    let order: [Option<(PathBuf, String)>; 2] = if grows {
        [swap, memory]
    } else {
        [memory, swap]
    };
    order
        .into_iter()
        .flatten()
        .try_for_each(|(file, value)| write(&file, &value))
}

pub(super) fn max_or_number(value: i64) -> String {
    if value < 0 {
        "max".to_owned()
    } else {
        value.to_string()
    }
}

pub(super) fn usage(host: &HostCgroups, path: &str) -> Result<Usage, SysError> {
    let mut usage = Usage::default();
    if let Some(directory) = host.directory("cpuacct", path) {
        let file = directory.join("cpuacct.usage");
        usage.cpu_ns = read_number(&file)
            .ok_or_else(|| SysError::path("read", &file, std::io::ErrorKind::NotFound))?;
    }
    if let Some(directory) = host.directory("memory", path) {
        let stat = std::fs::read_to_string(directory.join("memory.stat")).unwrap_or_default();
        usage.memory_bytes = read_number(&directory.join("memory.usage_in_bytes")).unwrap_or(0);
        let inactive = keyed(&stat, "total_inactive_file").unwrap_or(0);
        usage.memory_working_set_bytes = usage.memory_bytes.saturating_sub(inactive);
        usage.memory_rss_bytes = keyed(&stat, "total_rss").unwrap_or(0);
        usage.page_faults = keyed(&stat, "total_pgfault").unwrap_or(0);
        usage.major_page_faults = keyed(&stat, "total_pgmajfault").unwrap_or(0);
        let limit = read_number(&directory.join("memory.limit_in_bytes")).unwrap_or(u64::MAX);
        usage.memory_limit_bytes = if limit >= NO_LIMIT_BYTES_MIN {
            0
        } else {
            limit
        };
        usage.oom_kills =
            read_keyed(&directory.join("memory.oom_control"), "oom_kill").unwrap_or(0);
    }
    if let Some(directory) = host.directory("pids", path) {
        usage.pids = read_number(&directory.join("pids.current")).unwrap_or(0);
    }
    Ok(usage)
}
