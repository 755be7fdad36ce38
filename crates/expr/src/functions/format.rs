//! `'…'.format([…])`.

use super::{Context, fail, no_overload};
use crate::{EvaluationError, List, Map, Type, Value, evaluate::Out, value::duration_text};
use meta::go_quote;
use std::fmt::Write;

const PRECISION: usize = 6;
/// More digits are not made.
const PRECISION_MAX: usize = 1_000;
const DEPTH_MAX: usize = 64;

/// One clause: `%s`, `%.3f`.
pub(crate) struct Clause {
    precision: usize,
    pub(crate) letter: char,
}

/// A format's text, cut: what stands between the clauses, and the clauses.
pub(crate) enum Piece<'t> {
    Text(&'t str),
    Clause(Clause),
}

pub(super) fn format<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (text, list) = match &*arguments {
        [Value::String(text), Value::List(list)] => (text, list),
        _ => return no_overload("format", arguments),
    };
    let mut made = String::new();
    let mut index = 0;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let argument_left = index < list.len();
        let (piece, after) =
            next_piece(rest, index, argument_left).map_err(EvaluationError::Runtime)?;
        rest = after;
        match piece {
            Piece::Text(text) => made.push_str(text),
            Piece::Clause(clause) => {
                let Some(value) = list.get(index) else {
                    return fail(format!("index {index} out of range"));
                };
                index += 1;
                let part = clause.apply(&value?)?;
                made.push_str(&part);
            }
        }
        context.meter.work(made.len() / 1_024)?;
    }
    context.text(made)
}

/// What is wrong with a format whose arguments are written out, told by their types alone: of which argument, if of one.
pub(crate) fn wrong(text: &str, arguments: &[&Type]) -> Option<(Option<usize>, String)> {
    let mut index = 0;
    let mut rest = text;
    while !rest.is_empty() {
        // Here upstream looks for the clause before it looks for what that shows.
        let argument_left = index < arguments.len() || rest == "%";
        let (piece, after) = match next_piece(rest, index, argument_left) {
            Ok(next) => next,
            Err(words) => return Some((None, words)),
        };
        rest = after;
        if let Piece::Clause(clause) = piece {
            let type_ = arguments[index];
            if !clause.takes(type_) {
                let name = match type_ {
                    Type::Optional(_) => "optional_type".to_owned(),
                    Type::List(_) => "list".to_owned(),
                    Type::Map(_) => "map".to_owned(),
                    other => other.to_string(),
                };
                let words = mismatch(clause.letter, &name);
                return Some((Some(index), format!("error during formatting: {words}")));
            }
            index += 1;
        }
    }
    if arguments.len() > index {
        let words = format!(
            "too many arguments supplied to string.format (expected {index}, got {})",
            arguments.len()
        );
        return Some((None, words));
    }
    None
}

/// What comes next, and the rest.
pub(crate) fn next_piece(
    text: &str,
    index: usize,
    argument_left: bool,
) -> Result<(Piece<'_>, &str), String> {
    let Some(after) = text.strip_prefix('%') else {
        let end = text.find('%').unwrap_or(text.len());
        let (plain, rest) = text.split_at(end);
        return Ok((Piece::Text(plain), rest));
    };
    if let Some(rest) = after.strip_prefix('%') {
        return Ok((Piece::Text("%"), rest));
    }
    if !argument_left {
        return Err(format!("index {index} out of range"));
    }
    let unparsed = |words: String| format!("could not parse formatting clause: {words}");
    let precise = |words: String| unparsed(format!("error while parsing precision: {words}"));
    if after.is_empty() {
        return Err("unexpected end of string".to_owned());
    }
    let (precision, after) = match after.strip_prefix('.') {
        None => (PRECISION, after),
        Some(after) => {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = after.split_at(digits);
            if rest.is_empty() {
                return Err(precise(
                    "could not find end of precision specifier".to_owned(),
                ));
            }
            let invalid = || {
                format!(
                    "error while converting precision to integer: strconv.Atoi: parsing {number:?}: invalid syntax"
                )
            };
            let precision: usize = number.parse().map_err(|_| precise(invalid()))?;
            if precision > PRECISION_MAX {
                return Err(precise(format!(
                    "precision {precision} exceeds maximum allowed precision {PRECISION_MAX}"
                )));
            }
            (precision, rest)
        }
    };
    let letter = after.chars().next().unwrap_or_default();
    if !matches!(letter, 's' | 'd' | 'f' | 'e' | 'b' | 'x' | 'X' | 'o') {
        return Err(unparsed(format!(
            "unrecognized formatting clause \"{letter}\""
        )));
    }
    let clause = Clause { precision, letter };
    Ok((Piece::Clause(clause), &after[letter.len_utf8()..]))
}

