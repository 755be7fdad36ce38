//! SPDY/3.1 frames to and from bytes. No I/O: bytes are pushed into the decoder, frames are taken out.
//!
//! SPDY protocol draft 3, section 2.6, and draft 3.1 for session windows. Data frames come out in the pieces in
//! which they arrive, so that a 16 MiB frame costs no more memory than the read buffer.

use super::ProtocolError;
use super::headers::{Deflate, Headers, Inflate};
use bytes::{Buf, BufMut, Bytes, BytesMut};

/// Bound on a control frame; data frames are never held whole.
pub(crate) const CONTROL_FRAME_BYTES_MAX: usize = 64 * 1024;
/// The session itself, in a window update.
pub(crate) const SESSION: u32 = 0;
const VERSION: u16 = 3;
const STREAM_MASK: u32 = 0x7fff_ffff;
const FLAG_FIN: u8 = 0x01;
const INITIAL_WINDOW_SIZE: u32 = 7;

/// Why a stream is reset (draft 3, section 2.6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum ResetStatus {
    RefusedStream = 3,
}

/// One frame, or one piece of a data frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    SynStream {
        stream: u32,
        fin: bool,
        headers: Headers,
    },
    SynReply {
        stream: u32,
        fin: bool,
        headers: Headers,
    },
    RstStream {
        stream: u32,
        status: u32,
    },
    /// Only the setting we act on: the initial window of streams, if the frame has it.
    Settings {
        initial_window_bytes: Option<u32>,
    },
    Ping {
        id: u32,
    },
    GoAway {
        last_stream: u32,
    },
    Headers {
        stream: u32,
        fin: bool,
        headers: Headers,
    },
    WindowUpdate {
        stream: u32,
        delta: u32,
    },
    Data {
        stream: u32,
        fin: bool,
        bytes: Bytes,
    },
    /// A control frame of a type that we do not know; ignored, as the draft demands.
    Unknown,
}

#[derive(Debug)]
struct DataLeft {
    stream: u32,
    fin: bool,
    bytes: usize,
}

/// Takes frames out of the bytes that were pushed in.
#[derive(Debug)]
pub(crate) struct Decoder {
    buffer: BytesMut,
    inflate: Inflate,
    data: Option<DataLeft>,
}

impl Decoder {
    /// A decoder at the beginning of a connection.
    pub(crate) fn new() -> Self {
        Self {
            buffer: BytesMut::with_capacity(16 * 1024),
            inflate: Inflate::new(),
            data: None,
        }
    }

    /// Where the connection's bytes are read to.
    pub(crate) fn buffer(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// The next frame, `None` until more bytes are pushed.
    pub(crate) fn next(&mut self) -> Result<Option<Frame>, ProtocolError> {
        if let Some(left) = self.data.take() {
            return Ok(self.data_piece(left));
        }
        let Some(header) = self.buffer.get(..8) else {
            return Ok(None);
        };
        let first = u32::from_be_bytes([header[0], header[1], header[2], header[3]]);
        let flags = header[4];
        let length =
            (usize::from(header[5]) << 16) | (usize::from(header[6]) << 8) | usize::from(header[7]);
        if first & !STREAM_MASK == 0 {
            self.buffer.advance(8);
            let left = DataLeft {
                stream: first,
                fin: flags & FLAG_FIN != 0,
                bytes: length,
            };
            return Ok(self.data_piece(left));
        }
        if length > CONTROL_FRAME_BYTES_MAX {
            return Err(ProtocolError::ControlFrameTooLarge { bytes: length });
        }
        if self.buffer.len() < 8 + length {
            return Ok(None);
        }
        self.buffer.advance(8);
        let payload = self.buffer.split_to(length).freeze();
        let version = (first >> 16) & 0x7fff;
        if version != u32::from(VERSION) {
            return Err(ProtocolError::UnsupportedVersion { version });
        }
        self.control(first & 0xffff, flags, payload).map(Some)
    }

    fn data_piece(&mut self, mut left: DataLeft) -> Option<Frame> {
        let take = left.bytes.min(self.buffer.len());
        if take == 0 && left.bytes > 0 {
            self.data = Some(left);
            return None;
        }
        let bytes = self.buffer.split_to(take).freeze();
        left.bytes -= take;
        let (stream, last) = (left.stream, left.bytes == 0);
        let fin = left.fin && last;
        if !last {
            self.data = Some(left);
        }
        Some(Frame::Data { stream, fin, bytes })
    }

    fn control(&mut self, kind: u32, flags: u8, payload: Bytes) -> Result<Frame, ProtocolError> {
        let mut fields = Fields(&payload);
        let fin = flags & FLAG_FIN != 0;
        Ok(match kind {
            1 => {
                let stream = fields.stream()?;
                fields.skip(6)?;
                Frame::SynStream {
                    stream,
                    fin,
                    headers: self.inflate.decode(fields.0)?,
                }
            }
            2 => Frame::SynReply {
                stream: fields.stream()?,
                fin,
                headers: self.inflate.decode(fields.0)?,
            },
            3 => Frame::RstStream {
                stream: fields.stream()?,
                status: fields.u32()?,
            },
            4 => Frame::Settings {
                initial_window_bytes: fields.initial_window()?,
            },
            6 => Frame::Ping { id: fields.u32()? },
            7 => Frame::GoAway {
                last_stream: fields.stream()?,
            },
            8 => Frame::Headers {
                stream: fields.stream()?,
                fin,
                headers: self.inflate.decode(fields.0)?,
            },
            9 => Frame::WindowUpdate {
                stream: fields.stream()?,
                delta: fields.stream()?,
            },
            _ => Frame::Unknown,
        })
    }
}

/// A control frame's fixed fields, taken from its front.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn u32(&mut self) -> Result<u32, ProtocolError> {
        if self.0.len() < 4 {
            return Err(ProtocolError::TruncatedFrame);
        }
        Ok(self.0.get_u32())
    }

    fn stream(&mut self) -> Result<u32, ProtocolError> {
        Ok(self.u32()? & STREAM_MASK)
    }

    fn skip(&mut self, bytes: usize) -> Result<(), ProtocolError> {
        if self.0.len() < bytes {
            return Err(ProtocolError::TruncatedFrame);
        }
        self.0.advance(bytes);
        Ok(())
    }

    fn initial_window(&mut self) -> Result<Option<u32>, ProtocolError> {
        let entries = self.u32()?;
        let mut found = None;
        for _ in 0..entries {
            let (id, value) = (self.u32()? & 0x00ff_ffff, self.u32()?);
            if id == INITIAL_WINDOW_SIZE {
                found = Some(value);
            }
        }
        Ok(found)
    }
}

