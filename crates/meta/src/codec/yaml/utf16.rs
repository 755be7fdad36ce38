//! YAML in UTF-16, told by the mark that it begins with.

use std::borrow::Cow;

/// `None` for what has no mark; why it is no text in the words of Go's reader.
pub(super) fn text(bytes: &[u8]) -> Option<Result<Cow<'_, str>, &'static str>> {
    let (rest, unit): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => (rest, u16::from_be_bytes),
        _ => return None,
    };
    let (pairs, odd) = rest.as_chunks::<2>();
    let mut units = pairs.iter().map(|pair| unit(*pair)).peekable();
    let mut text = String::with_capacity(rest.len());
    while let Some(first) = units.next() {
        let second = units.next_if(|_| (0xD800..0xDC00).contains(&first));
        match char::decode_utf16([Some(first), second].into_iter().flatten()).next() {
            Some(Ok(char)) => text.push(char),
            _ if (0xDC00..0xE000).contains(&first) => {
                return Some(Err("unexpected low surrogate area"));
            }
            _ if second.is_some() => return Some(Err("expected low surrogate area")),
            _ => return Some(Err("incomplete UTF-16 surrogate pair")),
        }
    }
    Some(match odd {
        [] => Ok(text.into()),
        _ => Err("incomplete UTF-16 character"),
    })
}