impl Clause {
    fn takes(&self, type_: &Type) -> bool {
        let number = matches!(type_, Type::Int | Type::Uint | Type::Dyn | Type::Error);
        match self.letter {
            's' => !matches!(type_, Type::Optional(_) | Type::Named(_) | Type::Object(_)),
            'b' => number || *type_ == Type::Bool,
            'x' | 'X' => number || matches!(type_, Type::String | Type::Bytes),
            'f' | 'e' => matches!(type_, Type::Double | Type::String | Type::Dyn),
            _ => number,
        }
    }

    fn apply(&self, value: &Value<'_>) -> Result<String, EvaluationError> {
        let made = match (self.letter, value) {
            ('s', value) => return shown(value, DEPTH_MAX),
            ('d' | 'b' | 'o' | 'x' | 'X', Value::Int(number)) => {
                let sign = if *number < 0 { "-" } else { "" };
                Some(format!("{sign}{}", self.digits(number.unsigned_abs())))
            }
            ('d' | 'b' | 'o' | 'x' | 'X', Value::Uint(number)) => Some(self.digits(*number)),
            ('b', Value::Bool(value)) => Some(u8::from(*value).to_string()),
            ('x' | 'X', Value::String(text)) => Some(self.hex(text.as_str().as_bytes())),
            ('x' | 'X', Value::Bytes(bytes)) => Some(self.hex(bytes)),
            ('f' | 'e', Value::Double(number)) => Some(self.real(*number)),
            ('f' | 'e', Value::String(text)) => match text.as_str() {
                "NaN" => Some("NaN".to_owned()),
                "Infinity" => Some("∞".to_owned()),
                "-Infinity" => Some("-∞".to_owned()),
                _ => None,
            },
            _ => None,
        };
        made.ok_or_else(|| {
            let words = mismatch(self.letter, value.type_name());
            EvaluationError::Runtime(format!("error during formatting: {words}"))
        })
    }

    fn digits(&self, number: u64) -> String {
        match self.letter {
            'b' => format!("{number:b}"),
            'o' => format!("{number:o}"),
            'x' => format!("{number:x}"),
            'X' => format!("{number:X}"),
            _ => number.to_string(),
        }
    }

    fn hex(&self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len() * 2);
        for byte in bytes {
            let written = if self.letter == 'X' {
                write!(text, "{byte:02X}")
            } else {
                write!(text, "{byte:02x}")
            };
            written.expect("strings take all");
        }
        text
    }

    fn real(&self, number: f64) -> String {
        if number.is_nan() {
            return "NaN".to_owned();
        }
        if number.is_infinite() {
            return if number > 0.0 { "∞" } else { "-∞" }.to_owned();
        }
        let precision = self.precision;
        if self.letter == 'f' {
            return grouped(&format!("{number:.precision$}"));
        }
        // English, as upstream's default locale writes it.
        let text = format!("{number:.precision$e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, exponent) = match exponent.strip_prefix('-') {
            Some(exponent) => ("\u{207b}", exponent),
            None => ("", exponent),
        };
        let superscript: String = format!("{exponent:0>2}")
            .bytes()
            .map(|digit| {
                ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(digit - b'0') % 10]
            })
            .collect();
        format!("{digits}×10{sign}{superscript}")
    }
}

