//! JSON patch, RFC 6902, with the habits of the library that upstream uses: `replace` of a missing
//! key sets it, negative indices count from the end, what stands before the first slash is ignored.

mod pointer;

use serde_json::{Map, Value};
use thiserror::Error;

use crate::{PatchError, document, go};

/// How many operations a patch may have.
pub const JSON_PATCH_OPERATIONS_MAX: usize = 10_000;
/// How much all `copy` operations of a patch may add, as JSON.
const COPIED_BYTES_MAX: usize = 3 * 1024 * 1024;
/// How deep a patched document may nest: as deep as the parser would read it again.
const DEPTH_MAX: usize = 128;

/// A JSON patch, decoded and not yet looked into.
#[derive(Clone, Debug)]
pub struct JsonPatch {
    operations: Vec<Value>,
}

/// Why an operation cannot be done.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum OperationError {
    /// Neither of the six.
    #[error("Unexpected kind: {0}")]
    Kind(String),
    /// No `path`, or no text.
    #[error("{0} operation failed to decode path: missing value")]
    Path(&'static str),
    /// No `from`, or no text.
    #[error("{0} operation failed to decode from: missing value")]
    From(&'static str),
    /// Nothing there to work in.
    #[error("{0} operation does not apply: doc is missing path: {1}: missing value")]
    Missing(&'static str, String),
    /// The key to remove is not there.
    #[error("Unable to remove nonexistent key: {0}: missing value")]
    Key(String),
    /// Beyond the ends of a list.
    #[error("Unable to access invalid index: {0}: invalid index referenced")]
    Index(String),
    /// The whole document can only become an object or a list.
    #[error("replace operation value must be object or array")]
    Root,
    /// Another value than expected.
    #[error("testing value {0} failed: test failed")]
    Test(String),
    /// Copies add too much.
    #[error(
        "Unable to complete the copy, the accumulated size increase of copy is {0}, exceeding the limit {COPIED_BYTES_MAX}"
    )]
    Copied(usize),
    /// The document would nest too deeply.
    #[error("the document would be nested deeper than {DEPTH_MAX}")]
    Depth,
}

impl JsonPatch {
    /// Reads a patch. Also returns what strict field validation complains of.
    ///
    /// # Errors
    /// No JSON list of objects, or too many of them.
    pub fn decode(json: &[u8]) -> Result<(Self, Vec<String>), PatchError> {
        let (patch, mut complaints) = document::parse(json)?;
        let operations = match patch {
            Value::Array(operations) => operations,
            Value::Null => Vec::new(),
            other => return Err(wrong_shape(&other, "[]handlers.jsonPatchOp")),
        };
        for (at, operation) in operations.iter().enumerate() {
            match operation {
                Value::Object(fields) => unknown_fields(at, fields, &mut complaints)?,
                Value::Null => {}
                other => return Err(wrong_shape(other, "handlers.jsonPatchOp")),
            }
        }
        if operations.len() > JSON_PATCH_OPERATIONS_MAX {
            return Err(PatchError::Operations(operations.len()));
        }
        for complaint in &mut complaints {
            complaint.insert_str(0, "json patch ");
        }
        Ok((Self { operations }, complaints))
    }

    /// The document after all operations.
    ///
    /// # Errors
    /// The first operation that cannot be done.
    pub fn apply(&self, document: Value) -> Result<Value, PatchError> {
        let mut run = Run {
            depth: pointer::depth(&document),
            document,
            copied_bytes: 0,
        };
        for (at, operation) in self.operations.iter().enumerate() {
            run.step(operation)
                .map_err(|why| PatchError::Operation { at, why })?;
        }
        Ok(run.document)
    }
}

fn wrong_shape(found: &Value, wanted: &str) -> PatchError {
    let kind = document::json_kind(found);
    PatchError::Shape(format!(
        "error decoding patch: json: cannot unmarshal {kind} into Go value of type {wanted}"
    ))
}

fn unknown_fields(
    at: usize,
    fields: &Map<String, Value>,
    complaints: &mut Vec<String>,
) -> Result<(), PatchError> {
    for (name, value) in fields {
        match (name.as_str(), value) {
            ("value", _) | ("op" | "path" | "from", Value::String(_) | Value::Null) => {}
            ("op" | "path" | "from", other) => {
                let kind = document::json_kind(other);
                return Err(PatchError::Shape(format!(
                    "error decoding patch: json: cannot unmarshal {kind} into Go struct field jsonPatchOp.{name} of type string"
                )));
            }
            (name, _) => {
                let field = go::quote(&format!("[{at}].{name}"));
                complaints.push(format!("unknown field {field}"));
            }
        }
    }
    Ok(())
}

struct Run {
    document: Value,
    /// An upper bound of how deep the document nests.
    depth: usize,
    copied_bytes: usize,
}

