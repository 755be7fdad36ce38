//! Group `flowcontrol.apiserver.k8s.io`: which requests wait for which.

pub(crate) mod flow_schema;
mod mandatory;
pub(crate) mod priority_level_configuration;

use meta::{FieldErrors, FieldPath, Str};

/// Each condition has a type, and each type stands once.
fn check_conditions<'a>(errors: &mut FieldErrors, types: impl Iterator<Item = &'a Str>) {
    let path = FieldPath::new("status").child("conditions");
    let mut seen: Vec<&Str> = Vec::new();
    for (index, type_) in types.enumerate() {
        let path = path.index(index).child("type");
        if seen.contains(&type_) {
            errors.duplicate(&path, type_);
        }
        seen.push(type_);
        if type_.is_empty() {
            errors.required(&path, "");
        }
    }
}
