//! Reads JSON that a client sent, and notices keys that it repeats.

use meta::codec::json;
use serde_json::Value;

use crate::PatchError;

/// Parses a document. The last of several values of one key counts; each repetition is worded as
/// `duplicate field "spec.containers[0].name"`.
pub(crate) fn parse(text: &[u8]) -> Result<(Value, Vec<String>), PatchError> {
    let (value, repeated) = json::parse_tree(text).map_err(PatchError::Malformed)?;
    Ok((value, repeated.iter().map(ToString::to_string).collect()))
}

/// How Go's decoder calls what it found instead of what it wanted.
#[must_use]
pub fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
