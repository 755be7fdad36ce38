//! IngressClass: which controller serves an Ingress.

use super::reference;
use crate::rules;
use api::networking::v1::{IngressClass, IngressClassParametersReference};
use meta::{FieldErrors, FieldPath};
use resource::{Column, Generation, MetadataCheck, RequestContext, Strategy};

pub(crate) struct IngressClasses;

const CONTROLLER_BYTES_MAX: usize = 250;
const SCOPES: &[&str] = &["Cluster", "Namespace"];
const CLUSTER: &str = "Cluster";
const DEFAULT: &str = "ingressclass.kubernetes.io/is-default-class";

impl Strategy for IngressClasses {
    type Object = IngressClass;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<IngressClass>] = &[
        Column {
            cell: |class, _| name(class).into(),
            ..Column::NAME
        },
        Column::text(
            "Controller",
            "The controller that handles this class.",
            |class: &IngressClass, _| class.spec.controller.as_str().into(),
        ),
        Column::text(
            "Parameters",
            "The object that configures the controller.",
            |class: &IngressClass, _| parameters(class).into(),
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;

    fn set_defaults(&self, class: &mut IngressClass) {
        if let Some(parameters) = &mut class.spec.parameters {
            parameters.scope.get_or_insert_with(|| CLUSTER.into());
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, class: &IngressClass) {
        let spec = FieldPath::new("spec");
        let (path, controller) = (spec.child("controller"), &class.spec.controller);
        if controller.len() > CONTROLLER_BYTES_MAX {
            errors.too_long(&path, CONTROLLER_BYTES_MAX);
        }
        rules::domain_prefixed_path(errors, &path, controller);
        if let Some(parameters) = &class.spec.parameters {
            check_parameters(errors, &spec.child("parameters"), parameters);
        }
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &IngressClass,
        old: &IngressClass,
    ) {
        if new.spec.controller != old.spec.controller {
            errors.immutable(&FieldPath::new("spec.controller"), &new.spec.controller);
        }
        self.validate(cx, errors, new);
    }
}

fn parameters(class: &IngressClass) -> String {
    let Some(parameters) = &class.spec.parameters else {
        return "<none>".to_owned();
    };
    let kind = &parameters.kind;
    match &parameters.api_group {
        Some(group) => format!("{kind}.{group}/{}", parameters.name),
        None => format!("{kind}/{}", parameters.name),
    }
}

/// The default class is marked.
fn name(class: &IngressClass) -> String {
    let name = &class.metadata.name;
    let default = class.metadata.annotations.get(DEFAULT);
    if default.is_some_and(|value| value == "true") {
        format!("{name} (default)")
    } else {
        name.to_string()
    }
}

fn check_parameters(
    errors: &mut FieldErrors,
    path: &FieldPath,
    parameters: &IngressClassParametersReference,
) {
    let group = parameters.api_group.as_ref();
    reference::group(errors, &path.child("apiGroup"), group);
    let (kind, name) = (&parameters.kind, &parameters.name);
    reference::segment(errors, &path.child("kind"), kind);
    reference::segment(errors, &path.child("name"), name);
    let (scope, namespace) = (path.child("scope"), path.child("namespace"));
    match (parameters.scope.as_deref(), &parameters.namespace) {
        (None, _) => errors.required(&scope, ""),
        (Some("Namespace"), None) => {
            errors.required(&namespace, "`parameters.scope` is set to 'Namespace'");
        }
        (Some("Namespace"), Some(name)) => rules::label(errors, &namespace, name),
        (Some(CLUSTER), Some(_)) => {
            errors.forbidden(&namespace, "`parameters.scope` is set to 'Cluster'");
        }
        (Some(CLUSTER), None) => {}
        (Some(other), _) => errors.not_supported(&scope, other, SCOPES),
    }
}

#[cfg(test)]
mod tests;
