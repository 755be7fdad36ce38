//! Keeps the number of pods of a ReplicaSet equal to `spec.replicas`.

mod act;
mod plan;
mod rank;
mod status;

use self::{
    act::Pods,
    plan::{Todo, plan},
    status::{Failure, status},
};
use crate::{
    Options,
    claim::{self, Claim},
    owner::controller_of,
    pods::is_terminating,
    time::now,
};
use api::{apps::v1::ReplicaSet, core::v1::Pod};
use client::{
    Api, Cache, Change, Client, Queue,
    controller::{Action, Builder, ReconcileError, Reconciler, controller_key},
    expectations::Expectations,
};
use meta::{Kind, ObjectKey, Str, labels::Selector};
use platform::Platform;
use std::{sync::Arc, time::Duration};

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let sets = builder.primary::<ReplicaSet>();
    let pods = crate::pods::cache(&mut builder);
    let orphans = pods.index_by("namespace of orphan", orphan_namespace);
    let expectations = Arc::new(Expectations::new(builder.platform().clock.clone()));
    let observer = Observer {
        queue: builder.queue(),
        expectations: Arc::clone(&expectations),
        sets: sets.clone(),
    };
    pods.on_change(move |change| observer.pod_changed(&change));
    let client = builder.client();
    let controller = ReplicaSets {
        api: client.of(),
        act: Pods {
            api: client.of(),
            expectations,
            events: builder.recorder("replicaset-controller"),
        },
        platform: builder.platform().clone(),
        client,
        sets,
        pods,
        orphans,
    };
    builder.run(controller);
}

struct ReplicaSets {
    client: Client,
    api: Api<ReplicaSet>,
    platform: Platform,
    sets: Cache<ReplicaSet>,
    pods: Cache<Pod>,
    /// Pods without a controller, by namespace.
    orphans: client::Index<Pod>,
    act: Pods,
}

impl Reconciler for ReplicaSets {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(set) = self.sets.get(key) else {
            self.act.expectations.forget(key);
            return Ok(Action::Settled);
        };
        // Asked before the pods are read: what is seen afterwards can only be newer.
        let outstanding = self.act.expectations.outstanding(key);
        let pods = self.claim(&set).await?;
        let failed = match outstanding {
            None if set.metadata.deletion_timestamp.is_none() => {
                self.manage(key, &set, &pods).await
            }
            _ => None,
        };
        let next = self.report(&set, &pods, failed.as_ref()).await?;
        match failed {
            Some(failure) => Err(failure.error.into()),
            None => Ok(soonest(next, outstanding)),
        }
    }
}

impl ReplicaSets {
    async fn claim(&self, set: &Arc<ReplicaSet>) -> Result<Vec<Arc<Pod>>, ReconcileError> {
        let mut candidates = self.pods.owned_by(&set.metadata.uid);
        candidates.extend(self.orphans.get(&set.metadata.namespace));
        let sorted = claim::sort(&**set, &selector_of(set)?, candidates);
        let claim = Claim {
            owner: &**set,
            owners: self.api.clone(),
            objects: self.client.of::<Pod>(),
        };
        Ok(claim.claim(sorted).await?)
    }

    async fn manage(
        &self,
        key: &ObjectKey,
        set: &ReplicaSet,
        pods: &[Arc<Pod>],
    ) -> Option<Failure> {
        match plan(set, pods, &self.related(set), now(&self.platform)) {
            Todo::Nothing => None,
            Todo::Create(count) => {
                let failed = self.act.create(key, set, count).await.err();
                failed.map(|error| Failure {
                    reason: "FailedCreate",
                    error,
                })
            }
            Todo::Delete(pods) => {
                let failed = self.act.delete(key, set, &pods).await.err();
                failed.map(|error| Failure {
                    reason: "FailedDelete",
                    error,
                })
            }
        }
    }

    /// Pods of all ReplicaSets of the same Deployment: nodes that run many of them lose pods first.
    fn related(&self, set: &ReplicaSet) -> Vec<Arc<Pod>> {
        let Some(owner) = controller_of(&set.metadata) else {
            return Vec::new();
        };
        let siblings = self.sets.owned_by(&owner.uid);
        siblings
            .iter()
            .flat_map(|sibling| self.pods.owned_by(&sibling.metadata.uid))
            .collect()
    }

    /// Writes the status where it has changed; answers when the next pod becomes available by time alone.
    async fn report(
        &self,
        set: &ReplicaSet,
        pods: &[Arc<Pod>],
        failed: Option<&Failure>,
    ) -> Result<Option<Duration>, ReconcileError> {
        let (wanted, next) = status(set, pods, failed, now(&self.platform));
        if wanted != set.status {
            let mut updated = set.clone();
            updated.status = wanted;
            self.api.replace_status(&updated).await?;
        }
        Ok(next)
    }
}

/// The earlier of two moments at which time alone changes something.
fn soonest(next: Option<Duration>, outstanding: Option<Duration>) -> Action {
    next.into_iter()
        .chain(outstanding)
        .min()
        .map_or(Action::Settled, Action::RequeueAfter)
}

fn selector_of(set: &ReplicaSet) -> Result<Selector, ReconcileError> {
    Selector::from_label_selector(set.spec.selector.as_deref()).map_err(|error| {
        ReconcileError::Other(format!(
            "the selector of {} is not valid: {error}",
            set.key()
        ))
    })
}

fn orphan_namespace(pod: &Pod, values: &mut Vec<Str>) {
    if controller_of(&pod.metadata).is_none() {
        values.push(pod.metadata.namespace.clone());
    }
}

/// Turns changes of pods into keys of ReplicaSets, and into observations of what was expected.
struct Observer {
    queue: Queue<ObjectKey>,
    expectations: Arc<Expectations>,
    sets: Cache<ReplicaSet>,
}

impl Observer {
    fn pod_changed(&self, change: &Change<'_, Pod>) {
        let (old, new) = (change.old.map(Arc::as_ref), change.new.map(Arc::as_ref));
        let was_going = old.is_some_and(is_terminating);
        let is_going = new.is_none_or(is_terminating);
        if let Some(owner) = new.or(old).and_then(owner_key) {
            if is_going && !was_going {
                self.expectations.deletion_observed(&owner, change.key);
            } else if old.is_none() && !is_going {
                self.expectations.creation_observed(&owner);
            }
        }
        for owner in old.into_iter().chain(new).filter_map(owner_key) {
            self.queue.add(owner);
        }
        if let Some(pod) =
            new.filter(|pod| controller_of(&pod.metadata).is_none() && !is_terminating(pod))
            && old.is_none_or(|old| differs_for_adoption(old, pod))
        {
            self.wake_adopters(pod);
        }
    }

    fn wake_adopters(&self, pod: &Pod) {
        for set in self.sets.list(Some(&pod.metadata.namespace)) {
            if selector_of(&set).is_ok_and(|selector| selector.matches(&pod.metadata.labels)) {
                self.queue.add(set.key());
            }
        }
    }
}

fn owner_key(pod: &Pod) -> Option<ObjectKey> {
    controller_key::<ReplicaSet>(&pod.metadata)
}

fn differs_for_adoption(old: &Pod, new: &Pod) -> bool {
    old.metadata.labels != new.metadata.labels || controller_of(&old.metadata).is_some()
}

#[cfg(test)]
mod tests;
