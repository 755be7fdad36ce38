//! What validating and mutating policies share: parameters, variables, bindings, columns.

use super::{
    condition,
    expression::{self, Scope},
    matching,
};
use crate::{rules, selector};
use api::admissionregistration::v1::{
    FailurePolicyType, MatchCondition, MatchResources, ParamKind, ParamRef,
    ParameterNotFoundActionType, Variable,
};
use meta::{FieldErrors, FieldPath, Str, validation};

pub(super) const FAILURE_POLICIES: &[&str] = &[FailurePolicyType::FAIL, FailurePolicyType::IGNORE];
const RESERVED: &[&str] = &[
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// The parts that policies of both sorts have.
pub(super) struct Common<'a> {
    pub(super) failure_policy: Option<&'a Str>,
    pub(super) param_kind: Option<&'a ParamKind>,
    pub(super) constraints: Option<&'a MatchResources>,
    pub(super) conditions: &'a [MatchCondition],
    pub(super) variables: &'a [Variable],
    pub(super) mutating: bool,
    /// Conditions that stood so before are not looked at again.
    pub(super) conditions_are_old: bool,
}

pub(super) fn set_defaults(
    failure_policy: &mut Option<Str>,
    constraints: Option<&mut MatchResources>,
) {
    failure_policy.get_or_insert_with(|| FailurePolicyType::FAIL.into());
    if let Some(constraints) = constraints {
        matching::set_defaults(constraints);
    }
}

/// The scope that the policy's own expressions have: with its parameters and variables.
pub(super) fn scope<'a>(param_kind: Option<&ParamKind>, variables: &'a [Variable]) -> Scope<'a> {
    Scope {
        params: param_kind.is_some(),
        authorizer: true,
        variables: (!variables.is_empty()).then_some(variables),
    }
}

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, policy: &Common<'_>) {
    let field = path.child("failurePolicy");
    match policy.failure_policy {
        None => errors.required(&field, ""),
        given => rules::optional_one_of(errors, &field, given, FAILURE_POLICIES),
    }
    if let Some(kind) = policy.param_kind {
        check_param_kind(errors, &path.child("paramKind"), kind);
    }
    let field = path.child("matchConstraints");
    match policy.constraints {
        None => errors.required(&field, ""),
        Some(constraints) => {
            matching::check(errors, &field, constraints);
            if constraints.resource_rules.is_empty() {
                errors.required(&field.child("resourceRules"), "");
            }
            if policy.mutating {
                matching::check_mutating(errors, &field, constraints);
            }
        }
    }
    if !policy.conditions_are_old {
        let scope = Scope {
            variables: None,
            ..scope(policy.param_kind, &[])
        };
        condition::check(
            errors,
            &path.child("matchConditions"),
            policy.conditions,
            &scope,
        );
    }
    for (index, variable) in policy.variables.iter().enumerate() {
        // A variable may use those before it. That there are such is known to the first one too.
        let scope = Scope {
            variables: Some(&policy.variables[..index]),
            ..scope(policy.param_kind, &[])
        };
        check_variable(
            errors,
            &path.child("variables").index(index),
            variable,
            &scope,
        );
    }
}

fn check_variable(
    errors: &mut FieldErrors,
    path: &FieldPath,
    variable: &Variable,
    scope: &Scope<'_>,
) {
    let field = path.child("name");
    if variable.name.trim().is_empty() {
        errors.required(&field, "name is not specified");
    } else if !is_identifier(&variable.name) {
        errors.invalid(&field, &variable.name, "must be a valid CEL identifier");
    }
    let field = path.child("expression");
    if variable.expression.trim().is_empty() {
        errors.required(&field, "expression is not specified");
    } else {
        expression::check(
            errors,
            &field,
            &variable.expression,
            scope,
            &expression::ANY,
        );
    }
}

pub(super) fn is_identifier(name: &str) -> bool {
    validation::c_identifier(name).is_empty() && !RESERVED.contains(&name)
}

