//! Defaults of pods and pod templates (`pkg/apis/core/v1/defaults.go`). Idempotent.

mod container;
mod volume;

use super::amounts::{self, Amounts};
use crate::core::resource_names::{self, HUGE_PAGES};
use api::core::v1::{
    Container, DNSPolicy, Pod, PodIP, PodSpec, PodStatus, ResourceRequirements, RestartPolicy,
};

const GRACE_PERIOD_SECONDS: i64 = 30;
const SCHEDULER: &str = "default-scheduler";
/// Where init containers once stood.
const OLD_ANNOTATIONS: &[&str] = &[
    "pod.alpha.kubernetes.io/init-container-statuses",
    "pod.alpha.kubernetes.io/init-containers",
    "pod.beta.kubernetes.io/init-container-statuses",
    "pod.beta.kubernetes.io/init-containers",
];

/// What a pod gets that its template does not.
pub(crate) fn pod(pod: &mut Pod) {
    for key in OLD_ANNOTATIONS {
        pod.metadata.annotations.remove(*key);
    }
    let spec = &mut pod.spec;
    if spec
        .termination_grace_period_seconds
        .is_some_and(|seconds| seconds < 0)
    {
        spec.termination_grace_period_seconds = Some(1);
    }
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
    reported(&mut pod.status);
    let spec = &mut pod.spec;
    whole(spec);
    spec.enable_service_links.get_or_insert(true);
    self::spec(spec);
}

/// What is reported in older and newer words agrees: `podIP` is the first of `podIPs`, and the one that counts.
fn reported(status: &mut PodStatus) {
    let first = status.pod_ips.first().map(|first| &first.ip);
    if !status.pod_ip.is_empty() && first != Some(&status.pod_ip) {
        status.pod_ips = [PodIP {
            ip: status.pod_ip.clone(),
        }]
        .into();
    }
    if let Some(first) = status.pod_ips.first() {
        status.pod_ip = first.ip.clone();
    }
    for container in status
        .init_container_statuses
        .iter_mut()
        .chain(status.container_statuses.iter_mut())
        .chain(status.ephemeral_container_statuses.iter_mut())
    {
        resource_names::round_up(&mut container.allocated_resources);
        round_resources(container.resources.as_deref_mut());
    }
    resource_names::round_up(&mut status.allocated_resources);
    round_resources(status.resources.as_deref_mut());
}

fn round_resources(resources: Option<&mut ResourceRequirements>) {
    if let Some(resources) = resources {
        resource_names::round_up(&mut resources.limits);
        resource_names::round_up(&mut resources.requests);
    }
}

/// Resources of the pod that it does not name follow from its containers' and from its limits.
fn whole(spec: &mut PodSpec) {
    let limits = amounts::together(spec, |of| &of.limits);
    let requests = amounts::together(spec, |of| &of.requests);
    let Some(whole) = &mut spec.resources else {
        return;
    };
    if whole.requests.is_empty() && whole.limits.is_empty() {
        return;
    }
    for (name, limit) in limits.iter() {
        if name.starts_with(HUGE_PAGES)
            && !whole.limits.contains_key(name)
            && !whole.requests.contains_key(name)
        {
            whole.limits.insert(name.clone(), *limit);
        }
    }
    if whole.limits.is_empty() {
        return;
    }
    let compute = |name: &str| ["cpu", "memory"].contains(&name);
    fill(&mut whole.requests, &requests, compute);
    fill(&mut whole.requests, &whole.limits, |name| {
        compute(name) || name.starts_with(HUGE_PAGES)
    });
}

fn fill(to: &mut Amounts, from: &Amounts, wanted: impl Fn(&str) -> bool) {
    for (name, amount) in from.iter() {
        if wanted(name) && !to.contains_key(name) {
            to.insert(name.clone(), *amount);
        }
    }
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
    resource_names::round_up(&mut spec.overhead);
    if let Some(whole) = &mut spec.resources {
        resource_names::round_up(&mut whole.limits);
        resource_names::round_up(&mut whole.requests);
    }
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
