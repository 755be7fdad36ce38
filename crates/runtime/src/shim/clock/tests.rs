//! Known dates.

use super::*;

#[test]
fn times_are_rendered() {
    let check = |ns: i64, expect: &str| {
        let mut out = Vec::new();
        rfc3339(ns, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), expect);
    };
    check(0, "1970-01-01T00:00:00.000000000Z");
    check(951_782_400_000_000_001, "2000-02-29T00:00:00.000000001Z");
    check(1_798_761_599_999_999_999, "2026-12-31T23:59:59.999999999Z");
    assert_eq!(compact(1_709_210_096_000_000_000), "20240229-123456");
}
