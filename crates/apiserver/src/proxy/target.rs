//! Which address a name means: `[SCHEME:]NAME[:PORT]`. Upstream: `ResourceLocation` of pods, services and nodes.

use crate::{cache::cache_key, node_proxy::no_address, shared, verbs::Request};
use api::core::v1::{EndpointAddress, Endpoints, Node, Pod, Service};
use meta::{ApiError, KindObject, ObjectKey, Reason, Str, go_quote};
use resource::Reader;
use std::net::IpAddr;

/// Where a kubelet listens when its node does not say.
const KUBELET_PORT: i32 = 10_250;

/// Where a proxied request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) secure: bool,
    /// `ADDRESS:PORT`, IPv6 in brackets; the port is left out where nothing names one.
    pub(super) host: String,
    /// The node whose own server it is.
    pub(super) node: Option<Str>,
}

/// The parts of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Parts<'a> {
    secure: bool,
    name: &'a str,
    /// A number or a name.
    port: &'a str,
}

/// `NAME`, `NAME:PORT`, `SCHEME:NAME:PORT`; the scheme is `http`, `https` or empty.
fn split(id: &str) -> Option<Parts<'_>> {
    let parts: Vec<&str> = id.split(':').collect();
    let (scheme, name, port) = match parts.as_slice() {
        [name] => ("", *name, ""),
        [name, port] => ("", *name, *port),
        [scheme, name, port] => (*scheme, *name, *port),
        _ => return None,
    };
    let known = matches!(scheme, "" | "http" | "https");
    (known && !name.is_empty()).then_some(Parts {
        secure: scheme == "https",
        name,
        port,
    })
}

/// What is not the machine's own, a link's, a group's or nobody's.
fn is_proxyable(address: &str) -> bool {
    let Ok(address) = address.parse::<IpAddr>() else {
        return false;
    };
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            !(v4.is_unspecified()
                || v4.is_broadcast()
                || v4.is_loopback()
                || v4.is_multicast()
                || v4.is_link_local())
        }
        IpAddr::V6(v6) => {
            !(v6.is_unspecified()
                || v6.is_loopback()
                || v6.is_multicast()
                || v6.is_unicast_link_local())
        }
    }
}

fn not_allowed() -> ApiError {
    ApiError::bad_request("address not allowed")
}

fn invalid(what: &str, id: &str) -> ApiError {
    ApiError::bad_request(format!("invalid {what} request {}", go_quote(id)))
}

fn unavailable(words: String) -> ApiError {
    ApiError::new(Reason::ServiceUnavailable, words)
}

fn joined(address: &str, port: impl std::fmt::Display) -> String {
    if address.contains(':') {
        format!("[{address}]:{port}")
    } else {
        format!("{address}:{port}")
    }
}

/// The object of the request's own kind that `name` names.
fn own(request: &Request<'_>, name: &str) -> Result<resource::Object, ApiError> {
    let info = request.cache.resource.info();
    let entry = request.cache.get(&cache_key(&request.namespace, name));
    let entry = entry.ok_or_else(|| shared::not_found(info, name))?;
    let decoded = request.cache.decode(&entry);
    decoded.ok_or_else(|| crate::render::undecodable(&entry.key))
}

fn typed<T: 'static>(object: &dyn KindObject) -> Result<&T, ApiError> {
    let typed = object.as_any().downcast_ref();
    typed.ok_or_else(crate::status::unknown_resource)
}

/// The pod's first address, and the port that is asked for or the first that a container has.
pub(super) fn pod(request: &Request<'_>) -> Result<Target, ApiError> {
    let parts = split(&request.name).ok_or_else(|| invalid("pod", &request.name))?;
    let object = own(request, parts.name)?;
    let pod: &Pod = typed(&*object)?;
    let address = match pod.status.pod_ips.first() {
        Some(first) => &first.ip,
        None => &pod.status.pod_ip,
    };
    if !is_proxyable(address) {
        return Err(not_allowed());
    }
    let mut ports = pod.spec.containers.iter().flat_map(|c| c.ports.first());
    let port = match (parts.port, ports.next()) {
        ("", Some(first)) => Some(first.container_port.to_string()),
        ("", None) => None,
        (asked, _) => Some(asked.to_owned()),
    };
    if port
        .as_ref()
        .is_some_and(|port| port.parse::<u16>().is_err())
    {
        return Err(invalid("pod", &request.name));
    }
    let host = match port {
        Some(port) => joined(address, port),
        None if address.contains(':') => format!("[{address}]"),
        None => address.to_string(),
    };
    Ok(Target {
        secure: parts.secure,
        host,
        node: None,
    })
}

