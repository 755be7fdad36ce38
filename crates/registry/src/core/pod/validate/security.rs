//! Security contexts of containers and pods.

use crate::rules;
use api::core::v1::{
    AppArmorProfile, PodSpec, SeccompProfile, SecurityContext, WindowsSecurityContextOptions,
};
use meta::{FieldErrors, FieldPath, Verbatim};

const PROFILES: &[&str] = &["Localhost", "RuntimeDefault", "Unconfined"];
const LOCALHOST: &str = "Localhost";
const ID_RANGE: &str = "must be between 0 and 2147483647, inclusive";
const SYSCTL: &str = r"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
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
        rules::one_of(errors, &path, proc_mount, &["Default", "Unmasked"]);
        if proc_mount == "Unmasked" && host_users {
            let words = "`hostUsers` must be false to use `Unmasked`";
            errors.invalid(&path, proc_mount, words);
        }
    }
    check_seccomp(errors, path, context.seccomp_profile.as_deref());
    check_escalation(errors, path, context);
    check_windows(errors, path, context.windows_options.as_deref());
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
pub(super) fn check_pod(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
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
    check_sysctls(errors, &path.child("sysctls"), spec);
    rules::optional_one_of(
        errors,
        &path.child("fsGroupChangePolicy"),
        context.fs_group_change_policy.as_ref(),
        &["Always", "OnRootMismatch"],
    );
    check_seccomp(errors, path, context.seccomp_profile.as_deref());
    check_windows(errors, path, context.windows_options.as_deref());
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
        &["Recursive"],
    );
}

fn check_sysctls(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
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
        } else if !seen.insert(&sysctl.name) {
            errors.duplicate(&name, &sysctl.name);
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

fn check_app_armor(errors: &mut FieldErrors, path: &FieldPath, profile: Option<&AppArmorProfile>) {
    let Some(profile) = profile else { return };
    let path = path.child("appArmorProfile");
    let file = path.child("localhostProfile");
    let unset = "must be set when AppArmor type is Localhost";
    match (profile.type_.as_str(), &profile.localhost_profile) {
        (LOCALHOST, None) => errors.required(&file, unset),
        (LOCALHOST, Some(name)) if name.trim() != name => {
            errors.invalid(&file, name, "must not be padded with whitespace");
        }
        (LOCALHOST, Some(name)) if name.is_empty() => errors.required(&file, unset),
        (LOCALHOST, Some(name)) if name.len() > PROFILE_BYTES_MAX => {
            errors.too_long(&file, PROFILE_BYTES_MAX);
        }
        ("RuntimeDefault" | "Unconfined", Some(name)) => {
            errors.invalid(
                &file,
                name,
                "can only be set when AppArmor type is Localhost",
            );
        }
        ("", _) => {
            let words = "type is required when appArmorProfile is set";
            errors.required(&path.child("type"), words);
        }
        (other, _) if !PROFILES.contains(&other) => {
            errors.not_supported(&path.child("type"), other, PROFILES);
        }
        _ => {}
    }
}

fn check_windows(
    errors: &mut FieldErrors,
    path: &FieldPath,
    options: Option<&WindowsSecurityContextOptions>,
) {
    let name = options.and_then(|options| options.gmsa_credential_spec_name.as_ref());
    if let Some(name) = name {
        let path = path.child("windowsOptions").child("gmsaCredentialSpecName");
        rules::subdomain(errors, &path, name);
    }
}
