use crate::testing::{complaints, structural};
use serde_json::{Value, json};

/// What is wrong with `value` as the field `a`.
#[track_caller]
fn check(schema: Value, value: Value, wanted: &[&str]) {
    let schema = structural(json!({"type": "object", "properties": {"a": schema}}));
    assert_eq!(complaints(&schema, &json!({"a": value}), None), wanted);
}

#[test]
fn types() {
    for (schema, good) in [
        (json!({"type": "string"}), json!("x")),
        (json!({"type": "integer"}), json!(1)),
        (json!({"type": "integer"}), json!(1.0)),
        (json!({"type": "number"}), json!(1)),
        (json!({"type": "number"}), json!(1.5)),
        (json!({"type": "boolean"}), json!(true)),
        (json!({"type": "object"}), json!({"x": 1})),
        (json!({"type": "array", "items": {}}), json!([1, "a"])),
        (json!({"type": "string", "nullable": true}), json!(null)),
        (json!({}), json!({"x": [1]})),
        (json!({"x-kubernetes-int-or-string": true}), json!(1)),
        (json!({"x-kubernetes-int-or-string": true}), json!("50%")),
    ] {
        check(schema, good, &[]);
    }
    for (type_, value, found) in [
        ("string", json!(1), "integer"),
        ("string", json!(1.5), "number"),
        ("string", json!(null), "null"),
        ("boolean", json!("true"), "string"),
        ("object", json!([]), "array"),
        ("array", json!({}), "object"),
        ("number", json!(true), "boolean"),
    ] {
        let words =
            format!(r#"a: Invalid value: "{found}": a in body must be of type {type_}: "{found}""#);
        check(json!({"type": type_}), value, &[&words]);
    }
    check(
        json!({"type": "integer"}),
        json!(1.5),
        &[
            r#"a: Invalid value: "number": a in body must be of type integer: "number""#,
            r#"<nil>: Invalid value: "": Checked value must be of type integer (default format) in a"#,
        ],
    );
    check(
        json!({"x-kubernetes-int-or-string": true}),
        json!(true),
        &[r#"a: Invalid value: "boolean": a in body must be of type integer,string: "boolean""#],
    );
}

#[test]
fn wrong_types_are_told_as_such() {
    let schema = structural(json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    let mut errors = meta::FieldErrors::new();
    schema.validate(
        &meta::FieldPath::new("status"),
        &json!({"a": 1}),
        None,
        &mut errors,
    );
    let error = errors.iter().next().unwrap();
    assert_eq!(error.error_type, meta::ErrorType::TypeInvalid);
    assert_eq!(error.field.as_str(), "status.a");
    assert_eq!(
        error.detail,
        r#"a in body must be of type string: "integer""#
    );
}

#[test]
fn numbers() {
    let between = json!({"type": "integer", "minimum": 2, "maximum": 9});
    check(between.clone(), json!(2), &[]);
    check(
        between.clone(),
        json!(1),
        &["a: Invalid value: 1: a in body should be greater than or equal to 2"],
    );
    check(
        between,
        json!(10),
        &["a: Invalid value: 10: a in body should be less than or equal to 9"],
    );
    check(
        json!({"type": "number", "maximum": 65_535_000.0}),
        json!(65_535_000.5),
        &["a: Invalid value: 6.55350005e+07: a in body should be less than or equal to 6.5535e+07"],
    );
    let exclusive = json!({"type": "number", "minimum": 0.5, "exclusiveMinimum": true, "maximum": 2, "exclusiveMaximum": true});
    check(exclusive.clone(), json!(1), &[]);
    check(
        exclusive.clone(),
        json!(0.5),
        &["a: Invalid value: 0.5: a in body should be greater than 0.5"],
    );
    check(
        exclusive,
        json!(2),
        &["a: Invalid value: 2: a in body should be less than 2"],
    );
    check(
        json!({"type": "integer", "multipleOf": 5}),
        json!(7),
        &["a: Invalid value: 7: a in body should be a multiple of 5"],
    );
    check(
        json!({"type": "number", "multipleOf": 0.5}),
        json!(0.75),
        &["a: Invalid value: 0.75: a in body should be a multiple of 0.5"],
    );
    check(
        json!({"type": "number", "multipleOf": 0.1}),
        json!(0.3),
        &[],
    );
    check(
        json!({"type": "integer", "multipleOf": 0}),
        json!(7),
        &["a: Invalid value: 0: factor MultipleOf declared for a must be positive: 0"],
    );
    check(
        json!({"type": "integer", "format": "int32"}),
        json!(3_000_000_000_i64),
        &[
            r#"<nil>: Invalid value: "": Checked value must be of type integer with format int32 in a"#,
        ],
    );
    check(
        json!({"type": "number", "format": "float"}),
        json!(1e39),
        &[
            r#"<nil>: Invalid value: "": Checked value must be of type number with format float in a"#,
        ],
    );
    check(
        json!({"type": "integer", "format": "int64"}),
        json!(3_000_000_000_i64),
        &[],
    );
}

#[test]
fn strings() {
    check(
        json!({"type": "string", "maxLength": 3}),
        json!("äöüß"),
        &["a: Too long: may not be more than 3 bytes"],
    );
    check(json!({"type": "string", "maxLength": 3}), json!("äöü"), &[]);
    check(
        json!({"type": "string", "minLength": 2, "pattern": "^b"}),
        json!("a"),
        &[r#"a: Invalid value: "a": a in body should be at least 2 chars long"#],
    );
    check(
        json!({"type": "string", "pattern": "^b+$"}),
        json!("a"),
        &[r#"a: Invalid value: "a": a in body should match '^b+$'"#],
    );
    check(
        json!({"type": "string", "format": "ipv4"}),
        json!("a"),
        &[r#"a: Invalid value: "a": a in body must be of type ipv4: "a""#],
    );
    check(
        json!({"type": "string", "format": "date-time"}),
        json!("2020-01-01"),
        &[r#"a: Invalid value: "2020-01-01": a in body must be of type date-time: "2020-01-01""#],
    );
    check(
        json!({"type": "string", "format": "no-such-format"}),
        json!("a"),
        &[],
    );
    check(
        json!({"type": "string", "enum": ["b", "c"]}),
        json!("a"),
        &[r#"a: Unsupported value: "a": supported values: "b", "c""#],
    );
    check(
        json!({"enum": [1, {"x": 1}], "x-kubernetes-preserve-unknown-fields": true}),
        json!("a"),
        &[r#"a: Unsupported value: "a": supported values: "1", "{\"x\":1}""#],
    );
    check(json!({"type": "number", "enum": [1, 2]}), json!(2.0), &[]);
    check(
        json!({"type": "string", "enum": ["b"], "nullable": true}),
        json!(null),
        &[r#"a: Unsupported value: null: supported values: "b""#],
    );
}

#[test]
fn lists() {
    let list = json!({"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2});
    check(list.clone(), json!(["x"]), &[]);
    check(
        list.clone(),
        json!([]),
        &["a: Invalid value: 0: a in body should have at least 1 items"],
    );
    check(
        list,
        json!(["x", 2, "z"]),
        &[
            r#"a[1]: Invalid value: "integer": a[1] in body must be of type string: "integer""#,
            "a: Too many: 3: must have at most 2 items",
        ],
    );
    check(
        json!({"type": "array", "items": {}, "uniqueItems": true}),
        json!([1, 1]),
        &[r#"a: Invalid value: "": a in body shouldn't contain duplicates"#],
    );
}

#[test]
fn objects() {
    check(
        json!({"type": "object", "required": ["x", "y"], "properties": {"x": {"type": "string"}}}),
        json!({"x": ""}),
        &["a.y: Required value"],
    );
    check(
        json!({"type": "object", "minProperties": 1}),
        json!({}),
        &["a: Invalid value: 0: a in body should have at least 1 properties"],
    );
    check(
        json!({"type": "object", "maxProperties": 1}),
        json!({"x": 1, "y": 2}),
        &["a: Too many: 2: must have at most 1 item"],
    );
    check(
        json!({"type": "object", "additionalProperties": {"type": "string"}}),
        json!({"x": 1}),
        &[r#"a.x: Invalid value: "integer": a.x in body must be of type string: "integer""#],
    );
    check(
        json!({"type": "object", "additionalProperties": false}),
        json!({"x": 1}),
        &[r#"a: Invalid value: "x": a.x in body is a forbidden property"#],
    );
    let root = structural(json!({"type": "object", "required": ["spec"], "minProperties": 5}));
    assert_eq!(
        complaints(&root, &json!({}), None),
        [
            "<nil>: Invalid value: 0:  in body should have at least 5 properties",
            "spec: Required value",
        ]
    );
}

#[test]
fn junctors() {
    let one = json!({"oneOf": [{"required": ["x"]}, {"required": ["y"]}], "type": "object"});
    check(one.clone(), json!({"x": 1}), &[]);
    check(
        one.clone(),
        json!({}),
        &[
            r#"<nil>: Invalid value: "": "a" must validate one and only one schema (oneOf). Found none valid"#,
            "a.x: Required value",
        ],
    );
    check(
        one,
        json!({"x": 1, "y": 1}),
        &[
            r#"<nil>: Invalid value: "": "a" must validate one and only one schema (oneOf). Found 2 valid alternatives"#,
        ],
    );
    check(
        json!({"type": "integer", "anyOf": [{"minimum": 9}, {"maximum": 1}]}),
        json!(5),
        &[
            r#"<nil>: Invalid value: "": "a" must validate at least one schema (anyOf)"#,
            "a: Invalid value: 5: a in body should be greater than or equal to 9",
        ],
    );
    check(
        json!({"type": "integer", "allOf": [{"minimum": 6}, {"maximum": 4}]}),
        json!(5),
        &[
            "a: Invalid value: 5: a in body should be greater than or equal to 6",
            "a: Invalid value: 5: a in body should be less than or equal to 4",
            r#"<nil>: Invalid value: "": "a" must validate all the schemas (allOf). None validated"#,
        ],
    );
    check(
        json!({"type": "integer", "allOf": [{"minimum": 6}, {"maximum": 9}]}),
        json!(5),
        &[
            "a: Invalid value: 5: a in body should be greater than or equal to 6",
            r#"<nil>: Invalid value: "": "a" must validate all the schemas (allOf)"#,
        ],
    );
    check(
        json!({"type": "string", "not": {"pattern": "^x"}}),
        json!("xy"),
        &[r#"<nil>: Invalid value: "": "a" must not validate the schema (not)"#],
    );
}

/// Of alternatives that all fail, the one with most checks passed is shown.
#[test]
fn the_nearest_alternative_is_explained() {
    check(
        json!({"type": "object", "properties": {"k": {"type": "string"}, "v": {"type": "integer"}}, "anyOf": [
            {"properties": {"k": {"enum": ["x"]}, "v": {"minimum": 9}}},
            {"properties": {"k": {"enum": ["b"]}, "v": {"minimum": 0}}, "required": ["w"]},
        ]}),
        json!({"k": "b", "v": 1}),
        &[
            r#"<nil>: Invalid value: "": "a" must validate at least one schema (anyOf)"#,
            r#"a.k: Unsupported value: "b": supported values: "x""#,
            "a.v: Invalid value: 1: a.v in body should be greater than or equal to 9",
        ],
    );
}

#[track_caller]
fn check_update(schema: Value, old: Value, new: Value, wanted: &[&str]) {
    let schema = structural(
        json!({"type": "object", "properties": {"a": schema, "apiVersion": {"type": "string", "enum": ["z"]}}}),
    );
    // What no schema describes is never the same, so the whole is not.
    let old = json!({"apiVersion": "v", "metadata": {}, "a": old});
    let new = json!({"apiVersion": "v", "metadata": {}, "a": new});
    let mut complaints = complaints(&schema, &new, Some(&old));
    let type_ = r#"apiVersion: Unsupported value: "v": supported values: "z""#;
    let at = complaints.iter().position(|line| line == type_);
    complaints.remove(at.expect("the type of the whole is not ratcheted"));
    assert_eq!(complaints, wanted);
}

#[test]
fn what_an_update_leaves_is_not_held_against_it() {
    let short = json!({"type": "object", "properties": {
        "x": {"type": "string", "maxLength": 1}, "y": {"type": "string", "maxLength": 1},
    }});
    check_update(
        short.clone(),
        json!({"x": "long", "y": "a"}),
        json!({"x": "long", "y": "b"}),
        &[],
    );
    check_update(
        short,
        json!({"x": "long"}),
        json!({"x": "longer", "y": "long"}),
        &[
            "a.x: Too long: may not be more than 1 byte",
            "a.y: Too long: may not be more than 1 byte",
        ],
    );
    let map = json!({"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"], "items": {
        "type": "object", "properties": {"k": {"type": "string"}, "v": {"type": "integer", "maximum": 3}},
    }});
    check_update(
        map,
        json!([{"k": "a", "v": 9}, {"k": "b", "v": 1}]),
        json!([{"k": "b", "v": 9}, {"k": "c", "v": 9}, {"k": "a", "v": 9}]),
        &[
            "a[0].v: Invalid value: 9: a[0].v in body should be less than or equal to 3",
            "a[1].v: Invalid value: 9: a[1].v in body should be less than or equal to 3",
        ],
    );
    let atomic = json!({"type": "array", "items": {"type": "integer", "maximum": 3}});
    check_update(atomic.clone(), json!([9, 1]), json!([9, 1]), &[]);
    check_update(
        atomic,
        json!([9, 1]),
        json!([9, 2]),
        &["a[0]: Invalid value: 9: a[0] in body should be less than or equal to 3"],
    );
    // Parts of alternatives are no parts of the object.
    check_update(
        json!({"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}, "allOf": [{"properties": {"x": {"maximum": 3}}}]}),
        json!({"x": 9, "y": 1}),
        json!({"x": 9, "y": 2}),
        &[
            "a.x: Invalid value: 9: a.x in body should be less than or equal to 3",
            r#"<nil>: Invalid value: "": "a" must validate all the schemas (allOf). None validated"#,
        ],
    );
}

/// The shortest text of the largest float is a little more than it, and still read as it.
#[test]
fn the_largest_float_is_one() {
    check(
        json!({"type": "number", "format": "float"}),
        json!(3.402_823_5e38),
        &[],
    );
}
