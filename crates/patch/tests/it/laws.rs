//! Laws that hold for any input.

use patch::{FieldManager, FieldSet, JsonPatch, Node, SingleVersion, merge_patch, strategic};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Field names that collide often, and directives.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[abc]",
        1 => Just("metadata".to_owned()),
        1 => Just("name".to_owned()),
        1 => "[ -~]{0,6}",
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..3).prop_map(Value::from),
        "[a-c<\"\\\\]{0,3}".prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            object_of(inner),
        ]
    })
}

fn object_of(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    btree_map(name(), inner, 0..4).prop_map(|fields| fields.into_iter().collect())
}

fn object() -> impl Strategy<Value = Value> {
    object_of(value())
}

/// Objects without lists and nulls, with the header that an apply needs.
fn config() -> impl Strategy<Value = Value> {
    let leaf = scalar().prop_filter("null", |value| !value.is_null());
    let inner = leaf.prop_recursive(3, 16, 4, object_of);
    object_of(inner).prop_map(|mut config| {
        config["apiVersion"] = json!("v1");
        config["kind"] = json!("Thing");
        config["metadata"] = json!({"name": "thing"});
        config
    })
}

fn field_set() -> impl Strategy<Value = FieldSet> {
    object().prop_map(|value| {
        let paths = format!("{{\"f:spec\":{}}}", keys(&value));
        FieldSet::from_json(paths.as_bytes()).unwrap()
    })
}

/// A `fieldsV1` of the keys of a value, with elements of all kinds.
fn keys(value: &Value) -> Value {
    let Some(fields) = value.as_object() else {
        return json!({});
    };
    let mut out = serde_json::Map::new();
    for (name, value) in fields {
        let key = match value {
            Value::Bool(_) => format!("v:{}", json!(name)),
            Value::Number(number) => format!("i:{number}"),
            Value::Null => format!("k:{}", json!({"name": name, "port": 1})),
            _ => format!("f:{name}"),
        };
        out.insert(key, keys(value));
    }
    if out.len() == 2 {
        out.insert(".".into(), json!({}));
    }
    Value::Object(out)
}

fn manager<'a>(zero: &'a Value, versions: &'a SingleVersion<'a>) -> FieldManager<'a> {
    static NOTHING: FieldSet = FieldSet::new();
    FieldManager {
        api_version: "v1",
        kind: "Thing",
        subresource: "",
        versions,
        zero,
        reset_fields: &NOTHING,
        now: "2026-11-22T01:40:50Z",
    }
}

const THING: SingleVersion<'static> = SingleVersion {
    api_version: "v1",
    node: Node::untyped(),
};

