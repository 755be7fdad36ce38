//! [`Duration`]: Go's `time.Duration` as `metav1.Duration` writes it.

use crate::codec::{DecodeError, Mut, ProtobufError, Ref, Scalar, Value, json, wire};
use std::fmt;

const SECOND: i64 = 1_000_000_000;

/// Nanoseconds, written as `1h2m3.5s`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    nanos: i64,
}

const UNITS: &[(&str, i64)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

impl Duration {
    /// From nanoseconds.
    #[must_use]
    pub const fn from_nanos(nanos: i64) -> Self {
        Self { nanos }
    }
    /// From seconds.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self {
            nanos: seconds.saturating_mul(1_000_000_000),
        }
    }
    /// Nanoseconds.
    #[must_use]
    pub const fn nanos(self) -> i64 {
        self.nanos
    }
    /// What is shorter than a millisecond is left out, as in messages that people read.
    #[must_use]
    pub const fn in_whole_millis(self) -> Self {
        Self {
            nanos: self.nanos - self.nanos % 1_000_000,
        }
    }
    /// Negative durations are zero.
    #[must_use]
    pub fn to_std(self) -> std::time::Duration {
        std::time::Duration::from_nanos(u64::try_from(self.nanos).unwrap_or(0))
    }
    /// Go's `time.ParseDuration`.
    ///
    /// # Errors
    /// In Go's words.
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        let invalid = || DecodeError::value(format!("time: invalid duration {}", quoted(text)));
        let (negative, mut rest) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        if rest == "0" {
            return Ok(Self::default());
        }
        if rest.is_empty() {
            return Err(invalid());
        }
        let mut total: i128 = 0;
        while !rest.is_empty() {
            let number_len = rest
                .bytes()
                .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
                .count();
            let (number, after) = rest.split_at(number_len);
            let unit_len = after
                .bytes()
                .take_while(|byte| !byte.is_ascii_digit() && *byte != b'.')
                .count();
            let (unit, after) = after.split_at(unit_len);
            if !number.bytes().any(|byte| byte.is_ascii_digit()) || number.matches('.').count() > 1
            {
                return Err(invalid());
            }
            if unit.is_empty() {
                return Err(DecodeError::value(format!(
                    "time: missing unit in duration {}",
                    quoted(text)
                )));
            }
            let Some((_, scale)) = UNITS.iter().find(|(name, _)| *name == unit) else {
                return Err(DecodeError::value(format!(
                    "time: unknown unit {} in duration {}",
                    quoted(unit),
                    quoted(text)
                )));
            };
            total = total
                .checked_add(scaled(number, *scale).ok_or_else(invalid)?)
                .ok_or_else(invalid)?;
            rest = after;
        }
        let nanos = i64::try_from(if negative { -total } else { total }).map_err(|_| invalid())?;
        Ok(Self { nanos })
    }

    /// The format `duration` of OpenAPI: as Go writes it, or the sum of every number with a unit behind it (`2 weeks and 1 day`).
    ///
    /// Source of the behaviour: kube-openapi's `strfmt.ParseDuration`.
    #[must_use]
    pub fn parse_spelled(text: &str) -> Option<Self> {
        if let Ok(read) = Self::parse(text) {
            return Some(read);
        }
        let mut total: Option<i64> = None;
        let mut rest = text;
        while let Some(at) = rest.find(|char: char| char.is_ascii_digit()) {
            let (number, after) = split_where(&rest[at..], |char| !char.is_ascii_digit());
            let unit = after.trim_start_matches([' ', '\t', '\n', '\x0c', '\r']);
            let (unit, behind) =
                split_where(unit, |char| !char.is_ascii_alphabetic() && char != 'µ');
            rest = if unit.is_empty() { after } else { behind };
            if unit.is_empty() {
                continue;
            }
            // A number too large spoils the whole.
            let number: i64 = number.parse().ok()?;
            if let Some(scale) = spelled_unit(&unit.to_lowercase()) {
                total = Some(total.unwrap_or(0).wrapping_add(number.wrapping_mul(scale)));
            }
        }
        total.map(Self::from_nanos)
    }
}

