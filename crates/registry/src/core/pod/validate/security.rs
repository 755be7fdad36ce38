//! Security contexts of containers and pods.

use super::{Scope, visit, windows};
use crate::rules;
use api::core::v1::{AppArmorProfile, PodSpec, SeccompProfile, SecurityContext};
use meta::{FieldErrors, FieldPath, Verbatim};

const PROFILES: &[&str] = &["Localhost", "RuntimeDefault", "Unconfined"];
const LOCALHOST: &str = "Localhost";
const ID_RANGE: &str = "must be between 0 and 2147483647, inclusive";
const SYSCTL: &str = r"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
/// Sysctls of the IPC namespace besides those of message queues.
const IPC_SYSCTLS: &[&str] = &[
    "kernel.msg",
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shm",
    "kernel.shm_rmid_forced",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
];
const SYSCTL_BYTES_MAX: usize = 253;
const PROFILE_BYTES_MAX: usize = 4095;

/// The context of a container.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    context: &SecurityContext,
    host_users: bool,
) {
    check_id(errors, &path.child("runAsUser"), context.run_as_user);
    check_id(errors, &path.child("runAsGroup"), context.run_as_group);
    if let Some(proc_mount) = &context.proc_mount {
        let path = path.child("procMount");
        rules::optional_one_of(errors, &path, Some(proc_mount), &["Default", "Unmasked"]);
        if proc_mount == "Unmasked" && host_users {
            let words = "`hostUsers` must be false to use `Unmasked`";
            errors.invalid(&path, proc_mount, words);
        }
    }
    check_seccomp(errors, path, context.seccomp_profile.as_deref());
    check_escalation(errors, path, context);
    windows::check(errors, path, context.windows_options.as_deref());
    check_app_armor(errors, path, context.app_armor_profile.as_deref());
}

fn check_escalation(errors: &mut FieldErrors, path: &FieldPath, context: &SecurityContext) {
    if context.allow_privilege_escalation != Some(false) {
        return;
    }
    let shown = super::internal::compact(context);
    if context.privileged == Some(true) {
        errors.invalid(
            path,
            Verbatim(&shown),
            "cannot set `allowPrivilegeEscalation` to false and `privileged` to true",
        );
    }
    let added = context
        .capabilities
        .iter()
        .flat_map(|capabilities| &capabilities.add);
    for _ in added.filter(|capability| *capability == "CAP_SYS_ADMIN") {
        errors.invalid(
            path,
            Verbatim(&shown),
            "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN",
        );
    }
}

fn check_id(errors: &mut FieldErrors, path: &FieldPath, id: Option<i64>) {
    if let Some(id) = id
        && !(0..=i64::from(i32::MAX)).contains(&id)
    {
        errors.invalid(path, id, ID_RANGE);
    }
}

/// The context of the pod.
pub(super) fn check_pod(errors: &mut FieldErrors, path: &FieldPath, scope: &Scope<'_>) {
    let spec = scope.spec;
    let Some(context) = &spec.security_context else {
        return;
    };
    check_id(errors, &path.child("fsGroup"), context.fs_group);
    check_id(errors, &path.child("runAsUser"), context.run_as_user);
    check_id(errors, &path.child("runAsGroup"), context.run_as_group);
    for (index, group) in context.supplemental_groups.iter().enumerate() {
        let path = path.child("supplementalGroups").index(index);
        check_id(errors, &path, Some(*group));
    }
    if spec.share_process_namespace == Some(true) && spec.host_pid {
        errors.invalid(
            &path.child("shareProcessNamespace"),
            true,
            "ShareProcessNamespace and HostPID cannot both be enabled",
        );
    }
    let lenient = scope.rules.lenient;
    check_sysctls(errors, &path.child("sysctls"), spec, lenient.host_sysctls);
    rules::optional_one_of(
        errors,
        &path.child("fsGroupChangePolicy"),
        context.fs_group_change_policy.as_ref(),
        &["Always", "OnRootMismatch"],
    );
    check_seccomp(errors, path, context.seccomp_profile.as_deref());
    windows::check(errors, path, context.windows_options.as_deref());
    check_app_armor(errors, path, context.app_armor_profile.as_deref());
    rules::optional_one_of(
        errors,
        &path.child("supplementalGroupsPolicy"),
        context.supplemental_groups_policy.as_ref(),
        &["Merge", "Strict"],
    );
    rules::optional_one_of(
        errors,
        &path.child("seLinuxChangePolicy"),
        context.se_linux_change_policy.as_ref(),
        if lenient.selinux_policies {
            &["MountOption", "Recursive"]
        } else {
            &["Recursive"]
        },
    );
}

/// `hosts`: those of namespaces that the pod shares with the host are let through.
fn check_sysctls(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec, hosts: bool) {
    let sysctls = spec
        .security_context
        .iter()
        .flat_map(|context| &context.sysctls);
    let mut seen = std::collections::HashSet::new();
    for (index, sysctl) in sysctls.enumerate() {
        let name = path.index(index).child("name");
        if sysctl.name.is_empty() {
            errors.required(&name, "");
        } else if !is_sysctl(&sysctl.name) {
            let words =
                format!("must have at most {SYSCTL_BYTES_MAX} characters and match regex {SYSCTL}");
            errors.invalid(&name, &sysctl.name, words);
        } else if seen.contains(&sysctl.name) {
            errors.duplicate(&name, &sysctl.name);
        }
        if !hosts {
            check_host_sysctl(errors, &name, &sysctl.name, spec);
        }
        seen.insert(&sysctl.name);
    }
}

