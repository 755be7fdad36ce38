//! How a Service is reached from outside: addresses, traffic policies, load balancers.

use super::{super::addresses::needs_health_check, needs_address, needs_node_ports};
use crate::{
    core::endpoints::check_special,
    networking::addresses::{legacy_address, legacy_range, parse_sloppy},
    rules,
};
use api::core::v1::{Service, ServiceType};
use meta::{FieldErrors, FieldPath, Str, validation};

const POLICIES: &[&str] = &["Cluster", "Local"];
const IP_MODES: &[&str] = &["Proxy", "VIP"];
const ONLY_BALANCED: &str = "may only be used when `type` is 'LoadBalancer'";
/// Named the ranges before `loadBalancerSourceRanges` did.
const RANGES: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";

fn texts(list: &[Str]) -> Vec<&str> {
    list.iter().map(Str::as_str).collect()
}

fn is_balanced(service: &Service) -> bool {
    service.spec.type_ == ServiceType::LOAD_BALANCER
}

/// Whether traffic can come from outside of the cluster.
pub(in crate::core::service) fn is_external(service: &Service) -> bool {
    let spec = &service.spec;
    needs_node_ports(&spec.type_)
        || spec.type_ == ServiceType::CLUSTER_IP && !spec.external_ips.is_empty()
}

pub(super) fn check_addresses(
    errors: &mut FieldErrors,
    path: &FieldPath,
    service: &Service,
    old: Option<&Service>,
) {
    let before = old.map_or_else(Vec::new, |old| texts(&old.spec.external_ips));
    for (index, address) in service.spec.external_ips.iter().enumerate() {
        let path = path.index(index);
        if legacy_address(errors, &path, address, &before) {
            check_special(errors, &path, address);
        }
    }
}

pub(super) fn check_policies(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let spec = &service.spec;
    let policy = &spec.external_traffic_policy;
    let external = path.child("externalTrafficPolicy");
    if is_external(service) {
        rules::one_of(errors, &external, policy, POLICIES);
    } else if !policy.is_empty() {
        let words = "may only be set for externally-accessible services";
        errors.invalid(&external, policy, words);
    }
    check_health(errors, &path.child("healthCheckNodePort"), service);
    let internal = path.child("internalTrafficPolicy");
    match &spec.internal_traffic_policy {
        None if needs_address(&spec.type_) => errors.required(&internal, ""),
        policy => rules::optional_one_of(errors, &internal, policy.as_ref(), POLICIES),
    }
}

fn check_health(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let port = service.spec.health_check_node_port;
    if !needs_health_check(&service.spec) {
        if port != 0 {
            let words = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
            errors.invalid(path, port, words);
        }
    } else if port == 0 {
        errors.required(path, "");
    } else {
        rules::each_number(errors, path, port.into(), validation::port_number(port));
    }
}

pub(super) fn check_load_balancer(
    errors: &mut FieldErrors,
    path: &FieldPath,
    service: &Service,
    old: Option<&Service>,
) {
    let spec = &service.spec;
    if spec.load_balancer_source_ranges.is_empty() {
        check_annotated_ranges(errors, service, old);
    } else {
        check_ranges(
            errors,
            &path.child("LoadBalancerSourceRanges"),
            service,
            old,
        );
    }
    match spec.allocate_load_balancer_node_ports {
        Some(_) if !is_balanced(service) => {
            errors.forbidden(&path.child("allocateLoadBalancerNodePorts"), ONLY_BALANCED);
        }
        // Upstream leaves `spec` out.
        None if is_balanced(service) => {
            errors.required(&FieldPath::new("allocateLoadBalancerNodePorts"), "");
        }
        _ => {}
    }
    check_class(errors, path, service);
}

fn check_ranges(
    errors: &mut FieldErrors,
    path: &FieldPath,
    service: &Service,
    old: Option<&Service>,
) {
    if !is_balanced(service) {
        errors.forbidden(path, ONLY_BALANCED);
    }
    let before = old.map_or_else(Vec::new, |old| texts(&old.spec.load_balancer_source_ranges));
    let ranges = &service.spec.load_balancer_source_ranges;
    for (index, range) in ranges.iter().enumerate() {
        // They were an annotation once, in which spaces were allowed.
        legacy_range(errors, &path.index(index), range.trim(), &before);
    }
}

fn check_annotated_ranges(errors: &mut FieldErrors, service: &Service, old: Option<&Service>) {
    let Some(ranges) = service.metadata.annotations.get(RANGES) else {
        return;
    };
    let path = FieldPath::new("metadata.annotations").key(RANGES);
    if !is_balanced(service) {
        errors.forbidden(&path, ONLY_BALANCED);
    }
    let before = old.and_then(|old| old.metadata.annotations.get(RANGES));
    if before == Some(ranges) || ranges.trim().is_empty() {
        return;
    }
    for range in ranges.trim().split(',') {
        legacy_range(errors, &path, range.trim(), &[]);
    }
}

/// Upstream `validateLoadBalancerClassField` of one state.
pub(super) fn check_class(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let path = path.child("loadBalancerClass");
    match &service.spec.load_balancer_class {
        Some(name) if is_balanced(service) => rules::qualified_name(errors, &path, name),
        Some(_) => errors.forbidden(&path, ONLY_BALANCED),
        None => {}
    }
}

/// `ValidateLoadBalancerStatus`.
pub(in crate::core::service) fn status(errors: &mut FieldErrors, new: &Service, old: &Service) {
    let path = FieldPath::new("status.loadBalancer.ingress");
    let points = &new.status.load_balancer.ingress;
    if !is_balanced(new) && !points.is_empty() {
        let words = "may only be used when `spec.type` is 'LoadBalancer'";
        return errors.forbidden(&path, words);
    }
    let before = old.status.load_balancer.ingress.iter();
    let before: Vec<&str> = before.map(|point| point.ip.as_str()).collect();
    for (index, point) in points.iter().enumerate() {
        let path = path.index(index);
        if !point.ip.is_empty() {
            legacy_address(errors, &path.child("ip"), &point.ip, &before);
        }
        let mode = path.child("ipMode");
        match &point.ip_mode {
            None if !point.ip.is_empty() => {
                errors.required(&mode, "must be specified when `ip` is set");
            }
            Some(_) if point.ip.is_empty() => {
                errors.forbidden(&mode, "may not be specified when `ip` is not set");
            }
            value => rules::optional_one_of(errors, &mode, value.as_ref(), IP_MODES),
        }
        if !point.hostname.is_empty() {
            let path = path.child("hostname");
            rules::subdomain(errors, &path, &point.hostname);
            if parse_sloppy(&point.hostname).is_some() {
                let words = "must be a DNS name, not an IP address";
                errors.invalid(&path, &point.hostname, words);
            }
        }
    }
}
