//! The one that writes: takes what is queued, decides it, commits it with one sync, publishes, answers.

use super::leases::Leases;
use super::load::Loaded;
use super::scrub::Step;
use super::shared::Shared;
use super::stage::Stage;
use crate::engine::{Batch, Row};
use crate::{Durability, LeaseId, LeaseStatus, Revision, StoreError, Txn, TxnResponse};
use bytes::Bytes;
use platform::Monotonic;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Transactions and bytes that share one sync.
const GROUP_TXNS_MAX: usize = 512;
const GROUP_BYTES_MAX: usize = 2 * 1024 * 1024;
/// How often the writer steps aside for clients that it has just answered, to share the next sync with them.
const GATHER_TURNS_MAX: usize = 64;
/// Relaxed writes that may wait for a sync; one more brings one about.
const PENDING_ITEMS_MAX: usize = 4096;
const PENDING_BYTES_MAX: usize = 1024 * 1024;
/// How far ahead revisions are reserved for relaxed writes.
const RESERVED_AHEAD: u64 = 16 * 1024;
const LEASES_MAX: usize = 1_000_000;
/// Keys of an ending lease that are deleted in one transaction.
const LEASE_KEYS_MAX: usize = 512;
/// How long a lease whose end could not be written lives on, and a flush that failed waits.
const RETRY_AFTER: Duration = Duration::from_secs(10);
const TTL_MIN: Duration = Duration::from_secs(1);

pub(crate) type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// All that can be asked of the writer.
pub(crate) enum Command {
    Txn {
        txn: Txn,
        reply: Reply<TxnResponse>,
    },
    Compact {
        revision: u64,
        reply: Reply<()>,
    },
    Scrub {
        step: Step,
        reply: Reply<()>,
    },
    Grant {
        id: Option<LeaseId>,
        ttl: Duration,
        reply: Reply<LeaseStatus>,
    },
    KeepAlive {
        id: LeaseId,
        reply: Reply<LeaseStatus>,
    },
    Revoke {
        id: LeaseId,
        reply: Reply<Revision>,
    },
    Status {
        id: LeaseId,
        reply: Reply<LeaseStatus>,
    },
    LeaseKeys {
        id: LeaseId,
        reply: Reply<Vec<Bytes>>,
    },
    Close {
        reply: Reply<()>,
    },
}

/// All that wakes the writer.
enum Event {
    Command(Command),
    Timer,
    /// Every handle is gone.
    Abandoned,
}

pub(crate) struct Writer {
    shared: Arc<Shared>,
    queue: mpsc::Receiver<Command>,
    /// A command that was taken off the queue and did not fit the group.
    leftover: Option<Command>,
    /// How many transactions the last group held.
    last_group: usize,
    leases: Leases,
    /// Revisions up to here may be given to relaxed writes.
    reserved: u64,
    /// Relaxed writes have been seen since the start, so that reserving ahead is worth it.
    relaxed_in_use: bool,
    /// Published, not on disk yet.
    pending: Batch,
    pending_bytes: usize,
    /// When `pending` goes to disk even if nothing else does.
    flush_at: Option<Monotonic>,
    timer: Option<Timer>,
}

/// A timer that is set, and for when.
struct Timer {
    deadline: Monotonic,
    sleep: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// Transactions decided together.
struct Group {
    stage: Stage,
    durable: bool,
    replies: VecDeque<(Reply<TxnResponse>, TxnResponse)>,
}

impl Writer {
    pub(crate) fn new(shared: Arc<Shared>, queue: mpsc::Receiver<Command>, loaded: Loaded) -> Self {
        let now = shared.clock.monotonic();
        let mut leases = Leases::default();
        let wall = wall_ms(&shared);
        for lease in &loaded.leases {
            leases.insert(lease.id, lease.ttl, now + lease.remaining(wall));
        }
        for (key, current) in &shared.state.read().values {
            if let Some(id) = current.lease {
                leases.attach(id, key.clone());
            }
        }
        Self {
            shared,
            queue,
            leftover: None,
            last_group: 0,
            leases,
            reserved: loaded.reserved,
            relaxed_in_use: false,
            pending: Batch::default(),
            pending_bytes: 0,
            flush_at: None,
            timer: None,
        }
    }

