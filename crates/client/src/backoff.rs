//! Exponential back-off with jitter: a pure calculation, the waiting is the caller's.

use std::time::Duration;

/// Grows from `first` by `factor` up to `max`; each wait is spread upwards by `jitter`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backoff {
    pub first: Duration,
    pub max: Duration,
    /// How much each failure multiplies the wait.
    pub factor: f64,
    /// 1.0 spreads a wait of `d` over `d..2d`; 0.0 keeps it.
    pub jitter: f64,
}

impl Backoff {
    /// client-go's reflector: 800 ms to 30 s, doubling, fully jittered.
    pub const REFLECTOR: Self = Self {
        first: Duration::from_millis(800),
        max: Duration::from_secs(30),
        factor: 2.0,
        jitter: 1.0,
    };
    /// client-go's default work queue limiter: 5 ms to 1,000 s, doubling.
    pub const QUEUE: Self = Self {
        first: Duration::from_millis(5),
        max: Duration::from_secs(1000),
        factor: 2.0,
        jitter: 0.1,
    };
    /// client-go's `retry.DefaultRetry`, for conflicts: 10 ms, hardly growing.
    pub const CONFLICT: Self = Self {
        first: Duration::from_millis(10),
        max: Duration::from_secs(1),
        factor: 1.0,
        jitter: 0.1,
    };

    /// The wait after `failures` failures in a row (0 is the first). `random` is uniform in `0..1`.
    #[must_use]
    pub fn delay(&self, failures: u32, random: f64) -> Duration {
        let exponent = i32::try_from(failures.min(64)).unwrap_or(64);
        let grown = self.first.as_secs_f64() * self.factor.powi(exponent);
        let capped = grown.min(self.max.as_secs_f64());
        Duration::from_secs_f64(capped * (1.0 + self.jitter * random.clamp(0.0, 1.0)))
    }
}

#[cfg(test)]
mod tests;
