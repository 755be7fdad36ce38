//! One node of a schema, and those below it.

use super::{super::ratchet::Rules, lists};
use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath};

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];
const MAP_TYPES: &[&str] = &["atomic", "granular"];
const META_FIELDS: &[&str] = &["metadata", "kind", "apiVersion"];

/// Whether the type is one of OpenAPI v3, or not said.
pub(crate) fn has_known_type(schema: &JSONSchemaProps) -> bool {
    schema.type_.is_empty() || TYPES.contains(&schema.type_.as_str())
}

/// What a node inherits from those above it.
#[derive(Clone)]
pub(super) struct Scope {
    is_root: bool,
    /// Inside the type or object metadata of a resource.
    in_metadata: bool,
    /// Why there may be no defaults.
    no_defaults: Option<String>,
}

impl Scope {
    pub(super) fn root() -> Self {
        Self {
            is_root: true,
            in_metadata: false,
            no_defaults: None,
        }
    }

    fn inner(&self) -> Self {
        Self {
            is_root: false,
            ..self.clone()
        }
    }

    fn property(&self, schema: &JSONSchemaProps, name: &str) -> Self {
        let mut scope = self.inner();
        if (self.is_root || schema.x_kubernetes_embedded_resource) && META_FIELDS.contains(&name) {
            scope.in_metadata = true;
            if self.is_root {
                scope.no_defaults = Some(format!("in top-level {name}"));
            }
        }
        scope
    }

    fn additional_property(&self) -> Self {
        let mut scope = self.inner();
        if self.in_metadata {
            let why = "inside additionalProperties applying to object metadata";
            scope.no_defaults = Some(why.to_owned());
        }
        scope
    }
}

pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    schema: &JSONSchemaProps,
    scope: &Scope,
    rules: &Rules,
) {
    check_offered(errors, path, schema, scope, rules);
    if schema.unique_items {
        errors.forbidden(
            &path.child("uniqueItems"),
            "uniqueItems cannot be set to true since the runtime complexity becomes quadratic",
        );
    }
    check_below(errors, path, schema, scope, rules);
    if schema.x_kubernetes_preserve_unknown_fields == Some(false) {
        let path = path.child("x-kubernetes-preserve-unknown-fields");
        errors.invalid(&path, false, "must be true or undefined");
    }
    check_map_type(errors, path, schema);
    lists::check(errors, path, schema, rules);
    structural::check::rule_texts(schema, path, errors);
}

/// Upstream `specStandardValidatorV3.validate`: what JSON Schema has and custom resources have not.
fn check_offered(
    errors: &mut FieldErrors,
    path: &FieldPath,
    schema: &JSONSchemaProps,
    scope: &Scope,
    rules: &Rules,
) {
    if rules.known_types && !has_known_type(schema) {
        errors.not_supported(&path.child("type"), &schema.type_, TYPES);
    }
    if let (Some(_), Some(why)) = (&schema.default, &scope.no_defaults) {
        errors.forbidden(&path.child("default"), format!("must not be set {why}"));
    }
    let unsupported = [
        ("id", !schema.id.is_empty()),
        ("additionalItems", schema.additional_items.is_some()),
        ("patternProperties", !schema.pattern_properties.is_empty()),
        ("definitions", !schema.definitions.is_empty()),
        ("dependencies", !schema.dependencies.is_nil()),
        ("$ref", schema.ref_.is_some()),
    ];
    for (field, _) in unsupported.into_iter().filter(|(_, there)| *there) {
        errors.forbidden(&path.child(field), format!("{field} is not supported"));
    }
    if schema.type_ == "null" {
        let words = "type cannot be set to null, use nullable as an alternative";
        errors.forbidden(&path.child("type"), words);
    }
    let items = schema.items.as_deref();
    if items.is_some_and(|items| !items.json_schemas.is_empty()) {
        let words = "items must be a schema object and not an array";
        errors.forbidden(&path.child("items"), words);
    }
    if scope.in_metadata && schema.x_kubernetes_embedded_resource {
        let path = path.child("x-kubernetes-embedded-resource");
        errors.forbidden(&path, "must not be used inside of resource meta");
    }
}

fn check_below(
    errors: &mut FieldErrors,
    path: &FieldPath,
    schema: &JSONSchemaProps,
    scope: &Scope,
    rules: &Rules,
) {
    if let Some(additional) = schema.additional_properties.as_deref() {
        let path = path.child("additionalProperties");
        if !schema.properties.is_empty() && (!additional.allows || additional.schema.is_some()) {
            let words = "additionalProperties and properties are mutual exclusive";
            errors.forbidden(&path, words);
        }
        if let Some(schema) = additional.schema.as_deref() {
            check(errors, &path, schema, &scope.additional_property(), rules);
        }
    }
    for (name, property) in schema.properties.iter() {
        let path = path.child("properties").key(name);
        check(
            errors,
            &path,
            property,
            &scope.property(schema, name),
            rules,
        );
    }
    let inner = scope.inner();
    if let Some(not) = schema.not.as_deref() {
        check(errors, &path.child("not"), not, &inner, rules);
    }
    let junctors = [
        ("allOf", &schema.all_of),
        ("oneOf", &schema.one_of),
        ("anyOf", &schema.any_of),
    ];
    for (field, schemas) in junctors {
        for (index, schema) in schemas.iter().enumerate() {
            let path = path.child(field).index(index);
            check(errors, &path, schema, &inner, rules);
        }
    }
    for (name, definition) in schema.definitions.iter() {
        let path = path.child("definitions").key(name);
        check(errors, &path, definition, &inner, rules);
    }
    check_items(errors, path, schema, &inner, rules);
    for (name, dependency) in schema.dependencies.iter() {
        if let Some(schema) = dependency.schema.as_deref() {
            let path = path.child("dependencies").key(name);
            check(errors, &path, schema, &inner, rules);
        }
    }
}

fn check_items(
    errors: &mut FieldErrors,
    path: &FieldPath,
    schema: &JSONSchemaProps,
    inner: &Scope,
    rules: &Rules,
) {
    let Some(items) = schema.items.as_deref() else {
        return;
    };
    let path = path.child("items");
    if let Some(schema) = items.schema.as_deref() {
        check(errors, &path, schema, inner, rules);
    }
    for (index, schema) in items.json_schemas.iter().enumerate() {
        check(errors, &path.index(index), schema, inner, rules);
    }
}

fn check_map_type(errors: &mut FieldErrors, path: &FieldPath, schema: &JSONSchemaProps) {
    let Some(map_type) = &schema.x_kubernetes_map_type else {
        return;
    };
    lists::check_type(errors, path, schema, "object", "x-kubernetes-map-type");
    let path = path.child("x-kubernetes-map-type");
    crate::rules::optional_one_of(errors, &path, Some(map_type), MAP_TYPES);
}
