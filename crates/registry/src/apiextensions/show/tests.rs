use super::shown;
use meta::{Map, RawJson, Slice, Str};
use serde_json::json;

#[test]
fn numbers_as_go_prints_them() {
    for (number, text) in [
        (0.0, "0"),
        (1.0, "1"),
        (-2.5, "-2.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1e-6, "0.000001"),
        (1.5e-7, "1.5e-7"),
    ] {
        assert_eq!(shown(&number), text);
    }
}

#[test]
fn markup_is_escaped_and_nil_is_null() {
    assert_eq!(shown("a<\"b\">&c"), r#""a\u003c\"b\"\u003e\u0026c""#);
    assert_eq!(shown(&Slice::<Str>::nil()), "null");
    assert_eq!(shown(&Slice::<Str>::empty()), "[]");
    assert_eq!(shown(&Map::<Str, bool>::new()), "null");
    assert_eq!(shown(&Map::<Str, bool>::empty()), "{}");
    let list: Slice<Str> = ["a".into(), "b".into()].into();
    assert_eq!(shown(&Some(list)), r#"["a","b"]"#);
    let value = RawJson::from_value(&json!({"b": [1, null], "a": "<"}));
    assert_eq!(shown(&value), r#"{"a":"\u003c","b":[1,null]}"#);
}
