//! PodTemplate: a pod's description that some controller may use.

use crate::{apps::template, core::pod};
use api::core::v1::PodTemplate;
use meta::{FieldErrors, FieldPath};
use resource::{Column, Generation, RequestContext, Strategy};

pub(crate) struct PodTemplates;

impl Strategy for PodTemplates {
    type Object = PodTemplate;
    const RETURNS_DELETED_OBJECT: bool = true;
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<PodTemplate>] = &[
        Column::NAME,
        Column::text(
            "Containers",
            "Names of each container in the template.",
            |object, _| template::names(&object.template.spec.containers).into(),
        ),
        Column::text(
            "Images",
            "Images referenced by each container in the template.",
            |object, _| template::images(&object.template.spec.containers).into(),
        ),
        Column::text(
            "Pod Labels",
            "The labels that its pods get.",
            |object, _| template::shown_labels(&object.template.metadata.labels).into(),
        ),
    ];

    fn set_defaults(&self, object: &mut PodTemplate) {
        pod::defaults::spec(&mut object.template.spec);
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut PodTemplate) {
        pod::disabled::drop_fields(&mut new.template.spec, None);
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut PodTemplate, old: &PodTemplate) {
        let held = Some(&old.template.spec);
        pod::disabled::drop_fields(&mut new.template.spec, held);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, object: &PodTemplate) {
        template::check_pods(errors, &FieldPath::new("template"), &object.template);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &PodTemplate,
        old: &PodTemplate,
    ) {
        let lenient = pod::validate::Lenient::of_template(&old.template);
        let path = FieldPath::new("template");
        pod::validate::template(errors, &path, &new.template, lenient);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, object: &PodTemplate) -> Vec<String> {
        let template = &object.template;
        let path = FieldPath::new("template");
        pod::warnings::of(&path, &template.spec, &template.metadata)
    }

    fn warnings_on_update(
        &self,
        cx: &RequestContext,
        new: &PodTemplate,
        old: &PodTemplate,
    ) -> Vec<String> {
        if new.template == old.template {
            return Vec::new();
        }
        self.warnings_on_create(cx, new)
    }
}

#[cfg(test)]
mod tests;
