//! What the store needs from a disk engine: atomic durable batches, and records read in order of revision.
//!
//! A record is one change of one key. Its key is its place in history, so that history is one sorted log: the
//! newest record of every live key is in it always, older ones until they are compacted. Each record points to
//! the one before it of the same key, which is all that reading the past and compaction need: there is no
//! second index. Calls block; all but [`Engine::commit`] may come from any thread.

mod lsm;
pub(crate) mod record;
#[cfg(feature = "simulated")]
mod simulated;

pub(crate) use lsm::LsmEngine;
pub(crate) use record::{Place, Record, RecordBody};
#[cfg(feature = "simulated")]
pub(crate) use simulated::SimulatedEngine;

use crate::StoreError;
use std::ops::ControlFlow;

/// A place where batches are kept.
pub(crate) trait Engine: Send + Sync + 'static {
    /// Writes all of the batch, durably, or nothing. Only the writer calls it. After an error the engine is as
    /// it was before, and a later commit may succeed.
    fn commit(&self, batch: &Batch) -> Result<(), StoreError>;

    /// The encoded record at `place`.
    fn read(&self, place: Place) -> Result<Option<Vec<u8>>, StoreError>;

    /// Visits the records of `from..` in order until the visitor breaks.
    fn scan(&self, from: Place, visit: &mut Visitor<'_>) -> Result<(), StoreError>;

    /// Every row beside the records.
    fn rows(&self) -> Result<Vec<Row>, StoreError>;

    /// Lets go of the disk. Nothing is called afterwards.
    fn close(&self);
}

/// Takes a record's place and encoding.
pub(crate) type Visitor<'a> = dyn FnMut(Place, &[u8]) -> ControlFlow<()> + 'a;

/// What is written together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) records: Vec<(Place, Vec<u8>)>,
    pub(crate) removed: Vec<Place>,
    pub(crate) rows: Vec<Row>,
}

/// A fact about the store as a whole. Written rows replace earlier ones of the same kind and subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// History up to here is decided to be forgotten.
    Compacted(u64),
    /// History up to here has been forgotten.
    Scrubbed(u64),
    /// Revisions up to here may have been seen without being on disk.
    Reserved(u64),
    /// A lease, its time to live in milliseconds, and when it ends by the wall clock; older stores do not say.
    Lease {
        id: i64,
        ttl_ms: u64,
        ends_unix_ms: Option<u64>,
    },
    /// The lease is gone.
    LeaseGone { id: i64 },
}

impl Batch {
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.removed.is_empty() && self.rows.is_empty()
    }
}

impl Row {
    /// Key and value of the row; no value removes it.
    pub(crate) fn encode(&self) -> (Vec<u8>, Option<Vec<u8>>) {
        let number = |number: u64| Some(number.to_be_bytes().to_vec());
        match self {
            Self::Compacted(revision) => (b"c".to_vec(), number(*revision)),
            Self::Scrubbed(revision) => (b"s".to_vec(), number(*revision)),
            Self::Reserved(revision) => (b"r".to_vec(), number(*revision)),
            Self::Lease {
                id,
                ttl_ms,
                ends_unix_ms,
            } => {
                let mut value = ttl_ms.to_be_bytes().to_vec();
                value.extend(ends_unix_ms.iter().flat_map(|ends| ends.to_be_bytes()));
                (lease_row_key(*id), Some(value))
            }
            Self::LeaseGone { id } => (lease_row_key(*id), None),
        }
    }

    /// The row with this key and value; none when the row is of a kind that is not known.
    pub(crate) fn decode(key: &[u8], value: &[u8]) -> Option<Self> {
        let (number, rest) = value.split_first_chunk()?;
        let number = u64::from_be_bytes(*number);
        if let [b'l', id @ ..] = key {
            return Some(Self::Lease {
                id: i64::from_be_bytes(id.try_into().ok()?),
                ttl_ms: number,
                ends_unix_ms: rest.try_into().ok().map(u64::from_be_bytes),
            });
        }
        match key {
            _ if !rest.is_empty() => None,
            b"c" => Some(Self::Compacted(number)),
            b"s" => Some(Self::Scrubbed(number)),
            b"r" => Some(Self::Reserved(number)),
            _ => None,
        }
    }
}

fn lease_row_key(id: i64) -> Vec<u8> {
    [b"l".as_slice(), &id.to_be_bytes()].concat()
}

/// An error of the disk in the store's words.
pub(crate) fn io_error(action: &'static str, error: std::io::Error) -> StoreError {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::NoSpace,
        _ => StoreError::Io {
            action,
            source: std::sync::Arc::new(error),
        },
    }
}
