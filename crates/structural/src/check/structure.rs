//! The form of structural schemas: what must stand at a node, and what must not in `allOf`, `anyOf`, `oneOf` and `not`.

use api::apiextensions::v1::{JSONSchemaProps, JSONSchemaPropsOrBool};
use expr::go_regex;
use meta::{FieldErrors, FieldPath};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Root,
    Item,
    Field,
}

pub(super) fn check(schema: &JSONSchemaProps, path: &FieldPath, errors: &mut FieldErrors) {
    node(schema, Level::Root, path, errors);
}

/// The schema of the items, where there is one.
pub(super) fn items(schema: &JSONSchemaProps) -> Option<&JSONSchemaProps> {
    schema.items.as_deref()?.schema.as_deref()
}

fn node(schema: &JSONSchemaProps, level: Level, path: &FieldPath, errors: &mut FieldErrors) {
    match items(schema) {
        Some(items) => node(items, Level::Item, &path.child("items"), errors),
        None if schema.type_ == "array" => {
            errors.required(&path.child("items"), "must be specified");
        }
        None => {}
    }
    for (name, property) in schema.properties.iter() {
        let path = path.child("properties").key(name);
        node(property, Level::Field, &path, errors);
    }
    if let Some(schema) = schema.additional_properties.as_deref() {
        additional_node(schema, level, &path.child("additionalProperties"), errors);
    }
    extensions(schema, path, errors);
    let skipped = Skipped {
        any_of: is_int_or_string(&schema.any_of),
        first_any_of: schema
            .all_of
            .first()
            .is_some_and(|first| is_int_or_string(&first.any_of)),
    };
    junctors(schema, skipped, path, errors);
    check_type(schema, level, path, errors);
    resource(schema, level, path, errors);
}

fn additional_node(
    schema: &JSONSchemaPropsOrBool,
    level: Level,
    path: &FieldPath,
    errors: &mut FieldErrors,
) {
    if level == Level::Root {
        errors.forbidden(path, "must not be used at the root");
    }
    if let Some(schema) = &schema.schema {
        node(schema, Level::Field, path, errors);
    }
}

fn extensions(schema: &JSONSchemaProps, path: &FieldPath, errors: &mut FieldErrors) {
    if !schema.x_kubernetes_int_or_string {
        return;
    }
    let words = "must be false if x-kubernetes-int-or-string is true";
    if schema.x_kubernetes_preserve_unknown_fields == Some(true) {
        let path = path.child("x-kubernetes-preserve-unknown-fields");
        errors.invalid(&path, true, words);
    }
    if schema.x_kubernetes_embedded_resource {
        let path = path.child("x-kubernetes-embedded-resource");
        errors.invalid(&path, true, words);
    }
}

fn check_type(schema: &JSONSchemaProps, level: Level, path: &FieldPath, errors: &mut FieldErrors) {
    let type_path = path.child("type");
    let is_free = schema.x_kubernetes_int_or_string
        || schema.x_kubernetes_preserve_unknown_fields == Some(true);
    if schema.x_kubernetes_embedded_resource && schema.type_ != "object" {
        let words = "must be object if x-kubernetes-embedded-resource is true";
        if schema.type_.is_empty() {
            errors.required(&type_path, words);
        } else {
            errors.invalid(&type_path, &schema.type_, words);
        }
    } else if schema.type_.is_empty() && !is_free {
        errors.required(
            &type_path,
            match level {
                Level::Root => "must not be empty at the root",
                Level::Item => "must not be empty for specified array items",
                Level::Field => "must not be empty for specified object fields",
            },
        );
    }
    if schema.x_kubernetes_embedded_resource && schema.additional_properties.is_some() {
        errors.forbidden(
            &path.child("additionalProperties"),
            "must not be used if x-kubernetes-embedded-resource is set",
        );
    }
    if level == Level::Root && !matches!(schema.type_.as_str(), "" | "object") {
        errors.invalid(&type_path, &schema.type_, "must be object at the root");
    }
}

/// Type and metadata of resources, and those of the root whether it says so or not.
fn resource(schema: &JSONSchemaProps, level: Level, path: &FieldPath, errors: &mut FieldErrors) {
    let properties = path.child("properties");
    let is_resource = level == Level::Root || schema.x_kubernetes_embedded_resource;
    if is_resource {
        for name in ["kind", "apiVersion"] {
            let Some(property) = schema.properties.get(name) else {
                continue;
            };
            if property.type_ != "string" {
                let path = properties.key(name).child("type");
                errors.invalid(&path, &property.type_, "must be string");
            }
        }
    }
    if let Some(metadata) = schema.properties.get("metadata") {
        let path = properties.key("metadata");
        if is_resource && metadata.type_ != "object" {
            errors.invalid(&path.child("type"), &metadata.type_, "must be object");
        }
        if level == Level::Root && !restricts_only_names(metadata) {
            errors.forbidden(
                &path,
                "must not specify anything other than name and generateName, but metadata is implicitly specified",
            );
        }
    }
    if schema.x_kubernetes_embedded_resource
        && schema.x_kubernetes_preserve_unknown_fields != Some(true)
        && schema.properties.is_empty()
    {
        errors.required(
            &properties,
            "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields",
        );
    }
}

