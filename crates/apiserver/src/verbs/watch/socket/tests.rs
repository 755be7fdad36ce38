use super::{Refusal, handshake, is_wanted};
use http::{HeaderMap, HeaderName, HeaderValue};

fn headers(changed: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let usual = [
        ("connection", "keep-alive, Upgrade"),
        ("upgrade", "WebSocket"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("sec-websocket-version", "13"),
        ("origin", "http://localhost"),
    ];
    for (name, value) in usual.iter().chain(changed) {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers
}

#[test]
fn a_client_asks_with_both_headers() {
    for (changed, wanted) in [
        (("x", ""), true),
        (("connection", "keep-alive"), false),
        (("upgrade", "SPDY/3.1"), false),
        (("upgrade", "websocket, h2c"), false),
    ] {
        assert_eq!(is_wanted(&headers(&[changed])), wanted, "{changed:?}");
    }
}

#[test]
fn handshakes_are_agreed_to_or_refused() {
    let protocol = "sec-websocket-protocol";
    for (changed, agreed) in [
        (("x", ""), Ok(None)),
        ((protocol, " any.of.them "), Ok(Some("any.of.them"))),
        ((protocol, "one, two"), Err(Refusal::Protocols)),
        (("connection", "keep-alive"), Err(Refusal::Connection)),
        (("sec-websocket-key", ""), Err(Refusal::Key)),
        (("sec-websocket-version", "8"), Err(Refusal::Version)),
        (("origin", ""), Err(Refusal::Origin)),
        (("origin", "null"), Err(Refusal::Origin)),
        (("origin", "http://a:b"), Err(Refusal::Origin)),
        (("origin", "*"), Ok(None)),
        (("origin", "chrome-extension://a"), Ok(None)),
    ] {
        let answer = handshake(&headers(&[changed]));
        let answer = answer.map(|headers| {
            assert_eq!(
                headers["sec-websocket-accept"],
                "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
            );
            headers.get(protocol).cloned()
        });
        assert_eq!(
            answer,
            agreed.map(|protocol| protocol.map(HeaderValue::from_static)),
            "{changed:?}"
        );
    }
}
