//! What the writer, readers and watchers of one store share.

use super::state::State;
use super::{CompactionPace, Options};
use crate::engine::Engine;
use crate::{Event, KeyRange, Revision, StoreError};
use parking_lot::{Mutex, RwLock};
use platform::{Clock, DataDir, Platform, Rng, Tasks};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Waker;
use tokio::sync::Notify;

/// Shared by handle; the writer alone changes `state`.
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    pub(crate) rng: Rng,
    pub(crate) tasks: Tasks,
    pub(crate) options: Options,
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) state: RwLock<State>,
    pub(crate) pace: Mutex<CompactionPace>,
    /// How far compacted history has been removed from the disk.
    pub(crate) scrubbed: AtomicU64,
    pub(crate) scrub_wanted: Notify,
    revision: AtomicU64,
    watchers: Mutex<Watchers>,
    /// Keeps the directory locked until the store is closed.
    directory: Mutex<Option<DataDir>>,
}

/// Watches that wait for something to happen.
#[derive(Default)]
struct Watchers {
    slots: Vec<Option<Slot>>,
    free: Vec<usize>,
}

struct Slot {
    range: KeyRange,
    progress: bool,
    /// The watch has seen everything of its range up to here.
    seen: u64,
    /// Present while it waits.
    waker: Option<Waker>,
}

impl Shared {
    pub(crate) fn new(
        platform: &Platform,
        options: Options,
        directory: DataDir,
        engine: Arc<dyn Engine>,
        state: State,
        scrubbed: u64,
    ) -> Self {
        let shared = Self {
            clock: platform.clock.clone(),
            rng: platform.rng.clone(),
            tasks: platform.tasks.clone(),
            pace: Mutex::new(options.compaction),
            options,
            engine,
            revision: AtomicU64::new(state.revision),
            scrubbed: AtomicU64::new(scrubbed),
            scrub_wanted: Notify::new(),
            state: RwLock::new(state),
            watchers: Mutex::default(),
            directory: Mutex::new(Some(directory)),
        };
        shared.scrub_wanted.notify_one();
        shared
    }

    pub(crate) fn revision(&self) -> Revision {
        Revision(self.revision.load(Ordering::Acquire))
    }

    /// On the disk.
    pub(crate) fn size_bytes(&self) -> u64 {
        let directory = self.directory.lock();
        directory.as_ref().map_or(0, DataDir::size_bytes)
    }

    /// Announces `events`, which bring the newest revision from `before` to `revision`.
    pub(crate) fn announce(&self, before: u64, revision: u64, events: &[Event]) {
        self.revision.store(revision, Ordering::Release);
        let mut wakers = Vec::new();
        for slot in self.watchers.lock().slots.iter_mut().flatten() {
            if slot.waker.is_none() {
                continue;
            }
            if slot.progress
                || slot.seen < before
                || events.iter().any(|event| slot.range.contains(&event.key))
            {
                wakers.extend(slot.waker.take());
            } else {
                slot.seen = revision;
            }
        }
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Ends everything: watches wake to an error, the disk and its lock are let go.
    pub(crate) fn close(&self) {
        self.state.write().closed = true;
        self.engine.close();
        *self.directory.lock() = None;
        let wakers: Vec<_> = self
            .watchers
            .lock()
            .slots
            .iter_mut()
            .flatten()
            .filter_map(|slot| slot.waker.take())
            .collect();
        wakers.into_iter().for_each(Waker::wake);
    }

    pub(crate) fn register(&self, range: KeyRange, progress: bool, seen: u64) -> usize {
        let slot = Some(Slot {
            range,
            progress,
            seen,
            waker: None,
        });
        let mut watchers = self.watchers.lock();
        match watchers.free.pop() {
            Some(index) => {
                watchers.slots[index] = slot;
                index
            }
            None => {
                watchers.slots.push(slot);
                watchers.slots.len() - 1
            }
        }
    }

    pub(crate) fn unregister(&self, index: usize) {
        let mut watchers = self.watchers.lock();
        watchers.slots[index] = None;
        watchers.free.push(index);
    }

    /// Parks a watch that has seen everything up to `seen`; it must look at the state once more afterwards.
    pub(crate) fn park(&self, index: usize, seen: u64, waker: &Waker) {
        if let Some(slot) = &mut self.watchers.lock().slots[index] {
            slot.seen = seen;
            slot.waker = Some(waker.clone());
        }
    }

    /// Takes a watch out of waiting. Returns how far it has seen everything.
    pub(crate) fn unpark(&self, index: usize) -> u64 {
        self.watchers.lock().slots[index]
            .as_mut()
            .map_or(0, |slot| {
                slot.waker = None;
                slot.seen
            })
    }

    /// Runs work that reads the disk off the caller's thread.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Engine) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let engine = Arc::clone(&self.engine);
        let reading = self
            .tasks
            .spawn_blocking("store-read", move || work(&*engine));
        reading.await.unwrap_or_else(|error| {
            Err(StoreError::Io {
                action: "read",
                source: Arc::new(error),
            })
        })
    }
}
