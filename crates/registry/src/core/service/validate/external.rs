//! How a Service is reached from outside: addresses, traffic policies, load balancers.

use super::{super::addresses::needs_health_check, needs_address, needs_node_ports};
use crate::{
    core::{endpoints::special, node::is_cidr},
    rules,
};
use api::core::v1::{Service, ServiceType};
use meta::{FieldErrors, FieldPath, Str};
use std::net::IpAddr;

const POLICIES: &[&str] = &["Cluster", "Local"];

pub(super) fn check_addresses(errors: &mut FieldErrors, path: &FieldPath, addresses: &[Str]) {
    for (index, address) in addresses.iter().enumerate() {
        let path = path.index(index);
        match address.parse::<IpAddr>() {
            Err(_) => errors.invalid(&path, address, rules::BAD_ADDRESS),
            Ok(parsed) => {
                if let Some(words) = special(parsed) {
                    errors.invalid(&path, address, words);
                }
            }
        }
    }
}

pub(super) fn check_policies(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let spec = &service.spec;
    let external = path.child("externalTrafficPolicy");
    let externally_accessible = needs_node_ports(&spec.type_)
        || spec.type_ == ServiceType::CLUSTER_IP && !spec.external_ips.is_empty();
    if spec.external_traffic_policy.is_empty() {
        if externally_accessible {
            errors.required(&external, "");
        }
    } else if !externally_accessible {
        errors.invalid(
            &external,
            &spec.external_traffic_policy,
            "may only be set for externally-accessible services",
        );
    } else {
        rules::one_of(errors, &external, &spec.external_traffic_policy, POLICIES);
    }
    let internal = path.child("internalTrafficPolicy");
    match &spec.internal_traffic_policy {
        None if needs_address(&spec.type_) => errors.required(&internal, ""),
        Some(policy) => rules::one_of(errors, &internal, policy, POLICIES),
        None => {}
    }
    if spec.health_check_node_port != 0 && !needs_health_check(spec) {
        errors.invalid(
            &path.child("healthCheckNodePort"),
            spec.health_check_node_port,
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
        );
    }
}

pub(super) fn check_load_balancer(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let spec = &service.spec;
    let class = path.child("loadBalancerClass");
    let ranges = path.child("LoadBalancerSourceRanges");
    if spec.type_ != ServiceType::LOAD_BALANCER {
        for (path, set) in [
            (&ranges, !spec.load_balancer_source_ranges.is_empty()),
            (
                &path.child("allocateLoadBalancerNodePorts"),
                spec.allocate_load_balancer_node_ports.is_some(),
            ),
            (&class, spec.load_balancer_class.is_some()),
        ] {
            if set {
                errors.forbidden(path, "may only be used when `type` is 'LoadBalancer'");
            }
        }
        return;
    }
    // They were an annotation once, in which spaces were allowed.
    for (index, range) in spec.load_balancer_source_ranges.iter().enumerate() {
        if !is_cidr(range.trim()) {
            let words = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
            errors.invalid(&ranges.index(index), range.trim(), words);
        }
    }
    if spec.allocate_load_balancer_node_ports.is_none() {
        errors.required(&path.child("allocateLoadBalancerNodePorts"), "");
    }
    if let Some(name) = &spec.load_balancer_class {
        rules::qualified_name(errors, &class, name);
    }
}
