use super::refusal;
use http::{Method, Response};

fn check(code: u16, kind: &str, body: &str, words: &str) {
    let answer = Response::builder()
        .status(code)
        .header("content-type", kind);
    let (head, ()) = answer.body(()).unwrap().into_parts();
    let refusal = refusal(&Method::POST, &head, body.as_bytes());
    assert_eq!(refusal.message, words);
    let says = body.contains("\"code\"");
    assert_eq!(refusal.code, if says { 418 } else { code });
}

#[test]
fn codes_have_words() {
    check(
        404,
        "text/plain",
        "404 page not found",
        "the server could not find the requested resource",
    );
    check(403, "text/plain", " not you\n", "not you");
    check(403, "application/json", "{}", "unknown");
    check(
        500,
        "text/plain; charset=utf-8",
        "a \"bug\"\n",
        "an error on the server (\"a \\\"bug\\\"\") has prevented the request from succeeding",
    );
    check(
        302,
        "text/html",
        "",
        "the server responded with the status code 302 but did not return more information",
    );
}

#[test]
fn a_status_speaks_for_itself() {
    let status =
        r#"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"a teapot","code":418}"#;
    check(500, "application/json", status, "a teapot");
}
