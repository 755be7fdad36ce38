//! Device nodes: the requested ones, and all of the host's for privileged containers.

use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use serde_json::{Value, json};

use super::SpecError;
use crate::cri::v1;

/// Nodes below `/dev` in a privileged container.
const HOST_DEVICES_MAX: usize = 4096;

/// A device node as it is found on the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeviceNode {
    /// In the container.
    pub(crate) path: String,
    /// `c` or `b`.
    pub(crate) kind: char,
    pub(crate) major: u64,
    pub(crate) minor: u64,
    pub(crate) mode: u32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    /// Of `rwm`.
    pub(crate) access: String,
}

/// Looks up the devices that a container asks for; a directory stands for all nodes in it.
pub(crate) fn lookup(devices: &[v1::Device]) -> Result<Vec<DeviceNode>, SpecError> {
    let mut found = Vec::new();
    for device in devices {
        let failed = |source| SpecError::Device {
            path: device.host_path.clone(),
            source,
        };
        let host = std::fs::canonicalize(&device.host_path).map_err(failed)?;
        let access = if device.permissions.is_empty() {
            "rwm"
        } else {
            &device.permissions
        };
        if host.is_dir() {
            collect(&host, &device.container_path, access, &mut found);
        } else {
            let node = node(&host, &device.container_path, access).map_err(failed)?;
            let not_a_device = || {
                failed(std::io::Error::new(
                    std::io::ErrorKind::InvalidInput,
                    "not a device",
                ))
            };
            found.push(node.ok_or_else(not_a_device)?);
        }
    }
    Ok(found)
}

/// All device nodes of the host, without those that every container has of its own.
pub(crate) fn host_devices() -> Vec<DeviceNode> {
    let mut found = Vec::new();
    collect(Path::new("/dev"), "/dev", "rwm", &mut found);
    found
}

fn collect(host: &Path, container: &str, access: &str, found: &mut Vec<DeviceNode>) {
    let Ok(entries) = std::fs::read_dir(host) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let own = [
            "pts", "shm", "fd", "mqueue", "console", "ptmx", "null", "zero", "full", "random",
            "urandom", "tty",
        ];
        if container == "/dev" && own.iter().any(|o| name == *o) {
            continue;
        }
        if found.len() >= HOST_DEVICES_MAX {
            return;
        }
        let Some(name) = name.to_str().map(str::to_owned) else {
            continue;
        };
        let inside = format!("{container}/{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), &inside, access, found),
            Ok(kind) if kind.is_char_device() || kind.is_block_device() => {
                found.extend(node(&entry.path(), &inside, access).ok().flatten());
            }
            _ => {}
        }
    }
}

fn node(host: &Path, container: &str, access: &str) -> std::io::Result<Option<DeviceNode>> {
    let metadata = std::fs::metadata(host)?;
    let kind = match metadata.file_type() {
        t if t.is_char_device() => 'c',
        t if t.is_block_device() => 'b',
        _ => return Ok(None),
    };
    Ok(Some(DeviceNode {
        path: container.to_owned(),
        kind,
        major: libc::major(metadata.rdev()).into(),
        minor: libc::minor(metadata.rdev()).into(),
        mode: metadata.mode() & 0o777,
        uid: metadata.uid(),
        gid: metadata.gid(),
        access: access.to_owned(),
    }))
}

pub(super) fn nodes(devices: &[DeviceNode]) -> Vec<Value> {
    let node = |d: &DeviceNode| {
        json!({
            "path": d.path, "type": d.kind, "major": d.major, "minor": d.minor,
            "fileMode": d.mode, "uid": d.uid, "gid": d.gid,
        })
    };
    devices.iter().map(node).collect()
}

/// What the devices cgroup allows beyond the nodes that every container has.
pub(super) fn rules(devices: &[DeviceNode], privileged: bool) -> Vec<Value> {
    if privileged {
        return vec![json!({ "allow": true, "access": "rwm" })];
    }
    let allowed = devices.iter().map(|d| {
        json!({ "allow": true, "type": d.kind, "major": d.major, "minor": d.minor, "access": d.access })
    });
    std::iter::once(json!({ "allow": false, "access": "rwm" }))
        .chain(allowed)
        .collect()
}
