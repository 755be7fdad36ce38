//! System call filters: `RuntimeDefault`, `Unconfined` and profiles from files.

mod table;

use serde_json::{Value, json};

use super::SpecError;
use crate::cri::v1;
use v1::security_profile::ProfileType;

/// Flags of `clone` that make namespaces.
const CLONE_NAMESPACES: u64 = 0x7e02_0000;
const EPERM: u32 = 1;
const ENOSYS: u32 = 38;

/// The filter of a container; `None` without one. Privileged containers never have one.
pub(super) fn profile(
    context: &v1::LinuxContainerSecurityContext,
) -> Result<Option<Value>, SpecError> {
    if context.privileged {
        return Ok(None);
    }
    let Some(profile) = &context.seccomp else {
        return Ok(None);
    };
    match profile.profile_type() {
        ProfileType::Unconfined => Ok(None),
        ProfileType::RuntimeDefault => Ok(Some(runtime_default(context))),
        ProfileType::Localhost => from_file(&profile.localhost_ref).map(Some),
    }
}

fn from_file(path: &str) -> Result<Value, SpecError> {
    let path = path.trim_start_matches("localhost/");
    let text = std::fs::read(path).map_err(|source| SpecError::Seccomp {
        path: path.to_owned(),
        source,
    })?;
    serde_json::from_slice(&text).map_err(|source| SpecError::SeccompJson {
        path: path.to_owned(),
        source,
    })
}

/// Everything that is not known to be harmless is refused with EPERM; capabilities open what belongs to them.
fn runtime_default(context: &v1::LinuxContainerSecurityContext) -> Value {
    let added = context
        .capabilities
        .clone()
        .unwrap_or_default()
        .add_capabilities;
    let has = |capability: &str| {
        added.iter().any(|name| {
            let upper = name.to_ascii_uppercase();
            upper == "ALL" || upper.strip_prefix("CAP_").unwrap_or(&upper) == capability
        })
    };
    let mut rules = vec![json!({ "names": table::ALLOWED, "action": "SCMP_ACT_ALLOW" })];
    // Execution domains that Linux programs use (personality(2)); 0xffffffff asks for the present one.
    for domain in [0x0_u64, 0x8, 0x2_0000, 0x2_0008, 0xffff_ffff] {
        rules.push(json!({
            "names": ["personality"], "action": "SCMP_ACT_ALLOW",
            "args": [{ "index": 0, "value": domain, "op": "SCMP_CMP_EQ" }],
        }));
    }
    // All socket families but vsock, which reaches the hypervisor.
    rules.push(json!({
        "names": ["socket"], "action": "SCMP_ACT_ALLOW",
        "args": [{ "index": 0, "value": 40, "op": "SCMP_CMP_NE" }],
    }));
    for (capability, names) in table::BY_CAPABILITY {
        if has(capability) {
            rules.push(json!({ "names": names, "action": "SCMP_ACT_ALLOW" }));
        }
    }
    if !has("SYS_ADMIN") {
        rules.push(json!({
            "names": ["clone"], "action": "SCMP_ACT_ALLOW",
            "args": [{ "index": 0, "value": CLONE_NAMESPACES, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ" }],
        }));
        // Its flags lie behind a pointer; with ENOSYS the C library falls back to clone.
        rules.push(json!({ "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": ENOSYS }));
    }
    json!({
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": EPERM,
        "architectures": architectures(),
        "syscalls": rules,
    })
}

fn architectures() -> Vec<&'static str> {
    match std::env::consts::ARCH {
        "x86_64" => vec!["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
        "aarch64" => vec!["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
        _ => Vec::new(),
    }
}
