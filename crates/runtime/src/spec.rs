//! From CRI's configuration and the image's to an OCI runtime specification (1.x). Pure: all that must be looked up
//! comes in.

mod capabilities;
mod devices;
mod mounts;
mod process;
mod resources;
mod seccomp;
mod user;

use serde_json::{Value, json};
use std::path::PathBuf;

pub(crate) use capabilities::available;
pub(crate) use devices::{DeviceNode, host_devices, lookup as lookup_devices};
#[cfg(test)]
use process::stop_signal_of_image;
pub(crate) use process::{stop_signal, working_directory};
pub(crate) use user::{User, resolve as resolve_user};

use crate::cri::v1;
use v1::NamespaceMode;

/// Everything that a specification is made of.
pub(crate) struct Input<'a> {
    pub(crate) container: &'a v1::ContainerConfig,
    pub(crate) sandbox: &'a v1::PodSandboxConfig,
    pub(crate) image: &'a image::ImageConfig,
    pub(crate) user: &'a User,
    pub(crate) paths: &'a Paths,
    /// Capabilities of this process: no container can have more.
    pub(crate) available: &'a [String],
    /// The requested devices, looked up; all of the host's for a privileged container.
    pub(crate) devices: &'a [DeviceNode],
    pub(crate) shim_pid: i32,
    /// First process of the pod's shared PID namespace.
    pub(crate) pause_pid: Option<i32>,
    /// First process of the container whose PID namespace is joined (`NamespaceMode::Target`).
    pub(crate) target_pid: Option<i32>,
    /// Relative to every hierarchy.
    pub(crate) cgroup: &'a str,
    /// Where version 1's control groups are mounted.
    pub(crate) hierarchies: &'a [PathBuf],
    /// Whether the kernel counts swap.
    pub(crate) swap: bool,
}

/// Files that the runtime provides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paths {
    pub(crate) rootfs: String,
    /// Empty: the host's.
    pub(crate) shm: String,
    pub(crate) resolv_conf: String,
    pub(crate) hostname: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum SpecError {
    #[error("no command specified")]
    NoCommand,
    #[error("unable to find user {name}: no matching entries in passwd file")]
    NoUser { name: String },
    #[error("unable to find group {name}: no matching entries in group file")]
    NoGroup { name: String },
    #[error("unknown capability {name:?}")]
    Capability { name: String },
    #[error("seccomp profile {path} cannot be used")]
    Seccomp {
        path: String,
        source: std::io::Error,
    },
    #[error("seccomp profile {path} is no JSON")]
    SeccompJson {
        path: String,
        source: serde_json::Error,
    },
    #[error("failed to look up the device {path}")]
    Device {
        path: String,
        source: std::io::Error,
    },
    #[error("failed to find the source of the mount {path}")]
    Mount {
        path: String,
        source: std::io::Error,
    },
    #[error("image volumes are not supported")]
    ImageMount,
}

/// The specification as the runtime reads it (`config.json`).
pub(crate) fn spec(input: &Input<'_>) -> Result<Value, SpecError> {
    let context = security_context(input.container);
    let privileged = context.privileged;
    let (masked, readonly) = if privileged {
        (Vec::new(), Vec::new())
    } else {
        (context.masked_paths.clone(), context.readonly_paths.clone())
    };
    let mut linux = json!({
        "cgroupsPath": input.cgroup,
        "namespaces": namespaces(input, &context),
        "maskedPaths": masked,
        "readonlyPaths": readonly,
        "resources": resources::resources(input, privileged),
        "devices": devices::nodes(input.devices),
    });
    if let Some(propagation) = mounts::root_propagation(input.container) {
        linux["rootfsPropagation"] = json!(propagation);
    }
    if let Some(profile) = seccomp::profile(&context)? {
        linux["seccomp"] = profile;
    }
    Ok(json!({
        "ociVersion": "1.0.2",
        "process": process::process(input, &context)?,
        "root": { "path": input.paths.rootfs, "readonly": context.readonly_rootfs },
        "mounts": mounts::mounts(input, privileged)?,
        "linux": linux,
    }))
}

/// A command inside a running container: the container's process with other arguments.
pub(crate) fn exec_process(spec: &Value, command: &[String], tty: bool) -> Value {
    let mut process = spec["process"].clone();
    process["args"] = json!(command);
    process["terminal"] = json!(tty);
    if tty && let Some(env) = process["env"].as_array_mut() {
        let has_term = env
            .iter()
            .any(|e| e.as_str().is_some_and(|e| e.starts_with("TERM=")));
        if !has_term {
            env.push(json!("TERM=xterm"));
        }
    }
    process
}

/// Needed to take a system call filter, and to give up what was needed for it.
const FILTER_CAPABILITIES: [&str; 2] = ["CAP_SYS_ADMIN", "CAP_SETPCAP"];

/// The container's system call filter as a command inside takes it: `{seccomp, capabilities}`; `None` without one.
/// libcontainer gives commands no filter, so the command takes it by itself as its last step: until then `process`
/// is given what that needs, and `capabilities` is what it keeps.
pub(crate) fn exec_filter(spec: &Value, process: &mut Value) -> Option<Value> {
    let seccomp = spec["linux"].get("seccomp")?.clone();
    let capabilities = process["capabilities"].clone();
    for set in ["bounding", "effective", "permitted"] {
        let mut names = process["capabilities"][set]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let missing = FILTER_CAPABILITIES.iter().map(|name| json!(name));
        names.extend(
            missing
                .filter(|name| !names.contains(name))
                .collect::<Vec<_>>(),
        );
        process["capabilities"][set] = json!(names);
    }
    Some(json!({ "seccomp": seccomp, "capabilities": capabilities }))
}

pub(crate) fn security_context(
    container: &v1::ContainerConfig,
) -> v1::LinuxContainerSecurityContext {
    container
        .linux
        .as_ref()
        .and_then(|l| l.security_context.clone())
        .unwrap_or_default()
}

pub(crate) fn namespace_options(sandbox: &v1::PodSandboxConfig) -> v1::NamespaceOption {
    let context = sandbox
        .linux
        .as_ref()
        .and_then(|l| l.security_context.as_ref());
    context
        .and_then(|c| c.namespace_options.clone())
        .unwrap_or_default()
}

fn namespaces(input: &Input<'_>, context: &v1::LinuxContainerSecurityContext) -> Vec<Value> {
    let pod = namespace_options(input.sandbox);
    let own = context
        .namespace_options
        .clone()
        .unwrap_or_else(|| pod.clone());
    let of = |pid: i32, file: &str| format!("/proc/{pid}/ns/{file}");
    let mut found = vec![json!({ "type": "mount" }), json!({ "type": "cgroup" })];
    if pod.network() != NamespaceMode::Node {
        found.push(json!({ "type": "network", "path": of(input.shim_pid, "net") }));
        found.push(json!({ "type": "uts", "path": of(input.shim_pid, "uts") }));
    }
    if pod.ipc() != NamespaceMode::Node {
        found.push(json!({ "type": "ipc", "path": of(input.shim_pid, "ipc") }));
    }
    match (own.pid(), input.pause_pid, input.target_pid) {
        (NamespaceMode::Node, ..) => {}
        (NamespaceMode::Target, _, Some(pid)) | (NamespaceMode::Pod, Some(pid), _) => {
            found.push(json!({ "type": "pid", "path": of(pid, "pid") }));
        }
        _ => found.push(json!({ "type": "pid" })),
    }
    found
}

#[cfg(test)]
mod tests;
