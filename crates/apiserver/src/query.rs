//! Query strings: percent decoding and typed values.
use std::borrow::Cow;

/// Pairs of a query, decoded, in order. Those that Go cannot read are left out, as it does: with a wrong escape or a semicolon.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty() && is_readable(pair))
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (component(key), component(value))
        })
}

/// The first value of a parameter.
pub(crate) fn first<'a>(query: &'a str, name: &str) -> Option<Cow<'a, str>> {
    pairs(query).find(|(key, _)| key == name).map(|pair| pair.1)
}

fn is_readable(pair: &str) -> bool {
    let mut parts = pair.split('%');
    let before = parts.next().unwrap_or("");
    let escaped = |part: &str| part.len() >= 2 && part.bytes().take(2).all(|b| hex(b).is_some());
    !before.contains(';') && parts.all(|part| escaped(part) && !part.contains(';'))
}

/// A value as it stands in a query.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Decodes `%41`, and `+` as a space when `plus_is_space`. What is not UTF-8 is replaced.
pub(crate) fn percent_decode(text: &str, plus_is_space: bool) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' if plus_is_space => out.push(b' '),
            b'%' => {
                let mut ahead = bytes.clone();
                match (ahead.next().and_then(hex), ahead.next().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        out.push(high << 4 | low);
                        bytes = ahead;
                    }
                    _ => out.push(b'%'),
                }
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8(out)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// As [`percent_decode`], but text with a `%` that begins nothing stays as it is.
pub(crate) fn path_unescape(text: &str) -> String {
    let whole = |rest: &str| {
        let mut bytes = rest.bytes();
        bytes.next().and_then(hex).is_some() && bytes.next().and_then(hex).is_some()
    };
    if text.split('%').skip(1).all(whole) {
        percent_decode(text, false)
    } else {
        text.to_owned()
    }
}

fn component(text: &str) -> Cow<'_, str> {
    if text.contains(['%', '+']) {
        Cow::Owned(percent_decode(text, true))
    } else {
        Cow::Borrowed(text)
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests;
