//! Names of storage drivers.

use crate::rules;
use meta::{FieldErrors, FieldPath, validation};

const NAME_BYTES_MAX: usize = 63;

/// Upstream `ValidateCSIDriverName`: a subdomain whose case does not matter.
pub(crate) fn check_driver_name(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    if name.is_empty() {
        return errors.required(path, "");
    }
    if name.len() > NAME_BYTES_MAX {
        errors.too_long(path, NAME_BYTES_MAX);
    }
    let problems = validation::dns1123_subdomain(&name.to_lowercase());
    rules::each(errors, path, name, problems);
}
