//! What a scalar without quotes reads as, by YAML 1.1 as Go's library resolves it.

/// Whether it is the string that it looks like. Addresses and uids are.
pub(super) fn reads_as_string(text: &str) -> bool {
    !(is_word(text) || is_number(text) || is_base_60(text))
}

/// Each word counts in small letters, in capitals, and with a capital first, but no otherwise.
fn is_word(text: &str) -> bool {
    const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    const OTHERS: &[&str] = &[
        "", "~", "<<", ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF",
        "-.inf", "-.Inf", "-.INF",
    ];
    let small = text.to_ascii_lowercase();
    let rest = text.get(1..).unwrap_or("");
    let is_regular = *text == small
        || *text == text.to_ascii_uppercase()
        || (text.starts_with(|c: char| c.is_ascii_uppercase()) && *rest == small[1..]);
    OTHERS.contains(&text) || (is_regular && WORDS.contains(&small.as_str()))
}

fn is_number(text: &str) -> bool {
    match text.bytes().next() {
        // Here the library asks Go's own parser, which takes a blank exponent no more than this one.
        Some(b'.') => is_float(text),
        Some(b'0'..=b'9' | b'+' | b'-') => {
            let plain = text.replace('_', "");
            is_date(text) || is_integer(&plain) || is_float(&plain)
        }
        _ => false,
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// With Go's prefixes of bases, where it fits 64 bits.
fn is_integer(text: &str) -> bool {
    let is_negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (digits, base) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&unsigned[2..], 16),
        [b'0', b'o' | b'O', ..] => (&unsigned[2..], 8),
        [b'0', b'b' | b'B', ..] => (&unsigned[2..], 2),
        [b'0', _, ..] => (&unsigned[1..], 8),
        _ => (unsigned, 10),
    };
    if !digits.starts_with(|c: char| c.is_ascii_hexdigit()) {
        return false;
    }
    match u64::from_str_radix(digits, base) {
        // Only what has no sign may be larger than a signed one.
        Ok(value) if is_negative => value <= 1 << 63,
        Ok(value) => value <= i64::MAX.cast_unsigned() || !text.starts_with('+'),
        Err(_) => false,
    }
}

/// Digits with a point somewhere, and perhaps an exponent; none too large.
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.is_empty() || all_digits(part);
    let unsigned = |text| str::strip_prefix(text, ['-', '+']).unwrap_or(text);
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| all_digits(unsigned(exponent)))
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// `2006-1-2`, perhaps with a time: behind a blank without a zone, behind a `T` with one.
fn is_date(text: &str) -> bool {
    let is_date = |text: &str| jiff::civil::Date::strptime("%Y-%m-%d", text).is_ok();
    let well_formed = |date: &str| {
        let mut parts = date.split('-');
        let lengths = [4..=4, 1..=2, 1..=2];
        let each = lengths.iter().all(|length| {
            let part = parts.next().unwrap_or("");
            all_digits(part) && length.contains(&part.len())
        });
        each && parts.next().is_none() && is_date(date)
    };
    match text.find(['T', 't', ' ']) {
        None => well_formed(text),
        Some(at) => {
            let time = &text[at + 1..];
            let is_time = match (text.as_bytes()[at], time.find(['Z', '+', '-'])) {
                (b' ', None) => is_clock(time),
                (b' ', Some(_)) | (_, None) => false,
                (_, Some(zone)) => is_clock(&time[..zone]) && is_zone(&time[zone..]),
            };
            well_formed(&text[..at]) && is_time
        }
    }
}

/// `15:4:5.25`
fn is_clock(text: &str) -> bool {
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let parts: Vec<&str> = whole.split(':').collect();
    let below = |part: &str, limit: u8| {
        all_digits(part) && part.len() <= 2 && part.parse::<u8>().is_ok_and(|n| n < limit)
    };
    matches!(parts.as_slice(), [h, m, s] if below(h, 24) && below(m, 60) && below(s, 60))
        && fraction.is_none_or(all_digits)
}

/// `Z` or `+01:00`
fn is_zone(text: &str) -> bool {
    let hours = text.get(1..).and_then(|text| text.split_once(':'));
    text == "Z"
        || hours.is_some_and(|(hours, minutes)| {
            let two = |part: &str| part.len() == 2 && all_digits(part);
            two(hours) && two(minutes) && hours <= "24" && minutes < "60"
        })
}

/// `1:30` and `12:30:45.5`: no numbers any more, but older readers take them for such.
fn is_base_60(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some((first, rest)) = unsigned.split_once(':') else {
        return false;
    };
    let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit() || c == b'_');
    let (sixtieths, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let sixtieth = |part: &str| match part.as_bytes() {
        [one] => one.is_ascii_digit(),
        [ten, one] => (b'0'..=b'5').contains(ten) && one.is_ascii_digit(),
        _ => false,
    };
    first.starts_with(|c: char| c.is_ascii_digit())
        && digits(first)
        && sixtieths.split(':').all(sixtieth)
        && digits(fraction)
}
