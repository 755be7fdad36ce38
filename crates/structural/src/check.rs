//! What the kind `CustomResourceDefinition` asks of a schema: whether it is structural, and whether its defaults fit.

mod completeness;
mod structure;

#[cfg(test)]
mod tests;

use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath};

pub use crate::validate::recognizes_format;

/// Checks that a schema is structural: types are said where values are, and not where they are only restricted; whatever is
/// restricted is declared. Errors come in the order of their text.
pub fn structural(schema: &JSONSchemaProps, path: &FieldPath, errors: &mut FieldErrors) {
    let mut found = FieldErrors::new();
    structure::check(schema, path, &mut found);
    completeness::check(schema, path, &mut found);
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_cached_key(ToString::to_string);
    for error in found {
        errors.push(error);
    }
}
