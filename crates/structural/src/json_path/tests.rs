use super::JsonPath;
use serde_json::{Value, json};

fn object() -> Value {
    json!({
        "spec": {"replicas": 3, "list": [{"name": "a", "n": 1}, {"name": "b", "n": 2}, {"name": "c", "n": 3, "f": 1.5}], "a.b/c": "quoted", "no": null},
        "status": {"conditions": [{"type": "Ready", "status": "True"}, {"type": "Other", "status": "False", "ok": true}]},
    })
}

#[track_caller]
fn check(path: &str, wanted: Value) {
    let path = JsonPath::parse(path).unwrap();
    let object = object();
    assert_eq!(json!(path.find(&object).unwrap()), wanted, "{path:?}");
}

#[test]
fn paths_lead_to_values() {
    check(".spec.replicas", json!([3]));
    check("{.spec.replicas}", json!([3]));
    check("$.spec.replicas", json!([3]));
    check(".spec.missing.more", json!([]));
    check(".spec.no", json!([null]));
    check(".spec.no.more", json!([]));
    check(".spec.no[0]", json!([]));
    check(r".spec.a\.b/c", json!(["quoted"]));
    check(r".spec['a\.b/c']", json!(["quoted"]));
    check(".spec.list[0].name", json!(["a"]));
    check(".spec.list[-1].name", json!(["c"]));
    check(".spec.list[*].name", json!(["a", "b", "c"]));
    check(".spec.list.*.name", json!(["a", "b", "c"]));
    check(".spec.list[0:2].name", json!(["a", "b"]));
    check(".spec.list[1:].name", json!(["b", "c"]));
    check(".spec.list[:-1].name", json!(["a", "b"]));
    check(".spec.list[::2].name", json!(["a", "c"]));
    check(".spec.list[2,0].name", json!(["c", "a"]));
    check(".spec.list[0]['name','n']", json!(["a", 1]));
    check("..name", json!(["a", "b", "c"]));
    check(".status..type", json!(["Ready", "Other"]));
    check(".spec.list[0].*", json!([1, "a"]));
}

#[test]
fn filters_choose_items() {
    check(
        r#".status.conditions[?(@.type=="Ready")].status"#,
        json!(["True"]),
    );
    check(
        ".status.conditions[?(@.type=='Other')].status",
        json!(["False"]),
    );
    check(
        ".status.conditions[?(@.type != \"Ready\")].type",
        json!(["Other"]),
    );
    check(".status.conditions[?(@.type=='(a)')].type", json!([]));
    check(".status.conditions[?(@.ok)].type", json!(["Other"]));
    check(".status.conditions[?(@.ok==true)].type", json!(["Other"]));
    check(".spec.list[?(@.n>1)].name", json!(["b", "c"]));
    check(".spec.list[?(@.n<=2)].name", json!(["a", "b"]));
    check(".spec.list[?(@.f>=1.5)].name", json!(["c"]));
    check(".spec.list[?(@.n==@.n)].name", json!(["a", "b", "c"]));
    check(".spec.list[?(@.name=~\"^[ab]$\")].n", json!([1, 2]));
    check(".spec.list[?(@.missing==1)].name", json!([]));
}

#[test]
fn paths_that_lead_nowhere_say_why() {
    let object = object();
    for (path, words) in [
        (
            ".spec.list[3]",
            "array index out of bounds: index 3, length 3",
        ),
        (
            ".spec.list[-4]",
            "array index out of bounds: index -1, length 3",
        ),
        (
            ".spec.list[0:9]",
            "array index out of bounds: index 8, length 3",
        ),
        (
            ".spec.list[2:1]",
            "starting index 2 is greater than ending index 1",
        ),
        (".spec.list[0:2:0]", "step must be > 0"),
        (".spec.replicas[0]", "int64 is not array or slice"),
        (
            ".spec.replicas[?(@.a)]",
            "3 is not array or slice and cannot be filtered",
        ),
        (
            ".spec.list[?(@.n=='1')]",
            "incompatible types for comparison",
        ),
        (
            ".spec.list[?(@.f=='1')].x[?(@.n)]",
            "incompatible types for comparison",
        ),
        (
            ".status.conditions[?(@.ok<true)]",
            "invalid type for comparison",
        ),
        (
            ".spec.list[?(@.*==1)]",
            "can only compare one element at a time",
        ),
    ] {
        let error = JsonPath::parse(path).unwrap().find(&object).unwrap_err();
        assert_eq!(error.to_string(), words, "{path}");
        assert_eq!(JsonPath::parse(path).unwrap().first(&object), None);
    }
}

#[test]
fn what_is_no_path_is_refused() {
    for (path, words) in [
        ("{.spec", "unclosed action"),
        (".spec[", "unterminated array"),
        (".spec[a]", "invalid array index a"),
        (".spec[1:2:3:4]", "invalid array index 1:2:3:4"),
        (
            ".spec[99999999999999999999]",
            "array index 99999999999999999999 is not a number",
        ),
        (".spec[?(@.a", "unterminated filter"),
        (".spec[?(@.a)", "unclosed array expect ]"),
        (".spec[?(@.a<>1)]", "unrecognized filter operator <>"),
        (".....a", "invalid multiple recursive descent"),
        (".spec#", ""),
        ("#", "unrecognized character in action: U+0023 '#'"),
        ("range .a", "unrecognized identifier range"),
        (".a 'b", "unterminated quoted string"),
        (".a 1.2.3", "cannot parse number 1.2.3"),
    ] {
        match JsonPath::parse(path) {
            Ok(path) => assert_eq!(words, "", "{path:?}"),
            Err(error) => assert_eq!(error.to_string(), words, "{path}"),
        }
    }
    let deep = format!("{}.a{}", "[?(@.a".repeat(20), ")]".repeat(20));
    assert!(JsonPath::parse(&deep).is_err());
    assert!(JsonPath::parse(&"a".repeat(1 << 20)).is_err());
}
