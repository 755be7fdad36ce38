//! The server's ends of a process's streams.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use nix::fcntl::OFlag;
use tokio::io::unix::AsyncFd;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::unix::pipe;

use super::internal;
use crate::service::CriResult;

/// A pipe into which we write: their end, ours.
pub(super) fn to_process() -> CriResult<(OwnedFd, pipe::Sender)> {
    let (read, write) = nix::unistd::pipe2(OFlag::O_CLOEXEC).map_err(|e| internal(&e))?;
    Ok((
        read,
        pipe::Sender::from_owned_fd(write).map_err(|e| internal(&e))?,
    ))
}

/// A pipe from which we read: their end, ours.
pub(super) fn from_process() -> CriResult<(OwnedFd, pipe::Receiver)> {
    let (read, write) = nix::unistd::pipe2(OFlag::O_CLOEXEC).map_err(|e| internal(&e))?;
    Ok((
        write,
        pipe::Receiver::from_owned_fd(read).map_err(|e| internal(&e))?,
    ))
}

pub(super) fn null() -> CriResult<OwnedFd> {
    let flags = OFlag::O_RDWR | OFlag::O_CLOEXEC;
    nix::fcntl::open("/dev/null", flags, nix::sys::stat::Mode::empty()).map_err(|e| internal(&e))
}

/// The controlling side of a terminal, for reading and for writing.
#[derive(Clone)]
pub(super) struct Terminal(Arc<AsyncFd<OwnedFd>>);

impl Terminal {
    pub(super) fn new(fd: OwnedFd) -> CriResult<Self> {
        sys::terminal::set_nonblocking(fd.as_fd()).map_err(|e| internal(&e))?;
        Ok(Self(Arc::new(
            AsyncFd::register(fd).map_err(|e| internal(&e))?,
        )))
    }

    pub(super) fn resize(&self, width: u16, height: u16) {
        // A terminal that has just closed needs no size.
        let _closed = sys::terminal::set_size(self.0.get_ref().as_fd(), width, height);
    }
}

impl AsyncRead for Terminal {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let mut guard = ready!(self.0.poll_read_ready(cx))?;
            let space = buffer.initialize_unfilled();
            let read = guard.try_io(|fd| match nix::unistd::read(fd.get_ref(), space) {
                // The other side is closed: a terminal's way of saying that this is the end.
                Err(nix::Error::EIO) => Ok(0),
                result => result.map_err(io::Error::from),
            });
            if let Ok(result) = read {
                buffer.advance(result?);
                return Poll::Ready(Ok(()));
            }
        }
    }
}

impl AsyncWrite for Terminal {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        loop {
            let mut guard = ready!(self.0.poll_write_ready(cx))?;
            let written =
                guard.try_io(|fd| nix::unistd::write(fd.get_ref(), bytes).map_err(io::Error::from));
            if let Ok(result) = written {
                return Poll::Ready(result);
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// A terminal cannot be half-closed.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
