//! Reading a store's state from its disk.

use super::OpenError;
use super::state::{Current, State};
use super::window::Window;
use crate::engine::record::{RecordError, RecordRef};
use crate::engine::{Batch, Engine, Place, Row};
use crate::{LeaseId, Revision, StoreError};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

/// A lease as the disk has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoredLease {
    pub(crate) id: LeaseId,
    pub(crate) ttl: Duration,
    /// Unknown in older stores.
    pub(crate) ends_unix_ms: Option<u64>,
}

impl StoredLease {
    /// What is left of it: never more than all, should the wall clock have been set back.
    pub(crate) fn remaining(&self, now_unix_ms: u64) -> Duration {
        self.ends_unix_ms.map_or(self.ttl, |ends| {
            Duration::from_millis(ends.saturating_sub(now_unix_ms)).min(self.ttl)
        })
    }
}

/// What the disk says.
pub(crate) struct Loaded {
    pub(crate) values: BTreeMap<Bytes, Current>,
    pub(crate) leases: Vec<StoredLease>,
    /// The newest revision on disk.
    pub(crate) revision: u64,
    pub(crate) compacted: u64,
    pub(crate) scrubbed: u64,
    /// Revisions up to here may have been seen.
    pub(crate) reserved: u64,
}

/// Reads everything. Blocks.
pub(crate) fn load(engine: &dyn Engine, path: &Path) -> Result<Loaded, OpenError> {
    let failed = |source| OpenError::Load {
        path: path.to_owned(),
        source,
    };
    let mut loaded = Loaded {
        values: BTreeMap::new(),
        leases: Vec::new(),
        revision: Revision::FIRST.0,
        compacted: 0,
        scrubbed: 0,
        reserved: 0,
    };
    for row in engine.rows().map_err(failed)? {
        match row {
            Row::Compacted(revision) => loaded.compacted = revision,
            Row::Scrubbed(revision) => loaded.scrubbed = revision,
            Row::Reserved(revision) => loaded.reserved = revision,
            Row::Lease {
                id,
                ttl_ms,
                ends_unix_ms,
            } => loaded.leases.push(StoredLease {
                id: LeaseId(id),
                ttl: Duration::from_millis(ttl_ms),
                ends_unix_ms,
            }),
            Row::LeaseGone { .. } => {}
        }
    }
    loaded.revision = loaded.revision.max(loaded.compacted);
    let mut damaged = None;
    engine
        .scan(Place::default(), &mut |place, record| {
            loaded.revision = loaded.revision.max(place.revision);
            match insert(&mut loaded.values, place, record) {
                Ok(()) => ControlFlow::Continue(()),
                Err(source) => {
                    damaged = Some(OpenError::Damaged {
                        path: path.to_owned(),
                        revision: place.revision,
                        source,
                    });
                    ControlFlow::Break(())
                }
            }
        })
        .map_err(failed)?;
    if let Some(damaged) = damaged {
        return Err(damaged);
    }
    settle_unclean_stop(engine, &mut loaded).map_err(failed)?;
    Ok(loaded)
}

impl Loaded {
    /// The state to begin with. Nothing is in the window yet: the past is on disk.
    pub(crate) fn take_state(&mut self, window_bytes_max: usize) -> State {
        State {
            window: Window::new(self.revision, window_bytes_max),
            values: std::mem::take(&mut self.values),
            revision: self.revision,
            compacted: self.compacted,
            journaled: self.revision,
            closed: false,
        }
    }
}

/// Relaxed writes beyond the newest record may have been seen and lost: go on above them, and let nobody watch
/// across the gap.
fn settle_unclean_stop(engine: &dyn Engine, loaded: &mut Loaded) -> Result<(), StoreError> {
    if loaded.reserved <= loaded.revision {
        return Ok(());
    }
    engine.commit(&Batch {
        rows: vec![Row::Compacted(loaded.reserved)],
        ..Batch::default()
    })?;
    loaded.revision = loaded.reserved;
    loaded.compacted = loaded.reserved;
    Ok(())
}

fn insert(
    values: &mut BTreeMap<Bytes, Current>,
    place: Place,
    record: &[u8],
) -> Result<(), RecordError> {
    let read = RecordRef::decode(record)?;
    let Some(value) = read.value else {
        values.remove(read.key);
        return Ok(());
    };
    let current = Current {
        value: Bytes::copy_from_slice(value),
        place,
        create_revision: read.create_revision,
        version: read.version,
        lease: (read.lease != 0).then_some(LeaseId(read.lease)),
    };
    match values.get_mut(read.key) {
        Some(earlier) => *earlier = current,
        None => drop(values.insert(Bytes::copy_from_slice(read.key), current)),
    }
    Ok(())
}
