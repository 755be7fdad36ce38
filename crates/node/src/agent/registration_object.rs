//! The Node object: labels, addresses, capacity, conditions with upstream's reasons and words. Pure but for the clock.

use super::Shared;
use crate::machine_facts::architecture;
use crate::status::time;
use api::core::v1::{
    ContainerImage, DaemonEndpoint, Node, NodeAddress, NodeCondition, NodeDaemonEndpoints,
    NodeSpec, NodeStatus, NodeSystemInfo,
};
use meta::{Map, ObjectMeta, Str};
use runtime::CriResult;
use runtime::cri::v1;

/// Images that the status lists, the largest first.
const IMAGES_MAX: usize = 50;

pub(super) fn labels(shared: &Shared) -> Map<Str, Str> {
    let own = [
        ("beta.kubernetes.io/arch", architecture()),
        ("beta.kubernetes.io/os", "linux"),
        ("kubernetes.io/arch", architecture()),
        ("kubernetes.io/hostname", shared.config.hostname.as_str()),
        ("kubernetes.io/os", "linux"),
    ];
    let more = shared
        .config
        .labels
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()));
    own.into_iter()
        .chain(more)
        .map(|(key, value)| (Str::from(key), Str::from(value)))
        .collect()
}

pub(super) fn node(shared: &Shared, status: NodeStatus) -> Node {
    Node {
        metadata: ObjectMeta {
            name: shared.config.node_name.as_str().into(),
            labels: labels(shared),
            annotations: Map::from([(
                "volumes.kubernetes.io/controller-managed-attach-detach",
                Str::from("true"),
            )]),
            ..ObjectMeta::default()
        },
        spec: NodeSpec {
            taints: shared.config.taints.clone().into(),
            ..NodeSpec::default()
        },
        status,
    }
}

pub(super) fn status(
    shared: &Shared,
    runtime: CriResult<v1::StatusResponse>,
    images: &[v1::Image],
    previous: Option<&NodeStatus>,
) -> NodeStatus {
    let facts = &shared.machine;
    let (name, version) = shared.runtime_version.lock().clone();
    let internal = shared.host_ips().into_iter().map(|ip| ("InternalIP", ip));
    let hostname = std::iter::once(("Hostname", shared.config.hostname.clone()));
    let address = |(type_, address): (&str, String)| NodeAddress {
        type_: type_.into(),
        address: address.into(),
    };
    NodeStatus {
        capacity: facts.capacity.clone(),
        allocatable: facts.allocatable.clone(),
        conditions: conditions(shared, runtime, previous).into(),
        addresses: internal.chain(hostname).map(address).collect(),
        daemon_endpoints: NodeDaemonEndpoints {
            kubelet_endpoint: DaemonEndpoint {
                port: i32::from(shared.config.kubelet_port),
            },
        },
        node_info: NodeSystemInfo {
            machine_id: facts.machine_id.as_str().into(),
            system_uuid: facts.system_uuid.as_str().into(),
            boot_id: facts.boot_id.as_str().into(),
            kernel_version: facts.kernel_version.as_str().into(),
            os_image: facts.os_image.as_str().into(),
            container_runtime_version: format!("{name}://{version}").into(),
            kubelet_version: shared.config.version.as_str().into(),
            operating_system: "linux".into(),
            architecture: architecture().into(),
            ..NodeSystemInfo::default()
        },
        images: container_images(images).into(),
        ..NodeStatus::default()
    }
}

fn container_images(images: &[v1::Image]) -> Vec<ContainerImage> {
    let mut list: Vec<ContainerImage> = images
        .iter()
        .map(|image| ContainerImage {
            names: image
                .repo_digests
                .iter()
                .chain(&image.repo_tags)
                .map(Str::from)
                .collect::<Vec<_>>()
                .into(),
            size_bytes: i64::try_from(image.size).unwrap_or(i64::MAX),
        })
        .collect();
    list.sort_by_key(|image| std::cmp::Reverse(image.size_bytes));
    list.truncate(IMAGES_MAX);
    list
}

fn conditions(
    shared: &Shared,
    runtime: CriResult<v1::StatusResponse>,
    previous: Option<&NodeStatus>,
) -> Vec<NodeCondition> {
    let now = time(shared.platform.clock.now());
    let (ready, reason, message) = readiness(runtime);
    let all = [
        (
            "MemoryPressure",
            false,
            "KubeletHasSufficientMemory",
            "kubelet has sufficient memory available".to_owned(),
        ),
        (
            "DiskPressure",
            false,
            "KubeletHasNoDiskPressure",
            "kubelet has no disk pressure".to_owned(),
        ),
        (
            "PIDPressure",
            false,
            "KubeletHasSufficientPID",
            "kubelet has sufficient PID available".to_owned(),
        ),
        ("Ready", ready, reason, message),
    ];
    all.into_iter()
        .map(|(type_, value, reason, message)| {
            let status = if value { "True" } else { "False" };
            let before = previous.and_then(|p| {
                p.conditions
                    .iter()
                    .find(|c| c.type_ == type_ && c.status == status)
            });
            NodeCondition {
                type_: type_.into(),
                status: status.into(),
                last_heartbeat_time: now,
                last_transition_time: before.map_or(now, |before| before.last_transition_time),
                reason: reason.into(),
                message: message.into(),
            }
        })
        .collect()
}

fn readiness(runtime: CriResult<v1::StatusResponse>) -> (bool, &'static str, String) {
    let conditions = match runtime {
        Ok(answer) => answer
            .status
            .map(|status| status.conditions)
            .unwrap_or_default(),
        Err(error) => {
            return (
                false,
                "KubeletNotReady",
                format!("container runtime is down: {}", error.message),
            );
        }
    };
    let failing = conditions
        .iter()
        .filter(|condition| !condition.status)
        .map(|condition| match condition.r#type.as_str() {
            "NetworkReady" => format!(
                "container runtime network not ready: NetworkReady=false reason:{} message:{}",
                condition.reason, condition.message
            ),
            other => format!(
                "container runtime not ready: {other}=false reason:{} message:{}",
                condition.reason, condition.message
            ),
        });
    let sentences: Vec<String> = failing.collect();
    if sentences.is_empty() {
        return (
            true,
            "KubeletReady",
            "kubelet is posting ready status".to_owned(),
        );
    }
    (false, "KubeletNotReady", sentences.join(", "))
}

pub(super) fn is_ready(status: &NodeStatus) -> bool {
    status
        .conditions
        .iter()
        .any(|condition| condition.type_ == "Ready" && condition.status == "True")
}

/// Whether two statuses differ in nothing but their heartbeats.
pub(super) fn same(one: &NodeStatus, other: &NodeStatus) -> bool {
    let still = |status: &NodeStatus| {
        let mut status = status.clone();
        status
            .conditions
            .iter_mut()
            .for_each(|condition| condition.last_heartbeat_time = meta::Time::default());
        status
    };
    still(one) == still(other)
}

/// The status as a strategic merge patch: addresses and images are replaced whole.
pub(super) fn patch(status: &NodeStatus) -> serde_json::Value {
    let mut value = meta::codec::to_value(status);
    if let Some(addresses) = value
        .get_mut("addresses")
        .and_then(serde_json::Value::as_array_mut)
    {
        addresses.push(serde_json::json!({"$patch": "replace"}));
    }
    serde_json::json!({"status": value})
}
