//! Revisions, watches, leases, compaction. Bytes only: it does not know `meta`.
//!
//! The contract is etcd's: one global [`Revision`] counts transactions, ranges can be read at any revision that
//! is not compacted, a watch replays from any such revision without a gap, keys can hang on a lease. An
//! acknowledged write is on disk, but for those that ask to be [`Durability::Relaxed`].

mod compactor;
mod embedded;
mod engine;
mod error;
mod kv;
mod lease;
mod range;
mod txn;
mod watch;

pub use compactor::compact_periodically;
pub use embedded::{CompactionPace, Embedded, OpenError, Options};
pub use engine::record::{RecordError, check_record};
pub use error::{StoreError, WatchError};
pub use futures::future::BoxFuture;
pub use kv::{Event, EventKind, KeyValue, Revision, Versioned};
pub use lease::{LeaseId, LeaseStatus, SharedLeases};
pub use range::{KeyRange, RangeRequest, RangeResponse};
pub use txn::{Compare, Condition, Durability, Op, OpResult, Txn, TxnResponse};
pub use watch::{Watch, WatchBatch, WatchRequest, WatchSource};

use bytes::Bytes;
use std::time::Duration;

/// A key-value store with history. Futures may be dropped at any time; a dropped write may still happen.
pub trait Store: Send + Sync + 'static {
    /// The revision of the newest write. Reads without a revision see at least this one.
    fn revision(&self) -> Revision;

    /// Bytes that it takes up on the disk; 0 where that cannot be told.
    fn size_bytes(&self) -> u64;

    /// The oldest revision that can be read is this one; watches start after it.
    fn compacted(&self) -> Revision;

    /// The current value of `key`, from memory.
    ///
    /// # Errors
    /// Only of a store that is not in this process.
    fn get<'a>(&'a self, key: &'a [u8]) -> BoxFuture<'a, Result<Option<Versioned>, StoreError>>;

    /// The keys of a range in order, now or at a revision.
    ///
    /// # Errors
    /// [`StoreError::Compacted`] and [`StoreError::FutureRevision`] when it asks for a revision not at hand.
    fn range(&self, request: RangeRequest) -> BoxFuture<'_, Result<RangeResponse, StoreError>>;

    /// Compares, then writes, as one step with one revision. A failed comparison is no error.
    ///
    /// # Errors
    /// [`StoreError::NoSpace`], [`StoreError::Io`]: nothing is written. [`StoreError::LeaseNotFound`].
    /// [`StoreError::TooLarge`]. [`StoreError::DuplicateKey`] when one transaction writes a key twice.
    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResponse, StoreError>>;

    /// Follows a range from a revision on (inclusive), or from now.
    ///
    /// # Errors
    /// [`StoreError::Compacted`] when events from that revision on are gone: read the range and watch from there.
    fn watch(&self, request: WatchRequest) -> BoxFuture<'_, Result<Watch, StoreError>>;

    /// Forgets what was overwritten at or before `revision`. Returns when that is decided and durable; the
    /// space comes back afterwards, in batches with pauses.
    ///
    /// # Errors
    /// [`StoreError::Compacted`] when it was already, [`StoreError::FutureRevision`] when it is not written yet.
    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), StoreError>>;

    /// A new lease that ends after `ttl` (at least a second) unless it is kept alive. `id` is chosen if none is given.
    ///
    /// # Errors
    /// [`StoreError::LeaseExists`].
    fn lease_grant(
        &self,
        id: Option<LeaseId>,
        ttl: Duration,
    ) -> BoxFuture<'_, Result<LeaseStatus, StoreError>>;

    /// Lets the lease begin anew.
    ///
    /// # Errors
    /// [`StoreError::LeaseNotFound`].
    fn lease_keep_alive(&self, id: LeaseId) -> BoxFuture<'_, Result<LeaseStatus, StoreError>>;

    /// Ends the lease now and deletes its keys.
    ///
    /// # Errors
    /// [`StoreError::LeaseNotFound`].
    fn lease_revoke(&self, id: LeaseId) -> BoxFuture<'_, Result<Revision, StoreError>>;

    /// What is left of the lease.
    ///
    /// # Errors
    /// [`StoreError::LeaseNotFound`].
    fn lease_status(&self, id: LeaseId) -> BoxFuture<'_, Result<LeaseStatus, StoreError>>;

    /// The keys that end with the lease.
    ///
    /// # Errors
    /// [`StoreError::LeaseNotFound`].
    fn lease_keys(&self, id: LeaseId) -> BoxFuture<'_, Result<Vec<Bytes>, StoreError>>;
}
