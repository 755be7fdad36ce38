use super::*;
use expect_test::{Expect, expect};

fn links() -> Links {
    Links {
        prepend: "/p".to_owned(),
        origin: None,
        source: "10.0.0.7:80".to_owned(),
        asked: "me".to_owned(),
    }
}

fn rewritten(page: &str, piece: usize) -> String {
    let (mut rewriter, mut out) = (Rewriter::new(), Vec::new());
    for piece in page.as_bytes().chunks(piece) {
        rewriter.feed(piece, &links(), &mut out);
    }
    rewriter.finish(&mut out);
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn check(page: &str, expected: Expect) {
    let whole = rewritten(page, page.len().max(1));
    for piece in 1..8 {
        assert_eq!(rewritten(page, piece), whole, "in pieces of {piece}");
    }
    expected.assert_eq(&whole);
}

#[test]
fn attributes_that_hold_urls() {
    check(
        r#"<a href="/x">x</a><IMG SRC='/i?a=1&amp;b=2' alt=/x><link rel=s href=/c.css><p title="/t">"#,
        expect![[
            r#"<a href="/p/x">x</a><IMG SRC='/p/i?a=1&amp;b=2' alt=/x><link rel=s href=/p/c.css><p title="/t">"#
        ]],
    );
    check(
        r#"<a href="http://10.0.0.7:80/y"><a href="https://example.com/"><a href="rel"><a href="/p/z">"#,
        expect![[r#"<a href="/p/y"><a href="https://example.com/"><a href="rel"><a href="/p/z">"#]],
    );
}

#[test]
fn what_is_no_tag_stays() {
    check(
        r#"<!doctype html><!-- <a href="/x"> --><script src="/s">if (a<b) "<a href='/x'>"</script><a href="/y">"#,
        expect![[
            r#"<!doctype html><!-- <a href="/x"> --><script src="/p/s">if (a<b) "<a href='/x'>"</script><a href="/p/y">"#
        ]],
    );
    check(
        r#"1 < 2 <<a href="/x"/> </a href="/x">"#,
        expect![[r#"1 < 2 <<a href="/p/x"/> </a href="/x">"#]],
    );
    check("<!--><a href='/x'>", expect!["<!--><a href='/p/x'>"]);
    check(
        r#"<a title=">" href="/x">"#,
        expect![[r#"<a title=">" href="/p/x">"#]],
    );
}

#[test]
fn pages_that_break_off_are_passed_on() {
    check(r#"text <a href="/x"#, expect![[r#"text <a href="/x"#]]);
    check("<", expect!["<"]);
    check("<a href=", expect!["<a href="]);
    check("<script>x", expect!["<script>x"]);
}

#[test]
fn a_tag_without_end_is_not_kept() {
    let page = format!("<a {}", "x".repeat(2 * TAG_BYTES_MAX));
    let (mut rewriter, mut out) = (Rewriter::new(), Vec::new());
    rewriter.feed(page.as_bytes(), &links(), &mut out);
    assert_eq!(out, page.as_bytes());
}
