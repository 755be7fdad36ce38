//! The decision, free of I/O: which slices to make, write and delete.

use super::{
    endpoint::{self, Identity, address_types},
    pack::{Packed, pack},
    slice,
};
use api::{
    core::v1::{Node, Pod, Service},
    discovery::v1::{Endpoint, EndpointPort, EndpointSlice},
};
use meta::{Str, Time};
use std::{collections::BTreeMap, sync::Arc};

pub(super) struct Input<'a> {
    pub(super) service: &'a Service,
    /// Pods that are selected, have an address and may still run.
    pub(super) pods: &'a [Arc<Pod>],
    pub(super) node: &'a dyn Fn(&str) -> Option<Arc<Node>>,
    /// Slices that are managed here.
    pub(super) slices: &'a [Arc<EndpointSlice>],
    /// When that happened which the slices are to follow.
    pub(super) trigger: Option<Time>,
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) create: Vec<EndpointSlice>,
    pub(super) update: Vec<EndpointSlice>,
    pub(super) delete: Vec<Arc<EndpointSlice>>,
    /// A pod was left out because its node is not known (yet).
    pub(super) missing_node: Option<Str>,
}

pub(super) fn plan(input: &Input<'_>) -> Plan {
    let mut plan = Plan::default();
    let types = address_types(input.service);
    let live = input
        .slices
        .iter()
        .filter(|slice| slice.metadata.deletion_timestamp.is_none());
    let (kept, strays): (Vec<_>, Vec<_>) = live.cloned().partition(|slice| {
        slice::belongs_to(slice, input.service) && types.contains(&slice.address_type.as_str())
    });
    for address_type in types {
        let of_type = kept
            .iter()
            .filter(|slice| slice.address_type == address_type);
        plan_type(
            input,
            address_type,
            &of_type.cloned().collect::<Vec<_>>(),
            &mut plan,
        );
    }
    plan.delete.extend(strays);
    if input.service.metadata.deletion_timestamp.is_some() {
        plan.create.clear();
    }
    for slice in plan.create.iter_mut().chain(&mut plan.update) {
        slice::set_trigger(slice, input.trigger);
    }
    plan
}

/// Ports as a key; the order is the Service's.
pub(super) type PortsKey = Vec<(Option<Str>, Option<i32>, Option<Str>, Option<Str>)>;

/// Endpoints that share their ports.
#[derive(Default)]
struct Group {
    ports: Vec<EndpointPort>,
    desired: BTreeMap<Identity, Endpoint>,
    existing: Vec<Arc<EndpointSlice>>,
}

fn plan_type(
    input: &Input<'_>,
    address_type: &'static str,
    existing: &[Arc<EndpointSlice>],
    plan: &mut Plan,
) {
    let labels = slice::labels(input.service);
    let mut groups = desired(input, address_type, plan);
    let mut packed = Packed::default();
    for slice in existing {
        match groups.get_mut(&ports_key(&slice.ports)) {
            Some(group) => group.existing.push(Arc::clone(slice)),
            None => packed.delete.push(Arc::clone(slice)),
        }
    }
    for group in groups.into_values() {
        let empty = || slice::new(input.service, address_type, &group.ports);
        let part = pack(&group.existing, group.desired, &labels, empty);
        packed.create.extend(part.create);
        packed.update.extend(part.update);
        packed.delete.extend(part.delete);
    }
    if existing.len() == packed.delete.len() && packed.create.is_empty() {
        keep_placeholder(input.service, address_type, &mut packed);
    }
    reuse(&mut packed);
    plan.create.extend(packed.create);
    plan.update.extend(packed.update);
    plan.delete.extend(packed.delete);
}

/// What there should be, grouped by ports.
fn desired(input: &Input<'_>, address_type: &str, plan: &mut Plan) -> BTreeMap<PortsKey, Group> {
    let mut groups: BTreeMap<PortsKey, Group> = BTreeMap::new();
    for pod in input.pods {
        let node_name = &pod.spec.node_name;
        let node = Some(node_name)
            .filter(|name| !name.is_empty())
            .and_then(|name| (input.node)(name));
        if node.is_none()
            && !node_name.is_empty()
            && !input.service.spec.publish_not_ready_addresses
        {
            plan.missing_node = Some(node_name.clone());
            continue;
        }
        let ports = endpoint::ports(input.service, pod);
        let group = groups.entry(ports_key(&ports)).or_insert_with(|| Group {
            ports,
            ..Group::default()
        });
        if let Some(endpoint) = endpoint::of_pod(input.service, pod, node.as_deref(), address_type)
        {
            group
                .desired
                .insert(endpoint::identity(&endpoint), endpoint);
        }
    }
    groups
}

/// A Service never lacks slices: without endpoints it has one that is empty.
fn keep_placeholder(service: &Service, address_type: &str, packed: &mut Packed) {
    let placeholder = slice::new(service, address_type, &[]);
    if let [only] = &packed.delete[..]
        && only.endpoints.is_empty()
        && only.ports.is_empty()
        && only.metadata.labels == placeholder.metadata.labels
    {
        packed.delete.clear();
    } else {
        packed.create.push(placeholder);
    }
}

/// A slice to delete and one to create make one to update.
pub(super) fn reuse(packed: &mut Packed) {
    while !packed.create.is_empty()
        && let Some(old) = packed.delete.pop()
    {
        let new = packed.create.pop().expect("checked in the loop's head");
        let mut slice = EndpointSlice::clone(&old);
        slice.endpoints = new.endpoints;
        slice.ports = new.ports;
        slice.metadata.labels = new.metadata.labels;
        packed.update.push(slice);
    }
}

pub(super) fn ports_key(ports: &[EndpointPort]) -> PortsKey {
    let key = |port: &EndpointPort| {
        (
            port.name.clone(),
            port.port,
            port.protocol.clone(),
            port.app_protocol.clone(),
        )
    };
    let mut keys: PortsKey = ports.iter().map(key).collect();
    keys.sort();
    keys
}

#[cfg(test)]
mod tests;
