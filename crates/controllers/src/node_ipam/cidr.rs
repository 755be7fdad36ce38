//! Address ranges, and a pool of equal parts of one.

use std::{collections::BTreeSet, fmt, net::IpAddr, str::FromStr};

/// Part of an IPv4 range that a node gets, as upstream's default.
const NODE_PREFIX_V4: u8 = 24;
/// Part of an IPv6 range that a node gets, as upstream's default.
const NODE_PREFIX_V6: u8 = 64;

/// A range in CIDR notation, `10.244.0.0/16`. The address is the range's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cidr {
    first: IpAddr,
    prefix: u8,
}

/// The text is no range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseCidrError(String);

impl fmt::Display for ParseCidrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no address range like 10.244.0.0/16", self.0)
    }
}

impl std::error::Error for ParseCidrError {}

impl Cidr {
    fn bits(&self) -> u8 {
        if self.first.is_ipv4() { 32 } else { 128 }
    }

    fn number(&self) -> u128 {
        match self.first {
            IpAddr::V4(address) => u128::from(u32::from(address)),
            IpAddr::V6(address) => u128::from(address),
        }
    }

    fn with(&self, number: u128, prefix: u8) -> Self {
        let first = match self.first {
            IpAddr::V4(_) => {
                IpAddr::V4(u32::try_from(number).expect("within an IPv4 range").into())
            }
            IpAddr::V6(_) => IpAddr::V6(number.into()),
        };
        Self { first, prefix }
    }

    /// How many addresses a range of this prefix has, less one.
    fn host_mask(bits: u8, prefix: u8) -> u128 {
        match bits - prefix {
            128 => u128::MAX,
            host => (1 << host) - 1,
        }
    }

    /// Whether a Service could get the address from this range: the first one is nobody's, and the last one of IPv4.
    pub(crate) fn can_give(&self, address: IpAddr) -> bool {
        let whole = if address.is_ipv4() { 32 } else { 128 };
        let one = Self {
            first: address,
            prefix: whole,
        };
        let last = self.number() | Self::host_mask(self.bits(), self.prefix);
        self.contains(&one) && address != self.first && !(address.is_ipv4() && one.number() == last)
    }

    pub(crate) fn contains(&self, other: &Self) -> bool {
        let mask = !Self::host_mask(self.bits(), self.prefix);
        self.bits() == other.bits()
            && other.prefix >= self.prefix
            && other.number() & mask == self.number()
    }
}

impl FromStr for Cidr {
    type Err = ParseCidrError;

    fn from_str(text: &str) -> Result<Self, ParseCidrError> {
        let wrong = || ParseCidrError(text.to_owned());
        let (address, prefix) = text.split_once('/').ok_or_else(wrong)?;
        let first: IpAddr = address.parse().map_err(|_| wrong())?;
        let prefix: u8 = prefix.parse().map_err(|_| wrong())?;
        let given = Self { first, prefix };
        if prefix > given.bits() {
            return Err(wrong());
        }
        let mask = !Self::host_mask(given.bits(), prefix);
        Ok(given.with(given.number() & mask, prefix))
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

/// Equal parts of a range: which are taken, where to look next.
#[derive(Debug)]
pub(super) struct Pool {
    whole: Cidr,
    /// Prefix of a part.
    prefix: u8,
    taken: BTreeSet<u128>,
    next: u128,
}

impl Pool {
    pub(super) fn new(whole: &Cidr) -> Self {
        let usual = if whole.bits() == 32 {
            NODE_PREFIX_V4
        } else {
            NODE_PREFIX_V6
        };
        Self {
            whole: *whole,
            prefix: usual.max(whole.prefix),
            taken: BTreeSet::new(),
            next: 0,
        }
    }

    fn parts(&self) -> u128 {
        Cidr::host_mask(self.prefix, self.whole.prefix).saturating_add(1)
    }

    /// The next free part in turn, so that a freed part is not used again at once.
    pub(super) fn allocate(&mut self) -> Option<Cidr> {
        let parts = self.parts();
        if u128::try_from(self.taken.len()).is_ok_and(|taken| taken >= parts) {
            return None;
        }
        let mut part = self.next;
        while self.taken.contains(&part) {
            part = (part + 1) % parts;
        }
        self.taken.insert(part);
        self.next = (part + 1) % parts;
        let host = self.whole.bits() - self.prefix;
        Some(
            self.whole
                .with(self.whole.number() + (part << host), self.prefix),
        )
    }

    /// Ranges outside the pool, and of other sizes, do not concern it.
    pub(super) fn occupy(&mut self, cidr: &Cidr) {
        if let Some(part) = self.part_of(cidr) {
            self.taken.insert(part);
        }
    }

    pub(super) fn release(&mut self, cidr: &Cidr) {
        if let Some(part) = self.part_of(cidr) {
            self.taken.remove(&part);
        }
    }

    fn part_of(&self, cidr: &Cidr) -> Option<u128> {
        let host = self.whole.bits() - self.prefix;
        let inside = self.whole.contains(cidr) && cidr.prefix >= self.prefix;
        inside.then(|| (cidr.number() - self.whole.number()) >> host)
    }
}

#[cfg(test)]
mod tests;
