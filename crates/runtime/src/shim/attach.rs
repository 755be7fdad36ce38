//! Clients of a container's streams. A slow one holds the container back for a while, then it is let go.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use super::clock;
use super::log::Stream;

/// How long a client may leave output unread before it is dropped.
const STALL_MS_MAX: i64 = 10_000;

/// One attached client.
#[derive(Debug)]
pub(super) struct Attached {
    pub(super) id: u64,
    pub(super) stdin: Option<OwnedFd>,
    stdout: Outlet,
    stderr: Outlet,
}

/// A client's end of one stream.
#[derive(Debug, Default)]
struct Outlet {
    fd: Option<OwnedFd>,
    /// What the pipe did not take.
    pending: Vec<u8>,
    stalled_since_ms: i64,
}

impl Attached {
    pub(super) fn new(
        id: u64,
        stdin: Option<OwnedFd>,
        stdout: Option<OwnedFd>,
        stderr: Option<OwnedFd>,
    ) -> Self {
        for fd in [&stdin, &stdout, &stderr].into_iter().flatten() {
            // A blocking pipe would let one client stop the shim; ends that refuse are no pipes of ours.
            let _refused = sys::terminal::set_nonblocking(fd.as_fd());
        }
        let outlet = |fd| Outlet {
            fd,
            ..Outlet::default()
        };
        Self {
            id,
            stdin,
            stdout: outlet(stdout),
            stderr: outlet(stderr),
        }
    }

    pub(super) fn write(&mut self, stream: Stream, bytes: &[u8]) {
        let outlet = self.outlet(stream);
        outlet.pending.extend_from_slice(bytes);
        outlet.flush();
    }

    pub(super) fn flush(&mut self, stream: Stream) {
        self.outlet(stream).flush();
    }

    /// The descriptor to wait for when output is pending.
    pub(super) fn blocked(&self, stream: Stream) -> Option<BorrowedFd<'_>> {
        let outlet = if stream == Stream::Stdout {
            &self.stdout
        } else {
            &self.stderr
        };
        outlet
            .fd
            .as_ref()
            .filter(|_| !outlet.pending.is_empty())
            .map(AsFd::as_fd)
    }

    /// The stream has ended.
    pub(super) fn close(&mut self, stream: Stream) {
        let outlet = self.outlet(stream);
        outlet.flush();
        *outlet = Outlet::default();
    }

    /// Milliseconds until a stalled client is dropped; `None` while none is.
    pub(super) fn deadline_ms(&self, now_ms: i64) -> Option<i64> {
        let stalled = [&self.stdout, &self.stderr]
            .into_iter()
            .filter(|o| o.fd.is_some() && !o.pending.is_empty());
        stalled
            .map(|o| (o.stalled_since_ms + STALL_MS_MAX - now_ms).max(0))
            .min()
    }

    pub(super) fn is_finished(&self) -> bool {
        self.stdin.is_none() && self.stdout.fd.is_none() && self.stderr.fd.is_none()
    }

    fn outlet(&mut self, stream: Stream) -> &mut Outlet {
        if stream == Stream::Stdout {
            &mut self.stdout
        } else {
            &mut self.stderr
        }
    }
}

impl Outlet {
    fn flush(&mut self) {
        let Some(fd) = &self.fd else {
            self.pending.clear();
            return;
        };
        match write_some(fd.as_fd(), &self.pending) {
            Ok(count) => {
                if count < self.pending.len() && (count > 0 || self.stalled_since_ms == 0) {
                    self.stalled_since_ms = clock::monotonic_ms();
                }
                self.pending.drain(..count);
            }
            Err(_) => *self = Self::default(),
        }
        if self.pending.is_empty() {
            self.stalled_since_ms = 0;
            self.pending = Vec::new();
        }
    }
}

/// Writes until the other side takes no more.
pub(super) fn write_some(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<usize> {
    let mut done = 0;
    while done < bytes.len() {
        match nix::unistd::write(fd, &bytes[done..]) {
            Ok(count) => done += count,
            Err(nix::Error::EINTR) => {}
            Err(nix::Error::EAGAIN) => break,
            Err(e) => return Err(e.into()),
        }
    }
    Ok(done)
}

/// Reads once. `Ok(None)`: nothing now. `Ok(Some(0))`: the end; a terminal whose other side is gone has ended too.
pub(super) fn read_some(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> io::Result<Option<usize>> {
    match nix::unistd::read(fd, buffer) {
        Ok(count) => Ok(Some(count)),
        Err(nix::Error::EAGAIN | nix::Error::EINTR) => Ok(None),
        Err(nix::Error::EIO) => Ok(Some(0)),
        Err(e) => Err(e.into()),
    }
}
