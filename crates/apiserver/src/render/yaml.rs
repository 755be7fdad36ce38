//! YAML as upstream answers it: keys sorted, block style, strings quoted only where they would read as something else.
use serde_json::Value;
use std::fmt::Write;

/// The YAML of a JSON document.
pub(crate) fn yaml(json: &[u8]) -> Vec<u8> {
    let mut out = String::with_capacity(json.len() * 2);
    match serde_json::from_slice::<Value>(json) {
        Ok(value) => block(&mut out, &value, 0, false),
        Err(error) => tracing::error!(%error, "a document of our own is not JSON"),
    }
    out.into_bytes()
}

/// Writes a value that begins on the current line (`after_dash`) or, for collections under a key, on the next.
fn block(out: &mut String, value: &Value, indent: usize, after_dash: bool) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            members.sort_by_key(|member| member.0);
            for (index, (key, value)) in members.into_iter().enumerate() {
                if index > 0 || !after_dash {
                    pad(out, indent);
                }
                scalar(out, key, indent);
                out.push(':');
                member(out, value, indent);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 || !after_dash {
                    pad(out, indent);
                }
                out.push('-');
                element(out, item, indent);
            }
        }
        other => {
            flow(out, other, indent);
            out.push('\n');
        }
    }
}

fn member(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('\n');
            block(out, value, indent + 2, false);
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            block(out, value, indent, false);
        }
        other => {
            out.push(' ');
            flow(out, other, indent);
            out.push('\n');
        }
    }
}

fn element(out: &mut String, item: &Value, indent: usize) {
    out.push(' ');
    block(out, item, indent + 2, true);
}

fn flow(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Value::String(text) => scalar(out, text, indent),
        Value::Array(_) => out.push_str("[]"),
        Value::Object(_) => out.push_str("{}"),
    }
}

fn scalar(out: &mut String, text: &str, indent: usize) {
    let printable = text
        .chars()
        .all(|c| c == '\n' || c == '\t' || !c.is_control());
    if text.contains('\n') && printable && !text.starts_with([' ', '\n', '\t']) {
        return literal(out, text, indent);
    }
    if text.is_empty() || needs_quotes(text) || !printable {
        out.push_str(&Value::from(text).to_string());
    } else {
        out.push_str(text);
    }
}

fn literal(out: &mut String, text: &str, indent: usize) {
    let body = text.trim_end_matches('\n');
    out.push_str(match text.len() - body.len() {
        0 => "|-",
        1 => "|",
        _ => "|+",
    });
    let kept = if text.len() - body.len() > 1 {
        &text[..text.len() - 1]
    } else {
        body
    };
    for line in kept.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            pad(out, indent + 2);
            out.push_str(line);
        }
    }
}

fn needs_quotes(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", ".inf", ".nan",
        "-.inf",
    ];
    let first = text.chars().next().unwrap_or(' ');
    WORDS.contains(&text.to_ascii_lowercase().as_str())
        || looks_numeric(text)
        || text.starts_with(['-', '?', ':']) && (text.len() == 1 || text[1..].starts_with(' '))
        || ",[]{}#&*!|>'\"%@`= \t".contains(first)
        || text.ends_with([' ', ':', '\t'])
        || text.contains(": ")
        || text.contains(" #")
        || text.contains('\n')
        || text == "---"
}

/// Whether YAML 1.1, as Go's library resolves it, reads the text as a number or a date. Addresses and uids are neither.
fn looks_numeric(text: &str) -> bool {
    let signless = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !signless.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return false;
    }
    let plain = signless.replace('_', "");
    is_integer(&plain) || is_float(&plain) || is_date(text) || is_base_60(signless)
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_integer(text: &str) -> bool {
    let in_base = |prefix: &str, base: u32| {
        let digits = text.strip_prefix(prefix);
        digits.is_some_and(|d| !d.is_empty() && d.chars().all(|c| c.is_digit(base)))
    };
    all_digits(text)
        || [
            ("0x", 16),
            ("0X", 16),
            ("0o", 8),
            ("0O", 8),
            ("0b", 2),
            ("0B", 2),
        ]
        .iter()
        .any(|(prefix, base)| in_base(prefix, *base))
}

/// Digits with a point somewhere, and perhaps an exponent.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = text
        .split_once(['e', 'E'])
        .map_or((text, None), |(mantissa, exponent)| {
            (mantissa, Some(exponent))
        });
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.is_empty() || all_digits(part);
    let unsigned = |text| str::strip_prefix(text, ['-', '+']).unwrap_or(text);
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| all_digits(unsigned(exponent)))
}

/// `2006-1-2`, perhaps with a time.
fn is_date(text: &str) -> bool {
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, "0"),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    all_digits(year)
        && year.len() == 4
        && [month, day]
            .iter()
            .all(|part| all_digits(part) && part.len() <= 2)
        && !time.is_empty()
        && time
            .chars()
            .all(|c| c.is_ascii_digit() || ":.Z+-".contains(c))
}

/// `1:30` and `12:30:45.5`.
fn is_base_60(text: &str) -> bool {
    let mut parts = text.split(':');
    let first = parts.next().unwrap_or("");
    let rest: Vec<&str> = parts.collect();
    let sixtieth = |part: &str| {
        let whole = part.split('.').next().unwrap_or("");
        whole.len() <= 2 && whole.parse::<u8>().is_ok_and(|value| value < 60)
    };
    all_digits(&first.replace('_', ""))
        && !rest.is_empty()
        && rest.iter().all(|part| sixtieth(part))
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

#[cfg(test)]
mod tests;
