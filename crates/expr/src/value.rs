//! Values: what variables hold, and what expressions give.

mod collections;
mod compare;
mod json;
mod message;
mod text;
mod time;

use crate::opaque::Opaque;
use std::sync::Arc;

pub(crate) use collections::Key;
pub use collections::{List, Map};
pub(crate) use compare::{compare, equal, incomparable, keys_equal, position, whole};
pub(crate) use text::{duration, duration_text, of_seconds, timestamp};
pub use time::Time;

/// A value. Those of JSON are read where they are, as far as an expression looks. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    String(Text<'a>),
    Bytes(Arc<[u8]>),
    /// Nanoseconds.
    Duration(i64),
    Timestamp(Time),
    List(List<'a>),
    Map(Map<'a>),
    Optional(Option<Arc<Value<'a>>>),
    /// The name of a type.
    Type(Arc<str>),
    /// Of the Kubernetes library.
    Opaque(Arc<Opaque>),
}

/// A string, borrowed or shared.
#[derive(Clone, Debug)]
pub enum Text<'a> {
    Borrowed(&'a str),
    Shared(Arc<str>),
}

impl Text<'_> {
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl<'a> Value<'a> {
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(value) => Some(value.as_str()),
            _ => None,
        }
    }

    /// A list of these.
    #[must_use]
    pub fn list(elements: Vec<Self>) -> Self {
        Self::List(List::Own(Arc::new(elements)))
    }

    /// A map with keys of strings, as `variables` of a policy are.
    #[must_use]
    pub fn map(entries: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        let entries = entries.into_iter();
        let entries = entries.map(|(key, value)| (Key::String(Text::Borrowed(key)), value));
        Self::Map(Map::Own(Arc::new(entries.collect())))
    }

    /// The name of its type, as `type()` has it and errors print it.
    #[must_use]
    pub fn type_name(&self) -> &str {
        match self {
            Self::Null => "null_type",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Double(_) => "double",
            Self::String(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::Timestamp(_) => "google.protobuf.Timestamp",
            Self::List(_) => "list",
            Self::Map(Map::Message(name, _)) => name,
            Self::Map(Map::Composed) => "kubernetes.variables",
            Self::Map(_) => "map",
            Self::Optional(_) => "optional_type",
            Self::Type(_) => "type",
            Self::Opaque(opaque) => opaque.type_name(),
        }
    }

    /// What Go calls the type, where upstream shows that.
    pub(crate) fn go_type(&self) -> &str {
        match self {
            Self::Null => "types.Null",
            Self::Bool(_) => "types.Bool",
            Self::Int(_) => "types.Int",
            Self::Uint(_) => "types.Uint",
            Self::Double(_) => "types.Double",
            Self::String(_) => "types.String",
            Self::Bytes(_) => "types.Bytes",
            Self::Duration(_) => "types.Duration",
            Self::Timestamp(_) => "types.Timestamp",
            Self::Optional(_) => "*types.Optional",
            Self::Type(_) => "*types.Type",
            Self::Opaque(opaque) => opaque.go_type(),
            Self::List(_) | Self::Map(_) => self.type_name(),
        }
    }

    pub(crate) fn some(value: Self) -> Self {
        Self::Optional(Some(Arc::new(value)))
    }

    /// What upstream calls the size when it counts costs: characters, bytes, elements, entries; one for all else.
    pub(crate) fn size(&self) -> u64 {
        let size = match self {
            Self::String(text) => characters(text.as_str()),
            Self::Bytes(bytes) => bytes.len(),
            Self::List(list) => list.len(),
            Self::Map(map) => map.len(),
            Self::Optional(Some(value)) => return value.size(),
            Self::Opaque(opaque) => return opaque.size(),
            _ => 1,
        };
        size as u64
    }

    /// Whether it is what `optional.ofNonZeroValue` calls zero.
    pub(crate) fn is_zero(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(value) => !value,
            Self::Int(value) | Self::Duration(value) => *value == 0,
            Self::Uint(value) => *value == 0,
            Self::Double(value) => *value == 0.0,
            Self::String(text) => text.as_str().is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Map(map) => map.is_empty(),
            Self::Optional(value) => value.is_none(),
            Self::Timestamp(time) => time.is_zero(),
            Self::Type(_) | Self::Opaque(_) => false,
        }
    }
}

/// The number of characters. All of ASCII is counted without decoding.
pub(crate) fn characters(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::String(Text::Borrowed(value))
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Self::String(Text::Shared(value.into()))
    }
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// In cel-go's words: `no such key: a`, `division by zero`, `index out of bounds: 3`.
    #[error("{0}")]
    Runtime(String),
    /// It costs more than it may.
    #[error("operation cancelled: actual cost limit exceeded")]
    Budget,
}

impl EvaluationError {
    pub(crate) fn no_such_overload() -> Self {
        Self::Runtime("no such overload".to_owned())
    }

    pub(crate) fn runtime(words: impl Into<String>) -> Self {
        Self::Runtime(words.into())
    }
}
