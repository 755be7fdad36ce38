//! Waking watches: at once where few are to be woken or little happens, together where many have much to send.
use super::watcher::Wakers;
use platform::{Clock, Monotonic};
use std::{future::pending, task::Waker, time::Duration};

/// Waking fewer than these costs less than it helps to wait.
const MANY: usize = 32;
/// For how long many watches wait for what else is committed.
const GATHERED: Duration = Duration::from_millis(4);
/// Many that were last woken longer ago than this do not wait.
const BUSY: Duration = Duration::from_millis(20);

/// Watches whose events are in their queues, and when they are to look.
pub(super) struct Wakes {
    clock: Clock,
    wakers: Wakers,
    /// When those that wait are woken at the latest.
    due: Option<Monotonic>,
    /// When many were last woken.
    woken: Option<Monotonic>,
}

impl Wakes {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            wakers: Wakers::new(),
            due: None,
            woken: None,
        }
    }

    pub(super) fn wakers(&mut self) -> &mut Wakers {
        &mut self.wakers
    }

    /// All events of a commit are in their queues.
    pub(super) fn committed(&mut self) {
        if self.wakers.len() < MANY {
            return self.wake();
        }
        let now = self.clock.monotonic();
        match (self.due, self.woken) {
            (Some(due), _) if now < due => {}
            (None, Some(woken)) if now.since(woken) < BUSY => self.due = Some(now + GATHERED),
            _ => self.wake(),
        }
    }

    pub(super) fn wake(&mut self) {
        if self.wakers.len() >= MANY {
            self.woken = Some(self.clock.monotonic());
        }
        self.due = None;
        self.wakers.drain(..).for_each(Waker::wake);
    }

    /// Waits until those that wait are due. Dropping the future loses nothing.
    pub(super) async fn due(&self) {
        match self.due {
            Some(due) => self.clock.sleep_until(due).await,
            None => pending().await,
        }
    }
}
