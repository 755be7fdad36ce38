//! The pod's status in the API: written when it differs from what was written, one write at a time.

use super::machine::{Event, Now};
use super::{Done, PUBLISH_RETRY, Worker};
use crate::status;
use api::core::v1::{Pod, PodStatus};
use client::{DeleteParams, Patch, PatchParams};
use meta::{Kind, ObjectKey};
use std::sync::Arc;

impl Worker {
    pub(super) fn publish(&mut self, now: Now) {
        let shared = &self.context.shared;
        if !self.frozen {
            let host_ips = shared.host_ips();
            let host = status::Host {
                ips: &host_ips,
                runtime_name: &shared.runtime_name(),
            };
            self.status = Arc::new(status::compute(
                &self.machine,
                &self.status,
                &host,
                now.wall,
            ));
        }
        self.publish_view();
        if self.publishing || self.retry_at.is_some() {
            return;
        }
        let current = self.frozen
            || self
                .published
                .as_ref()
                .is_some_and(|published| **published == *self.status);
        if !current {
            self.write_status();
        } else if std::mem::take(&mut self.delete_object) {
            self.delete();
        }
    }

    fn write_status(&mut self) {
        self.publishing = true;
        let patch = Patch::strategic(&status::patch(&self.machine, &self.status));
        let (key, status) = (key_of(&self.machine.pod), Box::new((*self.status).clone()));
        let pods = self.context.shared.client.of::<Pod>();
        self.work.push(Box::pin(async move {
            let result = pods
                .patch_subresource(&key, "status", &patch, &PatchParams::default())
                .await;
            Done::Published(status, result.map(drop))
        }));
    }

    pub(super) fn was_published(&mut self, status: PodStatus, result: Result<(), client::Error>) {
        self.publishing = false;
        let now = self.now();
        match result {
            Ok(()) => self.published = Some(Arc::new(status)),
            // The object is gone or another's: the watch will say so.
            Err(error) if error.is_overtaken() => {
                tracing::debug!(%error, "a pod's status has no place any more");
                self.published = Some(Arc::new(status));
            }
            Err(error) => {
                let source = std::error::Error::source(&error).map(ToString::to_string);
                tracing::warn!(pod = %self.machine.pod.metadata.name, %error, source, "a pod's status was not written");
                self.retry_at = Some(now.at + PUBLISH_RETRY);
            }
        }
        self.publish(now);
    }

    fn delete(&mut self) {
        let (key, uid) = (
            key_of(&self.machine.pod),
            self.machine.pod.metadata.uid.clone(),
        );
        let pods = self.context.shared.client.of::<Pod>();
        self.work.push(Box::pin(async move {
            let params = DeleteParams {
                grace_period_seconds: Some(0),
                ..DeleteParams::of_uid(&uid)
            };
            let result = match pods.delete(&key, &params).await {
                Err(error) if !error.is_overtaken() => Err(error.to_string()),
                _ => Ok(()),
            };
            Done::Event(Event::ObjectDeleted(result))
        }));
    }
}

fn key_of(pod: &Pod) -> ObjectKey {
    pod.key()
}
