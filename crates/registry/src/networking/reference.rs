//! References to objects by group, kind or resource, and name.

use crate::rules;
use meta::{FieldErrors, FieldPath, Str, validation};

/// A group that may be absent.
pub(super) fn group(errors: &mut FieldErrors, path: &FieldPath, group: Option<&Str>) {
    if let Some(group) = group {
        rules::subdomain(errors, path, group);
    }
}

/// One segment of a URL path, which must be there.
pub(super) fn segment(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    if value.is_empty() {
        errors.required(path, "");
    } else {
        rules::each(errors, path, value, validation::path_segment(value));
    }
}
