//! The texts of `x-kubernetes-validations`, before any is compiled.

use crate::{
    Structural,
    field_path::{Arrays, resolve},
};
use api::apiextensions::v1::{JSONSchemaProps, ValidationRule};
use meta::{FieldErrors, FieldPath};

const REASONS: [&str; 4] = [
    "FieldValueDuplicate",
    "FieldValueForbidden",
    "FieldValueInvalid",
    "FieldValueRequired",
];

/// Checks the rules of this one node of a schema: nothing that is given is blank or has line breaks where it must not, reasons
/// are known, and field paths lead somewhere.
pub fn rule_texts(schema: &JSONSchemaProps, path: &FieldPath, errors: &mut FieldErrors) {
    let rules = &schema.x_kubernetes_validations;
    for (index, rule) in rules.iter().enumerate() {
        let path = path.child("x-kubernetes-validations").index(index);
        rule_and_message(rule, &path, errors);
        if !rule.message_expression.is_empty() && rule.message_expression.trim().is_empty() {
            errors.required(
                &path.child("messageExpression"),
                "messageExpression must be non-empty if specified",
            );
        }
        if let Some(reason) = &rule.reason
            && !REASONS.contains(&reason.as_str())
        {
            errors.not_supported(&path.child("reason"), reason, &REASONS);
        }
        field_path(rule, schema, &path.child("fieldPath"), errors);
    }
}

fn rule_and_message(rule: &ValidationRule, path: &FieldPath, errors: &mut FieldErrors) {
    let (text, message) = (rule.rule.trim(), rule.message.trim());
    let message_path = path.child("message");
    if text.is_empty() {
        errors.required(&path.child("rule"), "rule is not specified");
    } else if !rule.message.is_empty() && message.is_empty() {
        errors.invalid(
            &message_path,
            &rule.message,
            "must be non-empty if specified",
        );
    } else if has_line_breaks(message) {
        errors.invalid(&message_path, &rule.message, "must not contain line breaks");
    } else if has_line_breaks(text) && message.is_empty() {
        let words = "message must be specified if rule contains line breaks";
        errors.required(&message_path, words);
    }
}

fn field_path(
    rule: &ValidationRule,
    schema: &JSONSchemaProps,
    path: &FieldPath,
    errors: &mut FieldErrors,
) {
    let field = &rule.field_path;
    if field.is_empty() {
        return;
    }
    if field.trim().is_empty() {
        errors.invalid(path, field, "must be non-empty if specified");
    }
    if has_line_breaks(field) {
        errors.invalid(path, field, "must not contain line breaks");
    }
    // What is no structural schema is told elsewhere.
    if let Ok(schema) = Structural::new(schema)
        && resolve(field, &schema, Arrays::Allowed).is_err()
    {
        errors.invalid(path, field, "must be a valid path");
    }
}

fn has_line_breaks(text: &str) -> bool {
    text.contains(['\n', '\r'])
}
