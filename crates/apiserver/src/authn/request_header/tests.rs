use super::RequestHeader;
use http::{HeaderMap, HeaderName, HeaderValue};
use meta::Str;

fn config() -> RequestHeader {
    let list = |text: &str| vec![text.to_owned()];
    RequestHeader {
        client_roots: Vec::new(),
        client_ca_pem: String::new(),
        allowed_names: list("proxy"),
        username_headers: list("X-Remote-User"),
        uid_headers: list("X-Remote-Uid"),
        group_headers: list("X-Remote-Group"),
        extra_header_prefixes: list("X-Remote-Extra-"),
    }
}

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
fn headers_name_a_user() {
    let sent = headers(&[
        ("x-remote-user", "jane"),
        ("x-remote-uid", "7"),
        ("x-remote-group", "a"),
        ("x-remote-group", ""),
        ("x-remote-group", "b"),
        ("x-remote-extra-acme.com%2fproject", "p"),
        ("x-remote-extra-acme.com%2fproject", "q"),
    ]);
    let user = config().user("proxy", &sent).unwrap().unwrap();
    assert_eq!((&*user.name, &*user.uid), ("jane", "7"));
    assert_eq!(user.groups, ["a", "b"].map(Str::from));
    let extra = [("acme.com/project".into(), vec!["p".into(), "q".into()])];
    assert_eq!(user.extra, extra);
    assert_eq!(config().user("proxy", &headers(&[])), Ok(None));
    assert_eq!(config().user("another", &sent), Err(()));
    let anyone = RequestHeader {
        allowed_names: Vec::new(),
        ..config()
    };
    assert!(anyone.user("another", &sent).unwrap().is_some());
}

#[test]
fn headers_are_taken_away() {
    let mut sent = headers(&[
        ("x-remote-user", "jane"),
        ("x-remote-extra-a", "p"),
        ("accept", "text/plain"),
    ]);
    config().clear(&mut sent);
    assert_eq!(
        sent.keys().map(HeaderName::as_str).collect::<Vec<_>>(),
        ["accept"]
    );
}
