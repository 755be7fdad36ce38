//! Validation of values by a schema, in the order and the words of `kube-openapi/pkg/validation`, and ratcheting: what an update
//! leaves as it was is not held against it.

pub(crate) mod correlation;
mod formats;
mod junctors;
mod members;
mod numbers;
mod outcome;
mod path;
mod pattern;
mod strings;
mod types;

#[cfg(test)]
mod tests;

pub use self::formats::is_request_uri;
pub(crate) use self::formats::recognizes as recognizes_format;

use self::{outcome::Outcome, path::Path, pattern::Pattern};
use crate::{Structural, StructuralError, structural::parse};
use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath, Str};
use serde_json::Value;

/// What a schema demands of values beyond their form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Validation {
    /// As written; empty where it is not one that counts.
    pub(crate) format: Str,
    format_check: Option<formats::Check>,
    pub(crate) maximum: Option<f64>,
    exclusive_maximum: bool,
    pub(crate) minimum: Option<f64>,
    exclusive_minimum: bool,
    multiple_of: Option<f64>,
    pub(crate) max_length: Option<i64>,
    min_length: Option<i64>,
    pattern: Option<Pattern>,
    pub(crate) max_items: Option<i64>,
    min_items: Option<i64>,
    unique_items: bool,
    pub(crate) max_properties: Option<i64>,
    min_properties: Option<i64>,
    pub(crate) enum_: Box<[Value]>,
    pub(crate) required: Box<[Str]>,
    pub(crate) all_of: Box<[Structural]>,
    any_of: Box<[Structural]>,
    one_of: Box<[Structural]>,
    not: Option<Structural>,
}

impl Validation {
    /// `None` when the schema demands nothing.
    pub(crate) fn new(schema: &JSONSchemaProps) -> Result<Option<Self>, StructuralError> {
        let (format, format_check) = formats::of(schema);
        let validation = Self {
            format,
            format_check,
            maximum: schema.maximum,
            exclusive_maximum: schema.exclusive_maximum,
            minimum: schema.minimum,
            exclusive_minimum: schema.exclusive_minimum,
            multiple_of: schema.multiple_of,
            max_length: schema.max_length,
            min_length: schema.min_length,
            pattern: Pattern::new(&schema.pattern),
            max_items: schema.max_items,
            min_items: schema.min_items,
            unique_items: schema.unique_items,
            max_properties: schema.max_properties,
            min_properties: schema.min_properties,
            enum_: schema.enum_.iter().map(meta::RawJson::to_value).collect(),
            required: schema.required.as_slice().into(),
            all_of: parse_all(&schema.all_of)?,
            any_of: parse_all(&schema.any_of)?,
            one_of: parse_all(&schema.one_of)?,
            not: schema.not.as_deref().map(parse).transpose()?,
        };
        Ok((!validation.is_empty()).then_some(validation))
    }

    fn is_empty(&self) -> bool {
        let numbers = [self.maximum, self.minimum, self.multiple_of];
        let counts = [
            self.max_length,
            self.min_length,
            self.max_items,
            self.min_items,
            self.max_properties,
            self.min_properties,
        ];
        self.format.is_empty()
            && numbers.iter().all(Option::is_none)
            && counts.iter().all(Option::is_none)
            && self.pattern.is_none()
            && !self.unique_items
            && self.enum_.is_empty()
            && self.required.is_empty()
            && self.all_of.is_empty()
            && self.any_of.is_empty()
            && self.one_of.is_empty()
            && self.not.is_none()
    }
}

fn parse_all(schemas: &[JSONSchemaProps]) -> Result<Box<[Structural]>, StructuralError> {
    schemas.iter().map(parse).collect()
}

impl Structural {
    /// Validates `value` below `path`. Where `old` is given, complaints about parts that are as they were in it are dropped; list
    /// items are matched by the keys of `x-kubernetes-list-type: map`.
    pub fn validate(
        &self,
        path: &FieldPath,
        value: &Value,
        old: Option<&Value>,
        errors: &mut FieldErrors,
    ) {
        let mut outcome = Outcome::default();
        let correlated = old.map(|old| (self, old));
        self.check(&Path::Root, value, correlated, &mut outcome);
        outcome.report(path, errors);
    }

    /// Validates `value` at `path`; `old` is what stood there, and the schema by which it is compared.
    fn check(
        &self,
        path: &Path<'_>,
        value: &Value,
        old: Option<(&Structural, &Value)>,
        outcome: &mut Outcome,
    ) {
        let before = outcome.len();
        self.check_all(path, value, old, outcome);
        if let Some((schema, old)) = old
            && outcome.len() > before
            && correlation::same(schema, value, old)
        {
            outcome.forget_from(before);
        }
    }

    fn check_all(
        &self,
        path: &Path<'_>,
        value: &Value,
        old: Option<(&Structural, &Value)>,
        outcome: &mut Outcome,
    ) {
        let validation = self.0.validation.as_deref();
        if value.is_null() {
            types::check(&self.0, validation, path, value, outcome);
            types::check_enum(validation, path, value, outcome);
            return;
        }
        types::check(&self.0, validation, path, value, outcome);
        if let Some(validation) = validation {
            junctors::check(validation, path, value, outcome);
        }
        // The walk through no junctor is counted as well.
        outcome.matches += 2;
        match value {
            Value::String(text) => {
                if let Some(validation) = validation {
                    strings::check(validation, path, text, outcome);
                }
                outcome.matches += 1;
            }
            Value::Number(number) => {
                numbers::check(self.0.type_of_numbers(), validation, path, number, outcome);
                outcome.matches += 2;
            }
            Value::Array(items) => {
                members::check_items(self, validation, path, items, old, outcome);
                outcome.matches += 2;
            }
            _ => {}
        }
        types::check_enum(validation, path, value, outcome);
        outcome.matches += 1;
        if let Value::Object(members) = value {
            members::check_members(self, validation, path, members, old, outcome);
            outcome.matches += 1;
        }
        outcome.matches += 1;
    }
}
