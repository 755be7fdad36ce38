//! What the tests of this crate share.

use crate::Structural;
use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath, codec};
use serde_json::Value;

/// A schema from JSON, and strictly: a misspelt field would test nothing.
pub(crate) fn props(schema: Value) -> JSONSchemaProps {
    let decoded = codec::from_value::<JSONSchemaProps>(&schema).unwrap();
    assert_eq!(decoded.strict, [], "{schema}");
    decoded.object
}

pub(crate) fn structural(schema: Value) -> Structural {
    Structural::new(&props(schema)).unwrap()
}

/// The errors, a line each.
pub(crate) fn lines(errors: &FieldErrors) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

/// What is wrong with `value`, as the whole object, a line each.
pub(crate) fn complaints(schema: &Structural, value: &Value, old: Option<&Value>) -> Vec<String> {
    let mut errors = FieldErrors::new();
    schema.validate(&FieldPath::root(), value, old, &mut errors);
    lines(&errors)
}
