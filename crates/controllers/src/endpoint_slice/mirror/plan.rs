//! The decision, free of I/O: one slice for each set of ports and family of addresses.

use crate::{
    endpoint_slice::{
        endpoint::{Identity, identity},
        pack::{Packed, same},
        plan::{Plan, PortsKey, ports_key, reuse},
        slice::{MANAGED_BY, SERVICE_NAME},
    },
    owner::controller_reference,
    service_pods::TRIGGER_TIME,
};
use api::{
    core::v1::{self as core, Endpoints, Service},
    discovery::v1::{Endpoint, EndpointConditions, EndpointPort, EndpointSlice},
};
use meta::{Map, Slice, Str};
use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

pub(super) const MANAGER: &str = "endpointslicemirroring-controller.k8s.io";
/// Upstream's default of `--mirroring-max-endpoints-per-subset`.
pub(super) const ADDRESSES_MAX: usize = 1000;
/// Label of Endpoints that are not to be mirrored.
const SKIP_MIRROR: &str = "endpointslice.kubernetes.io/skip-mirror";
/// Annotation of Endpoints that only say who leads.
const LEADER: &str = "control-plane.alpha.kubernetes.io/leader";
/// Annotations that tell of the Endpoints alone.
const OWN: [&str; 2] = [
    TRIGGER_TIME,
    "kubectl.kubernetes.io/last-applied-configuration",
];

/// Whether slices shall follow these Endpoints, whose Service is the one of the same name.
pub(super) fn is_mirrored(endpoints: &Endpoints, service: Option<&Service>) -> bool {
    let meta = &endpoints.metadata;
    let skipped = meta
        .labels
        .get(SKIP_MIRROR)
        .is_some_and(|skip| skip == "true");
    let by_hand = service.is_some_and(|service| service.spec.selector.is_empty());
    by_hand && !skipped && !meta.annotations.contains_key(LEADER)
}

/// What is to become of the `slices` that mirror these Endpoints, and how many addresses were too many.
pub(super) fn plan(endpoints: &Endpoints, slices: &[Arc<EndpointSlice>]) -> (Plan, usize) {
    let mut plan = Plan::default();
    let live = slices
        .iter()
        .filter(|slice| slice.metadata.deletion_timestamp.is_none());
    let mut skipped = 0;
    for family in ["IPv4", "IPv6"] {
        let of_family = live.clone().filter(|slice| slice.address_type == family);
        let groups = desired(endpoints, family, &mut skipped);
        let mut packed = pack(endpoints, family, groups, of_family);
        reuse(&mut packed);
        plan.create.extend(packed.create);
        plan.update.extend(packed.update);
        plan.delete.extend(packed.delete);
    }
    if endpoints.metadata.deletion_timestamp.is_some() {
        plan.create.clear();
    }
    for slice in &mut plan.update {
        slice.metadata.annotations = annotations(endpoints);
    }
    // Each family has skipped them.
    (plan, skipped / 2)
}

/// Endpoints that share their ports.
struct Group {
    ports: Vec<EndpointPort>,
    desired: BTreeMap<Identity, Endpoint>,
}

fn desired(endpoints: &Endpoints, family: &str, skipped: &mut usize) -> BTreeMap<PortsKey, Group> {
    let mut groups: BTreeMap<PortsKey, Group> = BTreeMap::new();
    for subset in &endpoints.subsets {
        let ready = subset.addresses.iter().map(|address| (address, true));
        let not_ready = subset.not_ready_addresses.iter();
        let all = ready.chain(not_ready.map(|address| (address, false)));
        *skipped += all.clone().count().saturating_sub(ADDRESSES_MAX);
        let ports: Vec<_> = subset.ports.iter().map(port).collect();
        for (address, ready) in all.take(ADDRESSES_MAX) {
            if let Some(endpoint) = of_address(address, family, ready) {
                let group = groups.entry(ports_key(&ports)).or_insert_with(|| Group {
                    ports: ports.clone(),
                    desired: BTreeMap::new(),
                });
                group.desired.insert(identity(&endpoint), endpoint);
            }
        }
    }
    groups
}

