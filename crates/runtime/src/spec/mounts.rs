//! Mounts: what every container has, then what it asks for.

use serde_json::{Value, json};

use super::{Input, SpecError};
use crate::cri::v1;
use v1::MountPropagation;

const DEVPTS: [&str; 6] = [
    "nosuid",
    "noexec",
    "newinstance",
    "ptmxmode=0666",
    "mode=0620",
    "gid=5",
];

pub(super) fn mounts(input: &Input<'_>, privileged: bool) -> Result<Vec<Value>, SpecError> {
    let access = if privileged { "rw" } else { "ro" };
    let mut found = own(access);
    found.extend(groups(input, access));
    let wanted = |path: &str| {
        input
            .container
            .mounts
            .iter()
            .any(|m| clean(&m.container_path) == path)
    };
    let shm = if input.paths.shm.is_empty() {
        "/dev/shm"
    } else {
        &input.paths.shm
    };
    if !wanted("/dev/shm") {
        found.push(mount(
            "/dev/shm",
            "bind",
            shm,
            &["rbind", "rw", "nosuid", "nodev", "noexec"],
        ));
    }
    let root_access = if super::security_context(input.container).readonly_rootfs {
        "ro"
    } else {
        "rw"
    };
    for (target, source) in [
        ("/etc/resolv.conf", &input.paths.resolv_conf),
        ("/etc/hostname", &input.paths.hostname),
    ] {
        if !source.is_empty() && !wanted(target) {
            found.push(mount(
                target,
                "bind",
                source,
                &["rbind", "rprivate", root_access],
            ));
        }
    }
    // A mount below another has to come after it.
    let mut asked: Vec<&v1::Mount> = input.container.mounts.iter().collect();
    asked.sort_by_key(|m| clean(&m.container_path).matches('/').count());
    for wanted in asked {
        found.push(bind(wanted)?);
    }
    Ok(found)
}

/// What every container has.
fn own(access: &str) -> Vec<Value> {
    vec![
        mount("/proc", "proc", "proc", &["nosuid", "noexec", "nodev"]),
        mount(
            "/dev",
            "tmpfs",
            "tmpfs",
            &["nosuid", "strictatime", "mode=755", "size=65536k"],
        ),
        mount("/dev/pts", "devpts", "devpts", &DEVPTS),
        mount(
            "/dev/mqueue",
            "mqueue",
            "mqueue",
            &["nosuid", "noexec", "nodev"],
        ),
        mount(
            "/sys",
            "sysfs",
            "sysfs",
            &["nosuid", "noexec", "nodev", access],
        ),
    ]
}

/// The container's control groups. libcontainer mounts them, but with version 1 looks a process up under the number that it
/// has in the container: where the container joins the processes of others, the host may have none of this number.
fn groups(input: &Input<'_>, access: &str) -> Vec<Value> {
    const PLACE: &str = "/sys/fs/cgroup";
    let joins = input.pause_pid.or(input.target_pid).is_some();
    if !joins || input.hierarchies.is_empty() {
        let options = ["nosuid", "noexec", "nodev", "relatime", access];
        return vec![mount(PLACE, "cgroup", "cgroup", &options)];
    }
    let options = ["nosuid", "noexec", "nodev", "mode=755"];
    let mut found = vec![mount(PLACE, "tmpfs", "tmpfs", &options)];
    for hierarchy in input.hierarchies {
        let Some(name) = hierarchy.file_name() else {
            continue;
        };
        let source = hierarchy.join(input.cgroup.trim_start_matches('/'));
        let target = format!("{PLACE}/{}", name.to_string_lossy());
        let options = ["rbind", "nosuid", "noexec", "nodev", "relatime", access];
        found.push(mount(&target, "bind", &source.to_string_lossy(), &options));
    }
    found
}

/// Propagation of the container's root: mounts can only travel where the root lets them.
pub(super) fn root_propagation(container: &v1::ContainerConfig) -> Option<&'static str> {
    container
        .mounts
        .iter()
        .any(|m| m.propagation() == MountPropagation::PropagationBidirectional)
        .then_some("shared")
}

fn bind(wanted: &v1::Mount) -> Result<Value, SpecError> {
    if wanted.image.as_ref().is_some_and(|i| !i.image.is_empty()) {
        return Err(SpecError::ImageMount);
    }
    let source = std::fs::canonicalize(&wanted.host_path).map_err(|source| SpecError::Mount {
        path: wanted.host_path.clone(),
        source,
    })?;
    let propagation = match wanted.propagation() {
        MountPropagation::PropagationPrivate => "rprivate",
        MountPropagation::PropagationHostToContainer => "rslave",
        MountPropagation::PropagationBidirectional => "rshared",
    };
    let access = match (wanted.readonly, wanted.recursive_read_only) {
        (true, true) => "rro",
        (true, false) => "ro",
        (false, _) => "rw",
    };
    let source = source.to_string_lossy();
    Ok(mount(
        &clean(&wanted.container_path),
        "bind",
        &source,
        &["rbind", propagation, access],
    ))
}

/// Absolute, without a slash at the end.
fn clean(path: &str) -> String {
    let parts: Vec<&str> = path
        .split('/')
        .filter(|p| !p.is_empty() && *p != ".")
        .collect();
    format!("/{}", parts.join("/"))
}

fn mount(destination: &str, kind: &str, source: &str, options: &[&str]) -> Value {
    json!({ "destination": destination, "type": kind, "source": source, "options": options })
}
