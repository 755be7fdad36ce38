use super::yaml;

#[test]
fn as_upstream_writes_it() {
    let json = br#"{"b":[{"x":1,"y":[]},"n"],"a":{"t":"2026-01-01T00:00:00Z","s":"v","e":"","m":"l1\nl2\n","k: v":{}}}"#;
    let expect = "a:\n  e: \"\"\n  \"k: v\": {}\n  m: |\n    l1\n    l2\n  s: v\n  t: \"2026-01-01T00:00:00Z\"\nb:\n- x: 1\n  \"y\": []\n- \"n\"\n";
    assert_eq!(String::from_utf8(yaml(json)).unwrap(), expect);
}

#[test]
fn only_what_reads_as_another_type_is_quoted() {
    let check = |text: &str, quoted: bool| {
        let json = serde_json::json!({ "k": text }).to_string();
        let expect = if quoted {
            format!("k: \"{text}\"\n")
        } else {
            format!("k: {text}\n")
        };
        let got = String::from_utf8(yaml(json.as_bytes())).unwrap();
        assert_eq!(got, expect);
    };
    for text in [
        "1",
        "-1",
        "+1",
        "08",
        "0x1F",
        "0b1",
        "0o7",
        "1_000",
        "1.5",
        ".5",
        "1.",
        "1e3",
        "1.5e-3",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        "1:30",
        "true",
        "null",
        "~",
        "y",
    ] {
        check(text, true);
    }
    for text in [
        "10.96.0.1",
        "3cf8400f-4b12-4d8a-8faf-395a98c46eff",
        "100m",
        "1Gi",
        "v1",
        "a",
        ".x",
        "1.2.3",
        "10.0.0.0/24",
        "30s",
        "0xzz",
        "1e",
        "2026-01",
        "12:99",
    ] {
        check(text, false);
    }
}
