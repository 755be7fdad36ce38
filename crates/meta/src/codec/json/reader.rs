//! The reader: a cursor over bytes that never looks back.

use crate::codec::DecodeError;
use std::borrow::Cow;

/// Go's bound on nesting.
pub const DEPTH_MAX: usize = 10_000;

/// Nesting of JSON that is kept as text.
pub const RAW_DEPTH_MAX: usize = 100;

/// A cursor over JSON text.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

/// Where we are in an object or array.
#[derive(Debug)]
pub struct Members {
    first: bool,
}

/// A string between its quotes, escapes not resolved.
#[derive(Clone, Copy, Debug)]
pub struct RawString<'a> {
    body: &'a [u8],
    /// A word rather than a bool: answers of odd layout stall the processor when they are copied.
    escapes: usize,
}

impl<'a> RawString<'a> {
    /// Whether it is this text.
    #[must_use]
    #[inline]
    pub fn is(&self, name: &str) -> bool {
        if self.escapes != 0 {
            self.text() == name
        } else {
            self.body == name.as_bytes()
        }
    }
    /// [`key`](crate::codec::key) of the text.
    #[must_use]
    #[inline]
    pub fn hash(&self) -> u16 {
        if self.escapes != 0 {
            crate::codec::key(self.text().as_bytes())
        } else {
            crate::codec::key(self.body)
        }
    }
    /// The text; invalid UTF-8 becomes U+FFFD, as in Go.
    #[must_use]
    #[inline]
    pub fn text(self) -> Cow<'a, str> {
        if self.escapes != 0 {
            return Cow::Owned(unescape(self.body));
        }
        match std::str::from_utf8(self.body) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(replace_invalid(self.body)),
        }
    }
}

/// What Go calls a value that begins with `first`.
#[must_use]
pub fn noun(first: u8) -> &'static str {
    match first {
        b'"' => "string",
        b'{' => "object",
        b'[' => "array",
        b't' | b'f' => "bool",
        b'n' => "null",
        _ => "number",
    }
}

