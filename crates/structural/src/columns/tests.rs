use crate::{JsonPath, printer_cell, selectable_value, set_value_at, value_at};
use serde_json::{Value, json};

#[track_caller]
fn check_cell(type_: &str, value: Value, wanted: Value) {
    let path = JsonPath::parse(".spec.x").unwrap();
    let object = json!({"spec": {"x": value}});
    let age = |_| "5m".to_owned();
    assert_eq!(printer_cell(&path, type_, &object, &age), wanted);
}

#[test]
fn cells_are_of_the_type_of_the_column() {
    check_cell("string", json!("a"), json!("a"));
    check_cell("string", json!(1), json!("1"));
    check_cell("string", json!(1.5), json!("1.5"));
    check_cell("string", json!(true), json!("true"));
    check_cell(
        "string",
        json!({"a": ["<b>"]}),
        json!("{\"a\":[\"\\u003cb\\u003e\"]}"),
    );
    check_cell("string", json!(null), json!("<no value>"));
    check_cell("integer", json!(7), json!(7));
    check_cell("integer", json!(7.9), json!(7));
    check_cell("integer", json!("7"), json!(null));
    check_cell("number", json!(7.5), json!(7.5));
    check_cell("boolean", json!(false), json!(false));
    check_cell("boolean", json!("false"), json!(null));
    check_cell("date", json!("2020-01-01T00:00:00Z"), json!("5m"));
    check_cell("date", json!("soon"), json!("<invalid>"));
    check_cell("date", json!(""), json!("<unknown>"));
    let missing = JsonPath::parse(".spec.y").unwrap();
    let cell = printer_cell(&missing, "string", &json!({"spec": {}}), &|_| String::new());
    assert_eq!(cell, json!(null));
}

#[test]
fn fields_are_selected_by_their_text() {
    let path = JsonPath::parse(".spec.x").unwrap();
    for (value, wanted) in [
        (json!("a"), "a"),
        (json!(1), "1"),
        (json!(true), "true"),
        (json!(null), ""),
    ] {
        assert_eq!(
            selectable_value(&path, &json!({"spec": {"x": value}})),
            wanted
        );
    }
    assert_eq!(selectable_value(&path, &json!({})), "");
}

#[test]
fn paths_of_scale() {
    let mut object = json!({"spec": {"replicas": 3}});
    assert_eq!(value_at(&object, ".spec.replicas"), Some(&json!(3)));
    assert_eq!(value_at(&object, ".spec.replicas.x"), None);
    assert_eq!(value_at(&object, ".status.replicas"), None);
    set_value_at(&mut object, ".spec.replicas", json!(5)).unwrap();
    set_value_at(&mut object, ".status.deep.replicas", json!(6)).unwrap();
    assert_eq!(
        object,
        json!({"spec": {"replicas": 5}, "status": {"deep": {"replicas": 6}}})
    );
    assert!(set_value_at(&mut object, ".spec.replicas.x", json!(1)).is_err());
}