/// The address of one of the service's ready pods, chosen at random.
pub(super) fn service(request: &Request<'_>) -> Result<Target, ApiError> {
    let parts = split(&request.name).ok_or_else(|| invalid("service", &request.name))?;
    let port = match parts.port.parse::<i64>() {
        Ok(number) => named(request, parts.name, number)?,
        Err(_) => Str::from(parts.port),
    };
    let key = ObjectKey {
        namespace: Some(request.namespace.clone()),
        name: parts.name.into(),
    };
    let found = request.api.caches.get("", "endpoints", &key);
    // Upstream names what was asked for, whichever of both is missing.
    let info = request.cache.resource.info();
    let found = found.ok_or_else(|| shared::not_found(info, parts.name))?;
    let endpoints: &Endpoints = typed(&*found)?;
    let none = |name: &str| {
        let name = go_quote(name);
        unavailable(format!("no endpoints available for service {name}"))
    };
    if endpoints.subsets.is_empty() {
        return Err(none(parts.name));
    }
    for subset in from_anywhere(request, &endpoints.subsets) {
        let port = subset.ports.iter().find(|known| known.name == port);
        let Some(port) = port else { continue };
        let valid = |address: &&EndpointAddress| is_of_pod(request, address);
        let mut addresses = from_anywhere(request, &subset.addresses);
        if let Some(address) = addresses.find(valid) {
            return Ok(Target {
                secure: parts.secure,
                host: joined(&address.ip, port.port),
                node: None,
            });
        }
    }
    Err(none(&request.name))
}

/// All items, beginning at any of them.
fn from_anywhere<'a, T>(request: &Request<'_>, items: &'a [T]) -> impl Iterator<Item = &'a T> {
    let first = match items.len() {
        0 => 0,
        count => {
            let drawn = request.api.platform.rng.below(count as u64);
            usize::try_from(drawn).unwrap_or(0)
        }
    };
    items[first..].iter().chain(&items[..first])
}

/// The name of the service's port with this number.
fn named(request: &Request<'_>, name: &str, number: i64) -> Result<Str, ApiError> {
    let object = own(request, name)?;
    let service: &Service = typed(&*object)?;
    let mut ports = service.spec.ports.iter();
    let port = ports.find(|port| i64::from(port.port) == number);
    port.map(|port| port.name.clone()).ok_or_else(|| {
        let name = go_quote(name);
        unavailable(format!("no service port {number} found for service {name}"))
    })
}

/// Endpoints can be written by users: only addresses that a pod of the same namespace has are trusted.
fn is_of_pod(request: &Request<'_>, address: &EndpointAddress) -> bool {
    let Some(target) = &address.target_ref else {
        return false;
    };
    if target.namespace != request.namespace || !is_proxyable(&address.ip) {
        return false;
    }
    let key = ObjectKey {
        namespace: Some(request.namespace.clone()),
        name: target.name.clone(),
    };
    let pod = request.api.caches.get("", "pods", &key);
    let pod = pod.as_ref().and_then(|pod| typed::<Pod>(&**pod).ok());
    pod.is_some_and(|pod| pod.status.pod_ips.iter().any(|ip| ip.ip == address.ip))
}

/// The node's own server, or another port of the node's address.
pub(super) fn node(request: &Request<'_>) -> Result<Target, ApiError> {
    let parts = split(&request.name).ok_or_else(|| invalid("node", &request.name))?;
    let object = own(request, parts.name)?;
    let node: &Node = typed(&*object)?;
    if node.status.addresses.is_empty() {
        return Err(no_address());
    }
    let kubelet = match node.status.daemon_endpoints.kubelet_endpoint.port {
        0 => KUBELET_PORT,
        port => port,
    };
    // Names would have to be resolved: addresses are what every node has.
    let of_sort = |sort: &str| {
        let mut addresses = node.status.addresses.iter();
        let found = addresses.find(|address| address.type_ == sort);
        found.map(|found| &*found.address)
    };
    let address = of_sort("InternalIP").or_else(|| of_sort("ExternalIP"));
    if parts.port.is_empty() || parts.port == kubelet.to_string() {
        return Ok(Target {
            secure: true,
            host: joined(address.unwrap_or(parts.name), kubelet),
            node: Some(node.metadata.name.clone()),
        });
    }
    let address = address.filter(|address| is_proxyable(address));
    let address = address.ok_or_else(not_allowed)?;
    if parts.port.parse::<u16>().is_err() {
        return Err(invalid("node", &request.name));
    }
    Ok(Target {
        secure: parts.secure,
        host: joined(address, parts.port),
        node: None,
    })
}

#[cfg(test)]
mod tests;
