//! What a version has besides its schema: deprecation, subresources, columns, fields to select by.

use super::{
    hub::Parts,
    ratchet::{Rules, SELECTABLE_FIELDS_MAX},
    show::shown,
};
use api::apiextensions::v1::{
    CustomResourceColumnDefinition, CustomResourceDefinitionVersion, CustomResourceSubresources,
    JSONSchemaProps, SelectableField,
};
use meta::{FieldErrors, FieldPath, Str, Verbatim};
use std::collections::BTreeSet;
use structural::{
    Structural,
    field_path::{Arrays, resolve},
};

const COLUMN_TYPES: &[&str] = &["boolean", "date", "integer", "number", "string"];
const COLUMN_FORMATS: &[&str] = &[
    "byte",
    "date",
    "date-time",
    "double",
    "float",
    "int32",
    "int64",
    "password",
];
const WARNING_BYTES_MAX: usize = 256;
const PRINTABLE: &str = "must only contain printable UTF-8 characters";

/// The words with which a deprecated version is answered.
pub(super) fn check_deprecation(
    errors: &mut FieldErrors,
    path: &FieldPath,
    version: &CustomResourceDefinitionVersion,
) {
    let Some(text) = &version.deprecation_warning else {
        return;
    };
    let mut say = |words: &str| errors.invalid(path, Verbatim(&shown(text)), words);
    if !version.deprecated {
        return say("can only be set for deprecated versions");
    }
    if text.len() > WARNING_BYTES_MAX {
        say("must be <= 256 characters long");
    }
    if text.is_empty() {
        say("must not be an empty string");
    }
    let mut chars = text.char_indices();
    if let Some((index, _)) = chars.find(|(_, char)| !meta::is_printable(*char)) {
        say(&format!(
            "{PRINTABLE}; non-printable character found at index {index}"
        ));
    }
}

/// Upstream `ValidateCustomResourceDefinitionSubresources`.
pub(super) fn check_subresources(
    errors: &mut FieldErrors,
    path: &FieldPath,
    subresources: &CustomResourceSubresources,
) {
    let Some(scale) = subresources.scale.as_deref() else {
        return;
    };
    let path = path.child("scale");
    let wanted = [
        ("specReplicasPath", &scale.spec_replicas_path, ".spec."),
        (
            "statusReplicasPath",
            &scale.status_replicas_path,
            ".status.",
        ),
    ];
    for (field, json_path, root) in wanted {
        let path = path.child(field);
        if json_path.is_empty() {
            errors.required(&path, "");
        } else if is_simple_path(errors, &path, json_path) && !json_path.starts_with(root) {
            let root = root.trim_end_matches('.');
            errors.invalid(
                &path,
                json_path,
                format!("should be a json path under {root}"),
            );
        }
    }
    if let Some(json_path) = scale
        .label_selector_path
        .as_ref()
        .filter(|path| !path.is_empty())
    {
        let path = path.child("labelSelectorPath");
        let is_below = [".spec.", ".status."]
            .iter()
            .any(|root| json_path.starts_with(root));
        if is_simple_path(errors, &path, json_path) && !is_below {
            let words = "should be a json path under either .spec or .status";
            errors.invalid(&path, Verbatim(&shown(json_path)), words);
        }
    }
}

/// Says what is wrong with a path that is not empty, and answers whether nothing is.
fn is_simple_path(errors: &mut FieldErrors, path: &FieldPath, json_path: &Str) -> bool {
    let simple = json_path.starts_with('.');
    if !simple {
        let words = "must be a simple json path starting with .";
        errors.invalid(path, json_path, words);
    }
    simple
}

