//! Marks a pod before it is deleted for a reason outside itself (condition `DisruptionTarget`).

use crate::pods::is_terminal;
use api::core::v1::{Pod, PodCondition};
use client::{Api, Error, Patch, PatchParams};
use meta::{Kind, Time};
use serde_json::json;

pub(crate) struct Disruption {
    pub(crate) reason: &'static str,
    pub(crate) message: &'static str,
    /// Nobody else will report the pod's end: it is `Failed` as of now.
    pub(crate) fails_pod: bool,
}

/// # Errors
/// Any but that the pod is gone, or another of its name is there.
pub(crate) async fn mark(
    api: &Api<Pod>,
    pod: &Pod,
    why: &Disruption,
    now: Time,
) -> Result<(), Error> {
    if is_terminal(pod) || (!why.fails_pod && is_marked(pod)) {
        return Ok(());
    }
    let mut status = json!({"conditions": [{
        "type": "DisruptionTarget",
        "status": "True",
        "reason": why.reason,
        "message": why.message,
        "lastTransitionTime": now.to_string(),
        "observedGeneration": pod.metadata.generation,
    }]});
    if why.fails_pod {
        status["phase"] = "Failed".into();
    }
    let patch = json!({"metadata": {"uid": pod.metadata.uid.as_str()}, "status": status});
    let params = PatchParams::default();
    match api
        .patch_subresource(&pod.key(), "status", &Patch::strategic(&patch), &params)
        .await
    {
        Err(error) if !error.is_not_found() && !error.is_conflict() => Err(error),
        _ => Ok(()),
    }
}

fn is_marked(pod: &Pod) -> bool {
    let marked = |condition: &PodCondition| condition.status == "True";
    crate::pods::condition(pod, "DisruptionTarget").is_some_and(marked)
}
