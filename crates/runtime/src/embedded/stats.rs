//! What pods and containers use, from their cgroups.

use std::path::Path;

use sys::cgroup::Usage;

use super::Embedded;
use super::sandboxes::is_host_network;
use crate::cri::v1;
use crate::records::{ContainerRecord, SandboxRecord};
use crate::service::{CriError, CriResult};

/// Files of a writable layer that are looked at; larger ones are counted up to here.
const FILES_MAX: u64 = 100_000;

impl Embedded {
    pub(super) fn container_usage(&self, id: &str) -> CriResult<v1::ContainerStats> {
        let (record, sandbox) = {
            let state = self.0.state.lock();
            let record = state.container(id)?.clone();
            let sandbox = state.sandbox(&record.sandbox_id)?.record.clone();
            (record, sandbox)
        };
        Ok(self.stats_of(&record, &sandbox))
    }

    pub(super) fn containers_usage(&self, filter: &v1::ContainerFilter) -> Vec<v1::ContainerStats> {
        let found: Vec<(ContainerRecord, SandboxRecord)> = {
            let state = self.0.state.lock();
            let matching = state
                .containers
                .values()
                .filter(|c| c.is_running() && c.matches(filter));
            matching
                .filter_map(|c| {
                    Some((
                        c.clone(),
                        state.sandboxes.get(&c.sandbox_id)?.record.clone(),
                    ))
                })
                .collect()
        };
        found
            .iter()
            .map(|(container, sandbox)| self.stats_of(container, sandbox))
            .collect()
    }

    pub(super) fn pod_usage(&self, id: &str) -> CriResult<v1::PodSandboxStats> {
        let filter = v1::PodSandboxFilter {
            id: id.to_owned(),
            ..Default::default()
        };
        let found = self.pods_usage(&filter).into_iter().next();
        found.ok_or_else(|| CriError::not_found("sandbox", id))
    }

    pub(super) fn pods_usage(&self, filter: &v1::PodSandboxFilter) -> Vec<v1::PodSandboxStats> {
        let pods: Vec<SandboxRecord> = {
            let state = self.0.state.lock();
            let matching = state
                .sandboxes
                .values()
                .filter(|s| !s.record.stopped && s.record.matches(filter));
            matching.map(|s| s.record.clone()).collect()
        };
        pods.iter().map(|pod| self.pod_stats(pod)).collect()
    }

    fn pod_stats(&self, pod: &SandboxRecord) -> v1::PodSandboxStats {
        let timestamp = self.now();
        let containers = v1::ContainerFilter {
            pod_sandbox_id: pod.id.clone(),
            ..Default::default()
        };
        let containers = self.containers_usage(&containers);
        let parent = pod
            .config()
            .linux
            .map(|l| l.cgroup_parent)
            .filter(|p| !p.is_empty());
        let usage = parent.and_then(|parent| self.0.cgroups.usage(&parent).ok());
        let network = if is_host_network(&pod.config()) {
            None
        } else {
            network(pod.shim_pid, timestamp)
        };
        let linux = v1::LinuxPodSandboxStats {
            cpu: usage.as_ref().map(|u| cpu(u, timestamp)),
            memory: usage.as_ref().map(|u| memory(u, timestamp)),
            network,
            process: usage.map(|u| v1::ProcessUsage {
                timestamp,
                process_count: value(u.pids),
            }),
            containers,
            io: None,
        };
        v1::PodSandboxStats {
            attributes: Some(pod.attributes()),
            linux: Some(linux),
            windows: None,
        }
    }

    fn stats_of(&self, container: &ContainerRecord, sandbox: &SandboxRecord) -> v1::ContainerStats {
        let timestamp = self.now();
        let usage = self
            .0
            .cgroups
            .usage(&self.cgroup(sandbox, &container.id))
            .ok();
        let upper = self.0.files.container(&container.id).join("upper");
        let (bytes, inodes) = written(&upper);
        let layer = v1::FilesystemUsage {
            timestamp,
            fs_id: Some(v1::FilesystemIdentifier {
                mountpoint: upper.to_string_lossy().into_owned(),
            }),
            used_bytes: value(bytes),
            inodes_used: value(inodes),
        };
        v1::ContainerStats {
            attributes: Some(container.attributes()),
            cpu: usage.as_ref().map(|u| cpu(u, timestamp)),
            memory: usage.as_ref().map(|u| memory(u, timestamp)),
            writable_layer: Some(layer),
            swap: None,
            io: None,
        }
    }
}

// CRI wraps every number.
#[expect(
    clippy::unnecessary_wraps,
    reason = "all fields that take it are optional"
)]
fn value(value: u64) -> Option<v1::UInt64Value> {
    Some(v1::UInt64Value { value })
}

fn cpu(usage: &Usage, timestamp: i64) -> v1::CpuUsage {
    v1::CpuUsage {
        timestamp,
        usage_core_nano_seconds: value(usage.cpu_ns),
        usage_nano_cores: None,
        psi: None,
    }
}

fn memory(usage: &Usage, timestamp: i64) -> v1::MemoryUsage {
    let limit = usage.memory_limit_bytes;
    v1::MemoryUsage {
        timestamp,
        working_set_bytes: value(usage.memory_working_set_bytes),
        available_bytes: (limit > 0).then(|| v1::UInt64Value {
            value: limit.saturating_sub(usage.memory_working_set_bytes),
        }),
        usage_bytes: value(usage.memory_bytes),
        rss_bytes: value(usage.memory_rss_bytes),
        page_faults: value(usage.page_faults),
        major_page_faults: value(usage.major_page_faults),
        psi: None,
    }
}

/// The interfaces of the pod's network namespace, in which its shim lives. The first but `lo` is the default one.
fn network(shim_pid: i32, timestamp: i64) -> Option<v1::NetworkUsage> {
    let text = std::fs::read_to_string(format!("/proc/{shim_pid}/net/dev")).ok()?;
    let parse = |line: &str| {
        let (name, numbers) = line.split_once(':')?;
        let numbers: Vec<u64> = numbers
            .split_ascii_whitespace()
            .filter_map(|n| n.parse().ok())
            .collect();
        let at = |index: usize| numbers.get(index).and_then(|n| value(*n));
        Some(v1::NetworkInterfaceUsage {
            name: name.trim().to_owned(),
            rx_bytes: at(0),
            rx_errors: at(2),
            tx_bytes: at(8),
            tx_errors: at(10),
        })
    };
    let interfaces: Vec<_> = text
        .lines()
        .skip(2)
        .filter_map(parse)
        .filter(|i| i.name != "lo")
        .collect();
    Some(v1::NetworkUsage {
        timestamp,
        default_interface: interfaces.first().cloned(),
        interfaces,
    })
}

/// Bytes and files below.
fn written(directory: &Path) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let (mut bytes, mut files) = (0, 0);
    let mut waiting = vec![directory.to_owned()];
    while let Some(directory) = waiting.pop() {
        for path in super::files::children(&directory) {
            let Ok(metadata) = std::fs::symlink_metadata(&path) else {
                continue;
            };
            bytes += metadata.blocks() * 512;
            files += 1;
            if files >= FILES_MAX {
                return (bytes, files);
            }
            if metadata.is_dir() {
                waiting.push(path);
            }
        }
    }
    (bytes, files)
}
