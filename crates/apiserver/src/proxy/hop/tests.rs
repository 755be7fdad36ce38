use super::*;

fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &'static str)| {
        let name = HeaderName::from_static(name);
        (name, HeaderValue::from_static(value))
    };
    list.iter().map(pair).collect()
}

#[test]
fn what_belongs_to_a_connection_stays_there() {
    let mut sent = headers(&[
        ("connection", "keep-alive, X-Mine"),
        ("x-mine", "1"),
        ("keep-alive", "5"),
        ("te", "gzip"),
        ("transfer-encoding", "chunked"),
        ("cookie", "a=b"),
    ]);
    strip(&mut sent);
    assert_eq!(sent, headers(&[("cookie", "a=b")]));
    let mut sent = headers(&[("te", "trailers")]);
    strip(&mut sent);
    assert_eq!(sent, headers(&[("te", "trailers")]));
}

#[test]
fn upgrades_are_seen_in_any_spelling() {
    assert!(is_upgrade(&headers(&[(
        "connection",
        "keep-alive, Upgrade"
    )])));
    assert!(!is_upgrade(&headers(&[("upgrade", "websocket")])));
}

#[test]
fn errors_are_said_as_go_says_them() {
    let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
    assert_eq!(
        words(&refused, Some("10.0.0.1:80")),
        "dial tcp 10.0.0.1:80: connect: connection refused"
    );
    let late = io::Error::from(io::ErrorKind::TimedOut);
    assert_eq!(
        words(&late, Some("10.0.0.1:80")),
        "dial tcp 10.0.0.1:80: i/o timeout"
    );
    let odd = io::Error::other("tls: odd");
    assert_eq!(words(&odd, Some("10.0.0.1:443")), "tls: odd");
}