/// As Go's `time` quotes, which knows ASCII alone.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..0x80 => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('"');
    out
}

fn split_where(text: &str, ends: impl FnMut(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// Units by name; the last of each row may be the beginning of a word.
const SPELLED_UNITS: &[(&[&str], i64)] = &[
    (&["ns", "nano"], 1),
    (&["us", "µs", "micro"], 1_000),
    (&["ms", "milli"], 1_000_000),
    (&["s", "sec"], SECOND),
    (&["m", "min"], 60 * SECOND),
    (&["h", "hr", "hour"], 3_600 * SECOND),
    (&["d", "day"], 86_400 * SECOND),
    (&["w", "wk", "week"], 604_800 * SECOND),
];

fn spelled_unit(unit: &str) -> Option<i64> {
    let is_named = |names: &[&str]| {
        names.contains(&unit) || names.last().is_some_and(|last| unit.starts_with(last))
    };
    let mut units = SPELLED_UNITS.iter();
    units
        .find(|(names, _)| is_named(names))
        .map(|(_, scale)| *scale)
}

fn scaled(number: &str, scale: i64) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: i128 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let mut res = whole.checked_mul(scale.into())?;
    let mut unit = i128::from(scale) * 1_000_000;
    for digit in fraction.bytes() {
        unit /= 10;
        res += i128::from(digit - b'0') * unit / 1_000_000;
    }
    Some(res)
}

/// Longer ones than Go can hold are its longest, some 292 years.
impl From<std::time::Duration> for Duration {
    fn from(duration: std::time::Duration) -> Self {
        Self {
            nanos: i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX),
        }
    }
}

/// Go's `Duration.String`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = self.nanos.unsigned_abs();
        if self.nanos < 0 {
            f.write_str("-")?;
        }
        match nanos {
            0 => f.write_str("0s"),
            1..1_000 => write!(f, "{nanos}ns"),
            1_000..1_000_000 => write!(f, "{}µs", decimal(nanos, 1_000)),
            1_000_000..1_000_000_000 => write!(f, "{}ms", decimal(nanos, 1_000_000)),
            _ => {
                let (minutes, rest) = (nanos / 60_000_000_000, nanos % 60_000_000_000);
                if minutes >= 60 {
                    write!(f, "{}h", minutes / 60)?;
                }
                if minutes > 0 {
                    write!(f, "{}m", minutes % 60)?;
                }
                write!(f, "{}s", decimal(rest, 1_000_000_000))
            }
        }
    }
}

fn decimal(value: u64, unit: u64) -> String {
    if value.is_multiple_of(unit) {
        return (value / unit).to_string();
    }
    let width = unit.ilog10() as usize;
    let fraction = format!("{:0width$}", value % unit);
    format!("{}.{}", value / unit, fraction.trim_end_matches('0'))
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Value for Duration {
    fn view(&self) -> Ref<'_> {
        Ref::Scalar(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Scalar(self)
    }
}
impl Scalar for Duration {
    fn is_zero(&self) -> bool {
        self.nanos == 0
    }
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::put_string(out, &self.to_string());
    }
    fn decode_json(&mut self, reader: &mut json::Reader<'_>) -> Result<(), DecodeError> {
        // Null becomes the empty string in upstream, which is not a duration.
        *self = Self::parse(&reader.optional_string()?.unwrap_or_default())?;
        Ok(())
    }
    fn encode_protobuf(&self, out: &mut Vec<u8>) {
        wire::put_varint_field(out, 1, wire::signed(self.nanos));
    }
    fn decode_protobuf(&mut self, body: &[u8]) -> Result<(), ProtobufError> {
        let mut fields = wire::Fields::new("Duration", body);
        while let Some((number, wire)) = fields.next_field()? {
            match (number, wire) {
                (1, wire::Wire::Varint(value)) => self.nanos = value.cast_signed(),
                (_, wire) => fields.skip(wire)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
