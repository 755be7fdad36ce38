//! JSONPath as kubectl and printer columns write it (client-go's `util/jsonpath`): `.spec.list[0].name`,
//! `.status.conditions[?(@.type=="Ready")].status`, `..name`, `['quoted key']`, `[0:2]`, `[*]`, `['a','b']`.

mod find;
mod parse;

#[cfg(test)]
mod tests;

use regex::Regex;
use serde_json::Value;

/// Templates of kubectl (`range`, text around braces) are longer than any path.
const TEXT_BYTES_MAX: usize = 16 << 10;

/// A parsed path.
#[derive(Clone, Debug)]
pub struct JsonPath {
    /// What stands in the first braces.
    steps: Vec<Step>,
}

/// Why a path cannot be parsed, or why it leads nowhere. `Display` is client-go's text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct JsonPathError(pub(crate) String);

#[derive(Clone, Debug)]
enum Step {
    Field(String),
    /// `*`.
    Wildcard,
    /// `..`.
    Recursive,
    Slice(Slice),
    Union(Vec<Vec<Step>>),
    Filter(Filter),
    /// A string, number or bool that stands for itself, in filters.
    Literal(Value),
}

/// `[start:end:step]`; of one index, `end` is the one behind it.
#[derive(Clone, Copy, Debug, Default)]
struct Slice {
    start: Option<i64>,
    end: Option<i64>,
    /// `end` was not written.
    is_index: bool,
    step: Option<i64>,
}

#[derive(Clone, Debug)]
struct Filter {
    left: Vec<Step>,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    /// Something is found.
    Exists,
    Compare(Operator, Vec<Step>),
    Matches(Regex),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

impl JsonPath {
    /// Parses a path, in braces or not.
    ///
    /// # Errors
    /// It is no path, or longer than 16 KiB.
    pub fn parse(text: &str) -> Result<Self, JsonPathError> {
        if text.len() > TEXT_BYTES_MAX {
            let words = format!("jsonpath is longer than {TEXT_BYTES_MAX} bytes");
            return Err(JsonPathError(words));
        }
        let steps = match text.starts_with('{') {
            true => parse::action(text)?,
            false => parse::action(&format!("{{{text}}}"))?,
        };
        Ok(Self { steps })
    }

    /// What the path leads to, in order; nothing where a field is missing.
    ///
    /// # Errors
    /// An index beyond the end, or into what is no list; a comparison of different types.
    pub fn find<'v>(&self, value: &'v Value) -> Result<Vec<&'v Value>, JsonPathError> {
        find::find(&self.steps, value)
    }

    /// The first of what is found, if anything is.
    #[must_use]
    pub fn first<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        self.find(value).ok()?.into_iter().next()
    }
}
