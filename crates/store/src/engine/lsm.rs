//! The engine on `fjall`: a journal that is synced once a batch, and a log-structured tree behind it.
//!
//! fjall poisons itself when a write fails or its background flush does (a full disk, mostly), and must then
//! be opened anew. That happens here, out of sight: current values live in memory, so only a write or a read of
//! the past ever waits for it.

use super::{Batch, Engine, Place, Row, Visitor, io_error};
use crate::StoreError;
use fjall::{Database, Keyspace, KeyspaceCreateOptions, PersistMode};
use parking_lot::{Mutex, RwLock};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// fjall's block cache. Only reads of the past and start-up use it.
const CACHE_BYTES: u64 = 2 * 1024 * 1024;
/// Size at which fjall turns a memtable into a file.
const MEMTABLE_BYTES: u64 = 3 * 1024 * 1024;
/// Writes wait at so many sealed memtables: with the active one and the cache that keeps the engine within
/// 16 MiB. At four fjall itself stalls, for 100 ms at a time, and forever if its flush has failed meanwhile.
const SEALED_MEMTABLES_MAX: usize = 3;
/// The smallest that fjall takes.
const JOURNAL_BYTES_MAX: u64 = 64 * 1024 * 1024;
const BACKPRESSURE_PAUSE: Duration = Duration::from_micros(500);
const OPEN_FILES_MAX: usize = 64;
/// It flushes and compacts, and sleeps on a channel when there is nothing to do. Where fjall has more than one, the first hands each compaction
/// that waits back to itself, again and again, for as long as another compacts.
const WORKER_THREADS: usize = 1;

const RECORDS: &str = "records";
const ROWS: &str = "rows";

/// fjall, reopened when it fails.
pub(crate) struct LsmEngine {
    path: PathBuf,
    open: RwLock<Option<Open>>,
    writer: Mutex<WriterState>,
}

#[derive(Clone)]
struct Open {
    database: Database,
    records: Keyspace,
    /// Made with the first row: making it costs some twenty syncs, which a first start should not wait for.
    rows: Arc<OnceLock<Keyspace>>,
}

#[derive(Default)]
struct WriterState {
    /// The last record that was committed; what fjall holds beyond it was refused and must go.
    last: Option<Place>,
    /// Refused records that a reopened fjall still holds. They go with the next batch.
    refused: Vec<Place>,
}

impl LsmEngine {
    /// Opens or makes the database in `path`.
    pub(crate) fn open(path: &Path) -> Result<Self, fjall::Error> {
        let open = Open::at(path)?;
        let last = open.last_record()?;
        Ok(Self {
            path: path.to_owned(),
            open: RwLock::new(Some(open)),
            writer: Mutex::new(WriterState {
                last,
                refused: Vec::new(),
            }),
        })
    }

    fn try_commit(&self, batch: &Batch, writer: &mut WriterState) -> Result<(), fjall::Error> {
        let open = self.opened(writer)?;
        open.wait_for_room()?;
        let mut items = fjall::OwnedWriteBatch::with_capacity(
            open.database.clone(),
            batch.records.len() + batch.removed.len() + batch.rows.len() + writer.refused.len(),
        )
        .durability(Some(PersistMode::SyncData));
        // One batch must not both remove and insert a place: fjall gives the two the same sequence number.
        let rewritten = |place: &&Place| batch.records.iter().any(|(new, _)| new == *place);
        for place in writer
            .refused
            .iter()
            .filter(|place| !rewritten(place))
            .chain(&batch.removed)
        {
            items.remove(&open.records, place.encode().as_slice());
        }
        for (place, record) in &batch.records {
            items.insert(&open.records, place.encode().as_slice(), record.as_slice());
        }
        for row in &batch.rows {
            let rows = open.rows()?;
            match row.encode() {
                (key, Some(value)) => items.insert(rows, key, value),
                (key, None) => items.remove(rows, key),
            }
        }
        items.commit()
    }

    /// The database, opened anew if it had to be given up.
    fn opened(&self, writer: &mut WriterState) -> Result<Open, fjall::Error> {
        if let Some(open) = &*self.open.read() {
            return Ok(open.clone());
        }
        let open = Open::at(&self.path)?;
        let after = writer.last.map_or([0; 12], Place::encode);
        for item in open.records.range(after.as_slice()..) {
            if let Some(place) = Place::decode(&item.key()?)
                && Some(place) > writer.last
            {
                writer.refused.push(place);
            }
        }
        *self.open.write() = Some(open.clone());
        Ok(open)
    }

