//! What expressions of webhooks and policies may refer to. Fields of `request`, `namespaceObject` and `variables`, overloads and the
//! cost of an evaluation are not checked yet, so that some policies are taken here which upstream refuses.

use api::admissionregistration::v1::{PatchType, Variable};
use expr::{Environment, Type};
use meta::{FieldErrors, FieldPath};

pub(super) const ANY: [Type; 0] = [];
pub(super) const BOOL: [Type; 1] = [Type::Bool];
pub(super) const STRING: [Type; 1] = [Type::String];
pub(super) const STRING_OR_NULL: [Type; 2] = [Type::String, Type::Null];

/// The variables that are there.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) params: bool,
    pub(super) authorizer: bool,
    /// Of the policy; none where expressions stand alone.
    pub(super) variables: Option<&'a [Variable]>,
}

impl Scope<'_> {
    fn environment(&self) -> Environment {
        let mut environment = Environment::new()
            .variable("object", Type::Dyn)
            .variable("oldObject", Type::Dyn)
            .variable("namespaceObject", Type::Named("kubernetes.Namespace"))
            .variable("request", Type::Named("kubernetes.AdmissionRequest"));
        if self.params {
            environment = environment.variable("params", Type::Dyn);
        }
        if self.authorizer {
            let authorizer = Type::Named("kubernetes.authorization.Authorizer");
            let check = Type::Named("kubernetes.authorization.ResourceCheck");
            environment = environment
                .variable("authorizer", authorizer)
                .variable("authorizer.requestResource", check);
        }
        let variables = self.variables.unwrap_or_default();
        if !variables.is_empty() {
            environment = environment.variable("variables", Type::Named("kubernetes.variables"));
        }
        environment
    }
}

pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    scope: &Scope<'_>,
    wanted: &[Type],
) {
    crate::expression::check(errors, path, text, &scope.environment(), wanted);
}

/// An expression whose value is a patch: JSON patch operations, or the fields to apply.
pub(super) fn check_patch(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    scope: &Scope<'_>,
    type_: &str,
) {
    let environment = scope.environment().message("Object").message("JSONPatch");
    let wanted = if type_ == PatchType::JSON_PATCH {
        Type::list(Type::Dyn)
    } else {
        Type::Named("Object")
    };
    crate::expression::check(errors, path, text, &environment, &[wanted]);
}
