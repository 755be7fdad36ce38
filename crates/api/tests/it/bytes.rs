//! Byte strings as Go reads them: base64, or a list of numbers.

use api::core::v1::Secret;
use meta::codec;

#[test]
fn lists_of_numbers_are_bytes() {
    let read = |value: &str| {
        let text = format!(r#"{{"data":{{"k":{value}}}}}"#);
        match codec::from_json::<Secret>(text.as_bytes(), codec::Strictness::Strict) {
            Ok(decoded) => format!("{:?}", decoded.object.data.get("k").unwrap().0),
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(read(r#""AQI=""#), "[1, 2]");
    assert_eq!(read("[]"), "[]");
    assert_eq!(read("[1, 255, null]"), "[1, 255, 0]");
    let refused = |value: &str, noun: &str| {
        let want =
            format!("json: cannot unmarshal {noun} into Go struct field Secret.data of type uint8");
        assert_eq!(read(value), want);
    };
    refused(r#"["x", 300]"#, "string");
    refused("[300]", "number 300");
    refused("[-1]", "number -1");
    refused("[1.5]", "number 1.5");
    refused("[[1]]", "array");
    refused("[{}]", "object");
    refused("[true]", "bool");
}
