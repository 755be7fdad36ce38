//! References, one line a case.

use super::normalized;

#[test]
fn names_get_a_tag_or_are_refused() {
    let digest = format!("repo/x@sha256:{}", "0".repeat(64));
    for (given, expected) in [
        ("nginx", Some("nginx:latest")),
        ("nginx:1", Some("nginx:1")),
        ("127.0.0.1:5000/a/b", Some("127.0.0.1:5000/a/b:latest")),
        ("localhost:5000/a:v1", Some("localhost:5000/a:v1")),
        (digest.as_str(), Some(digest.as_str())),
        ("Upper", None),
        ("a b", None),
        ("", None),
        ("x:", None),
        ("repo/UPPER:1", None),
        ("x@sha256:zz", None),
        ("[::1]:5000/a", Some("[::1]:5000/a:latest")),
        ("Host/a", Some("Host/a:latest")),
        ("a:b:c", None),
        ("host:port/a", None),
        ("a//b", None),
        ("-a", None),
        ("a/b:.x", None),
    ] {
        assert_eq!(normalized(given).ok().as_deref(), expected, "{given}");
    }
}
