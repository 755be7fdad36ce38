//! Records from the caches of Services, EndpointSlices and Namespaces.

use std::net::IpAddr;
use std::sync::Arc;

use api::core::v1::{self as core, ServiceType};
use api::discovery::v1::{self as discovery, EndpointSlice};
use client::{Cache, Index, SharedCaches};
use meta::{Kind as _, ObjectKey, Str};

use crate::records::{Endpoint, Port, Records, Service, ServiceKind};

const SERVICE_NAME_LABEL: &str = "kubernetes.io/service-name";
const NONE: &str = "None";

/// The cluster's objects, always as the caches have them.
#[derive(Debug, Clone)]
pub struct Objects {
    namespaces: Cache<core::Namespace>,
    services: Cache<core::Service>,
    slices: Cache<EndpointSlice>,
    services_at: Index<core::Service>,
    slices_of: Index<EndpointSlice>,
    slices_at: Index<EndpointSlice>,
}

impl Objects {
    pub fn new(caches: &SharedCaches) -> Objects {
        let services = caches.of::<core::Service>();
        let slices = caches.of::<EndpointSlice>();
        Objects {
            namespaces: caches.of::<core::Namespace>(),
            services_at: services.index_by("cluster address", |service, values| {
                values.extend(cluster_addresses(service).cloned());
            }),
            slices_of: slices.index_by("service", |slice, values| {
                values.extend(service_of(slice).map(|key| index_value(&key)));
            }),
            slices_at: slices.index_by("address", |slice, values| {
                values.extend(
                    slice
                        .endpoints
                        .iter()
                        .filter_map(|endpoint| endpoint.addresses.first())
                        .cloned(),
                );
            }),
            services,
            slices,
        }
    }

    /// Completes when the caches have seen the API server once.
    pub async fn synced(&self) {
        self.namespaces.synced().await;
        self.services.synced().await;
        self.slices.synced().await;
    }
}

impl Records for Objects {
    fn has_namespace(&self, namespace: &str) -> bool {
        self.namespaces
            .get(&ObjectKey::cluster(namespace))
            .is_some()
    }

    fn service(&self, namespace: &str, name: &str) -> Option<Service> {
        let service = self.services.get(&ObjectKey::namespaced(namespace, name))?;
        let kind = if service.spec.type_ == ServiceType::EXTERNAL_NAME {
            ServiceKind::ExternalName(service.spec.external_name.clone())
        } else if service.spec.cluster_ip == NONE {
            ServiceKind::Headless
        } else {
            ServiceKind::ClusterIp(
                cluster_addresses(&service)
                    .filter_map(|address| address.parse().ok())
                    .collect(),
            )
        };
        let ports = service
            .spec
            .ports
            .iter()
            .filter_map(|spec| port(&spec.name, &spec.protocol, spec.port));
        Some(Service {
            kind,
            ports: ports.collect(),
        })
    }

    fn endpoints(&self, namespace: &str, service: &str) -> Vec<Endpoint> {
        let slices = self
            .slices_of
            .get(&index_value(&ObjectKey::namespaced(namespace, service)));
        slices
            .iter()
            .flat_map(|slice| ready_endpoints(slice))
            .collect()
    }

    fn service_at(&self, address: IpAddr) -> Option<ObjectKey> {
        self.services_at
            .get(&address.to_string())
            .first()
            .map(|service| service.key())
    }

    fn endpoints_at(&self, address: IpAddr) -> Vec<(ObjectKey, Endpoint)> {
        let slices = self.slices_at.get(&address.to_string());
        let each = |slice: &Arc<EndpointSlice>| -> Vec<(ObjectKey, Endpoint)> {
            let Some(service) = service_of(slice) else {
                return Vec::new();
            };
            let endpoints = ready_endpoints(slice).filter(|endpoint| endpoint.address == address);
            endpoints
                .map(|endpoint| (service.clone(), endpoint))
                .collect()
        };
        slices.iter().flat_map(each).collect()
    }
}

fn cluster_addresses(service: &core::Service) -> impl Iterator<Item = &Str> {
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
        .filter(|address| !address.is_empty() && *address != NONE)
}

fn ready_endpoints(slice: &EndpointSlice) -> impl Iterator<Item = Endpoint> {
    let ports: Vec<Port> = slice
        .ports
        .iter()
        .filter_map(|spec| {
            port(
                spec.name.as_deref().unwrap_or_default(),
                spec.protocol.as_deref().unwrap_or_default(),
                spec.port?,
            )
        })
        .collect();
    let ready = |endpoint: &&discovery::Endpoint| endpoint.conditions.ready.unwrap_or(true);
    slice
        .endpoints
        .iter()
        .filter(ready)
        .filter_map(move |endpoint| {
            let address = endpoint.addresses.first()?.parse().ok()?;
            Some(Endpoint {
                address,
                hostname: endpoint.hostname.clone().unwrap_or_default(),
                ports: ports.clone(),
            })
        })
}

fn port(name: &str, protocol: &str, number: i32) -> Option<Port> {
    let protocol = if protocol.is_empty() {
        "tcp".into()
    } else {
        Str::from(protocol.to_ascii_lowercase())
    };
    Some(Port {
        name: name.into(),
        protocol,
        number: u16::try_from(number).ok()?,
    })
}

fn service_of(slice: &EndpointSlice) -> Option<ObjectKey> {
    let name = slice.metadata.labels.get(SERVICE_NAME_LABEL)?;
    Some(ObjectKey::namespaced(
        slice.metadata.namespace.clone(),
        name.clone(),
    ))
}

fn index_value(service: &ObjectKey) -> Str {
    Str::from(format!(
        "{}/{}",
        service.namespace.as_deref().unwrap_or_default(),
        service.name
    ))
}
