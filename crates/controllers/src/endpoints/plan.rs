//! The decision, free of I/O: the Endpoints that a Service and its pods ask for.

use crate::{
    pods::{is_ready, is_terminating},
    service_pods::{HEADLESS, TRIGGER_TIME, addresses, hostname, is_headless, target_port},
};
use api::core::v1::{
    EndpointAddress, EndpointPort, EndpointSubset, Endpoints, ObjectReference, Pod, Service,
};
use meta::{Map, Str, Time};
use std::{collections::BTreeMap, sync::Arc};

const MANAGED_BY: &str = "endpoints.kubernetes.io/managed-by";
const MANAGER: &str = "endpoint-controller";
/// Annotation: `truncated` when there were more addresses than an Endpoints may hold.
const OVER_CAPACITY: &str = "endpoints.kubernetes.io/over-capacity";
/// Upstream's `maxCapacity`.
const ADDRESSES_MAX: usize = 1000;

#[derive(Debug, PartialEq)]
pub(super) enum Step {
    Nothing,
    Create(Box<Endpoints>),
    Update(Box<Endpoints>),
}

pub(super) fn is_managed(endpoints: &Endpoints) -> bool {
    endpoints
        .metadata
        .labels
        .get(MANAGED_BY)
        .is_some_and(|manager| manager == MANAGER)
}

/// `trigger`: what the change follows, if anything new.
pub(super) fn plan(
    service: &Service,
    pods: &[Arc<Pod>],
    there: Option<&Endpoints>,
    trigger: Option<Time>,
) -> Step {
    let (subsets, truncated) = truncate(subsets(service, pods));
    let labels = labels(service);
    let mut wanted = there.cloned().unwrap_or_default();
    wanted.metadata.name = service.metadata.name.clone();
    wanted.metadata.namespace = service.metadata.namespace.clone();
    let was_truncated = wanted.metadata.annotations.get(OVER_CAPACITY).is_some();
    if there.is_some_and(|there| {
        *there.subsets == *subsets && there.metadata.labels == labels && was_truncated == truncated
    }) {
        return Step::Nothing;
    }
    wanted.subsets = subsets.into();
    wanted.metadata.labels = labels;
    annotate(&mut wanted, trigger, truncated);
    if there.is_some() {
        Step::Update(Box::new(wanted))
    } else {
        Step::Create(Box::new(wanted))
    }
}

fn labels(service: &Service) -> Map<Str, Str> {
    let mut labels = service.metadata.labels.clone();
    labels.remove(HEADLESS);
    if is_headless(service) {
        labels.insert(HEADLESS, Str::default());
    }
    labels.insert(MANAGED_BY, Str::const_new(MANAGER));
    labels
}

fn annotate(endpoints: &mut Endpoints, trigger: Option<Time>, truncated: bool) {
    let annotations = &mut endpoints.metadata.annotations;
    match trigger {
        Some(time) => drop(annotations.insert(TRIGGER_TIME, Str::from(time.to_string()))),
        None => drop(annotations.remove(TRIGGER_TIME)),
    }
    if truncated {
        annotations.insert(OVER_CAPACITY, Str::const_new("truncated"));
    } else {
        annotations.remove(OVER_CAPACITY);
    }
}

/// What tells addresses apart: ip and pod uid.
type AddressKey = (Str, Str);
type PortKey = (Str, i32, Str, Option<Str>);

/// An address, the ports it offers, and whether it is ready.
struct Offer {
    address: EndpointAddress,
    ready: bool,
    ports: Vec<EndpointPort>,
}

/// Ports that the same addresses offer share a subset; everything is sorted, so that equal is equal.
fn subsets(service: &Service, pods: &[Arc<Pod>]) -> Vec<EndpointSubset> {
    let tolerant = service.spec.publish_not_ready_addresses;
    let mut offers: BTreeMap<AddressKey, Offer> = BTreeMap::new();
    for pod in pods.iter().filter(|pod| tolerant || !is_terminating(pod)) {
        let Some(address) = address(service, pod) else {
            continue;
        };
        let ports = ports(service, pod);
        if ports.is_empty() && !(service.spec.ports.is_empty() && is_headless(service)) {
            continue;
        }
        let key = (address.ip.clone(), pod.metadata.uid.clone());
        offers.insert(
            key,
            Offer {
                address,
                ready: tolerant || is_ready(pod),
                ports,
            },
        );
    }
    pack(&offers.into_values().collect::<Vec<_>>())
}

