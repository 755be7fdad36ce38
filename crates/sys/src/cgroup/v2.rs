//! Version 2: one hierarchy, controllers handed down by `cgroup.subtree_control`.

use std::path::Path;

use super::hierarchy::{keyed, read_number, write};
use super::v1::max_or_number;
use super::{HostCgroups, Limits, Usage, weight_from_shares};
use crate::SysError;

/// Controllers that pods use, where the kernel has them.
const CONTROLLERS: [&str; 6] = ["cpu", "cpuset", "hugetlb", "io", "memory", "pids"];

pub(super) fn create(mount: &Path, path: &str) -> Result<(), SysError> {
    let mut directory = mount.to_owned();
    for part in path.split('/').filter(|p| !p.is_empty()) {
        hand_down(&directory);
        directory.push(part);
        match std::fs::create_dir(&directory) {
            Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(SysError::path("create cgroup", &directory, e));
            }
            _ => {}
        }
    }
    Ok(())
}

/// One controller at a time, because one that is missing would fail them all. A refusal shows when a limit is set.
fn hand_down(directory: &Path) {
    let file = directory.join("cgroup.subtree_control");
    let have = std::fs::read_to_string(&file).unwrap_or_default();
    for controller in CONTROLLERS {
        if !have.split_ascii_whitespace().any(|c| c == controller) {
            let _missing = std::fs::write(&file, format!("+{controller}"));
        }
    }
}

pub(super) fn update(host: &HostCgroups, path: &str, limits: &Limits) -> Result<(), SysError> {
    let Some(directory) = host.directory("", path) else {
        return Ok(());
    };
    let set = |file: &str, value: Option<String>| {
        value.map_or(Ok(()), |value| write(&directory.join(file), &value))
    };
    set(
        "cpu.weight",
        limits.cpu_shares.map(|v| weight_from_shares(v).to_string()),
    )?;
    set("cpu.max", cpu_max(&directory, limits))?;
    set("memory.max", limits.memory_bytes.map(max_or_number))?;
    set("memory.swap.max", swap_max(limits))?;
    set("pids.max", limits.pids.map(max_or_number))?;
    set("cpuset.cpus", limits.cpuset_cpus.clone())?;
    set("cpuset.mems", limits.cpuset_mems.clone())?;
    for (size, bytes) in &limits.hugepages {
        set(&format!("hugetlb.{size}.max"), Some(bytes.to_string()))?;
    }
    Ok(())
}

fn cpu_max(directory: &Path, limits: &Limits) -> Option<String> {
    let quota = limits.cpu_quota_us.map(max_or_number);
    let period = limits.cpu_period_us.filter(|v| *v > 0);
    match (quota, period) {
        (None, None) => None,
        (Some(quota), None) => Some(quota),
        (Some(quota), Some(period)) => Some(format!("{quota} {period}")),
        (None, Some(period)) => {
            let now = std::fs::read_to_string(directory.join("cpu.max")).unwrap_or_default();
            Some(format!(
                "{} {period}",
                now.split(' ')
                    .next()
                    .filter(|q| !q.is_empty())
                    .unwrap_or("max")
            ))
        }
    }
}

/// Version 1 counts memory and swap together, version 2 swap alone.
fn swap_max(limits: &Limits) -> Option<String> {
    match (limits.memory_swap_bytes?, limits.memory_bytes) {
        (both, _) if both < 0 => Some("max".to_owned()),
        (both, Some(memory)) if memory >= 0 => Some((both - memory).max(0).to_string()),
        _ => None,
    }
}

pub(super) fn usage(host: &HostCgroups, path: &str) -> Result<Usage, SysError> {
    let Some(directory) = host.directory("", path) else {
        return Ok(Usage::default());
    };
    let file = directory.join("cpu.stat");
    let cpu = std::fs::read_to_string(&file).map_err(|e| SysError::path("read", &file, e))?;
    let stat = std::fs::read_to_string(directory.join("memory.stat")).unwrap_or_default();
    let events = std::fs::read_to_string(directory.join("memory.events")).unwrap_or_default();
    let memory_bytes = read_number(&directory.join("memory.current")).unwrap_or(0);
    let inactive = keyed(&stat, "inactive_file").unwrap_or(0);
    Ok(Usage {
        cpu_ns: keyed(&cpu, "usage_usec").unwrap_or(0).saturating_mul(1000),
        memory_bytes,
        memory_working_set_bytes: memory_bytes.saturating_sub(inactive),
        memory_rss_bytes: keyed(&stat, "anon").unwrap_or(0),
        memory_limit_bytes: read_number(&directory.join("memory.max")).unwrap_or(0),
        page_faults: keyed(&stat, "pgfault").unwrap_or(0),
        major_page_faults: keyed(&stat, "pgmajfault").unwrap_or(0),
        pids: read_number(&directory.join("pids.current")).unwrap_or(0),
        oom_kills: keyed(&events, "oom_kill").unwrap_or(0),
    })
}
