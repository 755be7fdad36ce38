//! Keys, values, revisions and events.

use crate::LeaseId;
use bytes::Bytes;
use std::fmt;

/// Counts transactions that wrote something. A fresh store is at 1, as etcd's is; 0 means "none".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u64);

impl Revision {
    /// No revision: in a request "now" or "absent".
    pub const NONE: Self = Self(0);

    /// The revision of a store in which nothing was written yet.
    pub const FIRST: Self = Self(1);

    /// The revision after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A value and where it stands in history. Cloning shares the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned {
    pub value: Bytes,
    /// When the key came into being (again).
    pub create_revision: Revision,
    /// When this value was written.
    pub mod_revision: Revision,
    /// Writes since creation, this one included: 1 for a fresh key.
    pub version: u64,
    /// The lease that the key ends with.
    pub lease: Option<LeaseId>,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyValue {
    pub key: Bytes,
    pub versioned: Versioned,
}

/// One change of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub key: Bytes,
    pub revision: Revision,
    pub kind: EventKind,
    /// The value before, unless the key was absent.
    pub previous: Option<Versioned>,
}

/// What happened to the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    Put(Versioned),
    Delete,
}

impl Event {
    /// Whether the key came into being with this event.
    #[must_use]
    pub fn is_create(&self) -> bool {
        matches!(&self.kind, EventKind::Put(new) if new.create_revision == self.revision)
    }
}
