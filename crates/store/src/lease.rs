//! Leases: keys that end when nobody keeps them alive.

use std::time::Duration;

/// Names a lease. Never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaseId(pub i64);

/// A lease and what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaseStatus {
    pub id: LeaseId,
    /// What it was granted for. After a restart of the store it begins anew with all of it, as etcd's do.
    pub ttl: Duration,
    pub remaining: Duration,
}
