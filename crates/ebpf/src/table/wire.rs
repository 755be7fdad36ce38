//! The maps' layouts, byte for byte as in `programs/services.h`. Ids and counts are in the machine's byte order,
//! addresses and ports in the network's.

use std::net::Ipv4Addr;
use std::num::NonZeroU32;

use super::{Backend, External, Frontend, Protocol, Service};

/// Part of the maps' pin path: maps of another layout are never opened.
pub(crate) const LAYOUT: u32 = 1;

const EXTERNAL: u16 = 1;
const EXTERNAL_LOCAL: u16 = 2;
const MEMBERS: u16 = 4;

pub(super) type FrontendBytes = [u8; 8];
pub(super) type ServiceBytes = [u8; 16];
pub(super) type SlotBytes = [u8; 8];
pub(super) type EndpointBytes = [u8; 8];
pub(super) type MemberBytes = [u8; 12];

/// Who wrote a frontend; each writer sees only its own. Also the highest bit of a set's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Service,
    HostPort,
}

/// The fixed part of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) id: u32,
    pub(super) affinity_s: u32,
    pub(super) count: u16,
    pub(super) external_first: u16,
    pub(super) external_count: u16,
    pub(super) flags: u16,
}

impl Scope {
    const fn byte(self) -> u8 {
        match self {
            Scope::Service => 0,
            Scope::HostPort => 1,
        }
    }

    pub(super) const fn first_id(self) -> u32 {
        (self.byte() as u32) << 31
    }

    pub(super) const fn owns(self, id: u32) -> bool {
        id >> 31 == self.byte() as u32
    }
}

pub(super) fn frontend_bytes(frontend: &Frontend, scope: Scope) -> FrontendBytes {
    let [a, b, c, d] = frontend.address.octets();
    let [high, low] = frontend.port.to_be_bytes();
    let protocol = match frontend.protocol {
        Protocol::Tcp => 6,
        Protocol::Udp => 17,
    };
    [a, b, c, d, high, low, protocol, scope.byte()]
}

/// `None`: of another scope.
pub(super) fn frontend_from(bytes: &FrontendBytes, scope: Scope) -> Option<Frontend> {
    let [a, b, c, d, high, low, protocol, of] = *bytes;
    let protocol = match protocol {
        6 => Protocol::Tcp,
        17 => Protocol::Udp,
        _ => return None,
    };
    let port = u16::from_be_bytes([high, low]);
    (of == scope.byte()).then_some(Frontend {
        address: Ipv4Addr::new(a, b, c, d),
        port,
        protocol,
    })
}

pub(super) fn endpoint_bytes(backend: &Backend) -> EndpointBytes {
    let [a, b, c, d] = backend.address.octets();
    let [high, low] = backend.port.to_be_bytes();
    [a, b, c, d, high, low, 0, 0]
}

pub(super) fn endpoint_from(bytes: &EndpointBytes) -> Backend {
    let [a, b, c, d, high, low, ..] = *bytes;
    Backend {
        address: Ipv4Addr::new(a, b, c, d),
        port: u16::from_be_bytes([high, low]),
    }
}

pub(super) fn slot_bytes(id: u32, index: u32) -> SlotBytes {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&id.to_ne_bytes());
    bytes[4..].copy_from_slice(&index.to_ne_bytes());
    bytes
}

pub(super) fn slot_from(bytes: &SlotBytes) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h] = *bytes;
    (
        u32::from_ne_bytes([a, b, c, d]),
        u32::from_ne_bytes([e, f, g, h]),
    )
}

pub(super) fn member_bytes(id: u32, backend: &Backend) -> MemberBytes {
    let mut bytes = [0; 12];
    bytes[..4].copy_from_slice(&id.to_ne_bytes());
    bytes[4..].copy_from_slice(&endpoint_bytes(backend));
    bytes
}

pub(super) fn member_id(bytes: &MemberBytes) -> u32 {
    let [a, b, c, d, ..] = *bytes;
    u32::from_ne_bytes([a, b, c, d])
}

