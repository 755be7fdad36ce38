//! Validation of Services (`pkg/apis/core/validation.ValidateService`).

use super::NONE;
use crate::{rules, selector};
use api::core::v1::{Service, ServicePort, ServiceType};
use meta::{FieldErrors, FieldPath, IntOrString, Str, validation};
use std::{collections::HashSet, net::IpAddr};

const TYPES: &[&str] = &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const POLICIES: &[&str] = &["Cluster", "Local"];
const FAMILIES: &[&str] = &["IPv4", "IPv6"];
const FAMILY_POLICIES: &[&str] = &["PreferDualStack", "RequireDualStack", "SingleStack"];
const PROTOCOLS: &[&str] = &["SCTP", "TCP", "UDP"];
const SESSION_SECONDS_MAX: i32 = 86400;
const ADDRESSES_MAX: usize = 2;
const BAD_ADDRESS: &str = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

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
    check_ports(errors, &path, service);
    selector::check_labels(errors, &path.child("selector"), &spec.selector);
    check_session(errors, &path, service);
    addresses(errors, service);
    for (index, ip) in spec.external_ips.iter().enumerate() {
        check_address(errors, &path.child("externalIPs").index(index), ip);
    }
    one_of(errors, &path.child("type"), &spec.type_, TYPES);
    check_node_ports(errors, &path, service);
    check_policies(errors, &path, service);
    check_load_balancer(errors, &path, service);
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
pub(super) fn same_addresses(errors: &mut FieldErrors, new: &Service, old: &Service) {
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
            errors.invalid(&list.index(index), ip, BAD_ADDRESS);
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
        one_of(
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

fn check_ports(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let ports = &service.spec.ports;
    let mut names = HashSet::new();
    let mut numbers = HashSet::new();
    for (index, port) in ports.iter().enumerate() {
        let path = path.child("ports").index(index);
        check_port(errors, &path, port, ports.len() > 1, &mut names);
        if !numbers.insert((port.protocol.clone(), port.port)) {
            // Upstream shows its internal struct with the key alone.
            let shown = format!(
                "{{\"Name\":\"\",\"Protocol\":\"{}\",\"AppProtocol\":null,\"Port\":{},\"TargetPort\":0,\"NodePort\":0}}",
                port.protocol, port.port
            );
            errors.duplicate(&path, meta::Verbatim(&shown));
        }
    }
}

fn check_port<'s>(
    errors: &mut FieldErrors,
    path: &FieldPath,
    port: &'s ServicePort,
    named: bool,
    names: &mut HashSet<&'s Str>,
) {
    let name = path.child("name");
    if port.name.is_empty() {
        if named {
            errors.required(&name, "");
        }
    } else {
        for words in validation::dns1123_label(&port.name) {
            errors.invalid(&name, &port.name, words);
        }
        if !names.insert(&port.name) {
            errors.duplicate(&name, &port.name);
        }
    }
    for words in validation::port_number(port.port) {
        errors.invalid(&path.child("port"), port.port, words);
    }
    one_of(errors, &path.child("protocol"), &port.protocol, PROTOCOLS);
    let target = path.child("targetPort");
    match &port.target_port {
        IntOrString::Int(number) => validation::port_number(*number)
            .into_iter()
            .for_each(|words| errors.invalid(&target, *number, words)),
        IntOrString::String(text) => validation::port_name(text)
            .into_iter()
            .for_each(|words| errors.invalid(&target, text, words)),
    }
    if let Some(protocol) = &port.app_protocol {
        for words in validation::qualified_name(protocol) {
            errors.invalid(&path.child("appProtocol"), protocol, words);
        }
    }
}

fn check_session(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let spec = &service.spec;
    one_of(
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

fn check_node_ports(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    if needs_node_ports(&service.spec.type_) {
        return;
    }
    let is_known = TYPES.contains(&service.spec.type_.as_str());
    for (index, port) in service
        .spec
        .ports
        .iter()
        .enumerate()
        .filter(|(_, port)| port.node_port != 0 && is_known)
    {
        let _ = port;
        let words = format!("may not be used when `type` is '{}'", service.spec.type_);
        errors.forbidden(&path.child("ports").index(index).child("nodePort"), words);
    }
}

fn check_policies(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
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
        one_of(errors, &external, &spec.external_traffic_policy, POLICIES);
    }
    let internal = path.child("internalTrafficPolicy");
    match &spec.internal_traffic_policy {
        None if needs_address(&spec.type_) => errors.required(&internal, ""),
        Some(policy) => one_of(errors, &internal, policy, POLICIES),
        None => {}
    }
}

fn check_load_balancer(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let spec = &service.spec;
    if spec.type_ == ServiceType::LOAD_BALANCER {
        return;
    }
    if spec.allocate_load_balancer_node_ports.is_some() {
        errors.forbidden(
            &path.child("allocateLoadBalancerNodePorts"),
            "may only be used when `type` is 'LoadBalancer'",
        );
    }
    if spec.load_balancer_class.is_some() {
        errors.forbidden(
            &path.child("loadBalancerClass"),
            "may only be used when `type` is 'LoadBalancer'",
        );
    }
    if !spec.load_balancer_source_ranges.is_empty() {
        errors.forbidden(
            &path.child("LoadBalancerSourceRanges"),
            "may only be used when `type` is 'LoadBalancer'",
        );
    }
}

fn check_address(errors: &mut FieldErrors, path: &FieldPath, ip: &Str) {
    if ip.parse::<IpAddr>().is_err() {
        errors.invalid(path, ip, BAD_ADDRESS);
    }
}

fn one_of(errors: &mut FieldErrors, path: &FieldPath, value: &Str, known: &[&str]) {
    if value.is_empty() {
        errors.required(path, "");
    } else if !known.contains(&value.as_str()) {
        errors.not_supported(path, value, known);
    }
}
