//! The Node object and its Lease: made at the start, then kept current by as few writes as upstream needs.

use super::Shared;
use super::registration_object as object;
use api::coordination::v1::{Lease, LeaseSpec};
use api::core::v1::{Node, NodeStatus};
use client::{Error, Patch, PatchParams};
use meta::{MicroTime, ObjectKey, ObjectMeta, OwnerReference};
use platform::Monotonic;
use runtime::cri::v1;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often the Lease is renewed, and for how long it holds.
const RENEWAL: Duration = Duration::from_secs(10);
const LEASE_SECONDS: i32 = 40;
/// How often the runtime is asked and the status is written although nothing is known to have changed.
const REPORT: Duration = Duration::from_secs(300);
/// Before a failed write is tried again.
const RETRY: Duration = Duration::from_millis(200);

struct Registration {
    shared: Arc<Shared>,
    ready: watch::Sender<bool>,
    node: Option<Node>,
    lease: Option<Lease>,
    reported: Option<(NodeStatus, Monotonic)>,
    /// When the status is looked at again.
    report_due: Monotonic,
}

/// What can wake the loop.
enum Wake {
    Due,
    /// Something that the status shows has changed.
    Changed,
}

/// Runs until the node drains.
pub(super) async fn run(shared: Arc<Shared>, ready: watch::Sender<bool>) {
    let draining = shared.platform.tasks.draining();
    let mut registration = Registration {
        report_due: shared.platform.clock.monotonic(),
        shared,
        ready,
        node: None,
        lease: None,
        reported: None,
    };
    tokio::select! {
        () = draining => {}
        () = registration.work() => {}
    }
}

impl Registration {
    async fn work(&mut self) {
        let clock = self.shared.platform.clock.clone();
        loop {
            let began = clock.monotonic();
            let outcome = self.round(began).await;
            let pause = match outcome {
                Ok(()) if *self.ready.borrow() => RENEWAL,
                Ok(()) => RETRY,
                Err(error) => {
                    let source = std::error::Error::source(&error).map(ToString::to_string);
                    tracing::debug!(%error, source, "the node was not reported");
                    if self.node.is_some() {
                        RETRY * 5
                    } else {
                        RETRY
                    }
                }
            };
            let wake = tokio::select! {
                () = clock.sleep_until(began + pause) => Wake::Due,
                () = self.shared.node_changed.notified() => Wake::Changed,
            };
            if let Wake::Changed = wake {
                self.report_due = clock.monotonic();
            }
        }
    }

    /// Renews the Lease; asks and reports beside it only when that is due.
    async fn round(&mut self, now: Monotonic) -> Result<(), Error> {
        if now >= self.report_due {
            self.ask_runtime_version().await;
            if self.node.is_none() {
                self.node = Some(self.register().await?);
            }
            self.report(now).await?;
            let is_ready = *self.ready.borrow();
            self.report_due = if is_ready { now + REPORT } else { now };
        }
        self.renew().await
    }

    async fn ask_runtime_version(&self) {
        let known = !self.shared.runtime_version.lock().1.is_empty();
        if known {
            return;
        }
        if let Ok(answer) = self
            .shared
            .runtime
            .version(v1::VersionRequest::default())
            .await
        {
            *self.shared.runtime_version.lock() = (answer.runtime_name, answer.runtime_version);
        }
    }

    /// Creates the Node, or takes the one that is there and gives it our labels.
    async fn register(&mut self) -> Result<Node, Error> {
        let api = self.shared.client.of::<Node>();
        let status = self.status(None).await;
        let node = object::node(&self.shared, status);
        match api.create(&node).await {
            Err(error) if error.is_already_exists() => {}
            other => return other,
        }
        let labels = meta::codec::to_value(&node.metadata);
        let patch = serde_json::json!({"metadata": {"labels": labels["labels"], "annotations": labels["annotations"]}});
        let key = ObjectKey::cluster(self.shared.config.node_name.as_str());
        api.patch(&key, &Patch::strategic(&patch), &PatchParams::default())
            .await
    }

