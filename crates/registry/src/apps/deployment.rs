//! Deployment: a ReplicaSet that is replaced step by step when its template changes.

#[cfg(test)]
mod tests;

use super::template;
use crate::{core::pod, rules};
use api::{
    apps::v1::{Deployment, DeploymentStrategy, DeploymentStrategyType, RollingUpdateDeployment},
    autoscaling::v1::Scale,
};
use meta::{FieldErrors, FieldPath, Str};
use resource::{Column, Generation, Part, RequestContext, Strategy, Subresources};

pub(crate) struct Deployments;

const REVISION_HISTORY: i32 = 10;
const PROGRESS_DEADLINE_SECONDS: i32 = 600;
const QUARTER: &str = "25%";

/// What the controller notes on a Deployment: the number of its newest ReplicaSet.
const REVISION: &str = "deployment.kubernetes.io/revision";

impl Strategy for Deployments {
    type Object = Deployment;
    const SHORT_NAMES: &'static [&'static str] = &["deploy"];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<Deployment>] = &[
        Column::NAME,
        Column::text(
            "Ready",
            "Number of the pod with ready state",
            |deployment, _| {
                format!(
                    "{}/{}",
                    deployment.status.ready_replicas,
                    deployment.spec.replicas.unwrap_or(0)
                )
                .into()
            },
        ),
        Column::text(
            "Up-to-date",
            "The number of pods that have the wanted template.",
            |deployment, _| deployment.status.updated_replicas.into(),
        ),
        Column::text(
            "Available",
            "The number of pods that have been ready for long enough.",
            |deployment, _| deployment.status.available_replicas.into(),
        ),
        Column::AGE,
        Column::text(
            "Containers",
            "Names of each container in the template.",
            |deployment: &Deployment, _| {
                template::names(&deployment.spec.template.spec.containers).into()
            },
        )
        .wide(),
        Column::text(
            "Images",
            "Images referenced by each container in the template.",
            |deployment: &Deployment, _| {
                template::images(&deployment.spec.template.spec.containers).into()
            },
        )
        .wide(),
        Column::text(
            "Selector",
            "The labels that select the pods.",
            |deployment: &Deployment, _| {
                template::shown(deployment.spec.selector.as_deref()).into()
            },
        )
        .wide(),
    ];

    fn subresources(&self) -> Subresources<Deployment> {
        let copy = |to: &mut Deployment, from: &Deployment| to.status = from.status.clone();
        Subresources::none()
            .status_with(copy, Status)
            .view("scale", template::ScaleView)
    }

    fn set_defaults(&self, deployment: &mut Deployment) {
        let spec = &mut deployment.spec;
        spec.replicas.get_or_insert(1);
        spec.revision_history_limit.get_or_insert(REVISION_HISTORY);
        spec.progress_deadline_seconds
            .get_or_insert(PROGRESS_DEADLINE_SECONDS);
        if spec.strategy.type_.is_empty() {
            spec.strategy.type_ = DeploymentStrategyType::ROLLING_UPDATE.into();
        }
        if spec.strategy.type_ == DeploymentStrategyType::ROLLING_UPDATE {
            let rolling = spec.strategy.rolling_update.get_or_insert_default();
            rolling
                .max_unavailable
                .get_or_insert_with(|| QUARTER.into());
            rolling.max_surge.get_or_insert_with(|| QUARTER.into());
        }
        pod::defaults::spec(&mut spec.template.spec);
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut Deployment) {
        pod::disabled::drop_fields(&mut new.spec.template.spec, None);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, deployment: &Deployment) {
        let (path, spec) = (FieldPath::new("spec"), &deployment.spec);
        template::check_not_negative(
            errors,
            &path.child("replicas"),
            spec.replicas.unwrap_or(0).into(),
        );
        template::check(
            errors,
            &path,
            spec.selector.as_deref(),
            &spec.template,
            "empty selector is invalid for deployment",
        );
        check_strategy(errors, &path.child("strategy"), &spec.strategy);
        template::check_not_negative(
            errors,
            &path.child("minReadySeconds"),
            spec.min_ready_seconds.into(),
        );
        if let Some(limit) = spec.revision_history_limit {
            template::check_not_negative(errors, &path.child("revisionHistoryLimit"), limit.into());
        }
        if let Some(deadline) = spec.progress_deadline_seconds {
            let path = path.child("progressDeadlineSeconds");
            template::check_not_negative(errors, &path, deadline.into());
            if deadline <= spec.min_ready_seconds {
                errors.invalid(&path, deadline, "must be greater than minReadySeconds");
            }
        }
    }

    fn warnings_on_create(&self, _cx: &RequestContext, deployment: &Deployment) -> Vec<String> {
        template::warnings(&deployment.metadata, &deployment.spec.template)
    }

    /// Annotations count: they are copied to the ReplicaSets. The revision is the controller's: who sends an object without it, as it was
    /// before the controller wrote, asks for nothing new. (Upstream counts it.)
    fn prepare_update(&self, _cx: &RequestContext, new: &mut Deployment, old: &Deployment) {
        let asked = |(key, _): &(&Str, &Str)| *key != REVISION;
        let (before, after) = (&old.metadata.annotations, &new.metadata.annotations);
        if !before.iter().filter(asked).eq(after.iter().filter(asked)) {
            new.metadata.generation = old.metadata.generation + 1;
        }
        let held = Some(&old.spec.template.spec);
        pod::disabled::drop_fields(&mut new.spec.template.spec, held);
    }

    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        new: &Deployment,
        old: &Deployment,
    ) -> Vec<String> {
        if new.metadata.generation == old.metadata.generation {
            return Vec::new();
        }
        pod::warnings::of(
            &FieldPath::new("spec").child("template"),
            &new.spec.template.spec,
            &new.spec.template.metadata,
        )
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Deployment,
        old: &Deployment,
    ) {
        self.validate(cx, errors, new);
        if new.spec.selector != old.spec.selector {
            errors.immutable(
                &FieldPath::new("spec").child("selector"),
                new.spec
                    .selector
                    .as_deref()
                    .map(|selector| meta::Json(selector)),
            );
        }
    }
}

