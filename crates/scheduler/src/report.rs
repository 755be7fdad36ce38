//! What users see of scheduling: events in upstream's words, and the pod's `PodScheduled` condition.

use crate::{core::Unscheduled, pod::PodView};
use api::core::v1::Pod;
use client::{
    Client, Patch, PatchParams,
    events::{Recorder, Reference, Type},
};
use platform::Platform;
use serde_json::json;

const COMPONENT: &str = "default-scheduler";
/// The limit of `events.k8s.io` for a note.
const NOTE_BYTES_MAX: usize = 1024;

#[derive(Debug)]
pub(crate) struct Reporter {
    client: Client,
    platform: Platform,
    recorder: Recorder,
}

impl Reporter {
    pub(crate) fn new(client: Client, platform: &Platform) -> Self {
        Self {
            recorder: Recorder::start(client.clone(), COMPONENT),
            client,
            platform: platform.clone(),
        }
    }

    pub(crate) fn bound(&self, pod: &PodView, node: &str) {
        self.recorder.event(
            reference(pod),
            Type::Normal,
            "Scheduled",
            format!("Successfully assigned {} to {node}", pod.key),
        );
    }

    /// The pod has no node yet. The same words are not written twice.
    pub(crate) fn unscheduled(&self, unscheduled: &Unscheduled) {
        let Unscheduled {
            pod,
            reason,
            message,
            nominated,
        } = unscheduled;
        self.recorder.event(
            reference(pod),
            Type::Warning,
            "FailedScheduling",
            truncated(message),
        );
        if nominated.is_none() && pod.refused.as_deref() == Some(message.as_str()) {
            return;
        }
        let condition = json!({
            "type": "PodScheduled", "status": "False", "reason": reason, "message": message, "lastProbeTime": null,
            "lastTransitionTime": self.platform.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        });
        let mut status = json!({"conditions": [condition]});
        if let Some(node) = nominated {
            status["nominatedNodeName"] = node.as_str().into();
        }
        let patch =
            Patch::strategic(&json!({"metadata": {"uid": pod.uid.as_str()}, "status": status}));
        let (client, key) = (self.client.clone(), pod.key.clone());
        drop(self.platform.tasks.spawn("report unschedulable", async move {
            let outcome = client.of::<Pod>().patch_subresource(&key, "status", &patch, &PatchParams::default()).await;
            if let Err(error) = outcome
                && !error.is_not_found()
                && !error.is_conflict()
            {
                tracing::warn!(pod = %key, error = %error, "failed to write that a pod cannot be scheduled");
            }
        }));
    }
}

/// A note as an event takes it.
fn truncated(note: &str) -> String {
    if note.len() <= NOTE_BYTES_MAX {
        return note.to_owned();
    }
    let kept = note.floor_char_boundary(NOTE_BYTES_MAX - " ...".len());
    format!("{} ...", &note[..kept])
}

fn reference(pod: &PodView) -> Reference {
    Reference {
        api_version: "v1".into(),
        kind: "Pod".into(),
        namespace: pod.key.namespace.clone().unwrap_or_default(),
        name: pod.key.name.clone(),
        uid: pod.uid.clone(),
        ..Reference::default()
    }
}
