//! Writing strings and numbers as Go's `encoding/json` does, HTML characters escaped.

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Which bytes of a string cannot stand for themselves; 0xe2 begins U+2028 and U+2029.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'&' as usize] = true;
    table[0xe2] = true;
    table
};

/// Appends `text` as a JSON string.
pub fn put_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    put_escaped(out, text.as_bytes());
    out.push(b'"');
}

fn put_escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    let mut from = 0;
    let mut at = plain_len(bytes);
    while at < bytes.len() {
        let len = special_len(&bytes[at..]);
        if len == 0 {
            at += 1;
        } else {
            out.extend_from_slice(&bytes[from..at]);
            put_special(out, &bytes[at..at + len]);
            at += len;
            from = at;
        }
        at += plain_len(&bytes[at..]);
    }
    out.extend_from_slice(&bytes[from..]);
}

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;

/// How many bytes from here can stand for themselves. Eight at a time.
fn plain_len(bytes: &[u8]) -> usize {
    let mut len = 0;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        let equal = |byte: u64| {
            let difference = word ^ (ONES * byte);
            difference.wrapping_sub(ONES) & !difference
        };
        let controls = word.wrapping_sub(ONES * 0x20) & !word;
        let marks =
            equal(0x22) | equal(0x5c) | equal(0x3c) | equal(0x3e) | equal(0x26) | equal(0xe2);
        let found = (controls | marks) & HIGHS;
        if found != 0 {
            return len + (found.trailing_zeros() / 8) as usize;
        }
        len += 8;
    }
    len + rest
        .iter()
        .take_while(|byte| !SPECIAL[usize::from(**byte)])
        .count()
}

fn special_len(bytes: &[u8]) -> usize {
    match bytes {
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
        [0xe2, ..] => 0,
        _ => 1,
    }
}

fn put_special(out: &mut Vec<u8>, special: &[u8]) {
    match special[0] {
        b'"' => out.extend_from_slice(b"\\\""),
        b'\\' => out.extend_from_slice(b"\\\\"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        8 => out.extend_from_slice(b"\\b"),
        12 => out.extend_from_slice(b"\\f"),
        0xe2 => out.extend_from_slice(if special[2] == 0xa8 {
            b"\\u2028"
        } else {
            b"\\u2029"
        }),
        byte => {
            out.extend_from_slice(b"\\u00");
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 15)]);
        }
    }
}

/// Appends an integer.
pub fn put_i64(out: &mut Vec<u8>, value: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// Appends a float: shortest digits, with an exponent below 1e-6 and from 1e21, as Go does. What is not finite is `null`.
pub fn put_f64(out: &mut Vec<u8>, value: f64) {
    let size = value.abs();
    let text = if !value.is_finite() {
        "null".to_owned()
    } else if value != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{value:e}");
        if text.contains("e-") {
            text
        } else {
            text.replace('e', "e+")
        }
    } else {
        value.to_string()
    };
    out.extend_from_slice(text.as_bytes());
}

/// Whether [`compact`] would change nothing. Eight bytes at a time, strings not told from the rest.
fn is_compact(json: &[u8]) -> bool {
    let (chunks, rest) = json.as_chunks::<8>();
    let plain = chunks.iter().all(|chunk| {
        let word = u64::from_le_bytes(*chunk);
        let equal = |byte: u64| {
            let difference = word ^ (ONES * byte);
            difference.wrapping_sub(ONES) & !difference
        };
        let spaces = word.wrapping_sub(ONES * 0x21) & !word;
        (spaces | equal(0x3c) | equal(0x3e) | equal(0x26) | equal(0xe2)) & HIGHS == 0
    });
    plain
        && !rest
            .iter()
            .any(|byte| matches!(byte, 0..=b' ' | b'<' | b'>' | b'&' | 0xe2))
}

/// Appends `json` without white space and with HTML characters escaped, as Go prints a `json.Marshaler`'s text.
pub fn compact(json: &[u8], out: &mut Vec<u8>) {
    if is_compact(json) {
        return out.extend_from_slice(json);
    }
    let mut in_string = false;
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        match byte {
            b'\\' if in_string => {
                out.extend_from_slice(&json[at..(at + 2).min(json.len())]);
                at += 2;
                continue;
            }
            b'"' => {
                in_string = !in_string;
                out.push(byte);
            }
            b' ' | b'\n' | b'\r' | b'\t' if !in_string => {}
            b'<' | b'>' | b'&' => put_special(out, &[byte]),
            0xe2 if special_len(&json[at..]) == 3 => {
                put_special(out, &json[at..at + 3]);
                at += 3;
                continue;
            }
            _ => out.push(byte),
        }
        at += 1;
    }
}
