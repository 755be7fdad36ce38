//! One element of `managedFields`, decoded.

use std::cmp::Ordering;

use compact_str::{CompactString, ToCompactString};
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

/// Reads `managedFields` of a typed object.
///
/// # Errors
/// The first entry that is none.
pub fn from_meta(entries: &[meta::ManagedFieldsEntry]) -> Result<Vec<Entry>, ManagedError> {
    let decoded = entries.iter().enumerate().map(|(at, entry)| {
        let fields = match &entry.fields_v1 {
            Some(fields) if !fields.is_nil() => FieldSet::from_json(fields.as_bytes()),
            _ => Ok(FieldSet::new()),
        };
        let head = Head {
            manager: &entry.manager,
            operation: &entry.operation,
            api_version: &entry.api_version,
            time: entry.time.as_ref().map(ToCompactString::to_compact_string),
            fields_type: &entry.fields_type,
            subresource: &entry.subresource,
        };
        head.with(at, fields)
    });
    decoded.collect()
}

/// Writes `managedFields` of a typed object, in upstream's order.
pub fn to_meta(entries: &[Entry]) -> Vec<meta::ManagedFieldsEntry> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by(|a, b| a.order(b));
    let encoded = entries.into_iter().map(|entry| meta::ManagedFieldsEntry {
        manager: entry.manager.clone(),
        operation: entry.operation.as_str().into(),
        api_version: entry.api_version.clone(),
        time: entry
            .time
            .as_deref()
            .and_then(|time| meta::Time::parse(time).ok()),
        fields_type: "FieldsV1".into(),
        fields_v1: Some(meta::RawJson::from_json(
            entry.fields.to_json().into_bytes(),
        )),
        subresource: entry.subresource.clone(),
    });
    encoded.collect()
}

/// An entry but for its fields, unchecked.
struct Head<'e> {
    manager: &'e str,
    operation: &'e str,
    api_version: &'e str,
    time: Option<CompactString>,
    fields_type: &'e str,
    subresource: &'e str,
}

impl Head<'_> {
    fn with(
        self,
        at: usize,
        fields: Result<FieldSet, FieldSetError>,
    ) -> Result<Entry, ManagedError> {
        let operation = match self.operation {
            "Apply" => Operation::Apply,
            "Update" => Operation::Update,
            _ => return Err(ManagedError::Operation),
        };
        if self.api_version.is_empty() {
            return Err(ManagedError::ApiVersion);
        }
        match self.fields_type {
            "FieldsV1" => {}
            "" => return Err(ManagedError::FieldsTypeMissing(at)),
            other => return Err(ManagedError::FieldsType(other.into(), at)),
        }
        Ok(Entry {
            manager: self.manager.into(),
            operation,
            api_version: self.api_version.into(),
            time: self.time,
            subresource: self.subresource.into(),
            fields: fields.map_err(|source| ManagedError::Fields {
                manager: self.manager.into(),
                source,
            })?,
        })
    }
}

impl Entry {
    fn decode(at: usize, entry: &Value) -> Result<Self, ManagedError> {
        let text = |field: &str| entry[field].as_str().unwrap_or_default();
        let fields = match &entry["fieldsV1"] {
            Value::Null => Ok(FieldSet::new()),
            fields => FieldSet::from_value(fields),
        };
        let head = Head {
            manager: text("manager"),
            operation: text("operation"),
            api_version: text("apiVersion"),
            time: entry["time"].as_str().map(CompactString::new),
            fields_type: text("fieldsType"),
            subresource: text("subresource"),
        };
        head.with(at, fields)
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
        entry.insert("fieldsV1".into(), self.fields.to_value());
        if !self.subresource.is_empty() {
            entry.insert(
                "subresource".into(),
                Value::String(self.subresource.to_string()),
            );
        }
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