fn port(port: &core::EndpointPort) -> EndpointPort {
    EndpointPort {
        name: Some(port.name.clone()),
        port: Some(port.port),
        protocol: Some(port.protocol.clone()),
        app_protocol: port.app_protocol.clone(),
    }
}

/// `None` when the address is of another family.
fn of_address(address: &core::EndpointAddress, family: &str, ready: bool) -> Option<Endpoint> {
    let parsed: IpAddr = address.ip.parse().ok()?;
    let parsed = parsed.to_canonical();
    if parsed.is_ipv6() != (family == "IPv6") {
        return None;
    }
    Some(Endpoint {
        addresses: [Str::from(parsed.to_string())].into_iter().collect(),
        conditions: EndpointConditions {
            ready: Some(ready),
            ..EndpointConditions::default()
        },
        hostname: Some(address.hostname.clone()).filter(|name| !name.is_empty()),
        node_name: address.node_name.clone(),
        target_ref: address.target_ref.clone(),
        ..Endpoint::default()
    })
}

fn pack<'a>(
    endpoints: &Endpoints,
    family: &str,
    mut groups: BTreeMap<PortsKey, Group>,
    existing: impl Iterator<Item = &'a Arc<EndpointSlice>>,
) -> Packed {
    let mut packed = Packed::default();
    for slice in existing {
        let Some(group) = groups.remove(&ports_key(&slice.ports)) else {
            packed.delete.push(Arc::clone(slice));
            continue;
        };
        if !shows(slice, &group, endpoints) {
            let mut slice = EndpointSlice::clone(slice);
            slice.endpoints = group.desired.into_values().collect();
            slice.metadata.labels = labels(endpoints);
            packed.update.push(slice);
        }
    }
    let created = groups
        .into_values()
        .map(|group| new(endpoints, family, group));
    packed.create.extend(created);
    packed
}

/// Whether a slice is as it shall be.
fn shows(slice: &EndpointSlice, group: &Group, endpoints: &Endpoints) -> bool {
    let wanted = |found: &Endpoint| {
        let wanted = group.desired.get(&identity(found));
        wanted.is_some_and(|wanted| same(wanted, found))
    };
    slice.endpoints.len() == group.desired.len()
        && slice.endpoints.iter().all(wanted)
        && slice.metadata.labels == labels(endpoints)
        && slice.metadata.annotations == annotations(endpoints)
}

/// A slice that the server will name.
fn new(endpoints: &Endpoints, family: &str, group: Group) -> EndpointSlice {
    let mut slice = EndpointSlice::default();
    slice.metadata.namespace = endpoints.metadata.namespace.clone();
    slice.metadata.generate_name = Str::from(format!("{}-", endpoints.metadata.name));
    slice.metadata.owner_references = vec![controller_reference(endpoints)];
    slice.metadata.labels = labels(endpoints);
    slice.metadata.annotations = annotations(endpoints);
    slice.address_type = Str::from(family);
    slice.ports = group.ports.into_iter().collect::<Slice<_>>();
    slice.endpoints = group.desired.into_values().collect();
    slice
}

/// The Endpoints' own labels, and those by which slices are found.
fn labels(endpoints: &Endpoints) -> Map<Str, Str> {
    let mut labels = endpoints.metadata.labels.clone();
    labels.insert(SERVICE_NAME, endpoints.metadata.name.clone());
    labels.insert(MANAGED_BY, Str::const_new(MANAGER));
    labels
}

fn annotations(endpoints: &Endpoints) -> Map<Str, Str> {
    let mut annotations = endpoints.metadata.annotations.clone();
    for own in OWN {
        annotations.remove(own);
    }
    annotations
}

#[cfg(test)]
mod tests;
