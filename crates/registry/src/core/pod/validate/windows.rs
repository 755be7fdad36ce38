//! What is for Windows alone, and what is not for Windows.

use super::visit;
use crate::rules;
use api::core::v1::{PodSpec, SecurityContext, WindowsSecurityContextOptions};
use meta::{FieldErrors, FieldPath};

const CREDENTIAL_SPEC_KIB_MAX: usize = 64;
const DOMAIN_BYTES_MAX: usize = 256;
const USER_BYTES_MAX: usize = 104;
const NET_BIOS_CHARS_MAX: usize = 15;
const LABEL_BYTES_MAX: usize = 63;
const NOT_FOR_WINDOWS: &str = "cannot be set for a windows pod";
const NOT_FOR_LINUX: &str = "windows options cannot be set for a linux pod";

/// `validateWindowsSecurityContextOptions`, of the context at `path`.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    options: Option<&WindowsSecurityContextOptions>,
) {
    let Some(options) = options else { return };
    let path = path.child("windowsOptions");
    if let Some(name) = &options.gmsa_credential_spec_name {
        rules::subdomain(errors, &path.child("gmsaCredentialSpecName"), name);
    }
    if let Some(credential) = &options.gmsa_credential_spec {
        let path = path.child("gmsaCredentialSpec");
        if credential.is_empty() {
            let words = "gmsaCredentialSpec cannot be an empty string";
            errors.invalid(&path, credential, words);
        } else if credential.len() > CREDENTIAL_SPEC_KIB_MAX * 1024 {
            let words =
                format!("gmsaCredentialSpec size must be under {CREDENTIAL_SPEC_KIB_MAX} KiB");
            errors.invalid(&path, credential, words);
        }
    }
    if let Some(name) = &options.run_as_user_name {
        for words in user_problems(name) {
            errors.invalid(&path.child("runAsUserName"), name, words);
        }
    }
}

/// What is wrong with `DOMAIN\user`, or with `user`.
fn user_problems(name: &str) -> Vec<String> {
    if name.is_empty() {
        return vec!["runAsUserName cannot be an empty string".into()];
    }
    if name.chars().any(|c| c.is_ascii_control()) {
        return vec!["runAsUserName cannot contain control characters".into()];
    }
    let parts: Vec<&str> = name.split('\\').collect();
    let (domain, user) = match parts[..] {
        [user] => (None, user),
        [domain, user] => (Some(domain), user),
        _ => return vec!["runAsUserName cannot contain more than one backslash".into()],
    };
    let mut problems = Vec::new();
    if domain.is_some_and(|domain| domain.len() >= DOMAIN_BYTES_MAX) {
        problems.push(format!(
            "runAsUserName's Domain length must be under {DOMAIN_BYTES_MAX} characters"
        ));
    }
    if domain.is_some_and(|domain| !is_net_bios(domain) && !is_dns(domain)) {
        problems.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format".into());
    }
    if user.is_empty() {
        problems.push("runAsUserName's User cannot be empty".into());
    } else if user.len() > USER_BYTES_MAX {
        problems.push(format!(
            "runAsUserName's User length must not be longer than {USER_BYTES_MAX} characters"
        ));
    }
    if !user.is_empty() && user.chars().all(|c| c == '.' || c == ' ') {
        problems.push("runAsUserName's User cannot contain only periods or spaces".into());
    }
    if user.contains(|c| "\"/\\:;|=,+*?<>@[]".contains(c)) {
        problems.push(
            r#"runAsUserName's User cannot contain the following characters: "/\:;|=,+*?<>@[]"#
                .into(),
        );
    }
    problems
}

fn is_net_bios(domain: &str) -> bool {
    let count = domain.chars().count();
    (1..=NET_BIOS_CHARS_MAX).contains(&count)
        && !domain.starts_with('.')
        && !domain.contains(|c| "\\/:*?\"<>|".contains(c))
}

fn is_dns(domain: &str) -> bool {
    domain.split('.').all(|label| {
        let bytes = label.as_bytes();
        let ends = [bytes.first(), bytes.last()];
        ends.into_iter()
            .all(|end| end.is_some_and(u8::is_ascii_alphanumeric))
            && bytes.len() <= LABEL_BYTES_MAX
            && bytes
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    })
}

