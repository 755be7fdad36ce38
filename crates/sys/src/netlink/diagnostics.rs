//! Sockets of the whole network namespace: found and ended. sock_diag(7), linux/inet_diag.h.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4};

use super::{Message, Reply, Socket};

const SOCK_DIAG_BY_FAMILY: u16 = 20;
const SOCK_DESTROY: u16 = 21;
const AF_INET: u8 = 2;
const AF_INET6: u8 = 10;
const IPPROTO_UDP: u8 = 17;
const ALL_STATES: u32 = u32::MAX;
/// `struct inet_diag_sockid`.
const SOCKET_ID_BYTES: usize = 48;

/// A UDP socket that is connected to somebody.
#[derive(Debug, Clone, Copy)]
struct Found {
    family: u8,
    id: [u8; SOCKET_ID_BYTES],
}

/// Ends the UDP sockets of the socket's namespace that `stale` picks by their cookie and the peer they are connected to. Who
/// waits for a datagram gets ECONNABORTED, who sends without an address EDESTADDRREQ. Returns how many there were.
pub fn abort_udp(
    socket: &mut Socket,
    stale: impl Fn(u64, SocketAddrV4) -> bool,
) -> io::Result<usize> {
    let mut found = Vec::new();
    for family in [AF_INET, AF_INET6] {
        let request = Message::new(
            SOCK_DIAG_BY_FAMILY,
            0,
            &request(family, &[0; SOCKET_ID_BYTES]),
        );
        let dumped = socket.dump(request, |reply| found.extend(read(reply, &stale)));
        // A kernel without IPv6 has no such sockets.
        if family == AF_INET {
            dumped?;
        }
    }
    for one in &found {
        match socket.request(Message::new(SOCK_DESTROY, 0, &request(one.family, &one.id))) {
            // Closed meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            other => other?,
        }
    }
    Ok(found.len())
}

fn read(reply: &Reply<'_>, stale: impl Fn(u64, SocketAddrV4) -> bool) -> Option<Found> {
    let family = *reply.payload().first()?;
    let id: [u8; SOCKET_ID_BYTES] = reply
        .payload()
        .get(4..4 + SOCKET_ID_BYTES)?
        .try_into()
        .ok()?;
    let port = u16::from_be_bytes([id[2], id[3]]);
    let address = match family {
        AF_INET => Some(Ipv4Addr::new(id[20], id[21], id[22], id[23])),
        _ => Ipv6Addr::from(<[u8; 16]>::try_from(&id[20..36]).ok()?).to_ipv4_mapped(),
    };
    let number = |at: usize| {
        id[at..at + 4]
            .try_into()
            .map(u32::from_ne_bytes)
            .map(u64::from)
            .ok()
    };
    let cookie = number(40)? | number(44)? << 32;
    stale(cookie, SocketAddrV4::new(address?, port)).then_some(Found { family, id })
}

/// `struct inet_diag_req_v2`.
fn request(family: u8, id: &[u8; SOCKET_ID_BYTES]) -> [u8; 8 + SOCKET_ID_BYTES] {
    let mut fixed = [0; 8 + SOCKET_ID_BYTES];
    fixed[0] = family;
    fixed[1] = IPPROTO_UDP;
    fixed[4..8].copy_from_slice(&ALL_STATES.to_ne_bytes());
    fixed[8..].copy_from_slice(id);
    fixed
}
