//! [`Time`]: a point in time, of the years that CEL has. It must not be one of the library's timestamps, which end some hours early.

use jiff::{
    SignedDuration,
    civil::{DateTime, datetime},
    tz::{Offset, TimeZone},
};
use std::fmt;

const EPOCH: DateTime = datetime(1970, 1, 1, 0, 0, 0, 0);
/// Go's zero time.
const ZERO: DateTime = datetime(1, 1, 1, 0, 0, 0, 0);

/// A point in time of the years 1 to 9999, and how far east of UTC it was written: its parts and its text are of there.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    /// In UTC.
    at: DateTime,
    offset: Offset,
}

impl Time {
    /// The beginning of 1970.
    pub(super) const UNIX_EPOCH: Self = Self::utc(EPOCH);

    /// A date and time of UTC.
    pub(super) const fn utc(at: DateTime) -> Self {
        Self {
            at,
            offset: Offset::UTC,
        }
    }

    /// So long after 1970.
    pub(super) fn of_unix(seconds: i64, nanos: u32) -> Option<Self> {
        let nanos = i32::try_from(nanos).ok()?;
        Self::UNIX_EPOCH.moved(SignedDuration::new(seconds, nanos))
    }

    /// The same time as it is told elsewhere.
    pub(super) fn told_at(self, offset: Offset) -> Self {
        Self { offset, ..self }
    }

    pub(crate) fn is_zero(self) -> bool {
        self.at == ZERO
    }

    /// Later by so much.
    pub(crate) fn moved(self, by: SignedDuration) -> Option<Self> {
        let at = self.at.checked_add(by).ok()?;
        (at >= ZERO).then_some(Self { at, ..self })
    }

    /// How much later than the other.
    pub(crate) fn since(self, other: Self) -> SignedDuration {
        self.at.duration_since(other.at)
    }

    /// Whole seconds since 1970, rounded down.
    pub(crate) fn unix_seconds(self) -> i64 {
        let since = self.since(Self::UNIX_EPOCH);
        since.as_secs() - i64::from(since.subsec_nanos() < 0)
    }

    /// What a clock shows there; where it was written when no zone is given. `None` behind the last year.
    pub(crate) fn shown_in(self, zone: Option<&TimeZone>) -> Option<DateTime> {
        let offset = zone.map_or(self.offset, |zone| {
            let timestamp = Offset::UTC.to_timestamp(self.at);
            zone.to_offset(timestamp.unwrap_or(jiff::Timestamp::MAX))
        });
        let east = i64::from(offset.seconds());
        self.at.checked_add(SignedDuration::from_secs(east)).ok()
    }

    /// In UTC, wherever it was written.
    pub(crate) fn utc_text(self) -> String {
        format!("{}Z", self.at)
    }
}

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.at.cmp(&other.at))
    }
}

/// RFC 3339, in the zone that it was written in, with as many digits as there are.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shown_in(None) {
            Some(there) if !self.offset.is_zero() => {
                let minutes = self.offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
                write!(f, "{there}{sign}{hours:02}:{minutes:02}")
            }
            _ => f.write_str(&self.utc_text()),
        }
    }
}
