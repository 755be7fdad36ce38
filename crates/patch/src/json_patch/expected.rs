//! What `test` expects. Upstream's library compares scalars by their text: 1 is not 1.0, and `"<"` is not the `"\u003c"` that the
//! server writes. Objects and lists are compared by their members.

use std::collections::BTreeMap;

use meta::codec::json;
use serde_json::{Value, value::RawValue};

/// The members of an object as they were written. Of several of one name the last counts.
type Members = BTreeMap<String, Box<RawValue>>;

/// A value as it was written; none is null.
#[derive(Clone, Debug, Default)]
pub(super) struct Expected(Option<Box<RawValue>>);

/// The values of the operations, one for each. None are read when nothing is tested.
pub(super) fn read(patch: &[u8], operations: &[Value]) -> Vec<Expected> {
    let tests = |operation: &Value| operation["op"] == "test";
    if !operations.iter().any(tests) {
        return Vec::new();
    }
    let texts: Option<Vec<Option<Members>>> = serde_json::from_slice(patch).ok();
    let texts = texts.into_iter().flatten();
    let value = |operation: Option<Members>| operation?.remove("value");
    texts.map(|operation| Expected(value(operation))).collect()
}

impl Expected {
    /// Whether the value has this text, where the server writes it as Go does.
    pub(super) fn is(&self, found: &Value) -> bool {
        match &self.0 {
            Some(text) => is(found, text.get()),
            None => found.is_null(),
        }
    }
}

fn is(found: &Value, text: &str) -> bool {
    match found {
        Value::Object(fields) => {
            let texts: Option<Members> = serde_json::from_str(text).ok();
            texts.is_some_and(|texts| {
                texts.len() == fields.len()
                    && fields.iter().all(|(key, value)| {
                        let text = texts.get(key);
                        text.is_some_and(|text| is(value, text.get()))
                    })
            })
        }
        Value::Array(items) => {
            let texts: Option<Vec<Box<RawValue>>> = serde_json::from_str(text).ok();
            texts.is_some_and(|texts| {
                let mut pairs = items.iter().zip(&texts);
                texts.len() == items.len() && pairs.all(|(item, text)| is(item, text.get()))
            })
        }
        scalar => {
            let mut written = Vec::new();
            json::put_tree(&mut written, scalar);
            written == text.as_bytes()
        }
    }
}
