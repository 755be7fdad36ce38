//! Decoding by table, on the types of `meta`.

use super::*;
use crate::{ObjectMeta, Status, codec::to_json, v1::Table};

fn check(text: &str, expected: &str) {
    let shown = match from_json::<Status>(text.as_bytes(), Strictness::Strict) {
        Err(error) => format!("error: {error}"),
        Ok(decoded) => {
            let strict: Vec<String> = decoded.strict.iter().map(ToString::to_string).collect();
            let json = String::from_utf8(to_json(&decoded.object)).unwrap();
            let json = json.replace(r#"{"kind":"Status","apiVersion":"v1","metadata":{}"#, "{..");
            format!("{json} {}", strict.join(", "))
                .trim_end()
                .to_owned()
        }
    };
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn words() {
    check(
        r#"{"kind":"Status","apiVersion":"v1","code":1}"#,
        r#"{..,"code":1}"#,
    );
    check(r#"{"code":null,"details":null,"message":null}"#, "{..}");
    check(r#"{"Code":1}"#, r#"{..} unknown field "Code""#);
    check(
        r#"{"code":1,"code":2}"#,
        r#"{..,"code":2} duplicate field "code""#,
    );
    check(
        r#"{"kind":"a","kind":"b","x":{"y":[1]}}"#,
        r#"{..} duplicate field "kind", unknown field "x""#,
    );
    check(
        r#"{"details":{"causes":[{},{"nope":1}]}}"#,
        r#"{..,"details":{"causes":[{},{}]}} unknown field "details.causes[1].nope""#,
    );
    check(
        r#"{"code":"1"}"#,
        "error: json: cannot unmarshal string into Go struct field Status.code of type int32",
    );
    check(
        r#"{"code":1.5}"#,
        "error: json: cannot unmarshal number 1.5 into Go struct field Status.code of type int32",
    );
    check(
        r#"{"details":{"causes":[5]}}"#,
        "error: json: cannot unmarshal number into Go struct field StatusDetails.details.causes of type v1.StatusCause",
    );
    check(
        "[]",
        "error: json: cannot unmarshal array into Go value of type v1.Status",
    );
    check(
        r#"{"code":"1"} x"#,
        "error: invalid character 'x' after top-level value",
    );
    check("null", "{..}");
}

#[test]
fn scalars() {
    let error =
        from_json::<ObjectMeta>(br#"{"creationTimestamp":5}"#, Strictness::Lenient).unwrap_err();
    let expected = "json: cannot unmarshal number into Go struct field ObjectMeta.creationTimestamp of type string";
    assert_eq!(error.to_string(), expected);
    let decoded = from_json::<ObjectMeta>(
        br#"{"labels":{"b":"1","a":"2","b":"3"}}"#,
        Strictness::Strict,
    )
    .unwrap();
    assert_eq!(
        decoded.strict,
        [StrictError::DuplicateField("labels.b".to_owned())]
    );
    assert_eq!(decoded.object.labels.get("b").map(Str::as_str), Some("3"));
}

#[test]
fn nil_and_empty() {
    let encode = |text: &[u8]| {
        let table = from_json::<Table>(text, Strictness::Strict).unwrap().object;
        String::from_utf8(to_json(&table)).unwrap()
    };
    assert!(encode(b"{}").ends_with(r#""columnDefinitions":null,"rows":null}"#));
    assert!(encode(br#"{"rows":[]}"#).ends_with(r#""columnDefinitions":null,"rows":[]}"#));
    assert!(
        encode(br#"{"rows":[{"cells":[1,"a",null],"object":{"x":1}}]}"#)
            .ends_with(r#"[{"cells":[1,"a",null],"object":{"x":1}}]}"#)
    );
}

#[test]
fn base64_stops_where_go_stops() {
    let offset = |text: &str| decode_base64(text).map_err(|error| error.to_string());
    for (text, want) in [
        ("bXVzZXI=x", 8),
        ("dXNlcg==x", 8),
        ("dXNlcg=x", 6),
        ("dXNlcg=", 7),
        ("dXNlcg", 4),
        ("dXN*cg==", 3),
        ("=abc", 0),
        ("dXNl\nc", 5),
    ] {
        let want = format!("illegal base64 data at input byte {want}");
        assert_eq!(offset(text).unwrap_err(), want, "{text:?}");
    }
    assert_eq!(decode_base64("dX\nNl\r\ncg==").unwrap(), b"user");
    assert_eq!(
        decode_base64("dXNlch==").unwrap(),
        b"user",
        "bits left over"
    );
}

#[test]
fn parts_alone_are_decoded() {
    let parts = Projection(&[
        ("Status", &["metadata", "details", "code"]),
        ("StatusDetails", &["causes"]),
        ("StatusCause", &["field"]),
    ]);
    let decode = |text: &str| {
        from_json_parts::<Status>(text.as_bytes(), parts)
            .map(|status| String::from_utf8(to_json(&status)).unwrap())
            .map_err(|error| error.to_string())
    };
    let whole = r#"{"kind":"Status","apiVersion":"v1","metadata":{"resourceVersion":"1"},"message":"m","details":{"name":"n","causes":[{"reason":"r","field":"f"}]},"code":1}"#;
    let kept = r#"{"kind":"Status","apiVersion":"v1","metadata":{"resourceVersion":"1"},"details":{"causes":[{"field":"f"}]},"code":1}"#;
    assert_eq!(decode(whole).unwrap(), kept);
    assert_eq!(
        decode(r#"{"message":{"not":"a string"},"code":1}"#).unwrap(),
        r#"{"kind":"Status","apiVersion":"v1","metadata":{},"code":1}"#
    );
    assert!(decode(r#"{"message":[1,}"#).is_err());
}
