//! Numbers of queries, refused in the words of Go's `strconv`.
use meta::go_quote;
use std::num::IntErrorKind;

/// A revision: `strconv.ParseUint`.
///
/// # Errors
/// In Go's words.
pub(crate) fn parse_u64(text: &str) -> Result<u64, String> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parsed = digits.then(|| text.parse().ok());
    match parsed {
        Some(Some(number)) => Ok(number),
        Some(None) => Err(refused("ParseUint", text, "value out of range")),
        None => Err(refused("ParseUint", text, "invalid syntax")),
    }
}

/// A count or a time: `strconv.ParseInt`.
///
/// # Errors
/// In Go's words.
pub(super) fn parse_i64(text: &str) -> Result<i64, String> {
    text.parse::<i64>().map_err(|error| {
        let why = match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "value out of range",
            _ => "invalid syntax",
        };
        refused("ParseInt", text, why)
    })
}

fn refused(function: &str, text: &str, why: &str) -> String {
    format!("strconv.{function}: parsing {}: {why}", go_quote(text))
}
