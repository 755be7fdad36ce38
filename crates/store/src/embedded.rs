//! The store of one process: every current value in memory, history on its own disk.
//!
//! One writer owns all change. It takes what is queued, stages it, commits it with one sync, publishes it to
//! memory and watchers, and then answers. Readers share [`state::State`] behind a lock that is held for the
//! time of a look-up or of copying references.

mod history;
mod leases;
mod load;
mod scrub;
mod shared;
mod stage;
mod state;
mod watcher;
mod window;
mod writer;

use crate::engine::{Engine, LsmEngine};
use crate::{
    LeaseId, LeaseStatus, RangeRequest, RangeResponse, Revision, Store, StoreError, Txn,
    TxnResponse, Versioned, Watch, WatchRequest,
};
use bytes::Bytes;
use futures::FutureExt;
use futures::future::BoxFuture;
use platform::{DataDir, DiskError, Platform};
use shared::Shared;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use writer::{Command, Writer};

/// The form of the data directory that this code writes.
const FORMAT: u32 = 1;
const FORMAT_FILE: &str = "format";
const DATABASE_DIRECTORY: &str = "database";

/// Commands that may wait for the writer; more callers wait to queue.
const QUEUE_LENGTH_MAX: usize = 1024;

/// Bounds of an embedded store.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Memory for recent events, which watches and reads of the near past are served from.
    pub window_bytes_max: usize,
    /// Keys and values of one transaction.
    pub txn_bytes_max: usize,
    /// How long a relaxed write may wait for a durable one to go to disk with.
    pub relaxed_flush_after: Duration,
    pub compaction: CompactionPace,
}

/// How fast compacted history is removed. Can be changed while the store runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompactionPace {
    /// Records looked at in one step.
    pub batch_records: usize,
    /// Rest between steps.
    pub pause: Duration,
}

impl Options {
    /// What a server uses: the bounds of the design.
    #[must_use]
    pub fn server() -> Self {
        Self {
            window_bytes_max: 32 * 1024 * 1024,
            txn_bytes_max: 8 * 1024 * 1024,
            relaxed_flush_after: Duration::from_secs(60),
            compaction: CompactionPace {
                batch_records: 1000,
                pause: Duration::from_millis(10),
            },
        }
    }
}

/// Why a store cannot be opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Disk(#[from] DiskError),
    #[error(
        "data directory {} has format {found}, and this version knows formats up to {FORMAT}: \
         use the newer version that wrote it, or another directory", path.display()
    )]
    NewerFormat { path: PathBuf, found: u32 },
    #[error("data directory {} is not one of this store: file {FORMAT_FILE:?} holds {found:?}", path.display())]
    UnknownFormat { path: PathBuf, found: String },
    #[error("failed to open the database in {}", path.display())]
    Database {
        path: PathBuf,
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("failed to read the database in {}", path.display())]
    Load { path: PathBuf, source: StoreError },
    #[error("record at revision {revision} in {} is damaged", path.display())]
    Damaged {
        path: PathBuf,
        revision: u64,
        source: crate::engine::record::RecordError,
    },
    #[error("failed to start the writer")]
    Thread(#[source] std::io::Error),
}

/// A store on a directory that it alone uses.
pub struct Embedded {
    shared: Arc<Shared>,
    commands: mpsc::Sender<Command>,
}

impl Embedded {
    /// Opens the store in `path`, or makes one. Blocks a thread of the blocking pool, not the caller.
    ///
    /// # Errors
    /// [`OpenError`], each with one sentence that says what to do.
    pub async fn open(
        platform: &Platform,
        path: &Path,
        options: Options,
    ) -> Result<Arc<Self>, OpenError> {
        let path = path.to_owned();
        let disk = platform.disk.clone();
        let opening = platform.tasks.spawn_blocking("store-open", {
            let path = path.clone();
            move || {
                let directory = disk.open_dir(&path)?;
                let engine = open_database(&directory, &path)?;
                let loaded = load::load(&*engine, &path)?;
                Ok::<_, OpenError>((directory, engine, loaded))
            }
        });
        let (directory, engine, mut loaded) =
            opening.await.map_err(|error| OpenError::Database {
                path: path.clone(),
                source: Box::new(error),
            })??;
        let state = loaded.take_state(options.window_bytes_max);
        let shared = Arc::new(Shared::new(
            platform,
            options,
            directory,
            engine,
            state,
            loaded.scrubbed,
        ));
        let (commands, queue) = mpsc::channel(QUEUE_LENGTH_MAX);
        let writer = Writer::new(Arc::clone(&shared), queue, loaded);
        platform
            .tasks
            .spawn_thread("store-writer", writer.run())
            .map_err(OpenError::Thread)?;
        platform.tasks.spawn(
            "store-scrub",
            scrub::run(Arc::clone(&shared), commands.downgrade()),
        );
        Ok(Arc::new(Self { shared, commands }))
    }

