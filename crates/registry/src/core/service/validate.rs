//! Validation of Services (`pkg/apis/core/validation.ValidateService`).

mod external;
mod ports;

use super::NONE;
use crate::{rules, selector};
use api::core::v1::{Service, ServiceType};
use meta::{FieldErrors, FieldPath, Str, validation};
use std::{collections::HashSet, net::IpAddr};

const TYPES: &[&str] = &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const FAMILIES: &[&str] = &["IPv4", "IPv6"];
const FAMILY_POLICIES: &[&str] = &["PreferDualStack", "RequireDualStack", "SingleStack"];
const DISTRIBUTIONS: &[&str] = &["PreferClose", "PreferSameNode", "PreferSameZone"];
const SESSION_SECONDS_MAX: i32 = 86400;
const ADDRESSES_MAX: usize = 2;

pub(super) fn needs_address(kind: &Str) -> bool {
    kind == ServiceType::CLUSTER_IP || needs_node_ports(kind)
}

pub(super) fn needs_node_ports(kind: &Str) -> bool {
    kind == ServiceType::NODE_PORT || kind == ServiceType::LOAD_BALANCER
}

pub(super) fn service(errors: &mut FieldErrors, service: &Service) {
    rules::finalizers(errors, &service.metadata);
    let (path, spec) = (FieldPath::new("spec"), &service.spec);
    let headless = spec.cluster_ip == NONE;
    let external_name = spec.type_ == ServiceType::EXTERNAL_NAME;
    if spec.ports.is_empty() && !headless && !external_name {
        errors.required(&path.child("ports"), "");
    }
    if spec.type_ == ServiceType::LOAD_BALANCER && headless {
        errors.invalid(
            &path.child("clusterIPs"),
            &spec.cluster_ips,
            "may not be set to 'None' for LoadBalancer services",
        );
    }
    if spec.type_ == ServiceType::NODE_PORT && headless {
        errors.invalid(
            &path.child("clusterIPs"),
            &spec.cluster_ips,
            "may not be set to 'None' for NodePort services",
        );
    }
    if external_name {
        check_external_name(errors, &path.child("externalName"), &spec.external_name);
    }
    ports::check(errors, &path, service);
    selector::check_labels(errors, &path.child("selector"), &spec.selector);
    check_session(errors, &path, service);
    addresses(errors, service);
    external::check_addresses(errors, &path.child("externalIPs"), &spec.external_ips);
    rules::one_of(errors, &path.child("type"), &spec.type_, TYPES);
    ports::check_node_ports(errors, &path, service);
    external::check_policies(errors, &path, service);
    external::check_load_balancer(errors, &path, service);
    rules::optional_one_of(
        errors,
        &path.child("trafficDistribution"),
        spec.traffic_distribution.as_ref(),
        DISTRIBUTIONS,
    );
}

pub(super) fn update(errors: &mut FieldErrors, new: &Service, old: &Service) {
    same_addresses(errors, new, old);
    if new.spec.type_ == ServiceType::LOAD_BALANCER
        && old.spec.type_ == ServiceType::LOAD_BALANCER
        && new.spec.load_balancer_class != old.spec.load_balancer_class
    {
        errors.invalid(
            &FieldPath::new("spec").child("loadBalancerClass"),
            &new.spec.load_balancer_class,
            "may not change once set",
        );
    }
    service(errors, new);
}

/// Once given, an address stays as long as the Service needs one.
fn same_addresses(errors: &mut FieldErrors, new: &Service, old: &Service) {
    if !needs_address(&new.spec.type_) || !needs_address(&old.spec.type_) {
        return;
    }
    let changed = old
        .spec
        .cluster_ips
        .first()
        .is_some_and(|first| !first.is_empty() && new.spec.cluster_ips.first() != Some(first));
    if changed {
        errors.invalid(
            &FieldPath::new("spec").child("clusterIPs").index(0),
            &new.spec.cluster_ips,
            "may not change once set",
        );
    }
    let primary = old.spec.ip_families.first();
    if primary.is_some_and(|primary| new.spec.ip_families.first() != Some(primary)) {
        errors.invalid(
            &FieldPath::new("spec").child("ipFamilies").index(0),
            &new.spec.ip_families,
            "may not change once set",
        );
    }
}

/// `ValidateServiceClusterIPsRelatedFields`.
pub(super) fn addresses(errors: &mut FieldErrors, service: &Service) {
    let (path, spec) = (FieldPath::new("spec"), &service.spec);
    let list = path.child("clusterIPs");
    if spec.type_ == ServiceType::EXTERNAL_NAME {
        for (name, set) in [
            ("ipFamilies", !spec.ip_families.is_empty()),
            ("ipFamilyPolicy", spec.ip_family_policy.is_some()),
            ("clusterIPs", !spec.cluster_ips.is_empty()),
        ] {
            if set {
                errors.forbidden(
                    &path.child(name),
                    "may not be set for ExternalName services",
                );
            }
        }
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
    if spec.cluster_ips.len() > 1 && spec.cluster_ips.iter().any(|ip| ip == NONE) {
        errors.invalid(
            &list,
            &spec.cluster_ips,
            "'None' must be the first and only value",
        );
        return;
    }
    for (index, ip) in spec.cluster_ips.iter().enumerate() {
        if ip != NONE && ip.parse::<IpAddr>().is_err() {
            errors.invalid(&list.index(index), ip, rules::BAD_ADDRESS);
        }
    }
    if spec.cluster_ips.len() > ADDRESSES_MAX {
        errors.invalid(&list, &spec.cluster_ips, "may only hold up to 2 values");
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
    if let Some(policy) = &service.spec.ip_family_policy {
        rules::one_of(
            errors,
            &path.child("ipFamilyPolicy"),
            policy,
            FAMILY_POLICIES,
        );
    }
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
        ("ClientIP", Some(given)) => {
            let seconds = given
                .client_ip
                .as_ref()
                .and_then(|client| client.timeout_seconds);
            let path = config.child("clientIP").child("timeoutSeconds");
            match seconds {
                None => errors.required(&path, ""),
                Some(seconds) if !(1..=SESSION_SECONDS_MAX).contains(&seconds) => {
                    errors.invalid(
                        &path,
                        seconds,
                        format!("must be greater than 0 and less than {SESSION_SECONDS_MAX}"),
                    );
                }
                Some(_) => {}
            }
        }
        ("None", Some(_)) => {
            errors.forbidden(&config, "must not be set when session affinity is None")
        }
        _ => {}
    }
}
