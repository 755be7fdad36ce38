//! What a failed CRI call answers: a gRPC code and a sentence, as they go over a CRI socket.

use std::fmt;

/// The gRPC codes that CRI callers tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    InvalidArgument,
    NotFound,
    AlreadyExists,
    PermissionDenied,
    /// The registry wants credentials, or better ones.
    Unauthenticated,
    ResourceExhausted,
    /// The object is in a state that does not allow the call.
    FailedPrecondition,
    DeadlineExceeded,
    /// A registry or a shim cannot be reached: trying later may help.
    Unavailable,
    Unimplemented,
    Internal,
}

/// The answer of a failed call. `message` has the whole chain of causes and is shown to users in events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriError {
    pub code: Code,
    pub message: String,
}

pub type CriResult<T> = Result<T, CriError>;

impl CriError {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// `what` is "container" or "sandbox".
    #[must_use]
    pub fn not_found(what: &str, id: &str) -> Self {
        Self::new(Code::NotFound, format!("{what} {id:?} not found"))
    }

    /// An error with all its sources, joined by `: `.
    pub fn from_error(code: Code, error: &dyn std::error::Error) -> Self {
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            message.push_str(": ");
            message.push_str(&cause.to_string());
            source = cause.source();
        }
        Self { code, message }
    }

    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.code == Code::NotFound
    }
}

impl fmt::Display for CriError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CriError {}