    /// Writes what is still pending, and lets go of the directory. Later requests fail, watches end.
    ///
    /// # Errors
    /// When pending relaxed writes could not be written; they are then lost, as after a crash.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.ask(|reply| Command::Close { reply }).await
    }

    /// Changes how fast compacted history is removed, from the next step on.
    pub fn set_compaction_pace(&self, pace: CompactionPace) {
        *self.shared.pace.lock() = pace;
    }

    async fn ask<T>(
        &self,
        command: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> Command,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.commands
            .send(command(reply))
            .await
            .map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

impl Store for Embedded {
    fn size_bytes(&self) -> u64 {
        self.shared.size_bytes()
    }

    fn revision(&self) -> Revision {
        self.shared.revision()
    }

    fn compacted(&self) -> Revision {
        Revision(self.shared.state.read().compacted)
    }

    fn get<'a>(&'a self, key: &'a [u8]) -> BoxFuture<'a, Result<Option<Versioned>, StoreError>> {
        std::future::ready(Ok(self.shared.state.read().get(key))).boxed()
    }

    fn range(&self, request: RangeRequest) -> BoxFuture<'_, Result<RangeResponse, StoreError>> {
        history::range(&self.shared, request).boxed()
    }

    fn txn(&self, txn: Txn) -> BoxFuture<'_, Result<TxnResponse, StoreError>> {
        self.ask(|reply| Command::Txn { txn, reply }).boxed()
    }

    fn watch(&self, request: WatchRequest) -> BoxFuture<'_, Result<Watch, StoreError>> {
        std::future::ready(watcher::start(&self.shared, request)).boxed()
    }

    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), StoreError>> {
        self.ask(move |reply| Command::Compact {
            revision: revision.0,
            reply,
        })
        .boxed()
    }

    fn lease_grant(
        &self,
        id: Option<LeaseId>,
        ttl: Duration,
    ) -> BoxFuture<'_, Result<LeaseStatus, StoreError>> {
        self.ask(move |reply| Command::Grant { id, ttl, reply })
            .boxed()
    }

    fn lease_keep_alive(&self, id: LeaseId) -> BoxFuture<'_, Result<LeaseStatus, StoreError>> {
        self.ask(move |reply| Command::KeepAlive { id, reply })
            .boxed()
    }

    fn lease_revoke(&self, id: LeaseId) -> BoxFuture<'_, Result<Revision, StoreError>> {
        self.ask(move |reply| Command::Revoke { id, reply }).boxed()
    }

    fn lease_status(&self, id: LeaseId) -> BoxFuture<'_, Result<LeaseStatus, StoreError>> {
        self.ask(move |reply| Command::Status { id, reply }).boxed()
    }

    fn lease_keys(&self, id: LeaseId) -> BoxFuture<'_, Result<Vec<Bytes>, StoreError>> {
        self.ask(move |reply| Command::LeaseKeys { id, reply })
            .boxed()
    }
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded")
            .field("revision", &self.shared.revision())
            .finish_non_exhaustive()
    }
}

/// Refuses what other versions wrote. Whether the directory is fresh: its making was never finished.
fn check_format(directory: &DataDir, path: &Path) -> Result<bool, OpenError> {
    let Some(content) = directory.read(FORMAT_FILE)? else {
        return Ok(true);
    };
    let text = String::from_utf8_lossy(&content);
    match text.trim().parse() {
        Ok(FORMAT) => Ok(false),
        Ok(found) if found > FORMAT => Err(OpenError::NewerFormat {
            path: path.to_owned(),
            found,
        }),
        _ => Err(OpenError::UnknownFormat {
            path: path.to_owned(),
            found: text.chars().take(32).collect(),
        }),
    }
}

/// Opens the engine. The making of a database is not atomic: the format file is its last step, and a database
/// without it is put aside, since nothing in it was ever acknowledged.
fn open_database(directory: &DataDir, path: &Path) -> Result<Arc<dyn Engine>, OpenError> {
    let fresh = check_format(directory, path)?;
    if fresh {
        directory.set_aside(DATABASE_DIRECTORY)?;
    }
    let engine = open_engine(directory, path)?;
    if fresh {
        directory.write_atomic(FORMAT_FILE, format!("{FORMAT}\n").as_bytes())?;
    }
    Ok(engine)
}

fn open_engine(directory: &DataDir, path: &Path) -> Result<Arc<dyn Engine>, OpenError> {
    #[cfg(feature = "simulated")]
    if let Some(disk) = directory.simulated() {
        return Ok(Arc::new(crate::engine::SimulatedEngine::open(disk)));
    }
    let database = directory.path().unwrap_or(path).join(DATABASE_DIRECTORY);
    match LsmEngine::open(&database) {
        Ok(engine) => Ok(Arc::new(engine)),
        Err(error) => Err(OpenError::Database {
            path: database,
            source: Box::new(error),
        }),
    }
}

#[cfg(test)]
mod tests;
