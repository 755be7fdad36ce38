//! The bounded pipe between a connection's reader and the one who consumes a stream of it.

use bytes::{Buf, Bytes};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc;

/// Pieces that may wait for their consumer. A full pipe stops the connection's reader, and thereby the peer.
pub(crate) const PIPE_PIECES_MAX: usize = 64;

/// The consumer's end: reads the pieces as one byte stream, then end of file once the sender is gone.
#[derive(Debug)]
pub(crate) struct PipeReader {
    pieces: mpsc::Receiver<Bytes>,
    current: Bytes,
}

/// A pipe of at most [`PIPE_PIECES_MAX`] pieces.
pub(crate) fn pipe() -> (mpsc::Sender<Bytes>, PipeReader) {
    let (sender, pieces) = mpsc::channel(PIPE_PIECES_MAX);
    (
        sender,
        PipeReader {
            pieces,
            current: Bytes::new(),
        },
    )
}

impl AsyncRead for PipeReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        while self.current.is_empty() {
            match ready!(self.pieces.poll_recv(cx)) {
                Some(piece) => self.current = piece,
                None => return Poll::Ready(Ok(())),
            }
        }
        let take = buf.remaining().min(self.current.len());
        buf.put_slice(&self.current[..take]);
        self.current.advance(take);
        Poll::Ready(Ok(()))
    }
}
