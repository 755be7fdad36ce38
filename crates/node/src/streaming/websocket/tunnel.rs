//! A byte stream inside binary messages: how `kubectl port-forward` carries SPDY through WebSocket (KEP-4006,
//! subprotocol `SPDY/3.1+portforward.k8s.io`).

use bytes::{Buf, Bytes};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use websocket::{CLOSE_NORMAL, Decoder, Event, Opcode, encode};

/// Bytes of one message of ours.
const MESSAGE_BYTES_MAX: usize = 32 * 1024;

/// The tunnelled stream over the upgraded connection `IO`.
#[derive(Debug)]
pub(crate) struct Tunnel<IO> {
    io: IO,
    decoder: Decoder,
    current: Bytes,
    /// Encoded frames on their way out; at most one message and one pong.
    out: Vec<u8>,
    written: usize,
    peer_closed: bool,
    closing: bool,
}

impl<IO> Tunnel<IO> {
    /// A tunnel over `io`, after the handshake.
    pub(crate) fn new(io: IO) -> Self {
        Self {
            io,
            decoder: Decoder::server(),
            current: Bytes::new(),
            out: Vec::new(),
            written: 0,
            peer_closed: false,
            closing: false,
        }
    }
}

impl<IO: AsyncRead + AsyncWrite + Unpin> Tunnel<IO> {
    fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.written < self.out.len() {
            let wrote = ready!(Pin::new(&mut self.io).poll_write(cx, &self.out[self.written..]))?;
            if wrote == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.written += wrote;
        }
        self.out.clear();
        self.written = 0;
        Poll::Ready(Ok(()))
    }

    /// The next piece of tunnelled bytes into `current`; leaves it empty at the end.
    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.current.is_empty() && !self.peer_closed {
            match self.decoder.next().map_err(io::Error::other)? {
                Some(Event::Data { bytes, .. }) => self.current = bytes,
                Some(Event::Ping(bytes)) => {
                    // A pong that cannot go out at once goes with the next write.
                    encode(Opcode::Pong, &[&bytes], &mut self.out);
                    let _ = self.poll_drain(cx)?;
                }
                Some(Event::Pong) => {}
                Some(Event::Close) => self.peer_closed = true,
                None => self.peer_closed = ready!(self.poll_receive(cx))? == 0,
            }
        }
        Poll::Ready(Ok(()))
    }

    fn poll_receive(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut chunk = [0_u8; 8 * 1024];
        let mut buf = ReadBuf::new(&mut chunk);
        ready!(Pin::new(&mut self.io).poll_read(cx, &mut buf))?;
        self.decoder.buffer().extend_from_slice(buf.filled());
        Poll::Ready(Ok(buf.filled().len()))
    }
}

impl<IO: AsyncRead + AsyncWrite + Unpin> AsyncRead for Tunnel<IO> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.poll_fill(cx))?;
        let take = buf.remaining().min(self.current.len());
        buf.put_slice(&self.current[..take]);
        self.current.advance(take);
        Poll::Ready(Ok(()))
    }
}

impl<IO: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Tunnel<IO> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_drain(cx))?;
        let take = buf.len().min(MESSAGE_BYTES_MAX);
        encode(Opcode::Binary, &[&buf[..take]], &mut self.out);
        // Taken into `out`: what does not go out now goes with the next write or flush.
        let _ = self.poll_drain(cx)?;
        Poll::Ready(Ok(take))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_drain(cx))?;
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.closing {
            self.closing = true;
            encode(Opcode::Close, &[&CLOSE_NORMAL.to_be_bytes()], &mut self.out);
        }
        ready!(self.poll_drain(cx))?;
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
