//! Which requests a webhook or policy looks at.

use crate::rules;
use api::admissionregistration::v1::{
    NamedRuleWithOperations, OperationType, Rule, RuleWithOperations, ScopeType,
};
use meta::{FieldErrors, FieldPath, Str, validation};

const ALL: &str = "*";
const SCOPES: &[&str] = &[ScopeType::EMPTY, ScopeType::CLUSTER, ScopeType::NAMESPACED];
const OPERATIONS: &[&str] = &[
    OperationType::EMPTY,
    OperationType::CONNECT,
    OperationType::CREATE,
    OperationType::DELETE,
    OperationType::UPDATE,
];

pub(super) fn set_defaults(rule: &mut Rule) {
    rule.scope.get_or_insert_with(|| ScopeType::EMPTY.into());
}

pub(super) fn check_named(
    errors: &mut FieldErrors,
    path: &FieldPath,
    rule: &NamedRuleWithOperations,
) {
    for (index, name) in rule.resource_names.iter().enumerate() {
        let path = path.child("resourceNames").index(index);
        rules::each(errors, &path, name, validation::path_segment(name));
        if rule.resource_names[..index].contains(name) {
            errors.duplicate(&path, name);
        }
    }
    check(errors, path, &rule.rule_with_operations);
}

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, rule: &RuleWithOperations) {
    let field = path.child("operations");
    check_list(errors, &field, &rule.operations, "operations");
    for (index, operation) in rule.operations.iter().enumerate() {
        rules::optional_one_of(errors, &field.index(index), Some(operation), OPERATIONS);
    }
    let rule = &rule.rule;
    check_list(
        errors,
        &path.child("apiGroups"),
        &rule.api_groups,
        "API groups",
    );
    let field = path.child("apiVersions");
    check_list(errors, &field, &rule.api_versions, "API versions");
    for (index, version) in rule.api_versions.iter().enumerate() {
        rules::required(errors, &field.index(index), version);
    }
    check_resources(errors, &path.child("resources"), &rule.resources);
    rules::optional_one_of(errors, &path.child("scope"), rule.scope.as_ref(), SCOPES);
}

/// Something is there, and `*` stands alone.
fn check_list(errors: &mut FieldErrors, path: &FieldPath, values: &[Str], others: &str) {
    if values.is_empty() {
        errors.required(path, "");
    }
    if values.len() > 1 && values.iter().any(|value| value == ALL) {
        let words = format!("if '*' is present, must not specify other {others}");
        errors.invalid(path, values.to_vec(), words);
    }
}

/// `pods`, `pods/status`, `pods/*`, `*/scale`, `*` or `*/*`, without what another covers.
fn check_resources(errors: &mut FieldErrors, path: &FieldPath, resources: &[Str]) {
    if resources.is_empty() {
        errors.required(path, "");
    }
    let (mut whole, mut everywhere) = (Vec::new(), Vec::new());
    let mut without_subresource = false;
    for (index, resource) in resources.iter().enumerate() {
        let path = path.index(index);
        if resource.is_empty() {
            errors.required(&path, "");
            continue;
        }
        let Some((name, subresource)) = resource.split_once('/') else {
            // The last one counts, as upstream has it.
            without_subresource = resource != ALL;
            continue;
        };
        if whole.contains(&name) {
            let words = format!("if '{name}/*' is present, must not specify {resource}");
            errors.invalid(&path, resource, words);
        }
        if everywhere.contains(&subresource) {
            let words = format!("if '*/{subresource}' is present, must not specify {resource}");
            errors.invalid(&path, resource, words);
        }
        if subresource == ALL {
            whole.push(name);
        }
        if name == ALL {
            everywhere.push(subresource);
        }
    }
    let has = |wanted: &str| resources.iter().any(|resource| resource == wanted);
    if resources.len() > 1 && has("*/*") {
        let words = "if '*/*' is present, must not specify other resources";
        errors.invalid(path, resources.to_vec(), words);
    }
    if has(ALL) && without_subresource {
        let words = "if '*' is present, must not specify other resources without subresources";
        errors.invalid(path, resources.to_vec(), words);
    }
}
