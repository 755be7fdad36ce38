//! Times of caching, and which encoding a client gets.
use super::{Document, Encoding, accepted, in_a_year};
use http::{HeaderMap, HeaderValue, header};

#[test]
fn a_year_from_now() {
    let now = "2026-11-22T06:30:45Z".parse().unwrap();
    assert_eq!(in_a_year(now), "Mon, 22 Nov 2027 06:30:45 UTC");
}

#[test]
fn encodings() {
    let check = |accept: &'static str, expect: &str| {
        let mut headers = HeaderMap::new();
        if !accept.is_empty() {
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        }
        let shown = match accepted(&headers, &Document::V3("version".to_owned())) {
            None => "none",
            Some(Encoding::Json) => "json",
            Some(Encoding::Protobuf) => "protobuf",
        };
        assert_eq!(shown, expect, "{accept}");
    };
    check("", "json");
    check("*/*", "json");
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
