//! Defaults of pods and pod templates (`pkg/apis/core/v1/defaults.go`). Idempotent.

mod container;
mod volume;

use api::core::v1::{Container, DNSPolicy, Pod, PodSpec, RestartPolicy};

const GRACE_PERIOD_SECONDS: i64 = 30;
const SCHEDULER: &str = "default-scheduler";

/// What a pod gets that its template does not.
pub(crate) fn pod(pod: &mut Pod) {
    let spec = &mut pod.spec;
    for container in spec
        .containers
        .iter_mut()
        .chain(spec.init_containers.iter_mut())
    {
        requests_from_limits(container);
        if spec.host_network {
            host_ports(container);
        }
    }
    spec.enable_service_links.get_or_insert(true);
    self::spec(spec);
}

/// What pods and templates get.
pub(crate) fn spec(spec: &mut PodSpec) {
    if spec.dns_policy.is_empty() {
        spec.dns_policy = DNSPolicy::CLUSTER_FIRST.into();
    }
    if spec.restart_policy.is_empty() {
        spec.restart_policy = RestartPolicy::ALWAYS.into();
    }
    spec.security_context.get_or_insert_default();
    spec.termination_grace_period_seconds
        .get_or_insert(GRACE_PERIOD_SECONDS);
    if spec.scheduler_name.is_empty() {
        spec.scheduler_name = SCHEDULER.into();
    }
    // `serviceAccount` is the older name of `serviceAccountName`.
    if spec.service_account_name.is_empty() {
        spec.service_account_name = spec.service_account.clone();
    }
    spec.service_account = spec.service_account_name.clone();
    for container in spec
        .init_containers
        .iter_mut()
        .chain(spec.containers.iter_mut())
    {
        container::container(container);
    }
    for ephemeral in &mut spec.ephemeral_containers {
        container::ephemeral(&mut ephemeral.ephemeral_container_common);
    }
    for volume in &mut spec.volumes {
        volume::volume(volume);
    }
}

/// A limit without a request is the request.
fn requests_from_limits(container: &mut Container) {
    let resources = &mut container.resources;
    for (name, limit) in resources.limits.iter() {
        if !resources.requests.contains_key(name) {
            resources.requests.insert(name.clone(), *limit);
        }
    }
}

/// With the host's network a container's port is the host's.
fn host_ports(container: &mut Container) {
    for port in &mut container.ports {
        if port.host_port == 0 {
            port.host_port = port.container_port;
        }
    }
}
