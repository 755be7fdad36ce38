//! ReplicationController: what a ReplicaSet was before it had selectors of more than equality.

#[cfg(test)]
mod tests;

use crate::{apps::template, core::pod, rules};
use api::{
    autoscaling::v1::Scale,
    core::v1::{ReplicationController, ReplicationControllerSpec},
};
use meta::{FieldErrors, FieldPath, Str};
use resource::{
    Column, GarbageCollection, Generation, NameRule, Part, RequestContext, Strategy, Subresources,
    Upstream,
};

pub(crate) struct ReplicationControllers;

impl Strategy for ReplicationControllers {
    type Object = ReplicationController;
    const SHORT_NAMES: &'static [&'static str] = &["rc"];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const NAME_RULE: NameRule = NameRule::LongName;
    const GENERATION: Generation = Generation::Content;
    const GARBAGE_COLLECTION: GarbageCollection = GarbageCollection::Orphan;
    const FIELD_LABELS: &'static [&'static str] = &["status.replicas"];
    const COLUMNS: &'static [Column<ReplicationController>] = COLUMNS;
    const UPSTREAM: Upstream = Upstream {
        place: "controllers",
        ..Upstream::USUAL
    };

    fn subresources(&self) -> Subresources<ReplicationController> {
        let copy = |to: &mut ReplicationController, from: &ReplicationController| {
            to.status = from.status.clone();
        };
        Subresources::none()
            .status_with(copy, Status)
            .view("scale", template::ScaleView)
    }

    /// The template's labels serve where there are no others.
    fn set_defaults(&self, controller: &mut ReplicationController) {
        let spec = &mut controller.spec;
        spec.replicas.get_or_insert(1);
        let Some(template) = &mut spec.template else {
            return;
        };
        pod::defaults::spec(&mut template.spec);
        let labels = &template.metadata.labels;
        for own in [&mut spec.selector, &mut controller.metadata.labels] {
            if own.is_empty() {
                own.clone_from(labels);
            }
        }
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut ReplicationController) {
        if let Some(template) = &mut new.spec.template {
            pod::disabled::drop_fields(&mut template.spec, None);
        }
    }

    fn prepare_update(
        &self,
        _cx: &RequestContext,
        new: &mut ReplicationController,
        old: &ReplicationController,
    ) {
        let held = old.spec.template.as_ref().map(|held| &held.spec);
        if let Some(template) = &mut new.spec.template {
            pod::disabled::drop_fields(&mut template.spec, held);
        }
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        controller: &ReplicationController,
    ) {
        check(errors, &controller.spec);
    }

    fn warnings_on_create(
        &self,
        _cx: &RequestContext,
        controller: &ReplicationController,
    ) -> Vec<String> {
        let name = pod::warnings::of_name(&controller.metadata.name, "Pod names and hostnames");
        name.into_iter().chain(warnings(controller)).collect()
    }

    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        new: &ReplicationController,
        old: &ReplicationController,
    ) -> Vec<String> {
        if new.spec == old.spec {
            return Vec::new();
        }
        // Upstream takes the old one for the new.
        warnings(old)
    }

    fn selectable_field(&self, controller: &ReplicationController, _label: &str) -> Str {
        controller.status.replicas.to_string().into()
    }
}

fn warnings(controller: &ReplicationController) -> Vec<String> {
    let path = FieldPath::new("spec").child("template");
    let template = controller.spec.template.as_deref();
    template.map_or_else(Vec::new, |template| {
        pod::warnings::of(&path, &template.spec, &template.metadata)
    })
}

fn check(errors: &mut FieldErrors, spec: &ReplicationControllerSpec) {
    let path = FieldPath::new("spec");
    let ready = spec.min_ready_seconds.into();
    rules::not_negative(errors, &path.child("minReadySeconds"), ready);
    if spec.selector.is_empty() {
        errors.required(&path.child("selector"), "");
    }
    match spec.replicas {
        None => errors.required(&path.child("replicas"), ""),
        Some(count) => rules::not_negative(errors, &path.child("replicas"), count.into()),
    }
    let path = path.child("template");
    let Some(template) = spec.template.as_deref() else {
        return errors.required(&path, "");
    };
    let labels = &template.metadata.labels;
    let matches = |(key, value): (&Str, &Str)| labels.get(key) == Some(value);
    if !spec.selector.iter().all(matches) {
        template::mismatch(errors, &path.child("metadata").child("labels"), labels);
    }
    template::check_pods(errors, &path, template);
    let path = path.child("spec");
    template::check_kept_running(errors, &path, &template.spec, "ReplicationController");
}

struct Status;

impl Part<ReplicationController> for Status {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ReplicationController,
        _old: &ReplicationController,
    ) {
        let status = &new.status;
        template::check_status(
            errors,
            &template::ReplicaCounts {
                replicas: status.replicas,
                fully_labeled: status.fully_labeled_replicas,
                ready: status.ready_replicas,
                available: status.available_replicas,
                terminating: None,
                observed_generation: status.observed_generation,
            },
        );
    }
}

impl template::Scaled for ReplicationController {
    fn scale(&self) -> Scale {
        let mut scale = template::scale(self.spec.replicas, self.status.replicas, None);
        let selector = &self.spec.selector;
        scale.status.selector = if selector.is_empty() {
            Str::default()
        } else {
            template::shown_labels(selector).into()
        };
        scale
    }

    fn replicas_mut(&mut self) -> &mut Option<i32> {
        &mut self.spec.replicas
    }
}

const COLUMNS: &[Column<ReplicationController>] = &[
    Column::NAME,
    Column::integer("Desired", "Pods that are wanted.", |controller, _| {
        controller.spec.replicas.unwrap_or(0).into()
    }),
    Column::integer("Current", "Pods that there are.", |controller, _| {
        controller.status.replicas.into()
    }),
    Column::integer("Ready", "Pods that are ready.", |controller, _| {
        controller.status.ready_replicas.into()
    }),
    Column::AGE,
    Column::text(
        "Containers",
        "Names of each container in the template.",
        |controller: &ReplicationController, _| {
            let template = controller.spec.template.as_deref();
            template
                .map_or_else(String::new, |one| template::names(&one.spec.containers))
                .into()
        },
    )
    .wide(),
    Column::text(
        "Images",
        "Images referenced by each container in the template.",
        |controller: &ReplicationController, _| {
            let template = controller.spec.template.as_deref();
            template
                .map_or_else(String::new, |one| template::images(&one.spec.containers))
                .into()
        },
    )
    .wide(),
    Column::text(
        "Selector",
        "The labels that select the pods.",
        |controller: &ReplicationController, _| {
            template::shown_labels(&controller.spec.selector).into()
        },
    )
    .wide(),
];
