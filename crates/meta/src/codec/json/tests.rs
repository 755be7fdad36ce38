//! The reader and the writer.

use super::*;
use proptest::prelude::*;

#[test]
fn go_words() {
    let cases = [
        ("", "unexpected end of JSON input"),
        ("{", "unexpected end of JSON input"),
        (
            "{nope",
            "invalid character 'n' looking for beginning of object key string",
        ),
        ("{\"a\" 1}", "invalid character '1' after object key"),
        (
            "{\"a\":1 2}",
            "invalid character '2' after object key:value pair",
        ),
        (
            "{\"a\":1,}",
            "invalid character '}' looking for beginning of object key string",
        ),
        (
            "[1,]",
            "invalid character ']' looking for beginning of value",
        ),
        ("[1 2]", "invalid character '2' after array element"),
        ("[1}", "invalid character '}' after array element"),
        ("{} x", "invalid character 'x' after top-level value"),
        ("tru", "unexpected end of JSON input"),
        (
            "trux",
            "invalid character 'x' in literal true (expecting 'e')",
        ),
        ("\"\\q\"", "invalid character 'q' in string escape code"),
        (
            "\"\\u12g4\"",
            "invalid character 'g' in \\u hexadecimal character escape",
        ),
        ("\"\n\"", "invalid character '\\n' in string literal"),
        ("01", "invalid character '1' after top-level value"),
        ("-", "unexpected end of JSON input"),
        (
            "1.x",
            "invalid character 'x' after decimal point in numeric literal",
        ),
        (
            "1ex",
            "invalid character 'x' in exponent of numeric literal",
        ),
        ("-x", "invalid character 'x' in numeric literal"),
        (
            "'a'",
            "invalid character '\\'' looking for beginning of value",
        ),
    ];
    for (text, expected) in cases {
        let mut reader = Reader::new(text.as_bytes());
        let error = reader.skip_value().and_then(|()| reader.end()).unwrap_err();
        assert_eq!(error.to_string(), expected, "{text}");
    }
}

#[test]
fn depth() {
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(Reader::new(deep(DEPTH_MAX).as_bytes()).skip_value().is_ok());
    let error = Reader::new(deep(DEPTH_MAX + 1).as_bytes())
        .skip_value()
        .unwrap_err();
    let too_deep = "invalid character '[' exceeded max depth";
    assert_eq!(error.to_string(), too_deep);
    // The root counts, and what is wrong behind it is not seen.
    let member = |levels: usize| format!("{{\"a\":{}}}", deep(levels));
    let peek = |text: String| crate::codec::peek_type_meta(text.as_bytes());
    assert!(peek(member(DEPTH_MAX - 1)).is_ok());
    for text in [member(DEPTH_MAX), "[".repeat(DEPTH_MAX + 1)] {
        assert_eq!(peek(text).unwrap_err().to_string(), too_deep);
    }
}

#[test]
fn types_are_found_whatever_their_letters() {
    for (text, kind) in [
        (r#"{"kind":"a","Kind":"b"}"#, "b"),
        (r#"{"KIND":"a","kind":"b"}"#, "b"),
        (r#"{"kind":"a","kind":null}"#, "a"),
    ] {
        let found = crate::codec::peek_type_meta(text.as_bytes()).unwrap();
        assert_eq!(found.kind.as_str(), kind, "{text}");
    }
}

#[test]
fn numbers_that_no_float_holds() {
    let error = parse_tree(br#"{"a":[1e999]}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "json: cannot unmarshal number 1e999 into Go value of type float64"
    );
}

#[test]
fn strings() {
    let cases: [(&[u8], &str); 7] = [
        (br#""a\u0041\n\/""#, "aA\n/"),
        (br#""\ud83d\ude00""#, "\u{1f600}"),
        (br#""\ud83dx""#, "\u{fffd}x"),
        (br#""\ude00""#, "\u{fffd}"),
        (b"\"\xff\xfeb\"", "\u{fffd}\u{fffd}b"),
        (br#""\ud83d\u0041""#, "\u{fffd}A"),
        ("\"é\"".as_bytes(), "é"),
    ];
    for (text, expected) in cases {
        assert_eq!(Reader::new(text).string().unwrap(), expected);
    }
}

#[test]
fn floats() {
    let cases = [
        (0.0, "0"),
        (1.5, "1.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1e-6, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (-2.0, "-2"),
    ];
    for (value, expected) in cases {
        let mut out = Vec::new();
        put_f64(&mut out, value);
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}

#[test]
fn compacting() {
    let mut out = Vec::new();
    compact(b" { \"a b\" : [ 1 , \"<\\\" \" ] } ", &mut out);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "{\"a b\":[1,\"\\u003c\\\" \"]}"
    );
}

proptest! {
    #[test]
    fn strings_come_back(text in ".*") {
        let mut out = Vec::new();
        put_string(&mut out, &text);
        prop_assert_eq!(Reader::new(&out).string().unwrap(), text.as_str());
        prop_assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
    }

    #[test]
    fn agrees_with_serde_json(text in "[\\[\\]{}\",:0-9a-etrufalsn\\\\ .-]{0,24}") {
        let mut reader = Reader::new(text.as_bytes());
        let ours = reader.skip_value().and_then(|()| reader.end()).is_ok();
        let theirs = serde_json::from_str::<&serde_json::value::RawValue>(&text).is_ok();
        prop_assert_eq!(ours, theirs, "{}", text);
    }

    #[test]
    fn error_words_are_found_for_all(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let mut reader = Reader::new(&bytes);
        if let Err(error) = reader.skip_value().and_then(|()| reader.end()) {
            prop_assert_ne!(error.to_string(), "exceeded max depth");
        }
    }
}
