//! Addresses and ranges as text (`k8s.io/apimachinery/pkg/util/validation/ip.go`). Old fields took what Go once took: octets with leading
//! zeros, IPv4 within IPv6, ranges with bits behind the mask; today they take only what has one meaning, in any form of it, and what stood
//! there before. New fields take the canonical form alone.

use crate::rules::{self, BAD_ADDRESS};
use meta::{FieldErrors, FieldPath};
use std::net::{IpAddr, Ipv4Addr};

const BAD_RANGE: &str = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
const LEADING_ZEROS: &str = "must not have leading 0s";
const LEADING_ZEROS_IN_RANGE: &str = "must not have leading 0s in IP or prefix length";
const V4_BITS: u8 = 32;
const V6_BITS: u8 = 128;

/// A range of addresses: the first one, and how many bits all of them share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub first: IpAddr,
    /// At most 32 of IPv4, 128 of IPv6.
    pub prefix: u8,
}

impl Range {
    /// As older fields take it: `10.9.8.0/24`, with bits behind the mask and leading zeros if need be.
    #[must_use]
    pub fn parse_sloppy(text: &str) -> Option<Self> {
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
    let problem = legacy_problem(text).map(str::to_owned);
    let problem = problem.or_else(|| not_canonical(&parse_sloppy(text)?.to_string(), text));
    problem.into_iter().collect()
}

fn not_canonical(canonical: &str, text: &str) -> Option<String> {
    (canonical != text).then(|| format!("must be in canonical form ({canonical:?})"))
}

/// What is wrong with an address that need not be in canonical form.
fn legacy_problem(text: &str) -> Option<&'static str> {
    if parse_sloppy(text).is_none() {
        return Some(BAD_ADDRESS);
    }
    match text.parse::<IpAddr>() {
        Err(_) => Some(LEADING_ZEROS),
        Ok(address) => is_mapped(address).then_some("must not be an IPv4-mapped IPv6 address"),
    }
}

fn is_mapped(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some())
}

/// What is wrong with a range that need not be in canonical form.
fn legacy_range_problem(text: &str) -> Option<&'static str> {
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    let zeros = prefix.len() > 1 && prefix.starts_with('0');
    let parsed = address.parse::<IpAddr>();
    let mapped = parsed.as_ref().is_ok_and(|address| is_mapped(*address));
    if mapped && !zeros && split(text).is_some_and(|(_, prefix)| prefix <= V6_BITS) {
        return Some("must not have an IPv4-mapped IPv6 address");
    }
    let Some(range) = Range::parse_sloppy(text) else {
        return Some(BAD_RANGE);
    };
    match parsed {
        Ok(address) if !zeros => {
            (address != range.first).then_some("must not have bits set beyond the prefix length")
        }
        _ => Some(LEADING_ZEROS_IN_RANGE),
    }
}

/// A range that must be in canonical form.
pub(crate) fn strict_range(errors: &mut FieldErrors, path: &FieldPath, text: &str) {
    let problem = legacy_range_problem(text).map(str::to_owned);
    let problem = problem.or_else(|| not_canonical(&Range::parse_sloppy(text)?.to_string(), text));
    rules::each(errors, path, text, problem);
}

/// A range in an older field, which need not be in canonical form. What stood there before may stay.
pub(crate) fn legacy_range(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    before: &[&str],
) {
    if !before.contains(&text)
        && let Some(words) = legacy_range_problem(text)
    {
        errors.invalid(path, text, words);
    }
}

/// An address in an older field, which need not be in canonical form. What stood there before may stay. False if it is wrong.
pub(crate) fn legacy_address(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    before: &[&str],
) -> bool {
    if before.contains(&text) {
        return true;
    }
    let problem = legacy_problem(text);
    if let Some(words) = problem {
        errors.invalid(path, text, words);
    }
    problem.is_none()
}

/// What is to be said of an address that was accepted (`GetWarningsForIP`).
pub(crate) fn address_warning(path: &FieldPath, text: &str) -> Option<String> {
    let canonical = parse_sloppy(text)?.to_string();
    match text.parse::<IpAddr>() {
        Ok(address) if !is_mapped(address) => (address.is_ipv6() && canonical != text).then(|| {
            format!(
                "{path}: IPv6 address {text:?} should be in RFC 5952 canonical format ({canonical:?})"
            )
        }),
        _ => Some(format!(
            "{path}: non-standard IP address {text:?} is invalid: use {canonical:?}"
        )),
    }
}

/// What is to be said of a range that was accepted (`GetWarningsForCIDR`).
pub(crate) fn range_warnings(path: &FieldPath, text: &str) -> Vec<String> {
    let Some(range) = Range::parse_sloppy(text) else {
        return Vec::new();
    };
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    let mut warnings = Vec::new();
    if let Some(address) = parse_sloppy(address).filter(|address| *address != range.first) {
        let (network, single) = (range.to_string(), format!("{address}/{}", bits(address)));
        warnings.push(format!(
            "{path}: CIDR value {text:?} is ambiguous in this context (should be {network:?} or {single:?}?)"
        ));
    }
    let canonical = range.to_string();
    let zeros = prefix.len() > 1 && prefix.starts_with('0');
    let parsed = address.parse::<IpAddr>().ok().filter(|_| !zeros);
    if parsed.is_none_or(is_mapped) {
        warnings.push(format!(
            "{path}: non-standard CIDR value {text:?} is invalid: use {canonical:?}"
        ));
    }
    if warnings.is_empty() && range.first.is_ipv6() && canonical != text {
        warnings.push(format!(
            "{path}: IPv6 CIDR value {text:?} should be in RFC 5952 canonical format ({canonical:?})"
        ));
    }
    warnings
}

#[cfg(test)]
mod tests;
