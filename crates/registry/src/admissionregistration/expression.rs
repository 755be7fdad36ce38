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
    fn declared(&self) -> Vec<(&'static str, Type)> {
        let mut all = vec![
            ("object", Type::Dyn),
            ("oldObject", Type::Dyn),
            ("namespaceObject", Type::Named("kubernetes.Namespace")),
            ("request", Type::Named("kubernetes.AdmissionRequest")),
        ];
        if self.params {
            all.push(("params", Type::Dyn));
        }
        if self.authorizer {
            all.push((
                "authorizer",
                Type::Named("kubernetes.authorization.Authorizer"),
            ));
            let check = Type::Named("kubernetes.authorization.ResourceCheck");
            all.push(("authorizer.requestResource", check));
        }
        if self
            .variables
            .is_some_and(|variables| !variables.is_empty())
        {
            all.push(("variables", Type::Named("kubernetes.variables")));
        }
        all
    }
}

pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    scope: &Scope<'_>,
    wanted: &[Type],
) {
    let environment = Environment {
        variables: &scope.declared(),
        messages: &[],
    };
    crate::expression::check(errors, path, text, &environment, wanted);
}

/// An expression whose value is a patch: JSON patch operations, or the fields to apply.
pub(super) fn check_patch(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    scope: &Scope<'_>,
    type_: &str,
) {
    let environment = Environment {
        variables: &scope.declared(),
        messages: &["Object", "JSONPatch"],
    };
    let wanted = if type_ == PatchType::JSON_PATCH {
        Type::List
    } else {
        Type::Named("Object")
    };
    crate::expression::check(errors, path, text, &environment, &[wanted]);
}
