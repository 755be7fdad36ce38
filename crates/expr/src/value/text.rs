//! Values as text, and text as durations and times.

use super::{EvaluationError, List, Map, Time, Value};
use jiff::tz::Offset;
use std::fmt::Write;

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
pub(crate) fn timestamp(text: &str) -> Result<Time, EvaluationError> {
    let (seconds, nanos) =
        meta::parse_rfc3339(text).map_err(|error| EvaluationError::runtime(error.to_string()))?;
    let time = Time::of_unix(seconds, nanos);
    let time = time.ok_or_else(|| EvaluationError::runtime("timestamp overflow"))?;
    Ok(time.told_at(offset(text).unwrap_or(Offset::UTC)))
}

/// What a text that is RFC 3339 ends with; none is `Z`.
fn offset(text: &str) -> Option<Offset> {
    let (_, zone) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let east = match zone.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    Offset::from_seconds(east * (hours * 60 + minutes) * 60).ok()
}

/// Seconds since 1970 as a time, if its year is 1 to 9999.
pub(crate) fn of_seconds(seconds: i64) -> Option<Time> {
    Time::of_unix(seconds, 0)
}

/// A string of format `date` or `date-time`.
pub(super) fn schema_timestamp(text: &str) -> Result<Time, EvaluationError> {
    if let (10, Ok(date)) = (text.len(), text.parse::<jiff::civil::Date>()) {
        return Ok(Time::utc(date.at(0, 0, 0, 0)));
    }
    if text.is_empty() {
        return Ok(Time::UNIX_EPOCH);
    }
    // The schema's format also takes a small `t` and `z`; what reads the value does not.
    let error = match timestamp(text) {
        Ok(time) => return Ok(time),
        Err(error) => error.to_string(),
    };
    let Some((_, zone)) = error.split_once(": cannot parse ") else {
        return Err(unreadable(text, &error));
    };
    match zone.strip_suffix(" as \"Z07:00\"") {
        Some("\"\"") => timestamp(&format!("{text}Z")),
        Some(rest) => {
            let words = format!("parsing time {}: extra text: {rest}", meta::go_quote(text));
            Err(unreadable(text, &words))
        }
        // Of the layouts that it tries upstream tells about the last.
        None => Err(unreadable(text, &error.replace("Z07:00\"", "\""))),
    }
}

fn unreadable(text: &str, why: &str) -> EvaluationError {
    EvaluationError::Runtime(format!("Invalid date-time formatted string {text}: {why}"))
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
            Self::Timestamp(time) => write!(into, "{time}").unwrap_or_default(),
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

#[cfg(test)]
mod tests;
