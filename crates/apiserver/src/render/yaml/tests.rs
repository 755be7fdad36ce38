use super::yaml;

#[test]
fn as_upstream_writes_it() {
    let json = br#"{"b":[{"x":1,"y":[]},"n"],"a":{"t":"2026-01-01T00:00:00Z","s":"v","e":"","m":"l1\nl2\n","k: v":{}}}"#;
    let expect = "a:\n  e: \"\"\n  'k: v': {}\n  m: |\n    l1\n    l2\n  s: v\n  t: \"2026-01-01T00:00:00Z\"\nb:\n- x: 1\n  \"y\": []\n- \"n\"\n";
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

#[test]
fn long_lines_are_folded_and_marks_are_quoted() {
    let check = |value: serde_json::Value, expect: &str| {
        let json = serde_json::json!({ "k": value }).to_string();
        let got = String::from_utf8(yaml(json.as_bytes())).unwrap();
        assert_eq!(got, expect);
    };
    let words = |count: usize| vec!["words"; count].join(" ");
    let (head, tail) = (words(14), words(3));
    // A line ends at the first blank behind column 80.
    let long = format!("{head} {tail}");
    check(long.clone().into(), &format!("k: {head}\n  {tail}\n"));
    let marked = format!("a: {long}");
    check(
        marked.into(),
        &format!("k: 'a: {}\n  {}'\n", words(13), words(4)),
    );
    check("it's: 1".into(), "k: 'it''s: 1'\n");
    check("- x".into(), "k: '- x'\n");
    check(" x".into(), "k: ' x'\n");
    check("a\tb".into(), "k: \"a\\tb\"\n");
    check("a #b".into(), "k: 'a #b'\n");
    check("\u{1F600}".into(), "k: \"\\U0001F600\"\n");
    check("a\n b\n".into(), "k: |\n  a\n   b\n");
    check(" a\nb".into(), "k: |2-\n   a\n  b\n");
    check("a \nb".into(), "k: \"a \\nb\"\n");
    check("a\n\n".into(), "k: |+\n  a\n\n");
    check(1.5.into(), "k: 1.5\n");
    check(1_234_567.5.into(), "k: 1.2345675e+06\n");
    check(serde_json::json!([[1], {"a": []}]), "k:\n- - 1\n- a: []\n");
}

#[test]
fn keys_are_in_natural_order_and_long_ones_stand_alone() {
    let json = br#"{"a10":1,"a9":2,"a-b":3,"aB":4,"ab":5,"1":6}"#;
    let got = String::from_utf8(yaml(json)).unwrap();
    assert_eq!(got, "\"1\": 6\na-b: 3\na9: 2\na10: 1\naB: 4\nab: 5\n");
    let key = "x".repeat(129);
    let json = serde_json::json!({ &key: { "y": 1 } }).to_string();
    let got = String::from_utf8(yaml(json.as_bytes())).unwrap();
    assert_eq!(got, format!("? {key}\n: \"y\": 1\n"));
}