impl Run {
    fn step(&mut self, operation: &Value) -> Result<(), OperationError> {
        let value = || operation.get("value").cloned().unwrap_or_default();
        match operation["op"].as_str().unwrap_or("unknown") {
            "add" => self.add(path("add", operation)?, value()),
            "remove" => self.remove("remove", path("remove", operation)?).map(drop),
            "replace" => self.replace(path("replace", operation)?, value()),
            "move" => {
                let from = from("move", operation)?;
                let moved = self.remove("move", from)?;
                let to = path("move", operation)?;
                self.deepen(from, to)?;
                self.insert("move", to, moved)
            }
            "copy" => self.copy(from("copy", operation)?, path("copy", operation)?),
            "test" => self.test(path("test", operation)?, &operation["value"]),
            other => Err(OperationError::Kind(other.into())),
        }
    }

    fn add(&mut self, path: &str, value: Value) -> Result<(), OperationError> {
        self.bound(pointer::length(path) + pointer::depth(&value))?;
        self.insert("add", path, value)
    }

    fn insert(
        &mut self,
        operation: &'static str,
        path: &str,
        value: Value,
    ) -> Result<(), OperationError> {
        let (container, key) = self.find(operation, path)?;
        match container {
            Value::Object(fields) => {
                fields.insert(key, value);
            }
            Value::Array(items) if key == "-" => items.push(value),
            Value::Array(items) => {
                let at = pointer::index(&key, items.len() + 1)?;
                items.insert(at, value);
            }
            _ => return Err(OperationError::Missing(operation, path.into())),
        }
        Ok(())
    }

    fn remove(&mut self, operation: &'static str, path: &str) -> Result<Value, OperationError> {
        let (container, key) = self.find(operation, path)?;
        match container {
            Value::Object(fields) => fields.remove(&key).ok_or(OperationError::Key(key)),
            Value::Array(items) => {
                let at = pointer::index(&key, items.len())?;
                Ok(items.remove(at))
            }
            _ => Err(OperationError::Missing(operation, path.into())),
        }
    }

    fn replace(&mut self, path: &str, value: Value) -> Result<(), OperationError> {
        self.bound(pointer::length(path) + pointer::depth(&value))?;
        if path.is_empty() {
            if !value.is_object() && !value.is_array() {
                return Err(OperationError::Root);
            }
            self.document = value;
            return Ok(());
        }
        let (container, key) = self.find("replace", path)?;
        match container {
            Value::Object(fields) => {
                fields.insert(key, value);
            }
            Value::Array(items) => {
                let at = pointer::index(&key, items.len())?;
                items[at] = value;
            }
            _ => return Err(OperationError::Missing("replace", path.into())),
        }
        Ok(())
    }

    fn copy(&mut self, from: &str, to: &str) -> Result<(), OperationError> {
        let copied = self.get("copy", from)?.clone();
        self.copied_bytes += pointer::size_bytes(&copied);
        if self.copied_bytes > COPIED_BYTES_MAX {
            return Err(OperationError::Copied(self.copied_bytes));
        }
        self.deepen(from, to)?;
        self.insert("copy", to, copied)
    }

    fn test(&mut self, path: &str, expected: &Value) -> Result<(), OperationError> {
        let found = match path {
            "" => &self.document,
            path => self.get("test", path)?,
        };
        if found == expected {
            Ok(())
        } else {
            Err(OperationError::Test(path.into()))
        }
    }

    /// What is at the path; null where a key is missing.
    fn get(&mut self, operation: &'static str, path: &str) -> Result<&Value, OperationError> {
        let (container, key) = self.find(operation, path)?;
        match container {
            Value::Object(fields) => Ok(fields.get(&key).unwrap_or(&Value::Null)),
            Value::Array(items) => {
                let at = pointer::index(&key, items.len())?;
                Ok(&items[at])
            }
            _ => Err(OperationError::Missing(operation, path.into())),
        }
    }

    fn find(
        &mut self,
        operation: &'static str,
        path: &str,
    ) -> Result<(&mut Value, String), OperationError> {
        pointer::parent(&mut self.document, path)
            .ok_or_else(|| OperationError::Missing(operation, path.into()))
    }

    /// Accounts for a value that moves from one place to another.
    fn deepen(&mut self, from: &str, to: &str) -> Result<(), OperationError> {
        let below = self.depth.saturating_sub(pointer::length(from));
        self.bound(pointer::length(to) + below)
    }

    fn bound(&mut self, depth: usize) -> Result<(), OperationError> {
        self.depth = self.depth.max(depth);
        if self.depth > DEPTH_MAX {
            return Err(OperationError::Depth);
        }
        Ok(())
    }
}

fn path<'o>(name: &'static str, operation: &'o Value) -> Result<&'o str, OperationError> {
    operation["path"].as_str().ok_or(OperationError::Path(name))
}

fn from<'o>(name: &'static str, operation: &'o Value) -> Result<&'o str, OperationError> {
    operation["from"].as_str().ok_or(OperationError::From(name))
}
