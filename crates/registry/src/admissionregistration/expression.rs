//! What expressions of webhooks and policies may refer to. What they may cost is bounded where they are evaluated, not here.

mod types;

use api::admissionregistration::v1::{PatchType, Variable};
use expr::{Environment, ObjectType, Type};
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
            .variable("namespaceObject", types::namespace())
            .variable("request", types::request());
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
        if variables.is_empty() {
            return environment;
        }
        let mut types = ObjectType::new("kubernetes.variables");
        for variable in variables {
            // Each sees those before it.
            let before = environment
                .clone()
                .variable("variables", Type::object(types.clone()));
            let program = expr::compile(&variable.expression, &before);
            // What is wrong with it is said where it stands.
            let type_ = program.map_or(Type::Dyn, |program| program.result().clone());
            types.insert(&variable.name, type_);
        }
        environment.variable("variables", Type::object(types))
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
        Type::list(Type::object(ObjectType::new("JSONPatch")))
    } else {
        Type::object(ObjectType::new("Object"))
    };
    crate::expression::check(errors, path, text, &environment, &[wanted]);
}
