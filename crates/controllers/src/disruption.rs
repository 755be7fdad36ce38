//! Marks a pod before it is deleted for a reason outside itself (condition `DisruptionTarget`).

use crate::pods::is_terminal;
use api::core::v1::{Pod, PodCondition};
use client::{Api, Error, Patch, PatchParams};
use meta::{Kind, Time};
use serde_json::{Value, json};

const CONDITION: &str = "DisruptionTarget";

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
    let known = pod
        .status
        .conditions
        .iter()
        .map(|condition| &condition.type_);
    let known = known.filter(|type_| *type_ != CONDITION);
    let order: Vec<_> = known
        .map(|type_| json!({"type": type_.as_str()}))
        .chain([json!({"type": CONDITION})])
        .collect();
    let mut status = json!({"$setElementOrder/conditions": order, "conditions": [{
        "type": CONDITION,
        "status": "True",
        "reason": why.reason,
        "message": why.message,
        "lastTransitionTime": now.to_string(),
        "observedGeneration": pod.metadata.generation,
    }]});
    if why.fails_pod {
        status["phase"] = "Failed".into();
        status["observedGeneration"] = pod.metadata.generation.into();
    }
    patch_status(api, pod, &status).await
}

/// Makes a pod `Failed` of whose end nobody will tell, unless it has ended.
///
/// # Errors
/// Any but that the pod is gone, or another of its name is there.
pub(crate) async fn fail(api: &Api<Pod>, pod: &Pod) -> Result<(), Error> {
    if is_terminal(pod) {
        return Ok(());
    }
    let status = json!({"phase": "Failed", "observedGeneration": pod.metadata.generation});
    patch_status(api, pod, &status).await
}

async fn patch_status(api: &Api<Pod>, pod: &Pod, status: &Value) -> Result<(), Error> {
    let patch = json!({"metadata": {"uid": pod.metadata.uid.as_str()}, "status": status});
    let params = PatchParams::default();
    match api
        .patch_subresource(&pod.key(), "status", &Patch::strategic(&patch), &params)
        .await
    {
        Err(error) if !error.is_overtaken() => Err(error),
        _ => Ok(()),
    }
}

fn is_marked(pod: &Pod) -> bool {
    let marked = |condition: &PodCondition| condition.status == "True";
    crate::pods::condition(pod, CONDITION).is_some_and(marked)
}