/// Writes frames; owns the sending direction's header compression.
#[derive(Debug)]
pub(crate) struct Encoder(Deflate);

impl Encoder {
    /// An encoder at the beginning of a connection.
    pub(crate) fn new() -> Self {
        Self(Deflate::new())
    }

    /// Appends `frame` to `out`, data included.
    pub(crate) fn encode(&mut self, frame: &Frame, out: &mut Vec<u8>) {
        match frame {
            Frame::SynStream {
                stream,
                fin,
                headers,
            } => {
                self.with_headers(out, 1, *fin, &[*stream, 0], &[0, 0], headers);
            }
            Frame::SynReply {
                stream,
                fin,
                headers,
            } => {
                self.with_headers(out, 2, *fin, &[*stream], &[], headers);
            }
            Frame::Headers {
                stream,
                fin,
                headers,
            } => {
                self.with_headers(out, 8, *fin, &[*stream], &[], headers);
            }
            Frame::RstStream { stream, status } => fixed(out, 3, &[*stream, *status]),
            Frame::Settings {
                initial_window_bytes: Some(bytes),
            } => {
                fixed(out, 4, &[1, INITIAL_WINDOW_SIZE, *bytes]);
            }
            Frame::Settings {
                initial_window_bytes: None,
            } => fixed(out, 4, &[0]),
            Frame::Ping { id } => fixed(out, 6, &[*id]),
            Frame::GoAway { last_stream } => fixed(out, 7, &[*last_stream, 0]),
            Frame::WindowUpdate { stream, delta } => fixed(out, 9, &[*stream, *delta]),
            Frame::Data { stream, fin, bytes } => {
                out.put_u32(*stream & STREAM_MASK);
                put_flags_and_length(out, *fin, bytes.len());
                out.extend_from_slice(bytes);
            }
            Frame::Unknown => {}
        }
    }

    fn with_headers(
        &mut self,
        out: &mut Vec<u8>,
        kind: u16,
        fin: bool,
        words: &[u32],
        octets: &[u8],
        headers: &[(String, String)],
    ) {
        let mut payload = Vec::with_capacity(128);
        words.iter().for_each(|word| payload.put_u32(*word));
        payload.extend_from_slice(octets);
        self.0.encode(headers, &mut payload);
        put_control_header(out, kind, fin, payload.len());
        out.extend_from_slice(&payload);
    }
}

fn fixed(out: &mut Vec<u8>, kind: u16, words: &[u32]) {
    put_control_header(out, kind, false, words.len() * 4);
    words.iter().for_each(|word| out.put_u32(*word));
}

fn put_control_header(out: &mut Vec<u8>, kind: u16, fin: bool, length: usize) {
    out.put_u16(0x8000 | VERSION);
    out.put_u16(kind);
    put_flags_and_length(out, fin, length);
}

fn put_flags_and_length(out: &mut Vec<u8>, fin: bool, length: usize) {
    out.put_u8(if fin { FLAG_FIN } else { 0 });
    let length = u32::try_from(length).expect("frames of ours are at most 64 KiB");
    out.extend_from_slice(&length.to_be_bytes()[1..]);
}
