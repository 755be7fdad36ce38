//! Paths to fields, as managed fields name them: `f:name`, `k:{"key":"value"}`, `v:value`, `i:index`.
//!
//! Orders, texts and encodings are those of structured-merge-diff's `fieldpath`.

mod text;

use std::cmp::Ordering;

use compact_str::CompactString;
use serde_json::{Number, Value};

pub use text::ElementError;

/// One step from an object or list to what is in it. The order of the variants is upstream's.
#[derive(Clone, Debug)]
pub enum PathElement {
    /// A field of a struct, a key of a map.
    Field(CompactString),
    /// The item of a list whose key fields have these values; sorted by name.
    Key(Box<[KeyField]>),
    /// The item of a set that equals this.
    Value(KeyValue),
    /// The item at this place of a list. Never written by us, kept where a client wrote it.
    Index(i64),
}

/// One key field of a list item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyField {
    /// JSON name.
    pub name: CompactString,
    /// Its value.
    pub value: KeyValue,
}

/// A value inside a path. Integers and floats compare as numbers.
#[derive(Clone, Debug)]
pub enum KeyValue {
    /// An integer or a float.
    Number(Number),
    /// A string.
    String(CompactString),
    /// A boolean.
    Bool(bool),
    /// A list, an object or null. Upstream refuses them in keys of objects, but not in the keys' text.
    Other(Box<Value>),
}

/// The way from the root of an object to a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(pub Vec<PathElement>);

impl PathElement {
    /// The field or key `name`.
    pub fn field(name: &str) -> Self {
        Self::Field(CompactString::new(name))
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Field(_) => 0,
            Self::Key(_) => 1,
            Self::Value(_) => 2,
            Self::Index(_) => 3,
        }
    }
}

impl Ord for PathElement {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Field(a), Self::Field(b)) => a.as_bytes().cmp(b.as_bytes()),
            (Self::Key(a), Self::Key(b)) => a.cmp(b),
            (Self::Value(a), Self::Value(b)) => a.cmp(b),
            (Self::Index(a), Self::Index(b)) => a.cmp(b),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl PartialOrd for PathElement {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for PathElement {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for PathElement {}

impl From<&Value> for KeyValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::String(CompactString::new(text)),
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                Self::Other(Box::new(value.clone()))
            }
        }
    }
}

impl Ord for KeyValue {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => compare_numbers(a, b),
            (Self::String(a), Self::String(b)) => a.as_bytes().cmp(b.as_bytes()),
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Other(a), Self::Other(b)) => compare_values(a, b),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl KeyValue {
    fn rank(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::String(_) => 1,
            Self::Bool(_) => 2,
            Self::Other(_) => 3,
        }
    }
}

impl PartialOrd for KeyValue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for KeyValue {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for KeyValue {}

/// Whether two values are the same, where 1 and 1.0 are.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => compare_numbers(a, b) == Ordering::Equal,
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Compares integers and floats by their exact values, so that the order is total.
fn compare_numbers(a: &Number, b: &Number) -> Ordering {
    match (integer(a), integer(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(a), None) => compare_with_float(a, b.as_f64()),
        (None, Some(b)) => compare_with_float(b, a.as_f64()).reverse(),
        (None, None) => {
            let (a, b) = (a.as_f64(), b.as_f64());
            a.partial_cmp(&b).unwrap_or(Ordering::Equal)
        }
    }
}

fn integer(number: &Number) -> Option<i128> {
    number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from))
}

fn compare_with_float(integer: i128, float: Option<f64>) -> Ordering {
    let float = float.unwrap_or_default();
    let whole = float.trunc();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and every saturated float is beyond every 64-bit integer"
    )]
    let order = integer.cmp(&(whole as i128));
    order.then_with(|| whole.partial_cmp(&float).unwrap_or(Ordering::Equal))
}

/// A total order of values: numbers, strings, booleans, lists, objects, null.
fn compare_values(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => compare_numbers(a, b),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Array(a), Value::Array(b)) => a
            .iter()
            .zip(b)
            .map(|(a, b)| compare_values(a, b))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| a.len().cmp(&b.len())),
        (Value::Object(a), Value::Object(b)) => {
            let (mut a, mut b): (Vec<_>, Vec<_>) = (a.iter().collect(), b.iter().collect());
            a.sort_by_key(|(key, _)| *key);
            b.sort_by_key(|(key, _)| *key);
            a.iter()
                .zip(&b)
                .map(|(a, b)| a.0.cmp(b.0).then_with(|| compare_values(a.1, b.1)))
                .find(|order| order.is_ne())
                .unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        _ => value_rank(a).cmp(&value_rank(b)),
    }
}

fn value_rank(value: &Value) -> u8 {
    match value {
        Value::Number(_) => 0,
        Value::String(_) => 1,
        Value::Bool(_) => 2,
        Value::Array(_) => 3,
        Value::Object(_) => 4,
        Value::Null => 5,
    }
}
