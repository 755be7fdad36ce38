//! What the kind `CustomResourceDefinition` asks of a schema: whether it is structural, whether its defaults fit, and what its rules
//! are worth.

mod completeness;
mod defaults;
mod rule_texts;
mod rules;
mod structure;

#[cfg(test)]
mod tests;

use crate::validate::recognizes_format;
use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath};

pub use self::{
    defaults::{DefaultPruning, defaults, defaults_are_pruned},
    rule_texts::rule_texts,
    rules::{RuleOptions, rules},
};

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

/// The format of this one node, if it is none that counts for the node's type.
#[must_use]
pub fn unrecognized_formats(schema: &JSONSchemaProps) -> Vec<String> {
    if schema.format.is_empty() || recognizes_format(schema) {
        return Vec::new();
    }
    vec![schema.format.to_string()]
}
