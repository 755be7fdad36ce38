//! What each built-in signer takes; pure. Words are upstream's.

use super::request::Request;
use meta::Str;
use std::collections::BTreeSet;

pub(super) const API_CLIENT: &str = "kubernetes.io/kube-apiserver-client";
pub(super) const KUBELET_CLIENT: &str = "kubernetes.io/kube-apiserver-client-kubelet";
pub(super) const KUBELET_SERVING: &str = "kubernetes.io/kubelet-serving";
pub(super) const LEGACY_UNKNOWN: &str = "kubernetes.io/legacy-unknown";

const NODES: &str = "system:nodes";
const NODE_PREFIX: &str = "system:node:";

/// Whether the signer, if it is one of ours, issues this.
///
/// # Errors
/// Why it never will.
pub(super) fn check(signer: &str, request: &Request, usages: &[Str]) -> Result<bool, String> {
    match signer {
        API_CLIENT => check_api_client(usages)?,
        KUBELET_CLIENT => check_kubelet_client(request, usages)?,
        KUBELET_SERVING => check_kubelet_serving(request, usages)?,
        LEGACY_UNKNOWN => {}
        _ => return Ok(false),
    }
    Ok(true)
}

fn check_api_client(usages: &[Str]) -> Result<(), String> {
    for usage in usages {
        if !["digital signature", "key encipherment", "client auth"].contains(&usage.as_str()) {
            return Err(format!("invalid usage for client certificate: {usage}"));
        }
    }
    if !usages.iter().any(|usage| usage == "client auth") {
        return Err("missing required usage for client certificate: client auth".to_owned());
    }
    Ok(())
}

fn check_kubelet_client(request: &Request, usages: &[Str]) -> Result<(), String> {
    check_organization(request)?;
    let names = &request.names;
    refuse(&names.dns, "DNS subjectAltNames are not allowed")?;
    refuse(&names.emails, "Email subjectAltNames are not allowed")?;
    refuse(&names.addresses, "IP subjectAltNames are not allowed")?;
    refuse(&names.uris, "URI subjectAltNames are not allowed")?;
    check_common_name(request)?;
    check_kubelet_usages(usages, "client auth")
}

fn check_kubelet_serving(request: &Request, usages: &[Str]) -> Result<(), String> {
    check_organization(request)?;
    let names = &request.names;
    if names.dns.is_empty() && names.addresses.is_empty() {
        return Err("DNS or IP subjectAltName is required".to_owned());
    }
    refuse(&names.emails, "Email subjectAltNames are not allowed")?;
    refuse(&names.uris, "URI subjectAltNames are not allowed")?;
    check_kubelet_usages(usages, "server auth")?;
    check_common_name(request)
}

fn check_organization(request: &Request) -> Result<(), String> {
    if request.organizations() == [NODES] {
        Ok(())
    } else {
        Err(format!("subject organization is not {NODES}"))
    }
}

fn check_common_name(request: &Request) -> Result<(), String> {
    if request.common_name().starts_with(NODE_PREFIX) {
        Ok(())
    } else {
        Err(format!(
            "subject common name does not begin with {NODE_PREFIX}"
        ))
    }
}

fn refuse<T>(names: &[T], why: &str) -> Result<(), String> {
    if names.is_empty() {
        Ok(())
    } else {
        Err(why.to_owned())
    }
}

/// These and no others; keys that cannot encipher go without that.
fn check_kubelet_usages(usages: &[Str], last: &str) -> Result<(), String> {
    let all = ["digital signature", "key encipherment", last];
    let asked: BTreeSet<&str> = usages.iter().map(Str::as_str).collect();
    if asked == BTreeSet::from(all) || asked == BTreeSet::from([all[0], last]) {
        return Ok(());
    }
    let mut sorted = all;
    sorted.sort_unstable();
    Err(format!("usages did not match [{}]", sorted.join(" ")))
}

#[cfg(test)]
mod tests;
