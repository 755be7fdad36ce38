//! Unix sockets that keep message borders and carry file descriptors (`SOCK_SEQPACKET`, `SCM_RIGHTS`).
#![expect(unsafe_code, reason = "received descriptors become owned ones")]

use std::io::{self, IoSlice, IoSliceMut};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::path::Path;

use nix::sys::socket::{
    AddressFamily, Backlog, ControlMessage, ControlMessageOwned, MsgFlags, SockFlag, SockType,
    UnixAddr, accept4, bind, connect as nix_connect, listen as nix_listen, recvmsg, sendmsg,
    socket, socketpair,
};

use crate::SysError;

/// Descriptors in one message.
pub const DESCRIPTORS_MAX: usize = 4;

/// Two connected ends, closed on exec.
///
/// # Errors
/// The kernel's refusal.
pub fn pair() -> Result<(OwnedFd, OwnedFd), SysError> {
    socketpair(
        AddressFamily::Unix,
        SockType::SeqPacket,
        None,
        SockFlag::SOCK_CLOEXEC,
    )
    .map_err(|e| SysError::call("make a socket pair", e))
}

/// Listens at `directory/name`. The address goes through `/proc/self/fd`, so that the path may have any length.
///
/// # Errors
/// The kernel's refusal, `AddrInUse` among them.
pub fn listen(directory: &Path, name: &str) -> Result<OwnedFd, SysError> {
    let path = directory.join(name);
    let run = || -> nix::Result<OwnedFd> {
        let fd = new_socket(SockFlag::SOCK_NONBLOCK)?;
        let (_keep, address) = address(directory, name)?;
        bind(fd.as_raw_fd(), &address)?;
        nix_listen(&fd, Backlog::new(16)?)?;
        Ok(fd)
    };
    run().map_err(|e| SysError::path("listen at", &path, e))
}

/// The next connection of a listener; `WouldBlock` when there is none.
///
/// # Errors
/// The kernel's refusal.
pub fn accept(listener: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    let fd = accept4(
        listener.as_raw_fd(),
        SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK,
    )?;
    // SAFETY: accept answers with a new descriptor that nobody else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Connects to `directory/name`. The connection does not block.
///
/// # Errors
/// `NotFound` or `ConnectionRefused` when nobody listens.
pub fn connect(directory: &Path, name: &str) -> Result<OwnedFd, SysError> {
    let path = directory.join(name);
    let run = || -> nix::Result<OwnedFd> {
        let fd = new_socket(SockFlag::SOCK_NONBLOCK)?;
        let (_keep, address) = address(directory, name)?;
        nix_connect(fd.as_raw_fd(), &address)?;
        Ok(fd)
    };
    run().map_err(|e| SysError::path("connect to", &path, e))
}

/// Sends one message whole.
///
/// # Errors
/// `WouldBlock` when the other side does not read, `BrokenPipe` when it is gone.
pub fn send(
    socket: BorrowedFd<'_>,
    message: &[u8],
    descriptors: &[BorrowedFd<'_>],
) -> io::Result<()> {
    let raw: Vec<RawFd> = descriptors.iter().map(AsRawFd::as_raw_fd).collect();
    let rights = [ControlMessage::ScmRights(&raw)];
    let control: &[ControlMessage<'_>] = if raw.is_empty() { &[] } else { &rights };
    sendmsg::<()>(
        socket.as_raw_fd(),
        &[IoSlice::new(message)],
        control,
        MsgFlags::MSG_NOSIGNAL,
        None,
    )?;
    Ok(())
}

/// Receives one message into `buffer`; `None` at the end of the connection.
///
/// # Errors
/// `WouldBlock` when there is none; `InvalidData` when it is longer than the buffer.
pub fn receive(
    socket: BorrowedFd<'_>,
    buffer: &mut [u8],
) -> io::Result<Option<(usize, Vec<OwnedFd>)>> {
    let mut space = nix::cmsg_space!([RawFd; DESCRIPTORS_MAX]);
    let mut slices = [IoSliceMut::new(buffer)];
    let answer = recvmsg::<()>(
        socket.as_raw_fd(),
        &mut slices,
        Some(&mut space),
        MsgFlags::MSG_CMSG_CLOEXEC,
    )?;
    let mut descriptors = Vec::new();
    for message in answer.cmsgs()? {
        if let ControlMessageOwned::ScmRights(raw) = message {
            // SAFETY: the kernel made these descriptors for this process in this call.
            descriptors.extend(
                raw.into_iter()
                    .map(|fd| unsafe { OwnedFd::from_raw_fd(fd) }),
            );
        }
    }
    if answer
        .flags
        .intersects(MsgFlags::MSG_TRUNC | MsgFlags::MSG_CTRUNC)
    {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "message is longer than its limit",
        ));
    }
    if answer.bytes == 0 && descriptors.is_empty() {
        return Ok(None);
    }
    Ok(Some((answer.bytes, descriptors)))
}

fn new_socket(flags: SockFlag) -> nix::Result<OwnedFd> {
    socket(
        AddressFamily::Unix,
        SockType::SeqPacket,
        flags | SockFlag::SOCK_CLOEXEC,
        None,
    )
}

fn address(directory: &Path, name: &str) -> nix::Result<(OwnedFd, UnixAddr)> {
    let flags =
        nix::fcntl::OFlag::O_PATH | nix::fcntl::OFlag::O_DIRECTORY | nix::fcntl::OFlag::O_CLOEXEC;
    let directory = nix::fcntl::open(directory, flags, nix::sys::stat::Mode::empty())?;
    let path = format!("/proc/self/fd/{}/{name}", directory.as_fd().as_raw_fd());
    Ok((directory, UnixAddr::new(path.as_str())?))
}

#[cfg(test)]
mod tests;