impl<'a> Reader<'a> {
    /// At the beginning of `text`.
    #[must_use]
    pub fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0 }
    }

    /// Bytes read.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.at
    }

    /// The error for what stands here, in Go's words.
    #[must_use]
    pub fn syntax(&self) -> DecodeError {
        DecodeError::Syntax {
            message: super::syntax_error(self.text),
        }
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    /// The first byte of the next value.
    ///
    /// # Errors
    /// At the end of the text.
    #[inline]
    pub fn peek(&mut self) -> Result<u8, DecodeError> {
        self.skip_space();
        self.text.get(self.at).copied().ok_or_else(|| self.syntax())
    }

    /// Only white space follows.
    ///
    /// # Errors
    /// When anything else does.
    pub fn end(&mut self) -> Result<(), DecodeError> {
        self.skip_space();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(self.syntax())
        }
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), DecodeError> {
        if self.peek()? == byte {
            self.at += 1;
            return Ok(());
        }
        Err(self.syntax())
    }

    /// Enters an object.
    ///
    /// # Errors
    /// When no object begins here.
    pub fn begin_object(&mut self) -> Result<Members, DecodeError> {
        self.expect(b'{')?;
        Ok(Members { first: true })
    }

    /// The next key, with the cursor before its value; none after the last.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn next_key(&mut self, members: &mut Members) -> Result<Option<Cow<'a, str>>, DecodeError> {
        Ok(self.next_raw_key(members)?.map(RawString::text))
    }

    /// The same without checking its text.
    ///
    /// # Errors
    /// When the text is not JSON.
    #[inline]
    pub fn next_raw_key(
        &mut self,
        members: &mut Members,
    ) -> Result<Option<RawString<'a>>, DecodeError> {
        if !self.next_member(members, b'}')? {
            return Ok(None);
        }
        if self.peek()? != b'"' {
            return Err(self.syntax());
        }
        let key = self.raw_string()?;
        self.expect(b':')?;
        Ok(Some(key))
    }

    /// Enters an array.
    ///
    /// # Errors
    /// When no array begins here.
    pub fn begin_array(&mut self) -> Result<Members, DecodeError> {
        self.expect(b'[')?;
        Ok(Members { first: true })
    }

    /// Whether there is another element, with the cursor before it.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn next_element(&mut self, members: &mut Members) -> Result<bool, DecodeError> {
        self.next_member(members, b']')
    }

    #[inline]
    fn next_member(&mut self, members: &mut Members, close: u8) -> Result<bool, DecodeError> {
        let byte = self.peek()?;
        if byte == close {
            self.at += 1;
            return Ok(false);
        }
        if std::mem::replace(&mut members.first, false) {
            return Ok(true);
        }
        if byte != b',' {
            return Err(self.syntax());
        }
        self.at += 1;
        // A comma promises a member: `[1,]` is an error.
        if self.peek()? == close {
            Err(self.syntax())
        } else {
            Ok(true)
        }
    }

    /// The string that begins here; invalid UTF-8 becomes U+FFFD, as in Go.
    ///
    /// # Errors
    /// When no well-formed string begins here.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.raw_string().map(RawString::text)
    }

    /// The string that begins here, between its quotes.
    ///
    /// # Errors
    /// When no well-formed string begins here.
    #[inline]
    pub fn raw_string(&mut self) -> Result<RawString<'a>, DecodeError> {
        let start = self.at + 1;
        let mut at = start;
        let mut escapes = 0;
        loop {
            at += plain_len(&self.text[at.min(self.text.len())..]);
            match self.text.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escapes += 1;
                    at += escape_len(&self.text[at..]).ok_or_else(|| self.syntax())?;
                }
                _ => return Err(self.syntax()),
            }
        }
        self.at = at + 1;
        Ok(RawString {
            body: &self.text[start..at],
            escapes,
        })
    }

    /// The number that begins here, as written.
    ///
    /// # Errors
    /// When no number begins here.
    pub fn number(&mut self) -> Result<&'a str, DecodeError> {
        let start = self.at;
        let len = number_len(&self.text[start..]).ok_or_else(|| self.syntax())?;
        self.at += len;
        Ok(std::str::from_utf8(&self.text[start..self.at]).expect("digits, signs and points"))
    }

    /// The literal `true`, `false` or `null` that begins here.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn literal(&mut self) -> Result<&'static str, DecodeError> {
        let rest = &self.text[self.at..];
        let literal = ["true", "false", "null"]
            .into_iter()
            .find(|word| rest.starts_with(word.as_bytes()));
        let word = literal.ok_or_else(|| self.syntax())?;
        self.at += word.len();
        Ok(word)
    }

    /// Passes over a value, checking its syntax and depth without recursion.
    ///
    /// # Errors
    /// When the text is not JSON, or nested deeper than [`DEPTH_MAX`].
    pub fn skip_value(&mut self) -> Result<(), DecodeError> {
        self.skip_bounded(DEPTH_MAX)
    }

    /// Passes over the value of a member of the root.
    ///
    /// # Errors
    /// As [`Reader::skip_value`], counting the root.
    pub fn skip_member(&mut self) -> Result<(), DecodeError> {
        self.skip_bounded(DEPTH_MAX - 1)
    }

    fn skip_bounded(&mut self, depth_max: usize) -> Result<(), DecodeError> {
        let mut closers: Vec<(u8, Members)> = Vec::new();
        loop {
            match self.peek()? {
                b'"' => drop(self.raw_string()?),
                open @ (b'{' | b'[') => {
                    self.at += 1;
                    if closers.len() == depth_max {
                        return Err(DecodeError::too_deep(open));
                    }
                    closers.push((
                        if open == b'{' { b'}' } else { b']' },
                        Members { first: true },
                    ));
                }
                b'-' | b'0'..=b'9' => drop(self.number()?),
                _ => drop(self.literal()?),
            }
            loop {
                let Some((close, members)) = closers.last_mut() else {
                    return Ok(());
                };
                let close = *close;
                if self.next_member(members, close)? {
                    if close == b'}' {
                        self.skip_key()?;
                    }
                    break;
                }
                closers.pop();
            }
        }
    }

    fn skip_key(&mut self) -> Result<(), DecodeError> {
        if self.peek()? != b'"' {
            return Err(self.syntax());
        }
        self.raw_string()?;
        self.expect(b':')
    }

    /// The text of the value that begins here, which other code will parse with recursion.
    ///
    /// # Errors
    /// As [`Reader::skip_value`], with the bound [`RAW_DEPTH_MAX`].
    pub fn raw_value(&mut self) -> Result<&'a [u8], DecodeError> {
        self.skip_space();
        let start = self.at;
        self.skip_bounded(RAW_DEPTH_MAX)?;
        Ok(&self.text[start..self.at])
    }
}

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;

