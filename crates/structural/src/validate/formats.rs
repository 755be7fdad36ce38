//! `format`: those that custom resources may use, as `kube-openapi/pkg/validation/strfmt` checks them.

mod address;
mod email;
mod time;
mod uri;

#[cfg(test)]
mod tests;

use api::apiextensions::v1::JSONSchemaProps;
use meta::Str;

pub use self::uri::is_request_uri;
use regex::Regex;
use std::sync::LazyLock;

/// Whether a text is of a format.
pub(super) type Check = fn(&str) -> bool;

/// The format of a schema with its check, if it is one that counts for the type.
pub(super) fn of(schema: &JSONSchemaProps) -> (Str, Option<Check>) {
    if schema.format.is_empty() || !recognizes(schema) {
        return (Str::default(), None);
    }
    (schema.format.clone(), check_of(&schema.format))
}

/// Whether the format of a schema counts for its type; there must be one.
pub(crate) fn recognizes(schema: &JSONSchemaProps) -> bool {
    let type_ = match schema.x_kubernetes_int_or_string {
        // Of two types, so of none in particular.
        true => "",
        false => schema.type_.as_str(),
    };
    match type_ {
        "" | "string" => check_of(&schema.format).is_some(),
        "integer" => matches!(schema.format.as_str(), "int32" | "int64"),
        "number" => matches!(schema.format.as_str(), "float" | "double"),
        _ => false,
    }
}

/// Dashes in names of formats do not matter.
fn check_of(format: &str) -> Option<Check> {
    Some(match format.replace('-', "").as_str() {
        "bsonobjectid" => |text| text.len() == 24 && is_hex(text),
        "uri" => is_request_uri,
        "email" => email::is_address,
        "hostname" => is_hostname,
        "ipv4" => |text| address::is_ip(text) && text.contains('.'),
        "ipv6" => address::is_ipv6,
        "cidr" => address::is_cidr,
        "mac" => address::is_mac,
        "uuid" => |text| is_uuid(text, None, false),
        "uuid3" => |text| is_uuid(text, Some(b'3'), false),
        "uuid4" => |text| is_uuid(text, Some(b'4'), true),
        "uuid5" => |text| is_uuid(text, Some(b'5'), true),
        "isbn" => |text| is_isbn10(text) || is_isbn13(text),
        "isbn10" => is_isbn10,
        "isbn13" => is_isbn13,
        "creditcard" => is_credit_card,
        "ssn" => is_ssn,
        "hexcolor" => is_hex_color,
        "rgbcolor" => is_rgb_color,
        "byte" => is_base64,
        "password" => |_| true,
        "date" => time::is_date,
        "duration" => time::is_duration,
        "datetime" => time::is_date_time,
        "k8sshortname" => |text| text.len() <= 63 && is_label(text),
        "k8slongname" => |text| text.len() <= 253 && text.split('.').all(is_label),
        _ => return None,
    })
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lower-case letters, digits and dashes, the latter not at the ends.
fn is_label(text: &str) -> bool {
    let known = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    !text.is_empty() && text.bytes().all(known) && !text.starts_with('-') && !text.ends_with('-')
}

fn is_hostname(text: &str) -> bool {
    // Symbols and letters of any script, in labels; or labels with dots, and a last one without digits.
    static HOSTNAME: LazyLock<Regex> = LazyLock::new(|| {
        let one = r"[a-zA-Z0-9\p{S}\p{L}](?:-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?";
        let label = r"[a-zA-Z0-9\p{S}\p{L}](?:[a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?";
        let pattern = format!(r"^(?:{one}|(?:{label}\.)+[a-zA-Z\p{{L}}]{{2,63}})$");
        Regex::new(&pattern).expect("the pattern is fixed")
    });
    text.len() <= 255 && text.split('.').all(|label| label.len() <= 63) && HOSTNAME.is_match(text)
}

/// Groups of 8, 4, 4, 4 and 12 hexadecimal digits, with or without dashes.
fn is_uuid(text: &str, version: Option<u8>, is_variant_checked: bool) -> bool {
    let mut rest = text;
    let mut groups = [""; 5];
    for (index, len) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix('-').unwrap_or(rest);
        }
        let Some((group, after)) = rest.split_at_checked(len) else {
            return false;
        };
        groups[index] = group;
        rest = after;
    }
    let variant = groups[3].bytes().next();
    rest.is_empty()
        && groups.iter().all(|group| is_hex(group))
        && version.is_none_or(|version| groups[2].as_bytes()[0] == version)
        && (!is_variant_checked || matches!(variant, Some(b'8' | b'9' | b'a' | b'b' | b'A' | b'B')))
}

