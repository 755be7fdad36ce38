//! Node ports of one Service.

use api::core::v1::Service;
use meta::{ApiError, Reason, Str};
use std::collections::HashSet;

/// The node ports that it has, the health check's included.
pub(super) fn node_ports(service: &Service) -> Vec<u16> {
    let ports = service
        .spec
        .ports
        .iter()
        .map(|port| port.node_port)
        .chain([service.spec.health_check_node_port]);
    ports
        .filter_map(|port| u16::try_from(port).ok())
        .filter(|port| *port != 0)
        .collect()
}

/// A node port may serve two protocols, but not one of them twice.
pub(super) fn check_distinct(service: &Service) -> Result<(), ApiError> {
    let mut seen: HashSet<(&Str, i32)> = HashSet::new();
    for port in service.spec.ports.iter().filter(|port| port.node_port != 0) {
        if !seen.insert((&port.protocol, port.node_port)) {
            let words = format!(
                "duplicate nodePort: {{{} {}}}",
                port.protocol, port.node_port
            );
            return Err(ApiError::new(Reason::Unknown, words));
        }
    }
    Ok(())
}

/// The node port of another entry with the same port and another protocol: both then share it.
pub(super) fn shareable(service: &Service, index: usize) -> Option<u16> {
    let ours = &service.spec.ports[index];
    let taken = |number: i32| {
        service
            .spec
            .ports
            .iter()
            .any(|port| port.node_port == number && port.protocol == ours.protocol)
    };
    let twin = service
        .spec
        .ports
        .iter()
        .find(|port| port.port == ours.port && port.node_port != 0 && !taken(port.node_port));
    twin.and_then(|port| u16::try_from(port.node_port).ok())
}
