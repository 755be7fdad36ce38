//! Netlink: requests to the kernel about links, addresses, routes and packet filters. Blocking: the kernel answers a
//! request before `send` returns, so an answer is never waited for.
//!
//! A socket belongs to the network namespace of the thread that opened it.

pub mod diagnostics;
pub mod link;
pub mod message;
pub mod monitor;
pub mod nftables;
pub mod qdisc;
pub mod route;

#[cfg(test)]
mod tests;

use std::io;
use std::os::fd::{AsRawFd as _, OwnedFd};

use nix::sys::socket::{
    AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, bind, recv, send,
    setsockopt, socket, sockopt,
};

use nix::sys::time::TimeVal;

pub use message::{Attributes, Message, Reply};

/// Large enough for any single answer the kernel builds (NLMSG_GOODSIZE is a page, dumps use up to 32 KiB).
const RECEIVE_BYTES: usize = 64 * 1024;
const RECEIVE_QUEUE_BYTES: usize = 1024 * 1024;

/// The kernel answers at once; an answer that does not come is an error, not a hang.
const ANSWER_TIMEOUT: TimeVal = TimeVal::new(5, 0);

const NLMSG_ERROR: u16 = 2;
const NLMSG_DONE: u16 = 3;
const NLM_F_REQUEST: u16 = 1;
const NLM_F_ACK: u16 = 4;
const NLM_F_DUMP: u16 = 0x300;

/// A request of a batch that the kernel refused.
#[derive(Debug, thiserror::Error)]
#[error("the kernel refused request {index} of the batch")]
pub struct BatchError {
    pub index: usize,
    pub source: io::Error,
}

#[derive(Debug)]
pub struct Socket {
    fd: OwnedFd,
    sequence: u32,
    buffer: Vec<u8>,
}

impl Socket {
    /// Links, addresses, routes: rtnetlink(7).
    pub fn route() -> io::Result<Socket> {
        Self::open(SockProtocol::NetlinkRoute)
    }

    /// Packet filters: nf_tables.
    pub fn netfilter() -> io::Result<Socket> {
        Self::open(SockProtocol::NetlinkNetFilter)
    }

    /// Sockets of others: sock_diag(7).
    pub fn diagnostics() -> io::Result<Socket> {
        Self::open(SockProtocol::NetlinkSockDiag)
    }

    fn open(protocol: SockProtocol) -> io::Result<Socket> {
        let fd = socket(
            AddressFamily::Netlink,
            SockType::Raw,
            SockFlag::SOCK_CLOEXEC,
            protocol,
        )?;
        bind(fd.as_raw_fd(), &NetlinkAddr::new(0, 0))?;
        setsockopt(&fd, sockopt::RcvBuf, &RECEIVE_QUEUE_BYTES)?;
        setsockopt(&fd, sockopt::ReceiveTimeout, &ANSWER_TIMEOUT)?;
        Ok(Socket {
            fd,
            sequence: 0,
            buffer: vec![0; RECEIVE_BYTES],
        })
    }

    /// Sends one request and returns the kernel's verdict.
    pub fn request(&mut self, message: Message) -> io::Result<()> {
        self.batch(vec![message]).map_err(|error| error.source)
    }

    /// See [`link::set_no_ipv6_address`].
    pub fn without_ipv6_address(&mut self, interface: &str) -> io::Result<()> {
        match self.request(link::set_no_ipv6_address(interface)) {
            Err(error) if error.raw_os_error() == Some(libc::EAFNOSUPPORT) => Ok(()),
            other => other,
        }
    }

    /// Sends requests in one system call; the kernel handles them in order, also those after a refused one. The error
    /// is the first refusal.
    pub fn batch(&mut self, messages: Vec<Message>) -> Result<(), BatchError> {
        let count = messages.len();
        let first = self.sequence.wrapping_add(1);
        let mut bytes = Vec::new();
        for message in messages {
            self.sequence = self.sequence.wrapping_add(1);
            bytes.extend(message.finish(NLM_F_REQUEST | NLM_F_ACK, self.sequence));
        }
        self.send(&bytes)
            .map_err(|source| BatchError { index: 0, source })?;
        self.collect_acks(first, count)
    }

    fn collect_acks(&mut self, first: u32, count: usize) -> Result<(), BatchError> {
        let mut refused: Option<BatchError> = None;
        let mut answered = 0;
        while answered < count {
            let length = self.receive().map_err(|source| BatchError {
                index: answered,
                source,
            })?;
            for reply in message::replies(&self.buffer[..length]) {
                let index =
                    usize::try_from(reply.sequence.wrapping_sub(first)).unwrap_or(usize::MAX);
                if reply.kind != NLMSG_ERROR {
                    continue;
                }
                if index >= count {
                    // The frame of a transaction is answered only when it is refused as a whole.
                    match reply.error() {
                        Some(source) => return Err(BatchError { index: 0, source }),
                        None => continue,
                    }
                }
                answered += 1;
                if let (Some(source), None) = (reply.error(), &refused) {
                    refused = Some(BatchError { index, source });
                }
            }
        }
        refused.map_or(Ok(()), Err)
    }

    /// Asks for all objects of a sort and gives each answer to `each`.
    pub fn dump(&mut self, message: Message, mut each: impl FnMut(&Reply<'_>)) -> io::Result<()> {
        self.sequence = self.sequence.wrapping_add(1);
        let sequence = self.sequence;
        self.send(&message.finish(NLM_F_REQUEST | NLM_F_DUMP, sequence))?;
        loop {
            let length = self.receive()?;
            for reply in
                message::replies(&self.buffer[..length]).filter(|reply| reply.sequence == sequence)
            {
                match reply.kind {
                    NLMSG_DONE => return Ok(()),
                    NLMSG_ERROR => return reply.error().map_or(Ok(()), Err),
                    _ => each(&reply),
                }
            }
        }
    }

    /// Sends requests that the kernel applies together or not at all (nf_tables): the first and the last only frame them.
    pub(crate) fn transaction(&mut self, messages: Vec<Message>) -> Result<(), BatchError> {
        let inner = messages.len().saturating_sub(2);
        let first = self.sequence.wrapping_add(2);
        let last = messages.len().saturating_sub(1);
        let mut bytes = Vec::new();
        for (index, message) in messages.into_iter().enumerate() {
            self.sequence = self.sequence.wrapping_add(1);
            let flags = if index == 0 || index == last {
                NLM_F_REQUEST
            } else {
                NLM_F_REQUEST | NLM_F_ACK
            };
            bytes.extend(message.finish(flags, self.sequence));
        }
        self.send(&bytes)
            .map_err(|source| BatchError { index: 0, source })?;
        self.collect_acks(first, inner)
    }

    fn send(&self, bytes: &[u8]) -> io::Result<()> {
        send(self.fd.as_raw_fd(), bytes, MsgFlags::empty())?;
        Ok(())
    }

    fn receive(&mut self) -> io::Result<usize> {
        loop {
            match recv(self.fd.as_raw_fd(), &mut self.buffer, MsgFlags::empty()) {
                Err(nix::errno::Errno::EINTR) => {}
                other => return Ok(other?),
            }
        }
    }
}