/// How many bytes from here are neither quote, backslash nor control character. Eight at a time.
#[inline]
fn plain_len(text: &[u8]) -> usize {
    let mut len = 0;
    let (chunks, rest) = text.as_chunks::<8>();
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
        let controls = word.wrapping_sub(ONES * 0x20) & !word;
        let found = (zeros(word ^ (ONES * 0x22)) | zeros(word ^ (ONES * 0x5c)) | controls) & HIGHS;
        if found != 0 {
            return len + (found.trailing_zeros() / 8) as usize;
        }
        len += 8;
    }
    len + rest
        .iter()
        .take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20))
        .count()
}

fn escape_len(text: &[u8]) -> Option<usize> {
    match text.get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => text
            .get(2..6)?
            .iter()
            .all(u8::is_ascii_hexdigit)
            .then_some(6),
        _ => None,
    }
}

fn number_len(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        text[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let mut at = usize::from(text.first() == Some(&b'-'));
    at += match text.get(at)? {
        b'0' => 1,
        b'1'..=b'9' => digits(at),
        _ => return None,
    };
    if text.get(at) == Some(&b'.') {
        let count = digits(at + 1);
        if count == 0 {
            return None;
        }
        at += 1 + count;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let count = digits((at + 1 + sign).min(text.len()));
        if count == 0 {
            return None;
        }
        at += 1 + sign + count;
    }
    Some(at)
}

/// The text of a string whose escapes were checked.
fn unescape(body: &[u8]) -> String {
    let mut res = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        res.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let (unescaped, len) = unescape_one(rest);
        res.extend_from_slice(unescaped.encode_utf8(&mut [0; 4]).as_bytes());
        rest = &rest[len..];
    }
    res.extend_from_slice(rest);
    String::from_utf8(res).unwrap_or_else(|error| replace_invalid(error.as_bytes()))
}

fn unescape_one(text: &[u8]) -> (char, usize) {
    let plain = match text[1] {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unescape_unicode(text),
        other => char::from(other),
    };
    (plain, 2)
}

fn unescape_unicode(text: &[u8]) -> (char, usize) {
    let first = hex4(&text[2..6]);
    if let Some(char) = char::from_u32(first) {
        return (char, 6);
    }
    let second = text
        .get(6..12)
        .filter(|next| next.starts_with(b"\\u"))
        .map(|next| hex4(&next[2..]));
    match second {
        Some(low @ 0xdc00..0xe000) if first < 0xdc00 => {
            let code = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
            (char::from_u32(code).expect("a surrogate pair"), 12)
        }
        _ => (char::REPLACEMENT_CHARACTER, 6),
    }
}

fn hex4(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, digit| {
        sum * 16 + char::from(*digit).to_digit(16).expect("checked")
    })
}

/// Go replaces each invalid byte, where Rust would replace each invalid sequence.
pub(crate) fn replace_invalid(body: &[u8]) -> String {
    let mut res = String::with_capacity(body.len());
    for chunk in body.utf8_chunks() {
        res.push_str(chunk.valid());
        res.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    res
}

impl Reader<'_> {
    /// A string, or none for null.
    ///
    /// # Errors
    /// When it is neither.
    pub fn optional_string(&mut self) -> Result<Option<String>, DecodeError> {
        match self.peek()? {
            b'"' => Ok(Some(self.string()?.into_owned())),
            b'n' => self.literal().map(|_| None),
            first => Err(self.mismatch(noun(first), "string")),
        }
    }

    /// What an `UnmarshalJSON` says that finds `noun` where it wants `go_type`.
    #[must_use]
    pub fn mismatch(&self, noun: &str, go_type: &str) -> DecodeError {
        DecodeError::Scalar {
            noun: noun.to_owned(),
            go_type: go_type.to_owned(),
        }
    }
}
