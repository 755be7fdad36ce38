//! PEM, as Go's `encoding/pem` reads it: whatever is no block is passed over.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"\n-----END ";
const DASHES: &[u8] = b"-----";
/// Bits left over in the last symbol are ignored.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

pub(crate) struct Block {
    pub(crate) label: String,
    pub(crate) has_headers: bool,
    pub(crate) contents: Vec<u8>,
}

pub(crate) fn blocks(mut text: &[u8]) -> impl Iterator<Item = Block> {
    std::iter::from_fn(move || {
        loop {
            let end = find(text, END)?;
            let behind = &text[end + END.len()..];
            let block = block(&text[..=end], behind);
            text = behind;
            if let Some(block) = block {
                return Some(block);
            }
        }
    })
}

/// The block that ends before `behind`, from the last beginning on: one that has no end of its own is passed over.
fn block(text: &[u8], behind: &[u8]) -> Option<Block> {
    let begin = text
        .windows(BEGIN.len())
        .rposition(|window| window == BEGIN)?;
    if begin > 0 && text[begin - 1] != b'\n' {
        return None;
    }
    let (label, mut rest) = line(&text[begin + BEGIN.len()..]);
    let label = label.strip_suffix(DASHES)?;
    let mut has_headers = false;
    loop {
        let (header, next) = line(rest);
        if !header.contains(&b':') {
            break;
        }
        has_headers = true;
        rest = next;
    }
    // Headers end with an empty line.
    if has_headers && rest.is_empty() {
        return None;
    }
    let trailer = behind.strip_prefix(label)?.strip_prefix(DASHES)?;
    if !line(trailer).0.is_empty() {
        return None;
    }
    let symbols: Vec<u8> = rest
        .iter()
        .copied()
        .filter(|byte| !b" \t\r\n".contains(byte))
        .collect();
    Some(Block {
        label: String::from_utf8_lossy(label).into_owned(),
        has_headers,
        contents: BASE64.decode(symbols).ok()?,
    })
}

/// The first line without white space at its end, and what follows.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let (mut line, rest) = match text.iter().position(|byte| *byte == b'\n') {
        Some(end) => {
            let line = &text[..end];
            (line.strip_suffix(b"\r").unwrap_or(line), &text[end + 1..])
        }
        None => (text, &[][..]),
    };
    while let [shorter @ .., b' ' | b'\t'] = line {
        line = shorter;
    }
    (line, rest)
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}
