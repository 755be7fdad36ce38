//! The Service under which pods find cluster DNS: upstream's name, with this machine's server behind it.

use api::{
    core::v1::{Service, ServicePort},
    discovery::v1::{Endpoint, EndpointPort, EndpointSlice},
};
use client::{Client, Error};
use meta::{IntOrString, Kind, ObjectKey, Str};
use std::net::Ipv4Addr;

const NAMESPACE: &str = "kube-system";
const NAME: &str = "kube-dns";
const PORTS: [(&str, &str); 2] = [("dns", "UDP"), ("dns-tcp", "TCP")];
const PORT: u16 = 53;

/// Creates both objects, or brings them up to date.
///
/// # Errors
/// The API server's.
pub(super) async fn publish(
    client: &Client,
    address: Ipv4Addr,
    server: Ipv4Addr,
) -> Result<(), Error> {
    put(client, &service(address), |found, wanted| {
        found.spec.ports != wanted.spec.ports
    })
    .await?;
    put(client, &slice(server), |found, wanted| {
        found.endpoints != wanted.endpoints || found.ports != wanted.ports
    })
    .await
}

async fn put<K: Kind>(
    client: &Client,
    wanted: &K,
    differs: impl Fn(&K, &K) -> bool,
) -> Result<(), Error> {
    let api = client.of::<K>();
    let key = ObjectKey::namespaced(NAMESPACE, Kind::metadata(wanted).name.clone());
    match api.find(&key).await? {
        None => api.create(wanted).await.map(drop),
        Some(found) if differs(&found, wanted) => {
            let mut new = wanted.clone();
            new.metadata_mut().resource_version = Kind::metadata(&found).resource_version.clone();
            api.replace(&new).await.map(drop)
        }
        Some(_) => Ok(()),
    }
}

fn service(address: Ipv4Addr) -> Service {
    let mut service = Service::default();
    service.metadata.name = NAME.into();
    service.metadata.namespace = NAMESPACE.into();
    service.metadata.labels.insert("k8s-app", NAME.into());
    service
        .metadata
        .labels
        .insert("kubernetes.io/cluster-service", "true".into());
    service
        .metadata
        .labels
        .insert("kubernetes.io/name", "CoreDNS".into());
    service.spec.cluster_ip = address.to_string().into();
    service.spec.ports = PORTS
        .iter()
        .map(|(name, protocol)| ServicePort {
            name: (*name).into(),
            protocol: (*protocol).into(),
            port: PORT.into(),
            target_port: IntOrString::Int(PORT.into()),
            ..ServicePort::default()
        })
        .collect();
    service
}

fn slice(server: Ipv4Addr) -> EndpointSlice {
    let mut slice = EndpointSlice::default();
    slice.metadata.name = NAME.into();
    slice.metadata.namespace = NAMESPACE.into();
    slice
        .metadata
        .labels
        .insert("kubernetes.io/service-name", NAME.into());
    slice
        .metadata
        .labels
        .insert("endpointslice.kubernetes.io/managed-by", "sampan".into());
    slice.address_type = "IPv4".into();
    let mut endpoint = Endpoint {
        addresses: vec![Str::from(server.to_string())].into(),
        ..Endpoint::default()
    };
    endpoint.conditions.ready = Some(true);
    endpoint.conditions.serving = Some(true);
    endpoint.conditions.terminating = Some(false);
    slice.endpoints = vec![endpoint].into();
    let port = |(name, protocol): &(&str, &str)| EndpointPort {
        name: Some((*name).into()),
        protocol: Some((*protocol).into()),
        port: Some(PORT.into()),
        ..EndpointPort::default()
    };
    slice.ports = PORTS.iter().map(port).collect();
    slice
}
