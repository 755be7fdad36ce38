//! Challenges as registries send them.

use super::*;

#[test]
fn challenges_are_parsed() {
    let bearer = |realm: &str, service: Option<&str>, scope: Option<&str>| {
        Some(Challenge::Bearer {
            realm: realm.to_owned(),
            service: service.map(str::to_owned),
            scope: scope.map(str::to_owned),
        })
    };
    let check = |header: &str, expect: Option<Challenge>| {
        assert_eq!(Challenge::parse(header), expect, "{header}")
    };
    check("Basic realm=\"x\"", Some(Challenge::Basic));
    check(
        r#"Bearer realm="https://auth.example/token",service="registry",scope="repository:a/b:pull,push""#,
        bearer(
            "https://auth.example/token",
            Some("registry"),
            Some("repository:a/b:pull,push"),
        ),
    );
    check(
        "bearer realm=https://auth.example , service=s",
        bearer("https://auth.example ", Some("s"), None),
    );
    check("Bearer service=\"s\"", None);
    check("Digest realm=\"x\"", None);
    assert_eq!(encode("repository:a/b:pull"), "repository%3Aa%2Fb%3Apull");
}
