//! Leases: keys that end when nobody keeps them alive.

use crate::{Store, StoreError};
use platform::{Clock, Monotonic};
use std::time::Duration;
use tokio::sync::Mutex;

/// How much longer than asked for a shared lease lives, so that it can be shared that long.
const SHARED_FOR: Duration = Duration::from_secs(60);
/// Keys on one shared lease.
const SHARED_KEYS_MAX: u32 = 1000;

/// Names a lease. Never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaseId(pub i64);

/// A lease and what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaseStatus {
    pub id: LeaseId,
    /// What it was granted for. It ends when it would have ended, however often the store is opened in between.
    pub ttl: Duration,
    pub remaining: Duration,
}

/// One lease for many keys of about the same time to live, as upstream's API server has it: a lease is used for
/// a minute or a thousand keys, and lives that minute longer.
#[derive(Debug, Default)]
pub struct SharedLeases(Mutex<Option<SharedLease>>);

#[derive(Debug)]
struct SharedLease {
    id: LeaseId,
    ends: Monotonic,
    keys: u32,
}

impl SharedLeases {
    /// Without a lease yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A lease that lasts at least `ttl` from now, for one more key.
    ///
    /// # Errors
    /// Those of [`Store::lease_grant`].
    pub async fn lease_for(
        &self,
        store: &dyn Store,
        clock: &Clock,
        ttl: Duration,
    ) -> Result<LeaseId, StoreError> {
        let mut shared = self.0.lock().await;
        let needed = clock.monotonic() + ttl;
        if let Some(lease) = &mut *shared
            && lease.keys < SHARED_KEYS_MAX
            && lease.ends >= needed
            && lease.ends.since(needed) <= SHARED_FOR
        {
            lease.keys += 1;
            return Ok(lease.id);
        }
        let granted = store.lease_grant(None, ttl + SHARED_FOR).await?;
        *shared = Some(SharedLease {
            id: granted.id,
            ends: needed + SHARED_FOR,
            keys: 1,
        });
        Ok(granted.id)
    }
}
