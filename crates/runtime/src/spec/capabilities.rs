//! Capabilities: the runtimes' default set, with what a container adds and drops.

use serde_json::{Value, json};

use super::SpecError;
use crate::cri::v1;

/// What containers have unless told otherwise, as with containerd.
const DEFAULT: [&str; 14] = [
    "CAP_AUDIT_WRITE",
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_MKNOD",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_RAW",
    "CAP_SETFCAP",
    "CAP_SETGID",
    "CAP_SETPCAP",
    "CAP_SETUID",
    "CAP_SYS_CHROOT",
];

/// In the order of their numbers in `linux/capability.h`.
const ALL: [&str; 41] = [
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_AUDIT_READ",
    "CAP_PERFMON",
    "CAP_BPF",
    "CAP_CHECKPOINT_RESTORE",
];

/// The capabilities of this process, which bound what any container can get.
pub(crate) fn available() -> Vec<String> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    let mask = mask
        .and_then(|hex| u64::from_str_radix(hex.trim(), 16).ok())
        .unwrap_or(u64::MAX);
    from_mask(mask)
}

fn from_mask(mask: u64) -> Vec<String> {
    ALL.iter()
        .enumerate()
        .filter(|(bit, _)| mask >> bit & 1 == 1)
        .map(|(_, name)| (*name).to_owned())
        .collect()
}

/// Names of the capabilities of a container, sorted.
pub(super) fn effective(
    context: &v1::LinuxContainerSecurityContext,
    available: &[String],
) -> Result<Vec<String>, SpecError> {
    let changes = context.capabilities.clone().unwrap_or_default();
    let mut set: std::collections::BTreeSet<&'static str> = if context.privileged {
        ALL.into_iter().collect()
    } else {
        DEFAULT.into_iter().collect()
    };
    // "ALL" goes first, so that one can be added to none or dropped from all.
    if changes
        .add_capabilities
        .iter()
        .any(|name| name.eq_ignore_ascii_case("all"))
    {
        set = ALL.into_iter().collect();
    }
    if changes
        .drop_capabilities
        .iter()
        .any(|name| name.eq_ignore_ascii_case("all"))
    {
        set.clear();
    }
    for name in changes
        .add_capabilities
        .iter()
        .filter(|name| !name.eq_ignore_ascii_case("all"))
    {
        set.insert(known(name)?);
    }
    for name in changes
        .drop_capabilities
        .iter()
        .filter(|name| !name.eq_ignore_ascii_case("all"))
    {
        set.remove(known(name)?);
    }
    Ok(set
        .into_iter()
        .filter(|name| available.iter().any(|a| a == name))
        .map(str::to_owned)
        .collect())
}

pub(super) fn capabilities(
    context: &v1::LinuxContainerSecurityContext,
    available: &[String],
) -> Result<Value, SpecError> {
    let set = effective(context, available)?;
    let changes = context.capabilities.clone().unwrap_or_default();
    let ambient = changes
        .add_ambient_capabilities
        .iter()
        .map(|n| known(n))
        .collect::<Result<Vec<_>, _>>()?;
    // Ambient capabilities have to be inheritable; otherwise nothing is (CVE-2022-24769).
    Ok(
        json!({ "bounding": set, "effective": set, "permitted": set, "inheritable": ambient, "ambient": ambient }),
    )
}

/// Names come with and without the prefix.
fn known(name: &str) -> Result<&'static str, SpecError> {
    let upper = name.to_ascii_uppercase();
    let bare = upper.strip_prefix("CAP_").unwrap_or(&upper);
    let found = ALL
        .into_iter()
        .find(|candidate| candidate.strip_prefix("CAP_") == Some(bare));
    found.ok_or_else(|| SpecError::Capability {
        name: name.to_owned(),
    })
}
