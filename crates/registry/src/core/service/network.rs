//! Where Services get their addresses and node ports from, and in which order a range's addresses are given.

use super::validate::{V4, V6};
use crate::networking::addresses::Range;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What the cluster has for Services.
#[derive(Clone, Copy, Debug)]
pub struct ServiceNetwork {
    /// Gives an address to all that ask for no family.
    pub range: Range,
    /// The range of the other family, in a cluster that has both.
    pub second_range: Option<Range>,
    /// The first and the last.
    pub node_ports: (u16, u16),
}

impl ServiceNetwork {
    pub(super) fn family(&self) -> &'static str {
        family(self.range)
    }

    pub(super) const fn is_dual(&self) -> bool {
        self.second_range.is_some()
    }

    pub(super) fn has_family(&self, wanted: &str) -> bool {
        self.own(wanted).is_some()
    }

    /// The range of a family.
    pub(super) fn own(&self, wanted: &str) -> Option<Range> {
        self.ranges().find(|range| family(*range) == wanted)
    }

    pub(super) fn ranges(&self) -> impl Iterator<Item = Range> {
        std::iter::once(self.range).chain(self.second_range)
    }
}

pub(super) const fn family(range: Range) -> &'static str {
    if range.first.is_ipv4() { V4 } else { V6 }
}

/// The lower band is left to those who ask for an address of their own (KEP-3070).
const STATIC_BAND_MAX: u128 = 256;
const STATIC_BAND_MIN: u128 = 16;
/// Of larger ranges upstream gives nothing.
const HOST_BITS_MAX: u8 = 64;

/// The addresses of a range that a Service can have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hosts {
    first: u128,
    last: u128,
    /// How many from the first on are given last.
    band: u128,
    of: fn(u128) -> IpAddr,
}

impl Hosts {
    /// Without the first address of the range, which is the network's, and without the last one of IPv4. `None` if nothing is left.
    pub(super) fn of(range: Range) -> Option<Self> {
        let (bits, of): (u8, fn(u128) -> IpAddr) = match range.first {
            IpAddr::V4(_) => (32, v4),
            IpAddr::V6(_) => (128, v6),
        };
        let host_bits = bits.checked_sub(range.prefix)?;
        if host_bits > HOST_BITS_MAX {
            return None;
        }
        let (network, size) = (number(range.first), 1 << host_bits);
        let end = network + size - 1;
        let last = end.saturating_sub(u128::from(range.first.is_ipv4()));
        let band = if size <= STATIC_BAND_MIN {
            0
        } else {
            (size / STATIC_BAND_MIN).clamp(STATIC_BAND_MIN, STATIC_BAND_MAX)
        };
        let first = network + 1;
        (first <= last).then_some(Self {
            first,
            last,
            band,
            of,
        })
    }

    pub(super) fn count(&self) -> u128 {
        self.last - self.first + 1
    }

    pub(super) fn contains(&self, address: IpAddr) -> bool {
        let number = number(address);
        (self.of)(self.first).is_ipv4() == address.is_ipv4()
            && (self.first..=self.last).contains(&number)
    }

    /// All of them in the order of preference, from random places on.
    pub(super) fn candidates(self, random: [u64; 2]) -> impl Iterator<Item = IpAddr> {
        let upper = rotated(self.first + self.band, self.last, random[0]);
        let lower = rotated(self.first, self.first + self.band - 1, random[1]);
        upper.chain(lower).map(self.of)
    }
}

fn rotated(first: u128, last: u128, random: u64) -> impl Iterator<Item = u128> {
    let count = (last + 1).saturating_sub(first);
    let start = u128::from(random) % count.max(1);
    (0..count).map(move |step| first + (start + step) % count)
}

const fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_bits() as u128,
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

fn v4(number: u128) -> IpAddr {
    let bits = u32::try_from(number).expect("hosts of an IPv4 range have 32 bits");
    Ipv4Addr::from_bits(bits).into()
}

fn v6(number: u128) -> IpAddr {
    Ipv6Addr::from_bits(number).into()
}

#[cfg(test)]
mod tests;
