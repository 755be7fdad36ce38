//! Ports of a Service.

use super::{TYPES, needs_node_ports};
use crate::rules;
use api::core::v1::{Service, ServicePort, ServiceType};
use meta::{FieldErrors, FieldPath, IntOrString, Str, validation};
use std::collections::HashSet;

const PROTOCOLS: &[&str] = &["SCTP", "TCP", "UDP"];
const KUBELET_PORT: i32 = 10_250;

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let ports = &service.spec.ports;
    let mut names = HashSet::new();
    let mut numbers = HashSet::new();
    for (index, port) in ports.iter().enumerate() {
        let path = path.child("ports").index(index);
        check_port(errors, &path, port, ports.len() > 1, &mut names);
        // So that a cloud's firewall does not open every kubelet.
        if service.spec.type_ == ServiceType::LOAD_BALANCER && port.port == KUBELET_PORT {
            let words = "may not expose port 10250 externally since it is used by kubelet";
            errors.invalid(&path, port.port, words);
        }
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

pub(super) fn check_node_ports(errors: &mut FieldErrors, path: &FieldPath, service: &Service) {
    let kind = &service.spec.type_;
    if needs_node_ports(kind) || !TYPES.contains(&kind.as_str()) {
        return;
    }
    let words = format!("may not be used when `type` is '{kind}'");
    for (index, port) in service.spec.ports.iter().enumerate() {
        if port.node_port != 0 {
            let path = path.child("ports").index(index).child("nodePort");
            errors.forbidden(&path, words.as_str());
        }
    }
}
