//! JSON pointers, RFC 6901, into values.

use std::num::{IntErrorKind, ParseIntError};

use serde_json::Value;

use super::OperationError;
use crate::go;

/// The value that holds the last step of the path, and that step.
pub(super) fn parent<'v>(document: &'v mut Value, path: &str) -> Option<(&'v mut Value, String)> {
    let (_, path) = path.split_once('/')?;
    let mut steps = path.split('/').map(unescape);
    let mut last = steps.next()?;
    let mut value = document;
    for step in steps {
        value = match value {
            Value::Object(fields) => fields.get_mut(&last)?,
            Value::Array(items) => {
                let at = index(&last, items.len()).ok()?;
                &mut items[at]
            }
            _ => return None,
        };
        last = step;
    }
    (value.is_object() || value.is_array()).then_some((value, last))
}

/// The steps of a path.
pub(super) fn steps(path: &str) -> Vec<String> {
    let steps = path.split_once('/').map(|(_, path)| path.split('/'));
    steps.into_iter().flatten().map(unescape).collect()
}

/// How many steps a path has.
pub(super) fn length(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

/// How many objects and lists are around the innermost value.
pub(super) fn depth(value: &Value) -> usize {
    match value {
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or_default(),
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// The length of a value as JSON.
pub(super) fn size_bytes(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(true) => 4,
        Value::Bool(false) => 5,
        Value::Number(number) => number.to_string().len(),
        Value::String(text) => text.len() + 2,
        Value::Array(items) => 2 + items.iter().map(|item| size_bytes(item) + 1).sum::<usize>(),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| key.len() + 4 + size_bytes(value));
            2 + fields.sum::<usize>()
        }
    }
}

/// An index below `end`; negative ones count back from it.
pub(super) fn index(step: &str, end: usize) -> Result<usize, OperationError> {
    let at: i64 = step.parse().map_err(|error: ParseIntError| {
        let words = match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "value out of range",
            _ => "invalid syntax",
        };
        OperationError::Number(go::quote(step), words)
    })?;
    let invalid = || OperationError::Index(at);
    let found = if at < 0 {
        let back = usize::try_from(at.unsigned_abs()).map_err(|_| invalid())?;
        end.checked_sub(back).ok_or_else(invalid)?
    } else {
        usize::try_from(at).map_err(|_| invalid())?
    };
    if found < end {
        Ok(found)
    } else {
        Err(invalid())
    }
}

fn unescape(step: &str) -> String {
    if step.contains('~') {
        step.replace("~1", "/").replace("~0", "~")
    } else {
        step.into()
    }
}
