//! Network interfaces: bridges and veth pairs. rtnetlink(7), linux/if_link.h.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd as _;

use super::{Attributes, Message, Reply, Socket};

const RTM_NEWLINK: u16 = 16;
const RTM_DELLINK: u16 = 17;
const RTM_GETLINK: u16 = 18;
const NLM_F_EXCL: u16 = 0x200;
const NLM_F_CREATE: u16 = 0x400;

const IFINFO_BYTES: usize = 16;
const IFF_UP: u32 = 1;

const IFLA_ADDRESS: u16 = 1;
const IFLA_IFNAME: u16 = 3;
const IFLA_MTU: u16 = 4;
const IFLA_MASTER: u16 = 10;
const IFLA_LINKINFO: u16 = 18;
const IFLA_IFALIAS: u16 = 20;
const IFLA_AF_SPEC: u16 = 26;
const IFLA_NET_NS_FD: u16 = 28;
const IFLA_INFO_KIND: u16 = 1;
const IFLA_INFO_DATA: u16 = 2;
const IFLA_INFO_SLAVE_KIND: u16 = 4;
const IFLA_INFO_SLAVE_DATA: u16 = 5;
const VETH_INFO_PEER: u16 = 1;
const IFLA_BR_MCAST_SNOOPING: u16 = 23;
const IFLA_BRPORT_MODE: u16 = 4;
const IFLA_INET6_ADDR_GEN_MODE: u16 = 8;
const IN6_ADDR_GEN_MODE_NONE: u8 = 1;
const AF_INET6: u16 = 10;

pub type Mac = [u8; 6];

/// An interface as the kernel lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub index: u32,
    pub name: String,
    pub up: bool,
    pub loopback: bool,
    /// ARPHRD_ETHER: its packets begin with an Ethernet header.
    pub ethernet: bool,
    pub mtu: u32,
    pub mac: Option<Mac>,
    /// The bridge it is a port of.
    pub master: Option<u32>,
    pub alias: Option<String>,
    /// `veth`, `bridge`, …; physical interfaces have none.
    pub kind: Option<String>,
}

/// A veth pair to be made: one end on this side, the other inside a namespace.
#[derive(Debug, Clone, Copy)]
pub struct Veth<'a> {
    pub name: &'a str,
    pub mac: Mac,
    /// The bridge that this side's end becomes a port of.
    pub master: Option<u32>,
    pub mtu: u32,
    pub peer_name: &'a str,
    pub peer_mac: Mac,
    pub peer_netns: &'a File,
}

/// A bridge, down, without spanning tree and multicast snooping.
pub fn bridge(name: &str, mac: Mac, mtu: u32) -> Message {
    Message::new(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &info(0, 0))
        .text(IFLA_IFNAME, name)
        .bytes(IFLA_ADDRESS, &mac)
        .u32(IFLA_MTU, mtu)
        .nested(IFLA_LINKINFO, |link| {
            link.text(IFLA_INFO_KIND, "bridge")
                .nested(IFLA_INFO_DATA, |data| data.u8(IFLA_BR_MCAST_SNOOPING, 0))
        })
}

/// Both ends are down when this is done.
pub fn veth(veth: &Veth<'_>) -> Message {
    let message = Message::new(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &info(0, 0))
        .text(IFLA_IFNAME, veth.name)
        .bytes(IFLA_ADDRESS, &veth.mac)
        .u32(IFLA_MTU, veth.mtu);
    let message = match veth.master {
        Some(bridge) => message.u32(IFLA_MASTER, bridge),
        None => message,
    };
    message.nested(IFLA_LINKINFO, |link| {
        link.text(IFLA_INFO_KIND, "veth")
            .nested(IFLA_INFO_DATA, |data| {
                data.nested(VETH_INFO_PEER, |peer| far_end(peer, veth))
            })
    })
}

fn far_end(peer: Message, veth: &Veth<'_>) -> Message {
    let descriptor =
        u32::try_from(veth.peer_netns.as_raw_fd()).expect("descriptors are not negative");
    peer.fixed(&info(0, 0))
        .text(IFLA_IFNAME, veth.peer_name)
        .bytes(IFLA_ADDRESS, &veth.peer_mac)
        .u32(IFLA_MTU, veth.mtu)
        .u32(IFLA_NET_NS_FD, descriptor)
}

