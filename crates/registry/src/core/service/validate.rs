//! Validation of Services (`pkg/apis/core/validation.ValidateService`).

mod change;
mod external;
mod ports;

pub(super) use self::external::{is_external, status};
use super::{NONE, addresses::needs_health_check};
use crate::{
    networking::addresses::{legacy_address, parse_sloppy},
    rules, selector,
};
use api::core::v1::{Service, ServiceType, SessionAffinityConfig};
use meta::{FieldErrors, FieldPath, Str, validation};
use std::{collections::HashSet, net::IpAddr};

const TYPES: &[&str] = &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
pub(super) const V4: &str = "IPv4";
pub(super) const V6: &str = "IPv6";
const FAMILIES: &[&str] = &[V4, V6];
const FAMILY_POLICIES: &[&str] = &["PreferDualStack", "RequireDualStack", "SingleStack"];
const DISTRIBUTIONS: &[&str] = &["PreferClose", "PreferSameZone", "PreferSameNode"];
const SESSION_SECONDS_MAX: i32 = 86400;
const ADDRESSES_MAX: usize = 2;

pub(super) fn needs_address(kind: &Str) -> bool {
    kind == ServiceType::CLUSTER_IP || needs_node_ports(kind)
}

pub(super) fn needs_node_ports(kind: &Str) -> bool {
    kind == ServiceType::NODE_PORT || kind == ServiceType::LOAD_BALANCER
}

/// Without an address of its own.
pub(super) fn is_headless(service: &Service) -> bool {
    matches!(service.spec.cluster_ips.as_slice(), [only] if only == NONE)
}

const TOPOLOGY_MODE: &str = "service.kubernetes.io/topology-mode";
const TOPOLOGY_HINTS: &str = "service.kubernetes.io/topology-aware-hints";

/// `ValidateService`. Addresses that `old` has need not be right.
pub(super) fn service(errors: &mut FieldErrors, service: &Service, old: Option<&Service>) {
    check_topology(errors, service);
    let (path, spec) = (FieldPath::new("spec"), &service.spec);
    if spec.ports.is_empty() && !is_headless(service) && spec.type_ != ServiceType::EXTERNAL_NAME {
        errors.required(&path.child("ports"), "");
    }
    check_type(errors, &path, service);
    ports::check(errors, &path.child("ports"), service);
    selector::check_labels(errors, &path.child("selector"), &spec.selector);
    check_session(errors, &path, service);
    addresses(errors, service, old);
    external::check_addresses(errors, &path.child("externalIPs"), service, old);
    rules::one_of(errors, &path.child("type"), &spec.type_, TYPES);
    ports::check_together(errors, &path.child("ports"), service);
    external::check_load_balancer(errors, &path, service, old);
    external::check_policies(errors, &path, service);
    rules::optional_one_of(
        errors,
        &path.child("trafficDistribution"),
        spec.traffic_distribution.as_ref(),
        DISTRIBUTIONS,
    );
}

fn check_topology(errors: &mut FieldErrors, service: &Service) {
    let annotations = &service.metadata.annotations;
    let (Some(mode), Some(hints)) = (
        annotations.get(TOPOLOGY_MODE),
        annotations.get(TOPOLOGY_HINTS),
    ) else {
        return;
    };
    if mode != hints {
        let path = FieldPath::new("metadata.annotations").key(TOPOLOGY_MODE);
        let words = format!("must match annotations[{TOPOLOGY_HINTS}] when both are specified");
        errors.invalid(&path, mode, words);
    }
}

/// What only one type forbids or wants.
fn check_type(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let spec = &service.spec;
    match spec.type_.as_str() {
        kind @ (ServiceType::LOAD_BALANCER | ServiceType::NODE_PORT) if is_headless(service) => {
            let words = format!("may not be set to 'None' for {kind} services");
            errors.invalid(&path.child("clusterIPs").index(0), NONE, words);
        }
        ServiceType::EXTERNAL_NAME => {
            for (name, set) in [
                ("clusterIPs", !spec.cluster_ips.is_empty()),
                ("ipFamilies", !spec.ip_families.is_empty()),
                ("ipFamilyPolicy", spec.ip_family_policy.is_some()),
            ] {
                if set {
                    let words = "may not be set for ExternalName services";
                    errors.forbidden(&path.child(name), words);
                }
            }
            check_external_name(errors, &path.child("externalName"), &spec.external_name);
        }
        _ => {}
    }
}

/// `ValidateServiceUpdate`.
pub(super) fn update(errors: &mut FieldErrors, new: &Service, old: &Service) {
    change::check(errors, new, old);
    let path = FieldPath::new("spec");
    external::check_class(errors, &path, new);
    if needs_health_check(&old.spec)
        && needs_health_check(&new.spec)
        && new.spec.health_check_node_port != old.spec.health_check_node_port
    {
        errors.forbidden(&path.child("healthCheckNodePort"), "field is immutable");
    }
    service(errors, new, Some(old));
}