    /// Serves until the store is closed or every handle is gone.
    pub(crate) async fn run(mut self) {
        loop {
            match self.next_event().await {
                Event::Command(Command::Txn { txn, reply }) => self.run_group(txn, reply),
                Event::Command(Command::Close { reply }) => {
                    // The asker may have gone; the store closes all the same.
                    let _ = reply.send(self.close());
                    return;
                }
                Event::Command(command) => self.run_command(command),
                Event::Timer => self.on_timer(),
                Event::Abandoned => {
                    if let Err(error) = self.close() {
                        tracing::warn!(%error, "failed to write the last renewals while closing the store");
                    }
                    return;
                }
            }
        }
    }

    async fn next_event(&mut self) -> Event {
        if let Some(command) = self.leftover.take() {
            return Event::Command(command);
        }
        if let Ok(command) = self.queue.try_recv() {
            return Event::Command(command);
        }
        self.arm_timer();
        let timer = async {
            match &mut self.timer {
                Some(timer) => timer.sleep.as_mut().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            command = self.queue.recv() => command.map_or(Event::Abandoned, Event::Command),
            () = timer => {
                self.timer = None;
                Event::Timer
            }
        }
    }

    /// Keeps one timer at the nearest deadline, and touches it only when that has changed.
    fn arm_timer(&mut self) {
        let deadline = [self.flush_at, self.leases.next_deadline()]
            .into_iter()
            .flatten()
            .min();
        if self.timer.as_ref().map(|timer| timer.deadline) != deadline {
            let clock = &self.shared.clock;
            self.timer = deadline.map(|deadline| Timer {
                deadline,
                sleep: Box::pin(clock.sleep_until(deadline)),
            });
        }
    }

    fn on_timer(&mut self) {
        let now = self.shared.clock.monotonic();
        if self.flush_at.is_some_and(|flush_at| flush_at <= now)
            && let Err(error) = self.commit(Batch::default())
        {
            tracing::warn!(%error, "failed to write renewals; trying again");
            self.flush_at = Some(now + RETRY_AFTER);
        }
        // One at a time, so that writes queued meanwhile are served in between.
        if let Some(id) = self.leases.ended(now)
            && let Err(error) = self.end_lease(id)
        {
            tracing::warn!(%error, lease = id.0, "failed to delete the keys of an ended lease; trying again");
            self.leases.postpone(id, now + RETRY_AFTER);
        }
    }

    fn run_group(&mut self, txn: Txn, reply: Reply<TxnResponse>) {
        let mut group = Group {
            stage: Stage::new(self.shared.revision().0),
            durable: false,
            replies: VecDeque::new(),
        };
        let shared = Arc::clone(&self.shared);
        let state = shared.state.read();
        let mut next = Some(Command::Txn { txn, reply });
        while let Some(command) = next.take() {
            let Command::Txn { txn, reply } = command else {
                self.leftover = Some(command);
                break;
            };
            let before = group.stage.revision;
            match group
                .stage
                .txn(&state, &self.leases, &txn, shared.options.txn_bytes_max)
            {
                Ok(response) => {
                    group.durable |=
                        group.stage.revision > before && txn.durability == Durability::Durable;
                    group.replies.push_back((reply, response));
                }
                Err(error) => answer(reply, Err(error)),
            }
            if group.replies.len() < GROUP_TXNS_MAX && group.stage.bytes < GROUP_BYTES_MAX {
                next = self.next_of_group(group.replies.len());
            }
        }
        drop(state);
        self.last_group = group.replies.len();
        self.finish_group(group);
    }

    /// What is queued; or what clients of the last group send while the writer steps aside for a moment.
    fn next_of_group(&mut self, length: usize) -> Option<Command> {
        for _ in 0..GATHER_TURNS_MAX {
            if let Ok(command) = self.queue.try_recv() {
                return Some(command);
            }
            if length >= self.last_group {
                return None;
            }
            std::thread::yield_now();
        }
        None
    }

    fn finish_group(&mut self, group: Group) {
        let Group {
            stage,
            durable,
            replies,
        } = group;
        match self.write(stage, durable, Vec::new()) {
            Ok(()) => replies
                .into_iter()
                .for_each(|(reply, response)| answer(reply, Ok(response))),
            Err(error) => replies
                .into_iter()
                .for_each(|(reply, _)| answer(reply, Err(error.clone()))),
        }
    }

    /// Makes a stage true: on disk first if it is to be durable, then in memory and for watchers.
    fn write(&mut self, stage: Stage, durable: bool, rows: Vec<Row>) -> Result<(), StoreError> {
        let Stage {
            revision,
            changes,
            records,
            bytes,
            ..
        } = stage;
        if changes.is_empty() && rows.is_empty() {
            return Ok(());
        }
        self.relaxed_in_use |= !durable;
        let full = self.pending.records.len() + self.pending.removed.len() >= PENDING_ITEMS_MAX
            || self.pending_bytes >= PENDING_BYTES_MAX;
        let batch = Batch {
            records,
            rows,
            ..Batch::default()
        };
        let journaled = durable || full || revision > self.reserved;
        if journaled {
            self.commit_through(batch, revision)?;
        } else {
            self.add_pending(batch, bytes);
        }
        let before = self.shared.revision().0;
        let events = {
            let mut state = self.shared.state.write();
            if journaled {
                state.journaled = revision;
            }
            state.apply(changes, revision)
        };
        for event in events.iter() {
            self.leases.observe(event);
        }
        self.shared.announce(before, revision, &events);
        Ok(())
    }

    /// Commits rows alone, with all that is pending.
    fn commit(&mut self, batch: Batch) -> Result<(), StoreError> {
        let revision = self.shared.revision().0;
        self.commit_through(batch, revision)?;
        self.shared.state.write().journaled = revision;
        Ok(())
    }

    /// Commits what is pending and then `batch`, which brings the store to `revision`.
    fn commit_through(&mut self, mut batch: Batch, revision: u64) -> Result<(), StoreError> {
        let reserve = self.relaxed_in_use && revision + RESERVED_AHEAD / 4 > self.reserved;
        if reserve {
            batch.rows.push(Row::Reserved(revision + RESERVED_AHEAD));
        }
        let mut whole = std::mem::take(&mut self.pending);
        let pending = [whole.records.len(), whole.removed.len(), whole.rows.len()];
        whole.records.append(&mut batch.records);
        whole.removed.append(&mut batch.removed);
        whole.rows.append(&mut batch.rows);
        if whole.is_empty() {
            self.flush_at = None;
            return Ok(());
        }
        if let Err(error) = self.shared.engine.commit(&whole) {
            whole.records.truncate(pending[0]);
            whole.removed.truncate(pending[1]);
            whole.rows.truncate(pending[2]);
            self.pending = whole;
            return Err(error);
        }
        if reserve {
            self.reserved = revision + RESERVED_AHEAD;
        }
        self.pending_bytes = 0;
        self.flush_at = None;
        Ok(())
    }

    fn add_pending(&mut self, mut batch: Batch, bytes: usize) {
        self.pending.records.append(&mut batch.records);
        self.pending.removed.append(&mut batch.removed);
        self.pending.rows.append(&mut batch.rows);
        self.pending_bytes += bytes;
        let flush_at = self.shared.clock.monotonic() + self.shared.options.relaxed_flush_after;
        self.flush_at.get_or_insert(flush_at);
    }

    fn run_command(&mut self, command: Command) {
        let now = self.shared.clock.monotonic();
        match command {
            Command::Compact { revision, reply } => answer(reply, self.compact(revision)),
            Command::Scrub { step, reply } => answer(reply, self.scrub(step)),
            Command::Grant { id, ttl, reply } => answer(reply, self.grant(id, ttl)),
            Command::KeepAlive { id, reply } => {
                answer(reply, self.keep_alive(id));
            }
            Command::Revoke { id, reply } => {
                let found = self.leases.contains(id);
                let result = if found {
                    self.end_lease(id)
                } else {
                    Err(StoreError::LeaseNotFound { id })
                };
                answer(reply, result.map(|()| self.shared.revision()));
            }
            Command::Status { id, reply } => {
                answer(
                    reply,
                    self.leases
                        .status(id, now)
                        .ok_or(StoreError::LeaseNotFound { id }),
                );
            }
            Command::LeaseKeys { id, reply } => {
                let keys = self.leases.keys(id).map(|keys| keys.cloned().collect());
                answer(reply, keys.ok_or(StoreError::LeaseNotFound { id }));
            }
            Command::Txn { .. } | Command::Close { .. } => {
                unreachable!("the loop keeps these for itself")
            }
        }
    }

    fn compact(&mut self, revision: u64) -> Result<(), StoreError> {
        {
            let state = self.shared.state.read();
            if revision > state.revision {
                return Err(StoreError::FutureRevision {
                    current: Revision(state.revision),
                });
            }
            if revision <= state.compacted {
                return Err(StoreError::Compacted {
                    compacted: Revision(state.compacted),
                });
            }
        }
        self.commit(Batch {
            rows: vec![Row::Compacted(revision)],
            ..Batch::default()
        })?;
        let mut state = self.shared.state.write();
        state.compacted = revision;
        let journaled = state.journaled;
        state.window.forget(revision, journaled);
        drop(state);
        self.shared.scrub_wanted.notify_one();
        Ok(())
    }

    /// Removes history that nobody can ask for any more. It needs no sync of its own: lost, it is done again.
    fn scrub(&mut self, step: Step) -> Result<(), StoreError> {
        let Step { removed, scrubbed } = step;
        let batch = Batch {
            removed,
            rows: vec![Row::Scrubbed(scrubbed)],
            ..Batch::default()
        };
        if self.pending.removed.len() + batch.removed.len() > PENDING_ITEMS_MAX {
            self.commit(batch)?;
        } else {
            self.add_pending(batch, 0);
        }
        self.shared.scrubbed.store(scrubbed, Ordering::Release);
        Ok(())
    }

    fn grant(&mut self, id: Option<LeaseId>, ttl: Duration) -> Result<LeaseStatus, StoreError> {
        let id = id.unwrap_or_else(|| self.unused_lease_id());
        if self.leases.contains(id) {
            return Err(StoreError::LeaseExists { id });
        }
        if self.leases.len() >= LEASES_MAX {
            return Err(StoreError::TooMany {
                what: "leases",
                max: LEASES_MAX,
            });
        }
        let ttl = ttl.max(TTL_MIN);
        let deadline = self.write_lease(id, ttl)?;
        self.leases.insert(id, ttl, deadline);
        Ok(LeaseStatus {
            id,
            ttl,
            remaining: ttl,
        })
    }

    fn keep_alive(&mut self, id: LeaseId) -> Result<LeaseStatus, StoreError> {
        let ttl = self.leases.ttl(id);
        let ttl = ttl.ok_or(StoreError::LeaseNotFound { id })?;
        let deadline = self.write_lease(id, ttl)?;
        self.leases.postpone(id, deadline);
        Ok(LeaseStatus {
            id,
            ttl,
            remaining: ttl,
        })
    }

    /// A lease that begins now. Answers when it ends.
    fn write_lease(&mut self, id: LeaseId, ttl: Duration) -> Result<Monotonic, StoreError> {
        let ttl_ms = u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX);
        let ends = wall_ms(&self.shared).saturating_add(ttl_ms);
        let row = Row::Lease {
            id: id.0,
            ttl_ms,
            ends_unix_ms: Some(ends),
        };
        self.commit(Batch {
            rows: vec![row],
            ..Batch::default()
        })?;
        Ok(self.shared.clock.monotonic() + ttl)
    }

