//! What a scalar is, as `goyaml.v2` resolves it.

use super::{super::json::put_f64, Node};
use base64::Engine as _;
use saphyr_parser_bw::{ScalarStyle, Tag};

const TRUE: &[&str] = &[
    "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON",
];
const FALSE: &[&str] = &[
    "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF",
];
const NULL: &[&str] = &["", "~", "null", "Null", "NULL"];

fn is_plain(style: ScalarStyle) -> bool {
    style == ScalarStyle::Plain
}

/// A tag of YAML's own, without its prefix.
fn name(tag: Option<&Tag>) -> &str {
    tag.filter(|tag| tag.is_yaml_core_schema())
        .map_or("", |tag| tag.suffix.as_str())
}

/// Whether a key brings mappings in.
pub(super) fn is_merge(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    text == "<<" && ((tag.is_none() && is_plain(style)) || name(tag) == "merge")
}

/// The value of a scalar; an error says why it is none of its tag's.
pub(super) fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Node, String> {
    match name(tag) {
        "" if !is_plain(style) => Ok(Node::String(text.to_owned())),
        "binary" => binary(text),
        "str" | "timestamp" => Ok(Node::String(text.to_owned())),
        tag @ ("int" | "float" | "bool" | "null") => tagged(text, tag),
        _ => Ok(plain(text)),
    }
}

/// What the text says must be what its tag says; a whole number is a float too.
fn tagged(text: &str, tag: &str) -> Result<Node, String> {
    let node = plain(text);
    let found = match &node {
        Node::Null => "null",
        Node::Bool(_) => "bool",
        Node::Number(_) if integer(&text.replace('_', "")).is_some() => "int",
        Node::Number(_) => "float",
        _ => "str",
    };
    if found == tag || (found, tag) == ("int", "float") {
        return Ok(node);
    }
    Err(format!("cannot decode !!{found} `{text}` as a !!{tag}"))
}

/// What base64 stands for; bytes that are no text stay as they are.
fn binary(text: &str) -> Result<Node, String> {
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(text)
        .map_err(|_| "!!binary value contains invalid base64 data".to_owned())?;
    let decoded = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    Ok(Node::String(decoded))
}

fn plain(text: &str) -> Node {
    if TRUE.contains(&text) {
        return Node::Bool(true);
    }
    if FALSE.contains(&text) {
        return Node::Bool(false);
    }
    if NULL.contains(&text) {
        return Node::Null;
    }
    number(text).map_or_else(|| Node::String(text.to_owned()), Node::Number)
}

/// What YAML takes for a number and JSON does not know, as Go prints it.
pub(super) fn no_number(text: &str, style: ScalarStyle) -> Option<&'static str> {
    match text {
        _ if !is_plain(style) => None,
        ".nan" | ".NaN" | ".NAN" => Some("NaN"),
        "-.inf" | "-.Inf" | "-.INF" => Some("-Inf"),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some("+Inf"),
        _ => None,
    }
}

fn number(text: &str) -> Option<String> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || b"+-.".contains(&first)) {
        return None;
    }
    let digits = text.replace('_', "");
    integer(&digits).or_else(|| float(&digits))
}

/// Go's `strconv.ParseInt` with base 0.
fn integer(text: &str) -> Option<String> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (digits, radix) = match rest.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&rest[2..], 16),
        [b'0', b'b' | b'B', ..] => (&rest[2..], 2),
        [b'0', b'o' | b'O', ..] => (&rest[2..], 8),
        [b'0', _, ..] => (&rest[1..], 8),
        _ => (rest, 10),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let value = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let value = if negative { -value } else { value };
    (value >= i128::from(i64::MIN)).then(|| value.to_string())
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn float(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let good_mantissa =
        is_digits(whole) && is_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    let good_exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    if !good_mantissa || !good_exponent {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    let mut out = Vec::new();
    put_f64(&mut out, value);
    value
        .is_finite()
        .then(|| String::from_utf8_lossy(&out).into_owned())
}
