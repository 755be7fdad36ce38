//! What a validation has found so far.

use super::path::Path;
use crate::print;
use meta::{ErrorType, FieldError, FieldErrors, FieldPath, go_quote};
use serde_json::Value;
use std::{collections::HashSet, fmt::Display};

/// Errors in the order in which they were found, each once, and how many checks passed.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    errors: Vec<Finding>,
    /// The messages, once there are enough to search.
    seen: HashSet<String>,
    /// How many checks passed: among alternatives that all fail, the errors of the one with most of them are shown.
    pub(super) matches: u64,
}

#[derive(Clone, Debug)]
struct Finding {
    error_type: ErrorType,
    /// Below the path of the whole; `None` for the whole itself.
    field: Option<String>,
    value: Option<String>,
    detail: String,
    /// By which findings are told apart.
    message: String,
}

impl Outcome {
    pub(super) fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.errors.len()
    }

    pub(super) fn forget_from(&mut self, len: usize) {
        for finding in self.errors.drain(len..) {
            self.seen.remove(&finding.message);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.matches += other.matches;
        for finding in other.errors {
            self.add(finding);
        }
    }

    fn add(&mut self, finding: Finding) {
        if self.seen.insert(finding.message.clone()) {
            self.errors.push(finding);
        }
    }

    fn at(
        &mut self,
        path: &Path<'_>,
        error_type: ErrorType,
        value: Option<String>,
        message: String,
        detail: Option<String>,
    ) {
        self.add(Finding {
            error_type,
            field: Some(path.to_string()),
            value,
            detail: detail.unwrap_or_else(|| message.clone()),
            message,
        });
    }

    /// `PATH in body WORDS`, with the value.
    pub(super) fn invalid(&mut self, path: &Path<'_>, value: String, words: impl Display) {
        let message = format!("{path} in body {words}");
        self.at(path, ErrorType::Invalid, Some(value), message, None);
    }

    /// The words as they are.
    pub(super) fn invalid_as(&mut self, path: &Path<'_>, value: String, message: String) {
        self.at(path, ErrorType::Invalid, Some(value), message, None);
    }

    /// A value that is not of the type `wanted`, but of `found`.
    pub(super) fn wrong_type(&mut self, path: &Path<'_>, wanted: &str, found: &str) {
        let found = go_quote(found);
        let message = format!("{path} in body must be of type {wanted}: {found}");
        self.at(path, ErrorType::TypeInvalid, Some(found), message, None);
    }

    pub(super) fn required(&mut self, path: &Path<'_>, name: &str) {
        let field = Path::Additional(path, name);
        let message = format!("{field} in body is required");
        self.at(
            &field,
            ErrorType::Required,
            None,
            message,
            Some(String::new()),
        );
    }

    pub(super) fn not_supported(&mut self, path: &Path<'_>, value: &Value, values: &[Value]) {
        let quoted = values.iter().map(|value| match value {
            Value::String(text) => go_quote(text),
            value => go_quote(&print::json_text(value)),
        });
        let detail = format!(
            "supported values: {}",
            quoted.collect::<Vec<_>>().join(", ")
        );
        let message = format!("{path} in body should be one of {detail}");
        let value = Some(print::show(value));
        self.at(path, ErrorType::NotSupported, value, message, Some(detail));
    }

    pub(super) fn too_long(&mut self, path: &Path<'_>, max: i64) {
        let message = format!("{path} in body should be at most {max} chars long");
        let detail = match max {
            1 => "may not be more than 1 byte".to_owned(),
            0.. => format!("may not be more than {max} bytes"),
            _ => "value is too long".to_owned(),
        };
        self.at(path, ErrorType::TooLong, None, message, Some(detail));
    }

    pub(super) fn too_many(&mut self, path: &Path<'_>, count: usize, max: i64, what: &str) {
        let message = format!("{path} in body should have at most {max} {what}");
        let detail = match max {
            1 => "must have at most 1 item".to_owned(),
            0.. => format!("must have at most {max} items"),
            _ => "has too many items".to_owned(),
        };
        let count = Some(count.to_string());
        self.at(path, ErrorType::TooMany, count, message, Some(detail));
    }

    /// About the whole: upstream loses the path of these.
    pub(super) fn whole(&mut self, message: String) {
        self.add(Finding {
            error_type: ErrorType::Invalid,
            field: None,
            value: Some("\"\"".to_owned()),
            detail: message.clone(),
            message,
        });
    }

    /// The findings as errors of fields below `path`.
    pub(super) fn report(self, path: &FieldPath, errors: &mut FieldErrors) {
        for finding in self.errors {
            let name = finding.field.as_deref().unwrap_or_default();
            let name = name.strip_prefix('.').unwrap_or(name);
            let field = match (name, path.as_str()) {
                ("", "") => FieldPath::from("<nil>"),
                ("", _) => path.clone(),
                (name, _) => path.child(name),
            };
            errors.push(FieldError {
                error_type: finding.error_type,
                field,
                value: finding.value,
                detail: finding.detail,
            });
        }
    }
}
