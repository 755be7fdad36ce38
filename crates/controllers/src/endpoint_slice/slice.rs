//! A slice's name, labels and owner.

use crate::{
    owner::{controller_reference, is_controlled_by},
    service_pods::{HEADLESS, TRIGGER_TIME, is_headless},
};
use api::{
    core::v1::Service,
    discovery::v1::{EndpointPort, EndpointSlice},
};
use meta::{Map, ObjectKey, Slice, Str, Time};

pub(super) const SERVICE_NAME: &str = "kubernetes.io/service-name";
pub(super) const MANAGED_BY: &str = "endpointslice.kubernetes.io/managed-by";
pub(super) const MANAGER: &str = "endpointslice-controller.k8s.io";

/// The Service of a slice that is managed here.
pub(super) fn managed_service(slice: &EndpointSlice) -> Option<ObjectKey> {
    managed_by(slice, MANAGER)
}

/// The Service of a slice that `manager` manages.
pub(super) fn managed_by(slice: &EndpointSlice, manager: &str) -> Option<ObjectKey> {
    let labels = &slice.metadata.labels;
    labels.get(MANAGED_BY).filter(|found| *found == manager)?;
    let name = labels.get(SERVICE_NAME)?;
    Some(ObjectKey::namespaced(
        slice.metadata.namespace.clone(),
        name.clone(),
    ))
}

/// An empty slice that the server will name.
pub(super) fn new(service: &Service, address_type: &str, ports: &[EndpointPort]) -> EndpointSlice {
    let mut slice = EndpointSlice::default();
    slice.metadata.namespace = service.metadata.namespace.clone();
    slice.metadata.generate_name = Str::from(format!("{}-", service.metadata.name));
    slice.metadata.owner_references = vec![controller_reference(service)];
    slice.metadata.labels = labels(service);
    slice.address_type = Str::from(address_type);
    slice.ports = ports.iter().cloned().collect();
    slice.endpoints = Slice::empty();
    slice
}

/// The Service's own labels, and those by which slices are found.
pub(super) fn labels(service: &Service) -> Map<Str, Str> {
    let mut labels = service.metadata.labels.clone();
    labels.remove(HEADLESS);
    if is_headless(service) {
        labels.insert(HEADLESS, Str::default());
    }
    labels.insert(SERVICE_NAME, service.metadata.name.clone());
    labels.insert(MANAGED_BY, Str::const_new(MANAGER));
    labels
}

pub(super) fn belongs_to(slice: &EndpointSlice, service: &Service) -> bool {
    is_controlled_by(&slice.metadata, &service.metadata.uid)
}

/// Notes what made the slice change.
pub(super) fn set_trigger(slice: &mut EndpointSlice, trigger: Option<Time>) {
    match trigger {
        Some(time) => {
            slice
                .metadata
                .annotations
                .insert(TRIGGER_TIME, Str::from(time.to_string()));
        }
        None => {
            slice.metadata.annotations.remove(TRIGGER_TIME);
        }
    }
}
