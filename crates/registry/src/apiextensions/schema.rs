//! The schema of a version: what OpenAPI v3 offers and upstream takes of it.
//!
//! Source: `ValidateCustomResourceDefinitionOpenAPISchema` and what it calls, in
//! `k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go`.

mod lists;
mod node;

pub(super) use self::{
    lists::{check_list_keys, loose_set_item},
    node::has_known_type,
};

use self::node::Scope;
use super::{ratchet::Rules, show::shown};
use api::apiextensions::v1::{CustomResourceValidation, JSONSchemaProps};
use meta::{FieldErrors, FieldPath, Verbatim, codec};
use structural::{Structural, check};

/// Fields that the root may have beside a status that is validated on its own.
const AT_ROOT: &str = "[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations]";

/// What else of the definition bears on a schema.
pub(super) struct Surroundings {
    /// The status subresource is there.
    pub(super) status: bool,
    /// Unknown fields are pruned, or something in a schema needs to know the structure.
    pub(super) structural: bool,
    /// The schema is the one that is stored.
    pub(super) unchanged: bool,
}

/// Upstream `validateCustomResourceDefinitionValidation`; `path` is that of the validation, which holds the schema.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    validation: &CustomResourceValidation,
    around: &Surroundings,
    rules: &Rules,
) {
    let Some(schema) = validation.open_apiv3_schema.as_deref() else {
        return;
    };
    let path = path.child("openAPIV3Schema");
    let mut found = FieldErrors::new();
    if around.status {
        check_root_beside_status(&mut found, &path, schema);
    }
    if schema.nullable {
        found.forbidden(
            &path.child("nullable"),
            "nullable cannot be true at the root",
        );
    }
    let mut unreadable = None;
    let mut sound = false;
    if around.structural {
        match Structural::new(schema) {
            Err(error) => unreadable = Some(error),
            Ok(structural) => {
                sound = check_structure(&mut found, &path, schema, &structural, rules);
            }
        }
    }
    let mut of_nodes = FieldErrors::new();
    node::check(&mut of_nodes, &path, schema, &Scope::root(), rules);
    if sound {
        let options = check::RuleOptions {
            suppress_cost: around.unchanged,
        };
        let mut of_rules = FieldErrors::new();
        check::rules(schema, &path, options, &of_nodes, &mut of_rules);
        of_nodes.extend(of_rules);
    }
    found.extend(of_nodes);
    if let (true, Some(error)) = (found.is_empty(), unreadable) {
        found.invalid(&path, "", error.to_string());
    }
    errors.extend(found);
}

/// Answers whether nothing is wrong. Defaults are looked at only when the structure is sound.
fn check_structure(
    errors: &mut FieldErrors,
    path: &FieldPath,
    schema: &JSONSchemaProps,
    structural: &Structural,
    rules: &Rules,
) -> bool {
    let before = errors.len();
    check::structural(schema, path, errors);
    if errors.len() == before {
        let pruning = if rules.pruned_defaults {
            check::DefaultPruning::Required
        } else {
            check::DefaultPruning::Optional
        };
        let metadata = &resource::validate_embedded_metadata;
        check::defaults(structural, path, pruning, metadata, errors);
    }
    errors.len() == before
}

/// The first field that would be lost when status is validated by its own part of the schema.
fn check_root_beside_status(errors: &mut FieldErrors, path: &FieldPath, schema: &JSONSchemaProps) {
    let early = !schema.id.is_empty() || !schema.schema.is_empty() || schema.ref_.is_some();
    if !early && !schema.type_.is_empty() && schema.type_ != "object" {
        let words = "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled";
        errors.invalid(&path.child("type"), &schema.type_, words);
    } else if early || has_more_than_root_fields(schema) {
        let words = format!(
            "only {AT_ROOT} fields are allowed at the root of the schema if the status subresource is enabled"
        );
        errors.invalid(path, Verbatim(&shown(schema)), words);
    }
}

fn has_more_than_root_fields(schema: &JSONSchemaProps) -> bool {
    let mut rest = schema.clone();
    for allowed in [
        &mut rest.description,
        &mut rest.type_,
        &mut rest.format,
        &mut rest.title,
        &mut rest.pattern,
    ] {
        *allowed = meta::Str::default();
    }
    for allowed in [&mut rest.maximum, &mut rest.minimum, &mut rest.multiple_of] {
        *allowed = None;
    }
    for allowed in [
        &mut rest.max_length,
        &mut rest.min_length,
        &mut rest.max_items,
        &mut rest.min_items,
    ] {
        *allowed = None;
    }
    rest.exclusive_maximum = false;
    rest.exclusive_minimum = false;
    rest.unique_items = false;
    rest.required.clear();
    rest.items = None;
    rest.properties.clear();
    rest.external_docs = None;
    rest.example = None;
    rest.x_kubernetes_preserve_unknown_fields = None;
    rest.x_kubernetes_validations.clear();
    !codec::identical(&rest, &JSONSchemaProps::default())
}

#[cfg(test)]
mod tests;
