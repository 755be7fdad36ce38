//! One pod as an endpoint of one Service.

use crate::{
    pods::{is_ready, is_terminating},
    service_pods::{addresses, hostname, is_headless, target_port},
};
use api::{
    core::v1::{Node, ObjectReference, Pod, Service},
    discovery::v1::{Endpoint, EndpointConditions, EndpointPort},
};
use meta::Str;
use std::net::IpAddr;

const ZONE: &str = "topology.kubernetes.io/zone";

/// What tells endpoints of one Service apart: address, hostname and pod.
pub(super) type Identity = (Vec<Str>, Option<Str>, Option<(Str, Str)>);

pub(super) fn identity(endpoint: &Endpoint) -> Identity {
    let mut addresses = endpoint.addresses.to_vec();
    addresses.sort();
    let target = endpoint.target_ref.as_ref();
    (
        addresses,
        endpoint.hostname.clone(),
        target.map(|target| (target.namespace.clone(), target.name.clone())),
    )
}

/// `None` when the pod has no address of this type.
pub(super) fn of_pod(
    service: &Service,
    pod: &Pod,
    node: Option<&Node>,
    address_type: &str,
) -> Option<Endpoint> {
    let addresses: Vec<_> = addresses(pod)
        .filter(|address| is_of_type(address, address_type))
        .cloned()
        .collect();
    if addresses.is_empty() {
        return None;
    }
    let serving = is_ready(pod);
    let terminating = is_terminating(pod);
    let ready = service.spec.publish_not_ready_addresses || (serving && !terminating);
    Some(Endpoint {
        addresses: addresses.into_iter().collect(),
        conditions: EndpointConditions {
            ready: Some(ready),
            serving: Some(serving),
            terminating: Some(terminating),
        },
        hostname: hostname(service, pod),
        target_ref: Some(Box::new(ObjectReference {
            kind: Str::const_new("Pod"),
            namespace: pod.metadata.namespace.clone(),
            name: pod.metadata.name.clone(),
            uid: pod.metadata.uid.clone(),
            ..ObjectReference::default()
        })),
        node_name: Some(pod.spec.node_name.clone()).filter(|node| !node.is_empty()),
        zone: node
            .and_then(|node| node.metadata.labels.get(ZONE))
            .cloned(),
        ..Endpoint::default()
    })
}

/// The ports that this pod offers for the Service.
pub(super) fn ports(service: &Service, pod: &Pod) -> Vec<EndpointPort> {
    if service.spec.ports.is_empty() && is_headless(service) {
        return Vec::new();
    }
    let port = |port: &api::core::v1::ServicePort| {
        Some(EndpointPort {
            name: Some(port.name.clone()),
            port: Some(target_port(port, pod)?),
            protocol: Some(port.protocol.clone()),
            app_protocol: port.app_protocol.clone(),
        })
    };
    service.spec.ports.iter().filter_map(port).collect()
}

/// Address types of a Service, first its own first family.
pub(super) fn address_types(service: &Service) -> Vec<&'static str> {
    let families = &service.spec.ip_families;
    if families.is_empty() {
        let own: Result<IpAddr, _> = service.spec.cluster_ip.parse();
        return vec![if own.is_ok_and(|own| own.is_ipv6()) {
            "IPv6"
        } else {
            "IPv4"
        }];
    }
    families
        .iter()
        .map(|family| if family == "IPv6" { "IPv6" } else { "IPv4" })
        .collect()
}

fn is_of_type(address: &str, address_type: &str) -> bool {
    let parsed: Result<IpAddr, _> = address.parse();
    parsed.is_ok_and(|parsed| parsed.is_ipv6() == (address_type == "IPv6"))
}
