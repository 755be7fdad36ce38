//! Growing delays between attempts, with client-go's rules: doubled at each use, forgotten after quiet time.

use platform::Monotonic;
use std::time::Duration;

/// CrashLoopBackOff: 10 s to 300 s.
pub(crate) const CRASH: Limits = Limits {
    first: Duration::from_secs(10),
    last: Duration::from_secs(300),
};
/// ImagePullBackOff: 10 s to 300 s.
pub(crate) const PULL: Limits = CRASH;
/// Between attempts to make a sandbox or to mount volumes: short at first, as upstream's volume retries.
pub(crate) const SETUP: Limits = Limits {
    first: Duration::from_millis(500),
    last: Duration::from_secs(122),
};

/// The first and the largest delay.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) first: Duration,
    pub(crate) last: Duration,
}

/// The delay in force, and when it was last raised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BackOff(Option<(Duration, Monotonic)>);

impl BackOff {
    /// When the next attempt may be made after one that ended at `ended`; `None` for at once.
    pub(crate) fn until(&self, ended: Monotonic, limits: Limits) -> Option<(Monotonic, Duration)> {
        let (delay, raised) = self.0?;
        (ended.since(raised) <= limits.last * 2).then(|| (ended + delay, delay))
    }

    /// Raises the delay, because an attempt is made now after one that ended at `ended`.
    pub(crate) fn raise(&mut self, ended: Monotonic, now: Monotonic, limits: Limits) -> Duration {
        let delay = match self.0 {
            Some((delay, raised)) if ended.since(raised) <= limits.last * 2 => {
                (delay * 2).min(limits.last)
            }
            _ => limits.first,
        };
        self.0 = Some((delay, now));
        delay
    }
}
