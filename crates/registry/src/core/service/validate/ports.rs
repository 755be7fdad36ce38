//! Ports of a Service.

use crate::rules;
use api::core::v1::{Service, ServicePort, ServiceType};
use meta::{FieldErrors, FieldPath, IntOrString, Str, validation};
use std::collections::HashSet;

const PROTOCOLS: &[&str] = &["SCTP", "TCP", "UDP"];

/// Each for itself.
pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let ports = &service.spec.ports;
    let mut names = HashSet::new();
    for (index, port) in ports.iter().enumerate() {
        check_port(
            errors,
            &path.index(index),
            port,
            ports.len() > 1,
            &mut names,
        );
    }
}

/// No port is there twice, neither in the cluster nor on the nodes.
pub(super) fn check_together(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let ports = &service.spec.ports;
    let on_nodes = ports
        .iter()
        .enumerate()
        .filter(|(_, port)| port.node_port != 0);
    if service.spec.type_ == ServiceType::CLUSTER_IP {
        for (index, _) in on_nodes.clone() {
            let words = "may not be used when `type` is 'ClusterIP'";
            errors.forbidden(&path.index(index).child("nodePort"), words);
        }
    }
    let mut seen = HashSet::new();
    for (index, port) in on_nodes {
        if !seen.insert((&port.protocol, port.node_port)) {
            errors.duplicate(&path.index(index).child("nodePort"), port.node_port);
        }
    }
    let mut seen = HashSet::new();
    for (index, port) in ports.iter().enumerate() {
        if !seen.insert((&port.protocol, port.port)) {
            // Upstream shows its internal struct with the key alone.
            let shown = format!(
                "{{\"Name\":\"\",\"Protocol\":\"{}\",\"AppProtocol\":null,\"Port\":{},\"TargetPort\":0,\"NodePort\":0}}",
                port.protocol, port.port
            );
            errors.duplicate(&path.index(index), meta::Verbatim(&shown));
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
    rules::one_of(errors, &path.child("protocol"), &port.protocol, PROTOCOLS);
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
