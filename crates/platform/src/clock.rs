//! Time: what the wall shows, what has passed, and waiting for either.

use jiff::Timestamp;
use std::fmt;
use std::future::Future;
use std::ops::{Add, Sub};
use std::time::Duration;
use tokio::time::Instant;

/// Source of time. The wall clock may jump; [`Monotonic`] never goes back.
#[derive(Clone)]
pub struct Clock {
    origin: Instant,
    wall: Wall,
}

#[derive(Clone)]
enum Wall {
    Real,
    /// The wall time at `origin`; it advances with the virtual clock alone.
    #[cfg(feature = "simulated")]
    Simulated(Timestamp),
}

/// A moment on the clock that never goes back, counted from the making of its [`Clock`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Monotonic(Duration);

/// A deadline passed before the future was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("deadline has passed")]
pub struct Elapsed;

impl Clock {
    /// The machine's clocks.
    #[must_use]
    pub fn real() -> Self {
        Self {
            origin: Instant::now(),
            wall: Wall::Real,
        }
    }

    /// Virtual time that begins at `start` and follows tokio's paused clock.
    #[cfg(feature = "simulated")]
    pub(crate) fn simulated(start: Timestamp) -> Self {
        Self {
            origin: Instant::now(),
            wall: Wall::Simulated(start),
        }
    }

    /// What the wall clock shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.wall {
            Wall::Real => Timestamp::now(),
            #[cfg(feature = "simulated")]
            Wall::Simulated(start) => *start + self.monotonic().0,
        }
    }

    /// The present moment for measuring and for deadlines.
    #[must_use]
    pub fn monotonic(&self) -> Monotonic {
        Monotonic(self.origin.elapsed())
    }

    /// Completes once `duration` has passed. Resolution is a millisecond.
    pub fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        self.sleep_until(self.monotonic() + duration)
    }

    /// Completes at `deadline`, or at once when it has passed.
    pub fn sleep_until(&self, deadline: Monotonic) -> impl Future<Output = ()> + Send + 'static {
        tokio::time::sleep_until(self.origin + deadline.0)
    }

    /// Runs `future` for at most `duration`; drops it when time is up.
    ///
    /// # Errors
    /// [`Elapsed`] when `duration` passed first.
    pub async fn timeout<F: Future>(
        &self,
        duration: Duration,
        future: F,
    ) -> Result<F::Output, Elapsed> {
        tokio::time::timeout(duration, future)
            .await
            .map_err(|_| Elapsed)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("monotonic", &self.monotonic())
            .finish_non_exhaustive()
    }
}

impl Monotonic {
    /// The moment at which the clock was made.
    pub const START: Self = Self(Duration::ZERO);

    /// Time passed since `earlier`; zero when `earlier` lies ahead.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Monotonic {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration))
    }
}

impl Sub<Duration> for Monotonic {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(duration))
    }
}
