//! Deciding transactions: pure, over the current state and what was decided before in the same group.

use super::leases::Leases;
use super::state::{Change, Current, State};
use crate::engine::{Place, Record, RecordBody};
use crate::{
    Compare, Condition, LeaseId, Op, OpResult, Revision, StoreError, Txn, TxnResponse, Versioned,
};
use bytes::Bytes;
use std::collections::HashMap;

/// Steps of one transaction.
const OPS_MAX: usize = 1024;

/// Changes decided together, to be committed together.
#[derive(Debug)]
pub(crate) struct Stage {
    /// The newest revision with these changes.
    pub(crate) revision: u64,
    pub(crate) changes: Vec<Change>,
    pub(crate) records: Vec<(Place, Vec<u8>)>,
    pub(crate) bytes: usize,
    /// What keys hold once the changes are applied.
    staged: HashMap<Bytes, Option<Current>>,
}

impl Stage {
    /// Begins after `revision`.
    pub(crate) fn new(revision: u64) -> Self {
        Self {
            revision,
            changes: Vec::new(),
            records: Vec::new(),
            bytes: 0,
            staged: HashMap::new(),
        }
    }

    /// Decides one transaction. After an error nothing of it is staged.
    pub(crate) fn txn(
        &mut self,
        state: &State,
        leases: &Leases,
        txn: &Txn,
        bytes_max: usize,
    ) -> Result<TxnResponse, StoreError> {
        check_size(txn, bytes_max)?;
        let succeeded = txn
            .compare
            .iter()
            .all(|compare| holds(compare, self.current(state, &compare.key)));
        let ops = if succeeded { &txn.then } else { &txn.otherwise };
        check_ops(ops, leases)?;
        let before = self.revision;
        let results = ops.iter().map(|op| self.op(state, before, op)).collect();
        Ok(TxnResponse {
            succeeded,
            revision: Revision(self.revision),
            results,
        })
    }

    /// Deletes `key` in the transaction that began after revision `before`.
    pub(crate) fn delete(&mut self, state: &State, before: u64, key: &Bytes) -> Option<Versioned> {
        let current = self.current(state, key)?;
        let previous = current.versioned();
        let record = Record {
            key: key.clone(),
            create_revision: current.create_revision,
            version: 0,
            previous: Some(current.place),
            lease: 0,
            body: RecordBody::Deleted,
        };
        self.push(before, record, |_| None);
        Some(previous)
    }

    fn op(&mut self, state: &State, before: u64, op: &Op) -> OpResult {
        match op {
            Op::Get { key } => OpResult::Get {
                current: self.current(state, key).map(Current::versioned),
            },
            Op::Delete { key } => OpResult::Delete {
                previous: self.delete(state, before, key),
            },
            Op::Put { key, value, lease } => OpResult::Put {
                previous: self.put(state, before, key, value, *lease),
            },
        }
    }

    fn put(
        &mut self,
        state: &State,
        before: u64,
        key: &Bytes,
        value: &Bytes,
        lease: Option<LeaseId>,
    ) -> Option<Versioned> {
        let current = self.current(state, key);
        let previous = current.map(Current::versioned);
        let record = Record {
            key: key.clone(),
            create_revision: current.map_or(before + 1, |current| current.create_revision),
            version: current.map_or(0, |current| current.version) + 1,
            previous: current.map(|current| current.place),
            lease: lease.map_or(0, |lease| lease.0),
            body: RecordBody::Value(value.clone()),
        };
        let (create_revision, version) = (record.create_revision, record.version);
        let value = value.clone();
        self.push(before, record, |place| {
            Some(Current {
                value,
                place,
                create_revision,
                version,
                lease,
            })
        });
        previous
    }

    fn push(&mut self, before: u64, record: Record, new: impl FnOnce(Place) -> Option<Current>) {
        let revision = before + 1;
        let part = self
            .changes
            .iter()
            .rev()
            .take_while(|change| change.place.revision == revision)
            .count();
        let place = Place {
            revision,
            part: u32::try_from(part).expect("bounded by the steps of a transaction"),
        };
        let encoded = record.encode();
        let new = new(place);
        self.bytes += encoded.len();
        self.revision = revision;
        self.records.push((place, encoded));
        self.staged.insert(record.key.clone(), new.clone());
        self.changes.push(Change {
            key: record.key,
            place,
            new,
        });
    }

    fn current<'a>(&'a self, state: &'a State, key: &Bytes) -> Option<&'a Current> {
        match self.staged.get(key) {
            Some(staged) => staged.as_ref(),
            None => state.values.get(key),
        }
    }
}

fn holds(compare: &Compare, current: Option<&Current>) -> bool {
    match &compare.condition {
        Condition::Absent => current.is_none(),
        Condition::Present => current.is_some(),
        Condition::ModRevision(expected) => {
            current.map_or(0, |current| current.place.revision) == expected.0
        }
        Condition::CreateRevision(expected) => {
            current.map_or(0, |current| current.create_revision) == expected.0
        }
        Condition::Version(expected) => current.map_or(0, |current| current.version) == *expected,
        Condition::Value(expected) => current.is_some_and(|current| current.value == *expected),
    }
}

fn check_size(txn: &Txn, bytes_max: usize) -> Result<(), StoreError> {
    let ops = [&txn.then, &txn.otherwise];
    if ops.iter().any(|ops| ops.len() > OPS_MAX) || txn.compare.len() > OPS_MAX {
        return Err(StoreError::TooMany {
            what: "steps in a transaction",
            max: OPS_MAX,
        });
    }
    let bytes = ops.iter().flat_map(|ops| ops.iter()).map(op_bytes).sum();
    if bytes > bytes_max {
        return Err(StoreError::TooLarge { bytes, bytes_max });
    }
    Ok(())
}

fn op_bytes(op: &Op) -> usize {
    match op {
        Op::Put { key, value, .. } => key.len() + value.len(),
        Op::Delete { key } | Op::Get { key } => key.len(),
    }
}

fn check_ops(ops: &[Op], leases: &Leases) -> Result<(), StoreError> {
    let mut written: Vec<&Bytes> = Vec::with_capacity(ops.len());
    for op in ops {
        match op {
            Op::Put {
                lease: Some(id), ..
            } if !leases.contains(*id) => {
                return Err(StoreError::LeaseNotFound { id: *id });
            }
            Op::Put { key, .. } | Op::Delete { key } => written.push(key),
            Op::Get { .. } => {}
        }
    }
    written.sort_unstable();
    if written.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(StoreError::DuplicateKey);
    }
    Ok(())
}