/// Thousands apart.
fn grouped(text: &str) -> String {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => ("-", text),
        None => ("", text),
    };
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut made = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            made.push(',');
        }
        made.push(digit);
    }
    made + fraction
}

/// What a clause says of a value that it does not take.
pub(crate) fn mismatch(letter: char, type_name: &str) -> String {
    let what = match letter {
        's' => {
            "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps"
        }
        'd' => "decimal clause can only be used on integers",
        'f' => "fixed-point clause can only be used on doubles",
        'e' => "scientific clause can only be used on doubles",
        'b' => "only integers and bools can be formatted as binary",
        'o' => "octal clause can only be used on integers",
        _ => "only integers, byte buffers, and strings can be formatted as hex",
    };
    format!("{what}, was given {type_name}")
}

fn shown(value: &Value<'_>, depth: usize) -> Result<String, EvaluationError> {
    Ok(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Uint(value) => value.to_string(),
        Value::Double(value) => meta::go_float(*value),
        Value::String(text) => text.as_str().to_owned(),
        Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                return Err(EvaluationError::runtime(
                    "error during formatting: invalid UTF-8 in bytes, cannot convert to string",
                ));
            }
        },
        Value::Duration(nanos) => duration_text(*nanos),
        // In UTC, unlike as a string.
        Value::Timestamp(time) => time.utc_text(),
        Value::Type(name) => (**name).to_owned(),
        Value::List(list) => list_text(list, depth)?,
        Value::Map(map) => map_text(map, depth)?,
        Value::Optional(_) | Value::Opaque(_) => {
            let words = mismatch('s', value.type_name());
            return Err(EvaluationError::Runtime(format!(
                "error during formatting: {words}"
            )));
        }
    })
}

/// Inside of lists and maps values stand as expressions would write them.
fn literal(value: &Value<'_>, depth: usize) -> Result<String, EvaluationError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(EvaluationError::runtime(
            "error during formatting: value is nested too deeply",
        ));
    };
    let text = shown(value, depth)?;
    Ok(match value {
        Value::String(_) => go_quote(&text),
        Value::Bytes(_) => format!("b{}", go_quote(&text)),
        Value::Double(number) if number.is_finite() => format!("{number:.6}"),
        Value::Double(_) => go_quote(&text),
        Value::Duration(_) => format!("duration({})", go_quote(&text)),
        Value::Timestamp(_) => format!("timestamp({})", go_quote(&text)),
        _ => text,
    })
}

/// Longer text is not made of lists and maps.
const TEXT_BYTES_MAX: usize = 1 << 20;

fn bounded(text: &str) -> Result<(), EvaluationError> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(EvaluationError::Budget);
    }
    Ok(())
}

fn list_text(list: &List<'_>, depth: usize) -> Result<String, EvaluationError> {
    let mut text = String::from("[");
    for (index, element) in list.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        text.push_str(&literal(&element?, depth)?);
        bounded(&text)?;
    }
    text.push(']');
    Ok(text)
}

fn map_text(map: &Map<'_>, depth: usize) -> Result<String, EvaluationError> {
    let mut pairs = Vec::with_capacity(map.len());
    let mut size = 0;
    for key in map.keys() {
        let value = map.find(&key).transpose()?.unwrap_or(Value::Null);
        let pair = format!("{}:{}", literal(&key, depth)?, literal(&value, depth)?);
        size += pair.len();
        if size > TEXT_BYTES_MAX {
            return Err(EvaluationError::Budget);
        }
        pairs.push(pair);
    }
    pairs.sort();
    Ok(format!("{{{}}}", pairs.join(", ")))
}
