//! The addresses of a pod and of its host.

use crate::networking::addresses::{legacy_address, parse_sloppy};
use api::core::v1::Pod;
use meta::{FieldErrors, FieldPath, Str, Verbatim, go_quote};
use std::collections::HashSet;

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
        legacy_address(errors, &path.index(index).child("ip"), ip, old);
    }
    if new.len() < 2 {
        return;
    }
    let shown = |ip: &Str| format!("{{\"IP\":{}}}", go_quote(ip));
    let all: Vec<String> = new.iter().map(|ip| shown(ip)).collect();
    let all = format!("[{}]", all.join(","));
    let parsed: Option<Vec<bool>> = new
        .iter()
        .map(|ip| parse_sloppy(ip).map(|address| address.is_ipv4()))
        .collect();
    let both = parsed.is_some_and(|parsed| parsed.contains(&true) && parsed.contains(&false));
    if !both || new.len() > FAMILIES {
        let words = "may specify no more than one IP for each IP family";
        errors.invalid(path, Verbatim(&all), words);
    }
    let mut seen = HashSet::new();
    for (index, ip) in new.iter().enumerate() {
        if !seen.insert(*ip) {
            errors.duplicate(&path.index(index), Verbatim(&shown(ip)));
        }
    }
}
