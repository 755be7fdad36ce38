//! RFC 3339 as Go's `time.Parse` reads it, with its complaints; and the calendar between it and seconds since 1970.

use crate::codec::DecodeError;

/// How many days 1970-01-01 comes after 0000-03-01, with which the calendar below begins its eras.
const EPOCH_DAYS: i64 = 719_468;
/// 400 years.
const ERA_DAYS: i64 = 146_097;
const DAY_SECONDS: i64 = 86_400;

/// Seconds since 1970 and nanoseconds, of years 0 to 9999, give or take a day.
///
/// # Errors
/// In Go's words.
pub fn parse_rfc3339(text: &str) -> Result<(i64, u32), DecodeError> {
    parse(text, None)
}

/// The same. `digits`: how many digits of a second must stand there; any number if none.
pub(super) fn parse(text: &str, digits: Option<usize>) -> Result<(i64, u32), DecodeError> {
    Reader {
        text,
        rest: text,
        digits,
    }
    .read()
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
    digits: Option<usize>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) -> Result<(i64, u32), DecodeError> {
        let year = self.number("2006", 4..=4)?;
        self.mark("-")?;
        let month = self.number("01", 2..=2)?;
        self.within("month", (1..=12).contains(&month))?;
        self.mark("-")?;
        let day = self.number("02", 2..=2)?;
        self.mark("T")?;
        let hour = self.number("15", 1..=2)?;
        self.within("hour", hour < 24)?;
        self.mark(":")?;
        let minute = self.number("04", 2..=2)?;
        self.within("minute", minute < 60)?;
        self.mark(":")?;
        let second = self.number("05", 2..=2)?;
        self.within("second", second < 60)?;
        let nanos = self.fraction()?;
        let offset = self.zone()?;
        if !self.rest.is_empty() {
            let (text, rest) = (quote(self.text), quote(self.rest));
            return Err(DecodeError::value(format!(
                "parsing time {text}: extra text: {rest}"
            )));
        }
        self.within("day", (1..=days_in(year, month)).contains(&day))?;
        let of_day = hour * 3_600 + minute * 60 + second;
        let seconds = days(year, month, day) * DAY_SECONDS + of_day - offset;
        Ok((seconds, nanos))
    }

    /// As many digits as there are, at most `count`'s end.
    fn number(
        &mut self,
        element: &str,
        count: std::ops::RangeInclusive<usize>,
    ) -> Result<i64, DecodeError> {
        let digits = self.rest.bytes().take(*count.end());
        let len = digits.take_while(u8::is_ascii_digit).count();
        if len < *count.start() {
            return Err(self.cannot(element));
        }
        let (number, rest) = self.rest.split_at(len);
        self.rest = rest;
        Ok(number.parse().expect("a few digits are a number"))
    }

    fn mark(&mut self, mark: &str) -> Result<(), DecodeError> {
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.ok_or_else(|| self.cannot(mark))?;
        Ok(())
    }

    /// Nanoseconds. More than nine digits are read, and do not count.
    fn fraction(&mut self) -> Result<u32, DecodeError> {
        let after = self.rest.strip_prefix(['.', ',']).unwrap_or("");
        let there = after.bytes().take_while(u8::is_ascii_digit).count();
        let len = match self.digits {
            None if there == 0 => return Ok(0),
            None => there,
            Some(wanted) if there < wanted => {
                return Err(self.cannot(&format!(".{}", "0".repeat(wanted))));
            }
            Some(wanted) => wanted,
        };
        self.rest = &after[len..];
        let digits = after[..len].bytes().chain(std::iter::repeat(b'0')).take(9);
        Ok(digits.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')))
    }

    /// Seconds east of Greenwich.
    fn zone(&mut self) -> Result<i64, DecodeError> {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            self.rest = rest;
            return Ok(0);
        }
        let sign = match self.rest.as_bytes() {
            [b'+', _, _, b':', _, _, ..] => 1,
            [b'-', _, _, b':', _, _, ..] => -1,
            _ => return Err(self.cannot("Z07:00")),
        };
        let two = |range| {
            let digits: Option<&str> = self.rest.get(range);
            let digits = digits.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            digits.and_then(|text| text.parse::<i64>().ok())
        };
        let (Some(hours), Some(minutes)) = (two(1..3), two(4..6)) else {
            return Err(self.cannot("Z07:00"));
        };
        self.within("time zone offset hour", hours <= 24)?;
        self.within("time zone offset minute", minutes <= 60)?;
        self.rest = &self.rest[6..];
        Ok(sign * (hours * 3_600 + minutes * 60))
    }

    fn within(&self, what: &str, is_within: bool) -> Result<(), DecodeError> {
        if is_within {
            return Ok(());
        }
        let text = quote(self.text);
        Err(DecodeError::value(format!(
            "parsing time {text}: {what} out of range"
        )))
    }

    fn cannot(&self, element: &str) -> DecodeError {
        let layout = match self.digits {
            Some(_) => "2006-01-02T15:04:05.000000Z07:00",
            None => "2006-01-02T15:04:05Z07:00",
        };
        let (text, rest) = (quote(self.text), quote(self.rest));
        DecodeError::value(format!(
            "parsing time {text} as \"{layout}\": cannot parse {rest} as \"{element}\""
        ))
    }
}

/// Go's package `time` quotes in a way of its own: bytes that are not plain ASCII in hexadecimal.
fn quote(text: &str) -> String {
    let mut res = String::with_capacity(text.len() + 2);
    res.push('"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => res.extend(['\\', byte.into()]),
            b' '..=b'\x7f' => res.push(byte.into()),
            _ => res.push_str(&format!("\\x{byte:02x}")),
        }
    }
    res.push('"');
    res
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01. Years are counted from March, so that a leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month < 3);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = year_of_era / 4 - year_of_era / 100;
    era * ERA_DAYS + year_of_era * 365 + leap_days + day_of_year - EPOCH_DAYS
}

/// Year, month and day, hour, minute and second.
pub(super) fn civil(seconds: i64) -> [i64; 6] {
    let days = seconds.div_euclid(DAY_SECONDS) + EPOCH_DAYS;
    let (era, day_of_era) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month < 3);
    let of_day = seconds.rem_euclid(DAY_SECONDS);
    [
        year,
        month,
        day,
        of_day / 3_600,
        of_day / 60 % 60,
        of_day % 60,
    ]
}
