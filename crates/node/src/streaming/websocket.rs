//! WebSocket (RFC 6455), server side, over an upgraded byte stream: handshake keys, frames, and the two ways in
//! which Kubernetes uses messages: channels ([`channels`]) and a tunnelled byte stream ([`tunnel`]).

pub(crate) mod channels;
pub(crate) mod frame;
#[cfg(test)]
mod tests;
pub(crate) mod tunnel;

use base64::Engine as _;

/// What the peer did wrong; the connection ends.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// Clients must mask what they send.
    #[error("a client's frame is not masked")]
    Unmasked,
    /// Reserved bits or opcodes, without an extension that defines them.
    #[error("a frame uses reserved bits or opcodes")]
    Reserved,
    /// Control frames are at most 125 bytes, unfragmented.
    #[error("a control frame is fragmented or too long")]
    BadControlFrame,
    /// A continuation without a beginning, or a beginning inside a message.
    #[error("a message's fragments are out of order")]
    BadFragment,
    /// Beyond what a length field may say.
    #[error("a frame's length is out of bounds")]
    BadLength,
    /// A base64 channel's message is not base64 or too large.
    #[error("a base64 message is malformed or too large")]
    BadBase64,
}

/// The answer to a client's `Sec-WebSocket-Key` (RFC 6455, section 4.2.2).
pub(crate) fn accept_key(key: &str) -> String {
    const SUFFIX: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    let mut digest = ring::digest::Context::new(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY);
    digest.update(key.as_bytes());
    digest.update(SUFFIX.as_bytes());
    base64::engine::general_purpose::STANDARD.encode(digest.finish())
}

/// Runs the frame parser over foreign bytes in two pieces; must neither panic nor hold more than its bounds.
pub fn fuzz(bytes: &[u8], cut: usize) {
    let mut decoder = frame::Decoder::server();
    let (head, tail) = bytes.split_at(cut.min(bytes.len()));
    for piece in [head, tail] {
        decoder.buffer().extend_from_slice(piece);
        loop {
            match decoder.next() {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
}
