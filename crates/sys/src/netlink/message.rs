//! Netlink messages: netlink(7). A header, a fixed part, attributes padded to four bytes.

use std::io;

const HEADER_BYTES: usize = 16;
const ATTRIBUTE_HEADER_BYTES: usize = 4;
const NESTED: u16 = 1 << 15;
/// The high bits of an attribute's type are flags.
const TYPE_MASK: u16 = 0x3fff;

/// A request under construction.
#[derive(Debug, Clone)]
pub struct Message {
    kind: u16,
    flags: u16,
    payload: Vec<u8>,
}

impl Message {
    /// `flags` beyond "this is a request, acknowledge it"; `fixed` is the structure that the kind begins with.
    pub fn new(kind: u16, flags: u16, fixed: &[u8]) -> Message {
        let mut payload = fixed.to_vec();
        pad(&mut payload);
        Message {
            kind,
            flags,
            payload,
        }
    }

    #[must_use]
    pub fn bytes(mut self, attribute: u16, value: &[u8]) -> Message {
        let length =
            u16::try_from(ATTRIBUTE_HEADER_BYTES + value.len()).expect("attributes are short");
        self.payload.extend(length.to_ne_bytes());
        self.payload.extend(attribute.to_ne_bytes());
        self.payload.extend(value);
        pad(&mut self.payload);
        self
    }

    #[must_use]
    pub fn u8(self, attribute: u16, value: u8) -> Message {
        self.bytes(attribute, &[value])
    }

    #[must_use]
    pub fn u32(self, attribute: u16, value: u32) -> Message {
        self.bytes(attribute, &value.to_ne_bytes())
    }

    /// In network byte order, as nf_tables has its numbers.
    #[must_use]
    pub fn be32(self, attribute: u16, value: u32) -> Message {
        self.bytes(attribute, &value.to_be_bytes())
    }

    /// With the terminating zero.
    #[must_use]
    pub fn text(self, attribute: u16, value: &str) -> Message {
        let mut bytes = value.as_bytes().to_vec();
        bytes.push(0);
        self.bytes(attribute, &bytes)
    }

    /// A nested attribute; `fill` writes what is inside.
    #[must_use]
    pub fn nested(mut self, attribute: u16, fill: impl FnOnce(Message) -> Message) -> Message {
        let start = self.payload.len();
        self.payload.extend([0; ATTRIBUTE_HEADER_BYTES]);
        let mut message = fill(self);
        let length = u16::try_from(message.payload.len() - start).expect("attributes are short");
        message.payload[start..start + 2].copy_from_slice(&length.to_ne_bytes());
        message.payload[start + 2..start + 4].copy_from_slice(&(attribute | NESTED).to_ne_bytes());
        message
    }

    /// Raw bytes inside a nested attribute: some begin with a structure.
    #[must_use]
    pub fn fixed(mut self, value: &[u8]) -> Message {
        self.payload.extend(value);
        pad(&mut self.payload);
        self
    }

    pub(super) fn finish(self, flags: u16, sequence: u32) -> Vec<u8> {
        let length = u32::try_from(HEADER_BYTES + self.payload.len()).expect("messages are short");
        let mut bytes = Vec::with_capacity(HEADER_BYTES + self.payload.len());
        bytes.extend(length.to_ne_bytes());
        bytes.extend(self.kind.to_ne_bytes());
        bytes.extend((self.flags | flags).to_ne_bytes());
        bytes.extend(sequence.to_ne_bytes());
        bytes.extend(0_u32.to_ne_bytes());
        bytes.extend(self.payload);
        bytes
    }
}

/// An answer of the kernel.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    pub kind: u16,
    pub(super) sequence: u32,
    payload: &'a [u8],
}

impl<'a> Reply<'a> {
    /// What follows the header.
    pub fn payload(&self) -> &'a [u8] {
        self.payload
    }

    /// The attributes after a fixed part of `fixed_bytes`.
    pub fn attributes(&self, fixed_bytes: usize) -> Attributes<'a> {
        Attributes {
            rest: self.payload.get(fixed_bytes..).unwrap_or_default(),
        }
    }

    /// `None`: an acknowledgement.
    pub(super) fn error(&self) -> Option<io::Error> {
        let code = self.payload.get(..4).map_or(-nix::libc::EBADMSG, |bytes| {
            i32::from_ne_bytes(bytes.try_into().expect("four bytes were taken"))
        });
        (code != 0).then(|| io::Error::from_raw_os_error(-code))
    }
}

/// Attributes, each with its type (flags removed) and value.
#[derive(Debug, Clone, Copy)]
pub struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Attributes<'a> {
    pub fn within(value: &'a [u8]) -> Attributes<'a> {
        Attributes { rest: value }
    }

    pub fn value(mut self, attribute: u16) -> Option<&'a [u8]> {
        self.find(|(kind, _)| *kind == attribute)
            .map(|(_, value)| value)
    }

    pub fn u32(self, attribute: u16) -> Option<u32> {
        self.value(attribute)?
            .try_into()
            .ok()
            .map(u32::from_ne_bytes)
    }

    /// Text without its terminating zero; `None` also when it is not UTF-8.
    pub fn text(self, attribute: u16) -> Option<&'a str> {
        let value = self.value(attribute)?;
        std::str::from_utf8(value.strip_suffix(&[0]).unwrap_or(value)).ok()
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let length = usize::from(u16::from_ne_bytes(self.rest.get(..2)?.try_into().ok()?));
        let kind = u16::from_ne_bytes(self.rest.get(2..4)?.try_into().ok()?);
        let value = self.rest.get(ATTRIBUTE_HEADER_BYTES..length)?;
        self.rest = self
            .rest
            .get(length.next_multiple_of(4)..)
            .unwrap_or_default();
        Some((kind & TYPE_MASK, value))
    }
}

/// Splits what was received into messages.
pub(super) fn replies(mut bytes: &[u8]) -> impl Iterator<Item = Reply<'_>> {
    std::iter::from_fn(move || {
        let number = |at: usize| {
            bytes
                .get(at..at + 4)?
                .try_into()
                .ok()
                .map(u32::from_ne_bytes)
        };
        let length = usize::try_from(number(0)?).ok()?;
        let sequence = number(8)?;
        let kind = u16::from_ne_bytes(bytes.get(4..6)?.try_into().ok()?);
        let payload = bytes.get(HEADER_BYTES..length)?;
        bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
        Some(Reply {
            kind,
            sequence,
            payload,
        })
    })
}

fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}
