//! A disk in memory with a page cache: what was not synced can be lost in a crash, whole or in part.

use crate::Rng;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use tokio::sync::Notify;

/// A disk in memory. Clones are the same disk, so that a restarted process finds what the crashed one left.
#[derive(Clone, Debug)]
pub struct SimulatedDisk(Arc<Mutex<State>>);

/// An append-only file on a [`SimulatedDisk`].
#[derive(Clone, Debug)]
pub struct SimulatedLog {
    disk: SimulatedDisk,
    name: String,
}

#[derive(Debug)]
struct State {
    rng: Rng,
    locked: bool,
    files: BTreeMap<String, Vec<u8>>,
    logs: BTreeMap<String, Log>,
    capacity_bytes: usize,
    failing_syncs: u32,
    /// Appends and syncs until the power fails.
    power_left: u32,
    power_failed: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Log {
    bytes: Vec<u8>,
    synced_length: usize,
}

impl SimulatedDisk {
    /// An empty disk without bounds. `rng` decides how much of the unsynced bytes a crash leaves.
    #[must_use]
    pub fn new(rng: Rng) -> Self {
        Self(Arc::new(Mutex::new(State {
            rng,
            locked: false,
            files: BTreeMap::new(),
            logs: BTreeMap::new(),
            capacity_bytes: usize::MAX,
            failing_syncs: 0,
            power_left: u32::MAX,
            power_failed: Arc::default(),
        })))
    }

    /// From now on the disk is full when it holds so many bytes.
    pub fn set_capacity_bytes(&self, capacity_bytes: usize) {
        self.0.lock().capacity_bytes = capacity_bytes;
    }

    /// Bytes held now.
    #[must_use]
    pub fn used_bytes(&self) -> usize {
        self.0.lock().used_bytes()
    }

    /// Lets the next `count` syncs fail with an I/O error.
    pub fn fail_syncs(&self, count: u32) {
        self.0.lock().failing_syncs = count;
    }

    /// The power fails in the middle of the append or sync after so many: that one and all that follow fail, and
    /// change nothing that is synced, until [`SimulatedDisk::crash`].
    pub fn cut_power_after(&self, operations: u32) {
        self.0.lock().power_left = operations;
    }

    /// Whether the power has failed.
    #[must_use]
    pub fn is_without_power(&self) -> bool {
        self.0.lock().power_left == 0
    }

    /// Completes when the power has failed. One waits at a time.
    pub async fn power_failed(&self) {
        let failed = Arc::clone(&self.0.lock().power_failed);
        while !self.is_without_power() {
            failed.notified().await;
        }
    }

    /// Takes the power away: of what was not synced a random prefix stays, its last byte perhaps damaged;
    /// the lock is gone. The process that used the disk must be gone, too.
    pub fn crash(&self) {
        let mut state = self.0.lock();
        let rng = state.rng.clone();
        for log in state.logs.values_mut() {
            let unsynced = log.bytes.len() - log.synced_length;
            let kept = rng.below(u64::try_from(unsynced).expect("a length fits 64 bits") + 1);
            log.bytes.truncate(
                log.synced_length + usize::try_from(kept).expect("at most the unsynced length"),
            );
            if kept > 0 && rng.chance(1, 2) {
                *log.bytes
                    .last_mut()
                    .expect("at least one unsynced byte was kept") ^= 0x5a;
            }
            log.synced_length = log.bytes.len();
        }
        state.locked = false;
        state.power_left = u32::MAX;
    }

    /// The log `name`, made empty where there is none.
    #[must_use]
    pub fn log(&self, name: &str) -> SimulatedLog {
        self.0.lock().logs.entry(name.to_owned()).or_default();
        SimulatedLog {
            disk: self.clone(),
            name: name.to_owned(),
        }
    }

    pub(crate) fn lock(&self) -> Result<(), ()> {
        let mut state = self.0.lock();
        if state.locked {
            return Err(());
        }
        state.locked = true;
        Ok(())
    }

    pub(crate) fn unlock(&self) {
        self.0.lock().locked = false;
    }

    pub(crate) fn read_file(&self, name: &str) -> Option<Vec<u8>> {
        self.0.lock().files.get(name).cloned()
    }

    pub(crate) fn write_file(&self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut state = self.0.lock();
        state.spend_power()?;
        state.reserve(content.len())?;
        state.files.insert(name.to_owned(), content.to_vec());
        Ok(())
    }
}

impl SimulatedLog {
    /// Everything in the log, synced or not: what the process sees.
    #[must_use]
    pub fn read(&self) -> Vec<u8> {
        self.with(|log| log.bytes.clone())
    }

    /// Appends to the page cache.
    ///
    /// # Errors
    /// When the disk is full; then a part of the bytes may have been written, as on a real one.
    pub fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.0.lock();
        let powered = state.power_left > 0;
        let fits = state
            .spend_power()
            .and_then(|()| state.reserve(bytes.len()));
        let free = state.capacity_bytes.saturating_sub(state.used_bytes());
        let log = state
            .logs
            .get_mut(&self.name)
            .expect("a log is never removed");
        match fits {
            Ok(()) => log.bytes.extend_from_slice(bytes),
            // The first that finds no power gets as far as the page cache.
            Err(_) if powered => log.bytes.extend_from_slice(&bytes[..free.min(bytes.len())]),
            Err(_) => {}
        }
        fits
    }

    /// Makes everything appended survive a crash.
    ///
    /// # Errors
    /// As many times as [`SimulatedDisk::fail_syncs`] asked for.
    pub fn sync(&self) -> io::Result<()> {
        let mut state = self.disk.0.lock();
        state.spend_power()?;
        if state.failing_syncs > 0 {
            state.failing_syncs -= 1;
            return Err(io::Error::other("simulated failure of fdatasync"));
        }
        let log = state
            .logs
            .get_mut(&self.name)
            .expect("a log is never removed");
        log.synced_length = log.bytes.len();
        Ok(())
    }

    /// Cuts the log to `length` bytes, and makes that durable. Without power it does nothing.
    pub fn truncate(&self, length: usize) {
        if self.disk.is_without_power() {
            return;
        }
        self.with(|log| {
            log.bytes.truncate(length);
            log.synced_length = log.bytes.len();
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut Log) -> T) -> T {
        work(
            self.disk
                .0
                .lock()
                .logs
                .get_mut(&self.name)
                .expect("a log is never removed"),
        )
    }
}

impl State {
    fn used_bytes(&self) -> usize {
        self.files.values().map(Vec::len).sum::<usize>()
            + self.logs.values().map(|log| log.bytes.len()).sum::<usize>()
    }

    fn spend_power(&mut self) -> io::Result<()> {
        self.power_left = self.power_left.saturating_sub(1);
        if self.power_left == 0 {
            self.power_failed.notify_one();
            return Err(io::Error::other("simulated loss of power"));
        }
        Ok(())
    }

    fn reserve(&self, bytes: usize) -> io::Result<()> {
        if self.used_bytes().saturating_add(bytes) > self.capacity_bytes {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        Ok(())
    }
}