/// Whether a sysctl of the spec is of a namespace that is the host's.
pub(super) fn check_host_sysctls(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    for sysctl in spec
        .security_context
        .iter()
        .flat_map(|context| &context.sysctls)
    {
        check_host_sysctl(errors, path, &sysctl.name, spec);
    }
}

/// A sysctl belongs to a namespace (`component-helpers/node/util/sysctl.GetNamespace`).
fn check_host_sysctl(errors: &mut FieldErrors, path: &FieldPath, name: &str, spec: &PodSpec) {
    let dotted = normal_sysctl(name);
    let known = dotted.split('*').next().unwrap_or_default();
    let of_ipc = IPC_SYSCTLS.contains(&known) || known.starts_with("fs.mqueue.");
    if spec.host_network && known.starts_with("net.") {
        let words = "may not be specified when 'hostNetwork' is true";
        errors.invalid(path, name, words);
    } else if spec.host_ipc && of_ipc {
        errors.invalid(path, name, "may not be specified when 'hostIPC' is true");
    }
}

/// `net/ipv4/conf/eth0.1` is `net.ipv4.conf.eth0/1`: the first separator tells which is which.
fn normal_sysctl(name: &str) -> String {
    let first = name.find(['.', '/']).map(|at| &name[at..=at]);
    if first != Some("/") {
        return name.to_owned();
    }
    let swap = |c| match c {
        '/' => '.',
        '.' => '/',
        other => other,
    };
    name.chars().map(swap).collect()
}

/// A user namespace of its own goes with no other namespace of the host (`validateHostUsers`).
pub(super) fn check_host_users(errors: &mut FieldErrors, path: &FieldPath, scope: &Scope<'_>) {
    const WORDS: &str = "when `hostUsers` is false";
    let spec = scope.spec;
    if spec.host_users != Some(false) {
        return;
    }
    // Two of these names are upstream's own.
    for (name, set) in [
        ("hostNetwork", spec.host_network),
        ("HostPID", spec.host_pid),
        ("HostIPC", spec.host_ipc),
    ] {
        if set {
            errors.forbidden(&path.child(name), WORDS);
        }
    }
    if scope.rules.lenient.devices_in_user_namespace {
        return;
    }
    for (list, index, container) in visit(spec) {
        if !container.volume_devices().is_empty() {
            let path = path.child(list).index(index).child("volumeDevices");
            errors.forbidden(&path, WORDS);
        }
    }
}

fn is_sysctl(name: &str) -> bool {
    let edge = |byte: Option<u8>| {
        byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let inner = |byte: u8| edge(Some(byte)) || byte == b'-' || byte == b'_';
    let part = |part: &str| {
        edge(part.bytes().next()) && edge(part.bytes().last()) && part.bytes().all(inner)
    };
    name.len() <= SYSCTL_BYTES_MAX && name.split(['.', '/']).all(part)
}

fn check_seccomp(errors: &mut FieldErrors, path: &FieldPath, profile: Option<&SeccompProfile>) {
    let Some(profile) = profile else { return };
    let path = path.child("seccompProfile");
    if profile.type_.is_empty() {
        let words = "type is required when seccompProfile is set";
        errors.required(&path.child("type"), words);
    } else {
        rules::one_of(errors, &path.child("type"), &profile.type_, PROFILES);
    }
    let file = path.child("localhostProfile");
    match (&profile.localhost_profile, profile.type_ == LOCALHOST) {
        (Some(name), true) => rules::descending_path(errors, &file, name),
        (None, true) => errors.required(&file, "must be set when seccomp type is Localhost"),
        (Some(_), false) => errors.invalid(
            &file,
            Verbatim(&super::internal::compact(profile)),
            "can only be set when seccomp type is Localhost",
        ),
        (None, false) => {}
    }
}

/// The AppArmor profile of the context at `path`.
pub(crate) fn check_app_armor(
    errors: &mut FieldErrors,
    path: &FieldPath,
    profile: Option<&AppArmorProfile>,
) {
    let Some(profile) = profile else { return };
    let path = path.child("appArmorProfile");
    let file = path.child("localhostProfile");
    match (profile.type_.as_str(), &profile.localhost_profile) {
        (LOCALHOST, name) => check_app_armor_file(errors, &file, name.as_deref()),
        ("RuntimeDefault" | "Unconfined", Some(name)) => {
            let words = "can only be set when AppArmor type is Localhost";
            errors.invalid(&file, name, words);
        }
        ("RuntimeDefault" | "Unconfined", None) => {}
        ("", _) => {
            let words = "type is required when appArmorProfile is set";
            errors.required(&path.child("type"), words);
        }
        (other, _) => errors.not_supported(&path.child("type"), other, PROFILES),
    }
}

fn check_app_armor_file(errors: &mut FieldErrors, path: &FieldPath, name: Option<&str>) {
    let name = name.unwrap_or_default();
    if name.trim() != name {
        errors.invalid(path, name, "must not be padded with whitespace");
    } else if name.is_empty() {
        errors.required(path, "must be set when AppArmor type is Localhost");
    }
    if name.len() > PROFILE_BYTES_MAX {
        errors.too_long(path, PROFILE_BYTES_MAX);
    }
}