    fn unused_lease_id(&self) -> LeaseId {
        loop {
            let id = LeaseId((self.shared.rng.u64() >> 1).cast_signed());
            if id.0 != 0 && !self.leases.contains(id) {
                return id;
            }
        }
    }

    /// Deletes the lease's keys, in bounded transactions, and with the last of them the lease.
    fn end_lease(&mut self, id: LeaseId) -> Result<(), StoreError> {
        loop {
            let keys: Vec<Bytes> = self.leases.keys(id).map_or(Vec::new(), |keys| {
                keys.take(LEASE_KEYS_MAX).cloned().collect()
            });
            let last = keys.len() < LEASE_KEYS_MAX;
            let before = self.shared.revision().0;
            let mut stage = Stage::new(before);
            {
                let state = self.shared.state.read();
                for key in &keys {
                    stage.delete(&state, before, key);
                }
            }
            let rows = if last {
                vec![Row::LeaseGone { id: id.0 }]
            } else {
                Vec::new()
            };
            self.write(stage, true, rows)?;
            if last {
                self.leases.remove(id);
                return Ok(());
            }
        }
    }

    /// Writes what is pending, says that no revision was lost, and ends the store.
    fn close(&mut self) -> Result<(), StoreError> {
        let revision = self.shared.revision().0;
        self.relaxed_in_use = false;
        let rows = if self.reserved > revision {
            vec![Row::Reserved(0)]
        } else {
            Vec::new()
        };
        let result = self.commit(Batch {
            rows,
            ..Batch::default()
        });
        self.shared.close();
        result
    }
}

fn answer<T>(reply: Reply<T>, result: Result<T, StoreError>) {
    // Whoever asked may have gone; what was decided stays.
    let _ = reply.send(result);
}

/// The wall clock in milliseconds since 1970: the only one that goes on while the store is closed.
fn wall_ms(shared: &Shared) -> u64 {
    u64::try_from(shared.clock.now().as_millisecond()).unwrap_or(0)
}
