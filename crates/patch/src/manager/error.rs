//! Why an apply was refused.

use std::fmt::Write as _;

use thiserror::Error;

use crate::managed::{ManagedError, ManagerId};
use crate::path::Path;
use crate::typed::TypedErrors;

/// An object cannot be converted between versions of its kind.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct VersionError(pub String);

/// Why fields could not be assigned to managers.
#[derive(Debug, Error)]
pub enum UpdateError {
    /// The request's own version has no schema.
    #[error("no corresponding type for {0}")]
    NoSchema(String),
    /// A list's items cannot be told apart, or a scalar is of another kind than declared.
    #[error("failed to compare objects: {0}")]
    Compare(TypedErrors),
    /// An object cannot be converted to a manager's version.
    #[error("failed to convert object: {0}")]
    Convert(VersionError),
    /// The live object cannot be converted to the request's version.
    #[error("failed to convert live object {0}")]
    ConvertLive(VersionError),
}

/// A field that somebody else owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub(crate) manager: ManagerId,
    /// Which field.
    pub path: Path,
}

/// What a Status says of one conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// `FieldManagerConflict`.
    pub reason: &'static str,
    /// `conflict with "kubectl" using apps/v1`.
    pub message: String,
    /// `.spec.replicas`.
    pub field: String,
}

/// Why an apply was refused.
#[derive(Debug, Error)]
pub enum ApplyError {
    /// Others own fields that were to change. Sorted by manager.
    #[error("{}", message(.0))]
    Conflicts(Vec<Conflict>),
    /// The configuration is of another kind or version than the request.
    #[error("invalid object type: {0}")]
    ObjectType(String),
    /// The configuration says who owns what.
    #[error("metadata.managedFields must be nil")]
    ManagedFields,
    /// The configuration does not fit the schema.
    #[error("failed to create typed patch object ({object}): {errors}")]
    Patch {
        /// `namespace/name; group/version, Kind=kind`.
        object: String,
        /// What does not.
        errors: TypedErrors,
    },
    /// The live object does not fit the schema.
    #[error("failed to create typed live object ({object}): {errors}")]
    Live {
        /// `namespace/name; group/version, Kind=kind`.
        object: String,
        /// What does not.
        errors: TypedErrors,
    },
    /// The live object's `managedFields` are broken.
    #[error("failed to decode managed fields: {0}")]
    Decode(ManagedError),
    /// The configuration cannot be laid over the live object.
    #[error("failed to merge config: {0}")]
    Merge(TypedErrors),
    /// The fields of an object cannot be told.
    #[error("failed to get field set: {0}")]
    FieldSet(TypedErrors),
    /// What the manager stopped applying cannot be taken away.
    #[error("failed to prune fields: {0}")]
    Prune(Box<ApplyError>),
    /// Comparison or conversion failed.
    #[error("{0}")]
    Update(UpdateError),
    /// What was there before the first apply cannot be assigned.
    #[error("failed to create manager for existing fields: {0}")]
    BeforeFirstApply(UpdateError),
}

impl ApplyError {
    /// HTTP code, reason and message of the Status.
    pub fn status(&self) -> (u16, &'static str, String) {
        let (code, reason) = match self {
            Self::Conflicts(_) => (409, "Conflict"),
            Self::ObjectType(_) | Self::ManagedFields => (400, "BadRequest"),
            _ => (500, ""),
        };
        (code, reason, self.to_string())
    }

    /// The causes of the Status: one a conflict.
    pub fn causes(&self) -> Vec<Cause> {
        let Self::Conflicts(conflicts) = self else {
            return Vec::new();
        };
        conflicts
            .iter()
            .map(|conflict| Cause {
                reason: "FieldManagerConflict",
                message: format!("conflict with {}", conflict.manager.describe()),
                field: conflict.path.to_string(),
            })
            .collect()
    }
}

fn message(conflicts: &[Conflict]) -> String {
    if let [only] = conflicts {
        let manager = only.manager.describe();
        return format!(
            "Apply failed with 1 conflict: conflict with {manager}: {}",
            only.path
        );
    }
    let mut text = format!("Apply failed with {} conflicts: ", conflicts.len());
    let groups = conflicts.chunk_by(|a, b| a.manager == b.manager);
    for (at, group) in groups.enumerate() {
        if at > 0 {
            text.push('\n');
        }
        let manager = group[0].manager.describe();
        let _ = write!(text, "conflicts with {manager}:");
        for conflict in group {
            let _ = write!(text, "\n- {}", conflict.path);
        }
    }
    text
}
