//! Ranges of keys.

use super::KeyRange;

#[test]
fn ranges_contain_what_they_say() {
    let cases: &[(KeyRange, &[u8], bool)] = &[
        (KeyRange::all(), b"", true),
        (KeyRange::all(), b"\xff\xff", true),
        (KeyRange::prefix("a/"), b"a/", true),
        (KeyRange::prefix("a/"), b"a/z", true),
        (KeyRange::prefix("a/"), b"a0", false),
        (KeyRange::prefix("a/"), b"a", false),
        (KeyRange::prefix(""), b"anything", true),
        (KeyRange::prefix(b"a\xff".as_slice()), b"a\xff\xff", true),
        (KeyRange::prefix(b"a\xff".as_slice()), b"b", false),
        (KeyRange::prefix(b"\xff".as_slice()), b"\xff\xff\xff", true),
        (KeyRange::key("a"), b"a", true),
        (KeyRange::key("a"), b"a\0", false),
        (KeyRange::between("a", "c"), b"b", true),
        (KeyRange::between("a", "c"), b"c", false),
        (KeyRange::between("c", "a"), b"b", false),
    ];
    for (range, key, expect) in cases {
        assert_eq!(range.contains(key), *expect, "{range:?} {key:?}");
    }
    assert!(KeyRange::between("b", "b").is_empty());
    assert!(!KeyRange::all().is_empty());
}