/// No IPv6 address by itself when it comes up. A kernel without IPv6 answers EAFNOSUPPORT, which is as good.
pub fn set_no_ipv6_address(name: &str) -> Message {
    Message::new(RTM_NEWLINK, 0, &info(0, 0))
        .text(IFLA_IFNAME, name)
        .nested(IFLA_AF_SPEC, |families| {
            families.nested(AF_INET6, |family| {
                family.u8(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE)
            })
        })
}

/// Labels an interface; `ip link` shows it.
pub fn set_alias(index: u32, alias: &str) -> Message {
    Message::new(RTM_NEWLINK, 0, &info(index, 0)).text(IFLA_IFALIAS, alias)
}

/// Labels a bridge's port, lets the bridge send a packet back to the port it came from, and brings it up.
pub fn set_port(name: &str, alias: &str) -> Message {
    Message::new(RTM_NEWLINK, 0, &info(0, IFF_UP))
        .text(IFLA_IFNAME, name)
        .text(IFLA_IFALIAS, alias)
        .nested(IFLA_LINKINFO, |link| {
            link.text(IFLA_INFO_SLAVE_KIND, "bridge")
                .nested(IFLA_INFO_SLAVE_DATA, |data| data.u8(IFLA_BRPORT_MODE, 1))
        })
}

pub fn set_up(index: u32) -> Message {
    Message::new(RTM_NEWLINK, 0, &info(index, IFF_UP))
}

/// Asks about an interface, and with that lets the kernel act on a carrier that has just come up: from Linux 6.8 on it
/// does so before it answers. By itself it may take a second.
pub fn settle(name: &str) -> Message {
    Message::new(RTM_GETLINK, 0, &info(0, 0)).text(IFLA_IFNAME, name)
}

/// Removes an interface (of a veth pair: both ends).
pub fn delete(name: &str) -> Message {
    Message::new(RTM_DELLINK, 0, &info(0, 0)).text(IFLA_IFNAME, name)
}

/// All interfaces of the socket's namespace.
pub fn list(socket: &mut Socket) -> io::Result<Vec<Link>> {
    let mut links = Vec::new();
    socket.dump(Message::new(RTM_GETLINK, 0, &info(0, 0)), |reply| {
        links.extend(read(reply))
    })?;
    Ok(links)
}

fn read(reply: &Reply<'_>) -> Option<Link> {
    const IFF_LOOPBACK: u32 = 8;
    const ARPHRD_ETHER: u16 = 1;
    let fixed = reply.payload().get(..IFINFO_BYTES)?;
    let flags = u32::from_ne_bytes(fixed[8..12].try_into().ok()?);
    let attributes = reply.attributes(IFINFO_BYTES);
    Some(Link {
        index: u32::from_ne_bytes(fixed[4..8].try_into().ok()?),
        name: attributes.text(IFLA_IFNAME)?.to_owned(),
        up: flags & IFF_UP != 0,
        loopback: flags & IFF_LOOPBACK != 0,
        ethernet: u16::from_ne_bytes(fixed[2..4].try_into().ok()?) == ARPHRD_ETHER,
        mtu: attributes.u32(IFLA_MTU).unwrap_or_default(),
        mac: attributes
            .value(IFLA_ADDRESS)
            .and_then(|mac| mac.try_into().ok()),
        master: attributes.u32(IFLA_MASTER),
        alias: attributes.text(IFLA_IFALIAS).map(str::to_owned),
        kind: attributes
            .value(IFLA_LINKINFO)
            .and_then(|info| Attributes::within(info).text(IFLA_INFO_KIND))
            .map(str::to_owned),
    })
}

/// `struct ifinfomsg`: an interface by index, or by name when it is 0; flags to set.
fn info(index: u32, flags: u32) -> [u8; IFINFO_BYTES] {
    let mut fixed = [0; IFINFO_BYTES];
    fixed[4..8].copy_from_slice(&index.to_ne_bytes());
    fixed[8..12].copy_from_slice(&flags.to_ne_bytes());
    fixed[12..].copy_from_slice(&flags.to_ne_bytes());
    fixed
}
