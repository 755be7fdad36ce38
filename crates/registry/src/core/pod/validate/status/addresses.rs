//! The addresses of a pod and of its host.

use crate::networking::addresses::{legacy_address, parse_sloppy};
use api::core::v1::Pod;
use meta::{FieldErrors, FieldPath, Str, Verbatim, go_quote};

const FAMILIES: usize = 2;

/// `validatePodIPs`.
pub(super) fn check_pod(errors: &mut FieldErrors, path: &FieldPath, new: &Pod, old: &Pod) {
    let new: Vec<&Str> = new.status.pod_ips.iter().map(|one| &one.ip).collect();
    let old: Vec<&str> = old
        .status
        .pod_ips
        .iter()
        .map(|one| one.ip.as_str())
        .collect();
    check(errors, path, &new, &old);
}

/// `validateHostIPs`.
pub(super) fn check_host(errors: &mut FieldErrors, path: &FieldPath, new: &Pod, old: &Pod) {
    let host = &new.status.host_ip;
    let new: Vec<&Str> = new.status.host_ips.iter().map(|one| &one.ip).collect();
    if let Some(first) = new.first().filter(|first| **first != host) {
        let words = "must be equal to `hostIP`";
        errors.invalid(&path.index(0).child("ip"), first, words);
    }
    let old: Vec<&str> = old
        .status
        .host_ips
        .iter()
        .map(|one| one.ip.as_str())
        .collect();
    check(errors, path, &new, &old);
}

fn check(errors: &mut FieldErrors, path: &FieldPath, new: &[&Str], old: &[&str]) {
    for (index, ip) in new.iter().enumerate() {
        legacy_address(errors, &path.index(index), ip, old);
    }
    if new.len() < 2 {
        return;
    }
    let shown = |ip: &Str| format!("{{\"IP\":{}}}", go_quote(ip));
    let all: Vec<String> = new.iter().map(|ip| shown(ip)).collect();
    let all = format!("[{}]", all.join(","));
    let both = match families(new) {
        Ok(found) => found == [true, true],
        Err(problem) => {
            errors.internal(path, problem);
            false
        }
    };
    if !both || new.len() > FAMILIES {
        let words = "may specify no more than one IP for each IP family";
        errors.invalid(path, Verbatim(&all), words);
    }
}

/// Whether there are IPv4 and IPv6 addresses.
///
/// # Errors
/// In upstream's words, of the first that is no address.
fn families(ips: &[&Str]) -> Result<[bool; 2], String> {
    let mut found = [false; 2];
    for (index, ip) in ips.iter().enumerate() {
        let address = parse_sloppy(ip).ok_or_else(|| {
            format!("failed to check for dual stack with error:invalid IP[{index}]: {ip}")
        })?;
        found[usize::from(address.is_ipv6())] = true;
    }
    Ok(found)
}
