//! From the API type to nodes.

use super::{Additional, ListType, MapType, Node, Structural, StructuralError, Type};
use crate::validate::Validation;
use api::apiextensions::v1::JSONSchemaProps;
use meta::{RawJson, Str};
use serde_json::Value;
use std::sync::Arc;

pub(crate) fn parse(schema: &JSONSchemaProps) -> Result<Structural, StructuralError> {
    refuse_unsupported(schema)?;
    let items = items(schema)?.map(parse).transpose()?;
    let properties = properties(schema)?;
    let additional = additional(schema)?;
    let below = || {
        let properties = properties.iter().map(|(_, property)| &property.0);
        let others = items.iter().chain(additional.schema());
        properties.chain(others.map(|child| &child.0))
    };
    let defaults_below = below().any(|child| child.defaults_below || child.default.is_some());
    let embedded_below = below().any(|child| child.embedded_below || child.embedded);
    let unique_below = below().any(|child| child.unique_below || child.has_unique_items());
    let rules_below = below().any(|child| child.rules_below || !child.rules.is_empty());
    Ok(Structural(Arc::new(Node {
        type_: type_of(&schema.type_),
        nullable: schema.nullable,
        preserve: preserve(schema)?,
        embedded: schema.x_kubernetes_embedded_resource,
        int_or_string: schema.x_kubernetes_int_or_string,
        list_type: list_type(schema.x_kubernetes_list_type.as_deref()),
        map_type: map_type(schema.x_kubernetes_map_type.as_deref()),
        embedded_below,
        unique_below,
        rules_below,
        defaults_below,
        list_map_keys: schema.x_kubernetes_list_map_keys.as_slice().into(),
        items,
        properties,
        additional,
        default: schema.default.as_ref().and_then(present).map(Box::new),
        rules: schema.x_kubernetes_validations.as_slice().into(),
        validation: Validation::new(schema)?.map(Box::new),
    })))
}

/// `null` is no default.
fn present(json: &RawJson) -> Option<Value> {
    let value = json.to_value();
    (!value.is_null()).then_some(value)
}

/// The schema of the items.
fn items(schema: &JSONSchemaProps) -> Result<Option<&JSONSchemaProps>, StructuralError> {
    match schema.items.as_deref() {
        Some(items) if !items.json_schemas.is_empty() => Err(StructuralError::ItemsList),
        Some(items) => Ok(items.schema.as_deref()),
        None => Ok(None),
    }
}

fn properties(schema: &JSONSchemaProps) -> Result<Box<[(Str, Structural)]>, StructuralError> {
    // The map is in the order of its keys.
    let parsed = schema
        .properties
        .iter()
        .map(|(name, property)| Ok((name.clone(), parse(property)?)));
    parsed.collect()
}

fn additional(schema: &JSONSchemaProps) -> Result<Additional, StructuralError> {
    Ok(match schema.additional_properties.as_deref() {
        None => Additional::Absent,
        Some(additional) => match &additional.schema {
            Some(schema) => Additional::Schema(parse(schema)?),
            None if additional.allows => Additional::Any,
            None => Additional::Denied,
        },
    })
}

fn preserve(schema: &JSONSchemaProps) -> Result<bool, StructuralError> {
    match schema.x_kubernetes_preserve_unknown_fields {
        Some(false) => Err(StructuralError::PreserveFalse),
        Some(true) => Ok(true),
        None => Ok(false),
    }
}

fn refuse_unsupported(schema: &JSONSchemaProps) -> Result<(), StructuralError> {
    let reference = schema.ref_.as_deref().unwrap_or_default();
    let unsupported = [
        ("id", !schema.id.is_empty()),
        ("schema", !schema.schema.is_empty()),
        ("$ref", !reference.is_empty()),
        ("patternProperties", !schema.pattern_properties.is_empty()),
        ("dependencies", !schema.dependencies.is_empty()),
        ("additionalItems", schema.additional_items.is_some()),
        ("definitions", !schema.definitions.is_empty()),
    ];
    match unsupported.into_iter().find(|(_, used)| *used) {
        Some((name, _)) => Err(StructuralError::Unsupported(name)),
        None => Ok(()),
    }
}

fn type_of(name: &str) -> Type {
    match name {
        "" => Type::Unset,
        "object" => Type::Object,
        "array" => Type::Array,
        "string" => Type::String,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "boolean" => Type::Boolean,
        _ => Type::Unknown,
    }
}

fn list_type(name: Option<&str>) -> ListType {
    match name {
        None => ListType::Unset,
        Some("atomic") => ListType::Atomic,
        Some("set") => ListType::Set,
        Some("map") => ListType::Map,
        Some(_) => ListType::Unknown,
    }
}

fn map_type(name: Option<&str>) -> MapType {
    match name {
        None => MapType::Unset,
        Some("granular") => MapType::Granular,
        Some("atomic") => MapType::Atomic,
        Some(_) => MapType::Unknown,
    }
}
