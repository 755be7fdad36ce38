use super::{Range, parse_sloppy, strict_problems, strict_range};
use meta::{FieldErrors, FieldPath};

#[test]
fn strict_addresses() {
    for (text, expect) in [
        ("10.0.0.1", ""),
        ("2001:db8::1", ""),
        ("10.0.0.01", "must not have leading 0s"),
        ("::ffff:1.2.3.4", "must not be an IPv4-mapped IPv6 address"),
        ("2001:DB8::1", "must be in canonical form (\"2001:db8::1\")"),
        (
            "10.0.0",
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        ),
    ] {
        assert_eq!(strict_problems(text).join("; "), expect, "{text}");
    }
}

#[test]
fn strict_ranges() {
    for (text, expect) in [
        ("10.0.0.0/8", ""),
        ("2001:db8::/64", ""),
        (
            "10.0.0.1/8",
            "must not have bits set beyond the prefix length",
        ),
        (
            "10.0.0.0/08",
            "must not have leading 0s in IP or prefix length",
        ),
        (
            "010.0.0.0/8",
            "must not have leading 0s in IP or prefix length",
        ),
        (
            "2001:db8:0::/64",
            "must be in canonical form (\"2001:db8::/64\")",
        ),
        (
            "10.0.0.0/33",
            "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
        ),
        (
            "10.0.0.0",
            "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
        ),
    ] {
        let mut errors = FieldErrors::new();
        strict_range(&mut errors, &FieldPath::new("x"), text);
        let got = errors.iter().map(|error| error.detail.clone());
        assert_eq!(got.collect::<Vec<_>>().join("; "), expect, "{text}");
    }
}

#[test]
fn ranges_hold_addresses() {
    let range = Range::parse_sloppy("10.1.2.3/16").unwrap();
    assert_eq!(range.to_string(), "10.1.0.0/16");
    for (address, within) in [
        ("10.1.255.1", true),
        ("10.2.0.0", false),
        ("2001:db8::", false),
    ] {
        let address = parse_sloppy(address).unwrap();
        assert_eq!(range.contains(address), within, "{address}");
    }
    let all = Range::parse_sloppy("::/0").unwrap();
    assert!(all.contains("2001:db8::".parse().unwrap()));
}
