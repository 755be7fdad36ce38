//! Waiting for a log to grow or to be rotated: inotify on its directory.

use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use std::io;
use std::os::fd::AsFd;
use std::path::Path;
use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe::Receiver;

/// Several events, each with a name of at most 255 bytes.
const EVENTS_BYTES: usize = 4096;

/// Changes in the directory of one file, counted from the making of this.
pub(super) struct Changes(Receiver);

impl Changes {
    /// Watches the directory of `file`.
    pub(super) fn watch(file: &Path) -> io::Result<Self> {
        let inotify = Inotify::init(InitFlags::IN_NONBLOCK | InitFlags::IN_CLOEXEC)?;
        let directory = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let flags =
            AddWatchFlags::IN_MODIFY | AddWatchFlags::IN_CREATE | AddWatchFlags::IN_MOVED_TO;
        inotify.add_watch(directory, flags)?;
        // An inotify descriptor is read like a pipe; the clone keeps the watch when `inotify` goes.
        let readable = inotify.as_fd().try_clone_to_owned()?;
        Ok(Self(Receiver::from_owned_fd_unchecked(readable)?))
    }

    /// Waits until something has changed since the last call; which file does not matter.
    pub(super) async fn next(&mut self) -> io::Result<()> {
        let mut events = [0; EVENTS_BYTES];
        self.0.read(&mut events).await.map(drop)
    }
}
