//! QoS classes, cgroup parents and CRI resources, computed as kubelet computes them. Pure.

use api::core::v1::{Container, Pod, ResourceRequirements};
use meta::{Map, Quantity, Str};
use runtime::cri::v1::LinuxContainerResources;

const SHARES_PER_CPU: i64 = 1024;
const MIN_SHARES: i64 = 2;
const MAX_SHARES: i64 = 262_144;
const QUOTA_PERIOD_US: i64 = 100_000;
const MIN_QUOTA_US: i64 = 1000;

/// The pod's QoS class (KEP-753 counts init containers too).
pub(crate) fn qos_class(pod: &Pod) -> &'static str {
    let spec = &pod.spec;
    let pod_level = spec
        .resources
        .as_deref()
        .filter(|r| !r.requests.is_empty() || !r.limits.is_empty());
    let all: Vec<&ResourceRequirements> = match pod_level {
        Some(resources) => vec![resources],
        None => spec
            .containers
            .iter()
            .chain(&spec.init_containers)
            .map(|c| &c.resources)
            .collect(),
    };
    let counted =
        |map: &Map<Str, Quantity>, name: &str| map.get(name).filter(|q| !q.is_zero()).cloned();
    let has_any = |r: &ResourceRequirements| {
        ["cpu", "memory"].iter().any(|name| {
            counted(&r.requests, name)
                .or(counted(&r.limits, name))
                .is_some()
        })
    };
    if !all.iter().any(|r| has_any(r)) {
        return "BestEffort";
    }
    let guaranteed = |r: &ResourceRequirements| {
        ["cpu", "memory"].iter().all(|name| {
            let limit = counted(&r.limits, name);
            limit.is_some()
                && counted(&r.requests, name).is_none_or(|request| Some(request) == limit)
        })
    };
    if all.iter().all(|r| guaranteed(r)) {
        "Guaranteed"
    } else {
        "Burstable"
    }
}

/// The groups that pods' own are in, below a node's `cgroup_root`: what a node leaves behind when its last pod has gone.
#[must_use]
pub fn pod_groups(cgroup_root: &str) -> [String; 3] {
    ["/kubepods/burstable", "/kubepods/besteffort", "/kubepods"]
        .map(|group| format!("{cgroup_root}{group}"))
}

/// The pod's cgroup under kubepods, in cgroupfs form.
pub(crate) fn cgroup_parent(pod: &Pod) -> String {
    let uid = &pod.metadata.uid;
    match qos_class(pod) {
        "Guaranteed" => format!("/kubepods/pod{uid}"),
        "BestEffort" => format!("/kubepods/besteffort/pod{uid}"),
        _ => format!("/kubepods/burstable/pod{uid}"),
    }
}

/// A container's request of `name`: its limit stands in for a missing request.
pub(crate) fn request(resources: &ResourceRequirements, name: &str) -> Option<Quantity> {
    resources
        .requests
        .get(name)
        .or_else(|| resources.limits.get(name))
        .cloned()
}

/// CPU shares for a request in thousandths of a CPU.
pub(crate) fn shares(milli: i64) -> i64 {
    if milli == 0 {
        return MIN_SHARES;
    }
    (milli * SHARES_PER_CPU / 1000).clamp(MIN_SHARES, MAX_SHARES)
}

/// CFS quota in microseconds for a limit in thousandths of a CPU; 0 for no limit.
pub(crate) fn quota(milli: i64) -> i64 {
    if milli == 0 {
        return 0;
    }
    (milli * QUOTA_PERIOD_US / 1000).max(MIN_QUOTA_US)
}

/// The kernel's preference for killing this container when memory runs out.
pub(crate) fn oom_score_adj(pod: &Pod, container: &Container, node_memory_bytes: i64) -> i64 {
    if pod
        .spec
        .priority
        .is_some_and(|priority| priority >= 2_000_000_000)
    {
        return -997;
    }
    match qos_class(pod) {
        "Guaranteed" => -997,
        "BestEffort" => 1000,
        _ => {
            let request =
                request(&container.resources, "memory").map_or(0, |quantity| quantity.value());
            let adjusted =
                1000 - (1000_i128 * i128::from(request)) / i128::from(node_memory_bytes.max(1));
            i64::try_from(adjusted.clamp(3, 999)).unwrap_or(999)
        }
    }
}

/// A container's CRI resources.
pub(crate) fn container(
    pod: &Pod,
    container: &Container,
    node_memory_bytes: i64,
) -> LinuxContainerResources {
    let milli = |quantity: Option<Quantity>| quantity.map_or(0, |quantity| quantity.milli_value());
    let limits = &container.resources.limits;
    LinuxContainerResources {
        cpu_period: QUOTA_PERIOD_US,
        cpu_quota: quota(milli(limits.get("cpu").cloned())),
        cpu_shares: shares(milli(request(&container.resources, "cpu"))),
        memory_limit_in_bytes: limits.get("memory").map_or(0, |quantity| quantity.value()),
        oom_score_adj: oom_score_adj(pod, container, node_memory_bytes),
        ..LinuxContainerResources::default()
    }
}

/// The pod's own cgroup: the sum of its containers, with limits only where every container has one.
pub(crate) fn pod(pod: &Pod) -> LinuxContainerResources {
    let total = |name: &str| sum(pod, &|c| request(&c.resources, name)).0;
    let limit = |name: &str| match sum(pod, &|c| c.resources.limits.get(name).cloned()) {
        (total, true) => total,
        _ => 0,
    };
    LinuxContainerResources {
        cpu_period: QUOTA_PERIOD_US,
        cpu_shares: shares(total("cpu")),
        cpu_quota: quota(limit("cpu")),
        memory_limit_in_bytes: limit("memory") / 1000,
        ..LinuxContainerResources::default()
    }
}

/// What a pod needs of `name` in thousandths: its regular containers and sidecars together, or the largest init
/// container with the sidecars before it, and its overhead.
pub(crate) fn pod_request_milli(pod: &Pod, name: &str) -> i64 {
    let overhead = pod
        .spec
        .overhead
        .get(name)
        .map_or(0, |quantity| quantity.milli_value());
    if let Some(quantity) = pod
        .spec
        .resources
        .as_ref()
        .and_then(|resources| request(resources, name))
    {
        return quantity.milli_value() + overhead;
    }
    sum(pod, &|container| request(&container.resources, name)).0 + overhead
}

/// The sum in thousandths, and whether every container has a value.
fn sum(pod: &Pod, of: &dyn Fn(&Container) -> Option<Quantity>) -> (i64, bool) {
    let mut complete = true;
    let mut milli = |container: &Container| {
        let quantity = of(container);
        complete &= quantity.is_some();
        quantity.map_or(0, |quantity| quantity.milli_value())
    };
    let regular: i64 = pod.spec.containers.iter().map(&mut milli).sum();
    let (mut sidecars, mut largest) = (0, 0);
    for container in &pod.spec.init_containers {
        let own = milli(container);
        if container.restart_policy.as_deref() == Some("Always") {
            sidecars += own;
            largest = largest.max(sidecars);
        } else {
            largest = largest.max(sidecars + own);
        }
    }
    ((regular + sidecars).max(largest), complete)
}

#[cfg(test)]
mod tests;