    fn with_open<T>(
        &self,
        work: impl FnOnce(&Open) -> Result<T, fjall::Error>,
    ) -> Result<T, StoreError> {
        match &*self.open.read() {
            Some(open) => work(open).map_err(|error| store_error("read", error)),
            None => Err(StoreError::Io {
                action: "read",
                source: Arc::new(fjall::Error::Poisoned),
            }),
        }
    }
}

impl Engine for LsmEngine {
    fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        let mut writer = self.writer.lock();
        let mut result = self.try_commit(batch, &mut writer);
        if matches!(result, Err(fjall::Error::Poisoned)) {
            // A background flush failed earlier; this batch has done nothing wrong yet.
            *self.open.write() = None;
            result = self.try_commit(batch, &mut writer);
        }
        match result {
            Ok(()) => {
                writer.refused.clear();
                writer.last = batch
                    .records
                    .last()
                    .map(|(place, _)| *place)
                    .or(writer.last);
                Ok(())
            }
            Err(error) => {
                *self.open.write() = None;
                if let Err(error) = self.opened(&mut writer) {
                    tracing::warn!(%error, "failed to reopen the data directory; trying again with the next write");
                }
                Err(store_error("write to", error))
            }
        }
    }

    fn read(&self, place: Place) -> Result<Option<Vec<u8>>, StoreError> {
        self.with_open(|open| {
            Ok(open
                .records
                .get(place.encode())?
                .map(|record| record.to_vec()))
        })
    }

    fn scan(&self, from: Place, visit: &mut Visitor<'_>) -> Result<(), StoreError> {
        self.with_open(|open| {
            for item in open.records.range(from.encode().as_slice()..) {
                let (key, record) = item.into_inner()?;
                let place = Place::decode(&key).ok_or(fjall::Error::Unrecoverable)?;
                if let ControlFlow::Break(()) = visit(place, &record) {
                    break;
                }
            }
            Ok(())
        })
    }

    fn rows(&self) -> Result<Vec<Row>, StoreError> {
        self.with_open(|open| {
            let mut rows = Vec::new();
            let stored = open.rows.get().map(Keyspace::iter);
            for item in stored.into_iter().flatten() {
                let (key, value) = item.into_inner()?;
                rows.extend(Row::decode(&key, &value));
            }
            Ok(rows)
        })
    }

    fn close(&self) {
        *self.open.write() = None;
    }
}

impl Open {
    fn at(path: &Path) -> Result<Self, fjall::Error> {
        let database = Database::builder(path)
            .cache_size(CACHE_BYTES)
            .max_cached_files(Some(OPEN_FILES_MAX))
            .max_journaling_size(JOURNAL_BYTES_MAX)
            .journal_compression(fjall::CompressionType::None)
            .worker_threads(WORKER_THREADS)
            .manual_journal_persist(true)
            .open()?;
        let records = database.keyspace(RECORDS, keyspace_options)?;
        let open = Self {
            records,
            rows: Arc::default(),
            database,
        };
        if open.database.keyspace_exists(ROWS) {
            open.rows()?;
        }
        Ok(open)
    }

    /// The keyspace of rows, made if need be. Only the writer calls it.
    fn rows(&self) -> Result<&Keyspace, fjall::Error> {
        match self.rows.get() {
            Some(rows) => Ok(rows),
            None => {
                let rows = self.database.keyspace(ROWS, keyspace_options)?;
                Ok(self.rows.get_or_init(|| rows))
            }
        }
    }

    fn last_record(&self) -> Result<Option<Place>, fjall::Error> {
        self.records
            .last_key_value()
            .map_or(Ok(None), |item| Ok(Place::decode(&item.key()?)))
    }

    /// Waits while fjall's flush is behind. The wait is bounded by that flush, which poisons when it fails.
    fn wait_for_room(&self) -> Result<(), fjall::Error> {
        while self.records.sealed_memtable_count() >= SEALED_MEMTABLES_MAX {
            // Does nothing but to say whether the database is poisoned.
            self.database.persist(PersistMode::Buffer)?;
            // fjall has no event for "flushed"; this is the writer's own thread.
            std::thread::park_timeout(BACKPRESSURE_PAUSE);
        }
        Ok(())
    }
}

fn keyspace_options() -> KeyspaceCreateOptions {
    KeyspaceCreateOptions::default()
        .max_memtable_size(MEMTABLE_BYTES)
        .manual_journal_persist(true)
}

fn store_error(action: &'static str, error: fjall::Error) -> StoreError {
    match error {
        fjall::Error::Io(error) | fjall::Error::Storage(fjall::LsmError::Io(error)) => {
            io_error(action, error)
        }
        error => StoreError::Io {
            action,
            source: Arc::new(error),
        },
    }
}
