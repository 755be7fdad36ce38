//! The form of a record on disk.
//!
//! `format: u8 = 1, flags: u8, key length: u32, create revision: u64, version: u64, previous revision: u64,
//! previous part: u32, lease: i64 (0 = none), key, value`; numbers are little-endian. A deletion has no value.

use bytes::Bytes;

/// The only form so far.
const FORMAT: u8 = 1;
const HEADER_BYTES: usize = 42;
const FLAG_DELETED: u8 = 1;

/// Where a record stands in history: its revision, and its part of that transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    pub(crate) revision: u64,
    pub(crate) part: u32,
}

/// One change of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) key: Bytes,
    pub(crate) create_revision: u64,
    pub(crate) version: u64,
    /// The record before of the same key, unless the key was absent.
    pub(crate) previous: Option<Place>,
    /// 0 is none.
    pub(crate) lease: i64,
    pub(crate) body: RecordBody,
}

/// What the key held from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RecordBody {
    Value(Bytes),
    Deleted,
}

/// Why bytes are no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    #[error("record of {bytes} bytes is too short")]
    TooShort { bytes: usize },
    #[error("record has unknown format {format}")]
    UnknownFormat { format: u8 },
    #[error("record has unknown flags {flags:#x}")]
    UnknownFlags { flags: u8 },
    #[error("deletion carries a value")]
    DeletionWithValue,
}

/// A record's fixed part, with key and value still in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordRef<'a> {
    pub(crate) key: &'a [u8],
    pub(crate) create_revision: u64,
    pub(crate) version: u64,
    pub(crate) previous: Option<Place>,
    pub(crate) lease: i64,
    /// None is a deletion.
    pub(crate) value: Option<&'a [u8]>,
}

impl Place {
    /// The first place of a revision.
    pub(crate) fn first(revision: u64) -> Self {
        Self { revision, part: 0 }
    }

    /// Sorts as bytes as it does as a pair.
    pub(crate) fn encode(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(&self.revision.to_be_bytes());
        bytes[8..].copy_from_slice(&self.part.to_be_bytes());
        bytes
    }

    /// The place that `bytes` encode, if they have the right length.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (revision, part) = bytes.split_first_chunk::<8>()?;
        Some(Self {
            revision: u64::from_be_bytes(*revision),
            part: u32::from_be_bytes(part.try_into().ok()?),
        })
    }
}

impl Record {
    /// The record's form on disk.
    ///
    /// # Panics
    /// When the key is longer than 4 GiB, which the limit on transactions excludes.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let (flags, value) = match &self.body {
            RecordBody::Value(value) => (0, value.as_ref()),
            RecordBody::Deleted => (FLAG_DELETED, [].as_slice()),
        };
        let key_length =
            u32::try_from(self.key.len()).expect("transactions are far smaller than 4 GiB");
        let previous = self.previous.unwrap_or_default();
        let mut bytes = Vec::with_capacity(HEADER_BYTES + self.key.len() + value.len());
        bytes.extend_from_slice(&[FORMAT, flags]);
        bytes.extend_from_slice(&key_length.to_le_bytes());
        bytes.extend_from_slice(&self.create_revision.to_le_bytes());
        bytes.extend_from_slice(&self.version.to_le_bytes());
        bytes.extend_from_slice(&previous.revision.to_le_bytes());
        bytes.extend_from_slice(&previous.part.to_le_bytes());
        bytes.extend_from_slice(&self.lease.to_le_bytes());
        debug_assert_eq!(bytes.len(), HEADER_BYTES);
        bytes.extend_from_slice(&self.key);
        bytes.extend_from_slice(value);
        bytes
    }
}

impl<'a> RecordRef<'a> {
    /// Reads a record's form on disk.
    ///
    /// # Errors
    /// [`RecordError`] says what is wrong; nothing is assumed of the bytes.
    pub(crate) fn decode(bytes: &'a [u8]) -> Result<Self, RecordError> {
        let too_short = RecordError::TooShort { bytes: bytes.len() };
        let mut rest = bytes;
        let [format, flags] = take(&mut rest).ok_or(too_short)?;
        if format != FORMAT {
            return Err(RecordError::UnknownFormat { format });
        }
        if flags & !FLAG_DELETED != 0 {
            return Err(RecordError::UnknownFlags { flags });
        }
        let key_length = u32::from_le_bytes(take(&mut rest).ok_or(too_short)?);
        let create_revision = u64::from_le_bytes(take(&mut rest).ok_or(too_short)?);
        let version = u64::from_le_bytes(take(&mut rest).ok_or(too_short)?);
        let revision = u64::from_le_bytes(take(&mut rest).ok_or(too_short)?);
        let part = u32::from_le_bytes(take(&mut rest).ok_or(too_short)?);
        let lease = i64::from_le_bytes(take(&mut rest).ok_or(too_short)?);
        let key_length = usize::try_from(key_length).map_err(|_| too_short)?;
        let (key, value) = rest.split_at_checked(key_length).ok_or(too_short)?;
        let deleted = flags & FLAG_DELETED != 0;
        if deleted && !value.is_empty() {
            return Err(RecordError::DeletionWithValue);
        }
        let previous = (revision > 0).then_some(Place { revision, part });
        Ok(Self {
            key,
            create_revision,
            version,
            previous,
            lease,
            value: (!deleted).then_some(value),
        })
    }
}

/// Whether `bytes` are a record as this store writes them; for checking foreign bytes.
///
/// # Errors
/// [`RecordError`] says what is wrong.
pub fn check_record(bytes: &[u8]) -> Result<(), RecordError> {
    RecordRef::decode(bytes).map(|_| ())
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}

#[cfg(test)]
mod tests;
