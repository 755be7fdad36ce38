//! Deletes pods that do not tolerate their node's `NoExecute` taints, or no longer do.

use crate::{
    Options,
    disruption::{Disruption, mark},
    pods::is_terminating,
    taints::{Stay, no_execute, stay},
};
use api::core::v1::{Node, Pod};
use client::{
    Api, Cache, DeleteParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
    events::{Recorder, Reference, Type},
};
use meta::{Kind, ObjectKey, Str};
use parking_lot::Mutex;
use platform::{Monotonic, Platform};
use std::{collections::HashMap, sync::Arc};

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let nodes = builder.cache::<Node>();
    let pods = crate::pods::cache(&mut builder);
    let by_node = pods.index_by("node", crate::pods::node_name);
    let (queue, tainted) = (builder.queue(), nodes.clone());
    let since = Arc::new(Since::default());
    let tracked = Arc::clone(&since);
    pods.on_change(move |change| {
        let node = change
            .new
            .and_then(|pod| tainted.get(&ObjectKey::cluster(pod.spec.node_name.clone())));
        let concerns = node.is_some_and(|node| !no_execute(&node).is_empty());
        if concerns || tracked.knows(change.key) {
            queue.add(change.key.clone());
        }
    });
    let queue = builder.queue();
    nodes.on_change(move |change| {
        let taints = |node: Option<&Arc<Node>>| {
            let taints = node.map(|node| no_execute(node).into_iter().cloned().collect::<Vec<_>>());
            taints.unwrap_or_default()
        };
        if taints(change.old) != taints(change.new) {
            by_node
                .get(&change.key.name)
                .iter()
                .for_each(|pod| queue.add(pod.key()));
        }
    });
    let controller = TaintEviction {
        api: builder.client().of(),
        events: builder.recorder("taint-eviction-controller"),
        platform: builder.platform().clone(),
        nodes,
        pods,
        since,
    };
    builder.workers(8);
    builder.run(controller);
}

struct TaintEviction {
    api: Api<Pod>,
    events: Recorder,
    platform: Platform,
    nodes: Cache<Node>,
    pods: Cache<Pod>,
    since: Arc<Since>,
}

/// When each pod was first seen on its tainted node.
#[derive(Debug, Default)]
struct Since(Mutex<HashMap<ObjectKey, (Str, Monotonic)>>);

impl Since {
    fn knows(&self, key: &ObjectKey) -> bool {
        self.0.lock().contains_key(key)
    }

    fn begin(&self, pod: &Pod, now: Monotonic) -> Monotonic {
        let mut since = self.0.lock();
        let entry = since
            .entry(pod.key())
            .or_insert_with(|| (pod.metadata.uid.clone(), now));
        if entry.0 != pod.metadata.uid {
            *entry = (pod.metadata.uid.clone(), now);
        }
        entry.1
    }

    /// Whether it was known.
    fn end(&self, key: &ObjectKey) -> bool {
        self.0.lock().remove(key).is_some()
    }
}

impl Reconciler for TaintEviction {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(pod) = self.pods.get(key).filter(|pod| !is_terminating(pod)) else {
            self.since.end(key);
            return Ok(Action::Settled);
        };
        let node = self
            .nodes
            .get(&ObjectKey::cluster(pod.spec.node_name.clone()));
        let taints = node.as_deref().map(no_execute).unwrap_or_default();
        match stay(&taints, &pod.spec.tolerations) {
            Stay::Forever => {
                if self.since.end(key) {
                    let message = format!("Cancelling deletion of Pod {key}");
                    self.tell(&pod, message);
                }
                Ok(Action::Settled)
            }
            Stay::No => self.evict(&pod).await,
            Stay::For(time) => {
                let now = self.platform.clock.monotonic();
                let left = time.saturating_sub(now.since(self.since.begin(&pod, now)));
                if left.is_zero() {
                    self.evict(&pod).await
                } else {
                    Ok(Action::RequeueAfter(left))
                }
            }
        }
    }
}

impl TaintEviction {
    /// As upstream, which knows of the pod no more than its name here.
    fn tell(&self, pod: &Pod, message: String) {
        let about = Reference {
            uid: Str::default(),
            resource_version: Str::default(),
            ..Reference::of(pod)
        };
        let reason = "TaintManagerEviction";
        self.events.event(about, Type::Normal, reason, message);
    }

    async fn evict(&self, pod: &Pod) -> Result<Action, ReconcileError> {
        let message = format!("Marking for deletion Pod {}", pod.key());
        self.tell(pod, message);
        let why = Disruption {
            reason: "DeletionByTaintManager",
            message: "Taint manager: deleting due to NoExecute taint",
            fails_pod: false,
        };
        mark(&self.api, pod, &why, crate::time::now(&self.platform)).await?;
        match self
            .api
            .delete(&pod.key(), &DeleteParams::of_uid(&pod.metadata.uid))
            .await
        {
            Err(error) if !error.is_overtaken() => Err(error.into()),
            _ => {
                self.since.end(&pod.key());
                Ok(Action::Settled)
            }
        }
    }
}
