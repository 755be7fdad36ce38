//! JSON patch and merge patch, with upstream's habits.

use expect_test::{Expect, expect};
use patch::{JsonPatch, merge_patch};
use serde_json::{Value, json};

use crate::workload;

/// Prints the patched document, or what is wrong, for the operator and the client.
#[track_caller]
fn check(document: Value, patch: Value, expected: Expect) {
    expected.assert_eq(&run(document, &patch.to_string()));
}

fn run(document: Value, patch: &str) -> String {
    let (patch, complaints) = match JsonPatch::decode(patch.as_bytes()) {
        Ok(patch) => patch,
        Err(error) => return format!("{:?}", error.status()),
    };
    let text = match patch.apply(document) {
        Ok(patched) => workload::text(&patched),
        Err(error) => format!("{} {error}", error.status().0),
    };
    if complaints.is_empty() {
        text
    } else {
        format!("{text} {complaints:?}")
    }
}

fn op(op: &str, path: &str, value: Value) -> Value {
    json!([{"op": op, "path": path, "value": value}])
}

#[test]
fn add() {
    check(
        json!({"a": 1}),
        op("add", "/b", json!(2)),
        expect![[r#"{"a":1,"b":2}"#]],
    );
    check(
        json!({"a": [1, 2]}),
        op("add", "/a/1", json!(9)),
        expect![[r#"{"a":[1,9,2]}"#]],
    );
    check(
        json!({"a": [1, 2]}),
        op("add", "/a/-", json!(9)),
        expect![[r#"{"a":[1,2,9]}"#]],
    );
    check(
        json!({"a": [1, 2]}),
        op("add", "/a/-1", json!(9)),
        expect![[r#"{"a":[1,2,9]}"#]],
    );
    check(
        json!({"a": [1, 2]}),
        op("add", "/a/3", json!(9)),
        expect![
            "422 operation 0 cannot be done: error in add for path: '/a/3': Unable to access invalid index: 3: invalid index referenced"
        ],
    );
    check(
        json!({"a": [1, 2]}),
        op("add", "/a/x", json!(9)),
        expect![[
            r#"422 operation 0 cannot be done: error in add for path: '/a/x': value was not a proper array index: 'x': strconv.Atoi: parsing "x": invalid syntax"#
        ]],
    );
}

#[test]
fn add_where_nothing_is() {
    check(
        json!({"a~/b": {}}),
        op("add", "/a~0~1b/c", json!(9)),
        expect![[r#"{"a~/b":{"c":9}}"#]],
    );
    check(
        json!({}),
        op("add", "/a/b", json!(9)),
        expect![[
            r#"422 operation 0 cannot be done: add operation does not apply: doc is missing path: "/a/b": missing value"#
        ]],
    );
    check(
        json!({"a": null}),
        op("add", "/a/b", json!(9)),
        expect![[
            r#"422 operation 0 cannot be done: add operation does not apply: doc is missing path: "/a/b": missing value"#
        ]],
    );
    check(
        json!({}),
        op("add", "", json!({})),
        expect![[
            r#"422 operation 0 cannot be done: add operation does not apply: doc is missing path: "": missing value"#
        ]],
    );
    check(
        json!({}),
        json!([{"op": "add", "path": "/a"}]),
        expect![[r#"{"a":null}"#]],
    );
    check(
        json!({}),
        json!([{"op": "add"}]),
        expect![
            "422 operation 0 cannot be done: add operation failed to decode path: missing value"
        ],
    );
}

#[test]
fn remove_and_replace() {
    check(
        json!({"a": 1, "b": 2}),
        op("remove", "/a", json!(null)),
        expect![[r#"{"b":2}"#]],
    );
    check(
        json!({"b": 2}),
        op("remove", "/a", json!(null)),
        expect![
            "422 operation 0 cannot be done: error in remove for path: '/a': Unable to remove nonexistent key: a: missing value"
        ],
    );
    check(
        json!({"a": [1, 2]}),
        op("remove", "/a/-1", json!(null)),
        expect![[r#"{"a":[1]}"#]],
    );
    check(
        json!({"a": [1, 2]}),
        op("remove", "/a/2", json!(null)),
        expect![
            "422 operation 0 cannot be done: error in remove for path: '/a/2': Unable to access invalid index: 2: invalid index referenced"
        ],
    );
    check(
        json!({"a": [1, 2]}),
        op("replace", "/a/0", json!(9)),
        expect![[r#"{"a":[9,2]}"#]],
    );
    check(
        json!({}),
        op("replace", "/missing", json!(9)),
        expect![[r#"{"missing":9}"#]],
    );
    check(
        json!({}),
        op("replace", "/missing/x", json!(9)),
        expect![
            "422 operation 0 cannot be done: replace operation does not apply: doc is missing path: /missing/x: missing value"
        ],
    );
    check(
        json!({"a": 1}),
        op("replace", "", json!({"b": 1})),
        expect![[r#"{"b":1}"#]],
    );
    check(
        json!({"a": 1}),
        op("replace", "", json!(1)),
        expect![
            "422 operation 0 cannot be done: replace operation value must be object or array: %!w(<nil>)"
        ],
    );
}

#[test]
fn move_copy_and_test() {
    let from = |op: &str, from: &str, path: &str| json!([{"op": op, "from": from, "path": path}]);
    check(
        json!({"a": {"b": 1}}),
        from("move", "/a/b", "/c"),
        expect![[r#"{"a":{},"c":1}"#]],
    );
    check(
        json!({"a": 1}),
        from("move", "/b", "/c"),
        expect![
            "422 operation 0 cannot be done: error in move for path: 'b': Unable to remove nonexistent key: b: missing value"
        ],
    );
    check(
        json!({"a": [1]}),
        from("copy", "/a", "/a/-"),
        expect![[r#"{"a":[1,[1]]}"#]],
    );
    check(
        json!({"a": 1}),
        from("copy", "/b", "/c"),
        expect![[r#"{"a":1,"c":null}"#]],
    );
    check(
        json!({"a": 1}),
        json!([{"op": "copy", "path": "/c"}]),
        expect![
            "422 operation 0 cannot be done: copy operation failed to decode from: operation, missing from field: missing value"
        ],
    );
    check(
        json!({"a": {"b": [1]}}),
        op("test", "/a", json!({"b": [1]})),
        expect![[r#"{"a":{"b":[1]}}"#]],
    );
    check(
        json!({"a": 1}),
        op("test", "/a", json!(2)),
        expect!["422 operation 0 cannot be done: testing value /a failed: test failed"],
    );
    check(
        json!({"a": 1}),
        op("test", "/b", json!(null)),
        expect![[r#"{"a":1}"#]],
    );
    check(
        json!({"a": 1}),
        op("test", "", json!({"a": 1})),
        expect![[r#"{"a":1}"#]],
    );
    check(
        json!({}),
        op("frob", "/a", json!(1)),
        expect!["422 operation 0 cannot be done: Unexpected kind: frob"],
    );
}

#[test]
fn tests_compare_texts() {
    let check = |document: Value, value: &str, expected: &str| {
        let patch = format!(r#"[{{"op": "test", "path": "/a", "value": {value}}}]"#);
        assert_eq!(run(document, &patch), expected);
    };
    let failed = "422 operation 0 cannot be done: testing value /a failed: test failed";
    let one = json!({"a": 1});
    check(one.clone(), "1", r#"{"a":1}"#);
    check(one.clone(), "1.0", failed);
    check(one.clone(), "1e0", failed);
    check(json!({"a": 42.0}), "42", r#"{"a":42.0}"#);
    check(json!({"a": 42.0}), "42.0", failed);
    let less = json!({"a": "<"});
    check(less.clone(), r#""<""#, failed);
    check(less, r#""\u003c""#, r#"{"a":"<"}"#);
    check(json!({"a": "x"}), r#""\u0078""#, failed);
    let nested = json!({"a": {"b": [1, null, {"c": true}]}});
    let text = r#"{ "b": [ 1, null, {"c": true} ] }"#;
    check(nested.clone(), text, r#"{"a":{"b":[1,null,{"c":true}]}}"#);
    check(
        nested.clone(),
        r#"{"b": [1, null, {"c": true, "d": null}]}"#,
        failed,
    );
    check(nested, r#"{"b": [1, null]}"#, failed);
    check(json!({}), "null", "{}");
    check(json!({"a": 0}), "null", failed);
    assert_eq!(
        r#"{"a":"<"}"#,
        run(
            json!({}),
            r#"[{"op": "add", "path": "/a", "value": "<"}, {"op": "test", "path": "/a", "value": "<"}]"#,
        )
    );
}

#[test]
fn words_of_places() {
    let words = |patch: Value| {
        let text = run(json!({"a": [1], "b": null}), &patch.to_string());
        text.replace("422 operation 0 cannot be done: ", "")
    };
    let ends = |op: &str, from: &str, path: &str| json!([{"op": op, "from": from, "path": path}]);
    let all = [
        op("add", "/a/x", json!(1)),
        op("add", "/a/99999999999999999999", json!(1)),
        op("remove", "/a/-2", json!(null)),
        op("remove", "/a/-", json!(null)),
        op("replace", "/a/1", json!(1)),
        op("replace", "/a/-", json!(1)),
        op("replace", "/b/c", json!(1)),
        op("test", "/a/+1", json!(1)),
        op("test", "/b/c", json!(1)),
        ends("move", "/b/c", "/d"),
        ends("move", "/a/0", "/b/d"),
        ends("copy", "/a/1", "/d"),
        ends("copy", "/b/c", "/d"),
        ends("copy", "/a", "/b/d"),
        ends("copy", "/a", "/a/7"),
        json!([{"op": "replace"}]),
        json!([{"op": "move", "path": "/a"}]),
        json!([{"op": "copy", "from": "/a"}]),
    ];
    let all: Vec<String> = all.into_iter().map(words).collect();
    expect![[r#"
        error in add for path: '/a/x': value was not a proper array index: 'x': strconv.Atoi: parsing "x": invalid syntax
        error in add for path: '/a/99999999999999999999': value was not a proper array index: '99999999999999999999': strconv.Atoi: parsing "99999999999999999999": value out of range
        error in remove for path: '/a/-2': Unable to access invalid index: -2: invalid index referenced
        error in remove for path: '/a/-': strconv.Atoi: parsing "-": invalid syntax
        replace operation does not apply: doc is missing key: /a/1: missing value
        replace operation does not apply: doc is missing key: /a/-: missing value
        replace operation does not apply: doc is missing path: /b/c: missing value
        error in test for path: '/a/+1': Unable to access invalid index: 1: invalid index referenced
        test operation does not apply: is missing path: /b/c: missing value
        move operation does not apply: doc is missing from path: /b/c: missing value
        move operation does not apply: doc is missing destination path: /b/d: missing value
        error in copy for from: '/a/1': Unable to access invalid index: 1: invalid index referenced
        copy operation does not apply: doc is missing from path: /b/c: missing value
        copy operation does not apply: doc is missing destination path: /b/d: missing value
        error while adding value during copy: Unable to access invalid index: 7: invalid index referenced
        replace operation failed to decode path: operation missing path field: missing value
        move operation failed to decode from: operation, missing from field: missing value
        copy operation failed to decode path: missing value"#]].assert_eq(&all.join("\n"));
}

#[test]
fn decoding() {
    let check = |patch: &str, expected: Expect| expected.assert_eq(&run(json!({}), patch));
    check(
        "{}",
        expect![[
            r#"(400, "BadRequest", "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp")"#
        ]],
    );
    check(
        "[1]",
        expect![[
            r#"(400, "BadRequest", "error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp")"#
        ]],
    );
    check(
        "[{\"op\": 1}]",
        expect![[
            r#"(400, "BadRequest", "error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string")"#
        ]],
    );
    check(
        "[",
        expect![[r#"(400, "BadRequest", "invalid JSON patch")"#]],
    );
    check("null", expect!["{}"]);
    check(
        "[{\"op\": \"add\", \"op\": \"add\", \"path\": \"/a\", \"bogus\": 1}]",
        expect![[
            r#"{"a":null} ["json patch duplicate field \"[0].op\"", "json patch unknown field \"[0].bogus\""]"#
        ]],
    );
    let many = vec![json!({"op": "add", "path": "/a", "value": 1}); 10_001];
    check(
        &json!(many).to_string(),
        expect![[
            r#"(413, "RequestEntityTooLarge", "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001")"#
        ]],
    );
}

#[test]
fn documents_do_not_explode() {
    let double = json!({"op": "copy", "from": "/a", "path": "/a/x"});
    check(
        json!({"a": {"t": 1}}),
        json!(vec![double.clone(); 3]),
        expect![[r#"{"a":{"t":1,"x":{"t":1,"x":{"t":1,"x":{"t":1}}}}}"#]],
    );
    let deep = run(json!({"a": {}}), &json!(vec![double; 1000]).to_string());
    expect!["422 operation 126 cannot be done: the document would be nested deeper than 128"]
        .assert_eq(&deep);
    let wide = json!({"op": "copy", "from": "/a", "path": "/b/-"});
    let wide = run(
        json!({"a": "x".repeat(100_000), "b": []}),
        &json!(vec![wide; 100]).to_string(),
    );
    expect!["422 operation 31 cannot be done: Unable to complete the copy, the accumulated size increase of copy is 3200064, exceeding the limit 3145728"].assert_eq(&wide);
}

#[test]
fn merge_patches() {
    let check = |mut document: Value, patch: Value, expected: Expect| {
        let text = match merge_patch::decode(patch.to_string().as_bytes()) {
            Ok((patch, _)) => {
                merge_patch::apply(&mut document, patch);
                workload::text(&document)
            }
            Err(error) => format!("{:?}", error.status()),
        };
        expected.assert_eq(&text);
    };
    check(
        json!({"a": {"b": 1, "c": 2}}),
        json!({"a": {"b": null, "d": {"e": null}}}),
        expect![[r#"{"a":{"c":2,"d":{}}}"#]],
    );
    check(
        json!({"a": [1]}),
        json!({"a": [{"b": null}, null]}),
        expect![[r#"{"a":[{},null]}"#]],
    );
    check(
        json!({"a": {"b": 1}}),
        json!({"a": [{"b": null}]}),
        expect![[r#"{"a":[{"b":null}]}"#]],
    );
    check(
        json!({"a": 1}),
        json!({"a": {"b": null, "c": 1}}),
        expect![[r#"{"a":{"c":1}}"#]],
    );
    check(
        json!({"a": 1}),
        json!(null),
        expect![[r#"(400, "BadRequest", "Invalid JSON Patch")"#]],
    );
    check(
        json!({"a": 1}),
        json!([1]),
        expect![[
            r#"(400, "BadRequest", "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")"#
        ]],
    );
}

#[test]
fn text_that_no_operation_looks_into_stays() {
    let check = |document: &str, patch: Value, expected: Expect| {
        let (patch, _) = JsonPatch::decode(patch.to_string().as_bytes()).unwrap();
        let text = patch.apply_to_text(document.as_bytes());
        let text = text.map_or_else(
            |error| error.to_string(),
            |text| String::from_utf8(text).unwrap(),
        );
        expected.assert_eq(&text);
    };
    let document =
        r#"{"z":{"y":1,"x":{"w":1.0,"v":[{"u":1,"t":2}]}},"a":[{"d":1,"c":2},{"b":"<"}]}"#;
    check(
        document,
        json!([{"op": "add", "path": "/n", "value": null}]),
        expect![[
            r#"{"a":[{"d":1,"c":2},{"b":"<"}],"n":null,"z":{"y":1,"x":{"w":1.0,"v":[{"u":1,"t":2}]}}}"#
        ]],
    );
    check(
        document,
        json!([{"op": "replace", "path": "/z/y", "value": {"q": 1}}]),
        expect![[
            r#"{"a":[{"d":1,"c":2},{"b":"<"}],"z":{"x":{"w":1.0,"v":[{"u":1,"t":2}]},"y":{"q":1}}}"#
        ]],
    );
    check(
        document,
        json!([{"op": "test", "path": "/a/0/d", "value": 1}]),
        expect![[
            r#"{"a":[{"c":2,"d":1},{"b":"<"}],"z":{"y":1,"x":{"w":1.0,"v":[{"u":1,"t":2}]}}}"#
        ]],
    );
    check(
        document,
        json!([{"op": "remove", "path": "/nowhere/here"}]),
        expect![[
            r#"operation 0 cannot be done: remove operation does not apply: doc is missing path: "/nowhere/here": missing value"#
        ]],
    );
}