fn check_param_kind(errors: &mut FieldErrors, path: &FieldPath, kind: &ParamKind) {
    let field = path.child("apiVersion");
    let parts: Vec<&str> = kind.api_version.split('/').collect();
    match parts[..] {
        [""] => errors.required(&field, ""),
        ["", ""] => errors.invalid(&field, &kind.api_version, "version must be specified"),
        [version] => check_version(errors, &field, kind, version),
        [group, version] => {
            let problems = validation::dns1123_subdomain(group);
            if !group.is_empty() && !problems.is_empty() {
                errors.invalid(&field, group, problems.join(","));
            }
            check_version(errors, &field, kind, version);
        }
        _ => {
            let words = format!("unexpected GroupVersion string: {}", kind.api_version);
            errors.invalid(&field, &kind.api_version, words);
        }
    }
    let field = path.child("kind");
    let problems = validation::dns1035_label(&kind.kind.to_lowercase());
    if kind.kind.is_empty() {
        errors.required(&field, "");
    } else if !problems.is_empty() {
        let words = format!(
            "may have mixed case, but should otherwise match: {}",
            problems.join(",")
        );
        errors.invalid(&field, &kind.kind, words);
    }
}

fn check_version(errors: &mut FieldErrors, field: &FieldPath, kind: &ParamKind, version: &str) {
    let problems = validation::dns1035_label(version);
    if version.is_empty() {
        errors.invalid(field, &kind.api_version, "version must be specified");
    } else if !problems.is_empty() {
        errors.invalid(field, version, problems.join(","));
    }
}

/// What bindings of both sorts have.
pub(super) fn check_binding(
    errors: &mut FieldErrors,
    path: &FieldPath,
    policy_name: &Str,
    param_ref: Option<&ParamRef>,
    resources: Option<&MatchResources>,
) {
    let field = path.child("policyName");
    if policy_name.is_empty() {
        errors.required(&field, "");
    } else {
        rules::subdomain(errors, &field, policy_name);
    }
    if let Some(param) = param_ref {
        check_param_ref(errors, &path.child("paramRef"), param);
    }
    if let Some(resources) = resources {
        matching::check(errors, &path.child("matchResources"), resources);
    }
}

fn check_param_ref(errors: &mut FieldErrors, path: &FieldPath, param: &ParamRef) {
    const EXCLUSIVE: &str = "name and selector are mutually exclusive";
    let (name, by_name) = (path.child("name"), !param.name.is_empty());
    if by_name {
        rules::each(
            errors,
            &name,
            &param.name,
            validation::path_segment(&param.name),
        );
        if param.selector.is_some() {
            errors.forbidden(&name, EXCLUSIVE);
        }
    }
    match &param.selector {
        Some(selector) => {
            let field = path.child("selector");
            selector::check(errors, &field, selector);
            if by_name {
                errors.forbidden(&field, EXCLUSIVE);
            }
        }
        None if !by_name => errors.required(path, "one of name or selector must be specified"),
        None => {}
    }
    let field = path.child("parameterNotFoundAction");
    let known = &[
        ParameterNotFoundActionType::DENY,
        ParameterNotFoundActionType::ALLOW,
    ];
    match &param.parameter_not_found_action {
        Some(action) => rules::one_of(errors, &field, action, known),
        None => errors.required(&field, ""),
    }
}

/// How tables show the kind of the parameters.
pub(super) fn kind_cell(kind: Option<&ParamKind>) -> String {
    kind.map_or_else(
        || "<unset>".to_owned(),
        |kind| format!("{}/{}", kind.api_version, kind.kind),
    )
}

/// And the parameters of a binding.
pub(super) fn param_cell(param: Option<&ParamRef>) -> String {
    match param {
        Some(param) if !param.name.is_empty() => {
            let namespace = if param.namespace.is_empty() {
                "*"
            } else {
                &param.namespace
            };
            format!("{namespace}/{}", param.name)
        }
        Some(ParamRef {
            selector: Some(selector),
            ..
        }) => meta::labels::go_form(selector),
        _ => "<unset>".to_owned(),
    }
}

#[cfg(test)]
mod tests;
