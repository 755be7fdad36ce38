//! Times of caching, and which encoding a client gets.
use super::{Document, Encoding, accepted, in_a_year};

#[test]
fn a_year_from_now() {
    let now = "2026-11-22T06:30:45Z".parse().unwrap();
    assert_eq!(in_a_year(now), "Mon, 22 Nov 2027 06:30:45 UTC");
}

#[test]
fn encodings() {
    let check = |accept: &str, expect: &str| {
        let shown = match accepted(accept, &Document::V3("version".to_owned())) {
            None => "none",
            Some(Encoding::Json) => "json",
            Some(Encoding::Protobuf) => "protobuf",
        };
        assert_eq!(shown, expect, "{accept}");
    };
    check("*/*", "json");
    check("*/json", "json");
    check("json", "none");
    check("text/css", "none");
    check(
        "application/com.github.proto-openapi.spec.v3@v1.0+protobuf",
        "protobuf",
    );
    check(
        "application/com.github.proto-openapi.spec.v3.v1.0+protobuf",
        "protobuf",
    );
    check(
        "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
        "none",
    );
    check(
        "application/json;q=0.5, application/com.github.proto-openapi.spec.v3.v1.0+protobuf",
        "protobuf",
    );
}
