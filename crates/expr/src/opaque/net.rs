//! Addresses and networks, as Go's `net/netip` reads them and Kubernetes allows them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address and the length of a prefix; bits after the prefix may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    pub address: IpAddr,
    pub bits: u8,
}

/// An address without a zone that is not an IPv4 address in IPv6's clothes. Errors in upstream's words.
pub(crate) fn parse_ip(text: &str) -> Result<IpAddr, String> {
    if let Some((address, _)) = text.split_once('%')
        && address.parse::<Ipv6Addr>().is_ok()
    {
        return Err(format!(
            "IP address {text:?} with zone value is not allowed"
        ));
    }
    let address: IpAddr = text.parse().map_err(|_| {
        format!(
            "IP Address {text:?} parse error during conversion from string: ParseAddr({text:?}): {}",
            why(text)
        )
    })?;
    allowed(address, text)
}

/// What Go says of text that is no address.
fn why(text: &str) -> &'static str {
    let dotted = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !dotted || !text.contains('.') {
        return "unable to parse IP";
    }
    let fields: Vec<&str> = text.split('.').collect();
    if fields.iter().any(|field| field.is_empty()) {
        return "IPv4 field must have at least one digit";
    }
    for field in &fields {
        if field.len() > 1 && field.starts_with('0') {
            return "IPv4 field has octet with leading zero";
        }
        if field.parse::<u8>().is_err() {
            return "IPv4 field has value >255";
        }
    }
    if fields.len() < 4 {
        return "IPv4 address too short";
    }
    "IPv4 address too long"
}

fn allowed(address: IpAddr, text: &str) -> Result<IpAddr, String> {
    match address {
        IpAddr::V6(six) if six.to_ipv4_mapped().is_some() => {
            Err(format!("IPv4-mapped IPv6 address {text:?} is not allowed"))
        }
        _ => Ok(address),
    }
}

/// `address/bits`. Errors in upstream's words.
pub(crate) fn parse_cidr(text: &str) -> Result<Cidr, String> {
    let wrong = |words: String| {
        format!(
            "network address parse error during conversion from string: netip.ParsePrefix({text:?}): {words}"
        )
    };
    let Some((address, bits)) = text.rsplit_once('/') else {
        return Err(wrong("no '/'".to_owned()));
    };
    if address.contains('%') {
        return Err(wrong("IPv6 zones cannot be present in a prefix".to_owned()));
    }
    let parsed: IpAddr = address
        .parse()
        .map_err(|_| wrong(format!("ParseAddr({address:?}): {}", why(address))))?;
    let most = if parsed.is_ipv4() { 32 } else { 128 };
    let canonical = bits == "0" || !bits.starts_with(['0', '+', '-']);
    let number: u8 = match bits.parse() {
        Ok(number) if canonical => number,
        _ if bits.bytes().all(|byte| byte.is_ascii_digit()) && !bits.is_empty() && canonical => {
            return Err(wrong("prefix length out of range".to_owned()));
        }
        _ => return Err(wrong(format!("bad bits after slash: {bits:?}"))),
    };
    if number > most {
        return Err(wrong("prefix length out of range".to_owned()));
    }
    Ok(Cidr {
        address: allowed(parsed, text)?,
        bits: number,
    })
}

impl Cidr {
    /// With the bits after the prefix cleared.
    pub(crate) fn masked(&self) -> Self {
        let address = match self.address {
            IpAddr::V4(four) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from_bits(four.to_bits() & mask))
            }
            IpAddr::V6(six) => {
                let mask = u128::MAX
                    .checked_shl(128 - u32::from(self.bits))
                    .unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & mask))
            }
        };
        Self {
            address,
            bits: self.bits,
        }
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        if address.is_ipv4() != self.address.is_ipv4() {
            return false;
        }
        let other = Self {
            address,
            bits: self.bits,
        };
        other.masked() == self.masked()
    }

    /// Whether all addresses of the other are in this one.
    pub(crate) fn includes(&self, other: &Self) -> bool {
        self.bits <= other.bits && self.contains(other.address)
    }
}

pub(crate) fn is_link_local_unicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.is_link_local(),
        IpAddr::V6(six) => six.is_unicast_link_local(),
    }
}

pub(crate) fn is_link_local_multicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => matches!(four.octets(), [224, 0, 0, _]),
        IpAddr::V6(six) => six.segments()[0] & 0xff0f == 0xff02,
    }
}

pub(crate) fn is_global_unicast(address: IpAddr) -> bool {
    let broadcast = matches!(address, IpAddr::V4(four) if four.is_broadcast());
    !broadcast
        && !address.is_unspecified()
        && !address.is_loopback()
        && !address.is_multicast()
        && !is_link_local_unicast(address)
}
