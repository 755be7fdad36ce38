//! Conditions that a request must meet before a webhook or policy is asked.

use super::expression::{self, Scope};
use crate::rules;
use api::admissionregistration::v1::MatchCondition;
use meta::{FieldErrors, FieldPath};

const CONDITIONS_MAX: usize = 64;

pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    conditions: &[MatchCondition],
    scope: &Scope<'_>,
) {
    if conditions.len() > CONDITIONS_MAX {
        errors.too_many(path, conditions.len(), CONDITIONS_MAX);
    }
    for (index, condition) in conditions.iter().enumerate() {
        let path = path.index(index);
        let field = path.child("expression");
        let text = condition.expression.trim();
        if text.is_empty() {
            errors.required(&field, "");
        } else {
            expression::check(errors, &field, text, scope, &expression::BOOL);
        }
        let (field, name) = (path.child("name"), &condition.name);
        if name.is_empty() {
            errors.required(&field, "");
            continue;
        }
        rules::qualified_name(errors, &field, name);
        if conditions[..index]
            .iter()
            .any(|before| before.name == *name)
        {
            errors.duplicate(&field, name);
        }
    }
}
