//! Transactions: compare, then write.

use crate::{LeaseId, Revision, Versioned};
use bytes::Bytes;

/// If every comparison holds, `then` is done, else `otherwise`; at one revision, all or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Txn {
    pub compare: Vec<Compare>,
    pub then: Vec<Op>,
    pub otherwise: Vec<Op>,
    pub durability: Durability,
}

/// A condition on the current state of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compare {
    pub key: Bytes,
    pub condition: Condition,
}

/// What must hold. The numbers of an absent key are 0, as in etcd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    Absent,
    Present,
    ModRevision(Revision),
    CreateRevision(Revision),
    Version(u64),
    Value(Bytes),
}

/// One step of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    Put {
        key: Bytes,
        value: Bytes,
        lease: Option<LeaseId>,
    },
    /// Deleting an absent key writes nothing.
    Delete { key: Bytes },
    /// Reads the key as the steps before left it.
    Get { key: Bytes },
}

/// When a write is acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// Once it is on disk.
    #[default]
    Durable,
    /// At once. It reaches the disk before the next durable write, or after a minute; a crash before that
    /// loses it, and no revision that was seen is used again. For renewals that only say "I am alive".
    Relaxed,
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TxnResponse {
    /// Whether the comparisons held, so that `then` was done.
    pub succeeded: bool,
    /// The revision of this write, or the newest when it wrote nothing.
    pub revision: Revision,
    /// One for each step done, in order.
    pub results: Vec<OpResult>,
}

/// The result of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpResult {
    /// The value before.
    Put {
        previous: Option<Versioned>,
    },
    /// The value deleted.
    Delete {
        previous: Option<Versioned>,
    },
    Get {
        current: Option<Versioned>,
    },
}

impl Txn {
    /// Writes `key` if it is absent. Otherwise the answer holds the present value.
    #[must_use]
    pub fn create(key: impl Into<Bytes>, value: impl Into<Bytes>) -> Self {
        let key = key.into();
        Self::guarded(
            key.clone(),
            Condition::Absent,
            Op::Put {
                key,
                value: value.into(),
                lease: None,
            },
        )
    }

    /// Overwrites `key` if it was last written at `expected`. Otherwise the answer holds the present value.
    #[must_use]
    pub fn replace(key: impl Into<Bytes>, expected: Revision, value: impl Into<Bytes>) -> Self {
        let key = key.into();
        Self::guarded(
            key.clone(),
            Condition::ModRevision(expected),
            Op::Put {
                key,
                value: value.into(),
                lease: None,
            },
        )
    }

    /// Deletes `key` if it was last written at `expected`. Otherwise the answer holds the present value.
    #[must_use]
    pub fn delete(key: impl Into<Bytes>, expected: Revision) -> Self {
        let key = key.into();
        Self::guarded(
            key.clone(),
            Condition::ModRevision(expected),
            Op::Delete { key },
        )
    }

    /// Writes `key` whatever it holds.
    #[must_use]
    pub fn put(key: impl Into<Bytes>, value: impl Into<Bytes>) -> Self {
        Self {
            then: vec![Op::Put {
                key: key.into(),
                value: value.into(),
                lease: None,
            }],
            ..Self::default()
        }
    }

    /// Hangs every key that this writes on `lease`.
    #[must_use]
    pub fn with_lease(mut self, lease: LeaseId) -> Self {
        for op in self.then.iter_mut().chain(&mut self.otherwise) {
            if let Op::Put { lease: of_key, .. } = op {
                *of_key = Some(lease);
            }
        }
        self
    }

    /// Acknowledged before it is on disk: see [`Durability::Relaxed`].
    #[must_use]
    pub fn relaxed(self) -> Self {
        Self {
            durability: Durability::Relaxed,
            ..self
        }
    }

    fn guarded(key: Bytes, condition: Condition, op: Op) -> Self {
        Self {
            compare: vec![Compare {
                key: key.clone(),
                condition,
            }],
            then: vec![op],
            otherwise: vec![Op::Get { key }],
            durability: Durability::Durable,
        }
    }
}

impl TxnResponse {
    /// The present value that made a [`Txn::create`], [`Txn::replace`] or [`Txn::delete`] fail.
    #[must_use]
    pub fn current(&self) -> Option<&Versioned> {
        match self.results.first() {
            Some(OpResult::Get { current }) => current.as_ref(),
            _ => None,
        }
    }

    /// The value that the first step overwrote or deleted.
    #[must_use]
    pub fn previous(&self) -> Option<&Versioned> {
        match self.results.first() {
            Some(OpResult::Put { previous } | OpResult::Delete { previous }) => previous.as_ref(),
            _ => None,
        }
    }
}
