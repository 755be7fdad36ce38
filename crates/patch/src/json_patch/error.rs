//! Why an operation of a JSON patch cannot be done, in the words of upstream's library.

use thiserror::Error;

use super::{COPIED_BYTES_MAX, DEPTH_MAX};

/// Why an operation cannot be done. Of [`OperationError::At`] `Display` also prints what is inside, as clients of webhooks see it.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum OperationError {
    /// Neither of the six.
    #[error("Unexpected kind: {0}")]
    Kind(String),
    /// A member of the operation, or what its path leads through, is not there.
    #[error("{0}: missing value")]
    Missing(String),
    /// The key to remove is not there.
    #[error("Unable to remove nonexistent key: {0}: missing value")]
    Key(String),
    /// Beyond the ends of a list.
    #[error("Unable to access invalid index: {0}: invalid index referenced")]
    Index(i64),
    /// No index: the step, and what Go says of it.
    #[error("strconv.Atoi: parsing {0}: {1}")]
    Number(String, &'static str),
    /// The whole document can only become an object or a list.
    #[error("replace operation value must be object or array: %!w(<nil>)")]
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
    /// Where it was being done, and why it failed there.
    #[error("{0}: {1}")]
    At(String, Box<OperationError>),
}

impl OperationError {
    /// The same about the place of a new element, where Go's words for what is no number have others before them.
    pub(super) fn of_new(self, step: &str) -> Self {
        match self {
            Self::Number(..) => Self::At(
                format!("value was not a proper array index: '{step}'"),
                Box::new(self),
            ),
            other => other,
        }
    }
}

/// Says where an error came up.
pub(super) fn at(words: impl FnOnce() -> String) -> impl FnOnce(OperationError) -> OperationError {
    |why| OperationError::At(words(), Box::new(why))
}

/// No `path`, where upstream drops what was wrong with it.
pub(super) fn no_path(name: &str) -> OperationError {
    OperationError::Missing(format!("{name} operation failed to decode path"))
}

/// No `path`, where upstream says so.
pub(super) fn no_path_field(name: &str) -> OperationError {
    OperationError::Missing(format!(
        "{name} operation failed to decode path: operation missing path field"
    ))
}

/// No `from`.
pub(super) fn no_from_field(name: &str) -> OperationError {
    OperationError::Missing(format!(
        "{name} operation failed to decode from: operation, missing from field"
    ))
}

/// Nothing there to work in.
pub(super) fn quoted_path(name: &str, path: &str) -> OperationError {
    OperationError::Missing(format!(
        "{name} operation does not apply: doc is missing path: \"{path}\""
    ))
}

/// Nothing there at one of the two ends of a move or a copy.
pub(super) fn end(name: &str, end: &str, path: &str) -> OperationError {
    OperationError::Missing(format!(
        "{name} operation does not apply: doc is missing {end} path: {path}"
    ))
}
