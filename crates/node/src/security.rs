//! Security contexts as CRI wants them. Pure.

use api::core::v1::{Container, Pod, SeccompProfile};
use runtime::cri::v1;
use runtime::cri::v1::security_profile::ProfileType;

/// Paths of /proc and /sys that a container does not see, or sees read-only, unless procMount says otherwise.
const MASKED: &[&str] = &[
    "/proc/asound",
    "/proc/acpi",
    "/proc/interrupts",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/sys/firmware",
    "/sys/devices/virtual/powercap",
];
const READ_ONLY: &[&str] = &[
    "/proc/bus",
    "/proc/fs",
    "/proc/irq",
    "/proc/sys",
    "/proc/sysrq-trigger",
];

/// The sandbox's own context.
pub(crate) fn sandbox(pod: &Pod) -> v1::LinuxSandboxSecurityContext {
    let security = pod.spec.security_context.as_deref();
    let id = |value: Option<i64>| value.map(|value| v1::Int64Value { value });
    let containers = pod.spec.containers.iter().chain(&pod.spec.init_containers);
    v1::LinuxSandboxSecurityContext {
        namespace_options: Some(namespaces(pod, None)),
        run_as_user: id(security.and_then(|s| s.run_as_user)),
        run_as_group: id(security.and_then(|s| s.run_as_group)),
        supplemental_groups: groups(pod),
        privileged: containers.clone().any(is_privileged),
        seccomp: Some(profile(security.and_then(|s| s.seccomp_profile.as_deref()))),
        ..v1::LinuxSandboxSecurityContext::default()
    }
}

/// Whether a container asks for all privileges.
pub(crate) fn is_privileged(container: &Container) -> bool {
    container
        .security_context
        .as_ref()
        .is_some_and(|security| security.privileged == Some(true))
}

/// `target` is the runtime's id of the container whose processes an ephemeral container sees.
fn namespaces(pod: &Pod, target: Option<&str>) -> v1::NamespaceOption {
    let host = |host: bool| if host { v1::NamespaceMode::Node } else { v1::NamespaceMode::Pod } as i32;
    let pid = match (target, pod.spec.host_pid, pod.spec.share_process_namespace) {
        (Some(_), _, _) => v1::NamespaceMode::Target,
        (None, true, _) => v1::NamespaceMode::Node,
        (None, false, Some(true)) => v1::NamespaceMode::Pod,
        (None, false, _) => v1::NamespaceMode::Container,
    } as i32;
    v1::NamespaceOption {
        network: host(pod.spec.host_network),
        pid,
        ipc: host(pod.spec.host_ipc),
        target_id: target.unwrap_or_default().to_owned(),
        userns_options: None,
    }
}

fn groups(pod: &Pod) -> Vec<i64> {
    let Some(security) = &pod.spec.security_context else {
        return Vec::new();
    };
    security
        .fs_group
        .iter()
        .chain(&security.supplemental_groups)
        .copied()
        .collect()
}

fn profile(profile: Option<&SeccompProfile>) -> v1::SecurityProfile {
    let (profile_type, localhost_ref) =
        match profile.map(|p| (p.type_.as_str(), &p.localhost_profile)) {
            Some(("RuntimeDefault", _)) => (ProfileType::RuntimeDefault, String::new()),
            Some(("Localhost", Some(path))) => (ProfileType::Localhost, path.to_string()),
            _ => (ProfileType::Unconfined, String::new()),
        };
    v1::SecurityProfile {
        profile_type: profile_type as i32,
        localhost_ref,
    }
}

/// The user that an image runs as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImageUser {
    pub(crate) uid: Option<i64>,
    pub(crate) name: String,
}

/// A container's context: its own fields over the pod's. An error is the message of CreateContainerConfigError.
pub(crate) fn container(
    pod: &Pod,
    container: &Container,
    image: &ImageUser,
    target: Option<&str>,
) -> Result<v1::LinuxContainerSecurityContext, String> {
    let of_pod = pod.spec.security_context.as_deref();
    let own = container.security_context.as_deref();
    let run_as_user = own
        .and_then(|s| s.run_as_user)
        .or(of_pod.and_then(|s| s.run_as_user));
    let run_as_group = own
        .and_then(|s| s.run_as_group)
        .or(of_pod.and_then(|s| s.run_as_group));
    if own
        .and_then(|s| s.run_as_non_root)
        .or(of_pod.and_then(|s| s.run_as_non_root))
        == Some(true)
    {
        check_non_root(pod, container, run_as_user, image)?;
    }
    let seccomp = own
        .and_then(|s| s.seccomp_profile.as_deref())
        .or(of_pod.and_then(|s| s.seccomp_profile.as_deref()));
    let privileged = is_privileged(container);
    let unmasked = privileged || own.and_then(|s| s.proc_mount.as_deref()) == Some("Unmasked");
    let paths = |list: &[&str]| {
        if unmasked {
            Vec::new()
        } else {
            list.iter().map(|p| (*p).to_owned()).collect()
        }
    };
    let capabilities = own.and_then(|s| s.capabilities.as_deref());
    let names = |list: &[meta::Str]| list.iter().map(ToString::to_string).collect();
    let id = |value: i64| v1::Int64Value { value };
    Ok(v1::LinuxContainerSecurityContext {
        capabilities: capabilities.map(|c| v1::Capability {
            add_capabilities: names(&c.add),
            drop_capabilities: names(&c.drop),
            add_ambient_capabilities: Vec::new(),
        }),
        privileged,
        namespace_options: Some(namespaces(pod, target)),
        run_as_user: run_as_user
            .map(id)
            .or(image.uid.filter(|_| image.name.is_empty()).map(id)),
        run_as_group: run_as_group.map(id),
        run_as_username: if run_as_user.is_none() {
            image.name.clone()
        } else {
            String::new()
        },
        readonly_rootfs: own.and_then(|s| s.read_only_root_filesystem) == Some(true),
        supplemental_groups: groups(pod),
        no_new_privs: own.and_then(|s| s.allow_privilege_escalation) == Some(false),
        masked_paths: paths(MASKED),
        readonly_paths: paths(READ_ONLY),
        seccomp: Some(if privileged {
            profile(None)
        } else {
            profile(seccomp)
        }),
        ..v1::LinuxContainerSecurityContext::default()
    })
}

fn check_non_root(
    pod: &Pod,
    container: &Container,
    user: Option<i64>,
    image: &ImageUser,
) -> Result<(), String> {
    let place = format!(
        "(pod: \"{}\", container: {})",
        crate::pods::full_name(pod),
        container.name
    );
    match (user, image.uid) {
        (Some(0), _) => Err(format!(
            "container's runAsUser breaks non-root policy {place}"
        )),
        (Some(_), _) => Ok(()),
        (None, Some(0)) => Err(format!(
            "container has runAsNonRoot and image will run as root {place}"
        )),
        (None, Some(_)) => Ok(()),
        (None, None) if image.name.is_empty() => Err(format!(
            "container has runAsNonRoot and image will run as root {place}"
        )),
        (None, None) => Err(format!(
            "container has runAsNonRoot and image has non-numeric user ({}), cannot verify user is non-root {place}",
            image.name
        )),
    }
}
