//! ReplicaSet: so many pods of one template.

#[cfg(test)]
mod tests;

use super::template;
use crate::core::pod;
use api::{apps::v1::ReplicaSet, autoscaling::v1::Scale};
use meta::{FieldErrors, FieldPath};
use resource::{Column, Generation, Part, RequestContext, Strategy, Subresources};

pub(crate) struct ReplicaSets;

impl Strategy for ReplicaSets {
    type Object = ReplicaSet;
    const SHORT_NAMES: &'static [&'static str] = &["rs"];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<ReplicaSet>] = &[
        Column::NAME,
        Column::integer(
            "Desired",
            "The number of pods that are wanted.",
            |set, _| set.spec.replicas.unwrap_or(0).into(),
        ),
        Column::integer("Current", "The number of pods that are there.", |set, _| {
            set.status.replicas.into()
        }),
        Column::integer("Ready", "The number of pods that are ready.", |set, _| {
            set.status.ready_replicas.into()
        }),
        Column::AGE,
        Column::text(
            "Containers",
            "Names of each container in the template.",
            |set: &ReplicaSet, _| template::names(&set.spec.template.spec.containers).into(),
        )
        .wide(),
        Column::text(
            "Images",
            "Images referenced by each container in the template.",
            |set: &ReplicaSet, _| template::images(&set.spec.template.spec.containers).into(),
        )
        .wide(),
        Column::text(
            "Selector",
            "The labels that select the pods.",
            |set: &ReplicaSet, _| template::shown(set.spec.selector.as_deref()).into(),
        )
        .wide(),
    ];

    fn subresources(&self) -> Subresources<ReplicaSet> {
        let copy = |to: &mut ReplicaSet, from: &ReplicaSet| to.status = from.status.clone();
        Subresources::none()
            .status_with(copy, Status)
            .view("scale", template::ScaleView)
    }

    fn set_defaults(&self, set: &mut ReplicaSet) {
        set.spec.replicas.get_or_insert(1);
        pod::defaults::spec(&mut set.spec.template.spec);
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut ReplicaSet) {
        pod::disabled::drop_fields(&mut new.spec.template.spec, None);
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut ReplicaSet, old: &ReplicaSet) {
        let held = Some(&old.spec.template.spec);
        pod::disabled::drop_fields(&mut new.spec.template.spec, held);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, set: &ReplicaSet) {
        let spec = FieldPath::new("spec");
        template::check_not_negative(
            errors,
            &spec.child("replicas"),
            set.spec.replicas.unwrap_or(0).into(),
        );
        template::check_not_negative(
            errors,
            &spec.child("minReadySeconds"),
            set.spec.min_ready_seconds.into(),
        );
        template::check(
            errors,
            &spec,
            set.spec.selector.as_deref(),
            &set.spec.template,
            // Upstream's own words.
            "empty selector is invalid for deployment",
        );
    }

    fn warnings_on_create(&self, _cx: &RequestContext, set: &ReplicaSet) -> Vec<String> {
        template::warnings(&set.metadata, &set.spec.template)
    }

    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        new: &ReplicaSet,
        old: &ReplicaSet,
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
        new: &ReplicaSet,
        old: &ReplicaSet,
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

struct Status;

impl Part<ReplicaSet> for Status {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ReplicaSet,
        _old: &ReplicaSet,
    ) {
        let status = &new.status;
        template::check_status(
            errors,
            &template::ReplicaCounts {
                replicas: status.replicas,
                fully_labeled: status.fully_labeled_replicas,
                ready: status.ready_replicas,
                available: status.available_replicas,
                terminating: status.terminating_replicas,
                observed_generation: status.observed_generation,
            },
        );
    }
}

impl template::Scaled for ReplicaSet {
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
