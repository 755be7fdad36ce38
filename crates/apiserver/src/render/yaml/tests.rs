use super::yaml;

#[test]
fn as_upstream_writes_it() {
    let json = br#"{"b":[{"x":1,"y":[]},"n"],"a":{"t":"2026-01-01T00:00:00Z","s":"v","e":"","m":"l1\nl2\n","k: v":{}}}"#;
    let expect = "a:\n  e: \"\"\n  \"k: v\": {}\n  m: |\n    l1\n    l2\n  s: v\n  t: \"2026-01-01T00:00:00Z\"\nb:\n- x: 1\n  \"y\": []\n- \"n\"\n";
    assert_eq!(String::from_utf8(yaml(json)).unwrap(), expect);
}
