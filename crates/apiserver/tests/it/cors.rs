//! What pages of other origins are told.
use crate::kit::{self, Kit};
use apiserver::CorsOrigins;
use expect_test::{Expect, expect};

/// Code and headers of an answer that have to do with origins, for a user that may do nothing.
async fn told(kit: &Kit, method: &str, origin: Option<&str>) -> String {
    let mut request = http::Request::builder()
        .method(method)
        .uri("/api/v1/configmaps");
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    let nobody = kit.server.in_process(kit::user("nobody", &[]));
    let answer = nobody
        .call(request.body(bytes::Bytes::new()).unwrap())
        .await;
    let headers = answer.headers();
    assert!(headers.contains_key("audit-id"));
    assert_eq!(headers["cache-control"], "no-cache, private");
    let shared = headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("access-control-"));
    let mut lines: Vec<String> = shared
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    lines.sort();
    format!("{}\n{}", answer.status().as_u16(), lines.concat())
}

fn check(
    origins: &'static [&'static str],
    asked: &'static [(&str, Option<&str>)],
    wanted: &Expect,
) {
    platform::simulated::run(7, |platform| async move {
        let origins = origins
            .iter()
            .map(|origin| CorsOrigins::parse(origin).unwrap());
        let kit = kit::start(platform, kit::toys(), |config| {
            config.cors_allowed_origins = origins.collect();
        });
        let (kit, mut text) = (kit.await, String::new());
        for (method, origin) in asked {
            text += &told(&kit, method, *origin).await;
        }
        wanted.assert_eq(&text);
    });
}

#[test]
fn pages_of_chosen_origins_are_told_that_they_may_read() {
    check(
        &["^https://a\\.example$", "//b\\.example(:|$)"],
        &[
            ("OPTIONS", Some("https://a.example")),
            ("GET", Some("http://b.example:80")),
        ],
        &expect![[r#"
            204
            access-control-allow-credentials: true
            access-control-allow-headers: Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since
            access-control-allow-methods: POST, GET, OPTIONS, PUT, DELETE, PATCH
            access-control-allow-origin: https://a.example
            access-control-expose-headers: Date
            403
            access-control-allow-credentials: true
            access-control-allow-headers: Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since
            access-control-allow-methods: POST, GET, OPTIONS, PUT, DELETE, PATCH
            access-control-allow-origin: http://b.example:80
            access-control-expose-headers: Date
        "#]],
    );
}

#[test]
fn other_pages_are_told_nothing() {
    let asked = &[
        ("OPTIONS", Some("https://a.example.other")),
        ("GET", Some("")),
        ("OPTIONS", None),
    ];
    check(
        &["^https://a\\.example$"],
        asked,
        &expect!["403\n403\n403\n"],
    );
    check(
        &[],
        &[("OPTIONS", Some("https://a.example"))],
        &expect!["403\n"],
    );
}

#[test]
fn an_expression_pins_the_host() {
    let error = |pattern| CorsOrigins::parse(pattern).unwrap_err();
    let loose = "regular expression does not pin to start/end of host in the origin header: it must have ^ or //, and $ or :";
    for pattern in ["", "a.example", "^https", "a.example$", ".*"] {
        assert_eq!(error(pattern), loose, "{pattern}");
    }
    let unclosed = "error parsing regexp: missing closing ): `^(a$`";
    assert_eq!(error("^(a$"), unclosed);
}
