//! Validation of policy rules.

use api::rbac::v1::PolicyRule;
use meta::{FieldErrors, FieldPath};

/// Upstream `pkg/apis/rbac/validation.ValidatePolicyRule`.
pub(super) fn check_all(errors: &mut FieldErrors, rules: &[PolicyRule], namespaced: bool) {
    let path = FieldPath::new("rules");
    for (index, rule) in rules.iter().enumerate() {
        check(errors, &path.index(index), rule, namespaced);
    }
}

fn check(errors: &mut FieldErrors, path: &FieldPath, rule: &PolicyRule, namespaced: bool) {
    if rule.verbs.is_empty() {
        errors.required(
            &path.child("verbs"),
            "verbs must contain at least one value",
        );
    }
    if !rule.non_resource_urls.is_empty() {
        let urls = path.child("nonResourceURLs");
        if namespaced {
            errors.invalid(
                &urls,
                &rule.non_resource_urls,
                "namespaced rules cannot apply to non-resource URLs",
            );
        }
        if !rule.api_groups.is_empty()
            || !rule.resources.is_empty()
            || !rule.resource_names.is_empty()
        {
            errors.invalid(
                &urls,
                &rule.non_resource_urls,
                "rules cannot apply to both regular resources and non-resource URLs",
            );
        }
        return;
    }
    if rule.api_groups.is_empty() {
        errors.required(
            &path.child("apiGroups"),
            "resource rules must supply at least one api group",
        );
    }
    if rule.resources.is_empty() {
        errors.required(
            &path.child("resources"),
            "resource rules must supply at least one resource",
        );
    }
}
