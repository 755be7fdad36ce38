//! Addresses and ranges as text (`k8s.io/apimachinery/pkg/util/validation/ip.go`). Old fields take what Go once took: octets with leading
//! zeros, IPv4 within IPv6, ranges with bits behind the mask. New fields take the canonical form alone.

use crate::rules::{self, BAD_ADDRESS};
use meta::{FieldErrors, FieldPath};
use std::net::{IpAddr, Ipv4Addr};

const BAD_RANGE: &str = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
const V4_BITS: u8 = 32;
const V6_BITS: u8 = 128;

/// A range of addresses: the first one, and how many bits all of them share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) first: IpAddr,
    pub(crate) prefix: u8,
}

impl Range {
    /// As older fields take it.
    pub(crate) fn parse_sloppy(text: &str) -> Option<Self> {
        let (address, prefix) = split(text)?;
        let address = parse_sloppy(address)?;
        let first = masked(address, prefix);
        (prefix <= bits(address)).then_some(Self { first, prefix })
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        self.first.is_ipv4() == address.is_ipv4() && masked(address, self.prefix) == self.first
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

fn split(text: &str) -> Option<(&str, u8)> {
    let (address, prefix) = text.split_once('/')?;
    let digits = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_digit());
    let prefix = digits.then(|| prefix.parse().ok()).flatten()?;
    Some((address, prefix))
}

const fn bits(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => V4_BITS,
        IpAddr::V6(_) => V6_BITS,
    }
}

fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX
                .checked_shl(u32::from(V4_BITS.saturating_sub(prefix)))
                .unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() & mask))
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX
                .checked_shl(u32::from(V6_BITS.saturating_sub(prefix)))
                .unwrap_or(0);
            IpAddr::V6((v6.to_bits() & mask).into())
        }
    }
}

/// An address with leading zeros, if need be; IPv4 within IPv6 is IPv4.
pub(crate) fn parse_sloppy(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        return text
            .parse::<IpAddr>()
            .ok()
            .map(|address| address.to_canonical());
    }
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next().filter(|part| !part.is_empty())?;
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        *octet = digits.then(|| part.parse().ok()).flatten()?;
    }
    parts.next().is_none().then(|| IpAddr::from(octets))
}

/// What is wrong with an address that must be in canonical form.
pub(crate) fn strict_problems(text: &str) -> Vec<String> {
    let Some(address) = parse_sloppy(text) else {
        return vec![BAD_ADDRESS.to_owned()];
    };
    let problem = match text.parse::<IpAddr>() {
        Err(_) => "must not have leading 0s".to_owned(),
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_some() => {
            "must not be an IPv4-mapped IPv6 address".to_owned()
        }
        Ok(_) if address.to_string() != text => {
            format!("must be in canonical form ({:?})", address.to_string())
        }
        Ok(_) => return Vec::new(),
    };
    vec![problem]
}

/// A range that must be in canonical form.
pub(crate) fn strict_range(errors: &mut FieldErrors, path: &FieldPath, text: &str) {
    let Some(range) = Range::parse_sloppy(text) else {
        return errors.invalid(path, text, BAD_RANGE);
    };
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    let zeros = prefix.len() > 1 && prefix.starts_with('0');
    match address.parse::<IpAddr>() {
        Err(_) => errors.invalid(
            path,
            text,
            "must not have leading 0s in IP or prefix length",
        ),
        Ok(_) if zeros => {
            errors.invalid(
                path,
                text,
                "must not have leading 0s in IP or prefix length",
            );
        }
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_some() => {
            errors.invalid(path, text, "must not have an IPv4-mapped IPv6 address");
        }
        Ok(address) if address != range.first => {
            let words = "must not have bits set beyond the prefix length";
            errors.invalid(path, text, words);
        }
        Ok(_) if range.to_string() != text => {
            let words = format!("must be in canonical form ({:?})", range.to_string());
            errors.invalid(path, text, words);
        }
        Ok(_) => {}
    }
}

/// A range in an older field. What stood there before may stay.
pub(crate) fn legacy_range(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    before: &[&str],
) {
    if !before.contains(&text) && Range::parse_sloppy(text).is_none() {
        errors.invalid(path, text, BAD_RANGE);
    }
}

/// An address in an older field. What stood there before may stay.
pub(crate) fn legacy_address(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    before: &[&str],
) {
    if !before.contains(&text) && parse_sloppy(text).is_none() {
        rules::each(errors, path, text, [BAD_ADDRESS.to_owned()]);
    }
}

#[cfg(test)]
mod tests;
