use super::*;

#[test]
fn what_follows_proxy_is_cleaned_and_keeps_its_slash() {
    let cases = [
        ("", false, ""),
        ("", true, "/"),
        ("a", false, "/a"),
        ("a/b/", true, "/a/b/"),
        ("a//b", false, "/a/b"),
        ("../../etc/passwd", false, "/etc/passwd"),
        ("a/./b/..", false, "/a"),
        (".", true, "/"),
    ];
    for (rest, slash, wanted) in cases {
        assert_eq!(below(rest, slash), wanted, "{rest:?}");
    }
}

#[test]
fn joins_as_go() {
    assert_eq!(join("/a/proxy", "/x/../y"), "/a/proxy/y");
    assert_eq!(join("", ""), "");
    assert_eq!(join("", "a/.."), ".");
    assert_eq!(join("../a", ""), "../a");
}

#[test]
fn escapes_as_go() {
    assert_eq!(escape("/a b/ü?!"), "/a%20b/%C3%BC%3F%21");
    assert_eq!(escape("/$&+,:;=@-_.~"), "/$&+,:;=@-_.~");
    assert_eq!(decoded("/a%20b+%2F%zz"), "/a b+/%zz");
}
