//! Which objects a policy is about: selectors and rules.

use super::rule;
use crate::{rules, selector};
use api::admissionregistration::v1::{MatchPolicyType, MatchResources, OperationType};
use meta::{FieldErrors, FieldPath};

pub(super) const POLICIES: &[&str] = &[MatchPolicyType::EQUIVALENT, MatchPolicyType::EXACT];
/// What can be mutated is there to be: all but DELETE.
const MUTATING_OPERATIONS: &[&str] = &[
    OperationType::EMPTY,
    OperationType::CONNECT,
    OperationType::CREATE,
    OperationType::UPDATE,
];

pub(super) fn set_defaults(matching: &mut MatchResources) {
    let policy = &mut matching.match_policy;
    policy.get_or_insert_with(|| MatchPolicyType::EQUIVALENT.into());
    matching.namespace_selector.get_or_insert_default();
    matching.object_selector.get_or_insert_default();
    let rules = matching.resource_rules.iter_mut();
    for rule in rules.chain(&mut matching.exclude_resource_rules) {
        rule::set_defaults(&mut rule.rule_with_operations.rule);
    }
}

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, matching: &MatchResources) {
    let field = path.child("matchPolicy");
    match &matching.match_policy {
        None => errors.required(&field, ""),
        policy => rules::optional_one_of(errors, &field, policy.as_ref(), POLICIES),
    }
    for (name, given) in [
        ("namespaceSelector", &matching.namespace_selector),
        ("objectSelector", &matching.object_selector),
    ] {
        match given {
            None => errors.required(&path.child(name), ""),
            Some(given) => selector::check(errors, &path.child(name), given),
        }
    }
    for (name, rules) in [
        ("resourceRules", &matching.resource_rules),
        ("excludeResourceRules", &matching.exclude_resource_rules),
    ] {
        for (index, rule) in rules.iter().enumerate() {
            rule::check_named(errors, &path.child(name).index(index), rule);
        }
    }
}

/// Upstream's path has no index here.
pub(super) fn check_mutating(
    errors: &mut FieldErrors,
    path: &FieldPath,
    matching: &MatchResources,
) {
    let field = path.child("resourceRules").child("operations");
    for rule in &matching.resource_rules {
        for operation in &rule.rule_with_operations.operations {
            rules::optional_one_of(errors, &field, Some(operation), MUTATING_OPERATIONS);
        }
    }
}
