//! A work queue of keys: deduplicated, one worker per key at a time, delays and back-off by a heap of deadlines.
//!
//! The contract is client-go's `workqueue`: a key that is added while it is being worked on comes again when
//! that is done; a key that is added twice before it is taken comes once. So the queue is never longer than
//! there are keys, and needs no further bound. It never polls: with nothing due, nothing runs.

mod counts;
mod state;

pub use self::counts::Queues;
use self::state::State;
use crate::backoff::Backoff;
use parking_lot::Mutex;
use platform::{Monotonic, Platform};
use std::{fmt, hash::Hash, ops::Deref, sync::Arc, time::Duration};
use tokio::sync::Notify;

/// Cheap to clone; clones are the same queue.
pub struct Queue<T: Key>(Arc<Inner<T>>);

/// What can be queued.
pub trait Key: Clone + Eq + Hash + fmt::Debug + Send + Sync + 'static {}

impl<T: Clone + Eq + Hash + fmt::Debug + Send + Sync + 'static> Key for T {}

struct Inner<T: Key> {
    state: Mutex<State<T>>,
    wake: Notify,
    platform: Platform,
    backoff: Backoff,
}

/// A key that is being worked on until this is dropped.
#[derive(Debug)]
pub struct Taken<T: Key> {
    queue: Queue<T>,
    key: T,
}

impl<T: Key> Queue<T> {
    #[must_use]
    pub fn new(platform: Platform, backoff: Backoff) -> Self {
        Self(Arc::new(Inner::new(platform, backoff, State::default())))
    }

    /// One that is told of among `queues`, under a name of its own.
    #[must_use]
    pub fn counted(
        platform: Platform,
        backoff: Backoff,
        queues: &Queues,
        name: &'static str,
    ) -> Self {
        let state = State::counted(queues.of(name));
        let queue = Arc::new(Inner::new(platform, backoff, state));
        queues.show(name, &queue);
        Self(queue)
    }

    /// Makes `key` ready, unless it is already.
    pub fn add(&self, key: T) {
        let now = self.0.now();
        if self.0.state.lock().add(key, now) {
            self.0.wake.notify_one();
        }
    }

    /// Makes `key` ready in `delay`, or earlier when it already waits for an earlier moment.
    pub fn add_after(&self, key: T, delay: Duration) {
        self.0.state.lock().retries();
        if delay.is_zero() {
            return self.add(key);
        }
        let at = self.0.now() + delay;
        if self.0.state.lock().add_at(key, at) {
            self.0.wake.notify_one();
        }
    }

    /// Makes `key` ready after its back-off, which grows with each call until [`Self::forget`].
    /// Answers how long that is.
    pub fn retry(&self, key: T) -> Duration {
        let failures = self.0.state.lock().failed(&key);
        let delay = self.0.backoff.delay(failures, fraction(&self.0.platform));
        self.add_after(key, delay);
        delay
    }

    /// How often `key` has been retried in a row.
    #[must_use]
    pub fn failures(&self, key: &T) -> u32 {
        self.0.state.lock().failures(key)
    }

    /// The key went well: its back-off begins anew.
    pub fn forget(&self, key: &T) {
        self.0.state.lock().forget(key);
    }

    /// The next key; `None` once the queue is closed. Cancel-safe.
    pub async fn next(&self) -> Option<Taken<T>> {
        loop {
            let woken = self.0.wake.notified();
            let deadline = {
                let mut state = self.0.state.lock();
                if state.is_closed() {
                    self.0.wake.notify_one();
                    return None;
                }
                let now = self.0.now();
                state.promote(now);
                if let Some(key) = state.take(now) {
                    if state.has_ready() {
                        self.0.wake.notify_one();
                    }
                    return Some(Taken {
                        queue: self.clone(),
                        key,
                    });
                }
                state.next_deadline()
            };
            match deadline {
                None => woken.await,
                Some(at) => tokio::select! {
                biased;
                        () = woken => {}
                        () = self.0.platform.clock.sleep_until(at) => {}
                    },
            }
        }
    }

    /// Every [`Self::next`], waiting or to come, answers `None`.
    pub fn close(&self) {
        self.0.state.lock().close();
        self.0.wake.notify_one();
    }

    /// Keys that are ready, not those being worked on or delayed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.state.lock().ready_len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn done(&self, key: &T) {
        let now = self.0.now();
        if self.0.state.lock().done(key, now) {
            self.0.wake.notify_one();
        }
    }
}

impl<T: Key> Inner<T> {
    fn new(platform: Platform, backoff: Backoff, state: State<T>) -> Self {
        Self {
            state: Mutex::new(state),
            wake: Notify::new(),
            platform,
            backoff,
        }
    }

    fn now(&self) -> Monotonic {
        self.platform.clock.monotonic()
    }
}

/// Uniform in `0..1`, in steps of a thousandth: enough for jitter.
pub(crate) fn fraction(platform: &Platform) -> f64 {
    let thousandths = u32::try_from(platform.rng.below(1000)).expect("below a thousand");
    f64::from(thousandths) / 1000.0
}

impl<T: Key> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Key> fmt::Debug for Queue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue")
            .field("ready", &self.len())
            .finish_non_exhaustive()
    }
}

impl<T: Key> Deref for Taken<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.key
    }
}

impl<T: Key> Drop for Taken<T> {
    fn drop(&mut self) {
        self.queue.done(&self.key);
    }
}

#[cfg(test)]
mod tests;
