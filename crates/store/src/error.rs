//! What can go wrong after a store is open.

use crate::{LeaseId, Revision};
use std::sync::Arc;

/// Why a request failed. Nothing was written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    #[error("revision has been compacted; the oldest at hand is {compacted}")]
    Compacted { compacted: Revision },
    #[error("revision is in the future; the newest is {current}")]
    FutureRevision { current: Revision },
    #[error("no space left on the disk of the data directory: free some, then try again")]
    NoSpace,
    #[error("failed to {action} the data directory")]
    Io {
        action: &'static str,
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
    #[error("transaction of {bytes} bytes is over the limit of {bytes_max}")]
    TooLarge { bytes: usize, bytes_max: usize },
    #[error("transaction writes a key twice")]
    DuplicateKey,
    #[error("lease {} not found", id.0)]
    LeaseNotFound { id: LeaseId },
    #[error("lease {} exists already", id.0)]
    LeaseExists { id: LeaseId },
    #[error("too many {what}: the limit is {max}")]
    TooMany { what: &'static str, max: usize },
    #[error("store is closed")]
    Closed,
}

/// Why a watch ended. The watcher reads the range anew and watches from there.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WatchError {
    /// The watcher was too slow, or began too far back.
    #[error("events up to revision {compacted} are gone")]
    Compacted { compacted: Revision },
    #[error("failed to read past events")]
    Read(#[source] StoreError),
    #[error("store is closed")]
    Closed,
}
