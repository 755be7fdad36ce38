//! Names and times in certificates.

use super::der::{Element, GENERALIZED_TIME, Reader, SEQUENCE, SET, UTC_TIME};

const UTF8_STRING: u8 = 12;
const NUMERIC_STRING: u8 = 18;
const PRINTABLE_STRING: u8 = 19;
const T61_STRING: u8 = 20;
const IA5_STRING: u8 = 22;
const BMP_STRING: u8 = 30;

/// `name` with its identifier and length.
pub(super) fn check_name(name: &[u8]) -> Result<(), String> {
    let invalid = "x509: invalid RDNSequence";
    let mut sets = Reader::new(name).read(SEQUENCE).ok_or(invalid)?;
    while !sets.is_empty() {
        let mut set = sets.read(SET).ok_or(invalid)?;
        while !set.is_empty() {
            let mut attribute = set
                .read(SEQUENCE)
                .ok_or("x509: invalid RDNSequence: invalid attribute")?;
            attribute
                .object_identifier()
                .ok_or("x509: invalid RDNSequence: invalid attribute type")?;
            let value = attribute
                .any()
                .ok_or("x509: invalid RDNSequence: invalid attribute value")?;
            check_text(&value).map_err(|why| {
                format!("x509: invalid RDNSequence: invalid attribute value: {why}")
            })?;
        }
    }
    Ok(())
}

fn check_text(text: &Element<'_>) -> Result<(), String> {
    let bytes = text.content;
    let (valid, kind) = match text.tag {
        T61_STRING => (true, ""),
        PRINTABLE_STRING => (bytes.iter().all(printable), "PrintableString"),
        UTF8_STRING => (std::str::from_utf8(bytes).is_ok(), "UTF-8 string"),
        BMP_STRING => (basic_plane(bytes), "BMPString"),
        IA5_STRING => (bytes.is_ascii(), "IA5String"),
        NUMERIC_STRING => {
            let numeric = |byte: &u8| byte.is_ascii_digit() || *byte == b' ';
            (bytes.iter().all(numeric), "NumericString")
        }
        tag => return Err(format!("unsupported string type: {tag}")),
    };
    if valid {
        Ok(())
    } else {
        Err(format!("invalid {kind}"))
    }
}

/// `*` and `&` are found in certificates, though not in the standard.
fn printable(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?*&".contains(byte)
}

/// Whether these are symbols of two bytes, an end of zeros aside.
fn basic_plane(bytes: &[u8]) -> bool {
    let mut symbols: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|symbol| u16::from_be_bytes([symbol[0], symbol[1]]))
        .collect();
    if symbols.last() == Some(&0) {
        symbols.pop();
    }
    let reserved =
        |symbol: &u16| matches!(symbol, 0xfffe | 0xffff | 0xfdd0..=0xfdef | 0xd800..=0xdfff);
    bytes.len().is_multiple_of(2) && !symbols.iter().any(reserved)
}

/// A moment of either form.
pub(super) fn check_time(times: &mut Reader<'_>) -> Result<(), String> {
    let malformed = if times.next_is(UTC_TIME) {
        "x509: malformed UTCTime"
    } else if times.next_is(GENERALIZED_TIME) {
        "x509: malformed GeneralizedTime"
    } else {
        return Err("x509: unsupported time format".to_owned());
    };
    let time = times.any().filter(|time| is_moment(time));
    time.map(|_| ()).ok_or_else(|| malformed.to_owned())
}

/// `YYMMDDhhmm[ss]` or `YYYYMMDDhhmmss`, and a zone.
fn is_moment(time: &Element<'_>) -> bool {
    let text = time.content;
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, zone) = text.split_at(digits);
    let century = match (time.tag, digits.len()) {
        (UTC_TIME, 10 | 12) => None,
        (GENERALIZED_TIME, 14) => number(&digits[..2]),
        _ => return false,
    };
    let pairs: Vec<u16> = digits.chunks_exact(2).filter_map(number).collect();
    let pairs = &pairs[usize::from(century.is_some())..];
    // Which century two digits mean matters for no leap year.
    let year = century.unwrap_or(20) * 100 + pairs[0];
    let second = pairs.get(5).copied().unwrap_or_default();
    (1..=12).contains(&pairs[1])
        && (1..=days(year, pairs[1])).contains(&pairs[2])
        && pairs[3] < 24
        && pairs[4] < 60
        && second < 60
        && is_zone(zone)
}

fn days(year: u16, month: u16) -> u16 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u16::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `Z` or the hours and minutes that differ from it.
fn is_zone(zone: &[u8]) -> bool {
    match zone {
        b"Z" => true,
        [b'+' | b'-', rest @ ..] if rest.len() == 4 => {
            let (hours, minutes) = (number(&rest[..2]), number(&rest[2..]));
            hours.is_some_and(|hours| hours <= 24)
                && minutes.is_some_and(|minutes| minutes < 60)
                && rest != b"0000"
        }
        _ => false,
    }
}

fn number(digits: &[u8]) -> Option<u16> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}
