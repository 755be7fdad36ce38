//! [`Time`] (whole seconds) and [`MicroTime`] (microseconds), as `k8s.io/apimachinery` writes them.

use crate::codec::{DecodeError, Mut, ProtobufError, Ref, Scalar, Value, json, wire};
use jiff::{Timestamp, tz};
use std::fmt;

/// Go's zero time, 0001-01-01T00:00:00Z, in seconds since 1970.
const ZERO_SECONDS: i64 = -62_135_596_800;

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
        parse(text, None).map(|time| Self {
            seconds: time.as_second(),
        })
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
        parse(text, Some(6)).map(|time| Self {
            micros: time.as_microsecond(),
        })
    }
}

fn nanos_of(micros: i64) -> i32 {
    i32::try_from(micros.rem_euclid(1_000_000) * 1000).expect("below a second")
}

fn timestamp(seconds: i64, nanos: i32) -> Timestamp {
    Timestamp::new(seconds, nanos).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// `digits`: how many digits of a second must stand there; any number if none.
fn parse(text: &str, digits: Option<usize>) -> Result<Timestamp, DecodeError> {
    let layout = if digits.is_some() {
        "2006-01-02T15:04:05.000000Z07:00"
    } else {
        "2006-01-02T15:04:05Z07:00"
    };
    let fail = |rest: &str, element: &str| {
        DecodeError::value(format!(
            "parsing time {text:?} as {layout:?}: cannot parse {rest:?} as {element:?}"
        ))
    };
    let shape = [
        "2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05",
    ];
    let mut rest = text;
    for element in shape {
        let is_number = element.as_bytes()[0].is_ascii_digit();
        let head = rest.get(..element.len());
        let fits = head.is_some_and(|head| {
            if is_number {
                head.bytes().all(|byte| byte.is_ascii_digit())
            } else {
                head == element
            }
        });
        if !fits {
            return Err(fail(rest, element));
        }
        rest = &rest[element.len()..];
    }
    let fraction = rest.strip_prefix('.').map_or(0, |rest| {
        rest.bytes().take_while(u8::is_ascii_digit).count()
    });
    if let Some(digits) = digits.filter(|digits| *digits != fraction) {
        return Err(fail(rest, &format!(".{}", "0".repeat(digits))));
    }
    let zone = if fraction == 0 {
        rest
    } else {
        &rest[fraction + 1..]
    };
    if zone != "Z" && !is_offset(zone) {
        return Err(fail(zone, "Z07:00"));
    }
    text.parse().map_err(|_| {
        DecodeError::value(format!(
            "parsing time {text:?}: {} out of range",
            out_of_range(text)
        ))
    })
}

fn is_offset(zone: &str) -> bool {
    matches!(zone.as_bytes(), [b'+' | b'-', h, i, b':', m, n] if [h, i, m, n].into_iter().all(u8::is_ascii_digit))
}

fn out_of_range(text: &str) -> &'static str {
    let part = |range: std::ops::Range<usize>| {
        text.get(range)
            .and_then(|part| part.parse::<u32>().ok())
            .unwrap_or(0)
    };
    match (part(5..7), part(11..13), part(14..16), part(17..19)) {
        (0 | 13.., ..) => "month",
        (_, 24.., ..) => "hour",
        (_, _, 60.., _) => "minute",
        (_, _, _, 60..) => "second",
        _ => "day",
    }
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
        let at = timestamp(self.seconds, 0)
            .to_zoned(tz::TimeZone::UTC)
            .datetime();
        let mut text = *b"0000-00-00T00:00:00Z";
        let mut put = |from: usize, to: usize, mut value: u16| {
            for digit in text[from..to].iter_mut().rev() {
                *digit = b'0' + (value % 10) as u8;
                value /= 10;
            }
        };
        put(0, 4, at.year().unsigned_abs());
        put(5, 7, at.month().unsigned_abs().into());
        put(8, 10, at.day().unsigned_abs().into());
        put(11, 13, at.hour().unsigned_abs().into());
        put(14, 16, at.minute().unsigned_abs().into());
        put(17, 19, at.second().unsigned_abs().into());
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
                let mut fields = wire::Fields(body);
                while let Some((number, wire)) = fields.next_field()? {
                    match (number, wire) {
                        (1, wire::Wire::Varint(value)) => seconds = value.cast_signed(),
                        (2, wire::Wire::Varint(value)) => nanos = value.cast_signed(),
                        _ => {}
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
