//! What controllers ask of a pod; pure.

use crate::time::seconds_between;
use api::core::v1::{Node, Pod, PodCondition};
use client::{Cache, cache::Selector, controller::Builder};
use meta::{Str, Time, codec::Projection};

/// What controllers read of the pods in their cache. A controller that reads a field adds it here.
const PARTS: Projection = Projection(&[
    (
        "ObjectMeta",
        &[
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers",
        ],
    ),
    (
        "PodSpec",
        &[
            "nodeName",
            "tolerations",
            "containers",
            "initContainers",
            "hostname",
            "subdomain",
            "volumes",
            // Of these are the sums and the scopes of quotas.
            "overhead",
            "resources",
            "priorityClassName",
            "activeDeadlineSeconds",
            "affinity",
        ],
    ),
    ("Volume", &["name", "persistentVolumeClaim", "ephemeral"]),
    ("EphemeralVolumeSource", &[]),
    (
        "Container",
        &["name", "ports", "restartPolicy", "resources"],
    ),
    (
        "PodStatus",
        &[
            "phase",
            "reason",
            "conditions",
            "podIP",
            "podIPs",
            "containerStatuses",
        ],
    ),
    ("ContainerStatus", &["name", "restartCount"]),
]);

/// The pods of the cluster, of each no more than controllers read. For reading: what is written back whole would lose the rest.
pub(crate) fn cache(builder: &mut Builder) -> Cache<Pod> {
    builder.view(Selector {
        parts: PARTS,
        ..Selector::default()
    })
}

pub(crate) fn is_terminating(pod: &Pod) -> bool {
    pod.metadata.deletion_timestamp.is_some()
}

/// `Succeeded` or `Failed`: its containers will not run again.
pub(crate) fn is_terminal(pod: &Pod) -> bool {
    matches!(pod.status.phase.as_str(), "Succeeded" | "Failed")
}

/// Neither ended nor on its way out: counts as a replica.
pub(crate) fn is_active(pod: &Pod) -> bool {
    !is_terminal(pod) && !is_terminating(pod)
}

pub(crate) fn condition<'a>(pod: &'a Pod, type_: &str) -> Option<&'a PodCondition> {
    pod.status
        .conditions
        .iter()
        .find(|condition| condition.type_ == type_)
}

/// Since when the pod is `Ready`; `None` when it is not.
pub(crate) fn ready_since(pod: &Pod) -> Option<Time> {
    condition(pod, "Ready")
        .filter(|ready| ready.status == "True")
        .map(|ready| ready.last_transition_time)
}

pub(crate) fn is_ready(pod: &Pod) -> bool {
    ready_since(pod).is_some()
}

/// Ready for at least `min_ready_seconds`.
pub(crate) fn is_available(pod: &Pod, min_ready_seconds: i32, now: Time) -> bool {
    ready_since(pod).is_some_and(|since| {
        let min = i64::from(min_ready_seconds);
        min == 0 || (!since.is_zero() && seconds_between(since, now) >= min)
    })
}

/// Restarts of all containers together and of the worst; init containers count as upstream counts sidecars.
pub(crate) fn restarts_max(pod: &Pod) -> i32 {
    let statuses = pod.status.container_statuses.iter();
    statuses
        .map(|status| status.restart_count)
        .max()
        .unwrap_or(0)
}

/// Index value: the node that a pod is bound to.
pub(crate) fn node_name(pod: &Pod, values: &mut Vec<Str>) {
    values.push(pod.spec.node_name.clone());
}

pub(crate) fn is_ready_node(node: &Node) -> bool {
    let mut conditions = node.status.conditions.iter();
    conditions.any(|condition| condition.type_ == "Ready" && condition.status == "True")
}
