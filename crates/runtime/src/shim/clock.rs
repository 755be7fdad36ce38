//! Time for a process without an async runtime.

use nix::time::{ClockId, clock_gettime};

/// Nanoseconds since 1970.
pub(super) fn wall_ns() -> i64 {
    nanoseconds(ClockId::CLOCK_REALTIME)
}

/// Milliseconds on a clock that never jumps.
pub(super) fn monotonic_ms() -> i64 {
    nanoseconds(ClockId::CLOCK_MONOTONIC) / 1_000_000
}

fn nanoseconds(clock: ClockId) -> i64 {
    let time = clock_gettime(clock).expect("both clocks exist on every Linux");
    time.tv_sec() * 1_000_000_000 + time.tv_nsec()
}

/// `2006-01-02T15:04:05.999999999Z`, as log lines carry it.
pub(super) fn rfc3339(wall_ns: i64, out: &mut Vec<u8>) {
    use std::io::Write;
    let (seconds, nanoseconds) = (
        wall_ns.div_euclid(1_000_000_000),
        wall_ns.rem_euclid(1_000_000_000),
    );
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    write!(
        out,
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanoseconds:09}Z"
    )
    .expect("a vector grows");
}

/// `20060102-150405`, as rotated log files are named.
pub(super) fn compact(wall_ns: i64) -> String {
    let seconds = wall_ns.div_euclid(1_000_000_000);
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    format!(
        "{year:04}{month:02}{day:02}-{:02}{:02}{:02}",
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60
    )
}

/// The proleptic Gregorian date of a day since 1970, counted in eras of 400 years that begin in March.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests;