fn pack(offers: &[Offer]) -> Vec<EndpointSubset> {
    // By port, or by none: who offers it.
    let mut offered: BTreeMap<Option<PortKey>, (Option<&EndpointPort>, Vec<usize>)> =
        BTreeMap::new();
    for (index, offer) in offers.iter().enumerate() {
        let none = offer.ports.is_empty().then_some(None);
        for port in offer.ports.iter().map(Some).chain(none) {
            let (_, by) = offered
                .entry(port.map(port_key))
                .or_insert_with(|| (port, Vec::new()));
            by.push(index);
        }
    }
    let mut shared: BTreeMap<Vec<usize>, Vec<EndpointPort>> = BTreeMap::new();
    for (port, by) in offered.into_values() {
        shared.entry(by).or_default().extend(port.cloned());
    }
    let subsets = shared.into_iter().map(|(by, ports)| {
        let by = || by.iter().map(|index| &offers[*index]);
        let those = |ready| by().filter(move |offer| offer.ready == ready);
        EndpointSubset {
            addresses: those(true).map(|offer| offer.address.clone()).collect(),
            not_ready_addresses: those(false).map(|offer| offer.address.clone()).collect(),
            ports: ports.into(),
        }
    });
    let mut subsets: Vec<_> = subsets.collect();
    subsets.sort_by_key(|subset| subset.ports.iter().map(port_key).collect::<Vec<_>>());
    subsets
}

/// The pod's address of the Service's first family.
fn address(service: &Service, pod: &Pod) -> Option<EndpointAddress> {
    let wants_v6 = match service.spec.ip_families.first() {
        Some(family) => family == "IPv6",
        None => service.spec.cluster_ip.contains(':'),
    };
    let ip = addresses(pod).find(|address| address.contains(':') == wants_v6)?;
    Some(EndpointAddress {
        ip: ip.clone(),
        hostname: hostname(service, pod).unwrap_or_default(),
        node_name: Some(pod.spec.node_name.clone()).filter(|node| !node.is_empty()),
        target_ref: Some(Box::new(ObjectReference {
            kind: Str::const_new("Pod"),
            namespace: pod.metadata.namespace.clone(),
            name: pod.metadata.name.clone(),
            uid: pod.metadata.uid.clone(),
            ..ObjectReference::default()
        })),
    })
}

fn ports(service: &Service, pod: &Pod) -> Vec<EndpointPort> {
    let port = |port: &api::core::v1::ServicePort| {
        Some(EndpointPort {
            name: port.name.clone(),
            port: target_port(port, pod)?,
            protocol: port.protocol.clone(),
            app_protocol: port.app_protocol.clone(),
        })
    };
    let mut ports: Vec<_> = service.spec.ports.iter().filter_map(port).collect();
    ports.sort_by_key(port_key);
    ports
}

fn port_key(port: &EndpointPort) -> PortKey {
    (
        port.name.clone(),
        port.port,
        port.protocol.clone(),
        port.app_protocol.clone(),
    )
}

/// Keeps at most 1,000 addresses, ready ones first; answers whether any were dropped.
fn truncate(mut subsets: Vec<EndpointSubset>) -> (Vec<EndpointSubset>, bool) {
    let total: usize = subsets
        .iter()
        .map(|subset| subset.addresses.len() + subset.not_ready_addresses.len())
        .sum();
    let mut room = ADDRESSES_MAX;
    for subset in &mut subsets {
        subset.addresses.truncate(room);
        room -= subset.addresses.len();
    }
    for subset in &mut subsets {
        subset.not_ready_addresses.truncate(room);
        room -= subset.not_ready_addresses.len();
    }
    subsets
        .retain(|subset| !(subset.addresses.is_empty() && subset.not_ready_addresses.is_empty()));
    (subsets, total > ADDRESSES_MAX)
}

#[cfg(test)]
mod tests;
