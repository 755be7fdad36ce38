//! RuntimeClass: what runs the containers of a pod.

#[cfg(test)]
mod tests;

use crate::{core::pod::validate as pod, rules, selector};
use api::{core::v1::Toleration, node::v1::RuntimeClass};
use meta::{FieldErrors, FieldPath, Verbatim};
use resource::{Column, MetadataCheck, RequestContext, Strategy};

pub(crate) struct RuntimeClasses;

impl Strategy for RuntimeClasses {
    type Object = RuntimeClass;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const STANDARD_FINALIZERS: bool = false;
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const COLUMNS: &'static [Column<RuntimeClass>] = &[
        Column::NAME,
        Column::text(
            "Handler",
            "The name by which the container runtime knows it.",
            |class: &RuntimeClass, _| class.handler.as_str().into(),
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, class: &RuntimeClass) {
        let path = FieldPath::new("handler");
        if class.handler.is_empty() {
            errors.required(&path, "");
        } else {
            rules::label(errors, &path, &class.handler);
        }
        if let Some(overhead) = &class.overhead {
            let path = FieldPath::new("overhead");
            pod::check_overhead(errors, &path, &overhead.pod_fixed);
        }
        if let Some(scheduling) = &class.scheduling {
            let path = FieldPath::new("scheduling");
            let labels = &scheduling.node_selector;
            selector::check_labels(errors, &path.child("nodeSelector"), labels);
            check_tolerations(errors, &path.child("tolerations"), &scheduling.tolerations);
        }
    }

    fn warnings_on_create(&self, _cx: &RequestContext, class: &RuntimeClass) -> Vec<String> {
        let Some(scheduling) = &class.scheduling else {
            return Vec::new();
        };
        let path = FieldPath::new("scheduling.nodeSelector");
        let renamed = scheduling.node_selector.keys().filter_map(|key| {
            let words = crate::core::node_labels::renamed(key)?;
            Some(format!("{path}: {words}"))
        });
        renamed.collect()
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &RuntimeClass,
        old: &RuntimeClass,
    ) {
        self.validate(cx, errors, new);
        if new.handler != old.handler {
            errors.immutable(&FieldPath::new("handler"), &new.handler);
        }
    }
}

/// As a pod's, but none of them twice.
fn check_tolerations(errors: &mut FieldErrors, path: &FieldPath, tolerations: &[Toleration]) {
    pod::check_tolerations(errors, path, tolerations);
    let key = |one: &Toleration| {
        let Toleration {
            key,
            operator,
            value,
            effect,
            ..
        } = one.clone();
        (key, operator, value, effect)
    };
    for (index, one) in tolerations.iter().enumerate() {
        if tolerations[..index]
            .iter()
            .any(|other| key(other) == key(one))
        {
            let shown = pod::internal_form(one);
            errors.duplicate(&path.index(index), Verbatim(&shown));
        }
    }
}
