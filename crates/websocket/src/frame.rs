//! WebSocket frames to and from bytes. No I/O.
//!
//! Data frames come out in the pieces in which they arrive, with the ends of messages marked: a message's size
//! bounds nothing and costs nothing.

use crate::ProtocolError;
use bytes::{Buf, Bytes, BytesMut};

/// Bytes of a control frame's payload (RFC 6455, section 5.5).
const CONTROL_BYTES_MAX: usize = 125;

/// A normal closure (RFC 6455, section 7.4.1).
pub const CLOSE_NORMAL: u16 = 1000;
/// The peer does not keep to the protocol.
pub const CLOSE_PROTOCOL_ERROR: u16 = 1002;

/// What arrives, or is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A piece of a data message: `first` begins the message, `last` ends it.
    Data {
        text: bool,
        first: bool,
        last: bool,
        bytes: Bytes,
    },
    Ping(Bytes),
    Pong,
    Close,
}

#[derive(Debug)]
struct Payload {
    left: u64,
    fin: bool,
    mask: Option<[u8; 4]>,
    offset: usize,
}

/// Takes events out of the bytes that were pushed in.
#[derive(Debug)]
pub struct Decoder {
    buffer: BytesMut,
    masked: bool,
    payload: Option<Payload>,
    /// Inside a message: whether it is text.
    message: Option<bool>,
    /// The next piece begins the message.
    first: bool,
}

impl Decoder {
    /// Decodes what a client sends: masked.
    #[must_use]
    pub fn server() -> Self {
        Self::new(true)
    }

    /// Decodes what a server sends: not masked.
    #[must_use]
    pub fn client() -> Self {
        Self::new(false)
    }

    fn new(masked: bool) -> Self {
        let buffer = BytesMut::with_capacity(16 * 1024);
        Self {
            buffer,
            masked,
            payload: None,
            message: None,
            first: false,
        }
    }

