//! The wire format of protobuf: varints, tags, lengths.

/// Why bytes are not the message that they should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtobufError {
    /// The bytes end within a field.
    #[error("unexpected EOF")]
    Truncated,
    /// A varint is longer than ten bytes.
    #[error("proto: integer overflow")]
    Overflow,
    /// A field has another wire type than its number says.
    #[error("proto: wrong wireType = {wire_type} for field {field}")]
    WireType {
        /// Go's field name.
        field: &'static str,
        /// What stands in the tag.
        wire_type: u8,
    },
    /// A tag that no message can have.
    #[error("proto: {message}: illegal tag {number} (wire type {tag})")]
    Tag {
        /// Go's name of the message.
        message: &'static str,
        /// The field number, of which Go keeps 32 bits.
        number: i32,
        /// The whole of it.
        tag: u64,
    },
    /// A message ends like a group.
    #[error("proto: {0}: wiretype end group for non-group")]
    NoGroup(&'static str),
    /// A wire type that does not exist.
    #[error("proto: illegal wireType {0}")]
    NoWireType(u8),
    /// A length that does not fit into 63 bits.
    #[error("proto: negative length found during unmarshaling")]
    Length,
    /// Nothing follows the four bytes.
    #[error("empty body")]
    Empty,
    /// A scalar does not parse.
    #[error("{0}")]
    Value(String),
    /// The four bytes of the envelope are missing.
    #[error(
        "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]"
    )]
    Magic,
    /// Nested deeper than any message of ours.
    #[error("proto: nested too deeply")]
    Depth,
}

/// One field as it stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wire<'a> {
    /// Wire type 0.
    Varint(u64),
    /// Wire type 1.
    Fixed64(u64),
    /// Wire type 2.
    Bytes(&'a [u8]),
    /// Wire type 5.
    Fixed32(u32),
    /// Groups and what does not exist. Its bytes are still to come: see [`Fields::skip`].
    Other(u8),
}

impl Wire<'_> {
    /// Its number on the wire.
    #[must_use]
    pub fn wire_type(&self) -> u8 {
        match self {
            Wire::Varint(_) => 0,
            Wire::Fixed64(_) => 1,
            Wire::Bytes(_) => 2,
            Wire::Fixed32(_) => 5,
            Wire::Other(wire_type) => *wire_type,
        }
    }
}

const START_GROUP: u8 = 3;
const END_GROUP: u8 = 4;

/// Appends a varint.
pub fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}

/// Appends a varint field.
pub fn put_varint_field(out: &mut Vec<u8>, number: u16, value: u64) {
    put_varint(out, u64::from(number) << 3);
    put_varint(out, value);
}

/// Appends a length-delimited field.
pub fn put_bytes_field(out: &mut Vec<u8>, number: u16, bytes: &[u8]) {
    put_varint(out, u64::from(number) << 3 | 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Appends a length-delimited field whose body `write` appends. The length goes in front afterwards: nearly always
/// it is one byte, for which room is left.
pub fn put_nested_field(out: &mut Vec<u8>, number: u16, write: impl FnOnce(&mut Vec<u8>)) {
    put_varint(out, u64::from(number) << 3 | 2);
    let start = out.len();
    out.push(0);
    write(out);
    let len = out.len() - start - 1;
    if let Ok(short @ 0..0x80) = u8::try_from(len) {
        out[start] = short;
        return;
    }
    let mut prefix = Vec::with_capacity(10);
    put_varint(&mut prefix, len as u64);
    out.splice(start..=start, prefix);
}

/// Two's complement, as protobuf writes negative int32 and int64.
#[must_use]
pub const fn signed(value: i64) -> u64 {
    value.cast_unsigned()
}

/// The fields of a message, in wire order.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    message: &'static str,
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    /// `message` is Go's name of what `body` is to be.
    #[must_use]
    pub const fn new(message: &'static str, body: &'a [u8]) -> Self {
        Self {
            message,
            rest: body,
        }
    }

    /// Whether all was read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next field; none at the end. Whoever does not know it calls [`Self::skip`].
    ///
    /// # Errors
    /// When the bytes are not protobuf.
    pub fn next_field(&mut self) -> Result<Option<(u64, Wire<'a>)>, ProtobufError> {
        if self.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        let (number, wire_type) = (field_number(tag), wire_type(tag));
        if wire_type == END_GROUP {
            return Err(ProtobufError::NoGroup(self.message));
        }
        let Ok(known @ 1..) = u64::try_from(number) else {
            let message = self.message;
            return Err(ProtobufError::Tag {
                message,
                number,
                tag,
            });
        };
        Ok(Some((known, self.value(wire_type)?)))
    }

    /// Passes over what is left of a field that the message does not have.
    ///
    /// # Errors
    /// When it is neither a value nor a group.
    pub fn skip(&mut self, wire: Wire<'a>) -> Result<(), ProtobufError> {
        let mut depth = match wire {
            Wire::Other(START_GROUP) => 1u32,
            Wire::Other(wire_type) => return Err(ProtobufError::NoWireType(wire_type)),
            _ => 0,
        };
        while depth > 0 {
            match wire_type(self.varint()?) {
                START_GROUP => depth += 1,
                END_GROUP => depth -= 1,
                wire_type => {
                    if let Wire::Other(wire_type) = self.value(wire_type)? {
                        return Err(ProtobufError::NoWireType(wire_type));
                    }
                }
            }
        }
        Ok(())
    }

    fn value(&mut self, wire_type: u8) -> Result<Wire<'a>, ProtobufError> {
        Ok(match wire_type {
            0 => Wire::Varint(self.varint()?),
            1 => Wire::Fixed64(u64::from_le_bytes(self.array()?)),
            2 => {
                let len = i64::try_from(self.varint()?).map_err(|_| ProtobufError::Length)?;
                let len = usize::try_from(len).map_err(|_| ProtobufError::Truncated)?;
                Wire::Bytes(self.take(len)?)
            }
            5 => Wire::Fixed32(u32::from_le_bytes(self.array()?)),
            other => Wire::Other(other),
        })
    }

    /// A varint without tag, as in packed lists.
    ///
    /// # Errors
    /// When the bytes end, or it is too long.
    pub fn varint(&mut self) -> Result<u64, ProtobufError> {
        let mut value = 0;
        for (index, byte) in self.rest.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7f) << (7 * index);
            if byte & 0x80 == 0 {
                self.rest = &self.rest[index + 1..];
                return Ok(value);
            }
        }
        Err(if self.rest.len() < 10 {
            ProtobufError::Truncated
        } else {
            ProtobufError::Overflow
        })
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], ProtobufError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(len)
            .ok_or(ProtobufError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ProtobufError> {
        Ok(self.take(N)?.try_into().expect("took N bytes"))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "Go keeps the low 32 bits of a field number"
)]
fn field_number(tag: u64) -> i32 {
    (tag >> 3).cast_signed() as i32
}

const fn wire_type(tag: u64) -> u8 {
    (tag & 7) as u8
}
