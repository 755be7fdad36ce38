//! Node ports of one Service.

use api::core::v1::{Service, ServicePort, ServiceType};
use meta::{ApiError, Reason};

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

/// The node ports of the ports themselves.
pub(super) fn of_ports(service: &Service) -> Vec<i32> {
    let ports = service.spec.ports.iter().map(|port| port.node_port);
    ports.filter(|port| *port != 0).collect()
}

/// What is asked for a port by any entry of that number: entries of two protocols share a node port.
pub(super) fn requested(service: &Service, number: i32) -> i32 {
    let mut asking = service.spec.ports.iter();
    let found = asking.find(|port| port.port == number && port.node_port != 0);
    found.map_or(0, |port| port.node_port)
}

/// Upstream's words for a node port that an update gives twice to one protocol.
pub(super) fn duplicate(port: &ServicePort) -> ApiError {
    let (protocol, number) = (&port.protocol, port.node_port);
    let words = format!("duplicate nodePort: {{{protocol} {number}}}");
    ApiError::new(Reason::Unknown, words)
}

/// Whether ports get node ports that nobody asked for.
pub(super) fn allocates(service: &Service) -> bool {
    let spec = &service.spec;
    spec.type_ != ServiceType::LOAD_BALANCER
        || spec.allocate_load_balancer_node_ports.unwrap_or(true)
}
