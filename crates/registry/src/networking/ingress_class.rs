//! IngressClass: which controller serves an Ingress.

use super::reference;
use crate::rules;
use api::networking::v1::{IngressClass, IngressClassParametersReference};
use meta::{FieldErrors, FieldPath, validation};
use resource::{Column, RequestContext, Strategy};

pub(crate) struct IngressClasses;

const CONTROLLER_BYTES_MAX: usize = 250;
const SCOPES: &[&str] = &["Cluster", "Namespace"];
const CLUSTER: &str = "Cluster";

impl Strategy for IngressClasses {
    type Object = IngressClass;
    const GENERATION: bool = true;
    const COLUMNS: &'static [Column<IngressClass>] = &[
        Column::NAME,
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

    fn set_defaults(&self, class: &mut IngressClass) {
        if let Some(parameters) = &mut class.spec.parameters {
            parameters.scope.get_or_insert_with(|| CLUSTER.into());
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, class: &IngressClass) {
        rules::finalizers(errors, &class.metadata);
        let spec = FieldPath::new("spec");
        let (path, controller) = (spec.child("controller"), &class.spec.controller);
        if controller.is_empty() {
            errors.required(&path, "");
        } else {
            if controller.len() > CONTROLLER_BYTES_MAX {
                errors.too_long(&path, CONTROLLER_BYTES_MAX);
            }
            domain_prefixed_path(errors, &path, controller);
        }
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

/// `example.com/anything`.
fn domain_prefixed_path(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    let parts = value.split_once('/');
    let Some((host, rest)) = parts.filter(|(host, rest)| !host.is_empty() && !rest.is_empty())
    else {
        let words = "must be a domain-prefixed path (such as \"acme.io/foo\")";
        return errors.invalid(path, value, words);
    };
    rules::each(errors, path, host, validation::dns1123_subdomain(host));
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/!$&'()*+,-.:;=@_~%".contains(c);
    if !rest.chars().all(allowed) {
        let words = "Invalid path (e.g. 'acme.io/foo', regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";
        errors.invalid(path, rest, words);
    }
}

fn check_parameters(
    errors: &mut FieldErrors,
    path: &FieldPath,
    parameters: &IngressClassParametersReference,
) {
    let group = parameters.api_group.as_ref();
    reference::group(errors, &path.child("apiGroup"), group);
    reference::segment(errors, &path.child("kind"), &parameters.kind);
    reference::segment(errors, &path.child("name"), &parameters.name);
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
