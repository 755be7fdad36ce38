//! What a call can end in: the server's answer, a broken transport, an answer that makes no sense.

use crate::TransportError;
use meta::{ApiError, Reason};

/// Why a call through [`crate::Api`] did not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server answered with a `Status` of failure.
    #[error("{0}")]
    Api(ApiError),
    /// The request did not reach the server, or its answer did not reach us.
    #[error("{method} {path}")]
    Transport {
        method: http::Method,
        path: String,
        source: TransportError,
    },
    /// The answer is not what the API promises.
    #[error("failed to decode the answer to {what}: {message}")]
    Decode { what: String, message: String },
    /// The request could not be built, because of what the caller gave.
    #[error("cannot build a request for {what}: {message}")]
    Request { what: String, message: String },
}

impl Error {
    /// The server's reason, when the server answered.
    #[must_use]
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Api(error) => Some(&error.reason),
            _ => None,
        }
    }

    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is(&Reason::NotFound)
    }

    #[must_use]
    pub fn is_already_exists(&self) -> bool {
        self.is(&Reason::AlreadyExists)
    }

    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is(&Reason::Conflict)
    }

    /// Somebody was faster: what was to be written is gone, or is another. Nothing is left to do, or its change comes by.
    #[must_use]
    pub fn is_overtaken(&self) -> bool {
        self.is_not_found() || self.is_conflict()
    }

    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is(&Reason::Forbidden)
    }

    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.is(&Reason::Invalid)
    }

    /// 410: the revision asked for is compacted (`Expired`) or gone (`Gone`).
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.is(&Reason::Expired) || self.is(&Reason::Gone)
    }

    #[must_use]
    pub fn is_method_not_allowed(&self) -> bool {
        self.is(&Reason::MethodNotAllowed)
    }

    /// Whether the server named this cause (`NamespaceTerminating`).
    #[must_use]
    pub fn has_cause(&self, cause: &str) -> bool {
        let Self::Api(error) = self else { return false };
        let details = error.details.as_ref();
        details.is_some_and(|details| details.causes.iter().any(|found| found.reason == cause))
    }

    /// The object's namespace is being deleted: nothing new can be made in it.
    #[must_use]
    pub fn is_namespace_terminating(&self) -> bool {
        self.has_cause("NamespaceTerminating")
    }

    fn is(&self, reason: &Reason) -> bool {
        self.reason() == Some(reason)
    }
}

/// Turns "it is not there" into `None`.
pub(crate) trait Optional<T> {
    /// `NotFound` becomes `Ok(None)`; other errors stay.
    ///
    /// # Errors
    /// Every error but `NotFound`.
    fn optional(self) -> Result<Option<T>, Error>;
}

impl<T> Optional<T> for Result<T, Error> {
    fn optional(self) -> Result<Option<T>, Error> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}