/// Whether the schema of metadata says no more than type, default, and what the names must be.
fn restricts_only_names(metadata: &JSONSchemaProps) -> bool {
    let mut rest = metadata.clone();
    let is_name = |name: &str| matches!(name, "name" | "generateName");
    if rest.properties.iter().all(|(name, _)| is_name(name)) {
        rest.properties = meta::Map::default();
    }
    rest.type_ = meta::Str::default();
    rest.default = None;
    rest == JSONSchemaProps::default()
}

/// Whether `anyOf` says what `x-kubernetes-int-or-string` means.
fn is_int_or_string(any_of: &[JSONSchemaProps]) -> bool {
    let of_type = |type_: &str| JSONSchemaProps {
        type_: type_.into(),
        ..JSONSchemaProps::default()
    };
    any_of.len() == 2 && any_of == [of_type("integer"), of_type("string")]
}

/// What is left out because it spells out `x-kubernetes-int-or-string`.
#[derive(Clone, Copy, Debug, Default)]
struct Skipped {
    any_of: bool,
    /// `anyOf` of the first of `allOf`.
    first_any_of: bool,
}

fn junctors(
    schema: &JSONSchemaProps,
    skipped: Skipped,
    path: &FieldPath,
    errors: &mut FieldErrors,
) {
    if !skipped.any_of {
        for (index, schema) in schema.any_of.iter().enumerate() {
            let path = path.child("anyOf").index(index);
            nested(schema, Skipped::default(), &path, errors);
        }
    }
    for (index, schema) in schema.all_of.iter().enumerate() {
        let path = path.child("allOf").index(index);
        let skipped = Skipped {
            any_of: skipped.first_any_of && index == 0,
            first_any_of: false,
        };
        nested(schema, skipped, &path, errors);
    }
    for (index, schema) in schema.one_of.iter().enumerate() {
        let path = path.child("oneOf").index(index);
        nested(schema, Skipped::default(), &path, errors);
    }
    if let Some(schema) = &schema.not {
        nested(schema, Skipped::default(), &path.child("not"), errors);
    }
    if !schema.pattern.is_empty()
        && let Err(error) = go_regex(&schema.pattern)
    {
        let words = format!("must be a valid regular expression, but isn't: {error}");
        errors.invalid(&path.child("pattern"), &schema.pattern, words);
    }
}

/// Inside of a junctor values are restricted, not described.
fn nested(schema: &JSONSchemaProps, skipped: Skipped, path: &FieldPath, errors: &mut FieldErrors) {
    junctors(schema, skipped, path, errors);
    if let Some(items) = items(schema) {
        nested(items, Skipped::default(), &path.child("items"), errors);
    }
    for (name, property) in schema.properties.iter() {
        let path = path.child("properties").key(name);
        nested(property, Skipped::default(), &path, errors);
    }
    let additional = schema.additional_properties.as_deref();
    let has_additional = additional.is_some_and(|any| any.allows || any.schema.is_some());
    let preserve = schema.x_kubernetes_preserve_unknown_fields == Some(true);
    let empty = "must be empty to be structural";
    let undefined = "must be undefined to be structural";
    let is_false = "must be false to be structural";
    let forbidden = [
        ("type", !schema.type_.is_empty(), empty),
        ("additionalProperties", has_additional, undefined),
        ("default", schema.default.is_some(), undefined),
        ("title", !schema.title.is_empty(), empty),
        ("description", !schema.description.is_empty(), empty),
        ("nullable", schema.nullable, is_false),
        ("x-kubernetes-preserve-unknown-fields", preserve, is_false),
        (
            "x-kubernetes-embedded-resource",
            schema.x_kubernetes_embedded_resource,
            is_false,
        ),
        (
            "x-kubernetes-int-or-string",
            schema.x_kubernetes_int_or_string,
            is_false,
        ),
        (
            "x-kubernetes-list-map-keys",
            !schema.x_kubernetes_list_map_keys.is_empty(),
            empty,
        ),
        (
            "x-kubernetes-list-type",
            schema.x_kubernetes_list_type.is_some(),
            undefined,
        ),
        (
            "x-kubernetes-map-type",
            schema.x_kubernetes_map_type.is_some(),
            undefined,
        ),
        (
            "x-kubernetes-validations",
            !schema.x_kubernetes_validations.is_empty(),
            empty,
        ),
    ];
    for (name, _, words) in forbidden.into_iter().filter(|(_, is_set, _)| *is_set) {
        errors.forbidden(&path.child(name), words);
    }
    if schema.properties.contains_key("metadata") {
        errors.forbidden(
            &path.child("properties").key("metadata"),
            "must not be specified in a nested context",
        );
    }
}
