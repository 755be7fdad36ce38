//! Values as text, and text as durations and times.

use super::{EvaluationError, List, Map, Value};
use jiff::{Timestamp, tz::Offset};
use std::fmt::Write;

/// The beginning of the year 1, before 1970.
pub(super) const SECOND_MIN: i64 = -62_135_596_800;
/// More of a value is not shown in an error.
const SHOWN_BYTES_MAX: usize = 1_024;

/// Go's `time.ParseDuration`, in nanoseconds.
pub(crate) fn duration(text: &str) -> Result<i64, EvaluationError> {
    let parsed = meta::Duration::parse(text);
    parsed
        .map(meta::Duration::nanos)
        .map_err(|error| EvaluationError::runtime(error.to_string()))
}

/// A string of format `duration`.
pub(super) fn schema_duration(text: &str) -> Result<i64, EvaluationError> {
    let words = || format!("Invalid duration {text}: unable to parse {text} as duration");
    meta::Duration::parse_spelled(text)
        .map(meta::Duration::nanos)
        .ok_or_else(|| EvaluationError::Runtime(words()))
}

/// Seconds with as many digits as there are: `3.5s`.
pub(crate) fn duration_text(nanos: i64) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    let nanos = nanos.unsigned_abs();
    let (seconds, rest) = (nanos / 1_000_000_000, nanos % 1_000_000_000);
    if rest == 0 {
        return format!("{sign}{seconds}s");
    }
    let fraction = format!("{rest:09}");
    format!("{sign}{seconds}.{}s", fraction.trim_end_matches('0'))
}

/// RFC 3339, of the years that CEL has: 1 to 9999.
pub(crate) fn timestamp(text: &str) -> Result<Timestamp, EvaluationError> {
    let (seconds, nanos) =
        meta::parse_rfc3339(text).map_err(|error| EvaluationError::runtime(error.to_string()))?;
    let time = Timestamp::new(seconds, nanos.cast_signed()).ok();
    time.and_then(in_range)
        .ok_or_else(|| EvaluationError::runtime("timestamp overflow"))
}

/// The time, if its year is 1 to 9999.
pub(crate) fn in_range(time: Timestamp) -> Option<Timestamp> {
    (SECOND_MIN..=253_402_300_799)
        .contains(&time.as_second())
        .then_some(time)
}

/// A string of format `date` or `date-time`.
pub(super) fn schema_timestamp(text: &str) -> Result<Timestamp, EvaluationError> {
    if let (10, Ok(date)) = (text.len(), text.parse::<jiff::civil::Date>()) {
        let midnight = date.at(0, 0, 0, 0);
        if let Ok(time) = Offset::UTC.to_timestamp(midnight) {
            return Ok(time);
        }
    }
    // Schemas take a small `t` and `z` and a space between.
    let strict = text.replacen(['t', ' '], "T", 1).replace('z', "Z");
    timestamp(&strict).map_err(|error| {
        let words = format!("Invalid date-time formatted string {text}: {error}");
        EvaluationError::Runtime(words)
    })
}

/// RFC 3339 in UTC with as many digits as there are.
pub(crate) fn timestamp_text(time: &Timestamp) -> String {
    time.to_string()
}

impl Value<'_> {
    /// As errors print it, cut where it is long.
    pub(crate) fn shown(&self) -> String {
        let mut text = String::new();
        self.show(&mut text, 4);
        if text.len() > SHOWN_BYTES_MAX {
            let end = text.floor_char_boundary(SHOWN_BYTES_MAX);
            text.truncate(end);
            text.push('…');
        }
        text
    }

    fn show(&self, into: &mut String, depth: usize) {
        if into.len() > SHOWN_BYTES_MAX || depth == 0 {
            return;
        }
        match self {
            Self::Null => into.push_str("null"),
            Self::Bool(value) => into.push_str(if *value { "true" } else { "false" }),
            Self::Int(value) => write!(into, "{value}").unwrap_or_default(),
            Self::Uint(value) => write!(into, "{value}").unwrap_or_default(),
            Self::Double(value) => into.push_str(&meta::go_float(*value)),
            Self::String(text) => into.push_str(text.as_str()),
            Self::Bytes(bytes) => write!(into, "{bytes:?}").unwrap_or_default(),
            Self::Duration(nanos) => into.push_str(&meta::Duration::from_nanos(*nanos).to_string()),
            Self::Timestamp(time) => into.push_str(&timestamp_text(time)),
            Self::List(list) => show_list(list, into, depth),
            Self::Map(map) => show_map(map, into, depth),
            Self::Optional(None) => into.push_str("optional.none()"),
            Self::Optional(Some(value)) => {
                into.push_str("optional(");
                value.show(into, depth - 1);
                into.push(')');
            }
            Self::Type(name) => into.push_str(name),
            Self::Opaque(opaque) => write!(into, "{opaque}").unwrap_or_default(),
        }
    }
}

fn show_list(list: &List<'_>, into: &mut String, depth: usize) {
    into.push('[');
    for (index, element) in list.iter().take(SHOWN_BYTES_MAX).enumerate() {
        if index > 0 {
            into.push_str(", ");
        }
        if let Ok(element) = element {
            element.show(into, depth - 1);
        }
    }
    into.push(']');
}

fn show_map(map: &Map<'_>, into: &mut String, depth: usize) {
    into.push('{');
    for (index, key) in map.keys().iter().take(SHOWN_BYTES_MAX).enumerate() {
        if index > 0 {
            into.push_str(", ");
        }
        key.show(into, depth - 1);
        into.push_str(": ");
        if let Some(Ok(value)) = map.find(key) {
            value.show(into, depth - 1);
        }
    }
    into.push('}');
}
