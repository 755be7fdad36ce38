//! What Services and Pods have to do with each other, for both forms of endpoints; pure but for [`wake`].

use crate::pods::{is_ready, is_terminal};
use api::core::v1::{Container, Pod, Service, ServicePort};
use client::{Cache, Change, Queue};
use meta::{IntOrString, Kind, Map, ObjectKey, Str};
use std::sync::Arc;

/// Annotation: when that happened which made the endpoints change (RFC 3339).
pub(crate) const TRIGGER_TIME: &str = "endpoints.kubernetes.io/last-change-trigger-time";
/// Label of endpoints of a Service without a cluster address.
pub(crate) const HEADLESS: &str = "service.kubernetes.io/headless";

/// Whether endpoints are made for it: it selects pods, and is no mere alias.
pub(crate) fn is_served(service: &Service) -> bool {
    service.spec.type_ != "ExternalName" && !service.spec.selector.is_empty()
}

pub(crate) fn is_headless(service: &Service) -> bool {
    service.spec.cluster_ip == "None"
}

pub(crate) fn selects(service: &Service, labels: &Map<Str, Str>) -> bool {
    let mut wanted = service.spec.selector.iter();
    wanted.all(|(key, value)| labels.get(key) == Some(value))
}

/// The pods of a Service that have an address and may still run.
pub(crate) fn pods_of(service: &Service, pods: &Cache<Pod>) -> Vec<Arc<Pod>> {
    let mut pods = pods.list(Some(&service.metadata.namespace));
    pods.retain(|pod| selects(service, &pod.metadata.labels) && has_address(pod));
    pods
}

fn has_address(pod: &Pod) -> bool {
    !is_terminal(pod) && addresses(pod).any(|address| !address.is_empty())
}

/// All addresses of a pod.
pub(crate) fn addresses(pod: &Pod) -> impl Iterator<Item = &Str> {
    let single = Some(&pod.status.pod_ip).filter(|_| pod.status.pod_ips.is_empty());
    pod.status
        .pod_ips
        .iter()
        .map(|address| &address.ip)
        .chain(single)
}

/// The name that DNS answers for: a pod's hostname under the Service that it names as subdomain.
pub(crate) fn hostname(service: &Service, pod: &Pod) -> Option<Str> {
    let under = pod.spec.subdomain == service.metadata.name;
    (under && !pod.spec.hostname.is_empty()).then(|| pod.spec.hostname.clone())
}

/// The pod's port behind a Service's port; `None` when the pod has no port of that name.
pub(crate) fn target_port(port: &ServicePort, pod: &Pod) -> Option<i32> {
    let name = match &port.target_port {
        IntOrString::Int(number) => return Some(*number),
        IntOrString::String(name) => name,
    };
    let sidecar = |container: &&Container| container.restart_policy.as_deref() == Some("Always");
    let sidecars = pod.spec.init_containers.iter().filter(sidecar);
    let mut ports = pod
        .spec
        .containers
        .iter()
        .chain(sidecars)
        .flat_map(|container| &container.ports);
    let found = ports.find(|found| found.name == *name && found.protocol == port.protocol);
    found.map(|found| found.container_port)
}

/// Queues the Services whose endpoints a pod's change may touch.
pub(crate) fn wake(change: &Change<'_, Pod>, services: &Cache<Service>, queue: &Queue<ObjectKey>) {
    if let (Some(old), Some(new)) = (change.old, change.new)
        && !matters(old, new)
    {
        return;
    }
    for service in services.list(change.key.namespace.as_deref()) {
        let mut pods = change.old.into_iter().chain(change.new);
        if is_served(&service) && pods.any(|pod| selects(&service, &pod.metadata.labels)) {
            queue.add(service.key());
        }
    }
}

fn matters(old: &Pod, new: &Pod) -> bool {
    old.metadata.labels != new.metadata.labels
        || old.metadata.deletion_timestamp.is_some() != new.metadata.deletion_timestamp.is_some()
        || is_terminal(old) != is_terminal(new)
        || is_ready(old) != is_ready(new)
        || old.status.pod_ip != new.status.pod_ip
        || old.status.pod_ips != new.status.pod_ips
        || old.spec.node_name != new.spec.node_name
        || old.spec.hostname != new.spec.hostname
        || old.spec.subdomain != new.spec.subdomain
}
