use super::{
    Range, address_warning, legacy_address, legacy_range, parse_sloppy, range_warnings,
    strict_problems, strict_range,
};
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

/// `StrictIPCIDRValidation` is on in v1.36; the form is still free.
#[test]
fn older_fields() {
    for (text, expect) in [
        ("10.0.0.1", ""),
        ("2001:DB8:0::1", ""),
        ("10.0.0.01", "must not have leading 0s"),
        ("::ffff:1.2.3.4", "must not be an IPv4-mapped IPv6 address"),
        (
            "x",
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        ),
    ] {
        let mut errors = FieldErrors::new();
        let path = FieldPath::new("x");
        assert_eq!(
            legacy_address(&mut errors, &path, text, &[]),
            expect.is_empty()
        );
        let got = errors.iter().map(|error| error.detail.clone());
        assert_eq!(got.collect::<Vec<_>>().join("; "), expect, "{text}");
        assert!(legacy_address(&mut errors, &path, text, &["y", text]));
    }
    for (text, expect) in [
        ("10.0.0.0/8", ""),
        ("2001:DB8::/64", ""),
        (
            "10.0.0.1/8",
            "must not have bits set beyond the prefix length",
        ),
        (
            "10.0.0.0/08",
            "must not have leading 0s in IP or prefix length",
        ),
        (
            "::ffff:1.2.3.4/128",
            "must not have an IPv4-mapped IPv6 address",
        ),
    ] {
        let mut errors = FieldErrors::new();
        legacy_range(&mut errors, &FieldPath::new("x"), text, &[]);
        let got = errors.iter().map(|error| error.detail.clone());
        assert_eq!(got.collect::<Vec<_>>().join("; "), expect, "{text}");
        let known = errors.len();
        legacy_range(&mut errors, &FieldPath::new("x"), text, &[text]);
        assert_eq!(errors.len(), known);
    }
}

#[test]
fn what_is_not_canonical_is_warned_about() {
    let path = FieldPath::new("x");
    for (text, expect) in [
        ("10.0.0.1", ""),
        (
            "10.0.0.01",
            "x: non-standard IP address \"10.0.0.01\" is invalid: use \"10.0.0.1\"",
        ),
        (
            "2001:DB8::1",
            "x: IPv6 address \"2001:DB8::1\" should be in RFC 5952 canonical format (\"2001:db8::1\")",
        ),
    ] {
        assert_eq!(address_warning(&path, text).unwrap_or_default(), expect);
    }
    for (text, expect) in [
        ("10.0.0.0/8", ""),
        (
            "10.0.0.1/8",
            "x: CIDR value \"10.0.0.1/8\" is ambiguous in this context (should be \"10.0.0.0/8\" or \"10.0.0.1/32\"?)",
        ),
        (
            "2001:DB8::/64",
            "x: IPv6 CIDR value \"2001:DB8::/64\" should be in RFC 5952 canonical format (\"2001:db8::/64\")",
        ),
    ] {
        assert_eq!(range_warnings(&path, text).join("; "), expect);
    }
}
