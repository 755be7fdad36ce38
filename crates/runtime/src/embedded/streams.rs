//! The server's ends of a process's streams.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::pin::Pin;
use std::task::{Context, Poll};

use nix::fcntl::OFlag;
use tokio::io::{AsyncRead, ReadBuf};
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

/// What a terminal shows. When its other side is closed, reading fails with EIO, which is its end.
pub(super) struct TerminalOutput(pipe::Receiver);

/// The controlling side of a terminal: what it shows, what is typed, and a descriptor for its size.
pub(super) fn terminal(fd: OwnedFd) -> CriResult<(TerminalOutput, pipe::Sender, OwnedFd)> {
    sys::terminal::set_nonblocking(fd.as_fd()).map_err(|e| internal(&e))?;
    let copy = || fd.try_clone().map_err(|e| internal(&e));
    // Tokio's pipes wait for any descriptor.
    let output = pipe::Receiver::from_owned_fd_unchecked(copy()?).map_err(|e| internal(&e))?;
    let input = pipe::Sender::from_owned_fd_unchecked(copy()?).map_err(|e| internal(&e))?;
    Ok((TerminalOutput(output), input, fd))
}

impl AsyncRead for TerminalOutput {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.0).poll_read(cx, buffer) {
            Poll::Ready(Err(e)) if e.raw_os_error() == Some(libc::EIO) => Poll::Ready(Ok(())),
            other => other,
        }
    }
}