    /// Where the connection's bytes are read to.
    pub fn buffer(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// The next event, `None` until more bytes are pushed.
    ///
    /// # Errors
    /// When the peer does not keep to the protocol: nothing that follows can be read.
    #[expect(clippy::should_implement_trait, reason = "more may come after `None`")]
    pub fn next(&mut self) -> Result<Option<Event>, ProtocolError> {
        if let Some(payload) = self.payload.take() {
            return Ok(self.piece(payload));
        }
        let Some(header) = Header::parse(&self.buffer)? else {
            return Ok(None);
        };
        if header.mask.is_some() != self.masked {
            return Err(ProtocolError::Unmasked);
        }
        if header.opcode >= 8 {
            return self.control(&header);
        }
        match (header.opcode, self.message) {
            (0, Some(_)) => self.first = false,
            (1 | 2, None) => {
                self.message = Some(header.opcode == 1);
                self.first = true;
            }
            (0..=2, _) => return Err(ProtocolError::BadFragment),
            _ => return Err(ProtocolError::Reserved),
        }
        self.buffer.advance(header.bytes);
        let Header {
            length, fin, mask, ..
        } = header;
        Ok(self.piece(Payload {
            left: length,
            fin,
            mask,
            offset: 0,
        }))
    }

    fn control(&mut self, header: &Header) -> Result<Option<Event>, ProtocolError> {
        let length = usize::try_from(header.length).unwrap_or(usize::MAX);
        if length > CONTROL_BYTES_MAX || !header.fin {
            return Err(ProtocolError::BadControlFrame);
        }
        if self.buffer.len() < header.bytes + length {
            return Ok(None);
        }
        self.buffer.advance(header.bytes);
        let mut bytes = self.buffer.split_to(length);
        unmask(&mut bytes, header.mask, 0);
        match header.opcode {
            8 => Ok(Some(Event::Close)),
            9 => Ok(Some(Event::Ping(bytes.freeze()))),
            10 => Ok(Some(Event::Pong)),
            _ => Err(ProtocolError::Reserved),
        }
    }

    fn piece(&mut self, mut payload: Payload) -> Option<Event> {
        let take = usize::try_from(payload.left)
            .unwrap_or(usize::MAX)
            .min(self.buffer.len());
        if take == 0 && payload.left > 0 {
            self.payload = Some(payload);
            return None;
        }
        let mut bytes = self.buffer.split_to(take);
        unmask(&mut bytes, payload.mask, payload.offset);
        payload.offset = (payload.offset + take) % 4;
        payload.left -= take as u64;
        let text = self.message.unwrap_or(false);
        let first = std::mem::take(&mut self.first);
        let last = payload.left == 0 && payload.fin;
        if last {
            self.message = None;
        }
        if payload.left > 0 {
            self.payload = Some(payload);
        }
        Some(Event::Data {
            text,
            first,
            last,
            bytes: bytes.freeze(),
        })
    }
}

struct Header {
    fin: bool,
    opcode: u8,
    length: u64,
    mask: Option<[u8; 4]>,
    /// Of the header itself.
    bytes: usize,
}

impl Header {
    fn parse(buffer: &[u8]) -> Result<Option<Self>, ProtocolError> {
        let [first, second, ..] = *buffer else {
            return Ok(None);
        };
        if first & 0x70 != 0 {
            return Err(ProtocolError::Reserved);
        }
        let length_bytes = match second & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let mask_bytes = if second & 0x80 != 0 { 4 } else { 0 };
        let bytes = 2 + length_bytes + mask_bytes;
        let Some(rest) = buffer.get(2..bytes) else {
            return Ok(None);
        };
        let (length, mask) = rest.split_at(length_bytes);
        let length = match length_bytes {
            0 => u64::from(second & 0x7f),
            _ => length
                .iter()
                .fold(0, |sum, byte| (sum << 8) | u64::from(*byte)),
        };
        if length > i64::MAX as u64 {
            return Err(ProtocolError::BadLength);
        }
        let mask = mask.try_into().ok();
        Ok(Some(Self {
            fin: first & 0x80 != 0,
            opcode: first & 0x0f,
            length,
            mask,
            bytes,
        }))
    }
}

fn unmask(bytes: &mut [u8], mask: Option<[u8; 4]>, offset: usize) {
    let Some(mask) = mask else { return };
    bytes
        .iter_mut()
        .enumerate()
        .for_each(|(at, byte)| *byte ^= mask[(at + offset) % 4]);
}

/// What a frame of ours carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opcode {
    Text = 1,
    Binary = 2,
    Close = 8,
    Pong = 10,
}

/// Appends one unfragmented, unmasked frame to `out`.
pub fn encode(opcode: Opcode, payload: &[&[u8]], out: &mut Vec<u8>) {
    let length: usize = payload.iter().map(|part| part.len()).sum();
    out.push(0x80 | opcode as u8);
    put_length(length, 0, out);
    payload.iter().for_each(|part| out.extend_from_slice(part));
}

fn put_length(length: usize, mask_bit: u8, out: &mut Vec<u8>) {
    if let Some(short) = u8::try_from(length).ok().filter(|short| *short < 126) {
        out.push(mask_bit | short);
    } else if let Ok(medium) = u16::try_from(length) {
        out.push(mask_bit | 126);
        out.extend_from_slice(&medium.to_be_bytes());
    } else {
        out.push(mask_bit | 127);
        out.extend_from_slice(&(length as u64).to_be_bytes());
    }
}

/// As a client sends it: masked. `first` is the frame's first byte, opcode and marks.
pub fn encode_masked(first: u8, payload: &[u8], mask: [u8; 4], out: &mut Vec<u8>) {
    out.push(first);
    put_length(payload.len(), 0x80, out);
    out.extend_from_slice(&mask);
    out.extend(
        payload
            .iter()
            .enumerate()
            .map(|(at, byte)| byte ^ mask[at % 4]),
    );
}
