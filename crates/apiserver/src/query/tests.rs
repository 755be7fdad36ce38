use super::{pairs, percent_decode};

#[test]
fn decodes() {
    for (input, expect) in [
        ("a%3Db", "a=b"),
        ("a%zz", "a%zz"),
        ("a%4", "a%4"),
        ("%C3%A9", "é"),
        ("a+b", "a b"),
    ] {
        assert_eq!(percent_decode(input, true), expect);
    }
}

#[test]
fn splits() {
    let found: Vec<_> = pairs("a=1&&b&c=%20")
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    assert_eq!(found, ["a=1", "b=", "c= "]);
}