/// A set needs its members listed where a choice is remembered: affinity, datagrams, flows from outside.
pub(super) fn has_members(frontend: &Frontend, service: &Service) -> bool {
    frontend.protocol == Protocol::Udp
        || service.affinity_s.is_some()
        || service.external != External::Closed
}

/// `None`: more backends than the kernel's counters hold.
pub(super) fn header(id: u32, frontend: &Frontend, service: &Service) -> Option<Header> {
    let count = u16::try_from(service.backends.len()).ok()?;
    let local = u16::try_from(service.external_backends().len()).ok()?;
    let (external_first, external_count, mut flags) = match &service.external {
        External::Closed => (0, 0, 0),
        External::Cluster => (0, count, EXTERNAL),
        External::Local(_) => (count, local, EXTERNAL | EXTERNAL_LOCAL),
    };
    if has_members(frontend, service) {
        flags |= MEMBERS;
    }
    let affinity_s = service.affinity_s.map_or(0, NonZeroU32::get);
    Some(Header {
        id,
        affinity_s,
        count,
        external_first,
        external_count,
        flags,
    })
}

impl Header {
    pub(super) fn bytes(&self) -> ServiceBytes {
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&self.id.to_ne_bytes());
        bytes[4..8].copy_from_slice(&self.affinity_s.to_ne_bytes());
        bytes[8..10].copy_from_slice(&self.count.to_ne_bytes());
        bytes[10..12].copy_from_slice(&self.external_first.to_ne_bytes());
        bytes[12..14].copy_from_slice(&self.external_count.to_ne_bytes());
        bytes[14..].copy_from_slice(&self.flags.to_ne_bytes());
        bytes
    }

    pub(super) fn from(bytes: &ServiceBytes) -> Header {
        let [
            i0,
            i1,
            i2,
            i3,
            a0,
            a1,
            a2,
            a3,
            c0,
            c1,
            f0,
            f1,
            e0,
            e1,
            g0,
            g1,
        ] = *bytes;
        Header {
            id: u32::from_ne_bytes([i0, i1, i2, i3]),
            affinity_s: u32::from_ne_bytes([a0, a1, a2, a3]),
            count: u16::from_ne_bytes([c0, c1]),
            external_first: u16::from_ne_bytes([f0, f1]),
            external_count: u16::from_ne_bytes([e0, e1]),
            flags: u16::from_ne_bytes([g0, g1]),
        }
    }

    /// The service of this header, its backends read slot by slot; `None` when a slot is missing.
    pub(super) fn service(&self, mut slot: impl FnMut(u32) -> Option<Backend>) -> Option<Service> {
        let backends = (0..u32::from(self.count))
            .map(&mut slot)
            .collect::<Option<Vec<_>>>()?;
        let external = if self.flags & EXTERNAL == 0 {
            External::Closed
        } else if self.flags & EXTERNAL_LOCAL == 0 {
            External::Cluster
        } else {
            let first = u32::from(self.external_first);
            External::Local(
                (first..first + u32::from(self.external_count))
                    .map(slot)
                    .collect::<Option<Vec<_>>>()?,
            )
        };
        Some(Service {
            backends,
            external,
            affinity_s: NonZeroU32::new(self.affinity_s),
        })
    }
}

/// A key of the `peers` map: `struct peer_key` of `programs/sockets.bpf.c`.
pub(crate) fn peer_bytes(cookie: u64, backend: &Backend) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&cookie.to_ne_bytes());
    bytes[8..].copy_from_slice(&endpoint_bytes(backend));
    bytes
}

/// The one entry of the `config` map: `struct config`.
pub(crate) fn config_bytes(host_netns_cookie: u64, service_network: ipnet::Ipv4Net) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&host_netns_cookie.to_ne_bytes());
    bytes[8..12].copy_from_slice(&service_network.network().octets());
    bytes[12..].copy_from_slice(&service_network.netmask().octets());
    bytes
}
