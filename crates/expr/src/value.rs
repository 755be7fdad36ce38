//! Values: what variables hold, and what expressions give.

use crate::Type;
use std::sync::Arc;

/// A value. Those of JSON are read where they are, as far as an expression looks. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    String(Text<'a>),
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
    /// What JSON holds, by its declared type; `Dyn` goes by what is there. An error where the two do not fit, in upstream's words.
    pub fn json(json: &'a serde_json::Value, type_: &'a Type) -> Result<Self, EvaluationError> {
        let _ = (json, type_);
        Err(EvaluationError::Runtime(
            "values are not read yet".to_owned(),
        ))
    }

    /// As JSON: durations, times and bytes as strings.
    pub fn to_json(&self) -> Result<serde_json::Value, EvaluationError> {
        Err(EvaluationError::Runtime(
            "values are not written yet".to_owned(),
        ))
    }

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
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::String(Text::Borrowed(value))
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
