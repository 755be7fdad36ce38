use super::answer;
use http::{Request, Version};
use hyper::ext::ReasonPhrase;

/// The status and its words, or what HTTP says itself.
fn check(method: &str, target: &str, headers: &[(&str, &str)], expect: &str) {
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.version(Version::HTTP_11).body(()).unwrap();
    let told = answer(&request).map_or_else(String::new, |answer| {
        let reason = answer.extensions().get::<ReasonPhrase>();
        let reason = reason.map_or_else(String::new, |reason| {
            format!(" {}", String::from_utf8_lossy(reason.as_bytes()))
        });
        let closes = answer.headers().contains_key("connection");
        let end = if closes { ", close" } else { "" };
        format!("{}{reason}{end}", answer.status().as_u16())
    });
    assert_eq!(told, expect, "{method} {target} {headers:?}");
}

#[test]
fn requests_that_no_layer_sees() {
    let host = ("host", "a.example:1");
    let bad = "400 Bad Request, close";
    check("GET", "/version", &[host], "");
    check("OPTIONS", "*", &[host], "200");
    check("GET", "version", &[host], bad);
    check("GET", "/api/%7", &[host], bad);
    check("GET", "/api/%zz/a", &[host], bad);
    check("GET", "/api/%7a?b=%zz", &[host], "");
    let missing = "400 Bad Request: missing required Host header, close";
    check("GET", "/", &[], missing);
    check("GET", "/", &[host, host], bad);
    let malformed = "400 Bad Request: malformed Host header, close";
    check("GET", "/", &[("host", "a b")], malformed);
    check("POST", "/", &[host, ("expect", "100-Continue")], "");
    check("POST", "/", &[host, ("expect", "more")], "417, close");
    let request = Request::builder().version(Version::HTTP_2);
    let request = request.uri("/").header("expect", "more").body(());
    assert!(answer(&request.unwrap()).is_none());
    let chunked = ("transfer-encoding", "Chunked");
    check("POST", "/", &[host, chunked], "");
    let zipped = ("transfer-encoding", "gzip, chunked");
    check("POST", "/", &[host, zipped], "501 Not Implemented, close");
}
