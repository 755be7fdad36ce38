//! Strategic merge patches that contradict themselves: which of upstream's refusals comes first.

use expect_test::{Expect, expect};
use patch::strategic;
use serde_json::{Value, json};

use crate::workload::{self, Workload, object};

#[track_caller]
fn check(spec: Value, patch: Value, expected: Expect) {
    let workload = Workload::new();
    let patch = json!({"spec": patch});
    let text = match strategic::apply(workload.node(), object(spec), patch) {
        Ok(patched) => workload::text(&patched["spec"]),
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&text);
}

#[test]
fn an_order_of_something_else_than_objects() {
    let order = json!({"$setElementOrder/containers": [{"name": "a"}, 1]});
    check(json!({}), order.clone(), expect!["{}"]);
    check(
        json!({"containers": []}),
        order.clone(),
        expect!["no elements in any of the given slices"],
    );
    check(
        json!({"containers": [{"name": "a"}]}),
        order.clone(),
        expect!["expected a map[string]interface {}, but received a int64"],
    );
    check(
        json!({"containers": [{"name": "b"}]}),
        order,
        expect!["value for key 1 is not a map"],
    );
    check(
        json!({}),
        json!({"containers": [{"image": "x"}], "$setElementOrder/containers": [1]}),
        expect!["expected a map[string]interface {}, but received a int64"],
    );
}

#[test]
fn items_are_looked_at_before_their_order() {
    check(
        json!({}),
        json!({"containers": [{"name": "b"}, {"name": "a"}, "x"], "$setElementOrder/containers": [{"name": "a"}, {"name": "b"}]}),
        expect!["expected a map[string]interface {}, but received a string"],
    );
    check(
        json!({}),
        json!({"containers": [{"name": "a"}, {"image": "x"}], "$setElementOrder/containers": [{"name": "a"}]}),
        expect![[r#"
            The order in patch list:
            [map[name:a] map[image:x]]
             doesn't match $setElementOrder list:
            [map[name:a]]
        "#]],
    );
}

#[test]
fn deletions_from_a_list_without_a_name() {
    check(
        json!({"paused": true}),
        json!({"$deleteFromPrimitiveList/": ["a"]}),
        expect![[r#"{"paused":true}"#]],
    );
}

#[test]
fn objects_in_a_list_of_strings() {
    let workload = Workload::new();
    let live = json!({"metadata": {"finalizers": []}});
    let patch = json!({"metadata": {"finalizers": [{"a": 1}]}});
    let error = strategic::apply(workload.node(), live, patch).unwrap_err();
    expect!["cannot merge lists without merge key for string"].assert_eq(&error.to_string());
}
