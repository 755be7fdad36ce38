//! SPDY/3.1 as Kubernetes clients speak it: one connection, many byte streams, each opened with headers.
//!
//! Source: SPDY protocol drafts 3 and 3.1. Clients of Kubernetes never send window updates and never wait for
//! them, so the send window binds only a peer that has shown that it uses windows; towards the others TCP itself
//! holds back.

mod frame;
mod headers;
mod session;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use session::Opener;
pub(crate) use session::{Connection, Session, Stream};

/// What the peer did wrong; the connection ends.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// A version other than SPDY/3.
    #[error("unsupported SPDY version {version}")]
    UnsupportedVersion {
        /// What the frame says.
        version: u32,
    },
    /// Beyond our bound for control frames.
    #[error("a control frame of {bytes} bytes is too large")]
    ControlFrameTooLarge {
        /// What the frame says.
        bytes: usize,
    },
    /// A control frame shorter than its fixed fields.
    #[error("a control frame is truncated")]
    TruncatedFrame,
    /// A header block shorter than its own lengths say.
    #[error("a header block is truncated")]
    TruncatedHeaderBlock,
    /// Beyond our bound after decompression.
    #[error("a header block is too large")]
    HeaderBlockTooLarge,
    /// Beyond our bound of pairs.
    #[error("a header block has too many headers")]
    TooManyHeaders,
    /// The zlib stream is broken.
    #[error("a header block is not compressed as SPDY demands")]
    BadCompression,
    /// Even, zero or not above the stream before.
    #[error("stream id {stream} is out of order")]
    StreamOutOfOrder {
        /// The id in question.
        stream: u32,
    },
}

/// Runs the frame parser over foreign bytes in two pieces; must neither panic nor hold more than its bounds.
pub fn fuzz(bytes: &[u8], cut: usize) {
    let mut decoder = frame::Decoder::new();
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
