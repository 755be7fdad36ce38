//! Why a patch was refused, and what the client is told.

use thiserror::Error;

use crate::json_patch::{JSON_PATCH_OPERATIONS_MAX, OperationError};
use crate::strategic::StrategicError;

/// Why a JSON, merge or strategic merge patch was refused. `Display` is for the operator;
/// [`PatchError::status`] for the client.
#[derive(Debug, Error)]
pub enum PatchError {
    /// The bytes are no JSON.
    #[error("invalid JSON patch")]
    Malformed(#[source] meta::codec::DecodeError),
    /// JSON of another shape: what the decoder says of it.
    #[error("{0}")]
    Shape(String),
    /// A merge patch of `null`.
    #[error("Invalid JSON Patch")]
    Null,
    /// More than [`JSON_PATCH_OPERATIONS_MAX`].
    #[error(
        "The allowed maximum operations in a JSON patch is {JSON_PATCH_OPERATIONS_MAX}, got {0}"
    )]
    Operations(usize),
    /// One operation of a JSON patch cannot be done.
    #[error("operation {at} cannot be done: {why}")]
    Operation {
        /// Its place in the patch, from 0.
        at: usize,
        /// Why not.
        why: OperationError,
    },
    /// A strategic merge patch contradicts itself, or the schema.
    #[error("{0}")]
    Strategic(StrategicError),
}

impl PatchError {
    /// HTTP code, reason and message of the Status. Upstream hides what is wrong behind its 422.
    pub fn status(&self) -> (u16, &'static str, String) {
        match self {
            Self::Malformed(_) | Self::Shape(_) | Self::Null => {
                (400, "BadRequest", self.to_string())
            }
            Self::Operations(_) => {
                let message = format!("Request entity too large: {self}");
                (413, "RequestEntityTooLarge", message)
            }
            Self::Operation { .. } => rejected(),
            Self::Strategic(error) if error.is_rejected() => rejected(),
            Self::Strategic(error) if error.is_bad_request() => {
                (400, "BadRequest", self.to_string())
            }
            Self::Strategic(_) => (500, "", self.to_string()),
        }
    }
}

fn rejected() -> (u16, &'static str, String) {
    let message = "the server rejected our request due to an error in our request";
    (422, "Invalid", message.into())
}