/// Either all containers run in the host's name, or none (`validateWindowsHostProcessPod`).
pub(super) fn check_host_process(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    let option = |options: Option<&WindowsSecurityContextOptions>| {
        options.and_then(|options| options.host_process)
    };
    let context = spec.security_context.as_ref();
    let of_pod = option(context.and_then(|context| context.windows_options.as_deref()));
    let (mut all, mut on_host) = (0, 0);
    for (list, index, container) in visit(spec) {
        all += 1;
        let context = container.security_context();
        let own = option(context.and_then(|context| context.windows_options.as_deref()));
        if let (Some(of_pod), Some(own)) = (of_pod, own)
            && of_pod != own
        {
            let path = path.child(list).index(index).child("securityContext");
            let path = path.child("windowsOptions").child("hostProcess");
            let words = format!(
                "pod hostProcess value must be identical if both are specified, was {of_pod}"
            );
            errors.invalid(&path, own, words);
        }
        on_host += usize::from(own.or(of_pod) == Some(true));
    }
    if on_host == 0 {
        return;
    }
    if on_host != all {
        let words = "If pod contains any hostProcess containers then all containers must be HostProcess containers";
        errors.invalid(path, "", words);
    }
    if !spec.host_network {
        let words = "hostNetwork must be true if pod contains any hostProcess containers";
        errors.invalid(&path.child("hostNetwork"), false, words);
    }
}

/// A pod for Linux.
pub(super) fn check_linux(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    let context = spec.security_context.as_ref();
    if context.is_some_and(|context| context.windows_options.is_some()) {
        let path = path.child("securityContext").child("windowsOptions");
        errors.forbidden(&path, NOT_FOR_LINUX);
    }
    for (list, index, container) in visit(spec) {
        let context = container.security_context();
        if context.is_some_and(|context| context.windows_options.is_some()) {
            let path = path.child(list).index(index).child("securityContext");
            errors.forbidden(&path.child("windowsOptions"), NOT_FOR_LINUX);
        }
    }
}

/// A pod for Windows.
pub(super) fn check_windows(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    check_windows_pod(errors, path, spec);
    for (list, index, container) in visit(spec) {
        if let Some(context) = container.security_context() {
            let path = path.child(list).index(index).child("securityContext");
            check_windows_container(errors, &path, context);
        }
    }
}

/// The fields of the pod's security context stand partly beside it in v1.
fn check_windows_pod(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    let own = path.child("securityContext");
    let default = api::core::v1::PodSecurityContext::default();
    let context = spec.security_context.as_deref().unwrap_or(&default);
    let inside = |name| own.child(name);
    for (path, set) in [
        (
            inside("appArmorProfile"),
            context.app_armor_profile.is_some(),
        ),
        (inside("seLinuxOptions"), context.se_linux_options.is_some()),
        (path.child("hostUsers"), spec.host_users.is_some()),
        (path.child("hostPID"), spec.host_pid),
        (path.child("hostIPC"), spec.host_ipc),
        (inside("seccompProfile"), context.seccomp_profile.is_some()),
        (inside("fsGroup"), context.fs_group.is_some()),
        (
            inside("fsGroupChangePolicy"),
            context.fs_group_change_policy.is_some(),
        ),
        (inside("sysctls"), !context.sysctls.is_empty()),
        (
            path.child("shareProcessNamespace"),
            spec.share_process_namespace.is_some(),
        ),
        (inside("runAsUser"), context.run_as_user.is_some()),
        (inside("runAsGroup"), context.run_as_group.is_some()),
        (
            inside("supplementalGroups"),
            !context.supplemental_groups.is_empty(),
        ),
        (
            inside("supplementalGroupsPolicy"),
            context.supplemental_groups_policy.is_some(),
        ),
        (
            inside("seLinuxChangePolicy"),
            context.se_linux_change_policy.is_some(),
        ),
    ] {
        if set {
            errors.forbidden(&path, NOT_FOR_WINDOWS);
        }
    }
}

fn check_windows_container(errors: &mut FieldErrors, path: &FieldPath, context: &SecurityContext) {
    for (name, set) in [
        ("appArmorProfile", context.app_armor_profile.is_some()),
        ("seLinuxOptions", context.se_linux_options.is_some()),
        ("seccompProfile", context.seccomp_profile.is_some()),
        ("capabilities", context.capabilities.is_some()),
        (
            "readOnlyRootFilesystem",
            context.read_only_root_filesystem.is_some(),
        ),
        ("privileged", context.privileged.is_some()),
        (
            "allowPrivilegeEscalation",
            context.allow_privilege_escalation.is_some(),
        ),
        ("procMount", context.proc_mount.is_some()),
        ("runAsUser", context.run_as_user.is_some()),
        ("runAsGroup", context.run_as_group.is_some()),
    ] {
        if set {
            errors.forbidden(&path.child(name), NOT_FOR_WINDOWS);
        }
    }
}