/// Upstream `ValidateCustomResourceColumnDefinition`.
pub(super) fn check_columns(
    errors: &mut FieldErrors,
    path: &FieldPath,
    columns: &[CustomResourceColumnDefinition],
) {
    for (index, column) in columns.iter().enumerate() {
        let path = path.index(index);
        crate::rules::required(errors, &path.child("name"), &column.name);
        let one_of = |known: &[&str]| format!("must be one of {}", known.join(","));
        if column.type_.is_empty() {
            errors.required(&path.child("type"), one_of(COLUMN_TYPES));
        } else if !COLUMN_TYPES.contains(&column.type_.as_str()) {
            errors.invalid(&path.child("type"), &column.type_, one_of(COLUMN_TYPES));
        }
        if !column.format.is_empty() && !COLUMN_FORMATS.contains(&column.format.as_str()) {
            errors.invalid(
                &path.child("format"),
                &column.format,
                one_of(COLUMN_FORMATS),
            );
        }
        let json_path = path.child("JSONPath");
        if column.json_path.is_empty() {
            errors.required(&json_path, "");
        } else {
            is_simple_path(errors, &json_path, &column.json_path);
        }
    }
}

/// The fields that versions share by `version` none, or those of one.
pub(super) fn check_selectable_fields(
    errors: &mut FieldErrors,
    path: &FieldPath,
    parts: &Parts<'_>,
    version: Option<&Str>,
    rules: &Rules,
) {
    if parts.selectable_fields().is_empty() {
        return;
    }
    let fields_path = path.child("selectableFields");
    let schema = parts
        .schema
        .map(|validation| validation.open_apiv3_schema.as_deref());
    let schema = match (version, schema) {
        (None, None) => {
            let words = "may only be set when validations.schema is included";
            return errors.invalid(&fields_path, "", words);
        }
        (Some(_), None | Some(None)) => {
            let words = "may only be set when `version.schema.openAPIV3Schema` is not included";
            return errors.invalid(&fields_path, "", words);
        }
        // That the schema is missing has been said.
        (None, Some(None)) => return,
        (_, Some(Some(schema))) => schema,
    };
    match Structural::new(schema) {
        Err(error) => {
            let path = path.child("schema.openAPIV3Schema");
            errors.invalid(&path, "", error.to_string());
        }
        Ok(schema) => {
            let forgiven = rules
                .many_selectable_fields
                .contains(version.map_or("", Str::as_str));
            let count = check_fields(errors, &fields_path, parts.selectable_fields(), &schema);
            if count > SELECTABLE_FIELDS_MAX && !forgiven {
                errors.too_many(&fields_path, count, SELECTABLE_FIELDS_MAX);
            }
        }
    }
}

/// Answers how many different fields there are.
fn check_fields(
    errors: &mut FieldErrors,
    path: &FieldPath,
    fields: &[SelectableField],
    schema: &Structural,
) -> usize {
    let mut seen = BTreeSet::new();
    for (index, field) in fields.iter().enumerate() {
        let path = path.index(index).child("jsonPath");
        if field.json_path.is_empty() {
            errors.required(&path, "");
            continue;
        }
        let (found, schema) = match resolve(&field.json_path, schema, Arrays::Forbidden) {
            Ok(found) => found,
            Err(error) => {
                errors.invalid(
                    &path,
                    &field.json_path,
                    format!("is an invalid path: {error}"),
                );
                continue;
            }
        };
        if is_in_metadata(&found) {
            let words = "must not point to fields in metadata";
            errors.invalid(&path, &field.json_path, words);
        }
        if !["string", "boolean", "integer"].contains(&schema.type_name()) {
            let words = "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.";
            errors.invalid(&path, &field.json_path, words);
        }
        if !seen.insert(found) {
            errors.duplicate(&path, &field.json_path);
        }
    }
    seen.len()
}

fn is_in_metadata(path: &FieldPath) -> bool {
    let rest = path.as_str().strip_prefix("metadata");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Formats in the schema that say nothing, each as often as it stands there.
pub(super) fn unrecognized_formats(schema: &JSONSchemaProps) -> Vec<String> {
    let mut found = Vec::new();
    super::walk::any(schema, &mut |node| {
        found.extend(structural::check::unrecognized_formats(node));
        false
    });
    found
}

#[cfg(test)]
mod tests;
