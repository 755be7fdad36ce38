//! DER, element by element, as strictly as Go reads it: identifiers of one byte, lengths and numbers in as few bytes as they need.

use std::fmt;
use x509_parser::num_bigint::BigUint;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// Above it an identifier has further bytes.
const TAG_MAX: u8 = 0x1f;
const LONG_LENGTH: u8 = 0x80;
const LENGTH_BYTES_MAX: usize = 4;
/// Each has seven bits of the number.
const ARC_BYTES_MAX: usize = 5;

/// The identifier of a primitive `[tag]`.
pub(super) const fn context(tag: u8) -> u8 {
    0x80 | tag
}

/// The identifier of a constructed `[tag]`.
pub(super) const fn explicit(tag: u8) -> u8 {
    0xa0 | tag
}

/// What has not been read yet.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

pub(super) struct Element<'a> {
    pub(super) tag: u8,
    /// With identifier and length.
    pub(super) whole: &'a [u8],
    pub(super) content: &'a [u8],
}

/// Every reading answers `None` where something else stands.
impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn next_is(&self, tag: u8) -> bool {
        self.0.first() == Some(&tag)
    }

    /// Identifier and length of what follows, however much that is.
    pub(super) fn header(&mut self) -> Option<(u8, usize)> {
        let (&tag, after) = self.0.split_first()?;
        if tag & TAG_MAX == TAG_MAX {
            return None;
        }
        let (length, length_bytes) = length(after)?;
        self.0 = &after[length_bytes..];
        Some((tag, length))
    }

    pub(super) fn any(&mut self) -> Option<Element<'a>> {
        let begin = self.0;
        let (tag, length) = self.header()?;
        let content = self.0.get(..length)?;
        self.0 = &self.0[length..];
        Some(Element {
            tag,
            whole: &begin[..begin.len() - self.0.len()],
            content,
        })
    }

    pub(super) fn bytes(&mut self, tag: u8) -> Option<&'a [u8]> {
        let element = self.any()?;
        (element.tag == tag).then_some(element.content)
    }

    pub(super) fn read(&mut self, tag: u8) -> Option<Self> {
        self.bytes(tag).map(Self)
    }

    /// `Some(None)` where another element or none follows.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Option<Self>> {
        if self.next_is(tag) {
            self.read(tag).map(Some)
        } else {
            Some(None)
        }
    }

    pub(super) fn boolean(&mut self) -> Option<bool> {
        match self.bytes(BOOLEAN)? {
            [0] => Some(false),
            [0xff] => Some(true),
            _ => None,
        }
    }

    pub(super) fn integer(&mut self) -> Option<Integer<'a>> {
        Integer::new(self.bytes(INTEGER)?)
    }

    pub(super) fn small_integer(&mut self) -> Option<i64> {
        self.integer()?.small()
    }

    pub(super) fn object_identifier(&mut self) -> Option<ObjectIdentifier> {
        ObjectIdentifier::new(self.bytes(OBJECT_IDENTIFIER)?)
    }

    /// The bits as bytes, those that are missing from the last byte as zeros in front of the first.
    pub(super) fn bits(&mut self) -> Option<Vec<u8>> {
        let (&unused, bytes) = self.bytes(BIT_STRING)?.split_first()?;
        let last = bytes.last().copied();
        if unused > 7 || last.map_or(unused > 0, |last| last & ((1 << unused) - 1) != 0) {
            return None;
        }
        let shifted = |(index, byte): (usize, &u8)| {
            let carried = if index == 0 { 0 } else { bytes[index - 1] };
            let both = u16::from_be_bytes([carried, *byte]) >> unused;
            both.to_be_bytes()[1]
        };
        Some(bytes.iter().enumerate().map(shifted).collect())
    }
}

/// The length, and how many bytes tell it.
fn length(bytes: &[u8]) -> Option<(usize, usize)> {
    let (&first, after) = bytes.split_first()?;
    if first < LONG_LENGTH {
        return Some((usize::from(first), 1));
    }
    let count = usize::from(first - LONG_LENGTH);
    if count > LENGTH_BYTES_MAX {
        return None;
    }
    let digits = after.get(..count)?;
    let length = digits
        .iter()
        .fold(0, |length, digit| length << 8 | usize::from(*digit));
    let minimal = digits.first().is_some_and(|digit| *digit != 0);
    (minimal && length >= usize::from(LONG_LENGTH)).then_some((length, 1 + count))
}

/// The bytes of a number in two's complement.
pub(super) struct Integer<'a>(&'a [u8]);

impl<'a> Integer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes {
            [] | [0, 0..=0x7f, ..] | [0xff, 0x80..=0xff, ..] => None,
            _ => Some(Self(bytes)),
        }
    }

    pub(super) fn is_negative(&self) -> bool {
        self.0[0] >= 0x80
    }

    pub(super) fn is_positive(&self) -> bool {
        !self.is_negative() && self.0 != [0]
    }

    /// Unless it is too large for 64 bits.
    pub(super) fn small(&self) -> Option<i64> {
        let mut digits = if self.is_negative() {
            [0xff; 8]
        } else {
            [0; 8]
        };
        let at = digits.len().checked_sub(self.0.len())?;
        digits[at..].copy_from_slice(self.0);
        Some(i64::from_be_bytes(digits))
    }

    /// Unless it is zero or less.
    pub(super) fn positive(&self) -> Option<BigUint> {
        self.is_positive().then(|| BigUint::from_bytes_be(self.0))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ObjectIdentifier(Vec<u32>);

impl ObjectIdentifier {
    fn new(bytes: &[u8]) -> Option<Self> {
        let mut arcs = Vec::new();
        for arc in bytes.split_inclusive(|byte| *byte < 0x80) {
            let whole = arc[0] != 0x80 && arc[arc.len() - 1] < 0x80;
            if !whole || arc.len() > ARC_BYTES_MAX {
                return None;
            }
            let number = arc
                .iter()
                .fold(0_u64, |number, byte| number << 7 | u64::from(byte & 0x7f));
            let number = u32::try_from(number).ok();
            let number = number.filter(|number| i32::try_from(*number).is_ok())?;
            if arcs.is_empty() {
                // Two numbers in one, of which the first is at most 2.
                let first = (number / 40).min(2);
                arcs.push(first);
                arcs.push(number - first * 40);
            } else {
                arcs.push(number);
            }
        }
        (!arcs.is_empty()).then_some(Self(arcs))
    }

    pub(super) fn arcs(&self) -> &[u32] {
        &self.0
    }
}

impl fmt::Display for ObjectIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arcs: Vec<String> = self.0.iter().map(u32::to_string).collect();
        f.write_str(&arcs.join("."))
    }
}
