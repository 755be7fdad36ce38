//! One element of `managedFields`, decoded.

use std::cmp::Ordering;

use compact_str::CompactString;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::field_set::{FieldSet, FieldSetError};
use crate::go;

/// How a manager writes. Ordered as upstream sorts entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Server-side apply.
    Apply,
    /// Everything else.
    Update,
}

/// What one manager owns: an element of `managedFields`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub manager: CompactString,
    /// How it writes.
    pub operation: Operation,
    /// The version in which the fields are named: `apps/v1`.
    pub api_version: CompactString,
    /// When its set last changed: RFC 3339 in UTC, whole seconds.
    pub time: Option<CompactString>,
    /// Where it wrote: empty for the main resource.
    pub subresource: CompactString,
    /// What it owns.
    pub fields: FieldSet,
}

/// Why `managedFields` cannot be read.
#[derive(Debug, Error)]
pub enum ManagedError {
    /// `operation`.
    #[error("operation must be `Apply` or `Update`")]
    Operation,
    /// `apiVersion`.
    #[error("apiVersion must not be empty")]
    ApiVersion,
    /// No `fieldsType`.
    #[error("missing fieldsType in managed fields entry {0}")]
    FieldsTypeMissing(usize),
    /// Another `fieldsType` than `FieldsV1`.
    #[error("invalid fieldsType {kind} in managed fields entry {at}", kind = go::quote(.0), at = .1)]
    FieldsType(String, usize),
    /// `fieldsV1`.
    #[error("error decoding versioned set of manager {manager}: {source}")]
    Fields {
        /// Whose.
        manager: CompactString,
        /// What is wrong with it.
        source: FieldSetError,
    },
}

impl Operation {
    /// As objects have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apply => "Apply",
            Self::Update => "Update",
        }
    }
}

/// Reads `managedFields`; nothing from null and from what is no list.
///
/// # Errors
/// The first entry that is none.
pub fn decode(managed_fields: &Value) -> Result<Vec<Entry>, ManagedError> {
    managed_fields
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(at, entry)| Entry::decode(at, entry))
        .collect()
}

/// Writes `managedFields`, in upstream's order: by operation, time, manager, version, subresource.
pub fn encode(entries: &[Entry]) -> Value {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by(|a, b| a.order(b));
    Value::Array(entries.into_iter().map(Entry::encode).collect())
}

impl Entry {
    fn decode(at: usize, entry: &Value) -> Result<Self, ManagedError> {
        let text = |field: &str| entry[field].as_str().unwrap_or_default();
        let operation = match text("operation") {
            "Apply" => Operation::Apply,
            "Update" => Operation::Update,
            _ => return Err(ManagedError::Operation),
        };
        if text("apiVersion").is_empty() {
            return Err(ManagedError::ApiVersion);
        }
        match text("fieldsType") {
            "FieldsV1" => {}
            "" => return Err(ManagedError::FieldsTypeMissing(at)),
            other => return Err(ManagedError::FieldsType(other.into(), at)),
        }
        let fields = match &entry["fieldsV1"] {
            Value::Null => Ok(FieldSet::new()),
            fields => FieldSet::from_value(fields),
        };
        Ok(Self {
            manager: text("manager").into(),
            operation,
            api_version: text("apiVersion").into(),
            time: entry["time"].as_str().map(CompactString::new),
            subresource: text("subresource").into(),
            fields: fields.map_err(|source| ManagedError::Fields {
                manager: text("manager").into(),
                source,
            })?,
        })
    }

    fn encode(&self) -> Value {
        let mut entry = Map::new();
        let mut set = |field: &str, value: &str| {
            if !value.is_empty() {
                entry.insert(field.into(), Value::String(value.into()));
            }
        };
        set("manager", &self.manager);
        set("operation", self.operation.as_str());
        set("apiVersion", &self.api_version);
        set("time", self.time.as_deref().unwrap_or_default());
        set("fieldsType", "FieldsV1");
        set("subresource", &self.subresource);
        entry.insert("fieldsV1".into(), self.fields.to_value());
        Value::Object(entry)
    }

    /// Upstream's order: by operation, time, manager, version, subresource.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.operation
            .cmp(&other.operation)
            .then_with(|| self.time.cmp(&other.time))
            .then_with(|| self.manager.cmp(&other.manager))
            .then_with(|| self.api_version.cmp(&other.api_version))
            .then_with(|| self.subresource.cmp(&other.subresource))
    }
}