/// Without white space and dashes.
fn isbn_digits(text: &str) -> String {
    let skipped = |char: char| matches!(char, '-' | ' ' | '\t' | '\n' | '\x0c' | '\r');
    text.chars().filter(|char| !skipped(*char)).collect()
}

fn is_isbn10(text: &str) -> bool {
    let digits = isbn_digits(text);
    if digits.len() != 10 || !is_digits(&digits[..9]) {
        return false;
    }
    let check = match digits.as_bytes()[9] {
        b'X' => 10,
        digit @ b'0'..=b'9' => u32::from(digit - b'0'),
        _ => return false,
    };
    let digits = digits[..9].bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = (1..)
        .zip(digits)
        .map(|(weight, digit)| weight * digit)
        .sum();
    (sum + 10 * check).is_multiple_of(11)
}

fn is_isbn13(text: &str) -> bool {
    let digits = isbn_digits(text);
    if digits.len() != 13 || !is_digits(&digits) {
        return false;
    }
    let weights = [1, 3].into_iter().cycle();
    let digits = digits.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = weights
        .zip(digits)
        .map(|(weight, digit)| weight * digit)
        .sum();
    sum.is_multiple_of(10)
}

fn is_credit_card(text: &str) -> bool {
    static CARD: LazyLock<Regex> = LazyLock::new(|| {
        let issuers = [
            "4[0-9]{12}(?:[0-9]{3})?",
            "5[1-5][0-9]{14}",
            "6(?:011|5[0-9][0-9])[0-9]{12}",
            "3[47][0-9]{13}",
            "3(?:0[0-5]|[68][0-9])[0-9]{11}",
            "(?:2131|1800|35[0-9]{3})[0-9]{11}",
        ];
        let pattern = format!("^(?:{})$", issuers.join("|"));
        Regex::new(&pattern).expect("the pattern is fixed")
    });
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !CARD.is_match(&digits) {
        return false;
    }
    let doubled = |digit: u32| digit * 2 % 10 + digit * 2 / 10;
    let digits = digits.bytes().rev().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits
        .enumerate()
        .map(|(index, digit)| {
            if index % 2 == 1 {
                doubled(digit)
            } else {
                digit
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Only with both separators, because of the length.
fn is_ssn(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 11
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            3 | 6 => matches!(byte, b'-' | b' '),
            _ => byte.is_ascii_digit(),
        })
}

fn is_hex_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or(text);
    matches!(digits.len(), 3 | 6) && is_hex(digits)
}

fn is_rgb_color(text: &str) -> bool {
    let inner = text
        .strip_prefix("rgb(")
        .and_then(|rest| rest.strip_suffix(')'));
    let Some(inner) = inner else { return false };
    let space = [' ', '\t', '\n', '\x0c', '\r'];
    let parts: Vec<&str> = inner
        .split(',')
        .map(|part| part.trim_matches(space))
        .collect();
    let is_part = |part: &&str| {
        is_digits(part) && (*part == "0" || !part.starts_with('0')) && part.parse::<u8>().is_ok()
    };
    parts.len() == 3 && parts.iter().all(is_part)
}

/// Of the standard alphabet, padded, and not empty.
fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    let padding = text.len() - data.len();
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    !text.is_empty() && text.len().is_multiple_of(4) && padding <= 2 && data.bytes().all(known)
}
