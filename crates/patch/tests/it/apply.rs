//! Server-side apply: what is merged, what is taken away, who owns it, who objects.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use crate::workload::{self, Workload, object};

/// One write.
enum Write {
    Apply(&'static str, Value),
    Force(&'static str, Value),
    /// Replaces the spec.
    Update(&'static str, Value),
}
use Write::{Apply, Force, Update};

/// Does the writes one after the other, a second apart, and prints the spec and who owns what.
#[track_caller]
fn check(writes: impl IntoIterator<Item = Write>, expected: Expect) {
    expected.assert_eq(&run(writes));
}

fn run(writes: impl IntoIterator<Item = Write>) -> String {
    let workload = Workload::new();
    let mut live = workload.zero().clone();
    let mut refusals = String::new();
    for (second, write) in (0..).zip(writes) {
        let written = workload.at(second, |fields| match write {
            Apply(manager, spec) => fields.apply(&live, &object(spec), manager, false),
            Force(manager, spec) => fields.apply(&live, &object(spec), manager, true),
            Update(manager, spec) => {
                let mut new = object(spec);
                new["metadata"]["managedFields"] = live["metadata"]["managedFields"].clone();
                fields.update(&live, &mut new, manager);
                Ok(new)
            }
        });
        match written {
            Ok(new) => live = new,
            Err(error) => refusals.push_str(&format!("{:?}\n", error.status())),
        }
    }
    let mut out = format!("{}\n", workload::text(&live["spec"]));
    for entry in live["metadata"]["managedFields"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let text = |name: &str| entry[name].as_str().unwrap_or("-").to_owned();
        let time = text("time");
        let second = time.rsplit(':').next().unwrap_or_default();
        out.push_str(&format!(
            "{} {} {second} {}\n",
            text("manager"),
            text("operation"),
            workload::text(&entry["fieldsV1"]),
        ));
    }
    out + &refusals
}

#[test]
fn items_keep_their_place_and_new_ones_come_where_they_are_applied() {
    let names = |names: &str| {
        let containers: Vec<_> = names.split(' ').map(|name| json!({"name": name})).collect();
        json!({"containers": containers})
    };
    check(
        [Apply("a", names("x y z")), Apply("b", names("z new x"))],
        expect![[r#"
            {"containers":[{"name":"y"},{"name":"z"},{"name":"new"},{"name":"x"}]}
            a Apply 00Z {"f:spec":{"f:containers":{"k:{\"name\":\"x\"}":{".":{},"f:name":{}},"k:{\"name\":\"y\"}":{".":{},"f:name":{}},"k:{\"name\":\"z\"}":{".":{},"f:name":{}}}}}
            b Apply 01Z {"f:spec":{"f:containers":{"k:{\"name\":\"new\"}":{".":{},"f:name":{}},"k:{\"name\":\"x\"}":{".":{},"f:name":{}},"k:{\"name\":\"z\"}":{".":{},"f:name":{}}}}}
        "#]],
    );
    check(
        [Apply("a", names("x y z")), Apply("b", names("n1 y n2"))],
        expect![[r#"
            {"containers":[{"name":"x"},{"name":"n1"},{"name":"y"},{"name":"z"},{"name":"n2"}]}
            a Apply 00Z {"f:spec":{"f:containers":{"k:{\"name\":\"x\"}":{".":{},"f:name":{}},"k:{\"name\":\"y\"}":{".":{},"f:name":{}},"k:{\"name\":\"z\"}":{".":{},"f:name":{}}}}}
            b Apply 01Z {"f:spec":{"f:containers":{"k:{\"name\":\"n1\"}":{".":{},"f:name":{}},"k:{\"name\":\"n2\"}":{".":{},"f:name":{}},"k:{\"name\":\"y\"}":{".":{},"f:name":{}}}}}
        "#]],
    );
}

#[test]
fn what_nobody_applies_any_more_goes() {
    check(
        [
            Apply(
                "a",
                json!({"replicas": 1, "args": ["x"], "containers": [{"name": "c", "image": "i", "env": [{"name": "E", "value": "1"}]}]}),
            ),
            Apply(
                "a",
                json!({"replicas": 1, "containers": [{"name": "c", "image": "i"}]}),
            ),
        ],
        expect![[r#"
            {"containers":[{"image":"i","name":"c"}],"replicas":1}
            a Apply 01Z {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{}}},"f:replicas":{}}}
        "#]],
    );
    check(
        [
            Apply(
                "a",
                json!({"replicas": 1, "containers": [{"name": "c"}, {"name": "d"}]}),
            ),
            Apply("b", json!({"containers": [{"name": "d"}]})),
            Apply("a", json!({})),
        ],
        expect![[r#"
            {"containers":[{"name":"d"}]}
            b Apply - {"f:spec":{"f:containers":{"k:{\"name\":\"d\"}":{".":{},"f:name":{}}}}}
            a Apply 02Z {"f:spec":{}}
        "#]],
    );
}

#[test]
fn what_others_changed_stays() {
    check(
        [
            Apply(
                "a",
                json!({"replicas": 1, "containers": [{"name": "c", "image": "i"}]}),
            ),
            Update(
                "u",
                json!({"replicas": 2, "containers": [{"name": "c", "image": "i", "command": ["x"]}]}),
            ),
            Apply("a", json!({"containers": [{"name": "c"}]})),
            Apply("a", json!({})),
        ],
        expect![[r#"
            {"replicas":2}
            a Apply 03Z {"f:spec":{}}
            u Update 01Z {"f:spec":{"f:replicas":{}}}
        "#]],
    );
}

/// Who owns a map, and nothing in it, keeps the map.
#[test]
fn what_loses_its_last_field_stays_empty() {
    check(
        [
            Update("u", json!({"strategy": {"rollingUpdate": {}}})),
            Apply("a", json!({"strategy": {"rollingUpdate": {"maxSurge": 1}}})),
            Apply("a", json!({"replicas": 1})),
        ],
        expect![[r#"
            {"replicas":1,"strategy":{"rollingUpdate":{}}}
            a Apply 02Z {"f:spec":{"f:replicas":{}}}
            u Update 00Z {"f:spec":{"f:strategy":{".":{},"f:rollingUpdate":{}}}}
        "#]],
    );
}

#[test]
fn conflicts_name_the_owner() {
    check(
        [
            Apply("a", json!({"replicas": 1})),
            Update("u", json!({"replicas": 2})),
            Apply("a", json!({"replicas": 1})),
        ],
        expect![[r#"
            {"replicas":2}
            u Update 01Z {"f:spec":{"f:replicas":{}}}
            (409, "Conflict", "Apply failed with 1 conflict: conflict with \"u\" using apps/v1: .spec.replicas")
        "#]],
    );
    check(
        [
            Apply("a", json!({"replicas": 1, "paused": true})),
            Apply(
                "b",
                json!({"containers": [{"name": "c", "image": "1", "ports": [{"port": 1}]}]}),
            ),
            Apply(
                "c",
                json!({"replicas": 3, "paused": false, "containers": [{"name": "c", "image": "2"}]}),
            ),
        ],
        expect![[r#"
            {"containers":[{"image":"1","name":"c","ports":[{"port":1}]}],"paused":true,"replicas":1}
            a Apply 00Z {"f:spec":{"f:paused":{},"f:replicas":{}}}
            b Apply 01Z {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{},"f:ports":{"k:{\"port\":1,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}}}}
            (409, "Conflict", "Apply failed with 3 conflicts: conflicts with \"a\":\n- .spec.paused\n- .spec.replicas\nconflicts with \"b\":\n- .spec.containers[name=\"c\"].image")
        "#]],
    );
}

#[test]
fn force_takes_over_and_equal_values_are_shared() {
    check(
        [
            Apply("a", json!({"replicas": 1, "paused": true})),
            Force("b", json!({"replicas": 2, "paused": true})),
            Apply("b", json!({"replicas": 2, "paused": true})),
        ],
        expect![[r#"
            {"containers":null,"paused":true,"replicas":2}
            a Apply 00Z {"f:spec":{"f:paused":{}}}
            b Apply 01Z {"f:spec":{"f:paused":{},"f:replicas":{}}}
        "#]],
    );
}

#[test]
fn atomic_maps_and_lists_are_one_field() {
    check(
        [
            Apply("a", json!({"selector": {"x": "1"}, "args": ["a", "b"]})),
            Apply("b", json!({"selector": {"x": "1"}})),
            Apply(
                "b",
                json!({"selector": {"x": "1", "y": "2"}, "args": ["b"]}),
            ),
        ],
        expect![[r#"
            {"args":["a","b"],"containers":null,"selector":{"x":"1"}}
            b Apply - {"f:spec":{"f:selector":{}}}
            a Apply 00Z {"f:spec":{"f:args":{},"f:selector":{}}}
            (409, "Conflict", "Apply failed with 2 conflicts: conflicts with \"a\":\n- .spec.args\n- .spec.selector")
        "#]],
    );
}

#[test]
fn key_defaults_tell_ports_apart() {
    let ports = |ports: Value| json!({"containers": [{"name": "c", "ports": ports}]});
    check(
        [
            Apply(
                "a",
                ports(json!([{"port": 53}, {"port": 53, "protocol": "UDP"}])),
            ),
            Apply(
                "b",
                ports(json!([{"port": 53, "protocol": "TCP", "name": "dns"}])),
            ),
        ],
        expect![[r#"
            {"containers":[{"name":"c","ports":[{"name":"dns","port":53,"protocol":"TCP"},{"port":53,"protocol":"UDP"}]}]}
            a Apply 00Z {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:name":{},"f:ports":{"k:{\"port\":53,\"protocol\":\"TCP\"}":{".":{},"f:port":{}},"k:{\"port\":53,\"protocol\":\"UDP\"}":{".":{},"f:port":{},"f:protocol":{}}}}}}}
            b Apply 01Z {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:name":{},"f:ports":{"k:{\"port\":53,\"protocol\":\"TCP\"}":{".":{},"f:name":{},"f:port":{},"f:protocol":{}}}}}}}
        "#]],
    );
}

#[test]
fn duplicates_are_refused_when_applied_and_tolerated_when_there() {
    let env = |env: Value| json!({"containers": [{"name": "c", "env": env}]});
    check(
        [Apply("a", env(json!([{"name": "E"}, {"name": "E"}])))],
        expect![[r#"
            {"containers":null}
            (500, "", "failed to create typed patch object (ns/w; apps/v1, Kind=Workload): .spec.containers[name=\"c\"].env: duplicate entries for key [name=\"E\"]")
        "#]],
    );
    check(
        [
            Update(
                "u",
                env(
                    json!([{"name": "E", "value": "1"}, {"name": "E", "value": "2"}, {"name": "F"}]),
                ),
            ),
            Apply("a", env(json!([{"name": "F"}]))),
            Force("b", env(json!([{"name": "E", "value": "3"}]))),
        ],
        expect![[r#"
            {"containers":[{"env":[{"name":"E","value":"3"},{"name":"F"}],"name":"c"}]}
            a Apply - {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:env":{"k:{\"name\":\"F\"}":{".":{},"f:name":{}}},"f:name":{}}}}}
            b Apply 02Z {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:env":{"k:{\"name\":\"E\"}":{".":{},"f:name":{},"f:value":{}}},"f:name":{}}}}}
            u Update 00Z {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:env":{".":{},"k:{\"name\":\"F\"}":{".":{},"f:name":{}}},"f:name":{}}}}}
        "#]],
    );
}

#[test]
fn what_does_not_fit_the_schema_is_refused() {
    check(
        [
            Apply("a", json!({"bogus": 1})),
            Apply("a", json!({"replicas": "x"})),
            Apply("a", json!({"paused": "yes", "args": "x", "selector": [1]})),
            Apply(
                "a",
                json!({"containers": [{"image": 1, "name": "c"}, null]}),
            ),
        ],
        expect![[r#"
            {"containers":null}
            (500, "", "failed to create typed patch object (ns/w; apps/v1, Kind=Workload): .spec.bogus: field not declared in schema")
            (500, "", "failed to create typed patch object (ns/w; apps/v1, Kind=Workload): .spec.replicas: expected numeric (int or float), got string")
            (500, "", "failed to create typed patch object (ns/w; apps/v1, Kind=Workload): errors:\n  .spec.args: expected list, got &{x}\n  .spec.paused: expected boolean, got &{yes}\n  .spec.selector: expected map, got &{[1]}")
            (500, "", "failed to create typed patch object (ns/w; apps/v1, Kind=Workload): errors:\n  .spec.containers[name=\"c\"].image: expected string, got &value.valueUnstructured{Value:1}\n  .spec.containers: element 1: associative list with keys may not have a null element")
        "#]],
    );
}

#[test]
fn nulls_are_owned() {
    check(
        [
            Apply(
                "a",
                json!({"replicas": null, "containers": null, "strategy": {}}),
            ),
            Apply("b", json!({"replicas": 1})),
        ],
        expect![[r#"
            {"containers":null,"replicas":null,"strategy":{}}
            a Apply 00Z {"f:spec":{"f:containers":{},"f:replicas":{},"f:strategy":{}}}
            (409, "Conflict", "Apply failed with 1 conflict: conflict with \"a\": .spec.replicas")
        "#]],
    );
}

#[test]
fn the_same_apply_changes_nothing_and_no_time() {
    check(
        [
            Apply("a", json!({"replicas": 1})),
            Apply("a", json!({"replicas": 1})),
            Apply("b", json!({"replicas": 1})),
        ],
        expect![[r#"
            {"containers":null,"replicas":1}
            b Apply - {"f:spec":{"f:replicas":{}}}
            a Apply 00Z {"f:spec":{"f:replicas":{}}}
        "#]],
    );
}

#[test]
fn the_order_of_items_is_applied_though_nobody_owns_it() {
    check(
        [
            Apply("a", json!({"containers": [{"name": "x"}, {"name": "y"}]})),
            Apply("a", json!({"containers": [{"name": "y"}, {"name": "x"}]})),
        ],
        expect![[r#"
            {"containers":[{"name":"y"},{"name":"x"}]}
            a Apply 01Z {"f:spec":{"f:containers":{"k:{\"name\":\"x\"}":{".":{},"f:name":{}},"k:{\"name\":\"y\"}":{".":{},"f:name":{}}}}}
        "#]],
    );
}
