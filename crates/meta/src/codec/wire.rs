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
    #[error("proto: illegal tag {0}")]
    Tag(u64),
    /// A string is not UTF-8.
    #[error("proto: field {0} contains invalid UTF-8")]
    Utf8(&'static str),
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
        }
    }
}

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
pub struct Fields<'a>(pub &'a [u8]);

impl<'a> Fields<'a> {
    /// The next field; none at the end.
    ///
    /// # Errors
    /// When the bytes are not protobuf.
    pub fn next_field(&mut self) -> Result<Option<(u64, Wire<'a>)>, ProtobufError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        if tag >> 3 == 0 {
            return Err(ProtobufError::Tag(tag));
        }
        let wire = match tag & 7 {
            0 => Wire::Varint(self.varint()?),
            1 => Wire::Fixed64(u64::from_le_bytes(self.array()?)),
            2 => {
                let len = usize::try_from(self.varint()?).map_err(|_| ProtobufError::Truncated)?;
                Wire::Bytes(self.take(len)?)
            }
            5 => Wire::Fixed32(u32::from_le_bytes(self.array()?)),
            _ => return Err(ProtobufError::Tag(tag)),
        };
        Ok(Some((tag >> 3, wire)))
    }

    /// A varint without tag, as in packed lists.
    ///
    /// # Errors
    /// When the bytes end, or it is too long.
    pub fn varint(&mut self) -> Result<u64, ProtobufError> {
        let mut value = 0;
        for (index, byte) in self.0.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7f) << (7 * index);
            if byte & 0x80 == 0 {
                self.0 = &self.0[index + 1..];
                return Ok(value);
            }
        }
        Err(if self.0.len() < 10 {
            ProtobufError::Truncated
        } else {
            ProtobufError::Overflow
        })
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], ProtobufError> {
        let (taken, rest) = self
            .0
            .split_at_checked(len)
            .ok_or(ProtobufError::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ProtobufError> {
        Ok(self.take(N)?.try_into().expect("took N bytes"))
    }
}
