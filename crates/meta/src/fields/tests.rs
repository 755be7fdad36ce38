//! Field selectors by tables.

use super::*;

#[test]
fn grammar() {
    let cases = [
        ("", ""),
        (
            "spec.nodeName=n1,metadata.name!=x",
            "metadata.name!=x,spec.nodeName=n1",
        ),
        ("a==b", "a=b"),
        ("a=", "a="),
        (r"a=b\,c\=d\\", r"a=b\,c\=d\\"),
        (",a=b,", "a=b"),
        ("=,!=,a=b", "a=b"),
        ("=b", "=b"),
        ("a", "invalid selector: 'a'; can't understand 'a'"),
        (
            r"a=\x",
            r"invalid field selector: invalid escape sequence: \x",
        ),
        (
            "a=b=c",
            "invalid field selector: unescaped character in value: 61",
        ),
    ];
    for (text, expected) in cases {
        let shown = Selector::parse(text)
            .map_or_else(|error| error.to_string(), |selector| selector.to_string());
        assert_eq!(shown, expected);
    }
}

#[test]
fn matching() {
    let selector = Selector::parse("a=1,b!=2").unwrap();
    assert!(selector.matches(|field| Some(if field == "a" { "1" } else { "3" })));
    assert!(selector.matches(|field| (field == "a").then_some("1")));
    assert!(!selector.matches(|_| None));
    assert_eq!(selector.exact("a").map(Str::as_str), Some("1"));
    assert_eq!(selector.exact("b"), None);
}
