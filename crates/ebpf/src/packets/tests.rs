//! Releases as uname(2) gives them.

use super::has_tcx;

#[test]
fn releases() {
    let cases = [
        ("6.6.0", true),
        ("6.18.44-fc", true),
        ("7.0", true),
        ("6.1.0-13-amd64", false),
        ("odd", false),
    ];
    for (release, expect) in cases {
        assert_eq!(has_tcx(release), expect, "{release}");
    }
}
