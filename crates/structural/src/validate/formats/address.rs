//! Addresses of networks and of their cards. Zeros may lead in the parts of IPv4 addresses, as in Go before 1.17.

use std::{net::Ipv6Addr, str::FromStr as _};

pub(super) fn is_ip(text: &str) -> bool {
    is_ipv4_sloppy(text) || is_ipv6_sloppy(text)
}

fn is_ipv4_sloppy(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| octet(part).is_some())
}

fn octet(text: &str) -> Option<u8> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.trim_start_matches('0') {
        "" => Some(0),
        digits => digits.parse().ok(),
    }
}

fn is_ipv6_sloppy(text: &str) -> bool {
    if Ipv6Addr::from_str(text).is_ok() {
        return true;
    }
    // An IPv4 address at the end, with leading zeros.
    text.rsplit_once(':').is_some_and(|(before, last)| {
        let parts: Option<Vec<String>> = last
            .split('.')
            .map(|part| octet(part).map(|octet| octet.to_string()))
            .collect();
        parts.is_some_and(|parts| {
            parts.len() == 4 && Ipv6Addr::from_str(&format!("{before}:{}", parts.join("."))).is_ok()
        })
    })
}

pub(super) fn is_ipv6(text: &str) -> bool {
    text.contains(':') && Ipv6Addr::from_str(text).is_ok()
}

pub(super) fn is_cidr(text: &str) -> bool {
    let Some((address, mask)) = text.split_once('/') else {
        return false;
    };
    let mask_max = if is_ipv4_sloppy(address) {
        32
    } else if is_ipv6_sloppy(address) {
        128
    } else {
        return false;
    };
    let is_number = !mask.is_empty() && mask.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        && mask.trim_start_matches('0').len() <= 3
        && mask.parse().is_ok_and(|mask: u32| mask <= mask_max)
}

/// 6, 8 or 20 bytes: pairs of digits with `:` or `-`, or fours with `.`.
pub(super) fn is_mac(text: &str) -> bool {
    let Some(separator) = text.chars().find(|char| matches!(char, ':' | '-' | '.')) else {
        return false;
    };
    let (len, counts) = match separator {
        '.' => (4, [3, 4, 10]),
        _ => (2, [6, 8, 20]),
    };
    let groups: Vec<&str> = text.split(separator).collect();
    let is_group =
        |group: &&str| group.len() == len && group.bytes().all(|byte| byte.is_ascii_hexdigit());
    counts.contains(&groups.len()) && groups.iter().all(is_group)
}
