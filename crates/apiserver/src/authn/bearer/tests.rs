use super::{forget, header, protocol};
use crate::authn::proof::Notes;
use http::{HeaderMap, HeaderName, HeaderValue};

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    });
    pairs.collect()
}

#[test]
fn the_header_holds_a_token() {
    for (value, token) in [
        ("Bearer abc", Some("abc")),
        ("bearer abc and more", Some("abc")),
        ("Bearer ", None),
        ("Bearer", None),
        ("Basic abc", None),
    ] {
        let mut notes = Notes::default();
        let found = header(&headers(&[("authorization", value)]), &mut notes);
        assert_eq!(found.as_deref(), token, "{value}");
        assert_eq!(notes, Notes::default(), "{value}");
    }
    let mut notes = Notes::default();
    let spaced = headers(&[("authorization", "Bearer  abc")]);
    assert_eq!(header(&spaced, &mut notes), None);
    let words = "the provided Authorization header contains extra space before the bearer token, and is ignored";
    assert_eq!(notes.warnings, [words]);
}

#[test]
fn so_does_a_subprotocol() {
    let ask = |protocols: &'static str| {
        protocol(&headers(&[
            ("connection", "Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-protocol", protocols),
        ]))
    };
    let token = Ok(Some("abc".to_owned()));
    assert_eq!(
        ask("base64url.bearer.authorization.k8s.io.YWJj, v5.channel.k8s.io"),
        token
    );
    assert_eq!(ask("v5.channel.k8s.io"), Ok(None));
    assert_eq!(ask("base64url.bearer.authorization.k8s.io."), Ok(None));
    assert_eq!(ask("base64url.bearer.authorization.k8s.io.YWJj"), Err(()));
    assert_eq!(ask("base64url.bearer.authorization.k8s.io.Y*, a"), Err(()));
    assert_eq!(
        ask(
            "base64url.bearer.authorization.k8s.io.YQ, base64url.bearer.authorization.k8s.io.YQ, a"
        ),
        Err(())
    );
    let plain = headers(&[(
        "sec-websocket-protocol",
        "base64url.bearer.authorization.k8s.io.YWJj, a",
    )]);
    assert_eq!(protocol(&plain), Ok(None));
}

#[test]
fn tokens_are_forgotten() {
    let mut sent = headers(&[
        ("authorization", "Bearer abc"),
        (
            "sec-websocket-protocol",
            "base64url.bearer.authorization.k8s.io.YWJj, a, b",
        ),
    ]);
    forget(&mut sent);
    assert_eq!(sent, headers(&[("sec-websocket-protocol", "a,b")]));
}
