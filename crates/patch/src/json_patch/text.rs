//! What a patch makes of a document that is text: what no operation looked into is copied as it is.

use std::collections::BTreeMap;

use serde_json::{Value, value::RawValue};

use super::pointer;

/// The objects and lists that operations looked into, by the steps that lead to them.
#[derive(Debug, Default)]
pub(super) struct Opened(BTreeMap<String, Opened>);

impl Opened {
    pub(super) fn by(operations: &[Value]) -> Self {
        let mut all = Self::default();
        for operation in operations {
            for path in ["path", "from"] {
                let mut here = &mut all;
                let steps = pointer::steps(operation[path].as_str().unwrap_or_default());
                for step in steps.split_last().map_or(&[][..], |(_, around)| around) {
                    here = here.0.entry(step.clone()).or_default();
                }
            }
        }
        all
    }
}

/// Writes `value`, of which `text` is what stood in its place before, if anything did.
pub(super) fn write(
    value: &Value,
    text: Option<&RawValue>,
    opened: Option<&Opened>,
    out: &mut String,
) {
    if let Some(text) = text
        && opened.is_none()
        && serde_json::from_str(text.get()).is_ok_and(|before: Value| before == *value)
    {
        out.push_str(text.get());
        return;
    }
    let below = |step: &str| opened.and_then(|opened| opened.0.get(step));
    match value {
        Value::Object(fields) => {
            let texts: BTreeMap<String, &RawValue> = parsed(text);
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (at, (key, value)) in fields.into_iter().enumerate() {
                separate(at, out);
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(value, texts.get(key).copied(), below(key), out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            let texts: Vec<&RawValue> = parsed(text);
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                separate(at, out);
                let text = texts.get(at).copied();
                let text = text.filter(|_| texts.len() == items.len());
                write(item, text, below(&at.to_string()), out);
            }
            out.push(']');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn separate(at: usize, out: &mut String) {
    if at > 0 {
        out.push(',');
    }
}

/// The parts of what stood there; none where it was something else.
fn parsed<'t, T: serde::Deserialize<'t> + Default>(text: Option<&'t RawValue>) -> T {
    let parsed = text.and_then(|text| serde_json::from_str(text.get()).ok());
    parsed.unwrap_or_default()
}
