//! What one Service puts into the tables. Pure.

mod endpoints;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::num::NonZeroU32;

use api::core::v1::{
    Service, ServiceAffinity, ServiceExternalTrafficPolicy, ServiceInternalTrafficPolicy,
    ServicePort, ServiceType,
};
use api::discovery::v1::EndpointSlice;
use ebpf::{External, Frontend, Protocol};
use meta::{Kind as _, ObjectKey};

use self::endpoints::Endpoints;
use crate::claims::Claims;

/// Slices name their Service by this label; their own names mean nothing.
pub const SERVICE_NAME_LABEL: &str = "kubernetes.io/service-name";
/// A Service with this label is another proxy's.
const PROXY_NAME_LABEL: &str = "service.kubernetes.io/service-proxy-name";
const HEADLESS_LABEL: &str = "service.kubernetes.io/headless";
/// Upstream's `DefaultClientIPServiceAffinitySeconds`.
const AFFINITY_DEFAULT_S: u32 = 10_800;

/// The frontends of `service` with what is behind each, for the node called `node`. `slices` are those of this Service.
pub fn plan<'a>(
    service: &Service,
    slices: impl Iterator<Item = &'a EndpointSlice> + Clone,
    node: &str,
) -> Vec<(Frontend, ebpf::Service)> {
    if !is_ours(service) {
        return Vec::new();
    }
    let ports = service.spec.ports.iter();
    ports
        .flat_map(|port| plan_port(service, port, slices.clone(), node))
        .collect()
}

/// What the tables hold when all these Services and slices exist.
pub fn contents(
    services: &[Service],
    slices: &[EndpointSlice],
    node: &str,
) -> BTreeMap<Frontend, ebpf::Service> {
    let mut of_service: BTreeMap<ObjectKey, Vec<&EndpointSlice>> = BTreeMap::new();
    for slice in slices {
        if let Some(key) = service_of(slice) {
            of_service.entry(key).or_default().push(slice);
        }
    }
    let mut claims = Claims::default();
    for service in services {
        let key = service.key();
        let slices = of_service.get(&key).map(Vec::as_slice).unwrap_or_default();
        claims.replace(&key, plan(service, slices.iter().copied(), node));
    }
    claims.contents()
}

/// The Service that a slice belongs to.
pub(crate) fn service_of(slice: &EndpointSlice) -> Option<ObjectKey> {
    let name = slice.metadata.labels.get(SERVICE_NAME_LABEL)?;
    Some(ObjectKey::namespaced(
        slice.metadata.namespace.clone(),
        name.clone(),
    ))
}

fn is_ours(service: &Service) -> bool {
    let labels = &service.metadata.labels;
    let headless = matches!(service.spec.cluster_ip.as_str(), "" | "None");
    !headless
        && service.spec.type_ != ServiceType::EXTERNAL_NAME
        && !labels.contains_key(PROXY_NAME_LABEL)
        && !labels.contains_key(HEADLESS_LABEL)
}

fn plan_port<'a>(
    service: &Service,
    port: &ServicePort,
    slices: impl Iterator<Item = &'a EndpointSlice>,
    node: &str,
) -> Vec<(Frontend, ebpf::Service)> {
    let (Some(protocol), Ok(number)) = (protocol(&port.protocol), u16::try_from(port.port)) else {
        return Vec::new();
    };
    let endpoints = Endpoints::collect(slices, port, node);
    let spec = &service.spec;
    let internal_local =
        spec.internal_traffic_policy.as_deref() == Some(ServiceInternalTrafficPolicy::LOCAL);
    let external_local = spec.external_traffic_policy == ServiceExternalTrafficPolicy::LOCAL;
    let affinity_s = affinity_s(service);
    let internal = ebpf::Service {
        backends: if internal_local {
            endpoints.local()
        } else {
            endpoints.cluster()
        },
        external: External::Closed,
        affinity_s,
    };
    let at = |address, port| Frontend {
        address,
        port,
        protocol,
    };
    let mut plan: Vec<_> = cluster_addresses(service)
        .map(|address| (at(address, number), internal.clone()))
        .collect();
    // Clients on this node reach all endpoints through external addresses, whatever the external policy.
    let outward = || ebpf::Service {
        backends: endpoints.cluster(),
        external: if external_local {
            External::Local(endpoints.local())
        } else {
            External::Cluster
        },
        affinity_s,
    };
    plan.extend(external_addresses(service).map(|address| (at(address, number), outward())));
    let has_node_port =
        spec.type_ == ServiceType::NODE_PORT || spec.type_ == ServiceType::LOAD_BALANCER;
    if let Some(node_port) = u16::try_from(port.node_port)
        .ok()
        .filter(|port| has_node_port && *port != 0)
    {
        plan.push((at(Ipv4Addr::UNSPECIFIED, node_port), outward()));
    }
    plan
}

fn cluster_addresses(service: &Service) -> impl Iterator<Item = Ipv4Addr> {
    let one = service
        .spec
        .cluster_ips
        .is_empty()
        .then_some(&service.spec.cluster_ip);
    service
        .spec
        .cluster_ips
        .iter()
        .chain(one)
        .filter_map(|address| address.parse().ok())
}

/// External addresses, and load balancers' that expect to find their address on the node (KEP-1860).
fn external_addresses(service: &Service) -> impl Iterator<Item = Ipv4Addr> {
    let balancers = service.status.load_balancer.ingress.iter();
    let balancers = balancers
        .filter(|ingress| ingress.ip_mode.as_deref() != Some("Proxy"))
        .map(|ingress| &ingress.ip);
    service
        .spec
        .external_ips
        .iter()
        .chain(balancers)
        .filter_map(|address| address.parse().ok())
}

fn affinity_s(service: &Service) -> Option<NonZeroU32> {
    if service.spec.session_affinity != ServiceAffinity::CLIENT_IP {
        return None;
    }
    let config = service
        .spec
        .session_affinity_config
        .as_ref()
        .and_then(|config| config.client_ip.as_ref());
    let seconds = config
        .and_then(|client| client.timeout_seconds)
        .and_then(|seconds| u32::try_from(seconds).ok());
    NonZeroU32::new(seconds.unwrap_or(AFFINITY_DEFAULT_S))
}

/// `None`: SCTP, which is not translated.
fn protocol(name: &str) -> Option<Protocol> {
    match name {
        "" | api::core::v1::Protocol::TCP => Some(Protocol::Tcp),
        api::core::v1::Protocol::UDP => Some(Protocol::Udp),
        _ => None,
    }
}
