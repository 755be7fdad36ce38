//! Dates, times and durations.

use jiff::civil::Date;

/// `2006-01-02`.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let number = |from: usize, to: usize| -> Option<i16> {
        let digits = text.get(from..to)?;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
        return false;
    };
    Date::new(year, month, day).is_ok()
}

/// A date, `T` and a time with zone, where the fraction may follow any character and the zone is not looked into.
pub(super) fn is_date_time(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut parts = text.split('t');
    let (Some(date), Some(time)) = (parts.next(), parts.next()) else {
        return false;
    };
    is_date(date) && is_time(time)
}

fn is_time(text: &str) -> bool {
    let Some((clock, rest)) = text.split_at_checked(8) else {
        return false;
    };
    let is_clock = clock.bytes().enumerate().all(|(index, byte)| match index {
        2 | 5 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    if !is_clock || &clock[..2] > "23" || &clock[3..5] > "59" || &clock[6..] > "59" {
        return false;
    }
    if is_zone(rest) {
        return true;
    }
    // The fraction: any character, then digits.
    let mut chars = rest.chars();
    chars.next();
    let rest = chars.as_str();
    let zone = rest.trim_start_matches(|char: char| char.is_ascii_digit());
    // The digits of `+01:00` are not of the fraction, but its sign may be the first character.
    zone.len() < rest.len() && is_zone(zone)
}

fn is_zone(text: &str) -> bool {
    let bytes = text.as_bytes();
    text == "z"
        || bytes.len() == 6
            && matches!(bytes[0], b'+' | b'-')
            && bytes[3] == b':'
            && [1, 2, 4, 5].iter().all(|at| bytes[*at].is_ascii_digit())
}

/// As Go reads it (`1h30m`), or any text with a number and a unit in it (`2 weeks`).
pub(super) fn is_duration(text: &str) -> bool {
    is_go_duration(text) || is_spelled_duration(text)
}

/// What a duration can hold, in nanoseconds.
const NANOSECONDS_MAX: f64 = 9_223_372_036_854_775_807.0;

fn is_go_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let Some((number, after)) = number(rest) else {
            return false;
        };
        let unit_len = after.find(|char: char| char == '.' || char.is_ascii_digit());
        let (unit, after) = after.split_at(unit_len.unwrap_or(after.len()));
        let Some(nanoseconds) = nanoseconds(unit) else {
            return false;
        };
        total += number * nanoseconds;
        rest = after;
    }
    total <= NANOSECONDS_MAX
}

/// Digits, of which some may be behind a point.
fn number(text: &str) -> Option<(f64, &str)> {
    let is_part = |char: char| char.is_ascii_digit() || char == '.';
    let len = text.find(|char| !is_part(char)).unwrap_or(text.len());
    let (number, rest) = text.split_at(len);
    let has_digits = number.bytes().any(|byte| byte.is_ascii_digit());
    (has_digits && number.matches('.').count() <= 1)
        .then(|| number.parse().ok())
        .flatten()
        .map(|number| (number, rest))
}

fn nanoseconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "ns" => 1.0,
        "us" | "µs" | "μs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "m" => 60e9,
        "h" => 3600e9,
        _ => return None,
    })
}

/// Units by name; the last of each row may be the beginning of a word.
const UNITS: [&[&str]; 8] = [
    &["ns", "nano"],
    &["us", "µs", "micro"],
    &["ms", "milli"],
    &["s", "sec"],
    &["m", "min"],
    &["h", "hr", "hour"],
    &["d", "day"],
    &["w", "wk", "week"],
];

fn is_spelled_duration(text: &str) -> bool {
    let mut found = false;
    let mut rest = text;
    while let Some(at) = rest.find(|char: char| char.is_ascii_digit()) {
        rest = &rest[at..];
        let digits = rest.trim_start_matches(|char: char| char.is_ascii_digit());
        let number = &rest[..rest.len() - digits.len()];
        let after = digits.trim_start_matches([' ', '\t', '\n', '\x0c', '\r']);
        let behind =
            after.trim_start_matches(|char: char| char.is_ascii_alphabetic() || char == 'µ');
        let unit = after[..after.len() - behind.len()].to_lowercase();
        if unit.is_empty() {
            rest = digits;
            continue;
        }
        // A number too large spoils the whole.
        if number.parse::<i64>().is_err() {
            return false;
        }
        found |= is_unit(&unit);
        rest = behind;
    }
    found
}

fn is_unit(unit: &str) -> bool {
    UNITS.iter().any(|names| {
        names.contains(&unit) || names.last().is_some_and(|last| unit.starts_with(last))
    })
}
