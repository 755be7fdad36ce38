//! [`Time`] (whole seconds) and [`MicroTime`] (microseconds), as `k8s.io/apimachinery` writes them.

mod rfc3339;

pub use rfc3339::parse_rfc3339;

use crate::codec::{DecodeError, Mut, ProtobufError, Ref, Scalar, Value, json, wire};
use jiff::Timestamp;
use std::fmt;

/// Go's zero time, 0001-01-01T00:00:00Z, in seconds since 1970.
const ZERO_SECONDS: i64 = -62_135_596_800;
/// The first second of year 0, and the last of year 9999.
const YEAR_0_SECONDS: i64 = -62_167_219_200;
const YEAR_9999_SECONDS: i64 = 253_402_300_799;

/// A point in time in whole seconds. Default is Go's zero time, written as `null`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    seconds: i64,
}

/// A point in time in microseconds. Default is Go's zero time, written as `null`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MicroTime {
    micros: i64,
}

impl Time {
    /// From seconds since 1970.
    #[must_use]
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        Self { seconds }
    }
    /// Seconds since 1970.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.seconds
    }
    /// Whether it is Go's zero time.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.seconds == ZERO_SECONDS
    }
    /// From a system time, cut to the second.
    #[must_use]
    pub fn from_system_time(time: std::time::SystemTime) -> Self {
        Self {
            seconds: Timestamp::try_from(time).map_or(ZERO_SECONDS, Timestamp::as_second),
        }
    }
    /// As a system time.
    #[must_use]
    pub fn to_system_time(self) -> std::time::SystemTime {
        timestamp(self.seconds, 0).into()
    }
    /// Parses RFC 3339.
    ///
    /// # Errors
    /// In Go's words.
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        rfc3339::parse(text, None).map(|(seconds, _)| Self { seconds })
    }
}

impl MicroTime {
    /// From microseconds since 1970.
    #[must_use]
    pub const fn from_unix_micros(micros: i64) -> Self {
        Self { micros }
    }
    /// Microseconds since 1970.
    #[must_use]
    pub const fn unix_micros(self) -> i64 {
        self.micros
    }
    /// Whether it is Go's zero time.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.micros == ZERO_SECONDS * 1_000_000
    }
    /// From a system time, cut to the microsecond.
    #[must_use]
    pub fn from_system_time(time: std::time::SystemTime) -> Self {
        Timestamp::try_from(time).map_or_else(
            |_| Self::default(),
            |time| Self {
                micros: time.as_microsecond(),
            },
        )
    }
    /// As a system time.
    #[must_use]
    pub fn to_system_time(self) -> std::time::SystemTime {
        timestamp(self.micros.div_euclid(1_000_000), nanos_of(self.micros)).into()
    }
    /// Parses RFC 3339 with six digits of a second.
    ///
    /// # Errors
    /// In Go's words.
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        let (seconds, nanos) = rfc3339::parse(text, Some(6))?;
        Ok(Self::from_parts(seconds, nanos.into()))
    }
}

fn nanos_of(micros: i64) -> i32 {
    i32::try_from(micros.rem_euclid(1_000_000) * 1000).expect("below a second")
}

fn timestamp(seconds: i64, nanos: i32) -> Timestamp {
    Timestamp::new(seconds, nanos).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Default for Time {
    fn default() -> Self {
        Self {
            seconds: ZERO_SECONDS,
        }
    }
}
impl Default for MicroTime {
    fn default() -> Self {
        Self {
            micros: ZERO_SECONDS * 1_000_000,
        }
    }
}
/// RFC 3339 in UTC.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.text()).map_err(|_| fmt::Error)?)
    }
}

impl Time {
    /// Digits by hand: every object has several times, and formatting them is seen in profiles.
    fn text(self) -> [u8; 20] {
        // What no four digits of a year can say.
        let seconds = match self.seconds {
            seconds @ YEAR_0_SECONDS..=YEAR_9999_SECONDS => seconds,
            _ => 0,
        };
        let mut text = *b"0000-00-00T00:00:00Z";
        let mut put = |from: usize, to: usize, mut value: u64| {
            for digit in text[from..to].iter_mut().rev() {
                *digit = b'0' + (value % 10) as u8;
                value /= 10;
            }
        };
        let places = [(0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19)];
        for ((from, to), part) in places.into_iter().zip(rfc3339::civil(seconds)) {
            put(from, to, part.unsigned_abs());
        }
        text
    }
}

/// RFC 3339 in UTC with six digits of a second.
impl fmt::Display for MicroTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Time::from_unix_seconds(self.micros.div_euclid(1_000_000)).to_string();
        write!(
            f,
            "{}.{:06}Z",
            text.trim_end_matches('Z'),
            self.micros.rem_euclid(1_000_000)
        )
    }
}
impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl fmt::Debug for MicroTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

macro_rules! scalar {
    ($type:ident) => {
        impl Value for $type {
            fn view(&self) -> Ref<'_> {
                Ref::Scalar(self)
            }
            fn view_mut(&mut self) -> Mut<'_> {
                Mut::Scalar(self)
            }
        }
        impl Scalar for $type {
            fn is_zero(&self) -> bool {
                (*self).is_zero()
            }
            fn encode_json(&self, out: &mut Vec<u8>) {
                if self.is_zero() {
                    out.extend_from_slice(b"null");
                } else {
                    json::put_string(out, &self.to_string());
                }
            }
            fn decode_json(&mut self, reader: &mut json::Reader<'_>) -> Result<(), DecodeError> {
                *self = match reader.optional_string()? {
                    None => Self::default(),
                    Some(text) => Self::parse(&text)?,
                };
                Ok(())
            }
            fn encode_protobuf(&self, out: &mut Vec<u8>) {
                if !self.is_zero() {
                    let (seconds, nanos) = self.parts();
                    wire::put_varint_field(out, 1, wire::signed(seconds));
                    wire::put_varint_field(out, 2, wire::signed(nanos.into()));
                }
            }
            fn decode_protobuf(&mut self, body: &[u8]) -> Result<(), ProtobufError> {
                let (mut seconds, mut nanos) = (0, 0);
                if body.is_empty() {
                    *self = Self::default();
                    return Ok(());
                }
                let mut fields = wire::Fields::new("Timestamp", body);
                while let Some((number, wire)) = fields.next_field()? {
                    match (number, wire) {
                        (1, wire::Wire::Varint(value)) => seconds = value.cast_signed(),
                        (2, wire::Wire::Varint(value)) => nanos = value.cast_signed(),
                        (_, wire) => fields.skip(wire)?,
                    }
                }
                *self = Self::from_parts(seconds, nanos);
                Ok(())
            }
        }
    };
}
scalar!(Time);
scalar!(MicroTime);

impl Time {
    fn parts(self) -> (i64, i32) {
        (self.seconds, 0)
    }
    fn from_parts(seconds: i64, _nanos: i64) -> Self {
        Self { seconds }
    }
}
impl MicroTime {
    fn parts(self) -> (i64, i32) {
        (self.micros.div_euclid(1_000_000), nanos_of(self.micros))
    }
    fn from_parts(seconds: i64, nanos: i64) -> Self {
        Self {
            micros: seconds
                .saturating_mul(1_000_000)
                .saturating_add(nanos / 1000),
        }
    }
}

#[cfg(test)]
mod tests;
