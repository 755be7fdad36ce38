//! Rolls a Deployment's pod template out: one ReplicaSet per template, scaled against each other.

mod act;
mod conditions;
mod plan;
mod revision;
mod scaling;
mod sets;
mod status;
mod template;

use self::{
    act::Sets,
    plan::{Input, plan},
};
use crate::{
    Options,
    claim::{self, Claim},
    owner::controller_of,
    pods::is_terminal,
    time::now,
};
use api::{
    apps::v1::{Deployment, ReplicaSet},
    core::v1::Pod,
};
use client::{
    Api, Cache, Client, Index,
    controller::{Action, Builder, ReconcileError, Reconciler, controller_key},
    events::Recorder,
};
use meta::{Kind, ObjectKey, Str, labels::Selector};
use platform::Platform;
use std::sync::Arc;

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let deployments = builder.primary::<Deployment>();
    let sets = builder.cache::<ReplicaSet>();
    let orphans = sets.index_by("namespace of orphan", orphan_namespace);
    let pods = crate::pods::cache(&mut builder);
    wake_on_sets(&builder, &sets, &deployments);
    wake_on_last_pods(&builder, &pods, &sets, &deployments);
    let client = builder.client();
    let events = builder.recorder("deployment-controller");
    let controller = Deployments {
        api: client.of(),
        act: Sets {
            api: client.of(),
            deployments: client.of(),
            events: events.clone(),
        },
        platform: builder.platform().clone(),
        client,
        events,
        deployments,
        sets,
        orphans,
        pods,
    };
    builder.run(controller);
}

/// A ReplicaSet wakes its Deployment; one without a controller wakes those that could adopt it.
fn wake_on_sets(builder: &Builder, sets: &Cache<ReplicaSet>, deployments: &Cache<Deployment>) {
    let (queue, deployments) = (builder.queue(), deployments.clone());
    sets.on_change(move |change| {
        for set in change.old.into_iter().chain(change.new) {
            if let Some(owner) = controller_key::<Deployment>(&set.metadata) {
                queue.add(owner);
            }
        }
        let Some(orphan) = change
            .new
            .filter(|set| controller_of(&set.metadata).is_none())
        else {
            return;
        };
        for deployment in deployments.list(Some(&orphan.metadata.namespace)) {
            if selector_of(&deployment)
                .is_ok_and(|selector| selector.matches(&orphan.metadata.labels))
            {
                queue.add(deployment.key());
            }
        }
    });
}

/// `Recreate` waits until the last old pod is gone.
fn wake_on_last_pods(
    builder: &Builder,
    pods: &Cache<Pod>,
    sets: &Cache<ReplicaSet>,
    deployments: &Cache<Deployment>,
) {
    let (queue, sets, deployments) = (builder.queue(), sets.clone(), deployments.clone());
    pods.on_change(move |change| {
        let ended = change.new.is_none_or(|pod| is_terminal(pod));
        let Some(pod) = change.old.filter(|_| ended) else {
            return;
        };
        let set = controller_key::<ReplicaSet>(&pod.metadata).and_then(|key| sets.get(&key));
        let owner = set.and_then(|set| controller_key::<Deployment>(&set.metadata));
        let Some(deployment) = owner.and_then(|key| deployments.get(&key)) else {
            return;
        };
        if deployment.spec.strategy.type_ == "Recreate" {
            queue.add(deployment.key());
        }
    });
}

struct Deployments {
    client: Client,
    api: Api<Deployment>,
    platform: Platform,
    events: Recorder,
    deployments: Cache<Deployment>,
    sets: Cache<ReplicaSet>,
    /// ReplicaSets without a controller, by namespace.
    orphans: Index<ReplicaSet>,
    pods: Cache<Pod>,
    act: Sets,
}

impl Reconciler for Deployments {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(deployment) = self.deployments.get(key) else {
            return Ok(Action::Settled);
        };
        let selector = selector_of(&deployment)?;
        if selector.is_everything() {
            return self.refuse(&deployment).await;
        }
        let sets = self.claim(&deployment, &selector).await?;
        let plan = plan(&Input {
            deployment: &deployment,
            sets: &sets,
            sets_with_pods: self.sets_with_pods(&sets),
            now: now(&self.platform),
        });
        self.act
            .carry_out(&deployment, plan, now(&self.platform))
            .await
    }
}

impl Deployments {
    async fn claim(
        &self,
        deployment: &Arc<Deployment>,
        selector: &Selector,
    ) -> Result<Vec<Arc<ReplicaSet>>, ReconcileError> {
        let mut candidates = self.sets.owned_by(&deployment.metadata.uid);
        candidates.extend(self.orphans.get(&deployment.metadata.namespace));
        let sorted = claim::sort(&**deployment, selector, candidates);
        let claim = Claim {
            owner: &**deployment,
            owners: self.api.clone(),
            objects: self.client.of::<ReplicaSet>(),
        };
        Ok(claim.claim(sorted).await?)
    }

    /// Uids of the sets that have a pod which may still run.
    fn sets_with_pods(&self, sets: &[Arc<ReplicaSet>]) -> Vec<Str> {
        let runs = |set: &&Arc<ReplicaSet>| {
            self.pods
                .owned_by(&set.metadata.uid)
                .iter()
                .any(|pod| !is_terminal(pod))
        };
        sets.iter()
            .filter(runs)
            .map(|set| set.metadata.uid.clone())
            .collect()
    }

    /// A selector that selects every pod of the namespace is never acted on.
    async fn refuse(&self, deployment: &Deployment) -> Result<Action, ReconcileError> {
        let message = "This deployment is selecting all pods. A non-empty selector is required.";
        self.events.warning(deployment, "SelectingAll", message);
        if deployment.status.observed_generation < deployment.metadata.generation {
            let mut updated = deployment.clone();
            updated.status.observed_generation = deployment.metadata.generation;
            self.api.replace_status(&updated).await?;
        }
        Ok(Action::Settled)
    }
}

fn selector_of(deployment: &Deployment) -> Result<Selector, ReconcileError> {
    Selector::from_label_selector(deployment.spec.selector.as_deref()).map_err(|error| {
        ReconcileError::Other(format!(
            "the selector of {} is not valid: {error}",
            deployment.key()
        ))
    })
}

fn orphan_namespace(set: &ReplicaSet, values: &mut Vec<Str>) {
    if controller_of(&set.metadata).is_none() {
        values.push(set.metadata.namespace.clone());
    }
}
