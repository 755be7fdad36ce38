//! YAML as upstream answers it: block style, keys in the order of its library, strings quoted where they would read as something else,
//! long lines folded at their blanks.
mod emitter;
mod plain;
mod scalar;

use emitter::Emitter;
use meta::codec::json::parse_tree;
use serde_json::{Number, Value};
use std::cmp::Ordering;

/// Keys longer than this (bytes) are written as `? KEY` and, on the next line, `: VALUE`.
const SIMPLE_KEY_BYTES_MAX: usize = 128;

/// The YAML of a JSON document.
pub(crate) fn yaml(json: &[u8]) -> Vec<u8> {
    let mut emitter = Emitter::default();
    match parse_tree(json) {
        Ok((value, _)) => {
            node(&mut emitter, &value, None, Place::Root);
            emitter.end();
        }
        Err(error) => tracing::error!(%error, "a document of our own is not JSON"),
    }
    emitter.into_bytes()
}

/// What a value stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Sequence,
    Mapping,
}

/// `indent` is that of the collection around it.
fn node(out: &mut Emitter, value: &Value, indent: Option<usize>, place: Place) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            let indent = indent.map_or(0, |indent| indent + 2);
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            members.sort_by(|a, b| natural(a.0, b.0));
            for (key, value) in members {
                member(out, key, value, indent);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            // Under a key the dashes stand below it.
            let in_place = place == Place::Mapping && !out.at_line_start();
            let indent = indent.map_or(0, |indent| if in_place { indent } else { indent + 2 });
            for item in items {
                out.line(indent);
                out.indicator("-", true, true);
                node(out, item, Some(indent), Place::Sequence);
            }
        }
        Value::Array(_) => out.flow("[]"),
        Value::Object(_) => out.flow("{}"),
        Value::Null => out.word("null"),
        Value::Bool(value) => out.word(if *value { "true" } else { "false" }),
        Value::Number(value) => out.word(&number(value)),
        Value::String(text) => scalar::write(out, text, indent.unwrap_or(0) + 2, false),
    }
}

fn member(out: &mut Emitter, key: &str, value: &Value, indent: usize) {
    out.line(indent);
    if key.len() <= SIMPLE_KEY_BYTES_MAX && !scalar::has_breaks(key) {
        scalar::write(out, key, indent + 2, true);
        out.indicator(":", false, false);
    } else {
        out.indicator("?", true, true);
        scalar::write(out, key, indent + 2, false);
        out.line(indent);
        out.indicator(":", true, true);
    }
    node(out, value, Some(indent), Place::Mapping);
}

fn number(value: &Number) -> String {
    match value.as_f64() {
        Some(float) if value.is_f64() => {
            // Whole ones have no point in JSON, and so are integers where they fit.
            #[expect(clippy::cast_possible_truncation, reason = "compared afterwards")]
            let whole = float as i64;
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            let is_whole = float.abs() < 1e15 && whole as f64 == float;
            if is_whole {
                whole.to_string()
            } else {
                meta::go_float(float)
            }
        }
        _ => value.to_string(),
    }
}

/// The order of keys: numbers within them by value, letters behind all else.
fn natural(a: &str, b: &str) -> Ordering {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let Some(at) = a.iter().zip(&b).position(|(a, b)| a != b) else {
        return a.len().cmp(&b.len());
    };
    let (x, y) = (a[at], b[at]);
    match (x.is_alphabetic(), y.is_alphabetic()) {
        (true, true) => return x.cmp(&y),
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    // A nought within a number counts as a digit of it.
    let within = (x == '0' || y == '0')
        && a[..at]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_digit())
            .any(|c| *c != '0');
    let ((m, m_end), (n, n_end)) = (digits(&a, at, within), digits(&b, at, within));
    m.cmp(&n).then(m_end.cmp(&n_end)).then(x.cmp(&y))
}

/// The number that begins there, and where it ends.
fn digits(text: &[char], at: usize, within: bool) -> (i64, usize) {
    let run = text[at..].iter().map_while(|c| c.to_digit(10));
    let (value, length) = run.fold((i64::from(within), 0), |(value, length), digit| {
        let value = value.wrapping_mul(10).wrapping_add(digit.into());
        (value, length + 1)
    });
    (value, at + length)
}

#[cfg(test)]
mod tests;
