//! IPv4 addresses and routes: rtnetlink(7), linux/rtnetlink.h.

use std::io;
use std::net::Ipv4Addr;

use super::{Message, Reply, Socket};

const RTM_NEWADDR: u16 = 20;
const RTM_GETADDR: u16 = 22;
const RTM_NEWROUTE: u16 = 24;
const RTM_DELROUTE: u16 = 25;
const RTM_GETROUTE: u16 = 26;
const NLM_F_REPLACE: u16 = 0x100;
const NLM_F_CREATE: u16 = 0x400;

const AF_INET: u8 = 2;
const IFADDR_BYTES: usize = 8;
const IFA_ADDRESS: u16 = 1;
const IFA_LOCAL: u16 = 2;

const RTMSG_BYTES: usize = 12;
const RTA_DST: u16 = 1;
const RTA_OIF: u16 = 4;
const RTA_GATEWAY: u16 = 5;
const RTA_TABLE: u16 = 15;
const RT_TABLE_MAIN: u8 = 254;
const RT_SCOPE_UNIVERSE: u8 = 0;
const RTN_UNICAST: u8 = 1;
const RTN_UNREACHABLE: u8 = 7;

/// Who made a route, as `ip route` shows it (`proto 83`): ours are found by it.
pub const PROTOCOL: u8 = 83;

/// An address of an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    pub index: u32,
    pub address: Ipv4Addr,
    pub prefix_length: u8,
    /// RT_SCOPE_UNIVERSE: reachable from other machines.
    pub global: bool,
}

/// A route of the main table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    pub network: Ipv4Addr,
    pub prefix_length: u8,
    pub protocol: u8,
    pub index: Option<u32>,
    pub gateway: Option<Ipv4Addr>,
}

pub fn add_address(index: u32, address: Ipv4Addr, prefix_length: u8) -> Message {
    let [a, b, c, d] = index.to_ne_bytes();
    let fixed = [AF_INET, prefix_length, 0, RT_SCOPE_UNIVERSE, a, b, c, d];
    Message::new(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE, &fixed)
        .bytes(IFA_LOCAL, &address.octets())
        .bytes(IFA_ADDRESS, &address.octets())
}

/// The default route by way of `gateway`.
pub fn add_default(index: u32, gateway: Ipv4Addr) -> Message {
    Message::new(
        RTM_NEWROUTE,
        NLM_F_CREATE | NLM_F_REPLACE,
        &route(0, RTN_UNICAST),
    )
    .bytes(RTA_GATEWAY, &gateway.octets())
    .u32(RTA_OIF, index)
}

/// Answers everything to a network that has no better route with "host unreachable".
pub fn add_unreachable(network: Ipv4Addr, prefix_length: u8) -> Message {
    Message::new(
        RTM_NEWROUTE,
        NLM_F_CREATE | NLM_F_REPLACE,
        &route(prefix_length, RTN_UNREACHABLE),
    )
    .bytes(RTA_DST, &network.octets())
}

pub fn delete_unreachable(network: Ipv4Addr, prefix_length: u8) -> Message {
    Message::new(RTM_DELROUTE, 0, &route(prefix_length, RTN_UNREACHABLE))
        .bytes(RTA_DST, &network.octets())
}

/// All IPv4 addresses of the socket's namespace.
pub fn addresses(socket: &mut Socket) -> io::Result<Vec<Address>> {
    let mut addresses = Vec::new();
    let request = Message::new(RTM_GETADDR, 0, &[AF_INET, 0, 0, 0, 0, 0, 0, 0]);
    socket.dump(request, |reply| addresses.extend(read_address(reply)))?;
    Ok(addresses)
}

/// All IPv4 routes of the main table of the socket's namespace.
pub fn routes(socket: &mut Socket) -> io::Result<Vec<Route>> {
    let mut routes = Vec::new();
    let mut fixed = [0; RTMSG_BYTES];
    fixed[0] = AF_INET;
    socket.dump(Message::new(RTM_GETROUTE, 0, &fixed), |reply| {
        routes.extend(read_route(reply))
    })?;
    Ok(routes)
}

fn read_address(reply: &Reply<'_>) -> Option<Address> {
    let fixed: [u8; IFADDR_BYTES] = reply.payload().get(..IFADDR_BYTES)?.try_into().ok()?;
    let [_, prefix_length, _, scope, a, b, c, d] = fixed;
    let attributes = reply.attributes(IFADDR_BYTES);
    let octets: [u8; 4] = attributes
        .value(IFA_LOCAL)
        .or_else(|| attributes.value(IFA_ADDRESS))?
        .try_into()
        .ok()?;
    let index = u32::from_ne_bytes([a, b, c, d]);
    Some(Address {
        index,
        address: octets.into(),
        prefix_length,
        global: scope == RT_SCOPE_UNIVERSE,
    })
}

fn read_route(reply: &Reply<'_>) -> Option<Route> {
    let fixed: [u8; RTMSG_BYTES] = reply.payload().get(..RTMSG_BYTES)?.try_into().ok()?;
    let attributes = reply.attributes(RTMSG_BYTES);
    if attributes.u32(RTA_TABLE) != Some(u32::from(RT_TABLE_MAIN)) {
        return None;
    }
    let address = |attribute| {
        attributes
            .value(attribute)
            .and_then(|octets| <[u8; 4]>::try_from(octets).ok())
            .map(Ipv4Addr::from)
    };
    Some(Route {
        network: address(RTA_DST).unwrap_or(Ipv4Addr::UNSPECIFIED),
        prefix_length: fixed[1],
        protocol: fixed[5],
        index: attributes.u32(RTA_OIF),
        gateway: address(RTA_GATEWAY),
    })
}

/// `struct rtmsg`.
fn route(prefix_length: u8, kind: u8) -> [u8; RTMSG_BYTES] {
    [
        AF_INET,
        prefix_length,
        0,
        0,
        RT_TABLE_MAIN,
        PROTOCOL,
        RT_SCOPE_UNIVERSE,
        kind,
        0,
        0,
        0,
        0,
    ]
}
