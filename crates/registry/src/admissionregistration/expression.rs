//! What expressions of webhooks and policies may refer to. What they may cost is bounded where they are evaluated, not here.

use api::admissionregistration::v1::{PatchType, Variable};
use expr::{
    Environment, Type,
    admission::{self, VariableTypes},
};
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
        let scope = admission::Scope {
            params: self.params,
            authorizer: self.authorizer,
        };
        let environment = scope.environment();
        let Some(variables) = self.variables else {
            return environment;
        };
        let mut types = VariableTypes::default();
        let written = |variable: &&Variable| !variable.expression.trim().is_empty();
        for variable in variables.iter().filter(written) {
            // What is wrong with it is said where it stands.
            let program = expr::compile(&variable.expression, &types.within(&environment)).ok();
            types.add(&variable.name, program.as_ref().map(expr::Program::result));
        }
        types.within(&environment)
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
    let environment = admission::with_patches(scope.environment());
    let wanted = if type_ == PatchType::JSON_PATCH {
        admission::json_patch()
    } else {
        admission::applied()
    };
    crate::expression::check(errors, path, text, &environment, &[wanted]);
}
