//! Whatever `allOf`, `anyOf`, `oneOf` and `not` restrict must be declared outside of them.

use super::structure::items;
use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath};

/// A node, and where it stands.
#[derive(Clone)]
struct Declared<'a> {
    schema: Option<&'a JSONSchemaProps>,
    path: FieldPath,
}

/// Upstream looks from the root only; what junctors of deeper nodes restrict was declared beside them.
pub(super) fn check(schema: &JSONSchemaProps, path: &FieldPath, errors: &mut FieldErrors) {
    let declared = Declared {
        schema: Some(schema),
        path: path.clone(),
    };
    junctors(schema, &declared, path, errors);
}

fn junctors(
    schema: &JSONSchemaProps,
    declared: &Declared<'_>,
    path: &FieldPath,
    errors: &mut FieldErrors,
) {
    if let Some(not) = &schema.not {
        nested(not, declared, &path.child("not"), errors);
    }
    for (name, schemas) in [
        ("allOf", &schema.all_of),
        ("anyOf", &schema.any_of),
        ("oneOf", &schema.one_of),
    ] {
        for (index, schema) in schemas.iter().enumerate() {
            nested(schema, declared, &path.child(name).index(index), errors);
        }
    }
}

fn nested(
    schema: &JSONSchemaProps,
    declared: &Declared<'_>,
    path: &FieldPath,
    errors: &mut FieldErrors,
) {
    let Some(spine) = declared.schema else {
        let words = format!("because it is defined in {path}");
        return errors.required(&declared.path, words);
    };
    junctors(schema, declared, path, errors);
    if let Some(schema) = items(schema) {
        let declared = Declared {
            schema: items(spine),
            path: declared.path.child("items"),
        };
        nested(schema, &declared, &path.child("items"), errors);
    }
    for (name, property) in schema.properties.iter() {
        let path = path.child("properties").key(name);
        let declared = Declared {
            schema: spine.properties.get(name),
            path: declared.path.child("properties").key(name),
        };
        nested(property, &declared, &path, errors);
    }
}
