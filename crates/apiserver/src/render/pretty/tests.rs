use super::indent;

#[test]
fn tokens_stay() {
    let out = indent(br#"{"a":[],"b":{"c":"x:{,\"y"},"d":[1,2]}"#);
    let expect = "{\n  \"a\": [],\n  \"b\": {\n    \"c\": \"x:{,\\\"y\"\n  },\n  \"d\": [\n    1,\n    2\n  ]\n}";
    assert_eq!(String::from_utf8(out).unwrap(), expect);
}
