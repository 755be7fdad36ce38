//! What the scheduler keeps of a pod: a small view, and for a pod that still needs a node what it demands of one.

use crate::resources::Resources;
use api::core::v1::{NodeAffinity, Pod, PodPhase, PodSpec, Toleration};
use client::View;
use meta::{Map, ObjectKey, Str, codec::Projection};

/// A port of the host that a pod occupies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostPort {
    /// [`HostPort::ANY`] stands for every address, of either family.
    pub address: Str,
    pub protocol: Str,
    pub port: i32,
}

impl HostPort {
    pub const ANY: &'static str = "0.0.0.0";

    /// Whether both cannot be on one node (upstream's `HostPortInfo.CheckConflict`: `::` is an address like others).
    #[must_use]
    pub fn conflicts(&self, other: &Self) -> bool {
        let any = self.address == Self::ANY || other.address == Self::ANY;
        (any || self.address == other.address)
            && self.port == other.port
            && self.protocol == other.protocol
    }
}

/// What a pod demands of a node beside resources.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    pub node_selector: Map<Str, Str>,
    pub node_affinity: Option<Box<NodeAffinity>>,
    pub tolerations: Vec<Toleration>,
    pub gates: Vec<Str>,
}

/// A pod as the scheduler sees it.
#[derive(Clone, Debug, Default)]
pub struct PodView {
    pub key: ObjectKey,
    pub uid: Str,
    /// Counts changes of the spec.
    pub generation: i64,
    /// Empty until it is bound.
    pub node: Str,
    pub scheduler: Str,
    pub priority: i32,
    /// Succeeded or failed: it occupies nothing any more.
    pub finished: bool,
    pub deleting: bool,
    pub requests: Resources,
    pub ports: Vec<HostPort>,
    /// Dropped once the pod is bound, when nobody asks any more.
    pub demands: Option<Box<Demands>>,
    /// The message of its `PodScheduled=False` condition, so that the same words are not written twice.
    pub refused: Option<Box<str>>,
}

/// What a [`PodView`] is made of.
pub(crate) const PARTS: Projection = Projection(&[
    (
        "ObjectMeta",
        &[
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "ownerReferences",
            "deletionTimestamp",
        ],
    ),
    (
        "PodSpec",
        &[
            "nodeName",
            "schedulerName",
            "priority",
            "hostNetwork",
            "containers",
            "initContainers",
            "overhead",
            "resources",
            "nodeSelector",
            "affinity",
            "tolerations",
            "schedulingGates",
        ],
    ),
    ("Affinity", &["nodeAffinity"]),
    ("Container", &["resources", "ports", "restartPolicy"]),
    ("PodStatus", &["phase", "conditions"]),
]);

impl View<Pod> for PodView {
    fn of(pod: Pod) -> Self {
        let phase = pod.status.phase.as_str();
        let bound = !pod.spec.node_name.is_empty();
        Self {
            requests: Resources::requested_by(&pod.spec),
            ports: host_ports(&pod.spec),
            refused: pod
                .status
                .conditions
                .iter()
                .find(|c| c.type_ == "PodScheduled" && c.status == "False")
                .map(|c| c.message.as_str().into()),
            demands: (!bound).then(|| {
                Box::new(Demands {
                    node_selector: pod.spec.node_selector,
                    node_affinity: pod
                        .spec
                        .affinity
                        .and_then(|affinity| affinity.node_affinity),
                    tolerations: pod.spec.tolerations.into_vec(),
                    gates: pod
                        .spec
                        .scheduling_gates
                        .into_iter()
                        .map(|gate| gate.name)
                        .collect(),
                })
            }),
            key: ObjectKey {
                namespace: Some(pod.metadata.namespace),
                name: pod.metadata.name,
            },
            uid: pod.metadata.uid,
            generation: pod.metadata.generation,
            node: pod.spec.node_name,
            scheduler: pod.spec.scheduler_name,
            priority: pod.spec.priority.unwrap_or(0),
            finished: phase == PodPhase::SUCCEEDED || phase == PodPhase::FAILED,
            deleting: pod.metadata.deletion_timestamp.is_some(),
        }
    }
}

impl PodView {
    /// What the pod demands; a bound pod demands nothing.
    #[must_use]
    pub fn demands(&self) -> &Demands {
        static NONE: std::sync::LazyLock<Demands> = std::sync::LazyLock::new(Demands::default);
        self.demands.as_deref().unwrap_or(&NONE)
    }

    /// The pod as it counts on the node that it was given.
    pub(crate) fn placed(&self, node: &Str) -> Self {
        Self {
            key: self.key.clone(),
            uid: self.uid.clone(),
            generation: self.generation,
            node: node.clone(),
            scheduler: self.scheduler.clone(),
            priority: self.priority,
            finished: self.finished,
            deleting: self.deleting,
            requests: self.requests.clone(),
            ports: self.ports.clone(),
            demands: None,
            refused: None,
        }
    }

    /// Whether it takes room on the node it is bound to.
    #[must_use]
    pub fn occupies(&self) -> bool {
        !self.node.is_empty() && !self.finished
    }
}

/// Ports that the containers which run all the time claim on the host; with the host's network every container port is one.
fn host_ports(spec: &PodSpec) -> Vec<HostPort> {
    let sidecars = spec
        .init_containers
        .iter()
        .filter(|container| container.restart_policy.as_deref() == Some("Always"));
    let ports = sidecars
        .chain(spec.containers.iter())
        .flat_map(|container| &container.ports);
    ports
        .filter_map(|port| {
            let number = if spec.host_network && port.host_port == 0 {
                port.container_port
            } else {
                port.host_port
            };
            let or = |stated: &Str, unstated: &'static str| {
                if stated.is_empty() {
                    Str::const_new(unstated)
                } else {
                    stated.clone()
                }
            };
            (number > 0).then(|| HostPort {
                address: or(&port.host_ip, HostPort::ANY),
                protocol: or(&port.protocol, "TCP"),
                port: number,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
