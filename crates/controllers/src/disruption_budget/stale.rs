//! Pods that were marked for a disruption (`DisruptionTarget`) and are still not on their way out: the mark is taken back.

use crate::{
    pods::{condition, is_terminal, is_terminating},
    time::{now, until},
};
use api::core::v1::Pod;
use client::{
    Api, Cache, Patch, PatchParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, Time};
use platform::Platform;
use serde_json::json;
use std::time::Duration;

const STALE_SECONDS: i64 = 2 * 60;
/// The node's own mark may precede the end of its pod by any time.
const BY_NODE: &str = "TerminationByKubelet";

pub(super) fn register(mut builder: Builder) {
    let pods = crate::pods::cache(&mut builder);
    let queue = builder.queue();
    pods.on_change(move |change| {
        let marked = change.new.and_then(|pod| marked_since(pod));
        if marked.is_some() {
            queue.add(change.key.clone());
        }
    });
    let controller = StaleMarks {
        api: builder.client().of(),
        platform: builder.platform().clone(),
        pods,
    };
    builder.workers(1);
    builder.run(controller);
}

struct StaleMarks {
    api: Api<Pod>,
    platform: Platform,
    pods: Cache<Pod>,
}

impl Reconciler for StaleMarks {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(pod) = self.pods.get(key) else {
            return Ok(Action::Settled);
        };
        let now = now(&self.platform);
        match left(&pod, now) {
            None => Ok(Action::Settled),
            Some(left) if !left.is_zero() => Ok(Action::RequeueAfter(left)),
            Some(_) => {
                self.unmark(key, &pod, now).await?;
                Ok(Action::Settled)
            }
        }
    }
}

impl StaleMarks {
    async fn unmark(&self, key: &ObjectKey, pod: &Pod, now: Time) -> Result<(), client::Error> {
        let patch = json!({
            "metadata": {"uid": pod.metadata.uid.as_str()},
            "status": {"conditions": [{
                "type": "DisruptionTarget",
                "status": "False",
                "reason": null,
                "message": null,
                "lastTransitionTime": now.to_string(),
                "observedGeneration": pod.metadata.generation,
            }]},
        });
        let (patch, params) = (Patch::strategic(&patch), PatchParams::default());
        let done = self.api.patch_subresource(key, "status", &patch, &params);
        match done.await {
            Err(error) if !error.is_overtaken() => Err(error),
            _ => Ok(()),
        }
    }
}

/// How long the mark may still stay; `None` when there is none, or it may stay for ever.
pub(super) fn left(pod: &Pod, now: Time) -> Option<Duration> {
    marked_since(pod).map(|since| until(since, STALE_SECONDS, now))
}

fn marked_since(pod: &Pod) -> Option<Time> {
    let mark = condition(pod, "DisruptionTarget")?;
    let counts = mark.status == "True" && mark.reason != BY_NODE;
    (counts && !is_terminating(pod) && !is_terminal(pod)).then_some(mark.last_transition_time)
}
