//! Who provides volumes, and what they are told: of StorageClasses and VolumeAttributesClasses.

use crate::rules;
use meta::{FieldErrors, FieldPath, Map, Str, validation};

const COUNT_MAX: usize = 512;
const BYTES_MAX: usize = 256 * 1024;

/// A provisioner or driver that must be named.
pub(super) fn check_provisioner(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    if name.is_empty() {
        return errors.required(path, "");
    }
    let name = name.to_lowercase();
    rules::each(errors, path, &name, validation::qualified_name(&name));
}

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, parameters: &Map<Str, Str>) {
    if parameters.len() > COUNT_MAX {
        return errors.too_long(path, COUNT_MAX);
    }
    let mut bytes = 0;
    for (key, value) in parameters.iter() {
        if key.is_empty() {
            errors.invalid(path, key, "field can not be empty.");
        }
        bytes += key.len() + value.len();
    }
    if bytes > BYTES_MAX {
        errors.too_long(path, BYTES_MAX);
    }
}
