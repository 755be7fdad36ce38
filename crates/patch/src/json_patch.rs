//! JSON patch, RFC 6902, with the habits of the library that upstream uses: `replace` of a missing
//! key sets it, negative indices count from the end, what stands before the first slash is ignored.

mod error;
mod expected;
mod pointer;
mod text;

use meta::codec::DecodeError;
use serde_json::{Map, Value, value::RawValue};

use crate::{PatchError, document, go};
pub use error::OperationError;
use error::at;
use expected::Expected;

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
    /// What each `test` wants, as it was written.
    expected: Vec<Expected>,
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
        let expected = expected::read(json, &operations);
        let patch = Self {
            operations,
            expected,
        };
        Ok((patch, complaints))
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
            written: false,
        };
        for (at, operation) in self.operations.iter().enumerate() {
            run.step(operation, self.expected.get(at))
                .map_err(|why| PatchError::Operation { at, why })?;
        }
        Ok(run.document)
    }
}

impl JsonPatch {
    /// [`JsonPatch::apply`] to a document that is text: what no operation looks into is copied as it is.
    ///
    /// # Errors
    /// The first operation that cannot be done, or the document is no JSON.
    pub fn apply_to_text(&self, document: &[u8]) -> Result<Vec<u8>, PatchError> {
        let malformed =
            |why: serde_json::Error| PatchError::Malformed(DecodeError::value(why.to_string()));
        let before: &RawValue = serde_json::from_slice(document).map_err(malformed)?;
        let patched = self.apply(serde_json::from_slice(document).map_err(malformed)?)?;
        let mut out = String::with_capacity(document.len());
        let opened = text::Opened::by(&self.operations);
        text::write(&patched, Some(before), Some(&opened), &mut out);
        Ok(out.into_bytes())
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
    /// Whether an operation has changed the document.
    written: bool,
}

impl Run {
    fn step(
        &mut self,
        operation: &Value,
        expected: Option<&Expected>,
    ) -> Result<(), OperationError> {
        let value = || operation.get("value").cloned().unwrap_or_default();
        match operation["op"].as_str().unwrap_or("unknown") {
            "add" => self.add(path(operation, error::no_path("add"))?, value()),
            "remove" => self.remove(path(operation, error::no_path("remove"))?),
            "replace" => self.replace(path(operation, error::no_path_field("replace"))?, value()),
            "move" => self.move_(operation),
            "copy" => self.copy(
                from("copy", operation)?,
                path(operation, error::no_path("copy"))?,
            ),
            "test" => {
                let path = path(operation, error::no_path_field("test"))?;
                return self.test(path, &operation["value"], expected);
            }
            other => return Err(OperationError::Kind(other.into())),
        }?;
        self.written = true;
        Ok(())
    }

    fn add(&mut self, path: &str, value: Value) -> Result<(), OperationError> {
        self.bound(pointer::length(path) + pointer::depth(&value))?;
        let (container, key) = self.find(path, || error::quoted_path("add", path))?;
        insert(container, &key, value).map_err(at(|| format!("error in add for path: '{path}'")))
    }

    fn remove(&mut self, path: &str) -> Result<(), OperationError> {
        let (container, key) = self.find(path, || error::quoted_path("remove", path))?;
        take(container, &key)
            .map(drop)
            .map_err(at(|| format!("error in remove for path: '{path}'")))
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
        let missing = |what: &str| {
            OperationError::Missing(format!(
                "replace operation does not apply: doc is missing {what}: {path}"
            ))
        };
        let (container, key) = self.find(path, || missing("path"))?;
        match container {
            Value::Array(items) => {
                let at = pointer::index(&key, items.len()).map_err(|_| missing("key"))?;
                items[at] = value;
            }
            container => insert(container, &key, value)?,
        }
        Ok(())
    }

    fn move_(&mut self, operation: &Value) -> Result<(), OperationError> {
        let from = from("move", operation)?;
        let (container, key) = self.find(from, || error::end("move", "from", from))?;
        let moved =
            take(container, &key).map_err(at(|| format!("error in move for path: '{key}'")))?;
        let to = path(operation, error::no_path_field("move"))?;
        self.deepen(from, to)?;
        let (container, key) = self.find(to, || error::end("move", "destination", to))?;
        insert(container, &key, moved).map_err(at(|| format!("error in move for path: '{to}'")))
    }

    fn copy(&mut self, from: &str, to: &str) -> Result<(), OperationError> {
        let (container, key) = self.find(from, || error::end("copy", "from", from))?;
        let copied = get(container, &key)
            .map_err(at(|| format!("error in copy for from: '{from}'")))?
            .clone();
        self.deepen(from, to)?;
        self.find(to, || error::end("copy", "destination", to))?;
        self.copied_bytes += pointer::size_bytes(&copied);
        if self.copied_bytes > COPIED_BYTES_MAX {
            return Err(OperationError::Copied(self.copied_bytes));
        }
        let (container, key) = self.find(to, || error::end("copy", "destination", to))?;
        insert(container, &key, copied)
            .map_err(at(|| "error while adding value during copy".to_owned()))
    }

    fn test(
        &mut self,
        path: &str,
        value: &Value,
        expected: Option<&Expected>,
    ) -> Result<(), OperationError> {
        let written = self.written;
        let found = if path.is_empty() {
            &self.document
        } else {
            let (container, key) = self.find(path, || {
                OperationError::Missing(format!(
                    "test operation does not apply: is missing path: {path}"
                ))
            })?;
            get(container, &key).map_err(at(|| format!("error in test for path: '{path}'")))?
        };
        // What the patch itself brought keeps its own text, which is gone here: the same value is enough then.
        let same = written && found == value || expected.is_some_and(|text| text.is(found));
        if same {
            Ok(())
        } else {
            Err(OperationError::Test(path.into()))
        }
    }

    fn find(
        &mut self,
        path: &str,
        missing: impl FnOnce() -> OperationError,
    ) -> Result<(&mut Value, String), OperationError> {
        pointer::parent(&mut self.document, path).ok_or_else(missing)
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

fn insert(container: &mut Value, key: &str, value: Value) -> Result<(), OperationError> {
    match container {
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => {
            let at = pointer::index(key, items.len() + 1).map_err(|why| why.of_new(key))?;
            items.insert(at, value);
        }
        container => {
            let fields = container.as_object_mut();
            let fields = fields.expect("what holds something is a list or an object");
            fields.insert(key.to_owned(), value);
        }
    }
    Ok(())
}

fn take(container: &mut Value, key: &str) -> Result<Value, OperationError> {
    match container {
        Value::Array(items) => Ok(items.remove(pointer::index(key, items.len())?)),
        container => {
            let taken = container
                .as_object_mut()
                .and_then(|fields| fields.remove(key));
            taken.ok_or_else(|| OperationError::Key(key.into()))
        }
    }
}

/// What is there; null where a key is missing.
fn get<'v>(container: &'v Value, key: &str) -> Result<&'v Value, OperationError> {
    match container {
        Value::Array(items) => Ok(&items[pointer::index(key, items.len())?]),
        container => Ok(&container[key]),
    }
}

fn path(operation: &Value, missing: OperationError) -> Result<&str, OperationError> {
    operation["path"].as_str().ok_or(missing)
}

fn from<'o>(name: &str, operation: &'o Value) -> Result<&'o str, OperationError> {
    let missing = || error::no_from_field(name);
    operation["from"].as_str().ok_or_else(missing)
}