fn check_strategy(errors: &mut FieldErrors, path: &FieldPath, strategy: &DeploymentStrategy) {
    let rolling = path.child("rollingUpdate");
    match strategy.type_.as_str() {
        DeploymentStrategyType::RECREATE => {
            if strategy.rolling_update.is_some() {
                errors.forbidden(
                    &rolling,
                    "may not be specified when strategy `type` is 'Recreate'",
                );
            }
        }
        DeploymentStrategyType::ROLLING_UPDATE => match &strategy.rolling_update {
            None => errors.required(&rolling, "this should be defaulted and never be nil"),
            Some(update) => check_rolling(errors, &rolling, update),
        },
        _ => errors.not_supported(
            path,
            meta::Verbatim(&pod::validate::internal_form(strategy)),
            &[
                DeploymentStrategyType::RECREATE,
                DeploymentStrategyType::ROLLING_UPDATE,
            ],
        ),
    }
}

fn check_rolling(errors: &mut FieldErrors, path: &FieldPath, update: &RollingUpdateDeployment) {
    let (unavailable, surge) = (
        update.max_unavailable.clone().unwrap_or_default(),
        update.max_surge.clone().unwrap_or_default(),
    );
    rules::share(errors, &path.child("maxUnavailable"), &unavailable);
    rules::share(errors, &path.child("maxSurge"), &surge);
    if rules::amount(&unavailable) == 0 && rules::amount(&surge) == 0 {
        errors.invalid(
            &path.child("maxUnavailable"),
            &unavailable,
            "may not be 0 when `maxSurge` is 0",
        );
    }
    rules::at_most_all(errors, &path.child("maxUnavailable"), &unavailable);
}

struct Status;

impl Part<Deployment> for Status {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut Deployment, old: &Deployment) {
        new.metadata.labels.clone_from(&old.metadata.labels);
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec", "metadata.labels"]
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Deployment,
        old: &Deployment,
    ) {
        let (path, status) = (FieldPath::new("status"), &new.status);
        let counts = [
            ("observedGeneration", status.observed_generation),
            ("replicas", status.replicas.into()),
            ("updatedReplicas", status.updated_replicas.into()),
            ("readyReplicas", status.ready_replicas.into()),
            ("availableReplicas", status.available_replicas.into()),
            ("unavailableReplicas", status.unavailable_replicas.into()),
        ];
        let terminating = status.terminating_replicas.into_iter();
        let terminating = terminating.map(|count| ("terminatingReplicas", count.into()));
        for (name, count) in counts.into_iter().chain(terminating) {
            rules::not_negative(errors, &path.child(name), count);
        }
        if let Some(count) = status.collision_count {
            rules::not_negative(errors, &path.child("collisionCount"), count.into());
        }
        let parts = [
            ("updatedReplicas", status.updated_replicas),
            ("readyReplicas", status.ready_replicas),
            ("availableReplicas", status.available_replicas),
        ];
        template::check_parts(
            errors,
            &path,
            status.replicas,
            status.ready_replicas,
            &parts,
        );
        let was = old.status.collision_count;
        template::check_collisions_kept(errors, &path, status.collision_count, was);
    }
}

impl template::Scaled for Deployment {
    fn scale(&self) -> Scale {
        template::scale(
            self.spec.replicas,
            self.status.replicas,
            self.spec.selector.as_deref(),
        )
    }

    fn replicas_mut(&mut self) -> &mut Option<i32> {
        &mut self.spec.replicas
    }
}
