//! Strategic merge patch, rule by rule.

use expect_test::{Expect, expect};
use patch::strategic;
use serde_json::{Value, json};

use crate::workload::{self, Workload, object};

/// Patches the spec and prints it, or the refusal.
#[track_caller]
fn check(spec: Value, patch: Value, expected: Expect) {
    check_object(
        object(spec),
        json!({"spec": patch}),
        |it| &it["spec"],
        expected,
    );
}

#[track_caller]
fn check_object(live: Value, patch: Value, part: fn(&Value) -> &Value, expected: Expect) {
    let workload = Workload::new();
    let (patch, _) = strategic::decode(patch.to_string().as_bytes()).unwrap();
    let text = match strategic::apply(workload.node(), live, patch) {
        Ok(patched) => workload::text(part(&patched)),
        Err(error) => format!("{:?}", error.status()),
    };
    expected.assert_eq(&text);
}

fn named(names: &str) -> Value {
    names
        .split_whitespace()
        .map(|name| json!({"name": name, "image": "old"}))
        .collect()
}

#[test]
fn objects_merge_and_null_removes() {
    check(
        json!({"replicas": 1, "strategy": {"type": "a", "rollingUpdate": {"maxSurge": 1}}}),
        json!({"replicas": null, "paused": true, "strategy": {"rollingUpdate": null, "type": "b"}}),
        expect![[r#"{"paused":true,"strategy":{"type":"b"}}"#]],
    );
    check(
        json!({}),
        json!({"strategy": {"type": null, "rollingUpdate": {"maxSurge": null}}}),
        expect![[r#"{"strategy":{"rollingUpdate":{}}}"#]],
    );
}

#[test]
fn lists_merge_by_key() {
    check(
        json!({"containers": named("a b c")}),
        json!({"containers": [{"name": "b", "image": "new"}, {"name": "x"}]}),
        expect![[
            r#"{"containers":[{"image":"old","name":"a"},{"image":"new","name":"b"},{"name":"x"},{"image":"old","name":"c"}]}"#
        ]],
    );
    check(
        json!({"containers": named("a b c")}),
        json!({"containers": [{"name": "c"}, {"name": "a"}]}),
        expect![[
            r#"{"containers":[{"image":"old","name":"b"},{"image":"old","name":"c"},{"image":"old","name":"a"}]}"#
        ]],
    );
}

/// Upstream deletes and appends in the very list whose order the others keep.
#[test]
fn new_items_take_the_places_of_deleted_ones() {
    let order = |names: &str| -> Value {
        let names = names.split_whitespace();
        names.map(|name| json!({"name": name})).collect()
    };
    let delete = json!({"$patch": "delete", "name": "a"});
    check(
        json!({"containers": named("a b d")}),
        json!({"$setElementOrder/containers": order("b c"), "containers": [{"name": "c"}, delete]}),
        expect![[
            r#"{"containers":[{"image":"old","name":"b"},{"image":"old","name":"d"},{"name":"c"}]}"#
        ]],
    );
    check(
        json!({"containers": named("a d")}),
        json!({"$setElementOrder/containers": order("b c"), "containers": [{"name": "b"}, {"name": "c"}, delete]}),
        expect![[r#"{"containers":[{"image":"old","name":"d"},{"name":"b"},{"name":"c"}]}"#]],
    );
    // Where nothing is deleted, new ones come first.
    check(
        json!({"containers": named("a d")}),
        json!({"$setElementOrder/containers": order("a c"), "containers": [{"name": "c"}]}),
        expect![[
            r#"{"containers":[{"image":"old","name":"a"},{"name":"c"},{"image":"old","name":"d"}]}"#
        ]],
    );
}

#[test]
fn lists_without_strategy_are_replaced() {
    check(
        json!({"args": ["a"]}),
        json!({"args": ["b", null]}),
        expect![[r#"{"args":["b",null]}"#]],
    );
    check(
        json!({"template": {"a": "1"}}),
        json!({"template": {"b": "2"}}),
        expect![[r#"{"template":{"b":"2"}}"#]],
    );
}

#[test]
fn directives_in_objects() {
    check(
        json!({"strategy": {"type": "a", "rollingUpdate": {"maxSurge": 1}}}),
        json!({"strategy": {"$patch": "replace", "type": "b"}}),
        expect![[r#"{"strategy":{"type":"b"}}"#]],
    );
    check(
        json!({"strategy": {"type": "a"}}),
        json!({"strategy": {"$patch": "delete"}}),
        expect![[r#"{"strategy":{}}"#]],
    );
    check(
        json!({"strategy": {"type": "a"}}),
        json!({"strategy": {"$patch": "other", "type": 1}}),
        expect![[r#"(500, "", "unknown patch type: other in map: map[$patch:other type:1]")"#]],
    );
    check(
        json!({}),
        json!({"strategy": {"$patch": "delete"}, "args": [{"$patch": "x"}, "a"]}),
        expect![[r#"{"args":["a"]}"#]],
    );
}

#[test]
fn directives_in_lists() {
    check(
        json!({"containers": named("a b c")}),
        json!({"containers": [{"$patch": "delete", "name": "b"}, {"name": "d"}]}),
        expect![[
            r#"{"containers":[{"name":"d"},{"image":"old","name":"a"},{"image":"old","name":"c"}]}"#
        ]],
    );
    check(
        json!({"containers": named("a b")}),
        json!({"containers": [{"name": "z"}, {"$patch": "replace"}, {"name": "y"}]}),
        expect![[r#"{"containers":[{"name":"z"},{"name":"y"}]}"#]],
    );
    check(
        json!({"containers": named("a")}),
        json!({"containers": [{"$patch": "delete"}]}),
        expect![[
            r#"(500, "", "map: map[$patch:delete] does not contain declared merge key: name")"#
        ]],
    );
    check(
        json!({"containers": named("a")}),
        json!({"containers": [{"$patch": "merge", "name": "a"}]}),
        expect![[r#"(500, "", "merging lists cannot yet be specified in the patch")"#]],
    );
    check(
        json!({"containers": named("a")}),
        json!({"containers": [{"$patch": 1, "name": "a"}]}),
        expect![[r#"(500, "", "unknown patch type: %!s(int64=1) in map: map[$patch:1 name:a]")"#]],
    );
}

#[test]
fn directives_that_are_no_text_are_printed_as_text() {
    check(
        json!({}),
        json!({"$patch": ["a", 1, null], "b": {}}),
        expect![[
            r#"(500, "", "unknown patch type: [a %!s(int64=1) %!s(<nil>)] in map: map[$patch:[a 1 <nil>] b:map[]]")"#
        ]],
    );
}

#[test]
fn lists_of_scalars_are_sets() {
    let live = |finalizers: Value| {
        let mut live = object(json!({}));
        live["metadata"]["finalizers"] = finalizers;
        live
    };
    let check = |finalizers: Value, patch: Value, expected: Expect| {
        check_object(
            live(finalizers),
            json!({"metadata": patch}),
            |it| &it["metadata"]["finalizers"],
            expected,
        );
    };
    check(
        json!(["a", "b"]),
        json!({"finalizers": ["c", "a"]}),
        expect![[r#"["c","a","b"]"#]],
    );
    check(
        json!(["a", "b"]),
        json!({"$deleteFromPrimitiveList/finalizers": ["a", "x"]}),
        expect![[r#"["b"]"#]],
    );
    check(
        json!(["a", "b", "c"]),
        json!({"$deleteFromPrimitiveList/finalizers": ["a"], "$setElementOrder/finalizers": ["d", "c", "b"], "finalizers": ["d"]}),
        expect![[r#"["d","c","b"]"#]],
    );
    check(
        json!(["a"]),
        json!({"$deleteFromPrimitiveList": ["a"]}),
        expect![[r#"(400, "BadRequest", "invalid patch format of primitive list")"#]],
    );
    check(
        json!(["a"]),
        json!({"finalizers": [1]}),
        expect![[r#"(500, "", "list element types are not identical: [[a] [1]]")"#]],
    );
    check(
        json!(["a"]),
        json!({"finalizers": [["b"]]}),
        expect![[r#"(500, "", "list element types are not identical: [[a] [[b]]]")"#]],
    );
    check(
        json!([["a"]]),
        json!({"finalizers": ["b"]}),
        expect![[
            r#"(422, "Invalid", "the server rejected our request due to an error in our request")"#
        ]],
    );
}

#[test]
fn element_order() {
    let order =
        |names: &str| -> Value { names.split(' ').map(|name| json!({"name": name})).collect() };
    check(
        json!({"containers": named("a b c d")}),
        json!({"$setElementOrder/containers": order("d b x"), "containers": [{"name": "x"}]}),
        expect![[
            r#"{"containers":[{"image":"old","name":"a"},{"image":"old","name":"c"},{"image":"old","name":"d"},{"image":"old","name":"b"},{"name":"x"}]}"#
        ]],
    );
    check(
        json!({"containers": named("a b c")}),
        json!({"$setElementOrder/containers": order("c a")}),
        expect![[
            r#"{"containers":[{"image":"old","name":"b"},{"image":"old","name":"c"},{"image":"old","name":"a"}]}"#
        ]],
    );
    check(
        json!({}),
        json!({"$setElementOrder/containers": order("b a"), "containers": [{"name": "b"}, {"name": "a"}]}),
        expect![[r#"{"containers":[{"name":"b"},{"name":"a"}]}"#]],
    );
    check(
        json!({"containers": named("a b")}),
        json!({"$setElementOrder/containers": order("a b"), "containers": [{"name": "b"}, {"name": "a"}]}),
        expect![[
            r#"(500, "", "The order in patch list:\n[map[name:b] map[name:a]]\n doesn't match $setElementOrder list:\n[map[name:a] map[name:b]]\n")"#
        ]],
    );
    check(
        json!({}),
        json!({"$setElementOrder": []}),
        expect![[r#"(400, "BadRequest", "invalid patch format of setElementOrder list")"#]],
    );
    check(
        json!({}),
        json!({"$setElementOrder/containers": "x"}),
        expect![[r#"(500, "", "expected a []interface {}, but received a string")"#]],
    );
    check(
        json!({"containers": []}),
        json!({"$setElementOrder/containers": order("a")}),
        expect![[r#"(500, "", "no elements in any of the given slices")"#]],
    );
    check(
        json!({}),
        json!({"$setElementOrder/bogus": order("a")}),
        expect![[
            r#"(500, "", "unable to find api field in struct WorkloadSpec for the json field \"bogus\"")"#
        ]],
    );
    check(
        json!({"containers": named("a")}),
        json!({"$setElementOrder/containers": [{"x": 1}], "containers": [{"name": "a"}]}),
        expect![[r#"(500, "", "map: map[x:1] does not contain declared merge key: name")"#]],
    );
}

#[test]
fn retained_keys() {
    let strategy = json!({"strategy": {"type": "a", "rollingUpdate": {"maxSurge": 1}}});
    check(
        strategy.clone(),
        json!({"strategy": {"$retainKeys": ["type"], "type": "b"}}),
        expect![[r#"{"strategy":{"type":"b"}}"#]],
    );
    check(
        strategy.clone(),
        json!({"strategy": {"$retainKeys": ["x"], "type": "b"}}),
        expect![[r#"(400, "BadRequest", "invalid patch format of retainKeys")"#]],
    );
    check(
        strategy,
        json!({"strategy": {"$retainKeys": "type"}}),
        expect![[r#"(400, "BadRequest", "invalid patch format of retainKeys")"#]],
    );
    check(
        json!({"volumes": [{"name": "v", "emptyDir": {}}]}),
        json!({"volumes": [{"name": "v", "$retainKeys": ["name", "hostPath"], "hostPath": {"path": "/"}}]}),
        expect![[r#"{"volumes":[{"hostPath":{"path":"/"},"name":"v"}]}"#]],
    );
}

#[test]
fn what_the_schema_does_not_know() {
    check(
        json!({"bogus": {"a": 1}}),
        json!({"bogus": {"b": 1}}),
        expect![[
            r#"(500, "", "unable to find api field in struct WorkloadSpec for the json field \"bogus\"")"#
        ]],
    );
    check(
        json!({"bogus": [1]}),
        json!({"bogus": [2]}),
        expect![[
            r#"(500, "", "unable to find api field in struct WorkloadSpec for the json field \"bogus\"")"#
        ]],
    );
    check(
        json!({"replicas": [1]}),
        json!({"replicas": [2]}),
        expect![[r#"(500, "", "expected slice or array type, but got: struct")"#]],
    );
    check(
        json!({"selector": {"a": {}}}),
        json!({"selector": {"a": {}}}),
        expect![[
            r#"(500, "", "merging an object in json but data type is not struct, instead is: map")"#
        ]],
    );
    check(
        json!({"containers": named("a")}),
        json!({"containers": [{"image": "x"}]}),
        expect![[r#"(500, "", "map: map[image:x] does not contain declared merge key: name")"#]],
    );
    check(
        json!({"containers": named("a")}),
        json!({"containers": ["x"]}),
        expect![[
            r#"(500, "", "list element types are not identical: [[map[image:old name:a]] [x]]")"#
        ]],
    );
    check(
        json!({"replicas": 1}),
        json!({"replicas": {"a": null, "$patch": "x"}}),
        expect!["{}"],
    );
}

#[test]
fn decoding() {
    let check = |patch: &str, expected: Expect| {
        let text = match strategic::decode(patch.as_bytes()) {
            Ok((patch, complaints)) => format!("{} {complaints:?}", workload::text(&patch)),
            Err(error) => format!("{:?}", error.status()),
        };
        expected.assert_eq(&text);
    };
    check(
        "{\"a\": [{\"b\": 1, \"b\": 2}], \"a\": null}",
        expect![[r#"{"a":null} ["duplicate field \"a[0].b\"", "duplicate field \"a\""]"#]],
    );
    check(
        "[]",
        expect![[
            r#"(400, "BadRequest", "json: cannot unmarshal array into Go value of type map[string]interface {}")"#
        ]],
    );
    check(
        "{",
        expect![[r#"(400, "BadRequest", "invalid JSON patch")"#]],
    );
    check("null", expect!["{} []"]);
}