proptest! {
    #[test]
    fn a_field_set_survives_its_text(set in field_set()) {
        let text = set.to_json();
        prop_assert_eq!(&FieldSet::from_json(text.as_bytes()).unwrap(), &set);
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), set.to_value());
        prop_assert_eq!(FieldSet::from_value(&set.to_value()).unwrap(), set);
    }

    #[test]
    fn field_sets_are_sets(a in field_set(), b in field_set()) {
        let both = a.clone().union(b.clone());
        prop_assert_eq!(&both, &b.clone().union(a.clone()));
        prop_assert_eq!(a.intersection(&b), b.intersection(&a));
        prop_assert_eq!(both.len(), a.len() + b.len() - a.intersection(&b).len());
        prop_assert_eq!(a.difference(&b).union(a.intersection(&b)), a.clone());
        prop_assert!(a.difference(&b).intersection(&b).is_empty());
        for path in a.paths() {
            prop_assert!(a.has(&path.0) && both.has(&path.0));
            prop_assert_eq!(a.difference(&b).has(&path.0), !b.has(&path.0));
        }
    }

    #[test]
    fn applying_twice_is_applying_once(live in config(), applied in config()) {
        let fields = manager(&THING_ZERO, &THING);
        let once = fields.apply(&live, &applied, "me", true).unwrap();
        let twice = fields.apply(&once, &applied, "me", false).unwrap();
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn applying_nothing_takes_away_what_was_applied(applied in config()) {
        let fields = manager(&THING_ZERO, &THING);
        let header = json!({"apiVersion": "v1", "kind": "Thing", "metadata": {"name": "thing"}});
        let with = fields.apply(&header, &applied, "me", false).unwrap();
        let without = fields.apply(&with, &header, "me", false).unwrap();
        for (name, _) in applied.as_object().unwrap() {
            prop_assert!(header.get(name).is_some() || without.get(name).is_none_or(Value::is_null));
        }
    }

    #[test]
    fn managers_of_updates_own_what_is_there(live in config(), new in config()) {
        let fields = manager(&THING_ZERO, &THING);
        let mut created = live.clone();
        fields.update(&THING_ZERO, &mut created, "creator");
        let mut updated = new.clone();
        fields.update(&created, &mut updated, "updater");
        let entries = patch::managed::decode(&updated["metadata"]["managedFields"]).unwrap();
        let mut seen = FieldSet::new();
        for entry in entries {
            prop_assert!(entry.fields.intersection(&seen).is_empty());
            seen = seen.union(entry.fields);
        }
    }

    #[test]
    fn a_merge_patch_of_the_difference_makes_the_other(before in object(), after in object()) {
        let mut patched = before.clone();
        merge_patch::apply(&mut patched, difference(&before, &after));
        let mut expected = json!({});
        merge_patch::apply(&mut expected, after);
        let mut reduced = json!({});
        merge_patch::apply(&mut reduced, patched);
        prop_assert_eq!(reduced, expected);
    }

    #[test]
    fn a_merge_patch_of_text_is_that_of_the_value(document in object(), patch in object()) {
        let merged = merge_patch::apply_to_text(document.to_string().as_bytes(), &patch).unwrap();
        let merged: Value = serde_json::from_slice(&merged).unwrap();
        let mut expected = document;
        merge_patch::apply(&mut expected, patch);
        prop_assert_eq!(merged, expected);
    }

    #[test]
    fn strategic_merge_of_maps_is_merge_patch(current in flat(), patch in flat()) {
        let strategic = strategic::apply(Node::untyped(), current.clone(), patch.clone()).unwrap();
        let mut merged = current;
        merge_patch::apply(&mut merged, patch);
        prop_assert_eq!(strategic, merged);
    }

    #[test]
    fn json_patches_never_panic(document in object(), operations in vec(operation(), 0..6)) {
        let patch = serde_json::to_vec(&operations).unwrap();
        if let Ok((patch, _)) = JsonPatch::decode(&patch) {
            let _ = patch.apply(document);
        }
    }

    #[test]
    fn adding_and_removing_is_nothing(document in object(), value in value()) {
        let patch = json!([
            {"op": "add", "path": "/zz", "value": value},
            {"op": "test", "path": "/zz", "value": value},
            {"op": "copy", "from": "/zz", "path": "/yy"},
            {"op": "move", "from": "/yy", "path": "/xx"},
            {"op": "remove", "path": "/zz"},
            {"op": "remove", "path": "/xx"},
        ]);
        let (patch, complaints) = JsonPatch::decode(patch.to_string().as_bytes()).unwrap();
        prop_assert!(complaints.is_empty());
        prop_assert_eq!(patch.apply(document.clone()).unwrap(), document);
    }
}

static THING_ZERO: std::sync::LazyLock<Value> =
    std::sync::LazyLock::new(|| json!({"apiVersion": "v1", "kind": "Thing", "metadata": {}}));

/// Objects of scalars.
fn flat() -> impl Strategy<Value = Value> {
    btree_map("[a-d]", scalar(), 0..5).prop_map(|fields| fields.into_iter().collect())
}

fn operation() -> impl Strategy<Value = Value> {
    let op = prop_oneof![
        Just("add"),
        Just("remove"),
        Just("replace"),
        Just("move"),
        Just("copy"),
        Just("test"),
        Just("other"),
    ];
    let path = || "(/[abc0-]?){0,3}";
    (op, path(), path(), value()).prop_map(
        |(op, path, from, value)| json!({"op": op, "path": path, "from": from, "value": value}),
    )
}

/// The merge patch from one value to another.
fn difference(before: &Value, after: &Value) -> Value {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return after.clone();
    };
    let mut patch = serde_json::Map::new();
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        patch.insert(name.clone(), Value::Null);
    }
    for (name, value) in after {
        let value = match before.get(name) {
            Some(before) if before == value => continue,
            Some(before) => difference(before, value),
            None => value.clone(),
        };
        patch.insert(name.clone(), value);
    }
    Value::Object(patch)
}
