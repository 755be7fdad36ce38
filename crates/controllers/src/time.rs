//! The wall clock in the API's seconds.

use meta::Time;
use platform::Platform;
use std::time::Duration;

pub(crate) fn now(platform: &Platform) -> Time {
    Time::from_unix_seconds(platform.clock.now().as_second())
}

/// `later - earlier` in seconds; negative when they are the other way round.
pub(crate) fn seconds_between(earlier: Time, later: Time) -> i64 {
    later.unix_seconds().saturating_sub(earlier.unix_seconds())
}

/// How long until `seconds` after `since`; zero when that has passed.
pub(crate) fn until(since: Time, seconds: i64, now: Time) -> Duration {
    let left = seconds.saturating_sub(seconds_between(since, now));
    Duration::from_secs(u64::try_from(left).unwrap_or(0))
}
