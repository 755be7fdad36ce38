use super::Identity;
use futures::FutureExt as _;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body_util::BodyExt as _;

const DOCUMENT: &[u8] = b"0123456789";

/// The status and the body, with what the answer says of its part.
fn check(asked: &[(&'static str, &'static str)], expect: &str) {
    let mut headers = HeaderMap::new();
    for (name, value) in asked {
        let name = HeaderName::from_static(name);
        headers.insert(name, HeaderValue::from_static(value));
    }
    let known = Identity {
        etag: Some("e"),
        modified: "2026-11-23T10:00:00.5Z".parse().unwrap(),
        media: "a/b",
    };
    let answer = known.condition(&headers);
    let answer = answer.unwrap_or_else(|| known.answer(&headers, DOCUMENT.to_vec(), "xyz"));
    let mut told = answer.status().as_u16().to_string();
    for name in ["content-range", "content-type", "last-modified"] {
        if let Some(value) = answer.headers().get(name) {
            let value = value.to_str().unwrap();
            told.push_str(&format!(
                " [{}]",
                value.trim_start_matches("Mon, 23 Nov 2026 ")
            ));
        }
    }
    let body = answer.into_body().collect().now_or_never();
    let body = body.unwrap().unwrap().to_bytes();
    let body = String::from_utf8_lossy(&body).replace("\r\n", "/");
    assert_eq!(format!("{told} {body}"), expect, "{asked:?}");
}

#[test]
fn conditions() {
    let all = "200 [a/b] [10:00:00 GMT] 0123456789";
    let changed = "412 [a/b] [10:00:00 GMT] ";
    check(&[], all);
    check(&[("if-match", "\"e\"")], all);
    check(&[("if-match", "*")], all);
    check(&[("if-match", "\"x\", W/\"e\"")], changed);
    let (then, before) = (
        "Mon, 23 Nov 2026 10:00:00 GMT",
        "Mon, 23 Nov 2026 09:59:59 GMT",
    );
    check(&[("if-unmodified-since", then)], all);
    check(&[("if-unmodified-since", before)], changed);
    check(&[("if-modified-since", then)], "304 ");
    check(&[("if-modified-since", before)], all);
    check(&[("if-modified-since", "then")], all);
    check(&[("if-none-match", "\"e\"")], "304 ");
    check(&[("if-none-match", "x"), ("if-modified-since", then)], all);
}

#[test]
fn parts() {
    let all = "200 [a/b] [10:00:00 GMT] 0123456789";
    let check = |range, expect| check(&[("range", range)], expect);
    check("bytes=2-3", "206 [bytes 2-3/10] [a/b] [10:00:00 GMT] 23");
    check("bytes=8-99", "206 [bytes 8-9/10] [a/b] [10:00:00 GMT] 89");
    check("bytes=9-", "206 [bytes 9-9/10] [a/b] [10:00:00 GMT] 9");
    check("bytes=-2", "206 [bytes 8-9/10] [a/b] [10:00:00 GMT] 89");
    check(
        "bytes=0-0, 9-9, 12-",
        "206 [multipart/byteranges; boundary=xyz] [10:00:00 GMT] --xyz/Content-Range: bytes 0-0/10/Content-Type: a/b//0/--xyz/Content-Range: bytes 9-9/10/Content-Type: a/b//9/--xyz--/",
    );
    // More than there is.
    check("bytes=0-,0-", all);
    let invalid = "416 [text/plain; charset=utf-8] invalid range\n";
    for malformed in ["lines=1-2", "bytes=x", "bytes=3-2", "bytes=-"] {
        check(malformed, invalid);
    }
    check(
        "bytes=10-",
        "416 [bytes */10] [text/plain; charset=utf-8] invalid range: failed to overlap\n",
    );
}

#[test]
fn parts_of_what_is_known() {
    let part = "206 [bytes 0-0/10] [a/b] [10:00:00 GMT] 0";
    let all = "200 [a/b] [10:00:00 GMT] 0123456789";
    for (known, expect) in [
        ("\"e\"", part),
        ("W/\"e\"", all),
        ("Mon, 23 Nov 2026 10:00:00 GMT", part),
        ("Mon, 23 Nov 2026 09:59:59 GMT", all),
    ] {
        check(&[("range", "bytes=0-0"), ("if-range", known)], expect);
    }
}
