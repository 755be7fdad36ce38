//! Which address a service means, by its endpoint slices. Upstream: apiserver's `pkg/util/proxy`.
use crate::cache::{Caches, Filter};
use api::{
    core::v1::{Service, ServicePort},
    discovery::v1::EndpointSlice,
};
use meta::{ObjectKey, Str, go_quote, labels::Selector};
use platform::Rng;
use resource::{Object, Reader, SharedObject};

/// A service that an APIService or a webhook names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ServiceName {
    pub(crate) namespace: Str,
    pub(crate) name: Str,
    pub(crate) port: i32,
}

/// Why there is no address, in upstream's words.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum ResolveError {
    #[error("service {} not found", go_quote(.0))]
    NotFound(Str),
    #[error("unsupported service type {}", go_quote(.0))]
    Type(Str),
    #[error("no service port {number} found for service {}", go_quote(name))]
    Port { number: i32, name: Str },
    #[error("no endpoints available for service {}", go_quote(.0))]
    Endpoints(Str),
}

/// The service, if it is there.
pub(super) fn service(caches: &Caches, wanted: &ServiceName) -> Option<SharedObject> {
    let key = ObjectKey {
        namespace: Some(wanted.namespace.clone()),
        name: wanted.name.clone(),
    };
    caches.get("", "services", &key)
}

pub(super) fn port(service: &Service, number: i32) -> Option<&ServicePort> {
    service.spec.ports.iter().find(|port| port.port == number)
}

/// The endpoint slices of a service.
pub(super) fn slices(caches: &Caches, wanted: &ServiceName) -> Vec<Object> {
    let Some(cache) = caches.of("discovery.k8s.io", "endpointslices") else {
        return Vec::new();
    };
    let mut filter = Filter::in_namespace(&wanted.namespace);
    let selector = format!("kubernetes.io/service-name={}", wanted.name);
    filter.labels = Selector::parse(&selector).ok();
    if filter.labels.is_none() {
        return Vec::new();
    }
    let found = cache.snapshot(&filter, None, None, 0).entries;
    found
        .iter()
        .filter_map(|entry| cache.decode(entry))
        .collect()
}

/// The port of a slice with this name.
pub(super) fn slice_port(slice: &EndpointSlice, name: &str) -> Option<i32> {
    let mut ports = slice.ports.iter();
    ports.find_map(|port| port.port.filter(|_| port.name.as_deref() == Some(name)))
}

/// `ADDRESS:PORT` of one of the service's ready endpoints, chosen at random, of the service's first address family where it has any.
pub(crate) fn endpoint(
    caches: &Caches,
    rng: &Rng,
    wanted: &ServiceName,
) -> Result<String, ResolveError> {
    let name = &wanted.name;
    let found = service(caches, wanted).ok_or_else(|| ResolveError::NotFound(name.clone()))?;
    let service: Option<&Service> = found.as_any().downcast_ref();
    let service = service.ok_or_else(|| ResolveError::NotFound(name.clone()))?;
    if !matches!(
        &*service.spec.type_,
        "ClusterIP" | "LoadBalancer" | "NodePort"
    ) {
        return Err(ResolveError::Type(service.spec.type_.clone()));
    }
    let port = port(service, wanted.port);
    let port = port.ok_or_else(|| ResolveError::Port {
        number: wanted.port,
        name: name.clone(),
    })?;
    let found = slices(caches, wanted);
    let slices = found.iter().filter_map(|slice| {
        let slice: &EndpointSlice = slice.as_any().downcast_ref()?;
        Some((slice, slice_port(slice, &port.name)?))
    });
    let mut ready: Vec<(bool, String)> = Vec::new();
    for (slice, port) in slices {
        let other = service.spec.ip_families.first() != Some(&slice.address_type);
        for endpoint in slice.endpoints.iter() {
            if endpoint.conditions.ready.unwrap_or(true)
                && let Some(address) = endpoint.addresses.first()
            {
                let brackets = address.contains(':');
                let address = if brackets {
                    format!("[{address}]:{port}")
                } else {
                    format!("{address}:{port}")
                };
                ready.push((other, address));
            }
        }
    }
    let best = ready.iter().map(|(other, _)| *other).min();
    ready.retain(|(other, _)| Some(*other) == best);
    if ready.is_empty() {
        return Err(ResolveError::Endpoints(name.clone()));
    }
    let drawn = rng.below(ready.len() as u64);
    let drawn = usize::try_from(drawn).unwrap_or(0);
    Ok(ready.swap_remove(drawn).1)
}
