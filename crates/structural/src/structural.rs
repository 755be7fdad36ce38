//! One node of a schema, compiled: what all the walks over values read.

mod parse;
mod serving;

#[cfg(test)]
mod tests;

pub(crate) use self::{parse::parse, serving::defaults_are_pruned};

use crate::validate::Validation;
use api::apiextensions::v1::{JSONSchemaProps, ValidationRule};
use meta::Str;
use serde_json::Value;
use std::sync::Arc;

/// A structural schema, or one node of it. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Structural(pub(crate) Arc<Node>);

/// Why a schema cannot be one: it uses what structural schemas lack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StructuralError {
    /// A field that is not supported: `id`, `$ref`, `patternProperties`…
    #[error("OpenAPIV3Schema '{0}' is not supported")]
    Unsupported(&'static str),
    /// `items` as a list of schemas.
    #[error("OpenAPIV3Schema 'items' must be a schema, but is an array")]
    ItemsList,
    /// `x-kubernetes-preserve-unknown-fields: false`.
    #[error("internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined")]
    PreserveFalse,
    /// A default that does not fit where it stands, found when it is pruned.
    #[error("failed to prune default value: {0}")]
    Default(String),
}

/// What a [`Structural`] holds. Nodes are many (one CRD has up to 40,000), so what is rare is boxed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) type_: Type,
    pub(crate) nullable: bool,
    /// `x-kubernetes-preserve-unknown-fields`.
    pub(crate) preserve: bool,
    /// `x-kubernetes-embedded-resource`.
    pub(crate) embedded: bool,
    /// `x-kubernetes-int-or-string`.
    pub(crate) int_or_string: bool,
    pub(crate) list_type: ListType,
    pub(crate) map_type: MapType,
    /// An embedded resource stands below this node, itself left out.
    pub(crate) embedded_below: bool,
    /// A list of type `set` or `map` stands below this node, itself left out.
    pub(crate) unique_below: bool,
    /// A rule stands below this node, its own left out.
    pub(crate) rules_below: bool,
    /// A default stands below this node, itself left out.
    pub(crate) defaults_below: bool,
    pub(crate) list_map_keys: Box<[Str]>,
    pub(crate) items: Option<Structural>,
    /// Sorted by name.
    pub(crate) properties: Box<[(Str, Structural)]>,
    pub(crate) additional: Additional,
    pub(crate) default: Option<Box<Value>>,
    /// `x-kubernetes-validations`.
    pub(crate) rules: Box<[ValidationRule]>,
    pub(crate) validation: Option<Box<Validation>>,
}

/// `type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Type {
    #[default]
    Unset,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
    /// None that a definition may use. No value is of it.
    Unknown,
}

/// `x-kubernetes-list-type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ListType {
    #[default]
    Unset,
    Atomic,
    Set,
    Map,
    Unknown,
}

/// `x-kubernetes-map-type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MapType {
    #[default]
    Unset,
    Granular,
    Atomic,
    Unknown,
}

/// `additionalProperties`.
#[derive(Clone, Debug, Default)]
pub(crate) enum Additional {
    #[default]
    Absent,
    /// `false`.
    Denied,
    /// `true`.
    Any,
    Schema(Structural),
}

impl Structural {
    /// Compiles a schema, defaults as they are written.
    ///
    /// # Errors
    /// When it uses what structural schemas lack.
    pub fn new(schema: &JSONSchemaProps) -> Result<Self, StructuralError> {
        parse::parse(schema)
    }

    /// Compiles a schema to serve by: its defaults lose the fields that it does not know, and malformed metadata.
    ///
    /// # Errors
    /// As [`Structural::new`], and when a default does not fit where it stands.
    pub fn serving(schema: &JSONSchemaProps) -> Result<Self, StructuralError> {
        serving::with_pruned_defaults(&parse::parse(schema)?)
    }

    /// The schema of a version that has none: it knows no field but type and metadata.
    #[must_use]
    pub fn without_schema() -> Self {
        Self(Arc::default())
    }

    /// The schema of the property `name`, if it is declared.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Self> {
        let properties = &self.0.properties;
        let at = properties
            .binary_search_by(|(known, _)| known.as_str().cmp(name))
            .ok()?;
        Some(&properties[at].1)
    }

    /// Whether this node is marked `x-kubernetes-preserve-unknown-fields`.
    #[must_use]
    pub fn preserves_unknown_fields(&self) -> bool {
        self.0.preserve
    }

    /// `type`: `object`, `string`, …; empty where there is none.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.0.type_.as_str()
    }

    /// The schema of what stands under `name` in an object: declared, or of additional properties.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.property(name).or_else(|| self.0.additional.schema())
    }
}

impl Type {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Unset => "",
            Self::Object => "object",
            Self::Array => "array",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Unknown => "unknown",
        }
    }
}

impl Additional {
    pub(crate) const fn schema(&self) -> Option<&Structural> {
        match self {
            Self::Schema(schema) => Some(schema),
            Self::Absent | Self::Denied | Self::Any => None,
        }
    }
}
