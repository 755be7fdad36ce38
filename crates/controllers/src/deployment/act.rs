//! Carries a plan out: writes sets and the Deployment's status, records events.

use super::{plan::Plan, sets::Member, status::creation_failed, template};
use crate::owner::is_controlled_by;
use api::apps::v1::{Deployment, ReplicaSet};
use client::{
    Api, DeleteParams, Error,
    controller::{Action, ReconcileError},
    events::Recorder,
};
use meta::{Kind, Time};

pub(super) struct Sets {
    pub(super) api: Api<ReplicaSet>,
    pub(super) deployments: Api<Deployment>,
    pub(super) events: Recorder,
}

impl Sets {
    pub(super) async fn carry_out(
        &self,
        was: &Deployment,
        plan: Plan,
        now: Time,
    ) -> Result<Action, ReconcileError> {
        if let Some(set) = &plan.create
            && let Err(error) = self.create(was, set).await
        {
            return self.creation_failed(was, set, error, now).await;
        }
        for member in &plan.update {
            self.update(was, member).await?;
        }
        for set in &plan.delete {
            let gone = self
                .api
                .delete(&set.key(), &DeleteParams::of_uid(&set.metadata.uid))
                .await;
            gone.or_else(|error| {
                if error.is_not_found() {
                    Ok(())
                } else {
                    Err(error)
                }
            })?;
        }
        if plan.deployment.status != was.status || plan.deployment.metadata != was.metadata {
            self.deployments.replace_status(&plan.deployment).await?;
        }
        Ok(plan.after.map_or(Action::Settled, Action::RequeueAfter))
    }

    /// Creates a set. Its name may be taken by the same set, which the cache has not shown yet.
    async fn create(&self, deployment: &Deployment, set: &ReplicaSet) -> Result<(), Error> {
        match self.api.create(set).await {
            Ok(set) => {
                let size = set.spec.replicas.unwrap_or(0);
                if size > 0 {
                    self.note_scaled(deployment, &set, 0, size);
                }
                Ok(())
            }
            Err(error) if error.is_already_exists() => {
                let there = self.api.get(&set.key()).await?;
                let same = is_controlled_by(&there.metadata, &deployment.metadata.uid)
                    && template::equal(&there.spec.template, &set.spec.template);
                if same { Ok(()) } else { Err(error) }
            }
            Err(error) => Err(error),
        }
    }

    /// A taken name: the next try uses another hash. Anything else is shown in status and events.
    async fn creation_failed(
        &self,
        was: &Deployment,
        set: &ReplicaSet,
        error: Error,
        now: Time,
    ) -> Result<Action, ReconcileError> {
        if error.is_namespace_terminating() {
            return Ok(Action::Settled);
        }
        let mut deployment = was.clone();
        if error.is_already_exists() {
            let count = deployment.status.collision_count.unwrap_or(0);
            deployment.status.collision_count = Some(count + 1);
        } else {
            let name = &set.metadata.name;
            let message = format!("Failed to create new replica set \"{name}\": {error}");
            self.events
                .warning(was, "ReplicaSetCreateError", message.clone());
            creation_failed(&mut deployment, message, now);
        }
        if deployment.status != was.status {
            self.deployments.replace_status(&deployment).await?;
        }
        Err(error.into())
    }

    async fn update(&self, deployment: &Deployment, member: &Member) -> Result<(), Error> {
        let updated = self.api.replace(&member.now).await?;
        if let Some((from, to)) = member.scaled() {
            self.note_scaled(deployment, &updated, from, to);
        }
        Ok(())
    }

    fn note_scaled(&self, deployment: &Deployment, set: &ReplicaSet, from: i32, to: i32) {
        let direction = if to > from { "up" } else { "down" };
        let name = &set.metadata.name;
        let message = format!("Scaled {direction} replica set {name} from {from} to {to}");
        self.events.normal(deployment, "ScalingReplicaSet", message);
    }
}
