//! Being told that the machine's addresses change.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

use nix::errno::Errno;
use nix::sys::socket::{
    AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, bind, recv, socket,
};

/// `RTMGRP_IPV4_IFADDR`
const IPV4_ADDRESSES: u32 = 0x10;

/// Becomes readable when an IPv4 address is added to or removed from the namespace of the thread that made it.
#[derive(Debug)]
pub struct Monitor(OwnedFd);

impl Monitor {
    pub fn addresses() -> io::Result<Monitor> {
        let flags = SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK;
        let fd = socket(
            AddressFamily::Netlink,
            SockType::Raw,
            flags,
            SockProtocol::NetlinkRoute,
        )?;
        bind(fd.as_raw_fd(), &NetlinkAddr::new(0, IPV4_ADDRESSES))?;
        Ok(Monitor(fd))
    }

    /// Takes all that is there. WouldBlock: nothing has changed since the last time.
    pub fn drain(&self) -> io::Result<()> {
        let mut buffer = [0; 8192];
        let mut changed = false;
        loop {
            match recv(self.0.as_raw_fd(), &mut buffer, MsgFlags::empty()) {
                // More has changed than the kernel could keep: a change all the same.
                Ok(_) | Err(Errno::ENOBUFS) => changed = true,
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) if changed => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl AsRawFd for Monitor {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}