    /// Asks the runtime, and writes the status if it changed or is old.
    async fn report(&mut self, now: Monotonic) -> Result<(), Error> {
        let Some(node) = &self.node else {
            return Ok(());
        };
        let previous = self
            .reported
            .as_ref()
            .map_or(&node.status, |(status, _)| status)
            .clone();
        let status = self.status(Some(&previous)).await;
        let fresh = self.reported.as_ref().is_some_and(|(reported, at)| {
            now.since(*at) < REPORT && object::same(reported, &status)
        });
        if fresh {
            return Ok(());
        }
        let patch = Patch::strategic(&object::patch(&status));
        let key = ObjectKey::cluster(self.shared.config.node_name.as_str());
        let api = self.shared.client.of::<Node>();
        let result = api
            .patch_subresource(&key, "status", &patch, &PatchParams::default())
            .await;
        if result.as_ref().is_err_and(Error::is_not_found) {
            // Somebody deleted the Node: it is made again.
            self.node = None;
        }
        self.node = Some(result?);
        let ready = object::is_ready(&status);
        if ready && !*self.ready.borrow() {
            self.shared.recorder.normal(
                self.node.as_ref().unwrap_or(&Node::default()),
                "NodeReady",
                format!(
                    "Node {} status is now: NodeReady",
                    self.shared.config.node_name
                ),
            );
        }
        self.ready.send_replace(ready);
        self.reported = Some((status, now));
        Ok(())
    }

    async fn status(&self, previous: Option<&NodeStatus>) -> NodeStatus {
        let runtime = self
            .shared
            .runtime
            .status(v1::StatusRequest::default())
            .await;
        let images = self
            .shared
            .runtime
            .list_images(v1::ListImagesRequest::default())
            .await;
        let images = images.map(|answer| answer.images).unwrap_or_default();
        object::status(&self.shared, runtime, &images, previous)
    }

    /// Renews the Lease, or makes it.
    async fn renew(&mut self) -> Result<(), Error> {
        let api = self.shared.client.of::<Lease>();
        let now = MicroTime::from_system_time(self.shared.platform.clock.now().into());
        if let Some(lease) = &mut self.lease {
            lease.spec.renew_time = Some(now);
            match api.replace(lease).await {
                Ok(renewed) => {
                    self.lease = Some(renewed);
                    return Ok(());
                }
                Err(error) if error.is_conflict() => self.lease = None,
                Err(error) if error.is_not_found() => {
                    self.lease = None;
                    // It goes with its Node.
                    self.shared.node_changed.notify_one();
                }
                Err(error) => return Err(error),
            }
        }
        let name = &self.shared.config.node_name;
        let key = ObjectKey::namespaced("kube-node-lease", name.as_str());
        let mut lease = api.find(&key).await?.unwrap_or_default();
        let exists = !lease.metadata.uid.is_empty();
        lease.spec = LeaseSpec {
            holder_identity: Some(name.as_str().into()),
            lease_duration_seconds: Some(LEASE_SECONDS),
            renew_time: Some(now),
            ..LeaseSpec::default()
        };
        if exists {
            self.lease = Some(api.replace(&lease).await?);
            return Ok(());
        }
        lease.metadata = ObjectMeta {
            name: name.as_str().into(),
            namespace: "kube-node-lease".into(),
            owner_references: self.node.iter().map(owner).collect(),
            ..ObjectMeta::default()
        };
        self.lease = Some(api.create(&lease).await?);
        Ok(())
    }
}

fn owner(node: &Node) -> OwnerReference {
    OwnerReference {
        api_version: "v1".into(),
        kind: "Node".into(),
        name: node.metadata.name.clone(),
        uid: node.metadata.uid.clone(),
        ..OwnerReference::default()
    }
}
