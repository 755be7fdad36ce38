//! WebSocket (RFC 6455) without I/O: the handshake's answer and frames. It knows nothing of what Kubernetes says in messages: channels
//! and tunnels are `node`'s, watches are `apiserver`'s.

mod frame;
#[cfg(test)]
mod tests;

use base64::{Engine as _, engine::general_purpose::STANDARD};
pub use frame::{
    CLOSE_NORMAL, CLOSE_PROTOCOL_ERROR, Decoder, Event, Opcode, encode, encode_masked,
};

/// The one version of the protocol.
pub const VERSION: &str = "13";

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
}

/// The answer to a client's `Sec-WebSocket-Key` (RFC 6455, section 4.2.2).
#[must_use]
pub fn accept_key(key: &str) -> String {
    const SUFFIX: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    let mut digest = ring::digest::Context::new(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY);
    digest.update(key.as_bytes());
    digest.update(SUFFIX.as_bytes());
    STANDARD.encode(digest.finish())
}

/// Runs the frame parser over foreign bytes in two pieces; must neither panic nor hold more than its bounds.
pub fn fuzz(bytes: &[u8], cut: usize) {
    let mut decoder = Decoder::server();
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