/// `ValidateServiceClusterIPsRelatedFields`.
pub(super) fn addresses(errors: &mut FieldErrors, service: &Service, old: Option<&Service>) {
    let (path, spec) = (FieldPath::new("spec"), &service.spec);
    let list = path.child("clusterIPs");
    if spec.type_ == ServiceType::EXTERNAL_NAME {
        return;
    }
    if spec.cluster_ip.is_empty() {
        if !spec.cluster_ips.is_empty() {
            errors.invalid(
                &list,
                &spec.cluster_ips,
                "must be empty when `clusterIP` is not specified",
            );
        }
    } else if spec.cluster_ips.is_empty() {
        errors.required(&list, "");
    } else if spec.cluster_ips[0] != spec.cluster_ip {
        errors.invalid(
            &list,
            &spec.cluster_ips,
            "first value must match `clusterIP`",
        );
    }
    check_families(errors, &path, service);
    let good = check_each(errors, &list, &spec.cluster_ips, old);
    if spec.cluster_ips.len() > ADDRESSES_MAX {
        errors.invalid(&list, &spec.cluster_ips, "may only hold up to 2 values");
    }
    // More would be said of lists of which nothing is known.
    if good {
        check_stacks(errors, &list, service);
    }
}

/// False if one is no address.
fn check_each(
    errors: &mut FieldErrors,
    list: &FieldPath,
    ips: &[Str],
    old: Option<&Service>,
) -> bool {
    let before: Vec<&str> = old.map_or_else(Vec::new, |old| {
        old.spec.cluster_ips.iter().map(Str::as_str).collect()
    });
    let mut good = true;
    for (index, ip) in ips.iter().enumerate() {
        if index > 0 || ip != NONE {
            good &= legacy_address(errors, &list.index(index), ip, &before);
        } else if ips.len() > 1 {
            good = false;
            errors.invalid(
                list,
                ips.to_vec(),
                "'None' must be the first and only value",
            );
        }
    }
    good
}

/// One address of each family, in the order of the families.
fn check_stacks(errors: &mut FieldErrors, list: &FieldPath, service: &Service) {
    let (ips, families) = (&service.spec.cluster_ips, &service.spec.ip_families);
    if ips.len() > 1 {
        let count = |family| ips.iter().filter(|ip| family_of(ip) == family).count();
        if count(V4) == 0 || count(V6) == 0 {
            let words = "may specify no more than one IP for each IP family";
            errors.invalid(list, ips, words);
        }
    }
    if is_headless(service) {
        return;
    }
    for (index, (ip, family)) in ips.iter().zip(families).enumerate() {
        if FAMILIES.contains(&family.as_str()) && family != family_of(ip) {
            let words = format!("expected an {family} value as indicated by `ipFamilies[{index}]`");
            errors.invalid(&list.index(index), ip, words);
        }
    }
}

/// Of a good address.
pub(super) fn family_of(ip: &str) -> &'static str {
    match parse_sloppy(ip) {
        Some(IpAddr::V6(_)) => V6,
        _ => V4,
    }
}

fn check_families(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let mut seen = HashSet::new();
    for (index, family) in service.spec.ip_families.iter().enumerate() {
        let path = path.child("ipFamilies").index(index);
        if !FAMILIES.contains(&family.as_str()) {
            errors.not_supported(&path, family, FAMILIES);
        }
        if !seen.insert(family) {
            errors.duplicate(&path, family);
        }
    }
    let policy = service.spec.ip_family_policy.as_ref();
    let path = path.child("ipFamilyPolicy");
    rules::optional_one_of(errors, &path, policy, FAMILY_POLICIES);
}

fn check_external_name(errors: &mut FieldErrors, path: &FieldPath, name: &Str) {
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() {
        errors.required(path, "");
        return;
    }
    for words in validation::dns1123_subdomain(name) {
        errors.invalid(path, name, words);
    }
}

fn check_session(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let spec = &service.spec;
    rules::one_of(
        errors,
        &path.child("sessionAffinity"),
        &spec.session_affinity,
        &["ClientIP", "None"],
    );
    let config = path.child("sessionAffinityConfig");
    match (
        spec.session_affinity.as_str(),
        &spec.session_affinity_config,
    ) {
        ("ClientIP", given) => check_client_ip(errors, &config, given.as_deref()),
        ("None", Some(_)) => {
            errors.forbidden(&config, "must not be set when session affinity is None")
        }
        _ => {}
    }
}

fn check_client_ip(
    errors: &mut FieldErrors,
    path: &FieldPath,
    config: Option<&SessionAffinityConfig>,
) {
    const WHEN: &str = "when session affinity type is ClientIP";
    let Some(config) = config else {
        return errors.required(path, WHEN);
    };
    let path = path.child("clientIP");
    let Some(client) = &config.client_ip else {
        return errors.required(&path, WHEN);
    };
    let path = path.child("timeoutSeconds");
    match client.timeout_seconds {
        None => errors.required(&path, WHEN),
        Some(seconds) if !(1..=SESSION_SECONDS_MAX).contains(&seconds) => {
            let words = format!("must be greater than 0 and less than {SESSION_SECONDS_MAX}");
            errors.invalid(&path, seconds, words);
        }
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests;
