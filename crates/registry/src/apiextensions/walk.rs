//! Looking for something anywhere in a schema, or in the schemas of a definition.

use api::apiextensions::v1::{CustomResourceDefinitionSpec, JSONSchemaProps};

/// The schemas of all versions that have one.
pub(super) fn schemas(
    spec: &CustomResourceDefinitionSpec,
) -> impl Iterator<Item = &JSONSchemaProps> {
    spec.versions
        .iter()
        .filter_map(|version| version.schema.as_deref()?.open_apiv3_schema.as_deref())
}

/// Calls `look` for the schema and all within it, outer ones first, until it answers true; answers whether it did.
pub(super) fn any(
    schema: &JSONSchemaProps,
    look: &mut dyn FnMut(&JSONSchemaProps) -> bool,
) -> bool {
    look(schema) || children(schema).any(|child| any(child, look))
}

/// [`any`] over the schemas of all versions.
pub(super) fn any_of(
    spec: &CustomResourceDefinitionSpec,
    look: &mut dyn FnMut(&JSONSchemaProps) -> bool,
) -> bool {
    schemas(spec).any(|schema| any(schema, look))
}

fn children(schema: &JSONSchemaProps) -> impl Iterator<Item = &JSONSchemaProps> {
    let items = schema.items.as_deref();
    let one = items.and_then(|items| items.schema.as_deref());
    let several = items.into_iter().flat_map(|items| &items.json_schemas);
    let additional = schema.additional_properties.as_deref();
    let additional_items = schema.additional_items.as_deref();
    one.into_iter()
        .chain(several)
        .chain(&schema.all_of)
        .chain(&schema.any_of)
        .chain(&schema.one_of)
        .chain(schema.not.as_deref())
        .chain(schema.properties.values())
        .chain(additional.and_then(|part| part.schema.as_deref()))
        .chain(schema.pattern_properties.values())
        .chain(additional_items.and_then(|part| part.schema.as_deref()))
        .chain(schema.definitions.values())
        .chain(
            schema
                .dependencies
                .values()
                .filter_map(|part| part.schema.as_deref()),
        )
}
