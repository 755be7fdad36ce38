use super::*;

#[test]
fn users_are_told_in_headers() {
    let user = User {
        name: "jane".into(),
        uid: "u1".into(),
        groups: vec!["dev".into(), "ops".into()],
        extra: vec![("example.com/%a b".into(), vec!["1".into(), "2".into()])],
    };
    let mut headers = HeaderMap::new();
    for name in ["x-remote-user", "x-remote-extra-scopes", "authorization"] {
        let name = HeaderName::from_static(name);
        headers.insert(name, HeaderValue::from_static("forged"));
    }
    speak_for(&user, &mut headers);
    let mut told: Vec<String> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            "x-remote-extra-example.com%2f%25a%20b: 1",
            "x-remote-extra-example.com%2f%25a%20b: 2",
            "x-remote-group: dev",
            "x-remote-group: ops",
            "x-remote-uid: u1",
            "x-remote-user: jane",
        ]
    );
}
